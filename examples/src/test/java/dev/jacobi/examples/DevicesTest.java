package dev.jacobi.examples;

import static dev.jacobi.Jacobi.devicePut;
import static dev.jacobi.Jacobi.devices;
import static dev.jacobi.Jacobi.evalShape;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.spec;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.Jacobi.withBackend;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.stack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jacobi.Array;
import dev.jacobi.JitOp2;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.DeviceException;
import dev.jacobi.hlo.spi.Engines;
import dev.jacobi.hlo.spi.UnknownBackendException;
import dev.jacobi.random.Random;
import dev.jacobi.trace.ConcretizationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where arrays are and computations run: rules and errors as JAX 0.10.2 has them. */
@Tag("xla")
class DevicesTest {
  private static final String PLUGIN = "pjrt:cpu";

  private final String before = Backends.current().name();

  @BeforeEach
  void onThePlugin() {
    assumeTrue(Engines.names().contains(PLUGIN), "no PJRT plugin for CPUs is installed");
    withBackend(PLUGIN);
    assumeTrue(devices().size() > 1, "the plugin has one device only");
  }

  @AfterEach
  void back() {
    withBackend(before);
  }

  private static Array x() {
    return array(1f, 2f, 3f);
  }

  @Test
  void arraysKnowTheirDevice() {
    assertThat(x().device()).isEqualTo(devices().getFirst()).hasToString("CpuDevice(id=0)");
    Device second = devices().get(1);
    Array there = devicePut(x(), second);
    assertThat(there.device()).isEqualTo(second).hasToString("CpuDevice(id=1)");
    assertThat(there.toFloatArray()).containsExactly(1, 2, 3);
    assertThat(devicePut(there, second).device()).isEqualTo(second);
    var tree = devicePut(Map.of("a", x(), "b", x()), second);
    assertThat(tree.values()).allMatch(a -> a.device().equals(second));
    assertThat(devicePut(Random.key(3), second).data().device()).isEqualTo(second);
  }

  @Test
  void computationsFollowTheirArguments() {
    Device second = devices().get(1);
    Array there = devicePut(x(), second);
    JitOp2 f = jit((a, b) -> a.times(b).plus(1));
    for (Array result :
        List.of(
            there.plus(1),
            there.plus(x()),
            x().plus(there),
            f.apply(there, x()),
            f.apply(x(), there),
            grad(a -> a.times(a).sum()).apply(there),
            vmap(a -> devicePut(a, second).times(2)).apply(x()),
            grad(a -> devicePut(a, second).times(2).sum()).apply(x()))) {
      assertThat(result.device()).isEqualTo(second);
    }
    assertThat(f.apply(x(), there).toFloatArray()).containsExactly(2, 5, 10);
    assertThat(f.apply(x(), x()).device()).isEqualTo(devices().getFirst());
    assertThat(jit(a -> a.plus(there)).apply(x()).device()).as("captured").isEqualTo(second);
  }

  @Test
  void twoDevicesInOneComputationAreAnError() {
    Array second = devicePut(x(), devices().get(1));
    Array first = devicePut(x(), devices().getFirst());
    assertThatThrownBy(() -> second.plus(first))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "incompatible devices for a computation: argument 0, a tensor<3xf32>, is on"
                + " CpuDevice(id=1), and argument 1, a tensor<3xf32>, on CpuDevice(id=0)."
                + " devicePut(x, device) copies one to the other's device.");
    assertThatThrownBy(() -> stack(List.of(first, second))).isInstanceOf(DeviceException.class);
    assertThatThrownBy(() -> jit((a, b) -> a.plus(b)).apply(first, second))
        .isInstanceOf(DeviceException.class);
  }

  @Test
  void misuse() {
    Device nowhere = new Device("cpu", 77, PLUGIN);
    assertThatThrownBy(() -> devicePut(x(), nowhere))
        .isInstanceOf(DeviceException.class)
        .hasMessage("CpuDevice(id=77) of pjrt:cpu is no device of pjrt:cpu");
    assertThatThrownBy(() -> devicePut(x(), new Device("tpu", 0)))
        .isInstanceOf(UnknownBackendException.class);
    Device first = devices().getFirst();
    assertThatThrownBy(() -> jit(a -> devicePut(a, first)).apply(x()))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("a compiled program runs on one device, that of its arguments");
    assertThatThrownBy(() -> evalShape(a -> array(a.device().id()), spec(DType.F32, 2)))
        .isInstanceOf(ConcretizationException.class)
        .hasMessageContaining("whose device is asked for at DevicesTest.java");
  }

  /** A jitted function runs on the engine of the moment, and takes arrays of another. */
  @Test
  void anotherEngineTakesOver() {
    JitOp2 f = jit((a, b) -> a.times(b));
    Array here = x();
    assertThat(f.apply(here, here).device()).isEqualTo(devices().getFirst());
    withBackend("cpu");
    assertThat(f.apply(here, here).device()).isEqualTo(new Device("cpu", 0, "cpu"));
    Array ours = f.apply(here, x());
    withBackend(PLUGIN);
    assertThat(f.apply(ours, here).toFloatArray()).containsExactly(1, 8, 27);
    assertThat(f.apply(ours, here).device()).isEqualTo(devices().getFirst());
    assertThat(devicePut(here, new Device("cpu", 0)).device().backend()).isEqualTo("cpu");
  }
}
