package dev.jacobi.hlo.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.verify.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The usual ways to divide models, on programs of JAX ({@code programs.py}): what is sent, the
 * whole program as it should be, and its results.
 */
class ParallelismTest {
  private static final Optional<Sharding> WHOLE1 = Optional.of(Sharding.of(""));
  private static final Optional<Sharding> WHOLE2 = Optional.of(Sharding.of("", ""));
  private static final Optional<Sharding> OPEN = Optional.empty();

  private static Optional<Sharding> of(String... axes) {
    return Optional.of(Sharding.of(axes));
  }

  @Test
  void dataParallelStepsAddUpGradients() throws IOException {
    Partitioned p =
        check(
            "mlp_step",
            "data_parallel",
            Mesh.of("data", 4),
            List.of(WHOLE2, WHOLE1, WHOLE2, WHOLE1, of("data", ""), of("data", "")),
            List.of(WHOLE2, WHOLE1, WHOLE2, WHOLE1, Optional.of(Sharding.of())));
    assertThat(p.report().count("all_reduce")).isEqualTo(5); // four gradients and the loss
    assertThat(p.report().collectives()).hasSize(5);
  }

  @Test
  void aColumnAndThenARowParallelLayerNeedOneSum() throws IOException {
    Partitioned p =
        check(
            "mlp",
            "tensor_parallel",
            Mesh.of("model", 4),
            List.of(of("", "model"), of("model"), of("model", ""), WHOLE1, WHOLE2),
            List.of(WHOLE2));
    assertThat(p.report().count("all_reduce")).isEqualTo(1);
    assertThat(p.report().collectives()).hasSize(1);
  }

  @Test
  void theSecondLayersShardingFollowsFromTheFirst() throws IOException {
    Partitioned p =
        check(
            "mlp",
            "tensor_parallel",
            Mesh.of("model", 4),
            List.of(of("", "model"), OPEN, OPEN, OPEN, OPEN),
            List.of(WHOLE2));
    assertThat(p.inputs())
        .containsExactly(
            Sharding.of("", "model"),
            Sharding.of("model"),
            Sharding.of("model", ""),
            Sharding.of(""),
            Sharding.of("", ""));
  }

  @Test
  void fullyShardedStepsGatherWeightsAndScatterGradients() throws IOException {
    List<Optional<Sharding>> weights =
        List.of(of("data", ""), of("data"), of("data", ""), of("data"));
    List<Optional<Sharding>> arguments = new ArrayList<>(weights);
    arguments.addAll(List.of(of("data", ""), of("data", "")));
    List<Optional<Sharding>> results = new ArrayList<>(weights);
    results.add(Optional.of(Sharding.of()));
    Partitioned p = check("mlp_step", "fully_sharded", Mesh.of("data", 4), arguments, results);
    assertThat(p.report().count("all_gather")).isEqualTo(4);
    assertThat(p.report().count("reduce_scatter")).isEqualTo(4);
    assertThat(p.report().count("all_reduce")).isEqualTo(1); // the loss
    assertThat(p.report().collectives()).hasSize(9);
  }

  @Test
  void attentionOverHeadsNeedsOneSum() throws IOException {
    Partitioned p =
        check(
            "attention",
            "attention",
            Mesh.of("data", 2).and("model", 4),
            List.of(
                of("", "model", ""),
                of("", "model", ""),
                of("", "model", ""),
                of("model", "", ""),
                of("data", "", "")),
            List.of(of("data", "", "")));
    assertThat(p.report().count("all_reduce")).isEqualTo(1);
    assertThat(p.report().collectives()).hasSize(1);
  }

  /** The two sums of each way through a layer, and those of a table of words that is divided. */
  @Test
  void transformersDividedByHeadsAndWordsSumTwiceInALayer() throws IOException {
    List<String> weights =
        List.of(
            "model,", ",", ",,model", ",,model", ",,model", ",model,", ",", ",,model", ",model",
            ",model,", ",");
    Partitioned p =
        transformer("transformer_tensor_parallel", weights, Mesh.of("data", 2).and("model", 4));
    assertThat(p.report().collectives()).allMatch(c -> c.mnemonic().endsWith("all_reduce"));
    assertThat(
            p.report().collectives().stream()
                .filter(c -> c.isInLoop() && c.axes().equals(List.of("model"))))
        .hasSize(4);
  }

