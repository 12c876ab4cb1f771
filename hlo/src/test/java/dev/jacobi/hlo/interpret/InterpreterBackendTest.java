package dev.jacobi.hlo.interpret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.memory.ClosedException;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class InterpreterBackendTest {
  private static final TensorType PAIR = TensorType.of(DType.F32, 2);
  private final Backend backend = new InterpreterBackend();

  /** {@code main(x, y) = x + y}; x may be donated. */
  private static HloModule sum(Map<String, String> firstAttrs) {
    HloBuilder b = new HloBuilder();
    Value x = b.param(PAIR);
    Value y = b.param(PAIR);
    HloFunc main =
        new HloFunc(
            "main",
            true,
            b.build(b.pointwise(Fn.ADD, x, y)),
            List.of(firstAttrs, Map.of()),
            List.of(Map.of()));
    return new HloModule("sum", Map.of("main", main), Map.of());
  }

  private Buffer buffer(float... values) {
    return backend.fromHost(PAIR, Literal.ofFloats(Shape.of(2), values).data());
  }

  @Test
  void adds() {
    var program = backend.compile(sum(Map.of()), CompileOptions.DEFAULT);
    Buffer x = buffer(1, 2);
    Buffer[] out = program.execute(new Buffer[] {x, buffer(10, 20)});
    assertThat(Literal.wrap(PAIR, out[0].toHost()))
        .isEqualTo(Literal.ofFloats(Shape.of(2), 11, 22));
    assertThat(x.isClosed()).isFalse();
  }

  private static Literal full(int n, float value) {
    float[] values = new float[n];
    Arrays.fill(values, value);
    return Literal.ofFloats(Shape.of(n), values);
  }

  /** 2,000 intermediate arrays of a MiB each do not fit into the test's heap together. */
  @Test
  @Tag("slow")
  void aProgramHoldsOnlyWhatItStillReads() {
    int n = 1 << 17;
    TensorType type = TensorType.of(DType.F32, n);
    HloBuilder b = new HloBuilder();
    Value x = b.param(type);
    Value sum = x;
    for (int i = 0; i < 2_000; i++) {
      sum = b.pointwise(Fn.ADD, sum, x);
    }
    HloFunc main = new HloFunc("main", true, b.build(sum));
    var program =
        backend.compile(
            new HloModule("chain", Map.of("main", main), Map.of()), CompileOptions.DEFAULT);
    Buffer ones = backend.fromHost(type, full(n, 1).data());
    Buffer out = program.execute(new Buffer[] {ones})[0];
    assertThat(Literal.wrap(type, out.toHost())).isEqualTo(full(n, 2_001));
  }

  @Test
  void donatedArgumentsAreConsumedEvenIfTheCallFails() {
    for (var attr :
        Map.of("tf.aliasing_output", "0 : i32", "jax.buffer_donor", "true").entrySet()) {
      var program = backend.compile(sum(Map.ofEntries(attr)), CompileOptions.DEFAULT);
      Buffer x = buffer(1, 2);
      Buffer y = buffer(3, 4);
      program.execute(new Buffer[] {x, y});
      assertThat(x.isClosed()).isTrue();
      assertThat(y.isClosed()).isFalse();
      assertThatThrownBy(x::toHost).isInstanceOf(ClosedException.class);
      Buffer again = buffer(1, 2);
      y.close();
      assertThatThrownBy(() -> program.execute(new Buffer[] {again, y}))
          .isInstanceOf(ClosedException.class);
      assertThat(again.isClosed()).isTrue();
    }
  }

  @Test
  void anUnknownCustomCallIsRefusedWhenCompiling() {
    HloBuilder b = new HloBuilder();
    b.addAll(new ControlOp.CustomCall("nobody", List.of(), List.of(), true, Map.of()));
    HloModule module =
        new HloModule("m", Map.of("main", new HloFunc("main", true, b.build())), Map.of());
    assertThatThrownBy(() -> backend.compile(module, CompileOptions.DEFAULT))
        .isInstanceOf(UnsupportedOpException.class)
        .hasMessageContaining("@nobody");
  }
}
