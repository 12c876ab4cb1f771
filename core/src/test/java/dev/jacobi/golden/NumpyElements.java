package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.Array;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.Between;
import dev.jacobi.numpy.BitOrder;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Over;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** The families {@code elements} and {@code nans}. */
final class NumpyElements {
  private NumpyElements() {}

  static void add(Table t) {
    parts(t);
    questions(t);
    bits(t);
    nans(t);
    quantiles(t);
  }

  private static List<Array> pair(Jnp.Modf m) {
    return List.of(m.fraction(), m.whole());
  }

  private static List<Array> pair(Jnp.Frexp f) {
    return List.of(f.mantissa(), f.exponent());
  }

  private static List<Array> pair(Jnp.Divmod d) {
    return List.of(d.quotient(), d.remainder());
  }

  private static void parts(Table t) {
    for (String name : List.of("float_power", "float_power_int", "float_power_c64")) {
      t.two(name, (x, y) -> floatPower(x, y));
    }
    for (String name : List.of("fabs", "fabs_int", "fabs_special")) {
      t.one(name, x -> fabs(x));
    }
    t.one("positive", x -> positive(x));
    t.one("rint", x -> rint(x.times(3)));
    t.one("rint_special", x -> rint(x));
    t.one("rint_int", x -> rint(x));
    t.one("rint_c64", x -> rint(x.times(3)));
    t.of("modf", x -> pair(modf(x.get(0).times(3))));
    for (String name : List.of("modf_special", "modf_int", "modf_f16")) {
      t.of(name, x -> pair(modf(x.get(0))));
    }
    for (String name : List.of("divmod_f32", "divmod_i32", "divmod_u8")) {
      t.of(name, x -> pair(divmod(x.get(0), x.get(1))));
    }
    t.one("frexp", x -> frexp(x).mantissa());
    for (String name : List.of("special", "f16", "bf16", "f64", "int")) {
      t.of("frexp_" + name, x -> pair(frexp(x.get(0))));
    }
    for (String name : List.of("1", "wide", "f16", "broadcast", "int")) {
      t.two("ldexp_" + name, (x, n) -> ldexp(x, n));
    }
    for (String name : List.of("", "_f16", "_f64", "_int")) {
      t.one("spacing" + name, x -> spacing(x));
    }
  }

  private static void questions(Table t) {
    t.one("isreal", x -> isreal(x));
    t.one("isreal_f32", x -> isreal(x));
    t.one("iscomplex", x -> iscomplex(x));
    t.one("iscomplex_f32", x -> iscomplex(x));
    t.one("isposinf", x -> isposinf(x));
    t.one("isposinf_int", x -> isposinf(x));
    t.one("isneginf", x -> isneginf(x));
    for (String name : List.of("", "_c64", "_int")) {
      t.one("sort_complex" + name, x -> sortComplex(x));
    }
    t.one("unwrap", x -> unwrap(x.times(5)));
    t.one("unwrap_axis", x -> unwrap(x.times(5), 0, 4));
    t.one("unwrap_int", x -> unwrap(x, -1, 4));
    t.one("unwrap_jumps", x -> unwrap(x));
    t.one("i0", x -> i0(x));
    t.one("i0_special", x -> i0(x));
    t.two("matvec", (x, y) -> matvec(x, y));
    t.two("matvec_c64", (x, y) -> matvec(x, y));
    t.two("vecmat", (x, y) -> vecmat(x, y));
    t.two("vecmat_c64", (x, y) -> vecmat(x, y));
  }

  private static void bits(Table t) {
    t.one("packbits", x -> packbits(x));
    t.one("packbits_flat", x -> packbits(x));
    t.one("packbits_axis", x -> packbits(x, 1, BitOrder.LITTLE));
    t.one("packbits_axis_0", x -> packbits(x, 0, BitOrder.BIG));
    t.one("unpackbits", x -> unpackbits(x));
    t.one("unpackbits_count", x -> unpackbits(x, 1, 11L, BitOrder.BIG));
    t.one("unpackbits_more", x -> unpackbits(x, 0, 20L, BitOrder.LITTLE));
    t.one("unpackbits_axis_0", x -> unpackbits(x, 0, null, BitOrder.BIG));
  }

