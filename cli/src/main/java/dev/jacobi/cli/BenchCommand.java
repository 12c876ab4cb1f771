package dev.jacobi.cli;

import dev.jacobi.bench.Bench;
import dev.jacobi.bench.Cold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./jacobi bench [WORD...]}: times Jacobi, and with {@code --peers} JAX, PyTorch, NumPy. */
@Command(
    name = "bench",
    description =
        "Times the rows whose names contain a WORD, the cold start (the only word: cold), or the"
            + " table of functions (table).")
public final class BenchCommand implements Callable<Integer> {
  @Option(names = "--peers", description = "Also time JAX, PyTorch and NumPy, in turn.")
  private boolean peers;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the results to FILE, one JSON object a line.")
  private @Nullable Path json;

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds per row (default 5).")
  private int rounds = 5;

  @Parameters(paramLabel = "WORD", description = "What a row's name contains.")
  private List<String> words = new ArrayList<>();

  @Spec private CommandSpec spec;

  private BenchCommand() {}

  @Override
  public Integer call() throws Exception {
    if (rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--rounds must be at least 1.");
    }
    var out = spec.commandLine().getOut();
    var err = spec.commandLine().getErr();
    var file = Optional.ofNullable(json);
    if (words.equals(List.of("table"))) {
      return Bench.table(rounds).run(out, err);
    }
    return words.equals(List.of("cold"))
        ? new Cold(peers, file, rounds).run(out, err)
        : new Bench(words, peers, file, rounds).run(out, err);
  }
}
