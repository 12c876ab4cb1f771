package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The code for one window of a scatter, in a function that has the arrays' addresses. */
final class ScatterWindows {
  /** Elements that are combined at a time where they are adjacent. */
  static final long VECTOR = 8;

  /** A part of the windows along a dimension of the operand. */
  private record Part(int dim, Val from, Val to) {}

  private final FnEmitter f;
  private final ScatterSpec spec;
  private final List<Val> targets;
  private final List<Val> updates;
  private final Val indices;
  private final Optional<Part> part;
  private final long[] window; // per operand dimension
  private final Axes windowDims; // of the operand

  private ScatterWindows(FnEmitter f, ScatterSpec spec, List<Val> pointers, Optional<Part> part) {
    int n = spec.inputs().size();
    this.f = f;
    this.spec = spec;
    this.targets = List.copyOf(pointers.subList(0, n));
    this.indices = pointers.get(n);
    this.updates = List.copyOf(pointers.subList(n + 1, 2 * n + 1));
    this.part = part;
    this.window = spec.window();
    this.windowDims = spec.windowDims();
  }

  /**
   * @param pointers the addresses of the targets, of the indices and of the updates
   */
  static ScatterWindows of(FnEmitter f, ScatterSpec spec, List<Val> pointers) {
    return new ScatterWindows(f, spec, pointers, Optional.empty());
  }

  /** Only a part of every window, along one of the operand's dimensions. */
  ScatterWindows between(int dim, Val from, Val to) {
    List<Val> pointers = new ArrayList<>(targets);
    pointers.add(indices);
    pointers.addAll(updates);
    return new ScatterWindows(f, spec, pointers, Optional.of(new Part(dim, from, to)));
  }

  /**
   * Where a window is.
   *
   * @param fits whether it counts, an i1
   * @param target its first element in the operand
   * @param source its first element in the updates
   */
  private record Place(Val fits, Val target, Val source) {}

  /** One window after the other, in the order of the indices; those that do not fit are skipped. */
  void all() {
    each(Val.i64(0), Val.i64(spec.windows()));
  }

  /** The same from one window to another. */
  void each(Val from, Val to) {
    f.forLoop(from, to, Val.i64(1), this::one);
  }

  /** Window {@code s}, if it fits. */
  void one(Val s) {
    Place place = place(s);
    f.ifThen(place.fits, () -> box(0, place.target, place.source));
  }

  /** Where window {@code s} is. */
  private Place place(Val s) {
    IndexOp.ScatterDims d = spec.dims();
    Shape batch = spec.batch();
    Val[] at = new Val[batch.rank()];
    Val rest = s;
    for (int k = batch.rank() - 1; k >= 0; k--) {
      at[k] = k == 0 ? rest : f.urem(rest, Val.i64(batch.dim(k)));
      rest = k == 0 ? rest : f.udiv(rest, Val.i64(batch.dim(k)));
    }
    Val fits = Val.bool(true);
    Val offset = Val.i64(0);
    long[] strides = spec.operand().strides();
    for (int i = 0; i < d.scatterDimsToOperandDims().size(); i++) {
      int dim = d.scatterDimsToOperandDims().get(i);
      Val start = start(at, i);
      Val inside = SingleEmitter.inside(f, start, spec.operand().dim(dim) - window[dim]);
      fits = i == 0 ? inside : f.and(fits, inside);
      offset = f.add(offset, f.mul(start, Val.i64(strides[dim])));
    }
    for (int i = 0; i < d.inputBatchingDims().size(); i++) {
      int indexDim = d.scatterIndicesBatchingDims().get(i);
      int position = indexDim < d.indexVectorDim() ? indexDim : indexDim - 1;
      offset = f.add(offset, f.mul(at[position], Val.i64(strides[d.inputBatchingDims().get(i)])));
    }
    Val from = Val.i64(0);
    long[] updateStrides = spec.update().strides();
    Axes scatterDims = spec.scatterDims();
    for (int k = 0; k < at.length; k++) {
      from = f.add(from, f.mul(at[k], Val.i64(updateStrides[scatterDims.get(k)])));
    }
    return new Place(fits, offset, from);
  }

