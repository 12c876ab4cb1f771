package dev.jacobi.cpu.steps;

import dev.jacobi.cpu.fuse.Cost;
import dev.jacobi.cpu.fuse.Ops;
import dev.jacobi.cpu.fuse.Rewriter;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the steps of a counted loop compute without its state (random bits from the keys of a {@code
 * scan}, functions of its {@code xs}) is computed before the loop for all steps at once: in vectors
 * and on threads, where the loop would do it number by number between two states that wait for one
 * another. Loop fission, for values that are dear and small.
 */
public final class Ahead {
  /** The chain of vector instructions, as {@link Cost} counts them, that is worth an array. */
  private static final int DEAR = 30;

  /** More elements in a step fill vectors by themselves. */
  private static final long SMALL = 32;

  /** The most that an array for all steps may take, so that it stays in a core's cache. */
  static final long MAX_BYTES = 1 << 20;

  /** Fewer steps are not worth it. */
  private static final long FEW = 4;

  private Ahead() {}

  public static HloModule run(HloModule module) {
    return Rewriter.rewrite(module, () -> new Loops(new HashMap<>()));
  }

  /** Meets the constants around a loop before the loop, and a loop's own loops before it. */
  private record Loops(Map<Value, Long> constants) implements Rewriter.Rule {
    @Override
    public Optional<List<Value>> rewrite(Instr instr, HloBuilder out) {
      Counting.constant(instr).ifPresent(c -> constants.put(instr.result(), c));
      if (!(instr.op() instanceof ControlOp.While loop)) {
        return Optional.empty();
      }
      return Counting.of(loop, constants)
          .filter(c -> c.trips() >= FEW)
          .map(c -> new Split(loop, c, constants))
          .filter(Split::pays)
          .map(s -> out.at(instr.loc()).addAll(s.write(out)));
    }
  }

  /** One loop, divided. */
  private static final class Split {
    private final ControlOp.While loop;
    private final Counting counting;
    private final Set<Value> stepwise = new HashSet<>(); // what differs by step, without the state
    private final Map<Value, Counting.Linear> known = new HashMap<>();
    private final Map<Value, Value> same = new IdentityHashMap<>(); // in all steps: from outside
    private final Set<Value> ahead = new LinkedHashSet<>(); // what the loop will read

    Split(ControlOp.While loop, Counting counting, Map<Value, Long> constants) {
      this.loop = loop;
      this.counting = counting;
      constants.forEach((v, c) -> Counting.Linear.of(c, 0).ifPresent(l -> known.put(v, l)));
      List<Value> params = loop.body().params();
      Set<Value> state = new HashSet<>();
      for (int i = 0; i < params.size(); i++) {
        if (i == counting.counter()) {
          stepwise.add(params.get(i));
          known.put(params.get(i), counting.steps());
        } else if (loop.body().results().get(i) == params.get(i)) {
          same.put(params.get(i), loop.inits().get(i));
        } else {
          state.add(params.get(i));
        }
      }
      sort(state);
      choose(state);
    }

    /** Which instructions depend on the state, on the step alone, or on neither. */
    private void sort(Set<Value> state) {
      for (Instr instr : loop.body().instrs()) {
        var op = instr.op();
        boolean simple =
            instr.results().size() == 1
                && op.regions().isEmpty()
                && Ops.isPure(op)
                && instr.result().shape().isStatic()
                && instr.result().shape().size() <= SMALL
                && op.operands().stream().noneMatch(state::contains);
        if (simple && op.operands().stream().noneMatch(stepwise::contains)) {
          Counting.apply(instr, known).ifPresent(l -> known.put(instr.result(), l));
        } else if (simple && AllSteps.handles(op, stepwise::contains, known, counting.trips())) {
          stepwise.add(instr.result());
          Counting.apply(instr, known).ifPresent(l -> known.put(instr.result(), l));
        } else {
          state.addAll(instr.results());
        }
      }
    }

