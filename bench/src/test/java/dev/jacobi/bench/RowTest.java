package dev.jacobi.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.bench.Side.Figure;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowTest {
  private static Figure figure(double micros) {
    return new Figure("1", micros, Optional.empty());
  }

  @Test
  void ratioIsTheMedianOfTheRoundsRatiosNotTheRatioOfMedians() {
    Row row = new Row("x");
    double[][] rounds = {{1, 10}, {2, 2}, {30, 40}};
    for (double[] round : rounds) {
      row.add("jacobi", figure(round[0]));
      row.add("jax", figure(round[1]));
    }
    assertThat(row.ratio("jax")).isEqualTo(0.75);
    assertThat(row.micros("jacobi")).isEqualTo(2);
    assertThat(row.micros("jax")).isEqualTo(10);
  }

  @Test
  void aPeerWithoutTheRowHasNoFields() {
    Row row = new Row("x");
    row.add("jacobi", new Figure("1", 4, Optional.of(9.0)));
    var fields = row.fields("machine");
    assertThat(fields)
        .containsEntry("jacobi_us", 4.0)
        .containsEntry("first_compile_us", 9.0)
        .doesNotContainKeys("jax_us", "jax_ratio");
    assertThat(row.ratio("jax")).isNaN();
  }
}
