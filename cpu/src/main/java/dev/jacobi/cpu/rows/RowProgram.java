package dev.jacobi.cpu.rows;

import dev.jacobi.cpu.fuse.Effects;
import dev.jacobi.cpu.fuse.Folds;
import dev.jacobi.cpu.fuse.Inline;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.memory.HostBuffer;
import dev.jacobi.hlo.refine.RefineException;
import dev.jacobi.hlo.refine.Refiner;
import dev.jacobi.hlo.refine.ShapeAssertionException;
import dev.jacobi.hlo.refine.SymbolicProgram;
import dev.jacobi.hlo.shorthand.Shorthand;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CallInterruptedException;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.hlo.verify.HloVerifyException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A program for any size of the batch: a call takes as many rows at a time as there are programs
 * for, {@link #STEPS} at most, each compiled when it is first used. Programs that mix rows, other
 * than by summing them up, are compiled for each size.
 */
public final class RowProgram implements Executable {
  /** Numbers of rows. Any size is a sum of some; where rows may be computed twice, of few. */
  static final List<Long> STEPS = List.of(4096L, 512L, 64L, 16L, 4L, 1L);

  /** A size that no dimension has by chance, with which programs are compared. */
  private static final long OTHER = 15_485_863;

  private final HloModule sized; // the size is its last parameter
  private final Executable perSize;
  private final Function<HloModule, Executable> compiler;
  private final RowMemory memory;
  private final Set<Integer> donated;
  private final Map<Long, RowPlan.Division> divisions = new HashMap<>();
  private final Map<List<Object>, Executable> compiled = new HashMap<>();
  private final HloModule other; // for OTHER rows
  private final boolean checks; // other effects are for each size

  private RowProgram(
      HloModule given,
      Executable perSize,
      Device device,
      Function<HloModule, Executable> compiler) {
    this.sized = SizeParameter.added(given);
    this.donated = new HashSet<>();
    for (int i = 0; i < given.main().inputs().size(); i++) {
      if (given.main().donates(i)) {
        donated.add(i);
      }
    }
    this.perSize = perSize;
    this.memory = new RowMemory(device);
    this.compiler = compiler;
    this.other = forRows(OTHER);
    this.checks = Effects.mayFail(other.main().body());
  }

  /**
   * Compiles a module: now if its sizes are known, else for some numbers of rows, or for each size
   * if it cannot be computed some rows at a time.
   */
  public static Executable of(
      HloModule module, Device device, Function<HloModule, Executable> compiler) {
    Executable perSize = SymbolicProgram.of(module, Interpreter::run, compiler);
    boolean leading =
        module.main().inputs().stream().allMatch(t -> t.shape().isStatic() || isLeading(t));
    if (!(perSize instanceof SymbolicProgram) || !leading) {
      return perSize;
    }
    try {
      var rows = new RowProgram(module, perSize, device, compiler);
      rows.division(STEPS.getLast());
      return rows;
    } catch (NotByRows
        | RefineException
        | ShapeAssertionException
        | UnsupportedOpException
        | HloVerifyException _) {
      return perSize; // which says what is wrong, if something is
    }
  }

  private static boolean isLeading(TensorType t) {
    return !t.isNarrow()
        && !t.shape().isStatic(0)
        && t.withShape(t.shape().without(dev.jacobi.hlo.Axes.of(0))).shape().isStatic();
  }

  private HloModule forRows(long rows) {
    List<TensorType> types =
        sized.main().inputs().stream()
            .map(t -> t.withShape(t.shape().map(n -> n == Shape.DYNAMIC ? rows : n)))
            .toList();
    return Inline.run(
        Shorthand.expand(Refiner.refineAlike(sized, types, Interpreter::run), Interpreter::run));
  }

  private synchronized RowPlan.Division division(long rows) {
    return divisions.computeIfAbsent(
        rows,
        n -> {
          HloModule module = forRows(n);
          return RowPlan.of(module, RowDims.of(module, n, other, OTHER));
        });
  }

  private synchronized Executable compiled(List<Object> key, HloModule module) {
    return compiled.computeIfAbsent(key, _ -> compiler.apply(module));
  }

  @Override
  public List<TensorType> inputs() {
    return perSize.inputs();
  }

  @Override
  public List<TensorType> outputs() {
    return perSize.outputs();
  }

  @Override
  public Buffer[] execute(Buffer[] arguments) {
    long rows = rows(arguments);
    if (rows <= 0) {
      return perSize.execute(arguments);
    }
    try {
      int decides = HostBuffer.bound(arguments, memory.device().backend());
      Buffer[] results = new Call(arguments, rows).run();
      for (int k = 0; k < results.length && decides >= 0; k++) {
        results[k] = ((HostBuffer) results[k]).boundTo(arguments[decides].device());
      }
      return results;
    } catch (CallInterruptedException e) {
      throw e;
    } catch (RuntimeException e) {
      if (checks) {
        perSize.execute(arguments); // fails with its place in all rows, and in the program's order
      }
      throw e;
    } finally {
      for (int i = 0; i < arguments.length; i++) {
        if (donated.contains(i)) {
          arguments[i].close();
        }
      }
    }
  }

  /** The size that all arguments with a batch have; -1 if they do not fit the program. */
  private long rows(Buffer[] arguments) {
    List<TensorType> params = inputs();
    if (arguments.length != params.size()) {
      return -1;
    }
    long rows = -1;
    for (int i = 0; i < arguments.length; i++) {
      TensorType t = arguments[i].type();
      TensorType p = params.get(i);
      if (p.shape().isStatic()) {
        if (!p.equals(t)) {
          return -1;
        }
        continue;
      }
      boolean fits = t.rank() == p.rank() && (rows < 0 || rows == t.dim(0));
      if (!fits || !p.withShape(p.shape().with(0, t.dim(0))).equals(t)) {
        return -1;
      }
      rows = t.dim(0);
    }
    return rows;
  }

  @Override
  public synchronized void close() {
    compiled.values().forEach(Executable::close);
    compiled.clear();
    perSize.close();
  }

  /** One call. */
  private final class Call {
    private final long rows;
    private final Map<Integer, Buffer> values = new HashMap<>();
    private final Set<Integer> given = new HashSet<>();

    Call(Buffer[] arguments, long rows) {
      this.rows = rows;
      for (int i = 0; i < arguments.length; i++) {
        values.put(i, arguments[i]);
        given.add(i);
      }
      values.put(arguments.length, memory.of(Literal.scalar(DType.I32, rows)));
    }

    Buffer[] run() {
      RowPlan.Division any = division(step(rows));
      for (int s = 0; s < any.stages().size(); s++) {
        int stage = s;
        any.stages().get(s).whole().ifPresent(part -> whole(part, stage));
        any.stages().get(s).rows().ifPresent(part -> byRows(part, stage));
      }
      return results(any.results());
    }

    /** The last rows overlap the ones before where that changes nothing. */
    private void byRows(RowPart any, int stage) {
      boolean again = any.isRepeatable();
      long largest = step(rows);
      for (long first = 0; first < rows; ) {
        long step = again ? largest : step(rows - first);
        long at = Math.min(first, rows - step);
        rows(division(step).stages().get(stage).rows().orElseThrow(), step, stage, at);
        first += step;
      }
    }

    private static long step(long left) {
      return STEPS.stream().filter(n -> n <= left).findFirst().orElseThrow();
    }

    private Buffer[] results(List<Integer> slots) {
      Buffer[] results = new Buffer[slots.size()];
      for (int i = 0; i < results.length; i++) {
        boolean shared = !given.add(slots.get(i));
        Buffer b = values.get(slots.get(i));
        results[i] = shared ? memory.copy(b) : b;
      }
      values.forEach(
          (slot, b) -> {
            if (!given.contains(slot)) {
              b.close();
            }
          });
      return results;
    }

    private void whole(RowPart part, int stage) {
      Buffer[] in = part.ins().stream().map(i -> argument(i, 0)).toArray(Buffer[]::new);
      Buffer[] out = compiled(List.of(stage), part.module()).execute(in);
      for (int k = 0; k < out.length; k++) {
        if (part.outs().get(k) instanceof RowPart.Out.Whole o) {
          values.put(o.slot(), out[k]);
        }
      }
    }

    private void rows(RowPart part, long step, int stage, long first) {
      Buffer[] in = part.ins().stream().map(i -> argument(i, first)).toArray(Buffer[]::new);
      Buffer[] out = compiled(List.of(stage, step), part.module()).execute(in);
      for (int k = 0; k < out.length; k++) {
        result(part.outs().get(k), out[k], step, first);
      }
    }

    private Buffer argument(RowPart.In in, long first) {
      return switch (in) {
        case RowPart.In.Whole i -> value(i.slot());
        case RowPart.In.Rows i ->
            i.type().dim(i.dim()) == rows
                ? value(i.slot())
                : memory.slice(value(i.slot()), i.dim(), i.type(), first);
        case RowPart.In.First _ -> memory.of(Literal.scalar(DType.I64, first));
        case RowPart.In.Start i ->
            first == 0
                ? value(i.slot())
                : memory.of(Folds.identity(i.fn(), value(i.slot()).type().dtype()).orElseThrow());
      };
    }

    private Buffer value(int slot) {
      return Optional.ofNullable(values.get(slot)).orElseThrow();
    }

    private void result(RowPart.Out out, Buffer b, long step, long first) {
      switch (out) {
        case RowPart.Out.Whole o -> values.put(o.slot(), b);
        case RowPart.Out.Rows o -> {
          if (step == rows) {
            values.put(o.slot(), b);
            return;
          }
          var all =
              (HostBuffer)
                  values.computeIfAbsent(
                      o.slot(), _ -> memory.allocate(RowMemory.withRows(o.type(), o.dim(), rows)));
          memory.store(b, o.dim(), first, all);
          b.close();
        }
        case RowPart.Out.Sum o -> {
          Buffer before = values.get(o.slot());
          values.put(o.slot(), before == null ? b : sum(o, before, b));
        }
      }
    }

    private Buffer sum(RowPart.Out.Sum o, Buffer before, Buffer more) {
      Executable add = compiled(List.of(o.fn(), o.type()), combining(o.fn(), o.type()));
      Buffer[] sum = add.execute(new Buffer[] {before, more});
      before.close();
      more.close();
      return sum[0];
    }

    private static HloModule combining(Fn fn, TensorType type) {
      HloBuilder b = new HloBuilder();
      Value x = b.param(type);
      Value y = b.param(type);
      HloFunc main = new HloFunc("main", true, b.build(b.pointwise(fn, x, y)));
      return new HloModule("sum_of_rows", Map.of("main", main), Map.of());
    }
  }
}
