package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.shape;

import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.image.Image;
import dev.jacobi.image.ResizeMethod;
import java.util.List;
import java.util.Locale;

/** The family {@code images}. */
final class NumpyImages {
  private NumpyImages() {}

  static void add(Table t) {
    for (ResizeMethod m : ResizeMethod.values()) {
      String name = m.name().toLowerCase(Locale.ROOT);
      if (m == ResizeMethod.NEAREST) {
        continue;
      }
      t.one("resize_" + name + "_up", x -> Image.resize(x, shape(9, 5), m));
      t.one("resize_" + name + "_down", x -> Image.resize(x, shape(4, 3), m));
      t.one("resize_" + name + "_plain", x -> Image.resize(x, shape(4, 8), m, false));
    }
    t.one("resize_nearest", x -> Image.resize(x, shape(9, 3), ResizeMethod.NEAREST));
    t.one("resize_nearest_int", x -> Image.resize(x, shape(4, 11), ResizeMethod.NEAREST));
    t.one("resize_batch", x -> Image.resize(x, shape(2, 5, 3, 1), ResizeMethod.LINEAR));
    t.one("resize_int", x -> Image.resize(x, shape(6, 6), ResizeMethod.LINEAR));
    t.one("resize_f16", x -> Image.resize(x, shape(6, 3), ResizeMethod.CUBIC));
    t.one("resize_same", x -> Image.resize(x, shape(3, 4), ResizeMethod.LINEAR));
    t.one("resize_pixel", x -> Image.resize(x, shape(4, 3), ResizeMethod.CUBIC_PYTORCH, false));
    for (ResizeMethod m :
        List.of(
            ResizeMethod.LINEAR, ResizeMethod.LANCZOS3, ResizeMethod.CUBIC, ResizeMethod.AREA)) {
      t.three(
          "scale_and_translate_" + m.name().toLowerCase(Locale.ROOT),
          (x, s, d) -> Image.scaleAndTranslate(x, shape(8, 4), new int[] {0, 1}, s, d, m, true));
    }
    t.three(
        "scale_and_translate_one",
        (x, s, d) ->
            Image.scaleAndTranslate(
                x, shape(2, 9), new int[] {1}, s, d, ResizeMethod.LINEAR, false));
  }
}
