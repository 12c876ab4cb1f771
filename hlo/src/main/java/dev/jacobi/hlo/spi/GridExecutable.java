package dev.jacobi.hlo.spi;

import dev.jacobi.hlo.TensorType;
import java.util.List;

/**
 * One program that several devices run at once, each on its part of the data (SPMD). The devices
 * are the partitions of the program in their order: what {@code partition_id} gives is a device's
 * place in {@link #devices}, and collectives are among these. Any number of threads may execute it.
 */
public interface GridExecutable extends AutoCloseable {
  List<Device> devices();

  /** Types of one device's arguments. */
  List<TensorType> inputs();

  /** Types of one device's results. */
  List<TensorType> outputs();

  /**
   * Runs the program on all its devices. Programs of one process reach the devices in one order, so
   * that no two can wait for each other. If the program fails on one device, the others end too,
   * and the first failure in the order of the devices is thrown; later programs run as if nothing
   * had happened. Donated arguments are consumed as those of {@link Executable#execute}.
   *
   * @param arguments for each device, in the order of {@link #devices}, one buffer per input
   * @return for each device one new buffer per output, on that device
   */
  Buffer[][] execute(Buffer[][] arguments);

  /** Frees the program's code and scratch memory once no call runs any more. */
  @Override
  void close();
}
