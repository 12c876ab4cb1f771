package dev.jacobi.numpy;

import static dev.jacobi.numpy.Jnp.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Arrays from Java's data and back. */
class CreationTest {
  private static final Offset<Double> EXACT = within(1e-15);

  @Test
  void theJavaTypeIsTheElementType() {
    assertThat(array(1f).dtype()).isEqualTo(DType.F32);
    assertThat(array(1.0).dtype()).isEqualTo(DType.F64);
    assertThat(array(1).dtype()).isEqualTo(DType.I32);
    assertThat(array(1L).dtype()).isEqualTo(DType.I64);
    assertThat(array(true).dtype()).isEqualTo(DType.BOOL);
    assertThat(array(List.of(1f)).dtype()).isEqualTo(DType.F32);
    assertThat(array(List.of((byte) 1)).dtype()).isEqualTo(DType.I8);
    assertThat(array(new long[][] {{1}}).dtype()).isEqualTo(DType.I64);
    assertThat(zeros(2).dtype()).isEqualTo(DType.F32);
    assertThat(arange(2).dtype()).isEqualTo(DType.I32);
    assertThat(arange(2, DType.F64).dtype()).isEqualTo(DType.F64);
    assertThat(identity(2, DType.F64).dtype()).isEqualTo(DType.F64);
  }

  @Test
  void sequencesHaveAllTheDigitsOfTheirType() {
    Array tenths = linspace(0, 0.3, 4, DType.F64);
    assertThat(tenths.toDoubleArray()).containsExactly(new double[] {0, 0.1, 0.2, 0.3}, EXACT);
    assertThat(linspace(0.1, 0.2, 2, false, DType.C128).get(1).itemComplex().re())
        .isCloseTo(0.15, EXACT);
    assertThat(logspace(-1, -0.5, 2, DType.F64).get(1).item()).isCloseTo(Math.sqrt(0.1), EXACT);
    assertThat(geomspace(0.1, 0.2, 3, DType.F64).toDoubleArray())
        .containsExactly(new double[] {0.1, Math.sqrt(0.02), 0.2}, EXACT);
    assertThat(logspace(0, 1, 3, DType.I32).toIntArray()).containsExactly(1, 3, 10);
    assertThat(geomspace(1, 10, 3, DType.I32).toIntArray()).containsExactly(1, 3, 10);
    assertThat(Fft.rfftfreq(3, 0.1, DType.F64).get(1).item()).isCloseTo(10.0 / 3, EXACT);
    assertThat(Fft.fftfreq(3, 0.1, DType.F64).get(2).item()).isCloseTo(-10.0 / 3, EXACT);
  }

  @Test
  void nestedDataKeepsItsShapeAndOrder() {
    Array x = array(new float[][][] {{{1, 2}, {3, 4}, {5, 6}}, {{7, 8}, {9, 10}, {11, 12}}});
    assertThat(x.shape()).isEqualTo(Shape.of(2, 3, 2));
    assertThat(x.get(1, 0, 1).item()).isEqualTo(8);
    List<List<Integer>> rows = List.of(List.of(1, 2, 3), List.of(4, 5, 6));
    assertThat(array(rows).toList()).isEqualTo(rows);
    assertThat(array(List.of(new int[] {1, 2}, new int[] {3, 4})).toIntArray())
        .containsExactly(1, 2, 3, 4);
    assertThat(array(new float[0][]).shape()).isEqualTo(Shape.of(0));
    assertThat(array(new int[2][0]).shape()).isEqualTo(Shape.of(2, 0));
    assertThat(array(new int[2][0]).toList()).isEqualTo(List.of(List.of(), List.of()));
    assertThat(array(new boolean[][] {{true, false}}).toList())
        .isEqualTo(List.of(List.of(true, false)));
  }

  @Test
  void segmentsAreCopied() {
    float[] data = {1, 2, 3, 4};
    Array x = array(MemorySegment.ofArray(data), DType.F32, 2, 2);
    data[0] = 9;
    assertThat(x.toFloatArray()).containsExactly(1, 2, 3, 4);
    assertThatThrownBy(() -> array(MemorySegment.ofArray(data), DType.F32, 3))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("16 bytes");
  }

  @Test
  void dataOfNoShapeIsRefused() {
    assertThatThrownBy(() -> array(new int[][] {{1, 2}, {3}}))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("different lengths")
        .hasMessageContaining("CreationTest.java:");
    assertThatThrownBy(() -> array(List.of(1, List.of(2)))).isInstanceOf(LaxTypeException.class);
    assertThatThrownBy(() -> array(List.of(List.of(1), 2))).isInstanceOf(LaxTypeException.class);
    assertThatThrownBy(() -> array(List.of(1, 2f)))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("mixes");
    assertThatThrownBy(() -> array(List.of("one"))).isInstanceOf(LaxTypeException.class);
  }
}
