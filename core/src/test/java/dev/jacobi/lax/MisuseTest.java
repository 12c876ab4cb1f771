package dev.jacobi.lax;

import static dev.jacobi.numpy.Jnp.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.SpectralOp.FftType;
import dev.jacobi.lax.linalg.LaxLinalg;
import dev.jacobi.numpy.Jnp;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that random arguments found to fail without a name or without the user's line. */
class MisuseTest {
  private static final Array X = array(0.5f, 1f, 2f);
  private static final Array M = Jnp.ones(2, 3);
  private static final GatherDimensionNumbers ROWS =
      new GatherDimensionNumbers(Axes.of(1), Axes.of(0), Axes.of(0));

  private static Arguments call(String message, ThrowingCallable call) {
    return Arguments.of(message, call);
  }

  private static Stream<Arguments> calls() {
    return Stream.of(
        call("reduce_sum", () -> Lax.reduceSum(M, 0, 0)),
        call("broadcast_in_dim", () -> Lax.broadcastInDim(X, Shape.of(2, 3))),
        call("broadcast_in_dim", () -> Lax.broadcastInDim(X, Shape.of(2, 3), 7)),
        call("broadcast_in_dim", () -> Lax.broadcastInDim(M, Shape.of(3, 3), 1, 1)),
        call("[-1]", () -> Lax.broadcast(X, -1)),
        call("[-9223372036854775808]", () -> Lax.broadcast(X, Long.MIN_VALUE)),
        call("2147483647 dimensions", () -> Lax.broadcastToRank(X, Integer.MAX_VALUE)),
        call("has no dimension -1", () -> Lax.broadcastedIota(DType.I32, Shape.of(3), -1)),
        call("has no dimension 0", () -> Lax.broadcastedIota(DType.I32, Shape.of(), 0)),
        call("[-2]", () -> Lax.iota(DType.F32, -2)),
        call("[-3, -1]", () -> Lax.reshape(X, -3, -1)),
        call("[3, -1]", () -> Jnp.indices(3, -1)),
        call("eye", () -> Jnp.eye(-1, 3, 4, DType.U8)),
        call("too many elements: [1099511627776, 1099511627776]", () -> Jnp.eye(1L << 40)),
        call("tri", () -> Jnp.tri(-1)),
        call("-2 times", () -> Jnp.repeat(X, -2)),
        call("too many elements", () -> Jnp.zeros(Long.MAX_VALUE)),
        call("too many elements", () -> Jnp.arange(1e300)),
        call("at least one array", () -> Lax.concatenate(List.of(), 0)),
        call("at least one array", () -> Lax.stack(List.of(), 0)),
        call("dimensions but -1", () -> Lax.concatenate(List.of(X, X), -1)),
        call("expand_dims", () -> Lax.expandDims(X, 0, 0)),
        call("argmax", () -> Lax.argmax(X, 0, DType.BOOL)),
        call("[-3]", () -> Lax.fft(X, FftType.RFFT, -3)),
        call("gather", () -> Lax.gather(X, Jnp.array(new int[][] {{0}}), ROWS, Longs.of(1))),
        call("index_take", () -> Lax.indexTake(X, List.of(array(0)), -1)),
        call("a size is negative: -3", () -> Lax.dynamicSliceInDim(X, array(0).get(0), -3, 0)),
        call("too far to count", () -> Lax.foriLoop(-2, Long.MAX_VALUE, (i, x) -> x, X)),
        call("needs a matrix", () -> LaxLinalg.cholesky(X)),
        call("needs a matrix", () -> LaxLinalg.eigh(X)));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void isNamedWithItsLine(String message, ThrowingCallable call) {
    Throwable e = catchThrowable(call);
    assertThat(e).isInstanceOf(LaxTypeException.class).hasMessageContaining(message);
    assertThat(e).hasMessageContaining("MisuseTest.java:");
  }
}
