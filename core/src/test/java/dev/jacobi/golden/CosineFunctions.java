package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.numpy.FftNorm;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.Fft;
import dev.jacobi.scipy.fft.DctOptions;
import dev.jacobi.scipy.fft.DctnOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Our form of the Python calls of the cosine family of {@code signal_cases.py}. */
final class CosineFunctions {
  private static final DctOptions ONE = DctOptions.DEFAULT;
  private static final DctnOptions ALL = DctnOptions.DEFAULT;
  private static final FftNorm ORTHO = FftNorm.ORTHO;

  private CosineFunctions() {}

  private interface Along extends BiFunction<Array, DctOptions, Array> {}

  private interface AlongSeveral extends BiFunction<Array, DctnOptions, Array> {}

  static void add(Table t) {
    Map<String, Along> one = Map.of("dct", Fft::dct, "idct", Fft::idct);
    Map<String, AlongSeveral> several = Map.of("dctn", Fft::dctn, "idctn", Fft::idctn);
    one.forEach((name, f) -> one(t, name, f));
    several.forEach((name, f) -> several(t, name, f));
    norms(t);
  }

  private static void plain(Table t, String name, BiFunction<Array, Integer, Array> f) {
    t.one(name, x -> f.apply(x, 0));
    for (String label : List.of("odd", "vector", "f64", "i32", "c64", "c128")) {
      t.one(name + "_" + label, x -> f.apply(x, 0));
    }
  }

  private static void one(Table t, String name, Along f) {
    plain(t, name, (x, _) -> f.apply(x, ONE));
    for (int n = 1; n <= 3; n++) {
      t.one(name + "_" + n, x -> f.apply(x, ONE));
    }
    t.one(name + "_ortho", x -> f.apply(x, ONE.withNorm(ORTHO)));
    t.one(name + "_longer", x -> f.apply(x, ONE.withN(7)));
    t.one(name + "_shorter", x -> f.apply(x, ONE.withN(3).withAxis(0).withNorm(ORTHO)));
    for (int type = 1; type <= 4; type++) {
      DctOptions options = ONE.withType(type);
      for (FftNorm norm : FftNorm.values()) {
        String label = "_type_" + type + "_" + norm.name().toLowerCase(Locale.ROOT);
        t.one(name + label, x -> f.apply(x, options.withNorm(norm)));
      }
      if (type != 2) {
        t.one(name + "_type_" + type + "_even", x -> f.apply(x, options));
      }
    }
  }

  private static void several(Table t, String name, AlongSeveral f) {
    plain(t, name, (x, _) -> f.apply(x, ALL));
    t.one(name + "_3", x -> f.apply(x, ALL));
    t.one(name + "_ortho", x -> f.apply(x, ALL.withNorm(ORTHO)));
    t.one(name + "_sizes", x -> f.apply(x, ALL.withS(2, 6)));
    t.one(name + "_last", x -> f.apply(x, ALL.withS(3)));
    t.one(name + "_axes", x -> f.apply(x, ALL.withAxes(2, 0).withNorm(ORTHO)));
    for (int type : List.of(1, 3, 4)) {
      DctnOptions options = ALL.withType(type).withNorm(ORTHO);
      t.one(name + "_type_" + type + "_f64", x -> f.apply(x, options));
    }
  }

  private static void norms(Table t) {
    for (FftNorm norm : List.of(ORTHO, FftNorm.FORWARD)) {
      String end = "_" + norm.name().toLowerCase(Locale.ROOT);
      t.one("fft" + end, x -> dev.jacobi.numpy.Fft.fft(x, 6, 0, norm));
      t.one("ifft" + end, x -> dev.jacobi.numpy.Fft.ifft(x, 6, 0, norm));
      t.one("rfft" + end, x -> Jnp.real(dev.jacobi.numpy.Fft.rfft(x, 5, 0, norm)));
      t.one("irfft" + end, x -> dev.jacobi.numpy.Fft.irfft(x, 5, 0, norm));
      t.one("hfft" + end, x -> dev.jacobi.numpy.Fft.hfft(x, 5, 0, norm));
      t.one("ihfft" + end, x -> Jnp.real(dev.jacobi.numpy.Fft.ihfft(x, 5, 0, norm)));
    }
    int[] sizes = {4, 3};
    int[] axes = {1, 0};
    t.one("fftn_sizes", x -> dev.jacobi.numpy.Fft.fftn(x, sizes, axes, ORTHO));
    t.one("ifftn_sizes", x -> dev.jacobi.numpy.Fft.ifftn(x, sizes, axes, ORTHO));
    t.one("rfftn_sizes", x -> dev.jacobi.numpy.Fft.rfftn(x, sizes, axes, ORTHO));
    t.one("irfftn_sizes", x -> dev.jacobi.numpy.Fft.irfftn(x, sizes, axes, ORTHO));
    int[] both = {4, 6};
    t.one("fft2_norm", x -> dev.jacobi.numpy.Fft.fft2(x, both, FftNorm.FORWARD));
    t.one("ifft2_norm", x -> dev.jacobi.numpy.Fft.ifft2(x, both, FftNorm.FORWARD));
    t.one("rfft2_norm", x -> dev.jacobi.numpy.Fft.rfft2(x, both, FftNorm.FORWARD));
    t.one("irfft2_norm", x -> dev.jacobi.numpy.Fft.irfft2(x, both, FftNorm.FORWARD));
  }
}
