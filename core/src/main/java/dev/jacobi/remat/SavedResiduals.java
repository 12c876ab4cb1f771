package dev.jacobi.remat;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.CallPrimitive;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.transform.Differentiation;
import dev.jacobi.transform.Flat;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the derivative of a function keeps: {@code jax.ad_checkpoint.print_saved_residuals}. */
public final class SavedResiduals {
  private SavedResiduals() {}

  /** Each array that {@code vjp} keeps, once. */
  public static List<SavedResidual> of(TreeFn fn, Object... arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    List<Aval> avals = args.leaves().stream().map(Array::aval).toList();
    List<Boolean> linear = avals.stream().map(Aval::isDifferentiable).toList();
    Flat flat = leaves -> TreeFn.Args.of(call(fn, args.defs(), leaves)).leaves();
    Jaxpr program =
        Jaxprs.trace(
                "savedResiduals",
                avals,
                leaves -> Differentiation.linearize(flat, leaves, linear).program().captured())
            .jaxpr();
    return residuals(program, args.defs());
  }

  private static Object call(TreeFn fn, List<TreeDef> defs, List<Array> leaves) {
    return fn.call().apply(TreeFn.unflatten(defs, leaves));
  }

  private static List<SavedResidual> residuals(Jaxpr program, List<TreeDef> defs) {
    Set<Atom> kept = new LinkedHashSet<>(program.outs());
    List<SavedResidual> all = new ArrayList<>();
    int captured = program.captured();
    for (int i = 0; i < program.ins().size(); i++) {
      Atom.Var v = program.ins().get(i);
      if (kept.contains(v)) {
        String source =
            i < captured ? "from a constant" : "from the argument " + path(defs, i - captured);
        all.add(new SavedResidual(v.aval(), source));
      }
    }
    for (Eqn eqn : program.eqns()) {
      for (Atom.Var v : eqn.outs()) {
        if (kept.contains(v)) {
          all.add(new SavedResidual(v.aval(), source(eqn) + " from " + eqn.loc()));
        }
      }
    }
    return List.copyOf(all);
  }

  private static String source(Eqn eqn) {
    return switch (eqn.primitive()) {
      case CheckpointName named -> "named '" + named.label() + "'";
      case CallPrimitive call -> "output of jitted function '" + call.function() + "'";
      default -> "output of " + eqn.primitive().name();
    };
  }

  /** The number of an argument, and the path of a leaf in it. */
  private static String path(List<TreeDef> defs, int leaf) {
    int argument = 0;
    int rest = leaf;
    while (rest >= defs.get(argument).leafCount()) {
      rest -= defs.get(argument++).leafCount();
    }
    String path = defs.get(argument).leafPaths().get(rest).toString();
    return argument + (path.isEmpty() || path.startsWith("[") ? path : "." + path);
  }
}
