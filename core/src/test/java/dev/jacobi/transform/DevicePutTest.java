package dev.jacobi.transform;

import static dev.jacobi.Jacobi.devicePut;
import static dev.jacobi.Jacobi.devices;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.jvp;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.Jacobi.withBackend;
import static dev.jacobi.numpy.Jnp.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.Array;
import dev.jacobi.Op1;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.DeviceException;
import dev.jacobi.trace.NullArgumentException;
import org.junit.jupiter.api.Test;

/** Transformations pass through {@code devicePut}. */
class DevicePutTest {
  private static final Op1 F = x -> devicePut(x.times(x), devices().getFirst()).times(3);

  private static Array x() {
    return array(1f, 2f, 3f);
  }

  @Test
  void isLinear() {
    assertThat(grad((Array x) -> F.apply(x).sum()).apply(x()).toFloatArray())
        .containsExactly(6, 12, 18);
    assertThat(jvp(F, x(), array(1f, 0f, 2f)).tangent().toFloatArray()).containsExactly(6, 0, 36);
    assertThat(vmap(F).apply(x()).toFloatArray()).containsExactly(3, 12, 27);
    assertThat(grad(grad((Array x) -> F.apply(x))).apply(array(2f).sum()).item()).isEqualTo(6);
  }

  @Test
  void arraysSayWhereTheyAre() {
    Device first = devices().getFirst();
    assertThat(devicePut(x(), first).device()).isEqualTo(first);
  }

  @Test
  void isTheIdentityInAProgramForTheOnlyDevice() {
    assumeTrue(devices().size() == 1, "the engine has several devices");
    assertThat(jit(F).apply(x()).toFloatArray()).containsExactly(3, 12, 27);
    assertThat(jit(grad((Array x) -> F.apply(x).sum())).apply(x()).toFloatArray())
        .containsExactly(6, 12, 18);
    Device other = new Device(devices().getFirst().platform(), 5);
    assertThatThrownBy(() -> jit((Array x) -> devicePut(x, other)).apply(x()))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("Put arguments there before the call");
  }

  @Test
  void nothingGiven() {
    assertThatThrownBy(() -> devicePut(array(1f), (Device) null))
        .isInstanceOf(NullArgumentException.class)
        .hasMessageContainingAll("DevicePutTest.java:", "the device is null");
    assertThatThrownBy(() -> withBackend(null))
        .isInstanceOf(NullArgumentException.class)
        .hasMessageContainingAll("DevicePutTest.java:", "the name is null");
  }
}