  /** Component {@code i} of the index vector at a scatter position. */
  private Val start(Val[] at, int i) {
    int vectorDim = spec.dims().indexVectorDim();
    long[] strides = spec.indices().shape().strides();
    Val offset = vectorDim < strides.length ? Val.i64(i * strides[vectorDim]) : Val.i64(0);
    for (int k = 0; k < at.length; k++) {
      int dim = k < vectorDim ? k : k + 1;
      offset = f.add(offset, f.mul(at[k], Val.i64(strides[dim])));
    }
    DType t = spec.indices().dtype();
    Reg index = Memory.load(f, t, Memory.address(f, t, indices, offset));
    return new Pointwise(f).convert(index, DType.I64).re();
  }

  /** The loops over the window's dimensions from number {@code depth} on. */
  private void box(int depth, Val target, Val source) {
    if (depth == windowDims.size()) {
      combine(target, source, 0);
      return;
    }
    int dim = windowDims.get(depth);
    long size = window[dim];
    Val from = part.filter(p -> p.dim == dim).map(Part::from).orElse(Val.i64(0));
    Val to = part.filter(p -> p.dim == dim).map(Part::to).orElse(Val.i64(size));
    long targetStep = spec.operand().strides()[dim];
    long sourceStep = spec.update().strides()[spec.dims().updateWindowDims().get(depth)];
    if (depth == windowDims.size() - 1 && targetStep == 1 && sourceStep == 1 && size >= 4) {
      long lanes = Math.min(VECTOR, Long.highestOneBit(size));
      // A part begins at a whole vector, and ends at one or at the window's end.
      Val full = f.and(to, Val.i64(-lanes));
      elements(from, full, lanes, target, source);
      elements(full, to, 0, target, source);
      return;
    }
    f.forLoop(
        from,
        to,
        Val.i64(1),
        i ->
            box(
                depth + 1,
                f.add(target, f.mul(i, Val.i64(targetStep))),
                f.add(source, f.mul(i, Val.i64(sourceStep)))));
  }

  private void elements(Val from, Val to, long lanes, Val target, Val source) {
    f.forLoop(
        from,
        to,
        Val.i64(Math.max(1, lanes)),
        i -> combine(f.add(target, i), f.add(source, i), (int) lanes));
  }

  private void combine(Val target, Val source, int lanes) {
    List<Reg> old = new ArrayList<>();
    List<Reg> added = new ArrayList<>();
    List<Val> places = new ArrayList<>();
    for (int k = 0; k < targets.size(); k++) {
      DType t = spec.inputs().get(k);
      DType u = spec.updates().get(k);
      Val place = Memory.address(f, t, targets.get(k), target);
      places.add(place);
      old.add(converted(load(t, place, lanes), k));
      Val from = Memory.address(f, u, updates.get(k), source);
      added.add(converted(load(u, from, lanes), k + targets.size()));
    }
    Nest none = new Nest(List.of(), null, List.of(), List.of(), List.of());
    List<Reg> now = new Evaluator(f, none, null, null, 0).combine(spec.combiner(), old, added);
    for (int k = 0; k < targets.size(); k++) {
      if (lanes == 0) {
        Memory.store(f, now.get(k), places.get(k));
      } else {
        Memory.store(f, now.get(k), places.get(k), 1, null, Mem.PLAIN);
      }
    }
  }

  private Reg converted(Reg r, int parameter) {
    return new Pointwise(f).convert(r, spec.combiner().types().get(parameter));
  }

  private Reg load(DType t, Val at, int lanes) {
    return lanes == 0 ? Memory.load(f, t, at) : Memory.load(f, t, at, 1, lanes, null);
  }
}
