package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Emits a program of scalars for several lanes at once: a value that differs between lanes is a
 * vector, any other one stays a scalar. A loop that lanes leave at different times goes on for the
 * lanes that have not ended; the values of the others stay.
 */
final class LaneCode implements Packs.Target {
  /** Vectors of running sums in which a matrix product of two rows adds its products. */
  private static final int TREES = 8;

  private final FnEmitter f;
  private final Pointwise pointwise;
  private final Lot lot;
  private final Val stop;
  private final Set<Value> varying;
  private final Set<Value> trees;
  private final int vectorBytes;
  private final Packs packs;
  private final Map<Value, Reg> regs = new IdentityHashMap<>();
  private final Map<Value, List<Reg>> rows = new IdentityHashMap<>();
  private final Map<Value, Val> arrays = new IdentityHashMap<>();
  private Val active;

  /**
   * The lanes that run together.
   *
   * @param width how many; 0 if there are no lanes
   * @param first the number of the first one
   * @param mask which of them there are
   * @param sizes of the dimensions by which lanes are numbered
   * @param coords the program's names for where a lane is along each
   */
  record Lot(int width, Val first, Val mask, List<Long> sizes, List<Value> coords) {}

  /**
   * Prepares to emit.
   *
   * @param trees dot products that are summed as vectors of {@code vectorBytes} sum them
   */
  LaneCode(FnEmitter f, Lot lot, Val stop, Set<Value> varying, Set<Value> trees, int vectorBytes) {
    this.trees = trees;
    this.vectorBytes = vectorBytes;
    this.f = f;
    this.pointwise = new Pointwise(f);
    this.lot = lot;
    this.stop = stop;
    this.varying = varying;
    this.active = lot.mask;
    this.packs = new Packs(f, vectorBytes, this);
  }

  void bind(Value v, Reg r) {
    regs.put(v, r);
  }

  void bind(Value v, Val address) {
    arrays.put(v, address);
  }

  Reg reg(Value v) {
    Reg r = regs.get(v);
    if (r == null) {
      int lane = lot.coords.indexOf(v);
      if (lane < 0) {
        throw new IllegalStateException("no value yet for " + v);
      }
      r = Reg.of(DType.I64, coordinate(lane));
      regs.put(v, r);
    }
    return r;
  }

  /** Where each lane is along a dimension. */
  private Val coordinate(int lane) {
    LType type = LType.I64.lanes(lot.width);
    Val flat = f.add(f.splat(lot.first, lot.width), Val.iota(type));
    if (lot.sizes.size() == 1) {
      return flat;
    }
    Val at = f.udiv(flat, Val.integer(type, stride(lane)));
    return lane == 0 ? at : f.urem(at, Val.integer(type, lot.sizes.get(lane)));
  }

  private long stride(int lane) {
    return lot.sizes.stream().skip(lane + 1).reduce(1L, (a, b) -> a * b);
  }

  /** A value in every lane, if it may differ between them where {@code like} does. */
  private Reg as(Value like, Reg r) {
    return varying.contains(like) ? r.splat(f, lot.width) : r;
  }

  void emit(Block block) {
    if (lot.width > 0) {
      block.instrs().forEach(this::emit);
      return;
    }
    List<Instr> run = new ArrayList<>();
    for (Instr i : block.instrs()) {
      if (isPlain(i.op())) {
        run.add(i);
      } else {
        packs.emit(run);
        run.clear();
        emit(i);
      }
    }
    packs.emit(run);
  }

  /** Whether an operation only reads and gives what is in registers. */
  private static boolean isPlain(Op op) {
    return op instanceof ElementwiseOp
        || op instanceof ShapeOp
        || op instanceof ReductionOp.DotGeneral;
  }

  @Override
  public Reg value(Value v) {
    return reg(v);
  }

  @Override
  public void put(Value v, Reg r) {
    regs.put(v, r);
  }

  @Override
  public Reg apply(Fn fn, DType result, List<Reg> args) {
    return pointwise.apply(fn, result, args);
  }

  @Override
  public void emit(Instr instr) {
    switch (instr.op()) {
      case ElementwiseOp.Constant _ when arrays.containsKey(instr.result()) -> {}
      case ElementwiseOp o -> regs.put(instr.result(), elementwise(o, instr));
      case ShapeOp.Reshape o -> regs.put(instr.result(), reg(o.operand()));
      case ShapeOp.Concatenate o ->
          rows.put(instr.result(), o.operands().stream().map(this::reg).toList());
      case ReductionOp.DotGeneral o -> regs.put(instr.result(), dot(o, instr.result()));
      case IndexOp.DynamicSlice o -> regs.put(instr.result(), load(o));
      case IndexOp.DynamicUpdateSlice o -> {
        store(o);
        arrays.put(instr.result(), arrays.get(o.operand()));
      }
      case ControlOp.CustomCall o -> check(reg(o.operands().getFirst()).re());
      case ControlOp.While o -> loop(instr, o);
      case ControlOp.If o -> {
        Val condition = reg(o.pred()).re();
        join(
            instr,
            f.ifElse(condition, () -> branch(instr, o.onTrue()), () -> branch(instr, o.onFalse())));
      }
      case ControlOp.Case o -> join(instr, cascade(instr, o, reg(o.index()).re(), 0));
      default -> throw new IllegalStateException(instr.op().mnemonic() + " of one lane");
    }
  }

