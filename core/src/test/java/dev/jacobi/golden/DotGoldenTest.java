package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DotAlgorithm;
import dev.jacobi.hlo.DotAlgorithm.Format;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.lax.Dot;
import dev.jacobi.lax.DotAlgorithmPreset;
import dev.jacobi.lax.DotOptions;
import dev.jacobi.lax.DotPrecision;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The dot products of lax against JAX: values, types, first derivatives. */
class DotGoldenTest {
  @TestFactory
  Stream<DynamicTest> dots() {
    return functions("jnp/dots.tsv", DotFunctions.functions());
  }

  @TestFactory
  Stream<DynamicTest> ragged() {
    return functions("jnp/ragged.tsv", RaggedFunctions.functions());
  }

  private static Stream<DynamicTest> functions(
      String file, Map<String, Fn1<List<Array>, List<Array>>> ours) {
    var cases = GoldenFile.read(file);
    assertThat(cases).hasSize(ours.size());
    return cases.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name() + ": " + c.text("source"),
                    () -> JnpGoldenTest.check(c, ours.get(c.name()))));
  }

  /** Every pair of types with every preferred one: what JAX accepts, and the result. */
  @Test
  @Tag("slow")
  void types() {
    DotDims matrices = new DotDims(Axes.of(), Axes.of(), Axes.of(1), Axes.of(0));
    Array left = Jnp.array(1, 0, 1, 1, 1, 0).reshape(2, 3);
    Array right = Jnp.array(1, 1, 0, 1, 1, 0).reshape(3, 2);
    for (GoldenFile.Line line : GoldenFile.lines("values/dot_types.tsv")) {
      DType a = DType.valueOf(line.field(0).toUpperCase(Locale.ROOT));
      DType b = DType.valueOf(line.field(1).toUpperCase(Locale.ROOT));
      Array x = left.times(a.isBool() ? 1 : 2).astype(a);
      Array y = right.times(b.isBool() ? 1 : 3).astype(b);
      DotOptions options = DotOptions.DEFAULT.withDimensionNumbers(matrices);
      String preferred = line.field(2);
      DotOptions asked =
          preferred.equals("none")
              ? options
              : options.withPreferredElementType(DType.valueOf(preferred.toUpperCase(Locale.ROOT)));
      if (line.field(3).equals("-")) {
        assertThatThrownBy(() -> Dot.dot(x, y, asked))
            .as("%s", line)
            .isInstanceOf(LaxTypeException.class);
      } else {
        GoldenArray got = GoldenArray.of(Dot.dot(x, y, asked));
        assertThat(got).as("%s", line).isEqualTo(GoldenArray.of(line.field(3), line.field(4)));
      }
    }
  }

  /** An algorithm that is spelled out is the preset of its formats. */
  @Test
  void algorithms() {
    Array x = Jnp.array(1.001f, 2.003f, -3.005f);
    DotAlgorithm spelled = new DotAlgorithm(Format.BF16, Format.BF16, Format.F32, 1, 1, 1, false);
    Array own = Jnp.dot(x, x, with(new DotPrecision.Algorithm(spelled)));
    Array preset = Jnp.dot(x, x, with(DotAlgorithmPreset.BF16_BF16_F32));
    assertThat(GoldenArray.of(own)).isEqualTo(GoldenArray.of(preset));
    assertThat(own.item()).isNotEqualTo(Jnp.dot(x, x).item());
  }

  private static DotOptions with(DotPrecision precision) {
    return DotOptions.DEFAULT.withPrecision(precision);
  }
}
