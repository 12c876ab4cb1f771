package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.golden.NumpyFunctions.Table;
import dev.jacobi.numpy.Jnp;
import java.util.List;

/** The families {@code places} and {@code parts}. */
final class NumpyPlaces {
  private NumpyPlaces() {}

  static void add(Table t) {
    positions(t);
    triangles(t);
    flat(t);
    chosen(t);
    joined(t);
    turned(t);
    changed(t);
  }

  private static void positions(Table t) {
    t.of("nonzero_size", x -> nonzero(x.get(0), 6));
    t.of("nonzero_fill", x -> nonzero(x.get(0), 6, -1, 7));
    t.of("nonzero_cut", x -> nonzero(x.get(0), 3, -1));
    t.of("nonzero_eager", x -> nonzero(x.get(0)));
    t.of("where_1", x -> where(x.get(0)));
    t.one("flatnonzero", x -> flatnonzero(x));
    t.one("flatnonzero_size", x -> flatnonzero(x, 6, -1));
    t.one("argwhere", x -> argwhere(x));
    t.one("argwhere_size", x -> argwhere(x, 6, 9));
    t.one("argwhere_scalar", x -> argwhere(x));
  }

  private static void triangles(Table t) {
    t.none("tril_indices_k", () -> trilIndices(4, 1, 3));
    t.none("tril_indices_below", () -> trilIndices(4, -2, 5));
    t.none("triu_indices", () -> triuIndices(3));
    t.none("triu_indices_k", () -> triuIndices(4, -1, 3));
    t.none("triu_indices_far", () -> triuIndices(3, 4, 3));
    t.of("tril_indices_from", x -> trilIndicesFrom(x.get(0), 1));
    t.of("triu_indices_from", x -> triuIndicesFrom(x.get(0), -1));
    t.none("diag_indices", () -> diagIndices(3));
    t.none("diag_indices_3", () -> diagIndices(2, 3));
    t.of("diag_indices_from", x -> diagIndicesFrom(x.get(0)));
    t.none("mask_indices", () -> maskIndices(3, (m, k) -> triu(m, k), 1));
    t.none("mask_indices_size", () -> maskIndices(3, (m, k) -> tril(m, k), -1, 5));
    t.two("fill_diagonal", (x, v) -> fillDiagonal(x, v));
    t.two("fill_diagonal_vector", (x, v) -> fillDiagonal(x, v));
    t.two("fill_diagonal_3", (x, v) -> fillDiagonal(x, v));
  }

  private static void flat(Table t) {
    t.two("ravel_multi_index", (i, j) -> ravelMultiIndex(List.of(i, j), shape(3, 4)));
    t.two(
        "ravel_multi_index_clip", (i, j) -> ravelMultiIndex(List.of(i, j), shape(3, 4), Mode.CLIP));
    t.two(
        "ravel_multi_index_wrap", (i, j) -> ravelMultiIndex(List.of(i, j), shape(3, 4), Mode.WRAP));
    t.of("unravel_index", x -> unravelIndex(x.get(0), shape(3, 4)));
    t.of("unravel_index_3", x -> unravelIndex(x.get(0), shape(2, 3, 4)));
    t.none("mgrid", () -> List.of(mgrid(range(0, 3), range(1, 6, 2))));
    t.none("mgrid_1", () -> List.of(mgrid(range(5, 1, -2))));
    t.none("ogrid", () -> ogrid(range(0, 3), range(1, 6, 2)));
  }

  private static List<Array> rest(List<Array> x) {
    return x.subList(1, x.size());
  }

