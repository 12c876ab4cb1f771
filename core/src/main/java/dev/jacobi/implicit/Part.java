package dev.jacobi.implicit;

import dev.jacobi.Array;
import dev.jacobi.Aux;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.trace.UserCode;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.transform.Trees;
import dev.jacobi.tree.TreeDef;
import dev.jacobi.tree.TreeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One of the functions that make up an equation and its solver, as a program.
 *
 * @param jaxpr from constants and arguments to the result
 * @param consts the constants, which the function captured
 * @param out the result's structure
 */
record Part(Jaxpr jaxpr, List<Array> consts, TreeDef out) {
  /** What the unknown is like. */
  record Unknown(TreeDef def, List<Array> leaves) {
    static Unknown of(Object tree) {
      TreeFn.Args args = TreeFn.Args.of(tree);
      return new Unknown(args.defs().getFirst(), args.leaves());
    }

    List<Aval> avals() {
      return leaves.stream().map(Array::aval).toList();
    }

    /** The leaves of a value that a solver gives to a function of the unknown. */
    List<Array> leaves(String construct, Object value) {
      TreeFn.Args args = TreeFn.Args.of(value);
      List<Aval> given = args.leaves().stream().map(Array::aval).toList();
      List<String> differences =
          Trees.differences("the argument", def, avals(), args.defs().getFirst(), given);
      requireNone(differences, construct, "the function must be given", "what it is given");
      return args.leaves();
    }

    Object tree(List<Array> values) {
      return Trees.unflatten(def, values);
    }
  }

  /**
   * Traces a function.
   *
   * @param construct for messages
   * @param avals types of its arguments' leaves
   */
  static Part trace(String construct, List<Aval> avals, Function<List<Array>, Object> f) {
    List<TreeDef> outs = new ArrayList<>();
    JaxprTrace.Traced traced =
        Jaxprs.trace(
            construct,
            avals,
            leaves -> {
              var result = TreeFn.Args.of(f.apply(leaves));
              outs.add(result.defs().getFirst());
              return result.leaves();
            });
    return new Part(traced.jaxpr().closed(), traced.captured(), outs.getFirst());
  }

  /** Checks that the result is like the unknown. */
  Part like(Unknown x, String construct, String function) {
    return like(x, construct, function, out);
  }

  /** Checks that the result is like the unknown, or is {@link Aux} of that and of other data. */
  Part likeWithAux(Unknown x, String construct, String function) {
    boolean aux =
        !out.equals(x.def) && out.node() instanceof TreeNode.OfRecord r && r.type() == Aux.class;
    return like(x, construct, function, aux ? out.children().getFirst() : out);
  }

  private Part like(Unknown x, String construct, String function, TreeDef def) {
    List<Aval> avals = jaxpr.outAvals().subList(0, def.leafCount());
    List<String> differences = Trees.differences("the result", x.def, x.avals(), def, avals);
    requireNone(differences, construct, function + " must give", "what it gives");
    return this;
  }

  private static void requireNone(
      List<String> differences, String construct, String must, String what) {
    if (!differences.isEmpty()) {
      throw new SolveException(
          construct
              + " at "
              + UserCode.line()
              + ": "
              + must
              + " what the unknown is like, but of the unknown and "
              + what
              + " "
              + String.join("; ", differences)
              + ".");
    }
  }
}
