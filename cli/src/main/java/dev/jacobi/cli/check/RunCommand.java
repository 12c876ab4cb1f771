package dev.jacobi.cli.check;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.verify.Verifier;
import dev.jacobi.io.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./jacobi hlo run}: runs a program on arrays from files. */
@Command(
    name = "run",
    description = {
      "Runs @main of a StableHLO program. Its inputs are .npy files, in order; its outputs become"
          + " 0.npy, 1.npy, ... in a folder, or only their types are printed."
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "the program")
  private Path file;

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "INPUT.npy", description = "an input")
  private List<Path> inputs = new ArrayList<>();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "interpreter, cpu (default), or pjrt:NAME-OR-PATH")
  private String backend;

  @Option(names = "--out", paramLabel = "DIR", description = "where to write the outputs")
  private Path out;

  @Spec private CommandSpec spec;

  private RunCommand() {}

  @Override
  public Integer call() {
    Backend engine = engine();
    inputs.forEach(input -> Programs.requireFile(spec, input));
    return Programs.with(spec, file, module -> run(engine, module));
  }

  private Backend engine() {
    return Programs.engine(spec, backend);
  }

  private void run(Backend engine, HloModule module) throws IOException {
    Verifier.verify(module);
    List<TensorType> types = module.main().inputs();
    if (types.size() != inputs.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "@main takes %d input%s, but got %d."
              .formatted(types.size(), types.size() == 1 ? "" : "s", inputs.size()));
    }
    Buffer[] arguments = new Buffer[types.size()];
    for (int i = 0; i < arguments.length; i++) {
      Literal array = Npy.read(inputs.get(i), types.get(i).dtype());
      boolean known = types.get(i).shape().isStatic(); // Else the program checks at its call.
      if (known && !array.type().equals(types.get(i))) {
        throw new ParameterException(
            spec.commandLine(),
            inputs.get(i) + " holds " + array.type() + ", but @main takes " + types.get(i) + ".");
      }
      arguments[i] = engine.fromHost(array.type(), array.data());
    }
    if (out != null) {
      Files.createDirectories(out); // Before the work: it may be impossible.
    }
    try (var program = engine.compile(module, CompileOptions.DEFAULT)) {
      Buffer[] results = program.execute(arguments);
      for (int i = 0; i < results.length; i++) {
        Literal result = Literal.copyOf(results[i].type(), results[i].toHost());
        spec.commandLine().getOut().println(i + ": " + result.type());
        if (out != null) {
          Npy.write(out.resolve(i + ".npy"), result);
        }
      }
    }
  }
}
