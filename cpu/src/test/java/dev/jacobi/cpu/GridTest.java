package dev.jacobi.cpu;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.fuzz.GridPrograms;
import dev.jacobi.hlo.grid.VirtualDevices;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random programs on several devices: the engine has the interpreter's bits. */
@Timeout(300)
class GridTest {
  @BeforeAll
  static void devices() {
    VirtualDevices.require(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 6, 8})
  void randomCollectives(int devices) {
    for (long seed = 0; seed < 60; seed++) {
      HloModule module = GridPrograms.random(seed, devices, true);
      List<List<Literal>> arguments = new ArrayList<>();
      for (int d = 0; d < devices; d++) {
        arguments.add(Engines.arguments(module, 100 * seed + d));
      }
      List<List<Literal>> expected = run(Engines.interpreter(), module, arguments);
      assertThat(run(Engines.CPU, module, arguments))
          .as("seed %d, %d devices\n%s", seed, devices, HloPrinter.print(module))
          .usingElementComparator((a, b) -> same(a, b) ? 0 : 1)
          .containsExactlyElementsOf(expected);
    }
  }

  private static final String LARGE =
      """
      func.func @main(%x: BIG) -> (BIG, BIG, BIG, PART, ALL) {
        %r = "stablehlo.all_reduce"(%x) <{replica_groups = IDS, CHANNEL, use_global_device_ids}> ({
        ^bb0(%a: tensor<f32>, %b: tensor<f32>):
          %ab = stablehlo.add %a, %b : tensor<f32>
          stablehlo.return %ab : tensor<f32>
        }) : (BIG) -> BIG
        %y = stablehlo.negate %r : BIG
        %p = "stablehlo.collective_permute"(%x) <{source_target_pairs = PAIRS, CHANNEL}>
          : (BIG) -> BIG
        %s = stablehlo.slice %x [0:600000] : (BIG) -> PART
        %t = "stablehlo.all_to_all"(%s) <{replica_groups = IDS, CHANNEL, split_dimension = 0 : i64,
          concat_dimension = 0 : i64, split_count = COUNT : i64}> : (PART) -> PART
        %g = "stablehlo.all_gather"(%s) <{replica_groups = IDS, CHANNEL, use_global_device_ids,
          all_gather_dim = 0 : i64}> : (PART) -> ALL
        return %r, %y, %p, %t, %g : BIG, BIG, BIG, PART, ALL
      }
      """;

  private static HloModule large(int n, int devices) {
    String ids = IntStream.range(0, devices).mapToObj(String::valueOf).collect(joining(", "));
    String pairs =
        IntStream.range(0, devices)
            .mapToObj(d -> "[%d, %d]".formatted(d, (d + 1) % devices))
            .collect(joining(", "));
    return HloParser.parse(
        LARGE
            .replace("BIG", "tensor<%dxf32>".formatted(n))
            .replace("PART", "tensor<600000xf32>")
            .replace("ALL", "tensor<%dxf32>".formatted(600_000 * devices))
            .replace("IDS", "dense<[[%s]]> : tensor<1x%dxi64>".formatted(ids, devices))
            .replace("PAIRS", "dense<[%s]> : tensor<%dx2xi64>".formatted(pairs, devices))
            .replace("COUNT", "" + devices)
            .replace(
                "CHANNEL", "channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>"));
  }

  /** Larger than the caches, and no whole number of vectors, cache lines or slices. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void largeArrays(int devices) {
    int n = (3 << 20) + 5;
    List<List<Literal>> arguments = new ArrayList<>();
    for (int d = 0; d < devices; d++) {
      float[] x = new float[n];
      for (int i = 0; i < n; i++) {
        x[i] = i % 1001 + d;
      }
      arguments.add(List.of(Literal.ofFloats(Shape.of(n), x)));
    }
    HloModule module = large(n, devices);
    assertThat(run(Engines.CPU, module, arguments))
        .isEqualTo(run(Engines.interpreter(), module, arguments));
  }

  private static boolean same(List<Literal> a, List<Literal> b) {
    return a.size() == b.size()
        && IntStream.range(0, a.size())
            .allMatch(
                k ->
                    a.get(k).type().equals(b.get(k).type())
                        && Engines.difference(a.get(k), b.get(k)) == 0);
  }

  static List<List<Literal>> run(Backend engine, HloModule module, List<List<Literal>> arguments) {
    Buffer[][] in =
        arguments.stream()
            .map(
                row ->
                    row.stream()
                        .map(l -> engine.fromHost(l.type(), l.data()))
                        .toArray(Buffer[]::new))
            .toArray(Buffer[][]::new);
    var devices = engine.devices().subList(0, in.length);
    try (var program = engine.compile(module, CompileOptions.DEFAULT, devices)) {
      program.execute(in); // Meetings are held again.
      return Arrays.stream(program.execute(in))
          .map(row -> Arrays.stream(row).map(b -> Literal.copyOf(b.type(), b.toHost())).toList())
          .toList();
    }
  }
}
