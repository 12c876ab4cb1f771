package dev.jacobi.golden;

import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.golden.PrimitiveCalls.Call;
import dev.jacobi.golden.PrimitiveCalls.Parameters;
import dev.jacobi.hlo.Longs;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Divisors;
import dev.jacobi.lax.Primitives;
import dev.jacobi.lax.Sort;
import dev.jacobi.lax.Stacking;
import dev.jacobi.lax.Threefry;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Flat;
import java.util.List;

/** The primitive that a case of {@code goldens/rules} is about, with any number of results. */
final class RuleCalls {
  private RuleCalls() {}

  static Flat of(Case c) {
    Parameters p = Parameters.of(c);
    return switch (c.text("prim")) {
      case "stack" -> x -> List.of(Stacking.stack(x, (int) p.number("axis")));
      case "unstack" -> x -> Stacking.unstack(x.getFirst(), (int) p.number("axis"));
      case "split" ->
          x -> Stacking.split(x.getFirst(), (int) p.number("axis"), Longs.of(p.longs("sizes")));
      case "tile" -> x -> List.of(Stacking.tile(x.getFirst(), Longs.of(p.longs("reps"))));
      case "sort" -> {
        boolean stable = p.text("is_stable").equals("True");
        int keys = (int) p.number("num_keys");
        yield x -> Sort.sort(x, (int) p.number("dimension"), stable, keys);
      }
      case "top_k" -> x -> Sort.topK(x.getFirst(), p.number("k"), (int) p.number("axis"));
      case "threefry2x32" -> x -> Threefry.threefry2x32(x.get(0), x.get(1), x.get(2), x.get(3));
      case "gcd" -> x -> List.of(Divisors.gcd(x.get(0), x.get(1)));
      case "stop_gradient" -> x -> List.of(Convert.stopGradient(x.getFirst()));
      case "add_any" -> x -> List.of(Zeros.addAny(x.get(0), x.get(1)));
      case "logaddexp" -> x -> Bind.bind(named("logaddexp"), x);
      default -> {
        Call call = PrimitiveCalls.of(c.text("prim"), p, c.arrays("in")).orElseThrow();
        yield x -> List.of(call.apply(x));
      }
    };
  }

  private static Primitive named(String name) {
    return Primitives.all().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }
}
