package dev.jacobi.cli.check;

import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.bytecode.BytecodeException;
import dev.jacobi.hlo.bytecode.BytecodeReader;
import dev.jacobi.hlo.bytecode.VhloVersionException;
import dev.jacobi.hlo.check.SelfCheck;
import dev.jacobi.hlo.interpret.HloInterpretException;
import dev.jacobi.hlo.memory.MemoryException;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.text.HloSyntaxException;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.hlo.verify.HloVerifyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Checks one file on one backend. */
record SelfChecker(Backend backend) {
  private static final Pattern DISABLED =
      Pattern.compile("^// *RUN-DISABLED(?:\\(([^)]*)\\))?", Pattern.MULTILINE);

  Outcome check(Path file) {
    try {
      var source = Files.readAllBytes(file);
      var disabled = DISABLED.matcher(new String(source, StandardCharsets.UTF_8));
      if (disabled.find()) {
        var why = disabled.group(1);
        return new Outcome.Skipped("RUN-DISABLED" + (why == null ? "" : " (" + why + ")"));
      }
      var report = SelfCheck.run(BytecodeReader.readEither(file.toString(), source), backend);
      if (report.passed()) {
        return new Outcome.Passed();
      }
      return new Outcome.Failed(
          report.checks() == 0 ? "it checks nothing" : String.join("\n", report.failures()));
    } catch (UnsupportedOpException e) {
      return new Outcome.Skipped(e.what());
    } catch (HloSyntaxException
        | HloTypeException
        | HloVerifyException
        | HloInterpretException
        | MemoryException
        | BytecodeException
        | VhloVersionException e) {
      return new Outcome.Failed(e.getMessage()); // says what and where
    } catch (IOException e) {
      return new Outcome.Failed(Programs.reason(e));
    }
  }
}
