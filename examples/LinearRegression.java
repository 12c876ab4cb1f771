import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;
import static dev.jacobi.random.Random.*;

import dev.jacobi.*;

record Line(Array w, Array b) {}

static Array loss(Line line, Array x, Array y) {
  return square(x.matmul(line.w).plus(line.b).minus(y)).mean();
}

static Line step(Line line, Array x, Array y) {
  Fn3<Line, Array, Array, Array> loss = (l, u, v) -> loss(l, u, v);
  var gradient = grad(loss).apply(line, x, y); // a Line
  return Trees.map((p, d) -> p.minus(d.times(0.1)), line, gradient);
}

void main() {
  var keys = key(0).split(2);
  var x = normal(keys.get(0), shape(100, 2));
  var noise = normal(keys.get(1), shape(100)).times(0.1);
  var y = x.matmul(array(2f, -3f)).plus(1).plus(noise);
  var line = new Line(zeros(2), zeros());
  var step = jit((Line l, Array u, Array v) -> step(l, u, v));
  for (int i = 0; i < 200; i++) {
    line = step.apply(line, x, y);
  }
  IO.println(line.w + " " + line.b);
}
