package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.lax.Lax;
import dev.jacobi.scipy.Special;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Our form of the Python functions of {@code goldens/jaxpr}, by name: those whose values are
 * compared too, and some whose text needs another form than their values do.
 */
final class JaxprFunctions {
  private static final Map<String, Fn1<List<Array>, List<Array>>> ALL = functions();

  private JaxprFunctions() {}

  static Map<String, Fn1<List<Array>, List<Array>>> all() {
    return ALL;
  }

  private static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    var all = new LinkedHashMap<>(JnpFunctions.functions());
    all.putAll(ConvFunctions.all());
    all.putAll(WindowFunctions.all());
    one(all, "unused_argument", x -> x.plus(1));
    one(all, "identity", x -> x);
    one(all, "nested_jit", x -> Jacobi.jit(y -> sin(y).times(2)).apply(x).plus(1));
    one(all, "stop_gradient", x -> x.times(Jacobi.stopGradient(sin(x))));
    one(all, "radd_scalar", x -> weak(1).plus(x));
    one(all, "rsub_scalar", x -> weak(1).minus(x));
    one(all, "rmul_scalar", x -> weak(3.0).times(x));
    one(all, "rdiv_scalar", x -> weak(1.0).div(x));
    one(all, "polynomial", x -> x.plus(weak(0.5).times(x.pow(2))));
    special(all);
    all.putAll(OrderFunctions.functions());
    all.putAll(LaxFunctions.functions());
    all.putAll(SegmentFunctions.functions());
    all.putAll(LinalgFunctions.programs());
    all.putAll(EigenFunctions.functions());
    all.putAll(DotFunctions.functions());
    all.putAll(RaggedFunctions.functions());
    all.putAll(ControlFunctions.functions());
    RematFunctions.functions().forEach((name, f) -> all.put("remat_" + name, f));
    return all;
  }

  private static void special(Map<String, Fn1<List<Array>, List<Array>>> all) {
    one(all, "gammaln", x -> Special.gammaln(x));
    one(all, "digamma", x -> Special.digamma(x));
    one(all, "i0", x -> Special.i0(x));
    one(all, "i0e", x -> Special.i0e(x));
    one(all, "i1", x -> Special.i1(x));
    one(all, "i1e", x -> Special.i1e(x));
    all.put("gammainc", x -> List.of(Special.gammainc(x.get(0), x.get(1))));
    all.put("gammaincc", x -> List.of(Special.gammaincc(x.get(0), x.get(1))));
    all.put("polygamma", x -> List.of(Special.polygamma(x.get(0), x.get(1))));
    all.put("betainc", x -> List.of(Special.betainc(x.get(0), x.get(1), x.get(2))));
    all.put("zeta", x -> List.of(Lax.zeta(x.get(0), x.get(1))));
  }

  private static void one(Map<String, Fn1<List<Array>, List<Array>>> all, String name, Op1 f) {
    all.put(name, x -> List.of(f.apply(x.get(0))));
  }
}
