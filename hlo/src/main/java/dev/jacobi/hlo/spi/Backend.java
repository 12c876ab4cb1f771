package dev.jacobi.hlo.spi;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** An engine that compiles and runs programs. Thread-safe. */
public interface Backend {
  /** The name that selects it: {@code interpreter}, {@code cpu}, {@code pjrt:...}. */
  String name();

  List<Device> devices();

  /**
   * Compiles a module. The module is verified first; an operation that the backend cannot run is a
   * named error here, never later.
   */
  Executable compile(HloModule module, CompileOptions options);

  /**
   * Compiles a module for several devices, which run it at once ({@code mhlo.num_partitions} is
   * their number, and there is one replica).
   *
   * @throws DeviceException if a device is not this backend's, or it runs programs on one device
   *     only
   */
  default GridExecutable compile(HloModule module, CompileOptions options, List<Device> devices) {
    throw new DeviceException(name() + " runs programs on one device only, not on " + devices);
  }

  /** Copies row-major bytes into a new buffer on the default device. */
  Buffer fromHost(TensorType type, MemorySegment bytes);

  /** The same on one of this backend's devices, where computations with it will run. */
  default Buffer fromHost(TensorType type, MemorySegment bytes, Device device) {
    return put(fromHost(type, bytes), device);
  }

  /**
   * A copy of an array on one of this backend's devices, where computations with it will run.
   *
   * @throws DeviceException if the device is not this backend's
   */
  default Buffer put(Buffer array, Device device) {
    if (!devices().contains(device)) {
      throw new DeviceException(device + " of " + device.backend() + " is no device of " + name());
    }
    return fromHost(array.type(), array.toHost());
  }
}
