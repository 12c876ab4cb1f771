package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.JvpResult;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.AbstractArray;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.trace.UserCode;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forward and reverse derivatives, and programs, of functions of trees. */
public final class Transforms {
  private Transforms() {}

  /** Value and derivative along tangents of the arguments' structures. */
  public static JvpResult<Object> jvp(TreeFn fn, Object[] primals, Object[] tangents) {
    TreeFn.Args args = TreeFn.Args.of(primals);
    TreeFn.Args along = TreeFn.Args.of(tangents);
    for (int i = 0; i < primals.length; i++) {
      args.defs().get(i).require(along.defs().get(i), "the tangent of argument " + i);
    }
    List<@Nullable Array> ts = new ArrayList<>();
    for (int i = 0; i < args.leaves().size(); i++) {
      Array x = args.leaves().get(i);
      Array t = along.leaves().get(i);
      matching("jvp: tangent", i, x.aval(), t);
      ts.add(x.aval().isDifferentiable() ? t : null);
    }
    TreeFn.FlatFn flat = fn.flat(args.defs());
    var out = Differentiation.jvp(flat, args.leaves(), ts);
    List<Array> derivatives = Gradients.instantiate(out.tangents(), out.primals());
    return new JvpResult<>(
        Leaves.unflatten(flat.out(), out.primals()), Leaves.unflatten(flat.out(), derivatives));
  }

  private static void matching(String what, int leaf, Aval p, Array other) {
    Aval o = other.aval();
    if (!p.shape().equals(o.shape()) || p.isDifferentiable() && p.dtype() != o.dtype()) {
      throw new GradientException(
          what
              + " at "
              + UserCode.line()
              + ": leaf "
              + leaf
              + " must be of type "
              + p
              + ", but it is "
              + o);
    }
  }

  /** A derivative at a point, with the structures of what it maps between. */
  public record Derivative(
      Object value, TreeDef out, TreeFn.Args args, Differentiation.Linearized lin) {
    /** Cotangents of the arguments. */
    public List<Object> pull(Object cotangent) {
      TreeFn.Args ct = TreeFn.Args.of(cotangent);
      out.require(ct.defs().getFirst(), "the cotangent");
      for (int i = 0; i < ct.leaves().size(); i++) {
        matching("vjp: cotangent", i, lin.primals().get(i).aval(), ct.leaves().get(i));
      }
      List<@Nullable Array> pulled = lin.pull(new ArrayList<>(ct.leaves()));
      List<Array> all = spread(pulled);
      List<Object> results = new ArrayList<>();
      for (int i = 0; i < args.defs().size(); i++) {
        int from = args.start(i);
        TreeDef def = args.defs().get(i);
        results.add(Leaves.unflatten(def, all.subList(from, from + def.leafCount())));
      }
      return results;
    }

    private List<Array> spread(List<@Nullable Array> pulled) {
      List<Array> all = new ArrayList<>();
      int next = 0;
      for (Array leaf : args.leaves()) {
        Array g = leaf.aval().isDifferentiable() ? pulled.get(next++) : null;
        all.add(g == null ? Zeros.of(leaf.aval().strong()) : g);
      }
      return all;
    }

    /** The derivative along a tangent of the first argument. */
    public Object push(Object tangent) {
      TreeFn.Args t = TreeFn.Args.of(tangent);
      args.defs().getFirst().require(t.defs().getFirst(), "the tangent");
      List<Array> some = new ArrayList<>();
      for (int i = 0; i < t.leaves().size(); i++) {
        matching("linearize: tangent", i, args.leaves().get(i).aval(), t.leaves().get(i));
        if (args.leaves().get(i).aval().isDifferentiable()) {
          some.add(t.leaves().get(i));
        }
      }
      return Leaves.unflatten(out, lin.push(some));
    }
  }

  /** Value and derivative in every differentiable leaf. */
  public static Derivative vjp(TreeFn fn, Object... arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    List<Boolean> linear = args.leaves().stream().map(a -> a.aval().isDifferentiable()).toList();
    TreeFn.FlatFn flat = fn.flat(args.defs());
    var lin = Differentiation.linearize(flat, args.leaves(), linear);
    return new Derivative(Leaves.unflatten(flat.out(), lin.primals()), flat.out(), args, lin);
  }

  /** The transpose of a linear function applied to a cotangent. */
  public static Object transpose(TreeFn fn, Object example, Object cotangent) {
    TreeFn.Args args = TreeFn.Args.of(example);
    TreeFn.Args ct = TreeFn.Args.of(cotangent);
    List<Aval> avals = args.leaves().stream().map(a -> a.aval().strong()).toList();
    TreeFn.FlatFn flat = fn.flat(args.defs());
    JaxprTrace.Traced traced = Jaxprs.trace("linearTranspose", avals, flat);
    flat.out().require(ct.defs().getFirst(), "the cotangent");
    for (int i = 0; i < ct.leaves().size(); i++) {
      Aval out = traced.jaxpr().outAvals().get(i);
      matching("linearTranspose: cotangent", i, out, ct.leaves().get(i));
    }
    List<@Nullable Array> pulled =
        Transposition.pull(traced.jaxpr(), traced.captured(), new ArrayList<>(ct.leaves()));
    return Leaves.unflatten(args.defs().getFirst(), Gradients.instantiate(pulled, args.leaves()));
  }

  /** The function's program. */
  public static Jaxpr makeJaxpr(TreeFn fn, Object... arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    List<Aval> avals = args.leaves().stream().map(Array::aval).toList();
    return Jaxprs.trace("makeJaxpr", avals, fn.flat(args.defs())).jaxpr();
  }

  /** An array without a value. */
  public static Array spec(DType dtype, long... sizes) {
    for (long size : sizes) {
      if (size < 0 && size != Shape.DYNAMIC) {
        throw new LaxTypeException("spec", "has a negative size: " + Arrays.toString(sizes));
      }
    }
    return new AbstractArray(Aval.of(dtype, sizes));
  }

  /** The result with abstract arrays as leaves. */
  public static Object evalShape(TreeFn fn, Object... arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    List<Aval> avals = args.leaves().stream().map(Array::aval).toList();
    TreeFn.FlatFn flat = fn.flat(args.defs());
    Jaxpr jaxpr = Jaxprs.trace("evalShape", avals, flat).jaxpr();
    List<Array> outs = new ArrayList<>();
    jaxpr.outAvals().forEach(a -> outs.add(new AbstractArray(a)));
    return Leaves.unflatten(flat.out(), outs);
  }
}
