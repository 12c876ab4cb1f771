import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;
import dev.jacobi.control.*;
import dev.jacobi.lax.Lax;

record Guess(Array value, Array steps) {}

/** Newton's square root: as many steps as it takes. */
static Guess squareRoot(Array a) {
  return Lax.whileLoop(
      g -> abs(g.value().times(g.value()).minus(a)).gt(1e-6),
      g -> new Guess(g.value().plus(a.div(g.value())).times(0.5), g.steps().plus(1)),
      new Guess(a, scalar(0)));
}

/** A pendulum with friction, and its angle after every step. */
static Scanned<Array, Array> swing(Array start, Array friction) {
  return Lax.scan(
      (Array s, Array dt) -> {
        Array angle = s.get(0), speed = s.get(1);
        Array force = sin(angle).plus(friction.times(speed));
        return new Step<>(stack(angle.plus(speed.times(dt)), speed.minus(force.times(dt))), angle);
      },
      start,
      array(0.5, 0.5, 0.5, 0.5, 0.5, 0.5));
}

void main() {
  Guess root = squareRoot(scalar(2.0));
  IO.println(root.value() + " after " + root.steps() + " steps");
  IO.println(vmap((Array a) -> squareRoot(a)).apply(array(1.0, 4.0, 1e6)).steps());
  // Backwards through a loop of any length: the derivative of the root is 1 / (2 root).
  IO.println(grad((Array a) -> squareRoot(a).value()).apply(scalar(2.0)));
  IO.println(swing(array(1.0, 0.0), scalar(0.1)).ys());
  IO.println(grad((Array f) -> swing(array(1.0, 0.0), f).carry().get(0)).apply(scalar(0.1)));
  Array x = array(-1.0, 0.5, 2.0);
  IO.println(vmap((Array v) -> Lax.cond(v.gt(0), y -> sqrt(y), y -> y.times(y), v)).apply(x));
}
