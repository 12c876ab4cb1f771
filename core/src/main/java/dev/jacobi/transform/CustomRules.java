package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.trace.Tracer;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.List;

/** Functions of trees with derivative rules of the user's own. */
public final class CustomRules {
  private CustomRules() {}

  /**
   * Calls {@code fn}; its tangents come from {@code rule} of the arguments and then their tangents.
   */
  public static Object jvp(TreeFn fn, TreeFn rule, Object... arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    if (concrete(args)) {
      return fn.call().apply(arguments);
    }
    TreeFn.FlatFn flat = fn.flat(args.defs());
    JaxprTrace.Traced traced = trace(flat, args);
    Flat flatRule =
        leaves -> {
          List<TreeDef> twice = new ArrayList<>(args.defs());
          twice.addAll(args.defs());
          TreeFn.FlatFn both = rule.flat(twice);
          List<Array> outs = both.apply(leaves);
          if (outs.size() != 2 * traced.jaxpr().outs().size()) {
            throw new CustomRuleException(
                "the custom JVP rule of "
                    + fn.name()
                    + " must give a value and a tangent of the"
                    + " structure of the function's result "
                    + flat.out()
                    + ", but gave "
                    + both.out());
          }
          return outs;
        };
    int captured = traced.captured().size();
    return call(
        new CustomJvp(fn.name(), traced.jaxpr(), captured, flatRule), traced, args, flat.out());
  }

  /**
   * Calls {@code fn}; when it is differentiated in reverse, {@code forward} gives its value and
   * residuals (a record of two, in that order), and {@code backward} of the residuals and the
   * cotangent gives one cotangent per argument (a list if there are several).
   */
  public static Object vjp(TreeFn fn, TreeFn forward, TreeFn backward, Object... arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    if (concrete(args)) {
      return fn.call().apply(arguments);
    }
    TreeFn.FlatFn flat = fn.flat(args.defs());
    JaxprTrace.Traced traced = trace(flat, args);
    TreeDef[] residuals = new TreeDef[1];
    Flat flatForward =
        leaves -> {
          Object both = forward.call().apply(TreeFn.unflatten(args.defs(), leaves));
          dev.jacobi.WithResiduals<?, ?> result = (dev.jacobi.WithResiduals<?, ?>) both;
          TreeFn.Args parts = TreeFn.Args.of(result.value(), result.residuals());
          flat.out().require(parts.defs().get(0), "the value of the forward rule");
          residuals[0] = parts.defs().get(1);
          return parts.leaves();
        };
    Flat flatBackward =
        leaves -> {
          List<TreeDef> defs = List.of(residuals[0], flat.out());
          Object cotangents = backward.call().apply(TreeFn.unflatten(defs, leaves));
          Object[] each =
              args.defs().size() == 1
                  ? new Object[] {cotangents}
                  : ((dev.jacobi.Cotangents) cotangents).toArray();
          TreeFn.Args pulled = TreeFn.Args.of(each);
          for (int i = 0; i < args.defs().size(); i++) {
            args.defs().get(i).require(pulled.defs().get(i), "the cotangent of argument " + i);
          }
          return pulled.leaves();
        };
    int captured = traced.captured().size();
    return call(
        new CustomVjp(fn.name(), traced.jaxpr(), captured, flatForward, flatBackward),
        traced,
        args,
        flat.out());
  }

  /**
   * Calls a program of arrays that has a rule for its cotangents.
   *
   * @param call what the program computes, as it is called where derivatives are taken
   * @param backward from operands and cotangents of the results to cotangents of the operands
   */
  public static List<Array> withPullback(
      String name, Jaxpr jaxpr, Flat call, Flat backward, List<Array> operands) {
    Flat forward =
        leaves -> {
          List<Array> all = new ArrayList<>(call.apply(leaves));
          all.addAll(leaves); // the residuals
          return all;
        };
    return Bind.bind(new CustomVjp(name, jaxpr, 0, forward, backward), operands);
  }

  private static boolean concrete(TreeFn.Args args) {
    return Context.isEager() && args.leaves().stream().noneMatch(Tracer.class::isInstance);
  }

  private static JaxprTrace.Traced trace(TreeFn.FlatFn flat, TreeFn.Args args) {
    List<Aval> avals = args.leaves().stream().map(Array::aval).toList();
    return Jaxprs.trace("a function with a custom derivative", avals, flat);
  }

  private static Object call(
      dev.jacobi.jaxpr.Primitive primitive,
      JaxprTrace.Traced traced,
      TreeFn.Args args,
      TreeDef out) {
    List<Array> operands = new ArrayList<>(traced.captured());
    operands.addAll(args.leaves());
    return Leaves.unflatten(out, Bind.bind(primitive, operands));
  }
}
