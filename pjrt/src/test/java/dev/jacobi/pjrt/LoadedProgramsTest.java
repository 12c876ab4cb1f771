package dev.jacobi.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.memory.SystemMemory;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Engines;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.HloParser;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A plugin holds so many programs; whoever calls one that had to go compiles it again. */
@Tag("xla")
class LoadedProgramsTest {
  private static final TensorType INT = TensorType.scalar(DType.I32);
  private static final int ROOM = 4;

  private PjrtClient client;
  private PjrtBackend engine;

  /** A client of its own, since it has little room. */
  @BeforeEach
  void open() {
    assumeTrue(Engines.names().contains("pjrt:cpu"), "no PJRT plugin for CPUs is installed");
    PjrtApi api = PjrtApi.load(Plugins.find("cpu"));
    client = PjrtClient.create("pjrt:cpu", api, 0, ROOM);
    engine = new PjrtBackend(client);
  }

  private Executable plus(int k) {
    String text =
        """
        func.func @main(%a: tensor<i32>) -> tensor<i32> {
          %k = stablehlo.constant dense<NUMBER> : tensor<i32>
          %0 = stablehlo.add %a, %k : tensor<i32>
          return %0 : tensor<i32>
        }
        """;
    return engine.compile(
        HloParser.parse(text.replace("NUMBER", Integer.toString(k))), CompileOptions.DEFAULT);
  }

  private Buffer number(int x) {
    return engine.fromHost(INT, MemorySegment.ofArray(new int[] {x}));
  }

  private int call(Executable program, int x) {
    return program.execute(new Buffer[] {number(x)})[0].toHost().get(JAVA_INT, 0);
  }

  @Test
  void programsThatHadToGoComeBack() {
    List<Executable> programs = IntStream.range(0, 3 * ROOM).mapToObj(this::plus).toList();
    assertThat(client.programs().count()).isLessThanOrEqualTo(ROOM);
    for (int round = 0; round < 2; round++) {
      for (int k = 0; k < programs.size(); k++) {
        assertThat(call(programs.get(k), 100)).isEqualTo(100 + k);
        assertThat(client.programs().count()).isLessThanOrEqualTo(ROOM);
      }
    }
    programs.forEach(Executable::close);
    assertThat(client.programs().count()).isZero();
  }

  /** What is called again and again stays. */
  @Test
  void theOldestGo() {
    Executable favourite = plus(-1);
    long before = client.programs().now();
    List<Executable> others = new ArrayList<>();
    for (int k = 0; k < 3 * ROOM; k++) {
      others.add(plus(k));
      assertThat(call(favourite, 1)).isZero();
    }
    assertThat(client.programs().now()).as("compilations").isEqualTo(before + others.size());
    assertThat(call(others.getFirst(), 3)).isEqualTo(3);
    assertThat(client.programs().now()).isEqualTo(before + others.size() + 1);
  }

  /** A call goes on although its program was destroyed after it began. */
  @Test
  void aCallOutlivesItsProgram() {
    String text =
        """
        func.func @main(%a: tensor<i32>) -> tensor<i32> {
          %zero = stablehlo.constant dense<0> : tensor<i32>
          %one = stablehlo.constant dense<1> : tensor<i32>
          %n = stablehlo.constant dense<3000000> : tensor<i32>
          %0:2 = stablehlo.while(%i = %zero, %x = %a) : tensor<i32>, tensor<i32>
            cond {
              %c = stablehlo.compare LT, %i, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
              stablehlo.return %c : tensor<i1>
            } do {
              %j = stablehlo.add %i, %one : tensor<i32>
              %d = stablehlo.xor %x, %j : tensor<i32>
              %y = stablehlo.add %d, %i : tensor<i32>
              stablehlo.return %j, %y : tensor<i32>, tensor<i32>
            }
          return %0#1 : tensor<i32>
        }
        """;
    int expected = 7;
    for (int i = 0; i < 3_000_000; i++) {
      expected = (expected ^ i + 1) + i;
    }
    Executable slow = engine.compile(HloParser.parse(text), CompileOptions.DEFAULT);
    Buffer result = slow.execute(new Buffer[] {number(7)})[0];
    List<Executable> others = IntStream.range(0, 2 * ROOM).mapToObj(this::plus).toList();
    slow.close();
    assertThat(others).hasSize(2 * ROOM);
    assertThat(result.toHost().get(JAVA_INT, 0)).isEqualTo(expected);
  }