    /** The values that the state needs and that are dear to compute from the others. */
    private void choose(Set<Value> state) {
      Set<Value> wanted = new HashSet<>(loop.body().results());
      loop.body().instrs().stream()
          .filter(i -> !Collections.disjoint(i.results(), state))
          .forEach(i -> wanted.addAll(Ops.reads(i)));
      Map<Value, Integer> chains = new HashMap<>();
      for (Instr instr : loop.body().instrs()) {
        if (instr.results().size() != 1 || !stepwise.contains(instr.result())) {
          continue;
        }
        Value v = instr.result();
        int before =
            instr.op().operands().stream().mapToInt(o -> chains.getOrDefault(o, 0)).max().orElse(0);
        int chain = before + (isMove(instr) ? 0 : Cost.of(instr.op()));
        if (wanted.contains(v)
            && chain >= DEAR
            && v.type().byteSize() * counting.trips() <= MAX_BYTES) {
          ahead.add(v);
          chain = 0;
        }
        chains.put(v, chain);
      }
    }

    private static boolean isMove(Instr instr) {
      return instr.op() instanceof ShapeOp || instr.op() instanceof IndexOp;
    }

    boolean pays() {
      return !ahead.isEmpty();
    }

    /** The loop that is left; what comes before it goes to {@code out}. */
    ControlOp.While write(HloBuilder out) {
      Map<Value, Value> all = new HashMap<>();
      AllSteps steps = new AllSteps(out, counting.trips(), all, v -> same.getOrDefault(v, v));
      Set<Value> needed = needed();
      Value counter = loop.body().params().get(counting.counter());
      if (needed.contains(counter)) {
        all.put(counter, steps.counter(counting, counter.type()));
      }
      for (Instr instr : loop.body().instrs()) {
        if (instr.results().size() != 1 || !needed.contains(instr.result())) {
          continue;
        }
        out.at(instr.loc());
        if (stepwise.contains(instr.result())) {
          all.put(instr.result(), steps.write(instr.op(), known));
        } else {
          Value outside = out.add(instr.op().mapOperands(v -> same.getOrDefault(v, v)));
          same.put(instr.result(), outside);
        }
      }
      return new ControlOp.While(loop.inits(), loop.cond(), rest(all));
    }

    /** What must be computed before the loop. */
    private Set<Value> needed() {
      Set<Value> needed = new HashSet<>(ahead);
      for (Instr instr : loop.body().instrs().reversed()) {
        if (instr.results().size() == 1 && needed.contains(instr.result())) {
          boolean row =
              instr.op() instanceof IndexOp.DynamicSlice && stepwise.contains(instr.result());
          needed.addAll(row ? List.of(instr.op().operands().getFirst()) : instr.op().operands());
        }
      }
      return needed;
    }

    /** The body, which reads rows of {@code all}; what computed them is dead. */
    private Block rest(Map<Value, Value> all) {
      HloBuilder body = new HloBuilder();
      Value counter = loop.body().params().get(counting.counter());
      for (Instr instr : loop.body().instrs()) {
        if (instr.results().size() == 1 && ahead.contains(instr.result())) {
          row(instr, all.get(instr.result()), counter, body.at(instr.loc()));
        } else {
          body.append(instr);
        }
      }
      return new Block(loop.body().params(), body.build().instrs(), loop.body().results());
    }

    private void row(Instr instr, Value all, Value counter, HloBuilder body) {
      Shape shape = all.shape();
      Value zero = body.constant(Literal.scalar(counter.dtype(), 0L));
      Value step = counter;
      if (counting.first() != 0) {
        Value first = body.constant(Literal.scalar(counter.dtype(), counting.first()));
        step = body.pointwise(Fn.SUB, counter, first);
      }
      List<Value> starts = new ArrayList<>(Collections.nCopies(shape.rank(), zero));
      starts.set(0, step);
      Longs sizes = Longs.of(shape.with(0, 1).toArray());
      Value box = body.add(new IndexOp.DynamicSlice(all, starts, sizes));
      body.append(
          new Instr(
              new ShapeOp.Reshape(box, instr.result().shape()), instr.results(), instr.loc()));
    }
  }
}
