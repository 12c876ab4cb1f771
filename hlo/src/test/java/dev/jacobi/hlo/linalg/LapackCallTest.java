package dev.jacobi.hlo.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LapackCallTest {
  private static Value f32(long... sizes) {
    return new Value(TensorType.of(DType.F32, sizes));
  }

  private static ControlOp.CustomCall potrf() {
    return LapackCall.write(
        LapackRoutine.POTRF, DType.F32, List.of(f32(2, 3, 3)), Map.of("uplo", "L"));
  }

  @Test
  void isWrittenAsItIsRead() {
    LapackCall call = LapackCall.of(potrf()).orElseThrow();
    assertThat(call.name()).isEqualTo("spotrf");
    assertThat(call.letter("uplo", "LU")).isEqualTo('L');
    assertThat(call.results())
        .containsExactly(TensorType.of(DType.F32, 2, 3, 3), TensorType.of(DType.I32, 2));
    assertThat(potrf().attrs())
        .containsEntry("mhlo.backend_config", "{uplo = 76 : ui8}")
        .containsEntry("operand_layouts", "[dense<[1, 2, 0]> : tensor<3xindex>]");
  }

  @Test
  void othersAreNotLapack() {
    ControlOp.CustomCall op = potrf();
    for (String name : List.of("check.expect_eq", "lapack_snone_ffi", "lapack_hpotrf_ffi")) {
      assertThat(LapackCall.of(with(op, name, Map.of()))).isEmpty();
    }
  }

  /** JAX's svd of a wide matrix, thin and without vectors: u is square all the same. */
  @Test
  void thinVectorsThatNobodyAsksForStayThin() {
    ControlOp.CustomCall op =
        LapackCall.write(LapackRoutine.GESDD, DType.F32, List.of(f32(3, 5)), Map.of("mode", "N"));
    LapackCall call = LapackCall.of(op).orElseThrow();
    assertThat(call.results().subList(2, 4))
        .containsExactly(TensorType.of(DType.F32, 3, 3), TensorType.of(DType.F32, 3, 5));
    assertThat(IntStream.range(0, 5).filter(call::isDefined)).containsExactly(1, 4);
  }

  private static ControlOp.CustomCall with(
      ControlOp.CustomCall op, String target, Map<String, String> attrs) {
    Map<String, String> all = new HashMap<>(op.attrs());
    all.putAll(attrs);
    return new ControlOp.CustomCall(target, op.operands(), op.types(), false, all);
  }

  private static ControlOp.CustomCall on(Value... operands) {
    ControlOp.CustomCall op = potrf();
    return new ControlOp.CustomCall(op.target(), List.of(operands), op.types(), false, op.attrs());
  }

  static Stream<ControlOp.CustomCall> bad() {
    ControlOp.CustomCall op = potrf();
    String rows = "[dense<[2, 1, 0]> : tensor<3xindex>]";
    return Stream.of(
        with(op, op.target(), Map.of("operand_layouts", rows)),
        with(op, op.target(), Map.of("mhlo.backend_config", "{uplo = 77 : ui8}")),
        with(op, op.target(), Map.of("mhlo.backend_config", "{}")),
        on(f32(2, 3, 4)),
        on(f32(3)),
        on(new Value(TensorType.of(DType.F64, 2, 3, 3))),
        on(f32(2, 3, 3), f32(2, 3, 3)),
        on());
  }

  @ParameterizedTest
  @MethodSource("bad")
  void wrongCallsAreNamed(ControlOp.CustomCall op) {
    assertThatThrownBy(() -> LapackCall.of(op))
        .isInstanceOf(HloTypeException.class)
        .hasMessageContaining("custom_call @lapack_spotrf_ffi");
  }
}
