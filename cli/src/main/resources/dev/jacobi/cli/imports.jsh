import java.util.*;
import java.util.function.*;
import dev.jacobi.*;
import dev.jacobi.hlo.DType;
import static dev.jacobi.Jacobi.*;
import static dev.jacobi.hlo.DType.*;
import static dev.jacobi.nn.Nn.*;
import static dev.jacobi.numpy.Jnp.*;
import static dev.jacobi.random.Random.*;
