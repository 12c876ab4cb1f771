package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Bad.axes;
import static dev.jacobi.hlo.verify.Bad.bad;
import static dev.jacobi.hlo.verify.Bad.block;
import static dev.jacobi.hlo.verify.Bad.f32;
import static dev.jacobi.hlo.verify.Bad.longs;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DotAlgorithm;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IndexConstraintsTest {
  static Stream<Bad> modules() {
    return Stream.of(dots(), gathers(), scatters(), scatterDims()).flatMap(List::stream);
  }

  private static Op dot(Value a, Value b, Axes ab, Axes bb, Axes ac, Axes bc) {
    ReductionOp.Precision precision = ReductionOp.Precision.DEFAULT;
    return new ReductionOp.DotGeneral(
        a, b, new ReductionOp.DotDims(ab, bb, ac, bc), precision, precision, DType.F32);
  }

  private static Op dot23(Bad.Params p, Axes ab, Axes bb, Axes ac, Axes bc) {
    return dot(p.f32(2, 3), p.f32(2, 3), ab, bb, ac, bc);
  }

  private static Op dot(
      Bad.Params p, ReductionOp.Precision precision, int lhs, int rhs, int products) {
    DotAlgorithm.Format f32 = DotAlgorithm.Format.F32;
    ReductionOp.DotDims dims = new ReductionOp.DotDims(axes(), axes(), axes(0), axes(0));
    DotAlgorithm a = new DotAlgorithm(f32, f32, f32, lhs, rhs, products, false);
    return new ReductionOp.DotGeneral(
        p.f32(2), p.f32(2), dims, precision, precision, DType.F32, Optional.of(a));
  }

  private static List<Bad> dots() {
    Axes none = axes();
    return List.of(
        bad("dot_general_c21", p -> dot(p, ReductionOp.Precision.HIGH, 1, 1, 1), f32()),
        bad("dot_general_c22", p -> dot(p, ReductionOp.Precision.DEFAULT, 0, 1, 1), f32()),
        bad("dot_general_c23", p -> dot(p, ReductionOp.Precision.DEFAULT, 1, 0, 1), f32()),
        bad("dot_general_c24", p -> dot(p, ReductionOp.Precision.DEFAULT, 1, 1, 0), f32()),
        bad("dot_general_i8", p -> dot(p, ReductionOp.Precision.DEFAULT, 1, 1, 3), f32()),
        bad("dot_general_i8", p -> dot(p, ReductionOp.Precision.DEFAULT, 2, 1, 1), f32()),
        bad("dot_general_c1", p -> dot23(p, axes(0), none, axes(1), axes(1)), f32(2)),
        bad("dot_general_c2", p -> dot23(p, axes(0), axes(0), axes(1), none), f32(2)),
        bad("dot_general_c3", p -> dot23(p, axes(1), axes(0), axes(1), axes(1)), f32(2)),
        bad("dot_general_c4", p -> dot23(p, axes(0), axes(1), axes(1), axes(1)), f32(2)),
        bad("dot_general_c5", p -> dot23(p, axes(2), axes(0), axes(1), axes(1)), f32(2)),
        bad("dot_general_c6", p -> dot23(p, axes(0), axes(0), axes(-1), axes(1)), f32(2)),
        bad("dot_general_c7", p -> dot23(p, axes(0), axes(5), axes(1), axes(1)), f32(2)),
        bad("dot_general_c8", p -> dot23(p, axes(0), axes(0), axes(1), axes(2)), f32(2)),
        bad("dot_general_c9", p -> dot23(p, axes(0), axes(1), none, none), f32(2, 3, 2)),
        bad("dot_general_c10", p -> dot23(p, none, none, axes(1), axes(0)), f32(2, 3)),
        bad("dot_general_c12", p -> dot23(p, none, none, axes(1), axes(1)), f32(2, 3)),
        bad("dot_general_c13", p -> dot(p.f32(2), p.i32(2), none, none, axes(0), axes(0)), f32()));
  }

  /** A gather of rows of a (5, 6, 7) array; every argument can be broken. */
  private static Op gather(
      Bad.Params p, Axes offset, Axes collapsed, Axes batching, Axes indicesBatching, Axes map) {
    return gather(
        p.i32(5, 1), 1, longs(1, 6, 7), p, offset, collapsed, batching, indicesBatching, map);
  }

  private static Op gather(
      Value indices,
      int vectorDim,
      Longs sizes,
      Bad.Params p,
      Axes offset,
      Axes collapsed,
      Axes batching,
      Axes indicesBatching,
      Axes map) {
    IndexOp.GatherDims dims =
        new IndexOp.GatherDims(offset, collapsed, batching, indicesBatching, map, vectorDim);
    return new IndexOp.Gather(p.f32(5, 6, 7), indices, dims, sizes, false);
  }

  private static Op rows(Bad.Params p, Value indices, int vectorDim, long... sizes) {
    return gather(
        indices, vectorDim, longs(sizes), p, axes(1, 2), axes(0), axes(), axes(), axes(0));
  }

  private static List<Bad> gathers() {
    Axes none = axes();
    TensorType result = f32(5, 6, 7);
    return List.of(
        bad("gather_i2", p -> rows(p, p.f32(5, 1), 1, 1, 6, 7), result),
        bad("gather_c1", p -> gather(p, axes(1), axes(0), none, none, axes(0)), result),
        bad("gather_c2", p -> rows(p, p.i32(5, 1), 3, 1, 6, 7), result),
        bad("gather_c3", p -> rows(p, p.i32(5, 2), 1, 1, 6, 7), result),
        bad("gather_c4", p -> gather(p, axes(2, 1), axes(0), none, none, axes(0)), result),
        bad("gather_c4", p -> gather(p, axes(1, 1), axes(0), none, none, axes(0)), result),
        bad("gather_c5", p -> gather(p, axes(1, 3), axes(0), none, none, axes(0)), result),
        bad("gather_c6", p -> gather(p, axes(1), axes(0), axes(0), axes(0), axes(1)), result),
        bad("gather_c7", p -> gather(p, axes(1), axes(1, 0), none, none, axes(0)), result),
        bad("gather_c8", p -> gather(p, axes(1, 2), axes(3), none, none, axes(0)), result),
        bad("gather_c9", p -> rows(p, p.i32(5, 1), 1, 2, 6, 7), result),
        bad("gather_c9", p -> rows(p, p.i32(5, 1), 1, 0, 6, 7), result),
        bad("gather_c10", p -> gather(p, axes(1), none, axes(1, 0), axes(0, 0), axes(2)), result),
        bad("gather_c11", p -> gather(p, axes(1, 2), none, axes(3), axes(0), axes(0)), result),
        bad("gather_c12", p -> gather(p, axes(1, 2), none, axes(1), axes(0), axes(0)), result),
        bad("gather_c13", p -> gather(p, axes(1, 2), none, axes(0), axes(0, 0), axes(1)), result),
        bad("gather_c14", p -> gather(p, axes(1, 2), none, axes(0), axes(2), axes(1)), result),
        bad("gather_c15", p -> gather(p, axes(1, 2), none, axes(0), axes(1), axes(1)), result),
        bad("gather_c16", p -> gather(p, axes(1, 2), axes(0), none, axes(0), axes(1)), result),
        bad(
            "gather_c17",
            p ->
                gather(
                    p.i32(4, 1), 1, longs(1, 6, 7), p, axes(1, 2), none, axes(0), axes(0), axes(1)),
            result),
        bad("gather_c18", p -> gather(p, axes(1, 2), none, axes(0), axes(0), axes(0)), result),
        bad("gather_c19", p -> gather(p, axes(1, 2), axes(0), none, none, axes(3)), result),
        bad("gather_c20", p -> rows(p, p.i32(5, 1), 1, 1, 6), result),
        bad("gather_c21", p -> rows(p, p.i32(5, 1), 1, 1, 8, 7), result),
        bad("gather_c22", p -> rows(p, p.i32(5, 1), 1, 1, 6, 7), f32(5, 7, 6)));
  }

  private static Op scatter(
      List<Value> inputs,
      Value indices,
      List<Value> updates,
      IndexOp.ScatterDims dims,
      Block body) {
    return new IndexOp.Scatter(inputs, indices, updates, dims, false, false, body);
  }

  /** Rows of a (5, 6) array, chosen by (3, 1) indices. */
  private static final IndexOp.ScatterDims ROWS =
      new IndexOp.ScatterDims(axes(1), axes(0), axes(), axes(), axes(0), 1);

  private static Op rowsOf(Bad.Params p, List<Value> inputs, List<Value> updates, Block body) {
    return scatter(inputs, p.i32(3, 1), updates, ROWS, body);
  }

  private static List<Bad> scatters() {
    Block add = Bad.add(DType.F32);
    Block two = block(List.of(f32(), f32(), f32(), f32()), f32(), f32());
    return List.of(
        bad(
            "scatter_i2",
            p -> scatter(List.of(p.f32(5, 6)), p.f32(3, 1), List.of(p.f32(3, 6)), ROWS, add),
            f32(5, 6)),
        bad(
            "scatter_c1",
            p -> rowsOf(p, List.of(p.f32(5, 6), p.f32(5, 7)), two(p, 3, 6), two),
            f32(5, 6),
            f32(5, 7)),
        bad(
            "scatter_c3",
            p -> rowsOf(p, two(p, 5, 6), List.of(p.f32(3, 6), p.f32(3, 5)), two),
            f32(5, 6),
            f32(5, 6)),
        bad(
            "scatter_c4",
            p -> rowsOf(p, List.of(p.f32(5, 6)), List.of(p.f32(4, 6)), add),
            f32(5, 6)),
        bad(
            "scatter_c4",
            p -> rowsOf(p, List.of(p.f32(5, 6)), List.of(p.f32(3, 7)), add),
            f32(5, 6)),
        bad("scatter_c5", p -> rowsOf(p, List.of(p.f32(5, 6)), List.of(), add), f32(5, 6)),
        bad(
            "scatter_c6",
            p -> rowsOf(p, List.of(p.f32(5, 6)), List.of(p.i32(3, 6)), add),
            f32(5, 6)),
        bad(
            "scatter_c23",
            p -> rowsOf(p, List.of(p.f32(5, 6)), List.of(p.f32(3, 6)), Bad.add(DType.I32)),
            f32(5, 6)),
        bad(
            "scatter_c23",
            p -> rowsOf(p, List.of(p.f32(5, 6)), List.of(p.f32(3, 6)), Bad.add(DType.F16)),
            f32(5, 6)),
        bad(
            "scatter_c24",
            p -> rowsOf(p, List.of(p.f32(5, 6)), List.of(p.f32(3, 6)), add),
            f32(3, 6)));
  }

  private static List<Value> two(Bad.Params p, long... sizes) {
    return List.of(p.f32(sizes), p.f32(sizes));
  }

  private static Bad dims(String constraint, IndexOp.ScatterDims dims) {
    Block add = Bad.add(DType.F32);
    return bad(
        constraint,
        p -> scatter(List.of(p.f32(5, 6)), p.i32(3, 1), List.of(p.f32(3, 6)), dims, add),
        f32(5, 6));
  }

  private static IndexOp.ScatterDims dims(
      Axes window, Axes inserted, Axes batching, Axes indicesBatching, Axes map, int vectorDim) {
    return new IndexOp.ScatterDims(window, inserted, batching, indicesBatching, map, vectorDim);
  }

  private static List<Bad> scatterDims() {
    Axes none = axes();
    return List.of(
        dims("scatter_c2", dims(none, axes(0), none, none, axes(0), 1)),
        dims("scatter_c7", dims(axes(1, 0), none, none, none, axes(0), 1)),
        dims("scatter_c8", dims(axes(2), axes(0), none, none, axes(0), 1)),
        dims("scatter_c9", dims(none, axes(0), axes(0), axes(0), axes(1), 1)),
        dims("scatter_c10", dims(none, axes(1, 0), none, none, axes(0), 1)),
        dims("scatter_c11", dims(axes(1), axes(2), none, none, axes(0), 1)),
        dims("scatter_c12", dims(none, none, axes(1, 0), axes(0, 1), axes(0), 1)),
        dims("scatter_c13", dims(axes(1), none, axes(2), axes(0), axes(0), 1)),
        dims("scatter_c14", dims(axes(1), none, axes(0), axes(0, 0), axes(1), 1)),
        dims("scatter_c15", dims(axes(1), none, axes(0), axes(2), axes(1), 1)),
        dims("scatter_c16", dims(axes(1), none, axes(0), axes(1), axes(1), 1)),
        dims("scatter_c17", dims(axes(1), axes(0), none, axes(0), axes(1), 1)),
        dims("scatter_c18", dims(axes(1), none, axes(0), axes(0), axes(1), 1)),
        dims("scatter_c19", dims(axes(1), axes(0), none, none, axes(0, 1), 1)),
        chosenTwice(),
        dims("scatter_c21", dims(axes(1), axes(0), none, none, axes(2), 1)),
        dims("scatter_c22", dims(axes(1), axes(0), none, none, axes(0), 3)));
  }

  /** Indices choose along a batching dimension. */
  private static Bad chosenTwice() {
    IndexOp.ScatterDims dims = dims(axes(1), axes(), axes(0), axes(0), axes(0), 1);
    Block add = Bad.add(DType.F32);
    return bad(
        "scatter_c20",
        p -> scatter(List.of(p.f32(3, 6)), p.i32(3, 1), List.of(p.f32(3, 6)), dims, add),
        f32(3, 6));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void constraint(Bad bad) {
    VerifierTest.assertRejected(bad);
  }
}
