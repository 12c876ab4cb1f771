package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.BatchNorm;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.fuzz.Differential.Failure;
import dev.jacobi.hlo.fuzz.Differential.Subject;
import dev.jacobi.hlo.fuzz.Differential.Verdict;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.shorthand.Shorthand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks an operation that stands for others: those, one by one, and (of an engine of ours) that
 * together they give the same bits. Branches and loops are followed as the engine's values lead.
 */
final class InParts {
  private static final int MOST_TRIPS = 100;

  private final Differential differential;
  private final Alone alone;
  private Optional<Failure> failure = Optional.empty();

  InParts(Differential differential, Alone alone) {
    this.differential = differential;
    this.alone = alone;
  }

  Optional<Failure> check() {
    List<Literal> results =
        switch (alone.instr().op()) {
          case ControlOp.While o -> loop(o);
          case ControlOp.If o -> {
            boolean onTrue = alone.value(o.pred()).getBoolean(0);
            yield run(onTrue ? o.onTrue() : o.onFalse(), List.of());
          }
          case ControlOp.Case o -> {
            long i = alone.value(o.index()).getLong(0);
            int last = o.branches().size() - 1;
            yield run(o.branches().get(i < 0 || i > last ? last : (int) i), List.of());
          }
          case ControlOp.Call o -> run(alone.funcs().get(o.callee()).body(), values(o.operands()));
          case ControlOp.Composite o ->
              run(alone.funcs().get(o.decomposition()).body(), values(o.operands()));
          case NormOp o -> run(normalised(o));
          case ControlOp _ -> throw new IllegalArgumentException(alone.instr().op().mnemonic());
          default -> run(Shorthand.expand(alone.program(), Interpreter::run));
        };
    boolean sameBits =
        differential.sameBits() && !UnspecifiedBits.looksAtBits(alone.instr().op(), alone.funcs());
    return failure.isPresent() || !sameBits
        ? failure
        : alone.same(results, "differs from its parts");
  }

  private List<Literal> values(List<Value> read) {
    return read.stream().map(alone::value).toList();
  }

  private HloModule normalised(NormOp op) {
    Block main = alone.program().main().body();
    HloBuilder b = new HloBuilder();
    List<Value> results = BatchNorm.expand(op, b);
    return Programs.module(
        new Block(main.params(), b.build(results).instrs(), results), alone.funcs());
  }

  /** Operations in place of the one that is checked, with its operands. */
  private List<Literal> run(HloModule program) {
    try (Subject subject = differential.part(program)) {
      return results(subject.check(alone.operands()));
    }
  }

  private List<Literal> run(Block region, List<Literal> arguments) {
    try (Subject subject = subject(region)) {
      return results(subject.check(with(arguments, region)));
    }
  }

  private List<Literal> results(Verdict verdict) {
    failure = failure.isPresent() ? failure : verdict.failure();
    return verdict.results();
  }

  /** A region as a program; what it captures are further parameters. */
  private Subject subject(Block region) {
    List<Value> params = new ArrayList<>(region.params());
    params.addAll(region.free());
    Block body = new Block(params, region.instrs(), region.results());
    return differential.part(Programs.module(body, alone.funcs()));
  }

  private List<Literal> with(List<Literal> arguments, Block region) {
    List<Literal> all = new ArrayList<>(arguments);
    all.addAll(values(List.copyOf(region.free())));
    return all;
  }

  private List<Literal> loop(ControlOp.While op) {
    List<Literal> state = values(op.inits());
    try (Subject cond = subject(op.cond());
        Subject body = subject(op.body())) {
      for (int trip = 0; trip < MOST_TRIPS && failure.isEmpty(); trip++) {
        if (!results(cond.check(with(state, op.cond()))).getFirst().getBoolean(0)) {
          return state;
        }
        state = results(body.check(with(state, op.body())));
      }
    }
    return state;
  }
}