  /** Where a check fails every loop ends, and the call is made again step by step. */
  private void check(Val holds) {
    Val fails = f.not(holds);
    boolean vector = holds.type().isVector();
    Val any = vector ? f.any(f.and(fails, active)) : fails;
    f.ifThen(any, () -> f.storeShared(Val.i32(ProgramEmitter.AGAIN), stop));
  }

  private Reg elementwise(ElementwiseOp op, Instr instr) {
    boolean vector = op.operands().stream().anyMatch(v -> reg(v).lanes() > 0);
    List<Reg> args =
        op.operands().stream().map(this::reg).map(r -> vector ? r.splat(f, lot.width) : r).toList();
    return switch (op) {
      case ElementwiseOp.Constant o -> Pointwise.constant(o.literal());
      case ElementwiseOp.Pointwise o -> pointwise.apply(o.fn(), instr.result().dtype(), args);
      case ElementwiseOp.Compare o ->
          pointwise.compare(o.direction(), o.order(), args.get(0), args.get(1));
      case ElementwiseOp.Convert o -> pointwise.convert(args.getFirst(), o.dtype());
      case ElementwiseOp.ReducePrecision o ->
          pointwise.reducePrecision(args.getFirst(), o.exponentBits(), o.mantissaBits());
      case ElementwiseOp.BitcastConvert o -> pointwise.bitcast(args.getFirst(), o.type().dtype());
      case ElementwiseOp.Iota o -> throw new IllegalStateException(o.mnemonic() + " of one lane");
    };
  }

  private Reg dot(ReductionOp.DotGeneral o, Value result) {
    List<Reg> x = row(o.lhs());
    List<Reg> y = row(o.rhs());
    boolean vector = Stream.concat(x.stream(), y.stream()).anyMatch(r -> r.lanes() > 0);
    int lanes = vector ? lot.width : 0;
    int running = trees.contains(result) ? TREES * vectorBytes / o.dtype().bytes() : 1;
    Val[] sums = new Val[Math.min(running, x.size())];
    Val zero = Val.zero(Reg.type(o.dtype(), lanes));
    for (int i = 0; i < x.size(); i++) {
      Val a = x.get(i).splat(f, lanes).re();
      Val b = y.get(i).splat(f, lanes).re();
      sums[i % running] = f.fma(a, b, i < running ? zero : sums[i % running]);
    }
    if (running > 1) {
      halve(sums, vectorBytes / o.dtype().bytes());
    }
    return Reg.of(o.dtype(), sums[0]);
  }

  /** Adds vectors of {@code width} elements to the first one, and then its halves. */
  private void halve(Val[] sums, int width) {
    for (int i = width; i < sums.length; i++) {
      sums[i % width] = f.add(sums[i % width], sums[i]);
    }
    for (int half = width / 2; half >= 1; half /= 2) {
      for (int i = 0; i < half && i + half < sums.length; i++) {
        sums[i] = f.add(sums[i], sums[i + half]);
      }
    }
  }

  private List<Reg> row(Value v) {
    return rows.containsKey(v) ? rows.get(v) : List.of(reg(v));
  }

  // --- memory ---

  /**
   * Where lanes find elements: at {@code base}, and from there {@code stride} elements apart or, if
   * that is not so, at {@code offsets}.
   */
  private record Place(Val base, long stride, Val offsets) {}

  private Place place(Value array, List<Value> starts) {
    long[] strides = array.shape().strides();
    LType wide = LType.I64.lanes(lot.width);
    Val base = Val.i64(0);
    Val offsets = null;
    long[] along = new long[lot.coords.size()];
    for (int d = 0; d < strides.length; d++) {
      int lane = lot.coords.indexOf(starts.get(d));
      if (lane >= 0) {
        along[lane] += strides[d];
        continue;
      }
      Val at = Evaluator.clamp(f, reg(starts.get(d)), array.shape().dim(d) - 1);
      if (at.type().isVector()) {
        Val step = f.mul(at, Val.integer(wide, strides[d]));
        offsets = offsets == null ? step : f.add(offsets, step);
      } else {
        base = f.addNsw(base, f.mulNsw(at, Val.i64(strides[d])));
      }
    }
    long stride = along.length == 0 ? 0 : along[along.length - 1];
    boolean even = offsets == null;
    for (int k = 0; k < along.length; k++) {
      even &= along[k] == stride * stride(k);
    }
    Val first = even ? f.addNsw(base, f.mulNsw(lot.first, Val.i64(stride))) : base;
    Val address = Memory.address(f, array.dtype(), arrays.get(array), first);
    for (int k = 0; k < along.length && !even; k++) {
      if (along[k] != 0) {
        Val step = f.mul(reg(lot.coords.get(k)).re(), Val.integer(wide, along[k]));
        offsets = offsets == null ? step : f.add(offsets, step);
      }
    }
    return new Place(address, stride, even ? null : offsets);
  }

