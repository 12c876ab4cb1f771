package dev.jacobi.cli;

import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.random.Random;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.util.List;

/**
 * The run that the JDK's AOT cache is recorded from (JEP 514): it walks the ways that most commands
 * take, so that their classes come out of the cache loaded and linked.
 */
public final class Train {
  private static final String PROGRAM =
      """
      void main(String[] args) {
        System.out.print(args.length == 0 ? "" : "unexpected");
      }
      """;

  private Train() {}

  /** Called by the launcher in the background. */
  public static void main(String[] args) throws Exception {
    var silent = new PrintWriter(Writer.nullWriter());
    Main.run(silent, silent, "help");
    Main.run(silent, silent, "doctor");
    compile();
    gradient();
  }

  private static void compile() throws IOException, CompileException {
    var folder = Files.createTempDirectory("jacobi");
    try {
      var source = Files.writeString(folder.resolve("Program.java"), PROGRAM);
      Compile.compile(source, folder.resolve("classes"));
    } finally {
      Compile.delete(folder);
    }
  }

  private static void gradient() {
    Op1 f = x -> Jnp.tanh(x).times(Jnp.sin(x)).sum();
    var gradient = Jacobi.jit(Jacobi.grad(f));
    for (var x : List.of(Jnp.array(1f, 2f), Random.normal(Random.key(0), Jnp.shape(2)))) {
      if (gradient.apply(x).toString().isEmpty()) {
        throw new IllegalStateException("a gradient without text");
      }
    }
  }
}
