package dev.jacobi.cpu.steps;

import dev.jacobi.cpu.fuse.Rewriter;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.host.HostCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What integers can be: the counters of loops, and what is computed from them, from constants and
 * from iotas. Comparisons that have only one result become constants, so that indices which are
 * within bounds are neither checked nor wrapped nor clamped.
 */
public final class Ranges implements Rewriter.Rule {
  /** Constants with more elements are not looked through. */
  private static final long MOST = 4096;

  private final Map<Value, Range> known = new HashMap<>();

  private Ranges() {}

  public static HloModule run(HloModule module) {
    return Rewriter.rewrite(module, Ranges::new);
  }

  /** The block for which {@code constants} says what it reads of its surroundings. */
  public static Block run(Block block, Function<Value, Optional<Literal>> constants) {
    Ranges ranges = new Ranges();
    for (Value v : block.free()) {
      constants.apply(v).flatMap(Ranges::of).ifPresent(r -> ranges.known.put(v, r));
    }
    return Rewriter.rewrite(block, ranges);
  }

  /** The counters of a loop are known within it. */
  @Override
  public Rewriter.Rule enter(Op op) {
    if (op instanceof ControlOp.While loop) {
      unchanged(loop);
      Map<Value, Long> constants = new HashMap<>();
      known.forEach((v, r) -> singles(constants, v, r));
      Counting.of(loop, constants)
          .filter(c -> c.trips() > 0)
          .ifPresent(c -> counters(loop, c, constants));
    }
    return this;
  }

  private void unchanged(ControlOp.While loop) {
    for (int k = 0; k < loop.inits().size(); k++) {
      Range range = known.get(loop.inits().get(k));
      if (range != null && loop.body().results().get(k) == loop.body().params().get(k)) {
        known.put(loop.body().params().get(k), range);
        known.put(loop.cond().params().get(k), range);
      }
    }
  }

  private static void singles(Map<Value, Long> constants, Value v, Range r) {
    if (r.isSingle() && v.shape().isScalar()) {
      constants.put(v, r.lo());
    }
  }

  /** Every variable that goes up by one in each step, from a number that is known. */
  private void counters(ControlOp.While loop, Counting counting, Map<Value, Long> constants) {
    long last = counting.trips() - 1;
    for (int k : Counting.counters(loop, constants)) {
      DType dtype = loop.inits().get(k).dtype();
      long first = constants.get(loop.inits().get(k));
      // Behind the last step it is one more.
      new Range(first, first + last + 1)
          .in(dtype)
          .ifPresent(
              r -> {
                known.put(loop.body().params().get(k), new Range(first, first + last));
                known.put(loop.cond().params().get(k), r);
              });
    }
  }

  @Override
  public Optional<List<Value>> rewrite(Instr instr, HloBuilder out) {
    if (isCheck(instr.op())) {
      Range holds = known.get(instr.op().operands().getFirst());
      return holds != null && holds.lo() == 1 ? Optional.of(List.of()) : Optional.empty();
    }
    if (instr.results().size() != 1) {
      return Optional.empty();
    }
    Optional<Value> same = same(instr.op());
    if (same.isPresent()) {
      Range range = known.get(same.get());
      if (range != null) {
        known.put(instr.result(), range);
      }
      return Optional.of(List.of(same.get()));
    }
    Optional<Range> range = range(instr);
    range.ifPresent(r -> known.put(instr.result(), r));
    return range
        .filter(r -> r.isSingle() && folds(instr.op()))
        .map(r -> List.of(constant(instr, r, out)));
  }

  private static boolean isCheck(Op op) {
    return op instanceof ControlOp.CustomCall c
        && c.target().equals(HostCheck.NAME)
        && c.types().isEmpty();
  }

  private static boolean folds(Op op) {
    return op instanceof ElementwiseOp.Pointwise
        || op instanceof ElementwiseOp.Compare
        || op instanceof ElementwiseOp.Convert
        || op instanceof ReductionOp.Reduce;
  }

  private Value constant(Instr instr, Range range, HloBuilder out) {
    Value v = instr.result();
    Value scalar = out.constant(Literal.scalar(v.dtype(), range.lo()));
    Value all = out.broadcast(scalar, v.shape());
    known.put(scalar, range);
    known.put(all, range);
    return all;
  }

