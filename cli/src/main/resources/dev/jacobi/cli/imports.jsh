import java.util.*;
import java.util.function.*;
import dev.jacobi.*;
import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;