  private static void nans(Table t) {
    Map<String, BiFunction<Array, Over, Array>> reductions =
        Map.of(
            "nansum", (x, o) -> nansum(x, o),
            "nanprod", (x, o) -> nanprod(x, o),
            "nanmean", (x, o) -> nanmean(x, o),
            "nanmax", (x, o) -> nanmax(x, o),
            "nanmin", (x, o) -> nanmin(x, o),
            "nanvar", (x, o) -> nanvar(x, o),
            "nanstd", (x, o) -> nanstd(x, o),
            "nanmedian", (x, o) -> nanmedian(x, o));
    reductions.forEach(
        (name, f) -> {
          t.one(name + "_flat", x -> f.apply(x, over()));
          t.one(name + "_axis", x -> f.apply(x, over(1)));
          t.one(name + "_keep", x -> f.apply(x, over(0, 2).keepDims()));
          t.one(name + "_int", x -> f.apply(x, over(0)));
          t.one(name + "_f16", x -> f.apply(x, over(1)));
        });
    t.one("nanargmax_flat", x -> nanargmax(x));
    t.one("nanargmax_axis", x -> nanargmax(x, 1));
    t.one("nanargmax_axis_0", x -> nanargmax(x, 0));
    t.one("nanargmax_int", x -> nanargmax(x, 0));
    t.one("nanargmin_flat", x -> nanargmin(x));
    t.one("nanargmin_axis", x -> nanargmin(x, 1));
    t.one("nanargmin_int", x -> nanargmin(x, 0));
    t.two("nansum_where", (x, m) -> nansum(x, over(1).where(m).initial(2)));
    t.two("nanvar_where", (x, m) -> nanvar(x, over(1).where(m).ddof(1)));
    t.one("nanmean_dtype", x -> nanmean(x, over(0).dtype(DType.F16)));
    t.one("nanmax_initial", x -> nanmax(x, over(1).initial(0.5)));
    t.two("nanmin_where", (x, m) -> nanmin(x, over(1).where(m).initial(9)));
    t.one("nanvar_c64", x -> nanvar(x));
    t.one("nanstd_ddof", x -> nanstd(x, over(1).ddof(2)));
  }

  private static void quantiles(Table t) {
    for (Between between : Between.values()) {
      String name = between.name().toLowerCase(Locale.ROOT);
      t.two("nanquantile_" + name, (x, q) -> nanquantile(x, q, between, over(1)));
      t.two("quantile_" + name, (x, q) -> quantile(x, q, between, over(1)));
    }
    t.one(
        "nanquantile_scalar",
        x -> nanquantile(x, weak(0.4), Between.LINEAR, over(0, 1).keepDims()));
    t.one("nanquantile_flat", x -> nanquantile(x, 0.25));
    t.one("nanquantile_f64", x -> nanquantile(x, 0.3));
    t.one("nanpercentile", x -> nanpercentile(x, 30, 0));
    t.two("nanpercentile_vector", (x, q) -> nanpercentile(x, q, Between.LINEAR, over(0)));
    t.three("quantile_weights", (x, w, q) -> quantile(x, q, w, over(1)));
    t.three("quantile_weights_vector", (x, w, q) -> quantile(x, q, w, over(1)));
    t.two("quantile_weights_keep", (x, w) -> quantile(x, weak(0.5), w, over(0).keepDims()));
    t.two("quantile_weights_bad", (x, w) -> quantile(x, weak(0.5), w, over(1)));
    t.three("nanquantile_weights", (x, w, q) -> nanquantile(x, q, w, over(1)));
  }
}
