import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.remat.*;

// begin layers
static Array layer(Array w, Array x) {
  return sin(sin(checkpointName(x.matmul(w), "product")));
}

static Array net(Fn2<Array, Array, Array> layer, Array ws, Array x) {
  for (Array w : ws) {
    x = layer.apply(w, x);
  }
  return sum(x);
}

static final CheckpointOptions PRODUCTS =
    CheckpointOptions.DEFAULT.withPolicy(CheckpointPolicies.saveOnlyTheseNames("product"));
// end layers

static void tell(String what, Fn2<Array, Array, Array> layer, Array ws, Array x) {
  long bytes =
      savedResiduals((Array w) -> net(layer, w, x), ws).stream()
          .mapToLong(SavedResidual::bytes)
          .sum();
  Array gradient = grad((Array w) -> net(layer, w, x)).apply(ws);
  IO.println(what + ": " + bytes + " bytes kept, gradient " + sum(gradient));
}

// begin states
static Array orbit(Array x, LoopOptions options) {
  return sum(Lax.foriLoop(0, 1_000, (i, y) -> y.plus(sin(y).times(0.01)), x, options));
}

static final LoopOptions TEN = LoopOptions.DEFAULT.withCheckpoints(10);
// end states

static void tellOrbit(String what, LoopOptions options, Array x) {
  Op1 f = y -> orbit(y, options);
  long bytes = savedResiduals(f, x).stream().mapToLong(SavedResidual::bytes).sum();
  IO.println(what + ": " + bytes + " bytes kept, gradient " + grad(f).apply(x));
}

// begin safe
static Array root(Array x) {
  return safeWhere(x.gt(0), Jnp::sqrt, x, 0);
}
// end safe

// begin root
/** The x with x + sin(x) / 2 = a, by steps that need no derivative. */
static Array kepler(Array a) {
  return Lax.customRoot(
      (Array x) -> x.plus(sin(x).div(2)).minus(a),
      a,
      (f, guess) -> Lax.foriLoop(0, 50, (i, x) -> x.minus(f.apply(x).times(0.7)), guess),
      (g, y) -> y.div(g.apply(onesLike(y))));
}
// end root

void main() {
  Array ws = sin(arange(4 * 5 * 5)).reshape(4, 5, 5);
  Array x = linspace(0, 1, 100).reshape(20, 5);
  Op2 plain = (w, h) -> layer(w, h);
  tell("everything", plain, ws, x);
  tell("arguments", checkpoint(plain), ws, x);
  tell("products", checkpoint(plain, PRODUCTS), ws, x);

  tellOrbit("all steps", LoopOptions.DEFAULT, linspace(0, 3, 4));
  tellOrbit("ten states", TEN, linspace(0, 3, 4));
  IO.println(grad(y -> sum(root(y))).apply(arange(3f)));

  // begin chunks
  Op1 slope = row -> sum(grad((Array w) -> net(plain, w, row)).apply(ws));
  Array slopes = vmap(slope).chunk(4).apply(cos(arange(50)).reshape(10, 5));
  // end chunks
  IO.println(slopes);
  IO.println(grad((Array a) -> kepler(a)).apply(scalar(2f)));
}
