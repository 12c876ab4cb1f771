package dev.jacobi.hlo.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.interpret.InterpreterBackend;
import dev.jacobi.hlo.memory.ClosedException;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CallInterruptedException;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.DeviceException;
import dev.jacobi.hlo.spi.GridExecutable;
import dev.jacobi.hlo.text.HloParser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Collectives of the interpreter; device d has the arrays {@code x = 10 d + (0, 1, 2, 3)}. */
@Timeout(60)
class InterpretedGridTest {
  private static final Backend ENGINE = new InterpreterBackend();
  private static final String ADD =
      "({\n^bb0(%a: tensor<i32>, %b: tensor<i32>):\n"
          + "%s = stablehlo.add %a, %b : tensor<i32>\n"
          + "stablehlo.return %s : tensor<i32>})";

  @BeforeAll
  static void devices() {
    VirtualDevices.require(4);
  }

  /** A program for {@code x}, with short forms of what collectives repeat. */
  private static GridExecutable program(String body, String type, int devices) {
    String text =
        "func.func @main(%x: tensor<4xi32>) -> "
            + type
            + " {\n"
            + body.replace(";", "\n")
                .replace("ADD", ADD)
                .replace("ALL", "dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>")
                .replace("PAIRS", "dense<[[0, 2], [3, 1]]> : tensor<2x2xi64>")
                .replace("GLOBAL", "CHANNEL, use_global_device_ids")
                .replace(
                    "CHANNEL", "channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>")
            + "\nreturn %r : "
            + type
            + "\n}";
    return compile(text, devices);
  }

  private static GridExecutable compile(String text, int devices) {
    return ENGINE.compile(
        HloParser.parse(text), CompileOptions.DEFAULT, ENGINE.devices().subList(0, devices));
  }

  private static Buffer[][] arguments(int devices) {
    Buffer[][] all = new Buffer[devices][1];
    for (int d = 0; d < devices; d++) {
      Literal x = Literal.ofInts(Shape.of(4), 10 * d, 10 * d + 1, 10 * d + 2, 10 * d + 3);
      all[d][0] = ENGINE.fromHost(x.type(), x.data());
    }
    return all;
  }

