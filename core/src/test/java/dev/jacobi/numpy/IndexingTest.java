package dev.jacobi.numpy;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Index;
import dev.jacobi.Mode;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reading and updating at indices against NumPy's rules, written down element by element. */
class IndexingTest {
  private static final int CASES = 150;

  /** An array whose elements are their own row-major positions. */
  private static Array positions(Shape shape) {
    return arange(shape.size()).reshape(shape.toArray());
  }

  private static Index[] randomPlace(Random random, Shape shape) {
    List<Index> all = new ArrayList<>();
    int[] lengths = {random.nextInt(3), 1 + random.nextInt(3)};
    boolean dots = false;
    for (int d = 0; d < shape.rank(); d++) {
      int n = Math.toIntExact(shape.dim(d));
      switch (random.nextInt(9)) {
        case 0, 1 -> all.add(i(random.nextInt(-n, n)));
        case 2 -> all.add(all());
        case 3 -> all.add(new Index.Range(end(random, n), end(random, n), 1));
        case 4 -> all.add(new Index.Range(end(random, n), end(random, n), step(random)));
        case 5, 6 -> all.add(ix(indexArray(random, n, lengths)));
        case 7 -> {
          all.add(newAxis());
          all.add(all().step(-1));
        }
        default -> {
          if (!dots) {
            all.add(ellipsis());
            dots = true;
            d += random.nextInt(2);
          } else {
            return all.toArray(Index[]::new); // the rest is whole
          }
        }
      }
    }
    return all.toArray(Index[]::new);
  }

  private static Long end(Random random, int n) {
    return random.nextInt(4) == 0 ? null : (long) random.nextInt(-n - 2, n + 3);
  }

  private static long step(Random random) {
    return random.nextBoolean() ? 1 + random.nextInt(3) : -1 - random.nextInt(3);
  }

  /** Positions of shape (), (b), (1) or (a, 1), so that several of them broadcast. */
  private static Array indexArray(Random random, int n, int[] lengths) {
    int count = 1 + lengths[0];
    Shape[] shapes = {
      Shape.of(lengths[1]), Shape.of(1), Shape.of(count, 1), Shape.scalar(), Shape.of(lengths[1])
    };
    Shape shape = shapes[random.nextInt(shapes.length)];
    int[] values = random.ints(shape.size(), -n, n).toArray();
    return Jnp.array(values).reshape(shape.toArray());
  }

  private static final Shape[] SHAPES = {
    Shape.of(5), Shape.of(3, 4), Shape.of(2, 3, 4), Shape.of(1, 5), Shape.of(3, 1, 2, 2)
  };

  @Test
  @Tag("slow")
  void readsWhatNumpyReads() {
    Random random = new Random(1);
    for (int n = 0; n < CASES; n++) {
      Shape shape = SHAPES[random.nextInt(SHAPES.length)];
      Index[] place = randomPlace(random, shape);
      Array x = positions(shape);
      var expected = NumpyIndex.of(shape, List.of(place));
      String name = shape + " " + Arrays.toString(place);
      Array y = x.get(place);
      assertThat(y.shape()).as(name).isEqualTo(expected.shape());
      assertThat(y.toLongArray()).as(name).isEqualTo(expected.positions());
      Array traced = jit((Op1) v -> v.get(place)).apply(x);
      assertThat(traced.toLongArray()).as(name).isEqualTo(expected.positions());
    }
  }

  @Test
  @Tag("slow")
  void updatesWhatNumpyUpdates() {
    Random random = new Random(2);
    for (int n = 0; n < CASES; n++) {
      Shape shape = SHAPES[random.nextInt(SHAPES.length)];
      Index[] place = randomPlace(random, shape);
      var places = NumpyIndex.of(shape, List.of(place));
      int[] values = random.ints(places.shape().size(), 1, 100).toArray();
      long[] added = positions(shape).toLongArray();
      for (int k = 0; k < values.length; k++) {
        added[Math.toIntExact(places.positions()[k])] += values[k];
      }
      Array v = Jnp.array(values).reshape(places.shape().toArray());
      Array y = positions(shape).at(place).add(v);
      String name = shape + " " + Arrays.toString(place);
      assertThat(y.toLongArray()).as(name).isEqualTo(added);
      Array set = positions(shape).at(place).set(-7);
      long[] sevens = positions(shape).toLongArray();
      for (long p : places.positions()) {
        sevens[Math.toIntExact(p)] = -7;
      }
      assertThat(set.toLongArray()).as(name).isEqualTo(sevens);
    }
  }

  @Test
  void masksChooseElementsInOrder() {
    Array x = positions(Shape.of(2, 3));
    assertThat(x.get(mask(x.gt(2))).toIntArray()).containsExactly(3, 4, 5);
    Array rows = x.get(mask(array(false, true)), from(1));
    assertThat(rows.shape()).isEqualTo(Shape.of(1, 2));
    assertThat(rows.toIntArray()).containsExactly(4, 5);
    assertThat(x.at(mask(x.gt(3))).add(10).toIntArray()).containsExactly(0, 1, 2, 3, 14, 15);
    Array set = x.at(mask(x.gt(3))).set(array(7, 8));
    assertThat(set.toIntArray()).containsExactly(0, 1, 2, 3, 7, 8);
  }

