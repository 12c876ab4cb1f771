package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Mode;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.Op3;
import dev.jacobi.hlo.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Our form of the Python calls of {@code goldens/jnp} on shapes and indices, by case name. */
final class JnpShapeFunctions {
  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private JnpShapeFunctions() {
    creation();
    shapes();
    joining();
    moving();
    diagonals();
    slices();
    arrays();
    updates();
    taking();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    return new JnpShapeFunctions().all;
  }

  private void none(String name, Supplier<Array> f) {
    all.put(name, x -> List.of(f.get()));
  }

  private void one(String name, Op1 f) {
    all.put(name, x -> List.of(f.apply(x.get(0))));
  }

  private void two(String name, Op2 f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1))));
  }

  private void three(String name, Op3 f) {
    all.put(name, x -> List.of(f.apply(x.get(0), x.get(1), x.get(2))));
  }

  private void creation() {
    none("arange", () -> arange(5));
    none("arange'", () -> arange(7));
    none("arange_2", () -> arange(3, 9));
    none("arange_3", () -> arange(10, 0, -3));
    none("arange_empty", () -> arange(5, 5));
    none("arange_step", () -> arange(2, 10, 3));
    none("arange_float", () -> arange(0, 1, 0.25));
    none("arange_float'", () -> arange(0, 1, 0.1));
    none("arange_float_2", () -> arange(1.5, 6));
    none("arange_float_down", () -> arange(2.0, -1.0, -0.75));
    none("linspace", () -> linspace(0, 1, 5));
    none("linspace'", () -> linspace(0, 1, 7));
    none("linspace_down", () -> linspace(3, -2, 6));
    none("linspace_open", () -> linspace(0, 1, 5, false, DType.F32));
    none("linspace_one", () -> linspace(2, 3, 1));
    none("linspace_none", () -> linspace(2, 3, 0));
    none("linspace_i32", () -> linspace(0, 10, 5, true, DType.I32));
    none("logspace", () -> logspace(0, 2, 5));
    none("geomspace", () -> geomspace(1, 100, 5));
    none("zeros", () -> zeros(2, 3));
    none("zeros'", () -> zeros(2, 3));
    none("ones", () -> ones(shape(0, 2), DType.I8));
    none("ones_i32", () -> ones(shape(3), DType.I32));
    none("full", () -> full(shape(2), 7.0));
    none("full_int", () -> full(shape(2), 7));
    none("full'", () -> full(shape(2), 7.5, DType.F16));
    none("eye", () -> eye(3));
    none("eye'", () -> eye(3));
    none("eye_rectangle", () -> eye(2, 4, 1));
    none("eye_below", () -> eye(3, 3, -1, DType.I32));
    none("identity'", () -> identity(2));
    none("tri", () -> tri(3));
    none("tri'", () -> tri(3, 4, 1));
    none("iota", () -> arange(5));
    none("broadcasted_iota", () -> dev.jacobi.lax.Shapes.iota(DType.I32, shape(2, 3), 1));
    none("indices", () -> indices(2, 3));
    all.put("tril_indices", x -> trilIndices(3));
    one("zeros_like", x -> zerosLike(x));
    one("ones_like_shape", x -> fullLike(x, 2));
    one("constant_result", x -> weak(1.0));
  }

  private void shapes() {
    one("reshape", x -> x.reshape(3, 2));
    one("reshape_minus_1", x -> x.reshape(-1));
    one("reshape_order", x -> reshape(x, 3, -1));
    one("size_0_reshape", x -> x.reshape(3, 0));
    one("ravel", x -> ravel(x));
    one("ravel'", x -> ravel(x));
    one("transpose", x -> x.transpose());
    one("transpose_axes", x -> transpose(x, 1, 2, 0));
    one("swapaxes", x -> swapaxes(x, 0, 2));
    one("swapaxes'", x -> swapaxes(x, 1, 2));
    one("moveaxis", x -> moveaxis(x, 0, -1));
    one("moveaxis_many", x -> moveaxis(x, new int[] {0, 1}, new int[] {-1, -2}));
    one("expand_dims", x -> expandDims(x, 0));
    one("expand_dims_many", x -> expandDims(x, 0, 2));
    one("squeeze", x -> squeeze(x));
    one("squeeze_axis", x -> squeeze(x, 0));
    one("broadcast_to", x -> broadcastTo(x, 2, 3));
    one("broadcast_to'", x -> broadcastTo(x, 3, 2, 4));
    all.put("broadcast_arrays", x -> broadcastArrays(x.get(0), x.get(1)));
    one("atleast_2d", x -> atleast2d(x));
    one("atleast_3d", x -> atleast3d(x));
  }

  private void joining() {
    two("concatenate", (x, y) -> concatenate(x, y));
    two("concatenate_mixed", (x, y) -> concatenate(x, y));
    two("concatenate_axis", (x, y) -> concatenate(List.of(x, y), 1));
    two("concatenate_flat", (x, y) -> append(x, y));
    two("stack", (x, y) -> stack(x, y));
    two("stack_last", (x, y) -> stack(List.of(x, y), -1));
    two("stack_axis", (x, y) -> stack(List.of(x, y), 1));
    two("array_of_scalars", (x, y) -> stack(x, y));
    two("vstack", (x, y) -> vstack(x, y));
    two("vstack'", (x, y) -> vstack(x, y));
    two("hstack", (x, y) -> hstack(x, y));
    two("hstack'", (x, y) -> hstack(x, y));
    two("dstack", (x, y) -> dstack(x, y));
    two("column_stack", (x, y) -> columnStack(x, y));
    two("append", (x, y) -> append(x, y));
    all.put("split", x -> split(x.get(0), 3));
    all.put("split_at", x -> splitAt(x.get(0), 0, 1, 4));
    all.put("split_axis", x -> split(x.get(0), 2, 1));
    all.put("array_split", x -> arraySplit(x.get(0), 3, 0));
    one("tile", x -> tile(x, 2));
    one("tile'", x -> tile(x, 2, 1, 2));
    one("tile_2d", x -> tile(x, 2, 2));
    one("repeat", x -> repeat(x, 2));
    one("repeat_counts", x -> repeat(x, array(2, 0, 1), 0, 3));
    one("repeat_axis", x -> repeat(x, 2, 1));
    one("repeat_flat", x -> repeat(x, 3));
    one("delete", x -> delete(x, 2, 0));
    one("insert", x -> insert(x, 1, weak(5.0)));
  }

  private void moving() {
    one("pad", x -> pad(x, 1));
    one("pad_2d", x -> pad(x, new int[][] {{0, 1}, {2, 0}}, 0));
    one("pad_value", x -> pad(x, new int[][] {{1, 0}, {0, 2}}, 9.0));
    one("pad_edge", x -> pad(x, 2, PadMode.EDGE));
    one("pad_reflect", x -> pad(x, 2, PadMode.REFLECT));
    one("pad_wrap", x -> pad(x, new int[][] {{1, 2}}, PadMode.WRAP));
    one("roll", x -> roll(x, 1, 0));
    one("roll_axis", x -> roll(x, -1, 1));
    one("roll_2d", x -> roll(roll(x, 1, 0), 2, 1));
    one("roll_flat", x -> roll(x, 2));
    one("flip", x -> flip(x, 0));
    one("flip_all", x -> flip(x));
    one("fliplr", x -> flip(x, 1));
    one("rot90", x -> rot90(x, 1));
    one("rot90'", x -> rot90(x, 3));
    one("diff", x -> diff(x));
    all.put("meshgrid", x -> meshgrid(x.get(0), x.get(1)));
    all.put("meshgrid_ij", x -> meshgridIj(x.get(0), x.get(1)));
  }

  private void diagonals() {
    one("diag", x -> diag(x));
    one("diag_of_matrix", x -> diag(x));
    one("diag'", x -> diag(x, 1));
    one("diagonal", x -> diagonal(x, 1));
    one("diagflat", x -> diagflat(x));
    one("tril", x -> tril(x));
    one("tril'", x -> tril(x, -1));
    one("triu", x -> triu(x));
    one("triu'", x -> triu(x, 1));
  }

  private void slices() {
    one("index_0", x -> x.get(0));
    one("index_minus_1", x -> x.get(-1));
    one("index_row", x -> x.get(1));
    one("index_point", x -> x.get(1, 2));
    one("index_column", x -> x.get(all(), i(1)));
    one("slice", x -> x.get(range(2, 7)));
    one("slice_step", x -> x.get(range(1, 9, 3)));
    one("slice_reverse", x -> x.get(all().step(-1)));
    one("slice_reverse_step", x -> x.get(range(8, 1, -2)));
    one("slice_2d", x -> x.get(range(1, 3), all().step(2)));
    one("ellipsis", x -> x.get(ellipsis(), i(0)));
    one("ellipsis_middle", x -> x.get(i(0), ellipsis(), range(1, 3)));
    one("ints_and_slices", x -> x.get(i(1), all().step(2), i(-2)));
    one("negative_step", x -> x.get(range(4, 0, -2)));
    one("negative_bounds", x -> x.get(range(-4, -1)));
    one("beyond", x -> x.get(range(2, 99)));
    one("empty_slice", x -> x.get(range(3, 1)));
    one("newaxis", x -> x.get(all(), newAxis()));
    one("newaxis_middle", x -> x.get(all(), newAxis(), from(1)));
    one("ellipsis_newaxis", x -> x.get(ellipsis(), newAxis()));
  }

  private void arrays() {
    for (String name :
        List.of(
            "index_dynamic",
            "index_dynamic_row",
            "index_array",
            "index_array_rows",
            "index_array_u32",
            "array_2d_index")) {
      two(name, (x, i) -> x.get(ix(i)));
    }
    two("index_array_columns", (x, i) -> x.get(all(), ix(i)));
    three("index_two_arrays", (x, i, j) -> x.get(ix(i), ix(j)));
    three("arrays_broadcast", (x, i, j) -> x.get(ix(i), ix(j)));
    three("arrays_apart", (x, i, j) -> x.get(ix(i), all(), ix(j)));
    two("array_and_int", (x, i) -> x.get(ix(i), i(1)));
    two("array_and_slice", (x, i) -> x.get(ix(i), range(1, 3)));
    one("index_list", x -> x.get(ix(0, 2)));
    one("array_negative", x -> x.get(ix(-1, -4, 2)));
  }

  private void updates() {
    one("at_set", x -> x.at(1).set(5.0));
    one("at_add", x -> x.at(1).add(2));
    two("at_set_slice", (x, v) -> x.at(range(2, 5)).set(v));
    three("at_set_array", (x, i, v) -> x.at(ix(i)).set(v));
    three("at_add_array", (x, i, v) -> x.at(ix(i)).add(v));
    three("at_multiply", (x, i, v) -> x.at(ix(i)).unique().multiply(v));
    three("at_max", (x, i, v) -> x.at(ix(i)).max(v));
    two("at_get", (x, i) -> x.at(ix(i)).getOr(0.0));
    one("at_set_2d", x -> x.at(all(), i(1)).set(0.0));
    one("bool_mask_set", x -> x.at(mask(x.gt(0))).set(0.0));
    two("at_set_row", (x, v) -> x.at(1).set(v));
    two("at_add_duplicates", (x, v) -> x.at(ix(1, 1, 3)).add(v));
    two("at_slice_step", (x, v) -> x.at(all().step(2)).set(v));
    one("at_mul", x -> x.at(2).multiply(3.0));
    two("at_min", (x, v) -> x.at(ix(0, 3)).min(v));
    one("at_power_get", x -> x.at(ix(7, -1)).getOr(-1.0));
    one("at_drop", x -> x.at(9).set(weak(1.0), Mode.FILL));
    one("at_clip", x -> x.at(9).set(weak(1.0), Mode.CLIP));
    two("at_grid", (x, v) -> x.at(ix(array(new int[][] {{0}, {2}})), ix(1, 3)).set(v));
  }

  private void taking() {
    two("take", (x, i) -> take(x, i));
    two("take_axis", (x, i) -> take(x, i, 1));
    two("take_2d", (x, i) -> take(x, i, 0));
    two("take_clip", (x, i) -> take(x, i, 0, Mode.CLIP));
    one("take_fill", x -> take(x, array(0, 9, -1, -9), 0, Mode.FILL));
    one("take_wrap", x -> take(x, array(0, 9, -1), 0, Mode.WRAP));
    two("take_along_axis", (x, i) -> takeAlongAxis(x, i, 1));
    two("take_along_axis'", (x, i) -> takeAlongAxis(x, i, 1));
    two("take_along_axis_0", (x, i) -> takeAlongAxis(x, i, 0));
    two("put_along_axis", (x, i) -> putAlongAxis(x, i, weak(9.0), 1));
  }
}