  private static List<String> values(Buffer[][] results) {
    List<String> all = new ArrayList<>();
    for (Buffer[] row : results) {
      StringBuilder text = new StringBuilder();
      for (Buffer b : row) {
        Literal l = Literal.wrap(b.type(), b.toHost());
        for (long i = 0; i < l.shape().size(); i++) {
          text.append(text.isEmpty() ? "" : " ").append(l.getLong(i));
        }
      }
      all.add(text.toString());
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Sums of all, of two groups, of two groups in another order, of each alone.
        "tensor<4xi32> | %r = \"stablehlo.all_reduce\"(%x) <{replica_groups = ALL, GLOBAL}> ADD :"
            + " (tensor<4xi32>) -> tensor<4xi32>"
            + "| 60 64 68 72, 60 64 68 72, 60 64 68 72, 60 64 68 72",
        "tensor<4xi32> | %r = \"stablehlo.all_reduce\"(%x) <{replica_groups = PAIRS, GLOBAL}> ADD"
            + " : (tensor<4xi32>) -> tensor<4xi32>"
            + "| 20 22 24 26, 40 42 44 46, 20 22 24 26, 40 42 44 46",
        "tensor<4xi32> | %r = \"stablehlo.all_reduce\"(%x) <{replica_groups = dense<0> :"
            + " tensor<1x1xi64>, CHANNEL}> ADD : (tensor<4xi32>) -> tensor<4xi32>"
            + "| 60 64 68 72, 60 64 68 72, 60 64 68 72, 60 64 68 72",
        "tensor<4xi32> | %r = \"stablehlo.all_reduce\"(%x) <{replica_groups = dense<0> :"
            + " tensor<1x1xi64>}> ADD : (tensor<4xi32>) -> tensor<4xi32>"
            + "| 0 1 2 3, 10 11 12 13, 20 21 22 23, 30 31 32 33",
        "tensor<4xi32> | %r = \"stablehlo.cross-replica-sum\"(%x) <{replica_groups = dense<0> :"
            + " tensor<1x1xi64>}> : (tensor<4xi32>) -> tensor<4xi32>"
            + "| 0 1 2 3, 10 11 12 13, 20 21 22 23, 30 31 32 33",
        "tensor<4xi32> | %p:2 = \"stablehlo.all_reduce\"(%x, %x) <{replica_groups = ALL, GLOBAL}>"
            + " ADD : (tensor<4xi32>, tensor<4xi32>) -> (tensor<4xi32>, tensor<4xi32>);"
            + "%r = stablehlo.add %p#0, %p#1 : tensor<4xi32>"
            + "| 120 128 136 144, 120 128 136 144, 120 128 136 144, 120 128 136 144",
        "tensor<1xi32> | %r = \"stablehlo.reduce_scatter\"(%x) <{replica_groups = ALL, GLOBAL,"
            + " scatter_dimension = 0 : i64}> ADD : (tensor<4xi32>) -> tensor<1xi32>"
            + "| 60, 64, 68, 72",
        "tensor<2xi32> | %r = \"stablehlo.reduce_scatter\"(%x) <{replica_groups = PAIRS, GLOBAL,"
            + " scatter_dimension = 0 : i64}> ADD : (tensor<4xi32>) -> tensor<2xi32>"
            + "| 20 22, 44 46, 24 26, 40 42",
        "tensor<8xi32> | %r = \"stablehlo.all_gather\"(%x) <{replica_groups = PAIRS, GLOBAL,"
            + " all_gather_dim = 0 : i64}> : (tensor<4xi32>) -> tensor<8xi32>"
            + "| 0 1 2 3 20 21 22 23, 30 31 32 33 10 11 12 13, 0 1 2 3 20 21 22 23,"
            + " 30 31 32 33 10 11 12 13",
        "tensor<4x2xi32> | %c = stablehlo.reshape %x : (tensor<4xi32>) -> tensor<4x1xi32>;"
            + "%r = \"stablehlo.all_gather\"(%c) <{replica_groups = PAIRS, GLOBAL,"
            + " all_gather_dim = 1 : i64}> : (tensor<4x1xi32>) -> tensor<4x2xi32>"
            + "| 0 20 1 21 2 22 3 23, 30 10 31 11 32 12 33 13, 0 20 1 21 2 22 3 23,"
            + " 30 10 31 11 32 12 33 13",
        "tensor<4xi32> | %r = \"stablehlo.all_to_all\"(%x) <{replica_groups = ALL, CHANNEL,"
            + " split_dimension = 0 : i64, concat_dimension = 0 : i64, split_count = 4 : i64}> :"
            + " (tensor<4xi32>) -> tensor<4xi32>"
            + "| 0 10 20 30, 1 11 21 31, 2 12 22 32, 3 13 23 33",
        "tensor<2x2xi32> | %c = stablehlo.reshape %x : (tensor<4xi32>) -> tensor<4x1xi32>;"
            + "%r = \"stablehlo.all_to_all\"(%c) <{replica_groups = PAIRS, CHANNEL,"
            + " split_dimension = 0 : i64, concat_dimension = 1 : i64, split_count = 2 : i64}> :"
            + " (tensor<4x1xi32>) -> tensor<2x2xi32>"
            + "| 0 20 1 21, 32 12 33 13, 2 22 3 23, 30 10 31 11",
        "tensor<4xi32> | %r = \"stablehlo.collective_permute\"(%x) <{source_target_pairs = PAIRS,"
            + " CHANNEL}> : (tensor<4xi32>) -> tensor<4xi32>"
            + "| 0 0 0 0, 30 31 32 33, 0 1 2 3, 0 0 0 0",
        "tensor<4xi32> | %r = \"stablehlo.collective_broadcast\"(%x) <{replica_groups ="
            + " dense<[[2, 0, 1]]> : tensor<1x3xi64>, CHANNEL}> : (tensor<4xi32>) ->"
            + " tensor<4xi32>"
            + "| 20 21 22 23, 20 21 22 23, 20 21 22 23, 0 0 0 0",
        "tensor<ui32> | %r = stablehlo.partition_id : tensor<ui32> | 0, 1, 2, 3",
        "tensor<ui32> | %r = stablehlo.replica_id : tensor<ui32> | 0, 0, 0, 0",
      })
  void collectives(String type, String body, String expected) {
    GridExecutable program = program(body, type, 4);
    Buffer[][] results = program.execute(arguments(4));
    assertThat(values(results)).containsExactly(expected.split(", *"));
    for (int d = 0; d < 4; d++) {
      assertThat(results[d][0].device()).isEqualTo(new Device("interpreter", d));
      assertThat(results[d][0].isBound()).isTrue();
    }
  }

