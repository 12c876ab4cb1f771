package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.grid.VirtualDevices;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.DeviceException;
import dev.jacobi.hlo.text.HloParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualDevicesTest {
  private static final Backend ENGINE = new CpuBackend();

  @BeforeAll
  static void devices() {
    VirtualDevices.require(3);
  }

  private static Buffer x() {
    Literal x = Literal.ofInts(Shape.of(4), 0, 1, 2, 3);
    return ENGINE.fromHost(x.type(), x.data());
  }

  /** For known sizes, by rows, for one size at a time, and with donated arguments. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        func.func @main(%x: tensor<4xi32>, %y: tensor<4xi32>) -> tensor<4xi32> {
          %r = stablehlo.add %x, %y : tensor<4xi32>
          return %r : tensor<4xi32>
        }
        """,
        """
        func.func @main(%x: tensor<?xi32>, %y: tensor<?xi32>) -> tensor<?xi32> {
          %r = stablehlo.add %x, %y : tensor<?xi32>
          return %r : tensor<?xi32>
        }
        """,
        """
        func.func @main(%x: tensor<?xi32>, %y: tensor<?xi32>) -> tensor<?xi32> {
          %s = stablehlo.reverse %x, dims = [0] : tensor<?xi32>
          %t = stablehlo.reverse %s, dims = [0] : tensor<?xi32>
          %r = stablehlo.add %t, %y : tensor<?xi32>
          return %r : tensor<?xi32>
        }
        """,
        """
        func.func @main(%x: tensor<4xi32> {tf.aliasing_output = 0 : i32}, %y: tensor<4xi32>)
            -> tensor<4xi32> {
          %r = stablehlo.add %x, %y : tensor<4xi32>
          return %r : tensor<4xi32>
        }
        """
      })
  void programsRunWhereTheirArgumentsWerePut(String text) {
    var sum = ENGINE.compile(HloParser.parse(text), CompileOptions.DEFAULT);
    Device second = ENGINE.devices().get(1);
    Buffer there = ENGINE.put(x(), second);
    assertThat(there.device()).isEqualTo(second).hasToString("CpuDevice(id=1)");
    Buffer result = sum.execute(new Buffer[] {x(), there})[0];
    assertThat(result.device()).isEqualTo(second);
    assertThat(result.isBound()).isTrue();
    assertThat(Literal.wrap(result.type(), result.toHost()))
        .isEqualTo(Literal.ofInts(Shape.of(4), 0, 2, 4, 6));
    Buffer unbound = sum.execute(new Buffer[] {x(), x()})[0];
    assertThat(unbound.isBound()).isFalse();
    assertThat(unbound.device()).isEqualTo(ENGINE.devices().getFirst());
    assertThatThrownBy(
            () -> sum.execute(new Buffer[] {ENGINE.put(x(), ENGINE.devices().get(2)), there}))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("is on CpuDevice(id=2), and argument 1, a tensor<4xi32>, on");
    assertThat(there.isClosed()).isFalse();
  }

  @Test
  void unknownDevicesAreNamed() {
    assertThatThrownBy(() -> ENGINE.put(x(), new Device("cpu", 77)))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("CpuDevice(id=77) of cpu is no device of cpu, which has ")
        .hasMessageContaining("JACOBI_DEVICES=78");
  }
}
