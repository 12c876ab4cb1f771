package dev.jacobi;

import dev.jacobi.control.Mapped;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Convert;
import dev.jacobi.remat.CheckpointOptions;
import dev.jacobi.remat.Checkpoints;
import dev.jacobi.remat.SavedResidual;
import dev.jacobi.remat.SavedResiduals;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.transform.Axis;
import dev.jacobi.transform.CustomRules;
import dev.jacobi.transform.Gradients;
import dev.jacobi.transform.InAxes;
import dev.jacobi.transform.Jacobians;
import dev.jacobi.transform.JitFunction;
import dev.jacobi.transform.OutAxes;
import dev.jacobi.transform.Staging;
import dev.jacobi.transform.Transforms;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.transform.VmapException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The transformations, for {@code import static dev.jacobi.Jacobi.*}. Each takes a pure function
 * and gives a function; they compose in any order. Functions of arrays ({@code Op}) give functions
 * of arrays; functions of trees ({@code Fn}) keep their types.
 */
@SuppressWarnings({
  "overloads", // an implicitly typed lambda means the Op, a typed one or a method reference the Fn
  "unchecked" // a transformed function's result has the structure that its type says
})
public final class Jacobi extends JacobiParallel {
  /** In {@link #in} and {@link #out}: no batch axis. */
  public static final int NONE = Axis.NONE;

  private Jacobi() {}

  private static <A, R> TreeFn fn(Fn1<A, R> f) {
    return new TreeFn(f, x -> f.apply((A) x[0]));
  }

  private static <A, B, R> TreeFn fn(Fn2<A, B, R> f) {
    return new TreeFn(f, x -> f.apply((A) x[0], (B) x[1]));
  }

  private static <A, B, C, R> TreeFn fn(Fn3<A, B, C, R> f) {
    return new TreeFn(f, x -> f.apply((A) x[0], (B) x[1], (C) x[2]));
  }

  private static <A, B, C, D, R> TreeFn fn(Fn4<A, B, C, D, R> f) {
    return new TreeFn(f, x -> f.apply((A) x[0], (B) x[1], (C) x[2], (D) x[3]));
  }

  /** Compiles a function: traced and compiled once per types of its arguments. */
  public static JitOp1 jit(Op1 f) {
    return new JitOp1(new JitFunction(fn(f), Set.of(), 0));
  }

  /** Compiles a function of trees. */
  public static <A, R> JitFn1<A, R> jit(Fn1<A, R> f) {
    return new JitFn1<>(new JitFunction(fn(f), Set.of(), 0));
  }

  /** Compiles a function: traced and compiled once per types of its arguments. */
  public static JitOp2 jit(Op2 f) {
    return new JitOp2(new JitFunction(fn(f), Set.of(), 0));
  }

  /** Compiles a function of trees. */
  public static <A, B, R> JitFn2<A, B, R> jit(Fn2<A, B, R> f) {
    return new JitFn2<>(new JitFunction(fn(f), Set.of(), 0));
  }

  /** Compiles a function: traced and compiled once per types of its arguments. */
  public static JitOp3 jit(Op3 f) {
    return new JitOp3(new JitFunction(fn(f), Set.of(), 0));
  }

  /** Compiles a function of trees. */
  public static <A, B, C, R> JitFn3<A, B, C, R> jit(Fn3<A, B, C, R> f) {
    return new JitFn3<>(new JitFunction(fn(f), Set.of(), 0));
  }

  /** Compiles a function: traced and compiled once per types of its arguments. */
  public static JitOp4 jit(Op4 f) {
    return new JitOp4(new JitFunction(fn(f), Set.of(), 0));
  }

  /** Compiles a function of trees. */
  public static <A, B, C, D, R> JitFn4<A, B, C, D, R> jit(Fn4<A, B, C, D, R> f) {
    return new JitFn4<>(new JitFunction(fn(f), Set.of(), 0));
  }

  /** The gradient of a scalar function in its first argument. */
  public static Op1 grad(Op1 f) {
    TreeFn fn = fn(f);
    return (a) -> (Array) Gradients.valueAndGrads("grad", fn, 1, a).grads().getFirst();
  }

  /** The gradient of a scalar function in its first argument, of the argument's structure. */
  public static <A> Fn1<A, A> grad(Fn1<A, Array> f) {
    TreeFn fn = fn(f);
    return (a) -> (A) Gradients.valueAndGrads("grad", fn, 1, a).grads().getFirst();
  }

