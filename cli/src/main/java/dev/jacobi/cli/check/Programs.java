package dev.jacobi.cli.check;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.bytecode.BytecodeException;
import dev.jacobi.hlo.bytecode.BytecodeReader;
import dev.jacobi.hlo.bytecode.VhloVersionException;
import dev.jacobi.hlo.interpret.HloInterpretException;
import dev.jacobi.hlo.memory.MemoryException;
import dev.jacobi.hlo.refine.RefineException;
import dev.jacobi.hlo.refine.ShapeAssertionException;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Engines;
import dev.jacobi.hlo.spi.UnknownBackendException;
import dev.jacobi.hlo.text.HloSyntaxException;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.hlo.verify.HloVerifyException;
import dev.jacobi.pjrt.PluginException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Programs from files, for commands that work on one. */
final class Programs {
  private Programs() {}

  /** What a command does with a program. */
  interface Use {
    void of(HloModule module) throws IOException;
  }

  /** The engine of a name; a wrong command line if there is none. */
  static Backend engine(CommandSpec spec, String name) {
    try {
      return Engines.find(name);
    } catch (UnknownBackendException | PluginException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /** Reads and uses a program, from text or bytecode; 1, and the reason printed, if it is wrong. */
  static int with(CommandSpec spec, Path file, Use use) {
    requireFile(spec, file);
    try {
      use.of(BytecodeReader.readEither(file.toString(), Files.readAllBytes(file)));
      return 0;
    } catch (HloSyntaxException
        | HloTypeException
        | HloVerifyException
        | PluginException
        | UnsupportedOpException
        | HloInterpretException
        | MemoryException
        | RefineException
        | ShapeAssertionException
        | BytecodeException
        | VhloVersionException e) {
      String said = e.getMessage();
      boolean placed = said.startsWith(file.toString());
      spec.commandLine().getErr().println(placed ? said : file + ": " + said);
    } catch (IOException e) {
      spec.commandLine().getErr().println(reason(e));
    }
    return 1;
  }

  /** A wrong command line if there is no such file. */
  static void requireFile(CommandSpec spec, Path file) {
    if (!Files.isRegularFile(file)) {
      String what = Files.exists(file) ? " is not a file." : " does not exist.";
      throw new ParameterException(spec.commandLine(), file + what);
    }
  }

  /** What went wrong with which file. */
  static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException f -> f.getFile() + ": there is no such file or folder";
      case AccessDeniedException f -> f.getFile() + ": permission denied";
      case FileAlreadyExistsException f -> f.getFile() + ": this is no folder";
      default -> e.getMessage(); // names the file, as all of NumPy's files do
    };
  }
}