  /** A loop of sums of neighbours in a ring, and a branch that all take. */
  @Test
  void insideLoopsAndBranches() {
    String text =
        """
        func.func @main(%x: tensor<i32>) -> tensor<i32> {
          %zero = stablehlo.constant dense<0> : tensor<i32>
          %one = stablehlo.constant dense<1> : tensor<i32>
          %five = stablehlo.constant dense<5> : tensor<i32>
          %r:2 = stablehlo.while(%i = %zero, %s = %x) : tensor<i32>, tensor<i32>
          cond {
            %go = stablehlo.compare LT, %i, %five : (tensor<i32>, tensor<i32>) -> tensor<i1>
            stablehlo.return %go : tensor<i1>
          } do {
            %next = stablehlo.add %i, %one : tensor<i32>
            %t = "stablehlo.case"(%zero) ({
              %p = "stablehlo.collective_permute"(%s) <{
                source_target_pairs = dense<[[0, 1], [1, 2], [2, 0]]> : tensor<3x2xi64>,
                channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>}>
                : (tensor<i32>) -> tensor<i32>
              %sum = stablehlo.add %p, %s : tensor<i32>
              stablehlo.return %sum : tensor<i32>
            }) : (tensor<i32>) -> tensor<i32>
            stablehlo.return %next, %t : tensor<i32>, tensor<i32>
          }
          return %r#1 : tensor<i32>
        }
        """;
    Buffer[][] in = new Buffer[3][];
    int[] state = {1, 10, 100};
    for (int d = 0; d < 3; d++) {
      Literal x = Literal.ofInts(Shape.scalar(), state[d]);
      in[d] = new Buffer[] {ENGINE.fromHost(x.type(), x.data())};
    }
    for (int i = 0; i < 5; i++) {
      state = new int[] {state[0] + state[2], state[1] + state[0], state[2] + state[1]};
    }
    assertThat(values(compile(text, 3).execute(in)))
        .containsExactly("" + state[0], "" + state[1], "" + state[2]);
  }

