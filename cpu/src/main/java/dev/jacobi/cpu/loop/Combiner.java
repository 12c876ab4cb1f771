package dev.jacobi.cpu.loop;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The scalar body of a reduction or scatter as nodes: parameters are {@link Node.Arg}s.
 *
 * @param types element types of the parameters
 * @param nodes the body
 * @param results positions of the results
 */
public record Combiner(List<DType> types, List<Node> nodes, List<Integer> results) {
  public Combiner {
    types = List.copyOf(types);
    nodes = List.copyOf(nodes);
    results = List.copyOf(results);
  }

  /** Translates a body of scalar elementwise operations. */
  public static Combiner of(Block body) {
    NodeList nodes = new NodeList();
    Map<Value, Integer> at = new HashMap<>();
    for (int i = 0; i < body.params().size(); i++) {
      at.put(body.params().get(i), nodes.add(new Node.Arg(i, body.params().get(i).dtype())));
    }
    for (Instr instr : body.instrs()) {
      at.put(instr.result(), translate(instr.op(), at, nodes));
    }
    List<Integer> results = new ArrayList<>();
    body.results().forEach(v -> results.add(at.get(v)));
    return new Combiner(body.params().stream().map(Value::dtype).toList(), nodes.toList(), results);
  }

  private static int translate(Op op, Map<Value, Integer> at, NodeList nodes) {
    List<Integer> args = op.operands().stream().map(at::get).toList();
    return switch (op) {
      case ElementwiseOp.Constant o -> nodes.add(new Node.Const(o.literal()));
      case ShapeOp.BroadcastInDim _, ShapeOp.Reshape _, ShapeOp.Transpose _, ShapeOp.Reverse _ ->
          args.getFirst();
      default -> nodes.elementwise(op, args);
    };
  }

  /** Whether an operation may stand in a combiner. */
  public static boolean supports(Op op) {
    return switch (op) {
      case ElementwiseOp.Constant _,
          ElementwiseOp.Pointwise _,
          ElementwiseOp.Compare _,
          ElementwiseOp.Convert _ ->
          true;
      case ElementwiseOp.ReducePrecision _, ElementwiseOp.BitcastConvert _ -> true;
      case ShapeOp.BroadcastInDim o -> o.shape().isScalar();
      case ShapeOp.Reshape o -> o.shape().isScalar() && o.operand().shape().isScalar();
      default -> false;
    };
  }

  /** Fails with a name if a body holds what a combiner cannot. */
  public static void check(String where, Block body) {
    for (Instr i : body.instrs()) {
      if (!supports(i.op())) {
        throw new UnsupportedOpException(
            i.op().mnemonic() + " in the body of " + where, i.loc().toString());
      }
    }
  }
}
