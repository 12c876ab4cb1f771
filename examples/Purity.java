import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;

static Array bias = array(0f);

static Array impure(Array weight, Array x) {
  return weight.times(x).plus(bias);
}

static Array pure(Array weight, Array bias, Array x) {
  return weight.times(x).plus(bias);
}

void main() {
  var compiled = jit((w, x) -> impure(w, x)); // warns: it reads a field that may change
  IO.println(compiled.apply(array(2f), array(3f)));
  bias = array(10f);
  IO.println(compiled.apply(array(2f), array(3f))); // still without the new bias
  IO.println(jit((w, b, x) -> pure(w, b, x)).apply(array(2f), bias, array(3f)));
}
