package dev.jacobi.parallel;

import dev.jacobi.sharding.PartitionSpec;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the arrays of a tree are divided: one spec for all, and other ones by path.
 *
 * @param all the spec
 * @param byPath the specs of the leaves or subtrees at these paths, such as {@code "hidden.w"}
 */
public record Specs(PartitionSpec all, Map<String, PartitionSpec> byPath) {
  /** One spec for every leaf. */
  public static Specs of(PartitionSpec spec) {
    return new Specs(spec, Map.of());
  }

  /** Another spec at a path. */
  public Specs at(String path, PartitionSpec spec) {
    Map<String, PartitionSpec> more = new LinkedHashMap<>(byPath);
    more.put(path, spec);
    return new Specs(all, more);
  }

  /** One entry per leaf. */
  List<PartitionSpec> of(TreeDef def) {
    List<PartitionSpec> specs = new ArrayList<>(Collections.nCopies(def.leafCount(), all));
    byPath.forEach(
        (path, spec) -> {
          TreeDef.LeafRange range = def.range(path);
          Collections.fill(specs.subList(range.from(), range.to()), spec);
        });
    return specs;
  }
}