  /** The gradient of a scalar function in its first argument. */
  public static Op2 grad(Op2 f) {
    TreeFn fn = fn(f);
    return (a, b) -> (Array) Gradients.valueAndGrads("grad", fn, 1, a, b).grads().getFirst();
  }

  /** The gradient of a scalar function in its first argument, of the argument's structure. */
  public static <A, B> Fn2<A, B, A> grad(Fn2<A, B, Array> f) {
    TreeFn fn = fn(f);
    return (a, b) -> (A) Gradients.valueAndGrads("grad", fn, 1, a, b).grads().getFirst();
  }

  /** The gradient of a scalar function in its first argument. */
  public static Op3 grad(Op3 f) {
    TreeFn fn = fn(f);
    return (a, b, c) -> (Array) Gradients.valueAndGrads("grad", fn, 1, a, b, c).grads().getFirst();
  }

  /** The gradient of a scalar function in its first argument, of the argument's structure. */
  public static <A, B, C> Fn3<A, B, C, A> grad(Fn3<A, B, C, Array> f) {
    TreeFn fn = fn(f);
    return (a, b, c) -> (A) Gradients.valueAndGrads("grad", fn, 1, a, b, c).grads().getFirst();
  }

  /** The gradient of a scalar function in its first argument. */
  public static Op4 grad(Op4 f) {
    TreeFn fn = fn(f);
    return (a, b, c, d) ->
        (Array) Gradients.valueAndGrads("grad", fn, 1, a, b, c, d).grads().getFirst();
  }

  /** The gradient of a scalar function in its first argument, of the argument's structure. */
  public static <A, B, C, D> Fn4<A, B, C, D, A> grad(Fn4<A, B, C, D, Array> f) {
    TreeFn fn = fn(f);
    return (a, b, c, d) ->
        (A) Gradients.valueAndGrads("grad", fn, 1, a, b, c, d).grads().getFirst();
  }

  /** A scalar function's value and its gradient in the first argument. */
  public static Fn1<Array, ValueAndGrad<Array, Array>> valueAndGrad(Op1 f) {
    return Jacobi.<Array, Array>valueAndGrad((Fn1<Array, Array>) f);
  }

  /**
   * A function's value and its gradient in the first argument. The value is a scalar array, or
   * {@link Aux} of one and of data that is passed through.
   */
  public static <A, V> Fn1<A, ValueAndGrad<V, A>> valueAndGrad(Fn1<A, V> f) {
    TreeFn fn = fn(f);
    return (a) -> {
      var r = Gradients.valueAndGrads("valueAndGrad", fn, 1, a);
      return new ValueAndGrad<>((V) r.value(), (A) r.grads().getFirst());
    };
  }

  /** A scalar function's value and its gradient in the first argument. */
  public static Fn2<Array, Array, ValueAndGrad<Array, Array>> valueAndGrad(Op2 f) {
    return Jacobi.<Array, Array, Array>valueAndGrad((Fn2<Array, Array, Array>) f);
  }

  /**
   * A function's value and its gradient in the first argument. The value is a scalar array, or
   * {@link Aux} of one and of data that is passed through.
   */
  public static <A, B, V> Fn2<A, B, ValueAndGrad<V, A>> valueAndGrad(Fn2<A, B, V> f) {
    TreeFn fn = fn(f);
    return (a, b) -> {
      var r = Gradients.valueAndGrads("valueAndGrad", fn, 1, a, b);
      return new ValueAndGrad<>((V) r.value(), (A) r.grads().getFirst());
    };
  }

  /** A scalar function's value and its gradient in the first argument. */
  public static Fn3<Array, Array, Array, ValueAndGrad<Array, Array>> valueAndGrad(Op3 f) {
    return Jacobi.<Array, Array, Array, Array>valueAndGrad((Fn3<Array, Array, Array, Array>) f);
  }

  /**
   * A function's value and its gradient in the first argument. The value is a scalar array, or
   * {@link Aux} of one and of data that is passed through.
   */
  public static <A, B, C, V> Fn3<A, B, C, ValueAndGrad<V, A>> valueAndGrad(Fn3<A, B, C, V> f) {
    TreeFn fn = fn(f);
    return (a, b, c) -> {
      var r = Gradients.valueAndGrads("valueAndGrad", fn, 1, a, b, c);
      return new ValueAndGrad<>((V) r.value(), (A) r.grads().getFirst());
    };
  }

