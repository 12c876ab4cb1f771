package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.lax.Barrier;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.NullArgumentException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user says about how a program is compiled, not about what it computes. */
public final class Staging {
  private Staging() {}

  /** The tree with its arrays behind a barrier. */
  public static Object optimizationBarrier(Object tree) {
    TreeFn.Args args = TreeFn.Args.of(tree);
    return Leaves.unflatten(args.defs().getFirst(), Barrier.barrier(args.leaves()));
  }

  /** The tree with its arrays and keys on a device. */
  public static Object devicePut(Object tree, Device device) {
    NullArgumentException.require(device, "devicePut", "the device");
    TreeFn.Args args = TreeFn.Args.of(tree);
    List<Array> there = args.leaves().stream().map(x -> DevicePut.put(x, device)).toList();
    return Leaves.unflatten(args.defs().getFirst(), there);
  }

  /** The function for the platform on which programs run now, else the default one. */
  public static <F extends Fn1<?, ?>> F branch(Map<String, F> perPlatform, @Nullable F otherwise) {
    if (perPlatform.containsKey("gpu")) {
      throw new LaxTypeException("platform_dependent", "say cuda or rocm, not gpu");
    }
    String platform = platform();
    F branch = perPlatform.getOrDefault(platform, otherwise);
    if (branch == null) {
      throw new LaxTypeException(
          "platform_dependent",
          "there is no branch for " + platform + " and no default: " + perPlatform.keySet());
    }
    return branch;
  }

  /** JAX's name of where programs run now; the interpreter runs on the CPU too. */
  public static String platform() {
    String platform = Backends.current().devices().getFirst().platform();
    return platform.equals("interpreter") ? "cpu" : platform;
  }
}
