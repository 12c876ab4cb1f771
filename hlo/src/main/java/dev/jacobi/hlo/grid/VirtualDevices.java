package dev.jacobi.hlo.grid;

import dev.jacobi.hlo.config.Config;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.DeviceException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many devices this machine is: the cpu engine and the interpreter divide it into as many, all
 * in the same memory. The setting {@code devices} says it, one if that is not set.
 */
public final class VirtualDevices {
  /** Further ones would only wait for each other. */
  private static final int MOST = 1024;

  private static int count; // 0 until somebody asks, who then gets what is wrong with the setting

  private VirtualDevices() {}

  /** How many there are. */
  public static synchronized int count() {
    if (count == 0) {
      count = Config.getInt("devices", 1, 1);
    }
    return count;
  }

  /**
   * Makes this machine at least {@code n} devices, for the rest of the process. Those that are
   * there stay what they are.
   *
   * @throws DeviceException if {@code n} is below 1 or above 1024
   */
  public static synchronized void require(int n) {
    if (n < 1 || n > MOST) {
      throw new DeviceException(n + " virtual devices: a machine can be divided into 1 to " + MOST);
    }
    count = Math.max(count(), n);
  }

  /** The devices of a backend that computes in this machine's memory. */
  public static List<Device> of(String platform) {
    return IntStream.range(0, count()).mapToObj(k -> new Device(platform, k)).toList();
  }

  /**
   * Accepts the devices of a program.
   *
   * @throws DeviceException if there are none, or one is twice or not the backend's
   */
  public static void check(Backend backend, List<Device> devices) {
    if (devices.isEmpty() || devices.stream().distinct().count() < devices.size()) {
      throw new DeviceException(
          "a program runs on one or more devices, each once, not on " + devices);
    }
    List<Device> present = backend.devices();
    for (Device d : devices) {
      if (!present.contains(d)) {
        throw new DeviceException(
            "%s of %s is no device of %s, which has %d; JACOBI_DEVICES=%d would make it more"
                .formatted(d, d.backend(), backend.name(), present.size(), d.id() + 1));
      }
    }
  }
}