  /** A scalar function's value and its gradient in the first argument. */
  public static Fn4<Array, Array, Array, Array, ValueAndGrad<Array, Array>> valueAndGrad(Op4 f) {
    return Jacobi.<Array, Array, Array, Array, Array>valueAndGrad(
        (Fn4<Array, Array, Array, Array, Array>) f);
  }

  /**
   * A function's value and its gradient in the first argument. The value is a scalar array, or
   * {@link Aux} of one and of data that is passed through.
   */
  public static <A, B, C, D, V> Fn4<A, B, C, D, ValueAndGrad<V, A>> valueAndGrad(
      Fn4<A, B, C, D, V> f) {
    TreeFn fn = fn(f);
    return (a, b, c, d) -> {
      var r = Gradients.valueAndGrads("valueAndGrad", fn, 1, a, b, c, d);
      return new ValueAndGrad<>((V) r.value(), (A) r.grads().getFirst());
    };
  }

  /** The gradients of a scalar function in all arguments. */
  public static Fn2<Array, Array, Grads2<Array, Array>> grads(Op2 f) {
    return grads((Fn2<Array, Array, Array>) f);
  }

  /** The gradients of a scalar function in all arguments. */
  public static <A, B> Fn2<A, B, Grads2<A, B>> grads(Fn2<A, B, Array> f) {
    TreeFn fn = fn(f);
    return (a, b) -> {
      var g = Gradients.valueAndGrads("grads", fn, 2, a, b).grads();
      return new Grads2<>((A) g.get(0), (B) g.get(1));
    };
  }

  /** The gradients of a scalar function in all arguments. */
  public static Fn3<Array, Array, Array, Grads3<Array, Array, Array>> grads(Op3 f) {
    return grads((Fn3<Array, Array, Array, Array>) f);
  }

  /** The gradients of a scalar function in all arguments. */
  public static <A, B, C> Fn3<A, B, C, Grads3<A, B, C>> grads(Fn3<A, B, C, Array> f) {
    TreeFn fn = fn(f);
    return (a, b, c) -> {
      var g = Gradients.valueAndGrads("grads", fn, 3, a, b, c).grads();
      return new Grads3<>((A) g.get(0), (B) g.get(1), (C) g.get(2));
    };
  }

  /** The gradients of a scalar function in all arguments. */
  public static Fn4<Array, Array, Array, Array, Grads4<Array, Array, Array, Array>> grads(Op4 f) {
    return grads((Fn4<Array, Array, Array, Array, Array>) f);
  }

  /** The gradients of a scalar function in all arguments. */
  public static <A, B, C, D> Fn4<A, B, C, D, Grads4<A, B, C, D>> grads(Fn4<A, B, C, D, Array> f) {
    TreeFn fn = fn(f);
    return (a, b, c, d) -> {
      var g = Gradients.valueAndGrads("grads", fn, 4, a, b, c, d).grads();
      return new Grads4<>((A) g.get(0), (B) g.get(1), (C) g.get(2), (D) g.get(3));
    };
  }

  /** Maps over the leading axes of all arguments. */
  public static VmapOp1 vmap(Op1 f) {
    return vmap(f, InAxes.LEADING, OutAxes.LEADING);
  }

  public static VmapOp1 vmap(Op1 f, InAxes in) {
    return vmap(f, in, OutAxes.LEADING);
  }

  public static VmapOp1 vmap(Op1 f, InAxes in, OutAxes out) {
    return new VmapOp1(new Mapped(fn(f), in, out));
  }

  /** Maps over the leading axes of all leaves of all arguments. */
  public static <A, R> VmapFn1<A, R> vmap(Fn1<A, R> f) {
    return vmap(f, InAxes.LEADING, OutAxes.LEADING);
  }

  public static <A, R> VmapFn1<A, R> vmap(Fn1<A, R> f, InAxes in) {
    return vmap(f, in, OutAxes.LEADING);
  }

  public static <A, R> VmapFn1<A, R> vmap(Fn1<A, R> f, InAxes in, OutAxes out) {
    return new VmapFn1<>(new Mapped(fn(f), in, out));
  }

  /** Maps over the leading axes of all arguments. */
  public static VmapOp2 vmap(Op2 f) {
    return vmap(f, InAxes.LEADING, OutAxes.LEADING);
  }

