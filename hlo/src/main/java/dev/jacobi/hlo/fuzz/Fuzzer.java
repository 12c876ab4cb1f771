package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.fuzz.Differential.Failure;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.hlo.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Random programs against an engine, one seed at a time. Not thread-safe. */
public final class Fuzzer {
  /** What became of one program. */
  public sealed interface Outcome {}

  /** The engine and the interpreter agree. */
  public record Agreed() implements Outcome {}

  /** The engine does not run this program, and says why. */
  public record NotBuilt(String reason) implements Outcome {}

  /**
   * They disagree, or something threw.
   *
   * @param what the difference in one line
   * @param program the smallest program found that fails, with its arguments, as text
   */
  public record Disagreed(String what, String program) implements Outcome {}

  /** One program in so many is also run operation by operation. */
  private static final int EAGER = 40;

  private final Backend engine;

  public Fuzzer(Backend engine) {
    this.engine = engine;
  }

  /** Makes the program of a seed and checks it. */
  public Outcome check(long seed) {
    HloModule program = Programs.of(seed);
    return check(program, Programs.arguments(program, seed), seed % EAGER == 0);
  }

  /**
   * Checks a program that was found once.
   *
   * @param found with a function {@code @arguments} that gives the values of its parameters
   */
  public Outcome check(HloModule found) {
    HloModule arguments = Programs.module(found.func("arguments").body(), found.funcs());
    return check(found, Interpreter.run(arguments, List.of()), true);
  }

  private Outcome check(HloModule program, List<Literal> arguments, boolean eager) {
    Differential differential = new Differential(engine, engine.name().startsWith("pjrt:"));
    try {
      Verifier.verify(program);
      Optional<Failure> failure = differential.check(program, arguments, eager);
      return failure.isEmpty()
          ? new Agreed()
          : disagreed(new Shrinker(differential, eager).shrink(program, arguments, failure.get()));
    } catch (UnsupportedOpException e) {
      return new NotBuilt(e.getMessage());
    } catch (RuntimeException | Error e) {
      return disagreed(new Failure(e.toString(), program, arguments));
    }
  }

  private static Disagreed disagreed(Failure failure) {
    Map<String, HloFunc> funcs = new LinkedHashMap<>(failure.program().funcs());
    HloBuilder b = new HloBuilder();
    List<Value> constants = failure.arguments().stream().map(b::constant).toList();
    Block block = b.build(constants);
    funcs.put("arguments", new HloFunc("arguments", false, block));
    HloModule module = new HloModule("fuzz", funcs, Map.of());
    return new Disagreed(failure.what(), HloPrinter.print(module));
  }
}
