package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.grid.CollectiveException;
import dev.jacobi.hlo.grid.VirtualDevices;
import dev.jacobi.hlo.host.CheckFailedException;
import dev.jacobi.hlo.host.HostFunction;
import dev.jacobi.hlo.host.Hosted;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CallInterruptedException;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.DeviceException;
import dev.jacobi.hlo.spi.GridExecutable;
import dev.jacobi.hlo.text.HloParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that fail on one device or wait for ever: a named error, and the next program runs. */
@Timeout(120)
class GridFailuresTest {
  private static final String ADD =
      """
      ({
      ^bb0(%lhs: tensor<i32>, %rhs: tensor<i32>):
        %lhs_rhs = stablehlo.add %lhs, %rhs : tensor<i32>
        stablehlo.return %lhs_rhs : tensor<i32>
      })\
      """;

  @BeforeAll
  static void devices() {
    VirtualDevices.require(8);
  }

  static Stream<Backend> engines() {
    return Stream.of(Engines.CPU, Engines.interpreter());
  }

  /** {@code NAME = SUM(x)} over all devices, and other short forms. */
  private static GridExecutable program(Backend engine, int devices, String body) {
    StringBuilder ids = new StringBuilder("dense<[[0");
    IntStream.range(1, devices).forEach(d -> ids.append(", ").append(d));
    ids.append("]]> : tensor<1x").append(devices).append("xi64>");
    String channel = "channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>";
    String text =
        body.replaceAll(
                "SUM\\((%[\\w#]+)\\)",
                "\"stablehlo.all_reduce\"($1) <{replica_groups = ALL, CHANNEL,"
                    + " use_global_device_ids}> ADD : (tensor<i32>) -> tensor<i32>")
            .replace("ALL", ids)
            .replace("CHANNEL", channel)
            .replace("ADD", ADD);
    text = "func.func @main(%x: tensor<i32>) -> tensor<i32> {\n" + text + "\n}\n";
    return engine.compile(
        HloParser.parse(
            text + "func.func private @empty(%a: tensor<i1>, %b: tensor<i32>) { return }"),
        CompileOptions.DEFAULT,
        engine.devices().subList(0, devices));
  }

  /** Device d has the number d + 1. */
  private static Buffer[][] numbers(Backend engine, int devices) {
    Buffer[][] in = new Buffer[devices][];
    for (int d = 0; d < devices; d++) {
      Literal x = Literal.ofInts(Shape.scalar(), d + 1);
      in[d] = new Buffer[] {engine.fromHost(x.type(), x.data())};
    }
    return in;
  }

  private static List<Long> values(Buffer[][] results) {
    return Stream.of(results)
        .map(row -> Literal.wrap(row[0].type(), row[0].toHost()).getLong(0))
        .toList();
  }

  private static void works(Backend engine) {
    try (var sum = program(engine, 3, "%r = SUM(%x)\nreturn %r : tensor<i32>")) {
      assertThat(values(sum.execute(numbers(engine, 3)))).containsExactly(6L, 6L, 6L);
    }
  }

  private static final String SECOND_ENDS =
      """
      %one = stablehlo.constant dense<1> : tensor<i32>
      %i = stablehlo.subtract %x, %one : tensor<i32>
      %r = "stablehlo.case"(%i) ({
        %s = SUM(%x)
        stablehlo.return %s : tensor<i32>
      }, {
        stablehlo.return %x : tensor<i32>
      }) : (tensor<i32>) -> tensor<i32>
      return %r : tensor<i32>
      """;

  private static final String SECOND_ELSEWHERE =
      """
      %one = stablehlo.constant dense<1> : tensor<i32>
      %i = stablehlo.subtract %x, %one : tensor<i32>
      %r = "stablehlo.case"(%i) ({
        %s = SUM(%x)
        stablehlo.return %s : tensor<i32>
      }, {
        %b = "stablehlo.collective_broadcast"(%x) <{replica_groups = ALL, CHANNEL}>
          : (tensor<i32>) -> tensor<i32>
        stablehlo.return %b : tensor<i32>
      }) : (tensor<i32>) -> tensor<i32>
      return %r : tensor<i32>
      """;