  /** Weights are gathered layer by layer, forwards and again backwards. */
  @Test
  void transformersWithShardedWeightsGatherAndScatterInEachLayer() throws IOException {
    List<String> weights =
        List.of(
            "data,", ",data", ",data,", ",data,", ",data,", ",data,", ",data", ",data,", ",data",
            ",data,", ",data");
    Partitioned p = transformer("transformer_fully_sharded", weights, Mesh.of("data", 4));
    assertThat(p.report().count("all_gather") + p.report().count("reduce_scatter"))
        .isEqualTo(p.report().collectives().size() - 1); // and the loss
    assertThat(p.report().count("reduce_scatter")).isEqualTo(12);
  }

  @Test
  void dataParallelTransformersAddUpGradients() throws IOException {
    List<String> weights = List.of(",", ",", ",,", ",,", ",,", ",,", ",", ",,", ",", ",,", ",");
    Partitioned p = transformer("transformer_data_parallel", weights, Mesh.of("data", 4));
    assertThat(p.report().collectives()).allMatch(c -> c.mnemonic().endsWith("all_reduce"));
  }

  private static Partitioned transformer(String golden, List<String> weights, Mesh mesh)
      throws IOException {
    List<Optional<Sharding>> all = new ArrayList<>();
    weights.forEach(w -> all.add(of(w.split(",", -1))));
    List<Optional<Sharding>> arguments = new ArrayList<>(all);
    arguments.addAll(List.of(of("data", ""), of("data", "")));
    List<Optional<Sharding>> results = new ArrayList<>(all);
    results.add(Optional.of(Sharding.of()));
    return check("transformer", golden, mesh, arguments, results);
  }

  private static Partitioned check(
      String program,
      String golden,
      Mesh mesh,
      List<Optional<Sharding>> arguments,
      List<Optional<Sharding>> results)
      throws IOException {
    HloModule module = HloParser.parse(resource(program + ".mlir"));
    Partitioned p =
        Partitioner.partition(Partitioner.withShardings(module, arguments, results), mesh);
    Verifier.verify(p.module());
    String text =
        "mesh "
            + mesh
            + "\n"
            + p.inputs()
            + " -> "
            + p.outputs()
            + "\n"
            + (program.equals("transformer") ? sent(p) : HloPrinter.print(p.module()) + p.report());
    Path now = Path.of("target", "partition", golden + ".txt");
    Files.createDirectories(now.getParent());
    Files.writeString(now, text);
    assertThat(text).as("what it is now stands in %s", now).isEqualTo(resource(golden + ".txt"));
    Random random = new Random(1);
    List<Literal> inputs = new ArrayList<>();
    module.main().inputs().forEach(t -> inputs.add(random(t, random)));
    List<Literal> expected = Interpreter.run(module, inputs);
    List<Literal> got = Whole.run(p, inputs);
    for (int i = 0; i < expected.size(); i++) {
      // sums of up to 512 terms in another order, one after the other in two layers
      assertThat(Whole.difference(expected.get(i), got.get(i), 2e-6)).isEmpty();
    }
    return p;
  }

  /** The collectives alone: the program has a thousand lines. */
  private static String sent(Partitioned p) {
    return p.report().collectives().stream().map(c -> c + "\n").collect(Collectors.joining());
  }

  private static Literal random(TensorType type, Random random) {
    MemorySegment data = Literal.allocate(type);
    for (long i = 0; i < type.shape().size(); i++) {
      boolean isWord = type.dtype().isInteger();
      double x = isWord ? random.nextInt(32) : 0.3 * random.nextGaussian();
      Literal.set(type.dtype(), data, i, x, 0);
    }
    return Literal.wrap(type, data);
  }

  private static String resource(String name) {
    try (var in = ParallelismTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
