package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.HloModule;
import java.util.List;

/**
 * A divided program.
 *
 * @param module what each device runs on its parts of the arguments; device {@code i} of the mesh
 *     is partition {@code i}
 * @param inputs how the arguments lie
 * @param outputs how the results lie
 */
public record Partitioned(
    HloModule module, Mesh mesh, List<Sharding> inputs, List<Sharding> outputs, Report report) {
  public Partitioned {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
