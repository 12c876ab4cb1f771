package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.bench.work.MemoryRows.unary;
import static dev.jacobi.numpy.Jnp.abs;
import static dev.jacobi.numpy.Jnp.arctan2;
import static dev.jacobi.numpy.Jnp.erf;
import static dev.jacobi.numpy.Jnp.erfc;
import static dev.jacobi.numpy.Jnp.exp;
import static dev.jacobi.numpy.Jnp.log;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.sqrt;
import static dev.jacobi.numpy.Jnp.tanh;
import static dev.jacobi.numpy.Jnp.where;

import dev.jacobi.Array;
import dev.jacobi.JitOp3;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.Fft;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Mathematical functions over a million elements. */
final class MathRows {
  private static final double RATE = 0.05;
  private static final double VOLATILITY = 0.2;

  private MathRows() {}

  static Map<String, Workload> all() {
    var rows = new LinkedHashMap<String, Workload>();
    rows.put("exp_1m", Workload.calls(() -> unary(x -> exp(x), Data.f32(Data.M))));
    rows.put("sin_1m", Workload.calls(() -> unary(x -> sin(x), Data.f32(Data.M))));
    rows.put("tanh_1m", Workload.calls(() -> unary(x -> tanh(x), Data.f32(Data.M))));
    rows.put("log_1m", Workload.calls(() -> unary(x -> log(x), positive())));
    rows.put("pow_1m", Workload.calls(() -> unary(x -> x.pow(1.3), positive())));
    rows.put("erf_1m", Workload.calls(() -> unary(x -> erf(x), Data.f32(Data.M))));
    rows.put("atan2_1m", Workload.calls(() -> unary(x -> arctan2(x, x.plus(1)), Data.f32(Data.M))));
    rows.put("exp_f64_1m", Workload.calls(() -> unary(x -> exp(x), positive64())));
    rows.put("log_f64_1m", Workload.calls(() -> unary(x -> log(x), positive64())));
    rows.put("erf_f64_1m", Workload.calls(() -> unary(x -> erf(x), positive64())));
    rows.put("black_scholes_1m", Workload.calls(() -> blackScholes(n -> Data.positive(1, n))));
    rows.put(
        "black_scholes_f64_1m", Workload.calls(() -> blackScholes(n -> Data.positive64(1, n))));
    rows.put("fft_65536", Workload.calls(() -> unary(x -> Fft.fft(x), complex(1 << 16))));
    return rows;
  }

  private static Array complex(int n) {
    return Data.f32(n).astype(DType.C64);
  }

  private static Array positive() {
    return Data.positive(0.01, Data.M);
  }

  private static Array positive64() {
    return Data.positive64(0.01, Data.M);
  }

  private static Supplier<Array> blackScholes(Function<Integer, Array> draw) {
    JitOp3 f = jit((s, k, t) -> price(s, k, t));
    Array s = draw.apply(Data.M);
    Array k = draw.apply(Data.M);
    Array t = draw.apply(Data.M);
    return () -> f.apply(s, k, t);
  }

  /** The price of a European call: spot, strike, time to expiry. */
  private static Array price(Array spot, Array strike, Array time) {
    Array deviation = sqrt(time).times(VOLATILITY);
    Array drift = time.times(RATE + VOLATILITY * VOLATILITY / 2);
    Array d1 = log(spot.div(strike)).plus(drift).div(deviation);
    Array discounted = strike.times(exp(time.times(-RATE)));
    return spot.times(normalCdf(d1)).minus(discounted.times(normalCdf(d1.minus(deviation))));
  }

  /** The normal distribution function, as {@code ndtr} computes it: erf near 0, erfc outside. */
  private static Array normalCdf(Array x) {
    Array scaled = x.times(Math.sqrt(0.5));
    Array z = abs(scaled);
    Array tail = erfc(z);
    Array outside = where(scaled.gt(0), tail.unaryMinus().plus(2), tail);
    Array inside = erf(scaled).plus(1);
    return where(z.lt(Math.sqrt(0.5)), inside, outside).times(0.5);
  }
}
