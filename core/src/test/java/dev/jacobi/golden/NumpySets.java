package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.Array;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.SetOptions;
import dev.jacobi.numpy.UniqueOptions;
import java.util.List;

/** The family {@code sets}. */
final class NumpySets {
  private static final UniqueOptions ALL = UniqueOptions.DEFAULT;
  private static final SetOptions SETS = SetOptions.DEFAULT;

  private NumpySets() {}

  static void add(Table t) {
    distinct(t);
    operations(t);
    common(t);
  }

  private static List<Array> four(Jnp.UniqueAll u) {
    return List.of(u.values(), u.indices(), u.inverseIndices(), u.counts());
  }

  private static List<Array> three(Jnp.Intersection i) {
    return List.of(i.values(), i.indices1(), i.indices2());
  }

  private static void distinct(Table t) {
    for (String name : List.of("", "_nan", "_bool", "_c64", "_empty", "_u8", "_f32")) {
      t.one("unique" + name, x -> unique(x));
    }
    t.one("unique_axis", x -> unique(x, ALL.withAxis(0)));
    t.one("unique_axis_1", x -> unique(x, ALL.withAxis(1)));
    t.one("unique_size", x -> unique(x, ALL.withSize(9)));
    t.one("unique_fill", x -> unique(x, ALL.withSize(9).withFill(7)));
    t.one("unique_cut", x -> unique(x, ALL.withSize(2)));
    t.one("unique_axis_size", x -> unique(x, ALL.withAxis(0).withSize(5).withFill(-1)));
    t.of("unique_all", x -> four(uniqueAll(x.get(0))));
    t.of("unique_full", x -> four(uniqueAll(x.get(0), ALL.withSize(7).withFill(5))));
    t.of("unique_full_axis", x -> four(uniqueAll(x.get(0), ALL.withAxis(0))));
    t.of(
        "unique_counts",
        x -> {
          Jnp.UniqueCounts u = uniqueCounts(x.get(0));
          return List.of(u.values(), u.counts());
        });
    t.of(
        "unique_inverse",
        x -> {
          Jnp.UniqueInverse u = uniqueInverse(x.get(0));
          return List.of(u.values(), u.inverseIndices());
        });
    t.one("unique_values", x -> uniqueValues(x));
  }

  private static void operations(Table t) {
    t.two("union1d", (x, y) -> union1d(x, y));
    t.two("union1d_mixed", (x, y) -> union1d(x, y));
    t.two("union1d_size", (x, y) -> union1d(x, y, SETS.withSize(12).withFill(77)));
    for (String name : List.of("", "_nan", "_types", "_empty")) {
      t.two("setdiff1d" + name, (x, y) -> setdiff1d(x, y));
    }
    t.two("setdiff1d_size", (x, y) -> setdiff1d(x, y, SETS.withSize(5)));
    t.two("setdiff1d_fill", (x, y) -> setdiff1d(x, y, SETS.withSize(2).withFill(-9)));
    t.two("setdiff1d_unique", (x, y) -> setdiff1d(x, y, SETS.withAssumeUnique(true)));
    for (String name : List.of("", "_nan", "_empty")) {
      t.two("setxor1d" + name, (x, y) -> setxor1d(x, y));
    }
    t.two("setxor1d_size", (x, y) -> setxor1d(x, y, SETS.withSize(9)));
    t.two("setxor1d_fill", (x, y) -> setxor1d(x, y, SETS.withSize(9).withFill(-1)));
    t.two("setxor1d_unique", (x, y) -> setxor1d(x, y, SETS.withAssumeUnique(true)));
  }

  private static void common(Table t) {
    t.two("intersect1d", (x, y) -> intersect1d(x, y));
    t.two("intersect1d_none", (x, y) -> intersect1d(x, y));
    t.of("intersect1d_indices", x -> three(intersect1d(x.get(0), x.get(1), SETS)));
    t.of("intersect1d_size", x -> three(intersect1d(x.get(0), x.get(1), SETS.withSize(5))));
    t.two("intersect1d_fill", (x, y) -> intersect1d(x, y, SETS.withSize(5).withFill(-1)).values());
    t.of(
        "intersect1d_unique",
        x -> three(intersect1d(x.get(0), x.get(1), SETS.withAssumeUnique(true))));
    for (String name : List.of("", "_nan", "_many", "_empty")) {
      t.two("isin" + name, (x, y) -> isin(x, y));
    }
    t.two("isin_many_f32", (x, y) -> isin(x, astype(y, dev.jacobi.hlo.DType.F32)));
  }
}
