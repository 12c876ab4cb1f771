package dev.jacobi.sharding;

import dev.jacobi.Array;
import dev.jacobi.dispatch.Region;
import dev.jacobi.dispatch.ShardedBuffer;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.jaxpr.GridLayout;
import dev.jacobi.trace.ConcreteArray;
import dev.jacobi.trace.EvalTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arrays on several devices. */
public final class ShardedArrays {
  private ShardedArrays() {}

  /** An array with a value, divided so. */
  public static Array put(Array array, NamedSharding sharding) {
    GridLayout layout = sharding.layout("devicePut", array.shape());
    return new ConcreteArray(array.aval(), ShardedBuffer.of(EvalTrace.buffer(array), layout));
  }

  /** How an array lies on a mesh; empty if it is on one device. */
  public static Optional<NamedSharding> sharding(Array array) {
    return EvalTrace.buffer(array) instanceof ShardedBuffer s
        ? Optional.of(NamedSharding.of(s.layout()))
        : Optional.empty();
  }

  /**
   * One device's part of an array.
   *
   * @param index which block of the array it is
   * @param replicaId how many devices before it have the same block
   */
  public record Shard(Device device, Region index, int replicaId, Array data) {
    /** As JAX prints it, with NumPy's notation for the block. */
    @Override
    public String toString() {
      return "Shard(device=%s, index=%s, replica_id=%d, data=%s)"
          .formatted(device, index, replicaId, data);
    }
  }

  /** The parts of an array on the devices of this process; of one device it is one part. */
  public static List<Shard> shards(Array array) {
    Buffer buffer = EvalTrace.buffer(array);
    if (!(buffer instanceof ShardedBuffer s)) {
      return List.of(new Shard(buffer.device(), Region.all(array.shape()), 0, array));
    }
    Map<Region, Integer> seen = new HashMap<>();
    List<Shard> shards = new ArrayList<>();
    for (int i = 0; i < s.parts().size(); i++) {
      Region region = Region.of(s.layout(), array.shape(), i);
      int replica = seen.merge(region, 1, Integer::sum) - 1;
      Array part =
          new ConcreteArray(
              array.aval().withShape(s.layout().local(array.shape())), s.parts().get(i));
      shards.add(new Shard(s.layout().grid().devices().get(i), region, replica, part));
    }
    return shards;
  }
}