  @Test
  void masksWorkInTracesWhereTheirCountDoesNotMatter() {
    Op1 f = jit((Op1) v -> v.at(mask(v.gt(1))).set(0));
    assertThat(f.apply(arange(4)).toIntArray()).containsExactly(0, 1, 0, 0);
    assertThatThrownBy(() -> jit((Op1) v -> v.get(mask(v.gt(1)))).apply(arange(4)))
        .isInstanceOf(MaskTracedException.class)
        .hasMessageContaining("where")
        .hasMessageContaining("IndexingTest.java:");
  }

  @Test
  void indicesOutOfBoundsThrowWithTheLine() {
    Array x = arange(4);
    for (Runnable bad :
        List.<Runnable>of(
            () -> x.get(4),
            () -> x.get(-5),
            () -> x.get(i(4)),
            () -> x.get(ix(0, 4)),
            () -> x.get(ix(scalar(-5))),
            () -> x.at(4).set(1),
            () -> x.at(ix(-5)).add(1),
            () -> take(x, array(9)),
            () -> jit((Op1) v -> v.get(4)).apply(x))) {
      assertThatThrownBy(bad::run)
          .isInstanceOf(ArrayIndexException.class)
          .hasMessageContaining("IndexingTest.java:")
          .hasMessageContaining("(4,)")
          .hasMessageContaining("from -4 to 3");
    }
  }

  @Test
  void modesSayWhatHappensOutOfBounds() {
    Array x = array(10f, 11f, 12f);
    Array far = array(5, -1, -7);
    assertThat(x.at(ix(far)).get(Mode.CLIP).toFloatArray()).containsExactly(12, 12, 10);
    assertThat(x.at(ix(far)).get(Mode.WRAP).toFloatArray()).containsExactly(12, 12, 12);
    assertThat(x.at(ix(far)).get(Mode.FILL).toFloatArray())
        .containsExactly(Float.NaN, 12, Float.NaN);
    assertThat(x.at(ix(far)).getOr(-1).toFloatArray()).containsExactly(-1, 12, -1);
    assertThat(x.at(ix(far)).set(weak(0), Mode.FILL).toFloatArray()).containsExactly(10, 11, 0);
    assertThat(x.at(ix(far)).add(weak(1), Mode.CLIP).toFloatArray()).containsExactly(11, 11, 14);
    assertThat(x.at(3).get(Mode.CLIP).item()).isEqualTo(12);
  }

  @Test
  void misusesAreNamed() {
    Array x = positions(Shape.of(2, 3));
    assertThatThrownBy(() -> x.get(0, 0, 0))
        .isInstanceOf(ArrayIndexException.class)
        .hasMessageContaining("(2, 3)");
    assertThatThrownBy(() -> x.get(ellipsis(), ellipsis()))
        .isInstanceOf(ArrayIndexException.class)
        .hasMessageContaining("ellipsis");
    assertThatThrownBy(() -> x.get(mask(array(true))))
        .isInstanceOf(ArrayIndexException.class)
        .hasMessageContaining("mask");
    assertThatThrownBy(() -> ix(array(1f))).isInstanceOf(LaxTypeException.class);
    assertThatThrownBy(() -> range(0, 1, 0)).isInstanceOf(LaxTypeException.class);
    assertThatThrownBy(() -> x.at(0).set(array(1f, 2f, 3f)))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("astype");
    assertThatThrownBy(() -> x.get(ix(0, 1), ix(0, 1, 2)))
        .isInstanceOf(ShapeMismatchException.class);
    assertThatThrownBy(() -> x.at(0).set(array(1, 2)))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("IndexingTest.java:");
  }

  @Test
  void gradientsGoWhereTheElementsCameFrom() {
    Array x = array(1f, 2f, 3f);
    Op1 twice = v -> v.get(ix(0, 0, 2)).sum();
    assertThat(grad(twice).apply(x).toFloatArray()).containsExactly(2, 0, 1);
    Op1 kept = v -> v.at(1).set(5.0).times(array(1f, 10f, 100f)).sum();
    assertThat(grad(kept).apply(x).toFloatArray()).containsExactly(1, 0, 100);
    Op1 lastWins = v -> zeros(2).at(ix(0, 0, 1)).set(v).times(array(1f, 10f)).sum();
    assertThat(grad(lastWins).apply(x).toFloatArray()).containsExactly(0, 1, 10);
  }

  @Test
  void everyRowCanHaveItsOwnIndex() {
    Array x = positions(Shape.of(3, 4)).astype(DType.F32);
    Array k = array(3, 0, -2);
    Array y = vmap((Op2) (row, j) -> row.get(ix(j))).apply(x, k);
    assertThat(y.toFloatArray()).containsExactly(3, 4, 10);
    Array z = vmap((Op2) (row, j) -> row.at(ix(j)).set(0.0)).apply(x, k);
    assertThat(z.sum(1).toFloatArray()).containsExactly(3, 18, 28);
  }
}
