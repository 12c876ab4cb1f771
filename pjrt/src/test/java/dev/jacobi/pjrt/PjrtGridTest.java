package dev.jacobi.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.fuzz.GridPrograms;
import dev.jacobi.hlo.grid.CollectiveException;
import dev.jacobi.hlo.grid.VirtualDevices;
import dev.jacobi.hlo.interpret.InterpreterBackend;
import dev.jacobi.hlo.memory.ClosedException;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.DeviceException;
import dev.jacobi.hlo.spi.GridExecutable;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs on several devices of XLA's CPU plugin; skipped where none is installed. */
@Tag("xla")
@Timeout(300)
class PjrtGridTest {
  private static final int DEVICES = 4;

  private static Backend engine;

  /** A client of its own: the shared one may have one device. */
  @BeforeAll
  static void open() {
    assumeTrue(
        Plugins.list().stream().anyMatch(p -> p.name().equals("cpu")),
        "no PJRT plugin for CPUs is installed");
    PjrtApi api = PjrtApi.load(Plugins.find("cpu"));
    engine = new PjrtBackend(PjrtClient.create("pjrt:grid", api, DEVICES, LoadedPrograms.MOST));
    assumeTrue(engine.devices().size() == DEVICES, "the plugin has no option for more devices");
    VirtualDevices.require(DEVICES);
  }

  private static List<List<Literal>> run(
      Backend backend, HloModule module, List<List<Literal>> arguments) {
    Buffer[][] in =
        arguments.stream()
            .map(
                row ->
                    row.stream()
                        .map(l -> backend.fromHost(l.type(), l.data()))
                        .toArray(Buffer[]::new))
            .toArray(Buffer[][]::new);
    List<Device> devices = backend.devices().subList(0, in.length);
    try (var program = backend.compile(module, CompileOptions.DEFAULT, devices)) {
      Buffer[][] results = program.execute(in);
      for (int d = 0; d < results.length; d++) {
        for (Buffer b : results[d]) {
          assertThat(b.device()).isEqualTo(devices.get(d));
          assertThat(b.isBound()).isTrue();
        }
      }
      return Arrays.stream(results)
          .map(row -> Arrays.stream(row).map(b -> Literal.copyOf(b.type(), b.toHost())).toList())
          .toList();
    }
  }

  /** Small whole numbers, whose sums and products are exact in every order. */
  private static List<List<Literal>> arguments(HloModule module, int devices, long seed) {
    Random random = new Random(seed);
    List<List<Literal>> all = new ArrayList<>();
    for (int d = 0; d < devices; d++) {
      List<Literal> row = new ArrayList<>();
      for (TensorType t : module.main().inputs()) {
        var data = Literal.allocate(t);
        for (long i = 0; i < t.shape().size(); i++) {
          Literal.set(t.dtype(), data, i, random.nextInt(2), random.nextInt(2));
        }
        row.add(Literal.wrap(t, data));
      }
      all.add(row);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void randomPrograms(int devices) {
    for (long seed = 0; seed < 30; seed++) {
      HloModule module = GridPrograms.random(seed, devices, false);
      var arguments = arguments(module, devices, seed);
      assertThat(run(engine, module, arguments))
          .as("seed %d, %d devices\n%s", seed, devices, HloPrinter.print(module))
          .isEqualTo(run(new InterpreterBackend(), module, arguments));
    }
  }

  private static GridExecutable compile(String text, List<Device> devices) {
    return engine.compile(HloParser.parse(text), CompileOptions.DEFAULT, devices);
  }

  private static Buffer number(int x) {
    Literal l = Literal.ofInts(Shape.scalar(), x);
    return engine.fromHost(l.type(), l.data());
  }

  /** The devices in an order of their own: partition 0 is the third one. */
  @Test
  void partitionsAreTheDevicesInTheirOrder() {
    List<Device> devices = List.of(engine.devices().get(2), engine.devices().get(0));
    try (var program =
        compile(
            """
            func.func @main(%x: tensor<i32> {tf.aliasing_output = 0 : i32}) -> tensor<i32> {
              %id = stablehlo.partition_id : tensor<ui32>
              %i = stablehlo.convert %id : (tensor<ui32>) -> tensor<i32>
              %r = stablehlo.add %x, %i : tensor<i32>
              return %r : tensor<i32>
            }
            """,
            devices)) {
      Buffer[][] in = {{number(10)}, {number(10)}};
      Buffer[][] out = program.execute(in);
      for (int p = 0; p < 2; p++) {
        assertThat(Literal.wrap(out[p][0].type(), out[p][0].toHost()).getLong(0)).isEqualTo(10 + p);
        assertThat(out[p][0].device()).isEqualTo(devices.get(p));
        assertThat(in[p][0].isClosed()).isTrue();
      }
      assertThatThrownBy(() -> program.execute(in)).isInstanceOf(ClosedException.class);
    }
  }

  @Test
  void misuse() {
    String text =
        """
        module attributes {mhlo.num_partitions = 2 : i32, mhlo.num_replicas = 1 : i32} {
          func.func @main(%x: tensor<i32>) -> tensor<i32> { return %x : tensor<i32> }
        }
        """;
    assertThatThrownBy(() -> compile(text, engine.devices().subList(0, 3)))
        .isInstanceOf(CollectiveException.class)
        .hasMessageContaining("states mhlo.num_partitions = 2 : i32, but is compiled for 3");
    Device first = engine.devices().getFirst();
    assertThatThrownBy(() -> compile(text, List.of(first, first)))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("each once");
    assertThatThrownBy(() -> compile(text, List.of(first, new Device("cpu", 77, "pjrt:grid"))))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("is no device of pjrt:grid");
    try (var program = compile(text, engine.devices().subList(0, 2))) {
      assertThatThrownBy(() -> program.execute(new Buffer[][] {{number(1)}}))
          .hasMessage("the program runs on 2 devices, but got arguments for 1");
    }
  }
}