  private static final String STEPS_DIFFER =
      """
      %one = stablehlo.constant dense<1> : tensor<i32>
      %r:2 = stablehlo.while(%i = %x, %s = %x) : tensor<i32>, tensor<i32>
      cond {
        %zero = stablehlo.constant dense<0> : tensor<i32>
        %go = stablehlo.compare GT, %i, %zero : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.return %go : tensor<i1>
      } do {
        %next = stablehlo.subtract %i, %one : tensor<i32>
        %t = SUM(%s)
        stablehlo.return %next, %t : tensor<i32>, tensor<i32>
      }
      return %r#1 : tensor<i32>
      """;

  private static void fails(Backend engine, String body, String message) {
    try (var program = program(engine, 2, body)) {
      for (int run = 0; run < 3; run++) {
        assertThatThrownBy(() -> program.execute(numbers(engine, 2)))
            .isInstanceOf(CollectiveException.class)
            .satisfies(
                e ->
                    assertThat(
                            e.getMessage()
                                .replaceAll("at [^ ]*:\\d+:\\d+ ", "at W ")
                                .replaceAll("\\w+Device\\(id=(\\d)\\)", "D$1"))
                        .startsWith(
                            "devices run different collectives and would wait for ever: "
                                + message
                                + ". All devices of a group must run"));
      }
    }
    works(engine);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void devicesThatRunDifferentCollectives(Backend engine) {
    fails(engine, SECOND_ENDS, "D0 waits in stablehlo.all_reduce at W for D1; D1 has ended");
    fails(
        engine,
        SECOND_ELSEWHERE,
        "D0 waits in stablehlo.all_reduce at W for D1;"
            + " D1 waits in stablehlo.collective_broadcast at W for D0");
    fails(engine, STEPS_DIFFER, "D0 has ended; D1 waits in stablehlo.all_reduce at W for D0");
  }

  /** Device 2 fails a check while the others wait for it; if all fail, the first one's is told. */
  @ParameterizedTest
  @MethodSource("engines")
  void aCheckThatFailsOnOneDeviceEndsAll(Backend engine) {
    String text =
        """
        %limit = stablehlo.constant dense<LIMIT> : tensor<i32>
        %before = SUM(%x)
        %ok = stablehlo.compare LT, %x, %limit : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.composite "jacobi.check" %ok, %x {composite_attributes =
          {message = "too large"}, decomposition = @empty} : (tensor<i1>, tensor<i32>) -> ()
        %r = SUM(%x)
        return %r : tensor<i32>
        """;
    try (var third = program(engine, 3, text.replace("LIMIT", "3"));
        var all = program(engine, 3, text.replace("LIMIT", "0"))) {
      for (int run = 0; run < 50; run++) {
        assertThatThrownBy(() -> third.execute(numbers(engine, 3)))
            .isInstanceOf(CheckFailedException.class)
            .hasMessageContaining("too large")
            .hasMessageContaining("[3.0]");
        assertThatThrownBy(() -> all.execute(numbers(engine, 3)))
            .isInstanceOf(CheckFailedException.class)
            .hasMessageContaining("[1.0]");
      }
    }
    works(engine);
  }

  private static String calling(Hosted function) {
    return """
    %%y = stablehlo.custom_call @jacobi.callback(%%x) {api_version = 4 : i32,
      has_side_effect = true, backend_config = {function = %d : i64}}
      : (tensor<i32>) -> tensor<i32>
    %%r = SUM(%%y)
    return %%r : tensor<i32>
    """
        .formatted(function.number());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void javaIsCalledOnAllDevices(Backend engine) {
    HostFunction negative =
        x -> List.of(Literal.ofInts(Shape.scalar(), (int) -x.getFirst().getLong(0)));
    Hosted kept = Hosted.of(negative);
    try (var program = program(engine, 3, calling(kept))) {
      assertThat(values(program.execute(numbers(engine, 3)))).containsExactly(-6L, -6L, -6L);
    }
    HostFunction failing =
        x -> {
          if (x.getFirst().getLong(0) == 2) {
            throw new IllegalArgumentException("not two");
          }
          return x;
        };
    Hosted refused = Hosted.of(failing);
    try (var program = program(engine, 3, calling(refused))) {
      assertThatThrownBy(() -> program.execute(numbers(engine, 3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not two");
    }
    works(engine);
  }

  @Test
  void aProgramInAProgramIsAnError() {
    HostFunction nested =
        x -> {
          works(Engines.CPU);
          return x;
        };
    Hosted kept = Hosted.of(nested);
    try (var program = program(Engines.CPU, 2, calling(kept))) {
      assertThatThrownBy(() -> program.execute(numbers(Engines.CPU, 2)))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("wants to run another such program");
    }
    works(Engines.CPU);
  }

  /** The caller computes, or waits in a collective, or has ended and waits for another device. */
  @ParameterizedTest
  @MethodSource("engines")
  void anInterruptEndsAllDevices(Backend engine) throws InterruptedException {
    String loops =
        """
        %%endless = stablehlo.constant dense<%d> : tensor<i32>
        %%w:2 = stablehlo.while(%%i = %%x, %%y = %%x) : tensor<i32>, tensor<i32>
        cond {
          %%go = stablehlo.compare %s, %%i, %%endless : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %%go : tensor<i1>
        } do {
          %%z = stablehlo.add %%y, %%i : tensor<i32>
          stablehlo.return %%i, %%z : tensor<i32>, tensor<i32>
        }
        """;
    String sum = "%r = SUM(%w#1)\nreturn %r : tensor<i32>";
    for (String text :
        List.of(
            loops.formatted(0, "GT") + sum,
            loops.formatted(2, "EQ") + sum,
            loops.formatted(2, "EQ") + "return %w#1 : tensor<i32>")) {
      try (var program = program(engine, 2, text)) {
        Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        Thread caller =
            Thread.ofPlatform()
                .uncaughtExceptionHandler((_, e) -> thrown.add(e))
                .start(() -> program.execute(numbers(engine, 2)));
        Thread.sleep(100);
        caller.interrupt();
        caller.join();
        assertThat(thrown).hasSize(1).first().isInstanceOf(CallInterruptedException.class);
      }
      works(engine);
    }
  }

  @Test
  @Tag("slow")
  void thousandsOfSmallProgramsFromSeveralThreads() throws InterruptedException {
    Map<Integer, GridExecutable> programs =
        Map.of(
            2, program(Engines.CPU, 2, "%r = SUM(%x)\nreturn %r : tensor<i32>"),
            3, program(Engines.CPU, 3, "%s = SUM(%x)\n%r = SUM(%s)\nreturn %r : tensor<i32>"),
            8, program(Engines.CPU, 8, "%r = SUM(%x)\nreturn %r : tensor<i32>"));
    GridExecutable failing = program(Engines.CPU, 2, SECOND_ENDS);
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Random random = new Random(t);
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, e) -> thrown.add(e))
              .start(
                  () -> {
                    for (int i = 0; i < 1500; i++) {
                      int n = List.of(2, 2, 2, 3, 8).get(random.nextInt(5));
                      long sum = n * (n + 1L) / 2 * (n == 3 ? 3 : 1);
                      assertThat(values(programs.get(n).execute(numbers(Engines.CPU, n))))
                          .containsOnly(sum);
                      if (random.nextInt(500) == 0) {
                        assertThatThrownBy(() -> failing.execute(numbers(Engines.CPU, 2)))
                            .isInstanceOf(CollectiveException.class);
                      }
                    }
                  }));
    }
    for (Thread t : threads) {
      t.join();
    }
    assertThat(thrown).isEmpty();
  }

  /** Many meetings at once: a ring, a hundred times round. */
  @Test
  void longLoops() {
    String text =
        """
        %zero = stablehlo.constant dense<0> : tensor<i32>
        %one = stablehlo.constant dense<1> : tensor<i32>
        %n = stablehlo.constant dense<300> : tensor<i32>
        %r:2 = stablehlo.while(%i = %zero, %s = %x) : tensor<i32>, tensor<i32>
        cond {
          %go = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %go : tensor<i1>
        } do {
          %next = stablehlo.add %i, %one : tensor<i32>
          %p = "stablehlo.collective_permute"(%s) <{source_target_pairs =
            dense<[[0, 1], [1, 2], [2, 0]]> : tensor<3x2xi64>, CHANNEL}>
            : (tensor<i32>) -> tensor<i32>
          stablehlo.return %next, %p : tensor<i32>, tensor<i32>
        }
        return %r#1 : tensor<i32>
        """;
    try (var program = program(Engines.CPU, 3, text)) {
      assertThat(values(program.execute(numbers(Engines.CPU, 3)))).containsExactly(1L, 2L, 3L);
    }
  }
}
