package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.fuzz.Differential.Failure;
import dev.jacobi.hlo.spi.CompileOptions;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a failing program smaller as long as it fails: fewer operations, then plainer values. */
final class Shrinker {
  private static final int MOST_TRIES = 150;

  private final Differential differential;
  private final boolean eager;
  private int tries;

  Shrinker(Differential differential, boolean eager) {
    this.differential = differential;
    this.eager = eager;
  }

  /** The smallest failure found, starting with that of {@code program}. */
  Failure shrink(HloModule program, List<Literal> arguments, Failure failure) {
    // An operation that fails alone is small enough; one that needs its neighbours is not alone.
    Failure now =
        fails(failure.program(), failure.arguments())
            .orElse(new Failure(failure.what(), program, arguments));
    HloModule undonated = Programs.module(now.program().main().body(), now.program().funcs());
    now = fails(undonated, now.arguments()).orElse(now);
    boolean donates = !now.program().equals(undonated);
    for (boolean progress = !donates; progress && tries < MOST_TRIES; ) {
      Optional<Failure> smaller = withoutAnOperation(now);
      progress = smaller.isPresent();
      now = smaller.orElse(now);
    }
    return plainer(now);
  }

  private Optional<Failure> fails(HloModule program, List<Literal> arguments) {
    tries++;
    return differential
        .check(program, arguments, eager)
        .map(f -> new Failure(f.what(), program, arguments));
  }

  /** Turns the results of one operation into parameters with the values that they had. */
  private Optional<Failure> withoutAnOperation(Failure now) {
    Block main = now.program().main().body();
    List<Value> all = new ArrayList<>();
    main.instrs().forEach(i -> all.addAll(i.results()));
    if (main.instrs().size() <= 1) {
      return Optional.empty();
    }
    HloModule open =
        Programs.module(new Block(main.params(), main.instrs(), all), now.program().funcs());
    List<Literal> values = differential.run(open, now.arguments(), CompileOptions.DEFAULT);
    for (Instr instr : main.instrs()) {
      if (instr.op() instanceof ElementwiseOp.Constant || tries >= MOST_TRIES) {
        continue;
      }
      List<Value> params = new ArrayList<>(main.params());
      List<Literal> arguments = new ArrayList<>(now.arguments());
      for (Value result : instr.results()) {
        params.add(result);
        arguments.add(values.get(all.indexOf(result)));
      }
      Optional<Failure> smaller =
          fails(without(now.program(), instr, params, arguments), arguments);
      if (smaller.isPresent()) {
        return smaller;
      }
    }
    return Optional.empty();
  }

  /** The block without an instruction; drops parameters and constants that nothing reads now. */
  private static HloModule without(
      HloModule program, Instr gone, List<Value> params, List<Literal> arguments) {
    Block main = program.main().body();
    Set<Value> used = new HashSet<>(main.results());
    List<Instr> kept = new ArrayList<>();
    for (Instr instr : main.instrs().reversed()) {
      boolean read = instr.results().stream().anyMatch(used::contains);
      if (instr != gone && (read || !(instr.op() instanceof ElementwiseOp.Constant))) {
        used.addAll(instr.op().operands());
        used.addAll(instr.op().captures());
        kept.addFirst(instr);
      }
    }
    for (int i = params.size() - 1; i >= 0; i--) {
      if (!used.contains(params.get(i))) {
        params.remove(i);
        arguments.remove(i);
      }
    }
    return Programs.module(new Block(params, kept, main.results()), program.funcs());
  }

  /** Replaces parts of the arguments by ones while the program still fails. */
  private Failure plainer(Failure failure) {
    Failure now = failure;
    for (int k = 0; k < failure.arguments().size(); k++) {
      long n = failure.arguments().get(k).shape().size();
      for (long part = n; part > 0 && tries < MOST_TRIES; part = part == 1 ? 0 : (part + 1) / 2) {
        for (long from = 0; from < n && tries < MOST_TRIES; from += part) {
          List<Literal> arguments = new ArrayList<>(now.arguments());
          arguments.set(k, ones(arguments.get(k), from, Math.min(from + part, n)));
          if (!arguments.get(k).equals(now.arguments().get(k))) {
            now = fails(now.program(), arguments).orElse(now);
          }
        }
      }
    }
    return now;
  }

  private static Literal ones(Literal x, long from, long to) {
    MemorySegment data = Literal.allocate(x.type()).copyFrom(x.data());
    for (long i = from; i < to; i++) {
      Literal.set(x.dtype(), data, i, 1, 0);
    }
    return Literal.wrap(x.type(), data);
  }
}
