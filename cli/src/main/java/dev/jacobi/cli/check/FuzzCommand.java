package dev.jacobi.cli.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./jacobi hlo fuzz}: random programs on the CPU engine and the interpreter. */
@Command(
    name = "fuzz",
    description = {
      "Runs random programs on the cpu engine and compares every operation with the interpreter,"
          + " and the program with itself unfused, on one thread, and operation by operation.",
      "A program that fails is made small and written to a file. A seed gives the same program"
          + " always. The exit code is 1 if any failed."
    })
final class FuzzCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  /**
   * Most of the time is LLVM's, so C2 takes more than it gives back: a third of the time of 300
   * programs, and still some of 1,000. Every piece of a program costs LLVM a millisecond, which
   * only pays where a processor is idle. Memory is dirty, so that nothing is right by luck.
   */
  private static final List<String> OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-Djacobi.pieces=1", "-Djacobi.dirty=on");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "how long to go on (default: ${DEFAULT-VALUE})")
  private long seconds;

  @Option(
      names = "--programs",
      paramLabel = "N",
      description = "how many programs to run, instead of --seconds")
  private Long programs;

  @Option(names = "--seed", paramLabel = "N", description = "the first seed (default: any)")
  private Long seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "where programs that fail are kept (default: the folder of temporary files)")
  private Path folder;

  @Option(
      names = "--processes",
      paramLabel = "N",
      description = "how many programs run at once (default: as many as there are processors)")
  private Integer processes;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "cpu (default), or pjrt:NAME-OR-PATH, which is tried after cpu")
  private String backend;

  @Spec private CommandSpec spec;

  private FuzzCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Programs.engine(spec, backend);
    var out = spec.commandLine().getOut();
    long first = seed != null ? seed : ThreadLocalRandom.current().nextLong(1L << 40);
    out.printf("seeds from %d on; one again: ./jacobi hlo fuzz --programs 1 --seed N%n", first);
    var kept = folder != null ? folder : Path.of(System.getProperty("java.io.tmpdir"));
    Files.createDirectories(kept);
    var next = new AtomicLong(first);
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    LongPredicate goesOn =
        now -> programs != null ? now < first + programs : System.nanoTime() < end;
    var summary = new Summary(out);
    var main = new ArrayList<>(OPTIONS);
    main.addAll(List.of(Worker.class.getName(), backend, kept.toString()));
    var threads = new ArrayList<Thread>();
    int most = processes != null ? processes : Runtime.getRuntime().availableProcessors();
    for (int i = 0; i < most; i++) {
      threads.add(Thread.ofPlatform().start(() -> work(main, next, goesOn, summary)));
    }
    for (var thread : threads) {
      thread.join();
    }
    return summary.print();
  }

  private static void work(
      List<String> main, AtomicLong next, LongPredicate goesOn, Summary summary) {
    try (var worker = new WorkerProcess(main, LIMIT)) {
      for (long now = next.getAndIncrement(); goesOn.test(now); now = next.getAndIncrement()) {
        summary.add("seed " + now, worker.check(Long.toString(now)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
