package dev.jacobi.cpu.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class DotsTest {
  private static final LType F32 = LType.FLOAT;

  private static GemmSpec spec(Shape lhs, Shape rhs, Axes lb, Axes rb, Axes lc, Axes rc) {
    return Dots.spec(F32, F32, lhs, rhs, new Op.DotDims(lb, rb, lc, rc)).orElseThrow();
  }

  private static final Axes NONE = Axes.of();

  @Test
  void plainProducts() {
    assertThat(spec(Shape.of(3, 4), Shape.of(4, 5), NONE, NONE, Axes.of(1), Axes.of(0)))
        .isEqualTo(GemmSpec.of(F32, 3, 5, 4));
    assertThat(spec(Shape.of(4, 3), Shape.of(5, 4), NONE, NONE, Axes.of(0), Axes.of(1)))
        .isEqualTo(GemmSpec.of(F32, 3, 5, 4).transposedA().transposedB());
  }

  @Test
  void denseBatchesBecomeOneDimension() {
    assertThat(
            spec(
                Shape.of(2, 6, 3, 4),
                Shape.of(2, 6, 4, 5),
                Axes.of(0, 1),
                Axes.of(0, 1),
                Axes.of(3),
                Axes.of(2)))
        .isEqualTo(GemmSpec.of(F32, 3, 5, 4).batched(12));
  }

  @Test
  void freeDimensionsThatDoNotTouchJoinTheBatch() {
    // lhs [m1, k, m2]: rows m2, m1 outside.
    var s = spec(Shape.of(7, 4, 3), Shape.of(4, 5), NONE, NONE, Axes.of(1), Axes.of(0));
    assertThat(s.m()).isEqualTo(3);
    assertThat(s.aRow()).isEqualTo(1);
    assertThat(s.aCol()).isEqualTo(3);
    assertThat(s.batch()).isEqualTo(List.of(new GemmSpec.Batch(7, 12, 0, 15)));
  }

  @Test
  void contractionsInTheSameOrderBecomeOne() {
    var s = spec(Shape.of(2, 3, 4), Shape.of(3, 4, 5), NONE, NONE, Axes.of(1, 2), Axes.of(0, 1));
    assertThat(s).isEqualTo(GemmSpec.of(F32, 2, 5, 12));
    var crossed = new Op.DotDims(NONE, NONE, Axes.of(1, 2), Axes.of(1, 0));
    assertThat(Dots.spec(F32, F32, Shape.of(2, 3, 4), Shape.of(4, 3, 5), crossed)).isEmpty();
  }

  @Test
  void vectorsAndOuterProducts() {
    var inner = spec(Shape.of(9), Shape.of(9), NONE, NONE, Axes.of(0), Axes.of(0));
    assertThat(inner.m() * inner.n()).isEqualTo(1);
    assertThat(inner.k()).isEqualTo(9);
    var outer = spec(Shape.of(3), Shape.of(5), NONE, NONE, NONE, NONE);
    assertThat(List.of(outer.m(), outer.n(), outer.k(), outer.cRow()))
        .containsExactly(3L, 5L, 1L, 5L);
    var column = spec(Shape.of(3, 4), Shape.of(4), NONE, NONE, Axes.of(1), Axes.of(0));
    assertThat(List.of(column.m(), column.n(), column.k(), column.cRow()))
        .containsExactly(3L, 1L, 4L, 1L);
  }
}
