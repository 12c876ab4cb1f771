package dev.jacobi.optax;

import static dev.jacobi.numpy.Jnp.clip;
import static dev.jacobi.numpy.Jnp.logicalOr;
import static dev.jacobi.numpy.Jnp.maximum;
import static dev.jacobi.numpy.Jnp.over;
import static dev.jacobi.numpy.Jnp.sqrt;
import static dev.jacobi.numpy.Jnp.weak;
import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.Trees;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.Jnp;
import java.util.stream.IntStream;

/** Transformations that remember nothing. */
interface Stateless extends GradientTransformation {
  <P> P apply(P updates, P params);

  @Override
  default <P> OptState<P> init(P params) {
    return new OptState.Empty<>();
  }

  @Override
  default <P> Step<P> update(P updates, OptState<P> state, P params) {
    if (!(state instanceof OptState.Empty<P>)) {
      throw OptStateException.of(this, state);
    }
    return new Step<>(apply(updates, params), state);
  }

  /** Passes updates on. */
  record Identity() implements Stateless {
    @Override
    public <P> P apply(P updates, P params) {
      return updates;
    }
  }

  /** Drops updates. */
  record SetToZero() implements Stateless {
    @Override
    public <P> P apply(P updates, P params) {
      return Moments.zeros(updates);
    }
  }

  /** Multiplies. */
  record Scale(double factor) implements Stateless {
    @Override
    public <P> P apply(P updates, P params) {
      return Trees.map(g -> g.times(factor), updates);
    }
  }

  /** The sign of every element. */
  record ScaleBySign() implements Stateless {
    @Override
    public <P> P apply(P updates, P params) {
      return Trees.map(Jnp::sign, updates);
    }
  }

  /** Takes means over all dimensions but the first away from what has two or more. */
  record Centralize() implements Stateless {
    @Override
    public <P> P apply(P updates, P params) {
      return Trees.map(Centralize::centred, updates);
    }

    private static Array centred(Array g) {
      int[] others = IntStream.range(1, Math.max(g.rank(), 1)).toArray();
      return g.rank() < 2 ? g : g.minus(g.mean(over(others).keepDims()));
    }
  }

  /** Bounds every element. */
  record Clip(double maxDelta) implements Stateless {
    @Override
    public <P> P apply(P updates, P params) {
      return Trees.map(g -> clip(g, -maxDelta, maxDelta), updates);
    }
  }

  /** Bounds the norm of each array. */
  record ClipByNorm(double maxNorm) implements Stateless {
    @Override
    public <P> P apply(P updates, P params) {
      return Trees.map(g -> clipped(g, Moments.squared(g).sum(), maxNorm), updates);
    }
  }

  /** Bounds the norm of all arrays together. */
  record ClipByGlobalNorm(double maxNorm) implements Stateless {
    @Override
    public <P> P apply(P updates, P params) {
      Array squares = Optax.squaredNorm(updates);
      return Trees.map(g -> clipped(g, squares, maxNorm), updates);
    }
  }

  /** Division and root see 1 where nothing is clipped, so that derivatives at zero are finite. */
  private static Array clipped(Array g, Array squares, double maxNorm) {
    Array keep = sqrt(squares).lt(maxNorm);
    Array norm = sqrt(where(keep, 1.0, squares)).astype(g.dtype());
    return where(keep, g, g.div(norm).times(maxNorm).astype(g.dtype()));
  }

  /** Bounds the root of the mean square of each array. */
  record ClipByBlockRms(double threshold) implements Stateless {
    @Override
    public <P> P apply(P updates, P params) {
      return Trees.map(this::clipped, updates);
    }

    private Array clipped(Array g) {
      Array rms = sqrt(Moments.squared(g).mean());
      return g.div(maximum(weak(1.0), rms.div(threshold)));
    }
  }

  /** Bounds the norm of what one unit gets by a part of its parameters' norm. */
  record AdaptiveGradClip(double clipping, double eps) implements Stateless {
    @Override
    public <P> P apply(P updates, P params) {
      return Trees.map(this::clipped, updates, params);
    }

    private Array clipped(Array g, Array p) {
      Array norm = unitNorm(g);
      Array most = maximum(unitNorm(p), weak(eps)).times(clipping);
      Array small = g.times(most.div(maximum(norm, weak(1e-6))));
      return where(norm.lt(most), g, small);
    }

    /** Of vectors as a whole; of matrices and kernels for each element of the last dimension. */
    private static Array unitNorm(Array x) {
      long longer = IntStream.range(0, x.rank()).filter(d -> x.dim(d) != 1).count();
      int[] axes =
          longer <= 1
              ? new int[0]
              : x.rank() <= 3 ? new int[] {0} : IntStream.range(0, x.rank() - 1).toArray();
      return sqrt(Moments.squared(x).sum(over(axes).keepDims()));
    }
  }

  /** Adds a part of the parameters. */
  record AddDecayedWeights(double rate) implements Stateless {
    @Override
    public <P> P apply(P updates, P params) {
      return rate == 0 ? updates : Trees.map((g, p) -> g.plus(p.times(rate)), updates, params);
    }
  }

  /** Multiplies by how large an array's parameters are against its update. */
  record ScaleByTrustRatio(double minNorm, double coefficient, double eps) implements Stateless {
    @Override
    public <P> P apply(P updates, P params) {
      return Trees.map(this::scaled, updates, params);
    }

    private Array scaled(Array g, Array p) {
      Array params = norm(p);
      Array update = norm(g);
      Array none = logicalOr(params.eq(0.0), update.eq(0.0));
      Array ratio = params.times(coefficient).div(where(none, 1.0, update.plus(eps)));
      return g.times(where(none, 1.0, ratio));
    }

    private Array norm(Array x) {
      boolean half = x.dtype().bytes() == 2;
      Array squares = Moments.squared(half ? x.astype(DType.F32) : x).sum();
      Array small = sqrt(squares).le(minNorm);
      Array norm = where(small, minNorm, sqrt(where(small, 1.0, squares)));
      return half ? norm.astype(x.dtype()) : norm;
    }
  }
}
