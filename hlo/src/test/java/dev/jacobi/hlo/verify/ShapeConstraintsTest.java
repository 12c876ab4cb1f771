package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Bad.axes;
import static dev.jacobi.hlo.verify.Bad.bad;
import static dev.jacobi.hlo.verify.Bad.bool;
import static dev.jacobi.hlo.verify.Bad.f32;
import static dev.jacobi.hlo.verify.Bad.i32;
import static dev.jacobi.hlo.verify.Bad.longs;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeConstraintsTest {
  static Stream<Bad> modules() {
    return Stream.of(creation(), broadcasts(), joins(), slices()).flatMap(List::stream);
  }

  private static List<Bad> creation() {
    return List.of(
        bad("constant_c1", p -> new ElementwiseOp.Constant(Literal.scalar(DType.F32, 1.0)), f32(1)),
        bad("iota_c1", p -> new ElementwiseOp.Iota(f32(2), 1), f32(2)),
        bad("iota_c1", p -> new ElementwiseOp.Iota(f32(2), -1), f32(2)),
        bad("iota_o1", p -> new ElementwiseOp.Iota(bool(2), 0), bool(2)),
        bad("iota_o1", p -> new ElementwiseOp.Iota(f32(2), 0), f32(3)));
  }

  private static Op broadcast(Bad.Params p, int[] dims, long... sizes) {
    return new ShapeOp.BroadcastInDim(p.f32(2, 1), axes(dims), Shape.of(sizes));
  }

  private static List<Bad> broadcasts() {
    return List.of(
        bad("broadcast_in_dim_c1", p -> broadcast(p, new int[] {0, 1}, 2, 3), i32(2, 3)),
        bad("broadcast_in_dim_c2", p -> broadcast(p, new int[] {0}, 2, 3), f32(2, 3)),
        bad("broadcast_in_dim_c3", p -> broadcast(p, new int[] {0, 2}, 2, 3), f32(2, 3)),
        bad("broadcast_in_dim_c4", p -> broadcast(p, new int[] {0, 0}, 2, 3), f32(2, 3)),
        bad("broadcast_in_dim_c5", p -> broadcast(p, new int[] {1, 0}, 2, 3), f32(2, 3)),
        bad("reshape_c1", p -> new ShapeOp.Reshape(p.f32(2), Shape.of(2, 1)), i32(2, 1)),
        bad("reshape_c2", p -> new ShapeOp.Reshape(p.f32(2), Shape.of(3)), f32(3)),
        bad("transpose_c2", p -> new ShapeOp.Transpose(p.f32(2, 3), axes(0, 0)), f32(2, 2)),
        bad("transpose_c2", p -> new ShapeOp.Transpose(p.f32(2, 3), axes(1)), f32(3)),
        bad("transpose_c3", p -> new ShapeOp.Transpose(p.f32(2, 3), axes(1, 0)), f32(2, 3)),
        bad("reverse_c1", p -> new ShapeOp.Reverse(p.f32(2), axes(0)), f32(3)),
        bad("reverse_c2", p -> new ShapeOp.Reverse(p.f32(2), axes(0, 0)), f32(2)),
        bad("reverse_c3", p -> new ShapeOp.Reverse(p.f32(2), axes(1)), f32(2)));
  }

  private static Op pad(Bad.Params p, long low, long high, long interior) {
    return new ShapeOp.Pad(p.f32(2), p.f32(), longs(low), longs(high), longs(interior));
  }

  private static List<Bad> joins() {
    return List.of(
        bad("concatenate_c1", p -> join(0, p.f32(2), p.i32(2)), f32(4)),
        bad("concatenate_c2", p -> join(0, p.f32(2, 3), p.f32(2, 4)), f32(4, 3)),
        bad("concatenate_c2", p -> join(0, p.f32(2), p.f32(2, 4)), f32(4)),
        bad("concatenate_c3", p -> join(0), f32(4)),
        bad("concatenate_c4", p -> join(1, p.f32(2), p.f32(2)), f32(4)),
        bad("concatenate_c6", p -> join(0, p.f32(2), p.f32(2)), f32(5)),
        bad(
            "pad_i2",
            p -> new ShapeOp.Pad(p.f32(2), p.f32(1), longs(0), longs(0), longs(0)),
            f32(2)),
        bad(
            "pad_c1",
            p -> new ShapeOp.Pad(p.f32(2), p.i32(), longs(0), longs(0), longs(0)),
            f32(2)),
        bad("pad_c2", p -> new ShapeOp.Pad(p.f32(2), p.f32(), longs(), longs(0), longs(0)), f32(2)),
        bad("pad_c3", p -> pad(p, 0, 0, -1), f32(1)),
        bad("pad_c4", p -> pad(p, -3, 0, 0), f32()),
        bad("pad_c4", p -> pad(p, 1, 1, 1), f32(4)));
  }

  private static Op join(int dim, Value... parts) {
    return new ShapeOp.Concatenate(List.of(parts), dim);
  }

  private static Op slice(Bad.Params p, long start, long limit, long stride) {
    return new ShapeOp.Slice(p.f32(5), longs(start), longs(limit), longs(stride));
  }

  private static List<Bad> slices() {
    return List.of(
        bad("slice_c2", p -> new ShapeOp.Slice(p.f32(5), longs(0, 0), longs(1), longs(1)), f32(1)),
        bad("slice_c3", p -> slice(p, -1, 1, 1), f32(2)),
        bad("slice_c3", p -> slice(p, 3, 2, 1), f32(0)),
        bad("slice_c3", p -> slice(p, 0, 6, 1), f32(6)),
        bad("slice_c4", p -> slice(p, 0, 5, 0), f32(5)),
        bad("slice_c5", p -> slice(p, 0, 5, 2), f32(2)),
        bad(
            "dynamic_slice_c2",
            p -> new IndexOp.DynamicSlice(p.f32(5, 5), p.starts(1), longs(1, 1)),
            f32(1, 1)),
        bad(
            "dynamic_slice_i2",
            p -> new IndexOp.DynamicSlice(p.f32(5), List.of(p.f32()), longs(1)),
            f32(1)),
        bad(
            "dynamic_slice_c3",
            p ->
                new IndexOp.DynamicSlice(
                    p.f32(5, 5), List.of(p.i32(), p.of(DType.I64)), longs(1, 1)),
            f32(1, 1)),
        bad(
            "dynamic_slice_c4",
            p -> new IndexOp.DynamicSlice(p.f32(5), p.starts(1), longs(6)),
            f32(6)),
        bad(
            "dynamic_slice_c5",
            p -> new IndexOp.DynamicSlice(p.f32(5), p.starts(1), longs(2)),
            f32(3)),
        bad("dynamic_update_slice_c1", p -> update(p.f32(5), p.f32(2), p.starts(1)), f32(2)),
        bad("dynamic_update_slice_c2", p -> update(p.f32(5), p.i32(2), p.starts(1)), f32(5)),
        bad("dynamic_update_slice_c3", p -> update(p.f32(5), p.f32(), p.starts(1)), f32(5)),
        bad("dynamic_update_slice_c4", p -> update(p.f32(5), p.f32(2), p.starts(2)), f32(5)),
        bad("dynamic_update_slice_i3", p -> update(p.f32(5), p.f32(2), List.of(p.i32(1))), f32(5)),
        bad(
            "dynamic_update_slice_c5",
            p -> update(p.f32(5, 5), p.f32(2, 2), List.of(p.i32(), p.of(DType.U32))),
            f32(5, 5)),
        bad("dynamic_update_slice_c6", p -> update(p.f32(5), p.f32(6), p.starts(1)), f32(5)));
  }

  private static Op update(Value x, Value update, List<Value> starts) {
    return new IndexOp.DynamicUpdateSlice(x, update, starts);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void constraint(Bad bad) {
    VerifierTest.assertRejected(bad);
  }
}
