package dev.jacobi.remat;

import static dev.jacobi.hlo.DType.F64;

import dev.jacobi.Array;
import dev.jacobi.control.Scan;
import dev.jacobi.hlo.Axes;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Reductions;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Jit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checkpointed programs for the table of laws: {@code (f64[3], f64[]) -> (f64[3], f64[])}. */
public final class RematSamples {
  private static final List<Aval> AVALS = List.of(Aval.of(F64, 3), Aval.of(F64));
  private static final Optional<CheckpointPolicy> NAMES =
      Optional.of(CheckpointPolicies.saveOnlyTheseNames("a"));

  private RematSamples() {}

  private static Array named(Array x) {
    return Bind.bind(new CheckpointName("a"), x);
  }

  private static List<Array> sines(List<Array> a) {
    Array s = named(Elementary.sin(Arithmetic.mul(a.get(0), a.get(1))));
    Array total = Reductions.sum(Arithmetic.mul(s, a.get(0)), Axes.of(0));
    return List.of(Elementary.sin(s), Elementary.sin(total));
  }

  private static Jaxpr scanned() {
    Jaxpr step = Jaxprs.traceClosed(List.of(AVALS.get(1), AVALS.get(0)), a -> rolled(a));
    return Jaxprs.traceClosed(
        AVALS,
        a -> {
          Scan scan = new Scan(step, 4, false, 1, 1, 1);
          List<Array> outs = Bind.bind(scan, List.of(a.get(1), a.get(0)));
          return List.of(outs.get(0), Reductions.sum(outs.get(1), Axes.of(0)));
        });
  }

  private static List<Array> rolled(List<Array> a) {
    List<Array> both = sines(List.of(a.get(1), a.get(0)));
    return List.of(both.get(0), both.get(1));
  }

  /** By what they show. */
  public static Map<String, Checkpoint> all() {
    Jaxpr plain = Jaxprs.traceClosed(AVALS, RematSamples::sines);
    Jaxpr called = Jaxprs.traceClosed(AVALS, a -> Bind.bind(new Jit("sines", plain), a));
    Checkpoint inner = new Checkpoint(plain, true, List.of(), false, Optional.empty());
    Jaxpr nested = Jaxprs.traceClosed(AVALS, a -> Bind.bind(inner, Bind.bind(inner, a)));
    Map<String, Checkpoint> all = new TreeMap<>();
    all.put("nothing kept", inner);
    all.put("a name kept", new Checkpoint(plain, true, List.of(), false, NAMES));
    all.put("a name in a call", new Checkpoint(called, false, List.of(), false, NAMES));
    all.put("a name in a scan", new Checkpoint(scanned(), true, List.of(), false, NAMES));
    all.put("behind a barrier", new Checkpoint(plain, true, List.of(true, false), true, NAMES));
    all.put("one in the other", new Checkpoint(nested, true, List.of(), false, Optional.empty()));
    all.put("a name in the other", new Checkpoint(nested, true, List.of(), false, NAMES));
    return all;
  }
}
