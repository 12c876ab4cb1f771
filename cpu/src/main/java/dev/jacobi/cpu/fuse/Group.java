package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.Set;

/**
 * Instructions that run as one loop nest.
 *
 * @param nodes in program order; what they read through views and cheap functions is computed
 *     inside
 * @param rowNodes those that are computed once per row, not per element
 * @param structure how the loops divide
 * @param roots the values that others read and that are therefore stored
 */
public record Group(
    List<Instr> nodes, Set<Instr> rowNodes, Structure structure, List<Value> roots) {

  /** How a group's domain divides into loops. */
  public sealed interface Structure {
    /** All loops run over the result's elements. */
    record Elementwise(Shape domain) implements Structure {}

    /**
     * Rows of consecutive elements: reductions over whole rows, whose results later phases may
     * read.
     *
     * @param domain the shape of the reductions' operands
     * @param outer how many leading dimensions number the rows
     */
    record Rows(Shape domain, int outer) implements Structure {
      public long rows() {
        return IndexMap.product(domain.toArray(), outer);
      }

      public long inner() {
        return rows() == 0 ? 0 : domain.size() / rows();
      }
    }

    /** Rows cut into chunks of a fixed number of elements, whose results are reduced again. */
    record Chunks(Shape domain, int outer, long chunk) implements Structure {}

    /** Reductions over dimensions of which none is the last: each lane keeps its own sum. */
    record Columns(Shape domain, Axes reduced) implements Structure {}
  }

  public Group {
    nodes = List.copyOf(nodes);
    roots = List.copyOf(roots);
    rowNodes = Set.copyOf(rowNodes);
  }

  /** Whether a value is computed by one of the nodes. */
  public boolean defines(Value v) {
    return nodes.stream().anyMatch(i -> i.results().contains(v));
  }
}
