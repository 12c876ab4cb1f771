package dev.jacobi.debug;

import dev.jacobi.Array;
import dev.jacobi.hlo.Loc;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Effect;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.UserCode;
import dev.jacobi.transform.Flat;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.tree.TreeDef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Calls of Java from programs, on trees. */
public final class Callbacks {
  private Callbacks() {}

  /** Prints a line with values, on {@code System.out}. */
  public static void print(Order order, String format, Object... values) {
    NullArgumentException.require(format, "debug_print", "the message");
    NullArgumentException.require(values, "debug_print", "the array of values");
    Template template = Template.of("debug_print", format, values.length);
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("fmt", format);
    params.put("ordered", order == Order.ORDERED);
    tell(
        "debug_print",
        params,
        order,
        trees -> System.out.println(template.format(List.of(trees))),
        values);
  }

  /** Calls a function of trees that gives nothing. */
  public static void tell(Order order, Consumer<Object[]> f, Object... values) {
    tell(
        "debug_callback",
        Map.of("effect", order == Order.ORDERED ? "OrderedDebug" : "Debug"),
        order,
        f,
        values);
  }

  /** Shows values to the hook for breakpoints. */
  public static void breakpoint(Object... values) {
    Loc loc = UserCode.loc();
    tell(
        "breakpoint",
        Map.of(),
        Order.ORDERED,
        trees -> Breakpoints.hit(new Breakpoint(loc, List.of(trees))),
        values);
  }

  private static void tell(
      String name,
      Map<String, Object> params,
      Order order,
      Consumer<Object[]> f,
      Object... values) {
    NullArgumentException.require(order, name, "the order");
    TreeFn.Args args = TreeFn.Args.of(values);
    Flat flat =
        leaves -> {
          f.accept(TreeFn.unflatten(args.defs(), leaves));
          return List.of();
        };
    bind(name, params, flat, List.of(), order.effect(), Optional.empty(), args.leaves());
  }

  private static List<Array> bind(
      String name,
      Map<String, Object> params,
      Flat flat,
      List<Aval> outs,
      Effect effect,
      Optional<VmapMethod> method,
      List<Array> operands) {
    List<Aval> ins = operands.stream().map(Array::aval).toList();
    CallSite site =
        new CallSite(
            name,
            params,
            flat,
            ins,
            outs,
            effect,
            method,
            UserCode.loc(),
            Lanes.none(ins.size()),
            false);
    return Bind.bind(Callback.of(site), operands);
  }

  /**
   * The result of a function without side effects.
   *
   * @param result a tree of arrays, of which types and structure count
   */
  public static Object pure(
      UnaryOperator<Object> f, Object result, Object argument, @Nullable VmapMethod method) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("vmap_method", Optional.ofNullable(method));
    return call(
        "pure_callback", params, f, result, argument, Effect.NONE, Optional.ofNullable(method));
  }

  /** The result of a function with side effects. */
  public static Object io(UnaryOperator<Object> f, Object result, Object argument, Order order) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("ordered", order == Order.ORDERED);
    return call("io_callback", params, f, result, argument, order.effect(), Optional.empty());
  }

  private static Object call(
      String name,
      Map<String, Object> params,
      UnaryOperator<Object> f,
      Object result,
      Object argument,
      Effect effect,
      Optional<VmapMethod> method) {
    TreeFn.Args args = TreeFn.Args.of(argument);
    TreeFn.Args wanted = TreeFn.Args.of(result);
    TreeDef def = wanted.defs().getFirst();
    Flat flat =
        leaves -> {
          Object given = f.apply(TreeFn.unflatten(args.defs(), leaves)[0]);
          TreeFn.Args out = TreeFn.Args.of(given);
          if (!out.defs().getFirst().equals(def)) {
            throw new LaxTypeException(
                name, "the function must give " + def + ", as was said, but gave " + out.defs());
          }
          return out.leaves();
        };
    List<Aval> outs = wanted.leaves().stream().map(x -> x.aval().strong()).toList();
    List<Array> results = bind(name, params, flat, outs, effect, method, args.leaves());
    return TreeFn.unflatten(List.of(def), results)[0];
  }
}