  public static VmapOp2 vmap(Op2 f, InAxes in) {
    return vmap(f, in, OutAxes.LEADING);
  }

  public static VmapOp2 vmap(Op2 f, InAxes in, OutAxes out) {
    return new VmapOp2(new Mapped(fn(f), in, out));
  }

  /** Maps over the leading axes of all leaves of all arguments. */
  public static <A, B, R> VmapFn2<A, B, R> vmap(Fn2<A, B, R> f) {
    return vmap(f, InAxes.LEADING, OutAxes.LEADING);
  }

  public static <A, B, R> VmapFn2<A, B, R> vmap(Fn2<A, B, R> f, InAxes in) {
    return vmap(f, in, OutAxes.LEADING);
  }

  public static <A, B, R> VmapFn2<A, B, R> vmap(Fn2<A, B, R> f, InAxes in, OutAxes out) {
    return new VmapFn2<>(new Mapped(fn(f), in, out));
  }

  /** Maps over the leading axes of all arguments. */
  public static VmapOp3 vmap(Op3 f) {
    return vmap(f, InAxes.LEADING, OutAxes.LEADING);
  }

  public static VmapOp3 vmap(Op3 f, InAxes in) {
    return vmap(f, in, OutAxes.LEADING);
  }

  public static VmapOp3 vmap(Op3 f, InAxes in, OutAxes out) {
    return new VmapOp3(new Mapped(fn(f), in, out));
  }

  /** Maps over the leading axes of all leaves of all arguments. */
  public static <A, B, C, R> VmapFn3<A, B, C, R> vmap(Fn3<A, B, C, R> f) {
    return vmap(f, InAxes.LEADING, OutAxes.LEADING);
  }

  public static <A, B, C, R> VmapFn3<A, B, C, R> vmap(Fn3<A, B, C, R> f, InAxes in) {
    return vmap(f, in, OutAxes.LEADING);
  }

  public static <A, B, C, R> VmapFn3<A, B, C, R> vmap(Fn3<A, B, C, R> f, InAxes in, OutAxes out) {
    return new VmapFn3<>(new Mapped(fn(f), in, out));
  }

  /** Maps over the leading axes of all arguments. */
  public static VmapOp4 vmap(Op4 f) {
    return vmap(f, InAxes.LEADING, OutAxes.LEADING);
  }

  public static VmapOp4 vmap(Op4 f, InAxes in) {
    return vmap(f, in, OutAxes.LEADING);
  }

  public static VmapOp4 vmap(Op4 f, InAxes in, OutAxes out) {
    return new VmapOp4(new Mapped(fn(f), in, out));
  }

  /** Maps over the leading axes of all leaves of all arguments. */
  public static <A, B, C, D, R> VmapFn4<A, B, C, D, R> vmap(Fn4<A, B, C, D, R> f) {
    return vmap(f, InAxes.LEADING, OutAxes.LEADING);
  }

  public static <A, B, C, D, R> VmapFn4<A, B, C, D, R> vmap(Fn4<A, B, C, D, R> f, InAxes in) {
    return vmap(f, in, OutAxes.LEADING);
  }

  public static <A, B, C, D, R> VmapFn4<A, B, C, D, R> vmap(
      Fn4<A, B, C, D, R> f, InAxes in, OutAxes out) {
    return new VmapFn4<>(new Mapped(fn(f), in, out));
  }

  /**
   * Where the batch lies in each argument: an axis, {@link #NONE} for an argument that all elements
   * share, or {@link #axes} by path.
   */
  public static InAxes in(Object... axes) {
    return new InAxes(Arrays.stream(axes).map(Jacobi::axis).toList());
  }

  /** Where the batch goes in the result: an axis, {@link #NONE}, or {@link #axes} by path. */
  public static OutAxes out(Object axis) {
    return new OutAxes(axis(axis));
  }

  /** One axis for all leaves, to be followed by {@code .at(path, axis)}. */
  public static Axis axes(int axis) {
    return Axis.of(axis);
  }

  private static Axis axis(Object axis) {
    return switch (axis) {
      case Integer i -> Axis.of(i);
      case Axis a -> a;
      default ->
          throw new VmapException(
              "in and out take axis numbers, NONE or axes(...), not " + axis.getClass().getName());
    };
  }

