package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.gemm.Parallel;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.IndexOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Emits a scatter for several threads along a dimension in which windows stay where they are, so
 * that no two threads meet: the leading batch dimension of the indices, or a dimension of the
 * windows that no index moves.
 */
final class ScatterSplit {
  private static final double WORTH_NANOS = 20_000;
  private static final double WINDOW_NANOS = 0.7;
  private static final double BYTE_NANOS = 0.025;
  private static final double STRIDED_NANOS = 0.7; // per element
  private static final long MOST_TASKS = 64;
  private static final long PIECE_BYTES = 128; // two cache lines of a window
  private static final long MOST_PIECES = 8;
  private static final int BATCH = -1;

  /**
   * What is divided.
   *
   * @param dim a dimension of the operand with windows along it, or BATCH for the windows
   * @param size how long it is
   * @param piece how much of it is one task
   */
  private record Cut(int dim, long size, long piece) {
    /** Pieces that are multiples of {@code unit}. */
    static Cut of(int dim, long size, long pieces, long unit) {
      long even = Math.ceilDiv(size, Math.max(1, pieces));
      return new Cut(dim, size, Math.ceilDiv(even, unit) * unit);
    }

    long tasks() {
      return Math.ceilDiv(size, piece);
    }
  }

  private ScatterSplit() {}

  /** Writes {@code void name(ptr target..., ptr indices, ptr update..., ptr pool)} if it pays. */
  static boolean emit(IrModule module, String name, ScatterSpec spec) {
    Optional<Cut> cut = nanos(spec) < WORTH_NANOS ? Optional.empty() : cut(spec);
    cut.filter(c -> c.tasks() > 1).ifPresent(c -> write(module, name, spec, c));
    return cut.isPresent() && cut.get().tasks() > 1;
  }

  private static double nanos(ScatterSpec spec) {
    double element = isStrided(spec) ? STRIDED_NANOS : spec.bytes() * BYTE_NANOS;
    return spec.windows() * (WINDOW_NANOS + spec.volume() * element);
  }

  /** Whether the elements of a window's last dimension lie apart. */
  private static boolean isStrided(ScatterSpec spec) {
    var along = spec.windowDims();
    return !along.isEmpty() && spec.operand().strides()[along.get(along.size() - 1)] != 1;
  }

  private static Optional<Cut> cut(ScatterSpec spec) {
    IndexOp.ScatterDims d = spec.dims();
    if (d.scatterIndicesBatchingDims().contains(0) && d.indexVectorDim() != 0) {
      long batch = spec.batch().dim(0);
      long windows = spec.windows();
      return Optional.of(Cut.of(BATCH, windows, Math.min(batch, MOST_TASKS), windows / batch));
    }
    long[] window = spec.window();
    long[] strides = spec.operand().strides();
    for (int dim : spec.windowDims().toArray()) {
      if (!d.scatterDimsToOperandDims().contains(dim) && window[dim] > 1) {
        long lines = Math.min(window[dim] * spec.bytes() / PIECE_BYTES, MOST_PIECES);
        return Optional.of(
            strides[dim] == 1
                ? Cut.of(dim, window[dim], lines, ScatterWindows.VECTOR)
                : Cut.of(dim, window[dim], MOST_TASKS, 1));
      }
    }
    return Optional.empty();
  }

  private static void write(IrModule module, String name, ScatterSpec spec, Cut cut) {
    Parallel parallel = new Parallel(module, true);
    int arrays = 2 * spec.inputs().size() + 1;
    String task = parallel.task(name + "_piece", arrays, (f, w) -> piece(f, w, spec, cut));
    List<IrModule.Param> params = new ArrayList<>();
    for (int i = 0; i < arrays + 1; i++) {
      params.add(new IrModule.Param(LType.PTR, "p" + i));
    }
    FnEmitter f = module.internalFunction(name, LType.VOID, params.toArray(IrModule.Param[]::new));
    List<Val> pointers = new ArrayList<>();
    for (int i = 0; i < arrays; i++) {
      pointers.add(f.param(i));
    }
    parallel.run(f, task, f.param(arrays), Parallel.words(f, pointers), cut.tasks(), true);
    f.ret();
  }

  private static void piece(FnEmitter f, List<Val> words, ScatterSpec spec, Cut cut) {
    List<Val> pointers = new ArrayList<>();
    words.subList(0, words.size() - 1).forEach(w -> pointers.add(Parallel.pointer(f, w)));
    Val from = f.mulNsw(words.getLast(), Val.i64(cut.piece));
    Val to = f.smin(f.addNsw(from, Val.i64(cut.piece)), Val.i64(cut.size));
    ScatterWindows windows = ScatterWindows.of(f, spec, pointers);
    if (cut.dim == BATCH) {
      windows.each(from, to);
    } else {
      windows.between(cut.dim, from, to).each(Val.i64(0), Val.i64(spec.windows()));
    }
  }
}