  private static void chosen(Table t) {
    t.two("extract", (m, x) -> extract(m, x));
    t.two("extract_size", (m, x) -> extract(m, x, 8, -1));
    t.two("compress_flat", (m, x) -> compress(m, x));
    t.two("compress_axis", (m, x) -> compress(m, x, 1));
    t.two("compress_size", (m, x) -> compress(m, x, 1, 3, 7));
    t.of("choose", x -> List.of(choose(x.get(0), rest(x))));
    t.of("choose_clip", x -> List.of(choose(x.get(0), rest(x), Mode.CLIP)));
    t.of("choose_wrap", x -> List.of(choose(x.get(0), rest(x), Mode.WRAP)));
    t.three("place", (x, m, v) -> place(x, m, v));
    t.three("place_int", (x, m, v) -> place(x, m, v));
    t.three("put", (x, i, v) -> put(x, i, v));
    t.three("put_clip", (x, i, v) -> put(x, i, v, Mode.CLIP));
    t.three("put_wrap", (x, i, v) -> put(x, i, v, Mode.WRAP));
    t.one(
        "piecewise",
        x ->
            piecewise(
                x,
                List.of(x.lt(-1), x.gt(0.5)),
                List.of(v -> v.times(v), v -> v.times(3), v -> v.unaryMinus())));
    t.one(
        "piecewise_zero",
        x -> piecewise(x, List.of(x.gt(0), x.gt(1)), List.of(v -> v.plus(1), v -> v.times(2))));
    t.one(
        "piecewise_int",
        x -> piecewise(x, List.of(x.gt(0)), List.of(v -> v.times(2.5), v -> weak(3))));
  }

  private static void joined(Table t) {
    t.of("block", x -> List.of(Jnp.block(List.of(x.subList(0, 2), x.subList(2, 4)))));
    t.of("block_vectors", x -> List.of(Jnp.block(x)));
    t.two("block_ranks", (x, y) -> Jnp.block(List.of(List.of(x), List.of(y))));
    t.two("block_deep", (x, y) -> Jnp.block(List.of(List.of(List.of(x)), List.of(List.of(y)))));
    t.one("block_one", x -> Jnp.block(List.of(x)));
    t.of("hsplit", x -> hsplit(x.get(0), 2));
    t.of("hsplit_vector", x -> hsplitAt(x.get(0), 1, 4));
    t.of("vsplit", x -> vsplitAt(x.get(0), 1, 3));
    t.of("vsplit_2", x -> vsplit(x.get(0), 2));
    t.of("dsplit", x -> dsplit(x.get(0), 2));
    t.of("dsplit_at", x -> dsplitAt(x.get(0), 3));
    t.of("unstack", x -> unstack(x.get(0), 1));
    t.two("append_axis", (x, y) -> append(x, y, 0));
  }

  private static void turned(Table t) {
    t.one("fliplr_1", x -> fliplr(x));
    t.one("flipud", x -> flipud(x));
    t.one("rot90_axes", x -> rot90(x, 1, 1, 2));
    t.one("rot90_axes_3", x -> rot90(x, 3, 2, 0));
    t.one("rot90_axes_2", x -> rot90(x, 2, 0, 2));
    t.one("resize_more", x -> resize(x, 5, 3));
    t.one("resize_less", x -> resize(x, 2, 3));
    t.one("resize_empty", x -> resize(x, 2, 2));
    t.one("rollaxis", x -> rollaxis(x, 2, 0));
    t.one("rollaxis_start", x -> rollaxis(x, 0, 3));
    t.one("rollaxis_negative", x -> rollaxis(x, -1, -2));
    t.one("roll_many", x -> roll(x, new int[] {1, -2, 5}, new int[] {0, 1, 2}));
    t.one("roll_twice", x -> roll(x, new int[] {1, 2}, new int[] {1, 1}));
  }

  private static void changed(Table t) {
    t.one("trim_zeros", x -> trimZeros(x));
    t.one("trim_zeros_front", x -> trimZeros(x, true, false));
    t.one("trim_zeros_2d", x -> trimZeros(x));
    t.one("trim_zeros_axis", x -> trimZeros(x, false, true, 1));
    t.one("trim_zeros_none", x -> trimZeros(x));
    t.one("diff_n", x -> diff(x, 2, 0));
    t.two("diff_ends", (x, y) -> diff(x, 1, -1, weak(1.0), y));
    t.one("diff_bool", x -> diff(x, 2, -1));
    t.one("diff_zero", x -> diff(x, 0, -1));
    t.one("ediff1d", x -> ediff1d(x));
    t.three("ediff1d_ends", (x, e, b) -> ediff1d(x, e, b));
    t.one("delete_many", x -> delete(x, new int[] {0, -1, 0}, 1));
    t.two("insert_many", (x, v) -> insert(x, new int[] {0, 2, 0}, v, 0));
    t.two("insert_rows", (x, v) -> insert(x, new int[] {1, -1}, v, 1));
  }
}
