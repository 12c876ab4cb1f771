import static dev.jacobi.numpy.Jnp.*;
import static dev.jacobi.random.Random.*;

void main() {
  var key = key(42);
  IO.println(uniform(key, shape()));
  IO.println(uniform(key, shape())); // the same key gives the same number

  var keys = key.split(2);
  IO.println(uniform(keys.get(1), shape()));
  keys = keys.get(0).split(2);
  IO.println(uniform(keys.get(1), shape(3)));
}
