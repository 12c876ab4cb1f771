package dev.jacobi.cpu.steps;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * That a loop counts: its variable {@code counter} is {@code first}, then one more in each step,
 * for {@code trips} steps. So are the loops of {@code scan} and of {@code fori_loop} with constant
 * bounds.
 */
record Counting(int counter, long first, long trips) {
  /** What is known of the integers of a program: a constant, or one that goes with the steps. */
  record Linear(long base, long perStep) {
    /** The value of each step {@code s} is {@code base + perStep * s}, and fits the type. */
    static Optional<Linear> of(long base, long perStep) {
      return Math.abs(base) < LIMIT && Math.abs(perStep) < STEEP
          ? Optional.of(new Linear(base, perStep))
          : Optional.empty();
    }
  }

  /** Bounds under which no index of {@link Ahead#MAX_BYTES} steps overflows 32 bits. */
  private static final long LIMIT = 1L << 29;

  private static final long STEEP = 1L << 9;

  /** How the loop counts, if it does, between constants. */
  static Optional<Counting> of(ControlOp.While loop, Map<Value, Long> constants) {
    Map<Value, Long> known = withConstants(loop.cond(), constants);
    Optional<ElementwiseOp.Compare> test =
        result(loop.cond())
            .filter(ElementwiseOp.Compare.class::isInstance)
            .map(ElementwiseOp.Compare.class::cast)
            .filter(c -> c.direction() == ElementwiseOp.Direction.LT)
            .filter(c -> c.order() == ElementwiseOp.Order.SIGNED);
    if (test.isEmpty()) {
      return Optional.empty();
    }
    int counter = loop.cond().params().indexOf(test.get().lhs());
    Long limit = known.get(test.get().rhs());
    if (counter < 0 || limit == null) {
      return Optional.empty();
    }
    if (!counters(loop, constants).contains(counter)) {
      return Optional.empty();
    }
    long first = constants.get(loop.inits().get(counter));
    return Math.abs(first) < LIMIT && Math.abs(limit) < LIMIT
        ? Optional.of(new Counting(counter, first, Math.max(0, limit - first)))
        : Optional.empty();
  }

  private static Optional<Op> result(Block block) {
    Value wanted = block.results().getFirst();
    return block.instrs().stream()
        .filter(i -> i.results().contains(wanted))
        .map(Instr::op)
        .findFirst();
  }

  /** The variables that begin with a constant and are one more after each step. */
  static Set<Integer> counters(ControlOp.While loop, Map<Value, Long> constants) {
    Block body = loop.body();
    Set<Value> ones = new HashSet<>();
    Map<Value, Long> known = withConstants(body, constants);
    known.keySet().stream().filter(v -> known.get(v) == 1).forEach(ones::add);
    Map<Value, Value> next = new HashMap<>();
    for (Instr i : body.instrs()) {
      if (i.op() instanceof ElementwiseOp.Pointwise p && p.fn() == Fn.ADD) {
        Value a = p.operands().get(0);
        Value b = p.operands().get(1);
        if (ones.contains(a) || ones.contains(b)) {
          next.put(i.result(), ones.contains(b) ? a : b);
        }
      }
    }
    Set<Integer> all = new LinkedHashSet<>();
    for (int k = 0; k < body.params().size(); k++) {
      boolean counts = next.get(body.results().get(k)) == body.params().get(k);
      if (counts && constants.containsKey(loop.inits().get(k))) {
        all.add(k);
      }
    }
    return all;
  }

  /** The constants of a block beside those of the blocks around it. */
  static Map<Value, Long> withConstants(Block block, Map<Value, Long> outer) {
    Map<Value, Long> all = new HashMap<>(outer);
    block.instrs().forEach(i -> constant(i).ifPresent(c -> all.put(i.result(), c)));
    return all;
  }

  /** The integer that an instruction defines as a scalar constant. */
  static OptionalLong constant(Instr instr) {
    return instr.op() instanceof ElementwiseOp.Constant(var literal)
            && literal.shape().isScalar()
            && isInteger(literal.dtype())
        ? OptionalLong.of(literal.getLong(0))
        : OptionalLong.empty();
  }

  private static boolean isInteger(DType dtype) {
    return dtype.kind() == DType.Kind.SIGNED || dtype.kind() == DType.Kind.UNSIGNED;
  }

  /** The counter. */
  Linear steps() {
    return new Linear(first, 1);
  }

  /** What an instruction over known integers gives. */
  static Optional<Linear> apply(Instr instr, Map<Value, Linear> known) {
    OptionalLong constant = constant(instr);
    if (constant.isPresent()) {
      return Linear.of(constant.getAsLong(), 0);
    }
    if (!instr.op().operands().stream().allMatch(known::containsKey)) {
      return Optional.empty();
    }
    return switch (instr.op()) {
      case ElementwiseOp.Convert c when widens(c) -> Optional.of(known.get(c.operand()));
      case ElementwiseOp.Pointwise p when p.operands().size() == 2 && wide(p) ->
          combine(p.fn(), known.get(p.operands().get(0)), known.get(p.operands().get(1)));
      default -> Optional.empty();
    };
  }

  private static boolean wide(ElementwiseOp.Pointwise p) {
    return p.operands().getFirst().dtype() == DType.I32
        || p.operands().getFirst().dtype() == DType.I64;
  }

  private static boolean widens(ElementwiseOp.Convert c) {
    return c.dtype() == DType.I64 && c.operand().dtype() == DType.I32
        || c.dtype() == c.operand().dtype();
  }

  private static Optional<Linear> combine(Fn fn, Linear a, Linear b) {
    return switch (fn) {
      case ADD -> Linear.of(a.base + b.base, a.perStep + b.perStep);
      case SUB -> Linear.of(a.base - b.base, a.perStep - b.perStep);
      default -> Optional.empty();
    };
  }
}
