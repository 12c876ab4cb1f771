import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;

static Array selu(Array x) {
  double alpha = 1.67, lambda = 1.05;
  return where(x.gt(0), x, exp(x).times(alpha).minus(alpha)).times(lambda);
}

void main() {
  Op1 selu = jit(x -> selu(x));
  var x = array(-2f, -1f, 0f, 1f, 2f);
  IO.println(selu.apply(x));
  IO.println(vmap(grad(selu)).apply(x));
  IO.println(makeJaxpr(selu, x));
}
