package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.spi.CallInterruptedException;
import dev.jacobi.hlo.text.HloParser;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loop that never ends can be interrupted, whatever its body touches. */
@Tag("slow")
class EndlessLoopTest {
  private static final String LOOP =
      """
      func.func public @main(%x: TYPE) -> TYPE {
        %r = stablehlo.while(%a = %x) : TYPE
        cond {
          %t = stablehlo.constant dense<true> : tensor<i1>
          stablehlo.return %t : tensor<i1>
        } do {
          %b = stablehlo.BODY : TYPE
          stablehlo.return %b : TYPE
        }
        return %r : TYPE
      }
      """;

  /** The same inside a loop that would end. */
  private static final String NESTED =
      """
      func.func public @main(%x: tensor<i32>) -> tensor<i32> {
        %r = stablehlo.while(%a = %x) : tensor<i32>
        cond {
          %n = stablehlo.constant dense<9> : tensor<i32>
          %t = stablehlo.compare LT, %a, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %t : tensor<i1>
        } do {
          %s = stablehlo.while(%c = %a) : tensor<i32>
          cond {
            %n = stablehlo.constant dense<9> : tensor<i32>
            %t = stablehlo.compare NE, %c, %n : (tensor<i32>, tensor<i32>) -> tensor<i1>
            stablehlo.return %t : tensor<i1>
          } do {
            %two = stablehlo.constant dense<2> : tensor<i32>
            %d = stablehlo.remainder %c, %two : tensor<i32>
            stablehlo.return %d : tensor<i32>
          }
          stablehlo.return %s : tensor<i32>
        }
        return %r : tensor<i32>
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"tensor<i32>", "tensor<f32>", "tensor<5xf32>", "tensor<2x3xi8>"})
  void anEndlessLoopIsInterrupted(String type) throws Exception {
    interrupt(LOOP.replace("BODY", "add %a, %a").replace("TYPE", type));
    interrupt(LOOP.replace("BODY", "abs %a").replace("TYPE", type));
  }

  @Test
  void anInnerLoopToo() throws Exception {
    interrupt(NESTED);
  }

  private static void interrupt(String text) throws InterruptedException {
    HloModule program = HloParser.parse(text);
    var arguments = Engines.arguments(program, 1);
    var seen = new AtomicReference<Throwable>();
    var thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    Engines.run(Engines.CPU, program, arguments, 1);
                  } catch (CallInterruptedException e) {
                    seen.set(e);
                  }
                });
    thread.join(300);
    assertThat(thread.isAlive()).as("%s runs: %s", text, seen).isTrue();
    thread.interrupt();
    thread.join(10_000);
    assertThat(thread.isAlive()).as(text).isFalse();
    assertThat(seen.get()).isInstanceOf(CallInterruptedException.class);
  }
}
