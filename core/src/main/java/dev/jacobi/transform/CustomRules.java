package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Convert;
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
          List<Aval> wanted = traced.jaxpr().outAvals();
          List<Aval> given = outs.stream().map(Array::aval).toList();
          int n = wanted.size();
          requireLike("the value of the JVP rule", fn, wanted, given.subList(0, n));
          requireLike("the tangent of the JVP rule", fn, wanted, given.subList(n, 2 * n));
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
    List<Aval> wanted = args.leaves().stream().map(Array::aval).toList();
    TreeDef[] residuals = new TreeDef[1];
    Flat flatForward =
        leaves -> {
          Object both = forward.call().apply(TreeFn.unflatten(args.defs(), leaves));
          if (both == null) {
            throw new CustomRuleException(
                "the forward rule of "
                    + fn.name()
                    + " must give new WithResiduals<>(value, residuals), not null");
          }
          dev.jacobi.WithResiduals<?, ?> result = (dev.jacobi.WithResiduals<?, ?>) both;
          TreeFn.Args parts = TreeFn.Args.of(result.value(), result.residuals());
          flat.out().require(parts.defs().get(0), "the value of the forward rule");
          List<Aval> value = parts.leaves(0).stream().map(Array::aval).toList();
          requireLike("the value of the forward rule", fn, traced.jaxpr().outAvals(), value);
          residuals[0] = parts.defs().get(1);
          return parts.leaves();
        };
    Flat flatBackward =
        leaves -> {
          List<TreeDef> defs = List.of(residuals[0], flat.out());
          Object cotangents = backward.call().apply(TreeFn.unflatten(defs, leaves));
          Object[] each =
              args.defs().size() > 1 && cotangents instanceof dev.jacobi.Cotangents several
                  ? several.toArray()
                  : new Object[] {cotangents};
          TreeFn.Args pulled = TreeFn.Args.of(each);
          for (int i = 0; i < args.defs().size(); i++) {
            args.defs().get(i).require(pulled.defs().get(i), "the cotangent of argument " + i);
          }
          return cotangents(fn, wanted, pulled.leaves());
        };
    int captured = traced.captured().size();
    return call(
        new CustomVjp(fn.name(), traced.jaxpr(), captured, flatForward, flatBackward),
        traced,
        args,
        flat.out());
  }

  /** What a backward rule gives: in the shapes of the arguments, and then in their types. */
  private static List<Array> cotangents(TreeFn fn, List<Aval> wanted, List<Array> given) {
    List<Array> all = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Array ct = given.get(i);
      Aval aval = wanted.get(i);
      if (!aval.isDifferentiable()) {
        all.add(ct); // nobody looks at it
        continue;
      }
      Array real = ct.dtype() == aval.dtype() ? ct : Convert.convertElementType(ct, aval.dtype());
      requireLike("the cotangent of the VJP rule", fn, List.of(aval), List.of(real.aval()));
      all.add(real);
    }
    return all;
  }

  private static void requireLike(String what, TreeFn fn, List<Aval> wanted, List<Aval> given) {
    for (int i = 0; i < wanted.size(); i++) {
      Aval aval = wanted.get(i);
      Aval anywhere = given.get(i).strong().withVarying(aval.varying());
      if (aval.isDifferentiable() && !aval.strong().equals(anywhere)) {
        throw new CustomRuleException(
            what
                + " of the function "
                + fn.name()
                + " must be of the type "
                + aval.strong()
                + ", but it is "
                + given.get(i));
      }
    }
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