  @Test
  void manyThreadsInLittleRoom() throws Exception {
    List<Executable> programs = IntStream.range(0, 3 * ROOM).mapToObj(this::plus).toList();
    Callable<Integer> some =
        () -> {
          int wrong = 0;
          for (int i = 0; i < 15; i++) {
            int k = (int) (Thread.currentThread().threadId() * 7 + i * 5) % programs.size();
            wrong += call(programs.get(k), i) == i + k ? 0 : 1;
          }
          return wrong;
        };
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<Integer> wrong : threads.invokeAll(List.of(some, some, some, some))) {
        assertThat(wrong.get()).isZero();
      }
    }
    assertThat(client.programs().count()).isLessThanOrEqualTo(ROOM + 4);
  }

  @Test
  void aClosedProgramIsNotCompiledAgain() {
    Executable program = plus(1);
    program.close();
    program.close();
    assertThatThrownBy(() -> call(program, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this compiled program was closed");
  }

  private static PjrtException refusal(PjrtException.Code code, String message) {
    return new PjrtException("plugin.so", "Client_Compile", code, message);
  }

  /** Where memory ran out, all programs make room for the new one, once. */
  @Test
  void aPluginWithoutRoomIsAskedAgain() {
    var linker = refusal(PjrtException.Code.INTERNAL, "Failed to materialize symbols: { x }");
    var wrong = refusal(PjrtException.Code.INTERNAL, "RET_CHECK failure");
    var refusals = new ArrayDeque<PjrtException>();
    var freed = new ArrayList<Long>();
    var addresses = new AtomicLong();
    ToLongFunction<byte[]> compiler =
        _ -> {
          if (!refusals.isEmpty()) {
            throw refusals.remove();
          }
          return addresses.incrementAndGet();
        };
    var programs = new LoadedPrograms(freed::add, ROOM, () -> 0);
    byte[] text = {};
    refusals.add(linker);
    assertThatThrownBy(() -> programs.load(text, this, compiler))
        .as("nothing to free")
        .isSameAs(linker);
    LoadedProgram first = programs.load(text, this, compiler);
    refusals.add(linker);
    LoadedProgram second = programs.load(text, this, compiler);
    assertThat(first.isClosed()).isTrue();
    assertThat(second.isClosed()).isFalse();
    assertThat(freed).containsExactly(1L);
    refusals.add(wrong);
    assertThatThrownBy(() -> programs.load(text, this, compiler)).isSameAs(wrong);
    refusals.addAll(List.of(linker, wrong));
    assertThatThrownBy(() -> programs.load(text, this, compiler))
        .isSameAs(wrong)
        .hasSuppressedException(linker);
    assertThat(second.isClosed()).isTrue();
    assertThat(programs.count()).isZero();
  }

  /** Large programs take many mappings, of which a process has so many. */
  @Test
  void halfGoWhereMappingsAreScarce() {
    var freed = new ArrayList<Long>();
    var addresses = new AtomicLong();
    double[] taken = {0.4};
    var programs = new LoadedPrograms(freed::add, 1000, () -> taken[0]);
    for (int i = 0; i < 100; i++) {
      programs.load(new byte[0], this, _ -> addresses.incrementAndGet());
    }
    assertThat(freed).isEmpty();
    taken[0] = 0.6;
    for (int i = 0; i < 64; i++) {
      programs.load(new byte[0], this, _ -> addresses.incrementAndGet());
    }
    assertThat(freed).hasSize(63).contains(1L, 63L).doesNotContain(64L);
    assertThat(SystemMemory.mappingsTaken()).isBetween(0.0, 0.5);
  }
}
