import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;

static Array bias = scalar(0f);

static Array impure(Array weight, Array x) {
  return weight.times(x).plus(bias);
}

static Array pure(Array weight, Array bias, Array x) {
  return weight.times(x).plus(bias);
}

void main() {
  var compiled = jit((w, x) -> impure(w, x)); // warns: it reads a field that may change
  IO.println(compiled.apply(scalar(2f), scalar(3f)));
  bias = scalar(10f);
  IO.println(compiled.apply(scalar(2f), scalar(3f))); // still without the new bias
  IO.println(jit((w, b, x) -> pure(w, b, x)).apply(scalar(2f), bias, scalar(3f)));
}