  /**
   * A function with a JVP rule of its own: the argument and its tangent give the value and its
   * tangent.
   */
  public static <A, R> Fn1<A, R> customJvp(Fn1<A, R> f, Fn2<A, A, JvpResult<R>> rule) {
    TreeFn fn = fn(f);
    TreeFn r = fn(rule);
    return (a) -> (R) CustomRules.jvp(fn, r, a);
  }

  /**
   * A function with a JVP rule of its own: the arguments and then their tangents give the value and
   * its tangent.
   */
  public static <A, B, R> Fn2<A, B, R> customJvp(
      Fn2<A, B, R> f, Fn4<A, B, A, B, JvpResult<R>> rule) {
    TreeFn fn = fn(f);
    TreeFn r = fn(rule);
    return (a, b) -> (R) CustomRules.jvp(fn, r, a, b);
  }

  /** The same for a function of arrays. */
  public static Op1 customJvp(Op1 f, Fn2<Array, Array, JvpResult<Array>> rule) {
    return customJvp((Fn1<Array, Array>) f, rule)::apply;
  }

  /**
   * A function with a VJP rule of its own: {@code forward} gives the value and residuals, {@code
   * backward} of the residuals and the cotangent of the value gives the cotangent of the argument.
   */
  public static <A, R, S> Fn1<A, R> customVjp(
      Fn1<A, R> f, Fn1<A, WithResiduals<R, S>> forward, Fn2<S, R, A> backward) {
    TreeFn fn = fn(f);
    TreeFn fwd = fn(forward);
    TreeFn bwd = fn(backward);
    return a -> (R) CustomRules.vjp(fn, fwd, bwd, a);
  }

  /** The same for a function of arrays. */
  public static <S> Op1 customVjp(
      Op1 f, Fn1<Array, WithResiduals<Array, S>> forward, Fn2<S, Array, Array> backward) {
    return customVjp((Fn1<Array, Array>) f, forward, backward)::apply;
  }

  /** The same for two arguments; {@code backward} gives one cotangent for each. */
  public static <A, B, R, S> Fn2<A, B, R> customVjp(
      Fn2<A, B, R> f, Fn2<A, B, WithResiduals<R, S>> forward, Fn2<S, R, Grads2<A, B>> backward) {
    TreeFn fn = fn(f);
    TreeFn fwd = fn(forward);
    TreeFn bwd = fn(backward);
    return (a, b) -> (R) CustomRules.vjp(fn, fwd, bwd, a, b);
  }

  /** The function's value and its derivative along a tangent of the argument's structure. */
  public static <A, R> JvpResult<R> jvp(Fn1<A, R> f, A primal, A tangent) {
    return (JvpResult<R>) Transforms.jvp(fn(f), new Object[] {primal}, new Object[] {tangent});
  }

  /** The function's value and its derivative along tangents of both arguments. */
  public static <A, B, R> JvpResult<R> jvp(Fn2<A, B, R> f, A a, B b, A da, B db) {
    return (JvpResult<R>) Transforms.jvp(fn(f), new Object[] {a, b}, new Object[] {da, db});
  }

  /** The function's value, and the map from cotangents of the value to those of the argument. */
  public static <A, R> Vjp<R, A> vjp(Fn1<A, R> f, A primal) {
    var r = Transforms.vjp(fn(f), primal);
    return new Vjp<>((R) r.value(), ct -> (A) r.pull(ct).getFirst());
  }

  /** The function's value, and the map from cotangents of the value to those of both arguments. */
  public static <A, B, R> Vjp<R, Grads2<A, B>> vjp(Fn2<A, B, R> f, A a, B b) {
    var r = Transforms.vjp(fn(f), a, b);
    return new Vjp<>(
        (R) r.value(),
        ct -> {
          List<Object> g = r.pull(ct);
          return new Grads2<>((A) g.get(0), (B) g.get(1));
        });
  }

  /**
   * The function's value, and its derivative there as a linear function that may be called often.
   */
  public static <A, R> Linearized<R, A> linearize(Fn1<A, R> f, A primal) {
    var r = Transforms.vjp(fn(f), primal);
    return new Linearized<>((R) r.value(), t -> (R) r.push(t));
  }

  /** The transpose of a linear function, for arguments of the structure of {@code example}. */
  public static <A, R> Fn1<R, A> linearTranspose(Fn1<A, R> f, A example) {
    TreeFn fn = fn(f);
    return ct -> (A) Transforms.transpose(fn, example, ct);
  }