  /** The operand that the result is in any case. */
  private Optional<Value> same(Op op) {
    return switch (op) {
      case ElementwiseOp.Pointwise p when p.fn() == Fn.SELECT -> {
        Range where = known.get(p.operands().getFirst());
        yield where != null && where.isSingle()
            ? Optional.of(p.operands().get(where.lo() == 1 ? 1 : 2))
            : Optional.empty();
      }
      case ElementwiseOp.Pointwise p when p.fn() == Fn.CLAMP -> {
        List<Optional<Range>> of = p.operands().stream().map(this::of).toList();
        boolean inside =
            of.stream().allMatch(Optional::isPresent)
                && of.get(1).get().within(of.get(0).get().hi(), of.get(2).get().lo());
        yield inside ? Optional.of(p.operands().get(1)) : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private Optional<Range> of(Value v) {
    return Optional.ofNullable(known.get(v));
  }

  private Optional<Range> range(Instr instr) {
    Value result = instr.result();
    if (result.type().isNarrow()
        || result.dtype().isInexact()
        || !result.shape().isStatic()
        || result.shape().size() == 0) {
      return Optional.empty();
    }
    return switch (instr.op()) {
      case ElementwiseOp.Constant c -> of(c.literal());
      case ElementwiseOp.Iota i -> new Range(0, i.type().dim(i.dim()) - 1).in(result.dtype());
      case ElementwiseOp.Compare c when c.lhs() == c.rhs() && !c.lhs().dtype().isInexact() ->
          Optional.of(Range.compare(c.direction(), Range.of(0), Range.of(0)));
      case ElementwiseOp.Compare c -> Optional.of(compare(c, of(c.lhs()), of(c.rhs())));
      case ElementwiseOp.Convert c -> of(c.operand()).flatMap(r -> converted(r, result.dtype()));
      case ElementwiseOp.Pointwise p -> pointwise(p, result.dtype());
      case ShapeOp.Concatenate _, ShapeOp.Pad _ -> all(instr.op().operands());
      case ShapeOp o -> of(o.operands().getFirst());
      case IndexOp.DynamicSlice o -> of(o.operand());
      case IndexOp.DynamicUpdateSlice o -> all(List.of(o.operand(), o.update()));
      case IndexOp.Gather o -> of(o.operand());
      case ReductionOp.Reduce o when o.inputs().size() == 1 && chooses(o) ->
          all(List.of(o.inputs().getFirst(), o.inits().getFirst()));
      default -> result.dtype() == DType.BOOL ? Optional.of(Range.BOTH) : Optional.empty();
    };
  }

  private static Range compare(ElementwiseOp.Compare c, Optional<Range> a, Optional<Range> b) {
    return a.isPresent() && b.isPresent()
        ? Range.compare(c.direction(), a.get(), b.get())
        : Range.BOTH;
  }

  /** A conversion to booleans asks whether a number is not 0. */
  private static Optional<Range> converted(Range r, DType to) {
    if (to == DType.BOOL) {
      return Optional.of(Range.compare(ElementwiseOp.Direction.NE, r, Range.of(0)));
    }
    return r.in(to);
  }

  private Optional<Range> pointwise(ElementwiseOp.Pointwise p, DType dtype) {
    List<Range> of = new ArrayList<>();
    for (Value v : p.operands()) {
      Optional<Range> r = of(v).or(() -> Range.all(v.dtype()));
      if (r.isEmpty()) {
        return Optional.empty();
      }
      of.add(r.get());
    }
    return Range.apply(p.fn(), of, dtype);
  }

  private Optional<Range> all(List<Value> values) {
    Optional<Range> all = of(values.getFirst());
    for (Value v : values.subList(1, values.size())) {
      all = all.flatMap(a -> of(v).map(a::or));
    }
    return all;
  }

  /** Whether a reduction gives one of its elements. */
  private static boolean chooses(ReductionOp.Reduce o) {
    return o.body().instrs().size() == 1
        && o.body().instrs().getFirst().op() instanceof ElementwiseOp.Pointwise p
        && switch (p.fn()) {
          case MIN, MAX -> true;
          case AND, OR -> o.body().results().getFirst().dtype() == DType.BOOL;
          default -> false;
        };
  }

  private static Optional<Range> of(Literal literal) {
    Shape shape = literal.shape();
    if (literal.dtype().isInexact() || shape.size() == 0 || shape.size() > MOST) {
      return Optional.empty();
    }
    Range all = Range.of(literal.getLong(0));
    for (long i = 1; i < shape.size(); i++) {
      all = all.or(Range.of(literal.getLong(i)));
    }
    return all.in(literal.dtype());
  }
}