  private Reg load(IndexOp.DynamicSlice o) {
    DType t = o.operand().dtype();
    Place p = place(o.operand(), o.starts());
    if (p.offsets != null) {
      return Memory.fetch(f, t, p.base, p.offsets, lot.width, lot.mask);
    }
    return p.stride == 0
        ? Memory.load(f, t, p.base)
        : Memory.load(f, t, p.base, p.stride, lot.width, lot.mask);
  }

  private void store(IndexOp.DynamicUpdateSlice o) {
    Reg value = reg(o.update());
    Place p = place(o.operand(), o.starts());
    if (p.offsets == null && p.stride == 0) {
      if (value.lanes() > 0) {
        throw new IllegalStateException("lanes write to one place");
      }
      Memory.store(f, value, p.base);
      return;
    }
    Reg each = value.splat(f, lot.width);
    if (p.offsets == null && p.stride == 1) {
      Memory.store(f, each, p.base, 1, active, Mem.PLAIN);
      return;
    }
    LType wide = LType.I64.lanes(lot.width);
    Val offsets =
        p.offsets != null ? p.offsets : f.mul(Val.iota(wide), Val.integer(wide, p.stride));
    Memory.scatter(f, each, p.base, offsets, active);
  }

  // --- control flow ---

  private void loop(Instr instr, ControlOp.While o) {
    boolean divides = varying.contains(o.cond().results().getFirst());
    List<Value> params = scalars(o.body().params());
    List<Reg> first = new ArrayList<>();
    for (int k = 0; k < o.inits().size(); k++) {
      Value param = o.body().params().get(k);
      if (param.shape().isScalar()) {
        first.add(as(param, reg(o.inits().get(k))));
      } else {
        Val array = arrays.get(o.inits().get(k));
        List.of(param, o.cond().params().get(k), instr.results().get(k))
            .forEach(v -> arrays.put(v, array));
      }
    }
    Regs regsOfOne = new Regs(first);
    Val outer = active;
    Val[] running = new Val[1];
    List<Val> last =
        f.whileLoop(
            regsOfOne.flat(),
            carried -> {
              bindAll(scalars(o.cond().params()), regsOfOne.with(carried));
              emit(o.cond());
              Val again = reg(o.cond().results().getFirst()).re();
              running[0] = divides ? f.and(outer, again) : outer;
              Val any = divides ? f.any(running[0]) : again;
              return f.and(any, f.cmp(Cmp.EQ, f.loadShared(LType.I32, stop), Val.i32(0)));
            },
            carried -> {
              active = running[0];
              Regs old = regsOfOne.with(carried);
              bindAll(params, old);
              emit(o.body());
              List<Reg> next = new ArrayList<>();
              for (int k = 0; k < params.size(); k++) {
                Value result = scalars(o.body().results()).get(k);
                next.add(as(params.get(k), reg(result)));
              }
              active = outer;
              Regs taken = new Regs(next);
              return (divides ? Regs.select(f, running[0], taken, old) : taken).flat();
            });
    bindAll(scalars(instr.results()), regsOfOne.with(last));
  }

  private static List<Value> scalars(List<Value> values) {
    return values.stream().filter(v -> v.shape().isScalar()).toList();
  }

  private void bindAll(List<Value> names, Regs values) {
    for (int k = 0; k < names.size(); k++) {
      regs.put(names.get(k), values.list().get(k));
    }
  }

  private List<Val> branch(Instr instr, Block branch) {
    emit(branch);
    List<Reg> out = new ArrayList<>();
    for (int k = 0; k < branch.results().size(); k++) {
      out.add(as(instr.results().get(k), reg(branch.results().get(k))));
    }
    return new Regs(out).flat();
  }

  /** Branch {@code k} or one after it; the last one takes every other index. */
  private List<Val> cascade(Instr instr, ControlOp.Case o, Val index, int k) {
    Supplier<List<Val>> here = () -> branch(instr, o.branches().get(k));
    return k == o.branches().size() - 1
        ? here.get()
        : f.ifElse(
            f.cmp(Cmp.EQ, index, Val.integer(index.type(), k)),
            here,
            () -> cascade(instr, o, index, k + 1));
  }

  private void join(Instr instr, List<Val> values) {
    var next = values.iterator();
    for (Value v : instr.results()) {
      Val re = next.next();
      regs.put(v, new Reg(v.dtype(), re, v.dtype().isComplex() ? next.next() : null));
    }
  }
}
