package dev.jacobi.hlo.check;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.interpret.InterpreterBackend;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Executable;
import java.util.ArrayList;
import java.util.List;

/** Runs a self-checking program on a backend. */
public final class SelfCheck {
  private SelfCheck() {}

  /**
   * What came out.
   *
   * @param checks how many checks ran
   * @param failures one message for each check that does not hold: which one, where, both values
   */
  public record Report(int checks, List<String> failures) {
    public Report {
      failures = List.copyOf(failures);
    }

    /** Whether there was something to check and all of it holds. */
    public boolean passed() {
      return checks > 0 && failures.isEmpty();
    }
  }

  /** Runs a program on the reference interpreter. */
  public static Report run(HloModule module) {
    return run(module, new InterpreterBackend());
  }

  /**
   * Turns the operands of all checks, also those in called functions, into results of
   * {@code @main}, runs the program and compares them.
   *
   * @throws HloTypeException if {@code @main} has parameters or a check stands inside a region
   */
  public static Report run(HloModule module, Backend backend) {
    if (!module.main().inputs().isEmpty()) {
      throw new HloTypeException("a self-checking @main has no parameters");
    }
    CheckOutputs rewritten = CheckOutputs.of(module);
    try (Executable program = backend.compile(rewritten.module(), CompileOptions.DEFAULT)) {
      Buffer[] outputs = program.execute(new Buffer[0]);
      List<String> failures = new ArrayList<>();
      List<Check> checks = rewritten.checks();
      for (int i = 0; i < checks.size(); i++) {
        Check check = checks.get(i);
        int number = i + 1;
        check
            .mismatch(literal(outputs[2 * i]), literal(outputs[2 * i + 1]))
            .ifPresent(what -> failures.add(check.describe(number) + ": " + what));
      }
      for (Buffer output : outputs) {
        output.close();
      }
      return new Report(checks.size(), failures);
    }
  }

  private static Literal literal(Buffer buffer) {
    return Literal.wrap(buffer.type(), buffer.toHost());
  }
}