  /** The Jacobian by forward differentiation: shape of the result, then of the argument. */
  public static Op1 jacfwd(Op1 f) {
    TreeFn fn = fn(f);
    return x -> (Array) Jacobians.forward(fn, x);
  }

  /** One Jacobian per leaf of the argument, by forward differentiation. */
  public static <A> Fn1<A, A> jacfwd(Fn1<A, Array> f) {
    TreeFn fn = fn(f);
    return x -> (A) Jacobians.forward(fn, x);
  }

  /** The Jacobian by reverse differentiation: shape of the result, then of the argument. */
  public static Op1 jacrev(Op1 f) {
    TreeFn fn = fn(f);
    return x -> (Array) Jacobians.reverse(fn, x);
  }

  /** One Jacobian per leaf of the argument, by reverse differentiation. */
  public static <A> Fn1<A, A> jacrev(Fn1<A, Array> f) {
    TreeFn fn = fn(f);
    return x -> (A) Jacobians.reverse(fn, x);
  }

  /** Second derivatives: shape of the result, then twice that of the argument. */
  public static Op1 hessian(Op1 f) {
    return jacfwd(jacrev(f));
  }

  /** Computes the function again for its derivative, instead of keeping what that needs. */
  public static Op1 checkpoint(Op1 f) {
    return checkpoint(f, CheckpointOptions.DEFAULT);
  }

  public static Op1 checkpoint(Op1 f, CheckpointOptions options) {
    TreeFn fn = fn(f);
    return (a) -> (Array) Checkpoints.call(fn, options, a);
  }

  /** Computes the function again for its derivative, instead of keeping what that needs. */
  public static <A, R> Fn1<A, R> checkpoint(Fn1<A, R> f) {
    return checkpoint(f, CheckpointOptions.DEFAULT);
  }

  public static <A, R> Fn1<A, R> checkpoint(Fn1<A, R> f, CheckpointOptions options) {
    TreeFn fn = fn(f);
    return (a) -> (R) Checkpoints.call(fn, options, a);
  }

  /** Computes the function again for its derivative, instead of keeping what that needs. */
  public static Op2 checkpoint(Op2 f) {
    return checkpoint(f, CheckpointOptions.DEFAULT);
  }

  public static Op2 checkpoint(Op2 f, CheckpointOptions options) {
    TreeFn fn = fn(f);
    return (a, b) -> (Array) Checkpoints.call(fn, options, a, b);
  }

  /** Computes the function again for its derivative, instead of keeping what that needs. */
  public static <A, B, R> Fn2<A, B, R> checkpoint(Fn2<A, B, R> f) {
    return checkpoint(f, CheckpointOptions.DEFAULT);
  }

  public static <A, B, R> Fn2<A, B, R> checkpoint(Fn2<A, B, R> f, CheckpointOptions options) {
    TreeFn fn = fn(f);
    return (a, b) -> (R) Checkpoints.call(fn, options, a, b);
  }

  /** Computes the function again for its derivative, instead of keeping what that needs. */
  public static Op3 checkpoint(Op3 f) {
    return checkpoint(f, CheckpointOptions.DEFAULT);
  }

  public static Op3 checkpoint(Op3 f, CheckpointOptions options) {
    TreeFn fn = fn(f);
    return (a, b, c) -> (Array) Checkpoints.call(fn, options, a, b, c);
  }

  /** Computes the function again for its derivative, instead of keeping what that needs. */
  public static <A, B, C, R> Fn3<A, B, C, R> checkpoint(Fn3<A, B, C, R> f) {
    return checkpoint(f, CheckpointOptions.DEFAULT);
  }

  public static <A, B, C, R> Fn3<A, B, C, R> checkpoint(
      Fn3<A, B, C, R> f, CheckpointOptions options) {
    TreeFn fn = fn(f);
    return (a, b, c) -> (R) Checkpoints.call(fn, options, a, b, c);
  }

  /** Computes the function again for its derivative, instead of keeping what that needs. */
  public static Op4 checkpoint(Op4 f) {
    return checkpoint(f, CheckpointOptions.DEFAULT);
  }

  public static Op4 checkpoint(Op4 f, CheckpointOptions options) {
    TreeFn fn = fn(f);
    return (a, b, c, d) -> (Array) Checkpoints.call(fn, options, a, b, c, d);
  }

