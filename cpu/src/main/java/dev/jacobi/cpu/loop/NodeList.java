package dev.jacobi.cpu.loop;

import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Op;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Nodes in order, each different from the others. */
final class NodeList {
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Node, Integer> at = new HashMap<>();

  /** The position of a node, appended if it is new. */
  int add(Node node) {
    return at.computeIfAbsent(
        node,
        n -> {
          nodes.add(n);
          return nodes.size() - 1;
        });
  }

  /** The node of an elementwise operation. */
  int elementwise(Op op, List<Integer> args) {
    return switch (op) {
      case ElementwiseOp.Pointwise o ->
          add(new Node.Apply(o.fn(), Infer.resultTypes(o).getFirst().dtype(), args));
      case ElementwiseOp.Compare o ->
          add(new Node.Compare(o.direction(), o.order(), o.lhs().dtype(), args));
      case ElementwiseOp.Convert o ->
          o.operand().dtype() == o.dtype()
              ? args.getFirst()
              : add(new Node.Convert(o.operand().dtype(), o.dtype(), args));
      case ElementwiseOp.ReducePrecision o ->
          add(new Node.Reduced(o.exponentBits(), o.mantissaBits(), o.operand().dtype(), args));
      case ElementwiseOp.BitcastConvert o ->
          o.operand().dtype() == o.type().dtype()
              ? args.getFirst()
              : add(new Node.Bitcast(o.operand().dtype(), o.type().dtype(), args));
      default -> throw new IllegalArgumentException(op.mnemonic() + " is not elementwise");
    };
  }

  Node get(int position) {
    return nodes.get(position);
  }

  int size() {
    return nodes.size();
  }

  List<Node> toList() {
    return List.copyOf(nodes);
  }
}
