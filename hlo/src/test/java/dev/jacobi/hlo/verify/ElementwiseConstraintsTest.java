package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.DType.*;
import static dev.jacobi.hlo.verify.Bad.bad;
import static dev.jacobi.hlo.verify.Bad.bool;
import static dev.jacobi.hlo.verify.Bad.f32;
import static dev.jacobi.hlo.verify.Bad.i32;
import static dev.jacobi.hlo.verify.Bad.pointwise;

import dev.jacobi.hlo.Accuracy;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElementwiseConstraintsTest {
  static Stream<Bad> modules() {
    return Stream.of(
        bad("add_arity", p -> pointwise(Fn.ADD, p.f32(2)), f32(2)),
        bad("add_c1", p -> pointwise(Fn.ADD, p.f32(2), p.f32(3)), f32(2)),
        bad("add_c1", p -> pointwise(Fn.ADD, p.f32(2), p.i32(2)), f32(2)),
        bad("add_c1", p -> pointwise(Fn.ADD, p.f32(2), p.f32(2)), f32(3)),
        bad("add_c1", p -> pointwise(Fn.ADD, p.f32(2), p.f32(2)), i32(2)),
        bad("add_c1", p -> pointwise(Fn.ADD, p.f32(2), p.f32(2)), f32(2), f32(2)),
        bad("subtract_i1", p -> pointwise(Fn.SUB, p.of(BOOL), p.of(BOOL)), bool()),
        bad("and_i1", p -> pointwise(Fn.AND, p.f32(), p.f32()), f32()),
        bad("abs_i1", p -> pointwise(Fn.ABS, p.of(U8)), TensorType.of(U8)),
        bad("abs_c2", p -> pointwise(Fn.ABS, p.of(C64)), TensorType.of(C64)),
        bad("real_c2", p -> pointwise(Fn.REAL, p.of(C128)), f32()),
        bad("imag_c2", p -> pointwise(Fn.IMAG, p.f32(2)), f32(3)),
        bad("cosine_i1", p -> pointwise(Fn.COS, p.i32()), i32()),
        bad("cosine_accuracy", p -> accurate(Fn.COS, p.f32(), HIGHEST_WITH_A_TOLERANCE), f32()),
        bad("cosine_accuracy", p -> accurate(Fn.COS, p.f32(), NEGATIVE), f32()),
        bad("floor_accuracy", p -> accurate(Fn.FLOOR, p.f32(), Accuracy.HIGHEST), f32()),
        bad("cosine_c1", p -> pointwise(Fn.COS, p.f32()), f32(1)),
        bad("erf_i1", p -> pointwise(Fn.ERF, p.of(C64)), TensorType.of(C64)),
        bad("popcnt_i1", p -> pointwise(Fn.POPCNT, p.of(BOOL)), bool()),
        bad("is_finite_i1", p -> pointwise(Fn.IS_FINITE, p.i32()), bool()),
        bad("is_inf_i1", p -> pointwise(Fn.IS_INF, p.of(C64)), bool()),
        bad("is_inf_c1", p -> pointwise(Fn.IS_INF, p.f32()), f32()),
        bad("lgamma_i1", p -> pointwise(Fn.LGAMMA, p.of(C64)), TensorType.of(C64)),
        bad("zeta_c1", p -> pointwise(Fn.ZETA, p.f32(2), p.f32(3)), f32(2)),
        bad("conj_i1", p -> pointwise(Fn.CONJ, p.i32()), i32()),
        bad("is_finite_c1", p -> pointwise(Fn.IS_FINITE, p.f32()), f32()),
        bad("complex_i1", p -> pointwise(Fn.COMPLEX, p.of(F16), p.of(F16)), TensorType.of(C64)),
        bad("complex_c1", p -> pointwise(Fn.COMPLEX, p.f32(), p.f32(1)), TensorType.of(C64)),
        bad("complex_c3", p -> pointwise(Fn.COMPLEX, p.f32(), p.f32()), TensorType.of(C128)),
        bad("clamp_c1", p -> pointwise(Fn.CLAMP, p.f32(1), p.f32(2), p.f32()), f32(2)),
        bad("clamp_c2", p -> pointwise(Fn.CLAMP, p.f32(), p.f32(2), p.f32(3)), f32(2)),
        bad("clamp_c3", p -> pointwise(Fn.CLAMP, p.f32(), p.f32(2), p.i32()), f32(2)),
        bad("clamp_c4", p -> pointwise(Fn.CLAMP, p.f32(), p.f32(2), p.f32()), f32(3)),
        bad("select_i1", p -> pointwise(Fn.SELECT, p.i32(), p.f32(), p.f32()), f32()),
        bad("select_c1", p -> pointwise(Fn.SELECT, p.of(BOOL, 3), p.f32(2), p.f32(2)), f32(2)),
        bad("select_c2", p -> pointwise(Fn.SELECT, p.of(BOOL), p.f32(2), p.f32(3)), f32(2)),
        bad("select_c2", p -> pointwise(Fn.SELECT, p.of(BOOL), p.f32(2), p.i32(2)), f32(2)),
        bad(
            "compare_c1",
            p ->
                new ElementwiseOp.Compare(
                    ElementwiseOp.Direction.EQ, ElementwiseOp.Order.FLOAT, p.f32(), p.i32()),
            bool()),
        bad(
            "compare_c2",
            p ->
                new ElementwiseOp.Compare(
                    ElementwiseOp.Direction.EQ, ElementwiseOp.Order.FLOAT, p.f32(2), p.f32()),
            bool(2)),
        bad(
            "compare_c2",
            p ->
                new ElementwiseOp.Compare(
                    ElementwiseOp.Direction.EQ, ElementwiseOp.Order.FLOAT, p.f32(2), p.f32(2)),
            bool(3)),
        bad("compare_c3", p -> ordered(ElementwiseOp.Order.SIGNED, p.f32(), p.f32()), bool()),
        bad("compare_c3", p -> ordered(ElementwiseOp.Order.UNSIGNED, p.i32(), p.i32()), bool()),
        bad("compare_c3", p -> ordered(ElementwiseOp.Order.SIGNED, p.of(BOOL), p.of(BOOL)), bool()),
        bad(
            "compare_c3",
            p -> ordered(ElementwiseOp.Order.TOTALORDER, p.of(C64), p.of(C64)),
            bool()),
        bad("convert_c1", p -> new ElementwiseOp.Convert(p.f32(2), I32), i32(3)),
        bad("reduce_precision_i1", p -> new ElementwiseOp.ReducePrecision(p.i32(), 5, 10), i32()),
        bad("reduce_precision_c1", p -> new ElementwiseOp.ReducePrecision(p.f32(), 5, 10), f32(1)),
        bad("reduce_precision_c2", p -> new ElementwiseOp.ReducePrecision(p.f32(), 0, 10), f32()),
        bad("reduce_precision_c3", p -> new ElementwiseOp.ReducePrecision(p.f32(), 5, -1), f32()),
        bad("bitcast_convert_c1", p -> new ElementwiseOp.BitcastConvert(p.f32(2), i32(3)), i32(3)),
        bad(
            "bitcast_convert_c1",
            p -> new ElementwiseOp.BitcastConvert(p.f32(2), TensorType.of(U8, 2, 2)),
            TensorType.of(U8, 2, 2)),
        bad(
            "bitcast_convert_c1",
            p -> new ElementwiseOp.BitcastConvert(p.of(U8, 4, 2), i32(4)),
            i32(4)),
        bad(
            "bitcast_convert_c2",
            p -> new ElementwiseOp.BitcastConvert(p.of(C64), TensorType.of(F64)),
            TensorType.of(F64)));
  }

  private static final Accuracy HIGHEST_WITH_A_TOLERANCE =
      new Accuracy(Accuracy.Mode.HIGHEST, 0, 0, 1);
  private static final Accuracy NEGATIVE = new Accuracy(Accuracy.Mode.TOLERANCE, -1, 0, 1);

  private static Op accurate(Fn fn, Value x, Accuracy accuracy) {
    return new ElementwiseOp.Pointwise(fn, List.of(x), accuracy);
  }

  private static Op ordered(ElementwiseOp.Order order, Value x, Value y) {
    return new ElementwiseOp.Compare(ElementwiseOp.Direction.EQ, order, x, y);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void constraint(Bad bad) {
    VerifierTest.assertRejected(bad);
  }
}