  /** Computes the function again for its derivative, instead of keeping what that needs. */
  public static <A, B, C, D, R> Fn4<A, B, C, D, R> checkpoint(Fn4<A, B, C, D, R> f) {
    return checkpoint(f, CheckpointOptions.DEFAULT);
  }

  public static <A, B, C, D, R> Fn4<A, B, C, D, R> checkpoint(
      Fn4<A, B, C, D, R> f, CheckpointOptions options) {
    TreeFn fn = fn(f);
    return (a, b, c, d) -> (R) Checkpoints.call(fn, options, a, b, c, d);
  }

  /** The tree; policies of {@code checkpoint} may know its arrays by this name. */
  public static <T> T checkpointName(T tree, String name) {
    return (T) Checkpoints.name(tree, name);
  }

  /** What {@code vjp} of the function keeps, and where that comes from. */
  public static <A, R> List<SavedResidual> savedResiduals(Fn1<A, R> f, A a) {
    return SavedResiduals.of(fn(f), a);
  }

  /** What {@code vjp} of the function keeps, and where that comes from. */
  public static <A, B, R> List<SavedResidual> savedResiduals(Fn2<A, B, R> f, A a, B b) {
    return SavedResiduals.of(fn(f), a, b);
  }

  /** The value as a constant of differentiation. */
  public static Array stopGradient(Array x) {
    return Convert.stopGradient(x);
  }

  /** Names the engine of new computations: {@code cpu}, {@code interpreter}, {@code pjrt:...}. */
  public static void withBackend(String name) {
    Backends.use(NullArgumentException.require(name, "withBackend", "the name"));
  }

  /** The devices of the engine of new computations; new arrays are on the first. */
  public static List<Device> devices() {
    return Backends.current().devices();
  }

  /**
   * Copies the arrays of a tree to a device. Computations with them run there, and those with
   * arrays that were put on two devices are errors; other arrays are copied to them. Derivatives
   * and batches pass through; in {@code jit}, whose programs run on the device of their arguments,
   * it changes nothing.
   *
   * @throws dev.jacobi.hlo.spi.DeviceException if no engine has the device, or in {@code jit} if
   *     the engine has several
   */
  public static <T> T devicePut(T tree, Device device) {
    return (T) Staging.devicePut(tree, device);
  }

  /** An array without a value, for {@link #evalShape}. */
  public static Array spec(DType dtype, long... sizes) {
    return Transforms.spec(dtype, sizes);
  }

  /** The function's program for arguments of these types. */
  public static <A, R> Jaxpr makeJaxpr(Fn1<A, R> f, A a) {
    return Transforms.makeJaxpr(fn(f), a);
  }

  /** The structure, shapes and element types of the function's result, without computing it. */
  public static <A, R> R evalShape(Fn1<A, R> f, A a) {
    return (R) Transforms.evalShape(fn(f), a);
  }

  /** The function's program for arguments of these types. */
  public static <A, B, R> Jaxpr makeJaxpr(Fn2<A, B, R> f, A a, B b) {
    return Transforms.makeJaxpr(fn(f), a, b);
  }

  /** The structure, shapes and element types of the function's result, without computing it. */
  public static <A, B, R> R evalShape(Fn2<A, B, R> f, A a, B b) {
    return (R) Transforms.evalShape(fn(f), a, b);
  }

  /** The function's program for arguments of these types. */
  public static <A, B, C, R> Jaxpr makeJaxpr(Fn3<A, B, C, R> f, A a, B b, C c) {
    return Transforms.makeJaxpr(fn(f), a, b, c);
  }

  /** The structure, shapes and element types of the function's result, without computing it. */
  public static <A, B, C, R> R evalShape(Fn3<A, B, C, R> f, A a, B b, C c) {
    return (R) Transforms.evalShape(fn(f), a, b, c);
  }

  /** The function's program for arguments of these types. */
  public static <A, B, C, D, R> Jaxpr makeJaxpr(Fn4<A, B, C, D, R> f, A a, B b, C c, D d) {
    return Transforms.makeJaxpr(fn(f), a, b, c, d);
  }

  /** The structure, shapes and element types of the function's result, without computing it. */
  public static <A, B, C, D, R> R evalShape(Fn4<A, B, C, D, R> f, A a, B b, C c, D d) {
    return (R) Transforms.evalShape(fn(f), a, b, c, d);
  }
}
