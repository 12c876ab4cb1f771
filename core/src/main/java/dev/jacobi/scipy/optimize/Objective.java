package dev.jacobi.scipy.optimize;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.transform.TreeFn;

/** A real function of a vector, to be minimized. */
public final class Objective {
  private final Fn1<Array, Array> f;

  public Objective(Fn1<Array, Array> f) {
    this.f = f;
  }

  /** Checks where a search begins. */
  public static Array start(Array x0) {
    if (x0.rank() != 1 || !x0.dtype().isInexact() || x0.dtype().isComplex() || x0.dim(0) == 0) {
      throw new LaxTypeException(
          "minimize", "begins at a vector of real floating point numbers, not " + x0.aval());
    }
    return Convert.convertElementType(x0, x0.dtype());
  }

  /** A value and its gradient. */
  record Point(Array value, Array gradient) {}

  Array value(Array x) {
    Array y = f.apply(x);
    if (y.rank() != 0 || y.dtype().isComplex()) {
      throw new LaxTypeException(
          "minimize", "the function must give a real scalar, not " + y.aval());
    }
    return Convert.convertElementType(y, x.dtype());
  }

  Point at(Array x) {
    Fn1<Array, Array> value = this::value;
    var both = Jacobi.valueAndGrad(value).apply(x);
    return new Point(both.value(), Convert.convertElementType(both.grad(), x.dtype()));
  }

  /** Repeats a step of a tree as long as a condition holds. */
  @SuppressWarnings("unchecked") // the loop gives what it takes
  static <C> C loop(Fn1<C, Array> goesOn, Fn1<C, C> step, C state) {
    return (C)
        Loops.whileLoop(
            new TreeFn(goesOn, x -> goesOn.apply((C) x[0])),
            new TreeFn(step, x -> step.apply((C) x[0])),
            state,
            LoopOptions.DEFAULT);
  }

  static Array bool(boolean value) {
    return Scalars.of(DType.BOOL, value ? 1 : 0);
  }

  static Array count(long value) {
    return Scalars.ofLong(DType.I32, value);
  }

  /** The norm of that order. */
  static Array norm(Array x, double order) {
    return dev.jacobi.numpy.Linalg.vectorNorm(x, order, Jnp.over());
  }
}
