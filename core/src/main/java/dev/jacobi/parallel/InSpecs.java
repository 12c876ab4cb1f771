package dev.jacobi.parallel;

import dev.jacobi.sharding.PartitionSpec;
import dev.jacobi.sharding.ShardingException;
import java.util.ArrayList;
import java.util.List;

/** How the arguments of a sharded function are divided: one entry each, or one for all of them. */
public record InSpecs(List<Specs> specs) {
  /**
   * Specs of these entries, each a {@link PartitionSpec} for all leaves of an argument or a {@link
   * Specs}.
   */
  public static InSpecs of(Object... entries) {
    List<Specs> specs = new ArrayList<>();
    for (Object entry : entries) {
      specs.add(spec(entry));
    }
    return new InSpecs(List.copyOf(specs));
  }

  static Specs spec(Object entry) {
    return switch (entry) {
      case PartitionSpec spec -> Specs.of(spec);
      case Specs byPath -> byPath;
      case null, default ->
          throw new ShardingException(
              "inSpecs", "takes P(...), or specs(P(...)).at(path, P(...)), not " + entry);
    };
  }
}