  private static final String ONLY_FIRST =
      """
      %id = stablehlo.partition_id : tensor<ui32>
      %i = stablehlo.convert %id : (tensor<ui32>) -> tensor<i32>
      %r = "stablehlo.case"(%i) ({
        %s = "stablehlo.all_reduce"(%x) <{replica_groups = ALL, GLOBAL}> ADD
          : (tensor<4xi32>) -> tensor<4xi32>
        stablehlo.return %s : tensor<4xi32>
      }, {
        OTHER
      }) : (tensor<i32>) -> tensor<4xi32>
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stablehlo.return %x : tensor<4xi32>"
            + "| D0 waits in stablehlo.all_reduce at W for D1; D1 has ended. All devices",
        "%s = \"stablehlo.all_gather\"(%x) <{replica_groups = ALL, GLOBAL,"
            + " all_gather_dim = 0 : i64}> : (tensor<4xi32>) -> tensor<8xi32>;"
            + "%t = stablehlo.slice %s [0:4] : (tensor<8xi32>) -> tensor<4xi32>;"
            + "stablehlo.return %t : tensor<4xi32>"
            + "| D0 waits in stablehlo.all_reduce at W for D1;"
            + " D1 waits in stablehlo.all_gather at W for D0. All devices"
      })
  void devicesThatRunDifferentCollectivesAreAnError(String other, String message) {
    GridExecutable program =
        program(
            ONLY_FIRST.replace("OTHER", other).replace("ALL", "dense<[[0, 1]]> : tensor<1x2xi64>"),
            "tensor<4xi32>",
            2);
    for (int run = 0; run < 20; run++) {
      assertThatThrownBy(() -> program.execute(arguments(2)))
          .isInstanceOf(CollectiveException.class)
          .hasMessageStartingWith("devices run different collectives and would wait for ever: ")
          .satisfies(
              e ->
                  assertThat(
                          e.getMessage()
                              .replaceAll("at [^ ]*:\\d+:\\d+ ", "at W ")
                              .replaceAll("InterpreterDevice\\(id=(\\d)\\)", "D$1"))
                      .contains(message));
    }
  }

  /** Groups that meet only on some devices are no error. */
  @Test
  void groupsMayStandInBranchesOfTheirOwn() {
    String own =
        "%s = \"stablehlo.all_reduce\"(%x) <{replica_groups = dense<[[1, 2, 3], [0, -1, -1]]> :"
            + " tensor<2x3xi64>, GLOBAL}> ADD : (tensor<4xi32>) -> tensor<4xi32>;"
            + "stablehlo.return %s : tensor<4xi32>";
    String alone = ONLY_FIRST.replace("ALL", "dense<[[1, 2, 3], [0, -1, -1]]> : tensor<2x3xi64>");
    assertThat(
            values(program(alone.replace("OTHER", own), "tensor<4xi32>", 4).execute(arguments(4))))
        .containsExactly("0 1 2 3", "60 63 66 69", "60 63 66 69", "60 63 66 69");
  }

  @Test
  void manyProgramsRunAtOnce() throws InterruptedException {
    GridExecutable program =
        program(
            "%r = \"stablehlo.all_reduce\"(%x) <{replica_groups = ALL, GLOBAL}> ADD :"
                + " (tensor<4xi32>) -> tensor<4xi32>",
            "tensor<4xi32>", 4);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, e) -> failure.set(e))
              .start(
                  () -> {
                    for (int i = 0; i < 50; i++) {
                      assertThat(values(program.execute(arguments(4)))).containsOnly("60 64 68 72");
                    }
                  }));
    }
    for (Thread t : threads) {
      t.join();
    }
    assertThat(failure.get()).isNull();
  }

  /** Device 1 loops for ever; the others wait for it. */
  @Test
  void anInterruptEndsAllDevices() throws InterruptedException {
    String text =
        """
        %id = stablehlo.partition_id : tensor<ui32>
        %one = stablehlo.constant dense<1> : tensor<ui32>
        %w:2 = stablehlo.while(%i = %id, %y = %x) : tensor<ui32>, tensor<4xi32>
        cond {
          %go = stablehlo.compare EQ, %i, %one : (tensor<ui32>, tensor<ui32>) -> tensor<i1>
          stablehlo.return %go : tensor<i1>
        } do {
          stablehlo.return %i, %y : tensor<ui32>, tensor<4xi32>
        }
        %r = "stablehlo.all_reduce"(%w#1) <{replica_groups = ALL, GLOBAL}> ADD
          : (tensor<4xi32>) -> tensor<4xi32>
        """;
    GridExecutable program = program(text, "tensor<4xi32>", 4);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((_, e) -> thrown.set(e))
            .start(() -> program.execute(arguments(4)));
    caller.interrupt();
    caller.join();
    assertThat(thrown.get()).isInstanceOf(CallInterruptedException.class);
  }

  @Test
  void misuse() {
    String sum =
        "%r = \"stablehlo.all_reduce\"(%x) <{replica_groups = GROUPS, GLOBAL}> ADD :"
            + " (tensor<4xi32>) -> tensor<4xi32>";
    assertThatThrownBy(() -> program(sum.replace("GROUPS", "ALL"), "tensor<4xi32>", 2))
        .isInstanceOf(CollectiveException.class)
        .hasMessageContaining("process 2 is named, of 2");
    String half = sum.replace("GROUPS", "dense<[[0, 1]]> : tensor<1x2xi64>");
    assertThatThrownBy(() -> program(half, "tensor<4xi32>", 3))
        .isInstanceOf(CollectiveException.class)
        .hasMessageContaining("device 2 of 3 is in no group");
    GridExecutable program = program(half, "tensor<4xi32>", 2);
    assertThatThrownBy(() -> program.execute(arguments(3)))
        .hasMessage("the program runs on 2 devices, but got arguments for 3");
    Buffer[][] wrong = {arguments(1)[0], {}};
    assertThatThrownBy(() -> program.execute(wrong))
        .hasMessageContaining("takes 1 arguments, not 0 as for InterpreterDevice(id=1)");
    List<Device> twice = List.of(ENGINE.devices().get(0), ENGINE.devices().get(0));
    assertThatThrownBy(
            () ->
                ENGINE.compile(
                    HloParser.parse("func.func @main() { return }"), CompileOptions.DEFAULT, twice))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("each once");
    assertThatThrownBy(() -> VirtualDevices.require(0)).isInstanceOf(DeviceException.class);
  }

  @Test
  void donatedArgumentsAreConsumed() {
    GridExecutable program =
        compile(
            "func.func @main(%x: tensor<4xi32> {tf.aliasing_output = 0 : i32}) -> tensor<4xi32> {"
                + " return %x : tensor<4xi32> }",
            2);
    Buffer[][] in = arguments(2);
    assertThat(values(program.execute(in))).containsExactly("0 1 2 3", "10 11 12 13");
    assertThat(in[0][0].isClosed() && in[1][0].isClosed()).isTrue();
    assertThatThrownBy(() -> program.execute(in)).isInstanceOf(ClosedException.class);
  }

  @Test
  void arraysArePutOnDevices() {
    Device second = ENGINE.devices().get(1);
    Buffer x = arguments(1)[0][0];
    Buffer there = ENGINE.put(x, second);
    assertThat(there.device()).isEqualTo(second);
    assertThat(there.isBound()).isTrue();
    var sum =
        ENGINE.compile(
            HloParser.parse(
                """
                func.func @main(%x: tensor<4xi32>, %y: tensor<4xi32>) -> tensor<4xi32> {
                  %r = stablehlo.add %x, %y : tensor<4xi32>
                  return %r : tensor<4xi32>
                }
                """),
            CompileOptions.DEFAULT);
    Buffer result = sum.execute(new Buffer[] {x, there})[0];
    assertThat(result.device()).isEqualTo(second);
    assertThat(result.isBound()).isTrue();
    assertThat(sum.execute(new Buffer[] {x, x})[0].isBound()).isFalse();
    Buffer other = ENGINE.put(x, ENGINE.devices().get(2));
    assertThatThrownBy(() -> sum.execute(new Buffer[] {other, there}))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("is on InterpreterDevice(id=2)");
    assertThat(there.as(TensorType.of(x.type().dtype(), 2, 2)).isBound()).isTrue();
  }
}
