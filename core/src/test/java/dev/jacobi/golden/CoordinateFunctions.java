package dev.jacobi.golden;

import dev.jacobi.Array;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.scipy.Ndimage;
import dev.jacobi.scipy.RegularGridInterpolator;
import dev.jacobi.scipy.interpolate.Border;
import dev.jacobi.scipy.interpolate.GridMethod;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Our form of the Python calls of the family of coordinates of {@code signal_cases.py}. */
final class CoordinateFunctions {
  private CoordinateFunctions() {}

  static void add(Table t) {
    for (Border b : Border.values()) {
      String name = "map_" + b.name().toLowerCase(Locale.ROOT);
      map(t, name, 1, b, 0.75);
      map(t, name + "_nearest", 0, b, 0.75);
      map(t, name + "_one", 1, b, 0);
    }
    for (String type : List.of("i32", "u8[", "i8[")) {
      for (int order = 0; order < 2; order++) {
        map(t, "map_" + type + "_" + order, order, Border.CONSTANT, 1.7);
      }
    }
    for (String name : List.of("f64", "wide", "nan", "scalar", "none")) {
      map(t, "map_" + name, 1, Border.CONSTANT, 0);
    }
    t.of(
        "map_2d",
        x -> mapped(List.of(x.get(0), x.get(1).times(2), x.get(2).times(2)), 1, Border.CONSTANT));
    t.of(
        "map_2d_reflect",
        x -> mapped(List.of(x.get(0), x.get(1).times(3), x.get(2).times(3)), 1, Border.REFLECT));
    map(t, "map_3d", 1, Border.NEAREST, 0);
    map(t, "map_3d_order_0", 0, Border.MIRROR, 0);
    map(t, "map_whole", 1, Border.WRAP, 0);
    map(t, "map_whole_int", 0, Border.CONSTANT, 0);
    map(t, "map_c64", 1, Border.WRAP, 0);
    grids(t);
  }

  private static List<Array> mapped(List<Array> x, int order, Border border) {
    return List.of(Ndimage.mapCoordinates(x.get(0), x.subList(1, x.size()), order, border, 0));
  }

  private static void map(Table t, String name, int order, Border border, double cval) {
    t.of(
        name,
        x ->
            List.of(Ndimage.mapCoordinates(x.get(0), x.subList(1, x.size()), order, border, cval)));
  }

  private static void grid(Table t, String name, UnaryOperator<RegularGridInterpolator> options) {
    t.of(
        name,
        x -> {
          var grid = RegularGridInterpolator.of(x.subList(2, x.size()), x.get(0));
          return List.of(options.apply(grid).at(x.get(1)));
        });
  }

  private static void grids(Table t) {
    for (String name : List.of("nan", "int", "f64", "vector", "descending_linear", "single")) {
      grid(t, "grid_" + name, g -> g);
    }
    grid(t, "grid", g -> g.withFill(9));
    grid(t, "grid_trailing", g -> g.withFill(9));
    grid(t, "grid_c64", g -> g.withFill(0));
    grid(t, "grid_1d", g -> g.withFill(7));
    grid(t, "grid_beyond", g -> g.withExtrapolation());
    grid(t, "grid_shape", g -> g.withExtrapolation());
    grid(t, "grid_nearest", g -> g.withMethod(GridMethod.NEAREST).withFill(9));
    grid(t, "grid_nearest_beyond", g -> g.withMethod(GridMethod.NEAREST).withExtrapolation());
    grid(t, "grid_descending_nearest", g -> g.withMethod(GridMethod.NEAREST));
    t.of(
        "grid_lists",
        x ->
            List.of(
                RegularGridInterpolator.of(x.subList(3, x.size()), x.get(0))
                    .withExtrapolation()
                    .at(x.subList(1, 3))));
  }
}
