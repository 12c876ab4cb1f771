import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;

void main() {
  var w = arange(6f).reshape(2, 3);
  var b = array(0.5f, -0.5f);
  var batch = arange(12f).reshape(4, 3);
  Op1 linear = x -> w.matmul(x).plus(b);

  var rows = new ArrayList<Array>();
  batch.forEach(x -> rows.add(linear.apply(x)));
  IO.println(stack(rows));
  IO.println(vmap(linear).apply(batch));
}
