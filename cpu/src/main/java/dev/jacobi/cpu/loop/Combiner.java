package dev.jacobi.cpu.loop;

import static dev.jacobi.hlo.ElementwiseOp.Direction.EQ;
import static dev.jacobi.hlo.ElementwiseOp.Direction.NE;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The scalar body of a reduction or scatter as nodes: parameters are {@link Node.Arg}s. A body is
 * associative, or its result is not defined; if it does not commute too, elements must be combined
 * in their order.
 *
 * @param types element types of the parameters
 * @param nodes the body
 * @param results positions of the results
 * @param commutes whether its two sides may change places
 */
public record Combiner(
    List<DType> types, List<Node> nodes, List<Integer> results, boolean commutes) {
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
    List<DType> types = body.params().stream().map(Value::dtype).toList();
    Combiner c = new Combiner(types, nodes.toList(), results, false);
    return c.canonical(false).equals(c.canonical(true)) ? c.commuting() : c;
  }

  /** The same, known to commute. */
  Combiner commuting() {
    return new Combiner(types, nodes, results, true);
  }

  /** Whether another body computes the same in the same way, however it is written down. */
  boolean matches(Combiner other) {
    return types.equals(other.types) && canonical(false).equals(other.canonical(false));
  }

  /** What the results are, with operands that may change places in one order. */
  private List<List<?>> canonical(boolean swapped) {
    NodeList out = new NodeList();
    int n = types.size();
    IntStream.range(0, n).forEach(i -> out.add(new Node.Arg(i, types.get(i))));
    int[] to = new int[nodes.size()];
    for (int i = 0; i < to.length; i++) {
      to[i] =
          nodes.get(i) instanceof Node.Arg(int index, _) && swapped
              ? (index + n / 2) % n
              : out.add(sorted(Unread.renumbered(nodes.get(i), to)));
    }
    return List.of(out.toList(), results.stream().map(i -> to[i]).toList());
  }

  private static Node sorted(Node node) {
    List<Integer> ascending = node.args().stream().sorted().toList();
    return switch (node) {
      case Node.Apply(Fn fn, DType type, _) when fn.commutes() ->
          new Node.Apply(fn, type, ascending);
      case Node.Compare o when o.direction() == EQ || o.direction() == NE ->
          new Node.Compare(o.direction(), o.order(), o.operand(), ascending);
      default -> node;
    };
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
