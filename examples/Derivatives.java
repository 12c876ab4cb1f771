import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;

void main() {
  Op1 f = x -> x.plus(x.pow(2).times(0.5));
  for (Op1 g : List.<Op1>of(f, x -> tanh(x))) {
    for (int order = 1; order <= 4; order++) {
      g = grad(g);
      IO.println(order + " " + g.apply(scalar(1f)));
    }
  }
}
