package dev.jacobi.parallel;

import static dev.jacobi.Jacobi.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.random.Random;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code pmap} as JAX's documentation shows it. */
class PmapTest {
  static {
    numCpuDevices(8);
  }

  private static Array floats(int n) {
    return Jnp.arange(n).astype(DType.F32);
  }

  /** The article's batched linear function, with pmap in place of vmap. */
  @Test
  void aLinearFunctionOfABatch() {
    Array w = floats(6).reshape(2, 3);
    Array b = Jnp.array(1f, -1f);
    Op1 linear = x -> w.matmul(x).plus(b);
    Array batch = floats(24).reshape(8, 3);
    assertThat(pmap(linear).apply(batch).toString())
        .isEqualTo(vmap(linear).apply(batch).toString());
  }

  @Test
  void theExamplesOfJaxsDocumentation() {
    assertThat(pmap((Op1) x -> x.pow(2)).apply(Jnp.arange(8)).toIntArray())
        .containsExactly(0, 1, 4, 9, 16, 25, 36, 49);
    Op1 normalized = x -> x.div(Lax.psum(x, "i"));
    assertThat(pmap(normalized, "i").apply(Jnp.arange(4)).toString())
        .isEqualTo("[0.         0.16666667 0.33333334 0.5       ]");
    Array x = floats(24).reshape(3, 2, 4);
    Array y = floats(24).reshape(3, 4, 2);
    assertThat(pmap((Op2) (a, c) -> a.matmul(c)).apply(x, y).toString())
        .isEqualTo(vmap((Op2) (a, c) -> a.matmul(c)).apply(x, y).toString());
  }

  @Test
  void axesSayWhatIsDividedAndWhatShared() {
    Array x = floats(12).reshape(3, 4);
    PmapOptions options =
        PmapOptions.DEFAULT.withInAxes(in(1, NONE)).withOutAxes(out(1)).withAxisName("d");
    Op2 f = pmap((Op2) (a, c) -> a.times(c).plus(Lax.psum(a, "d")), options);
    Array expected = x.times(Jnp.array(2f)).plus(x.sum(1).reshape(3, 1));
    assertThat(f.apply(x, Jnp.array(2f)).toString()).isEqualTo(expected.toString());
    Op1 shared =
        pmap(
            (Op1) a -> Lax.psum(a, "d"),
            PmapOptions.DEFAULT.withAxisName("d").withOutAxes(out(NONE)));
    assertThat(shared.apply(floats(8)).item()).isEqualTo(28);
  }

  @Test
  void gradientsPassInsideAndOutside() {
    Array x = floats(8);
    Op1 inside = pmap((Op1) v -> grad((Op1) u -> Lax.psum(u.times(u), "i")).apply(v), "i");
    assertThat(inside.apply(x).toFloatArray()) // psum transposes to psum, as in JAX
        .containsExactly(0, 16, 32, 48, 64, 80, 96, 112);
    Op1 outside = v -> pmap((Op1) u -> u.times(Lax.psum(u, "i")), "i").apply(v).sum();
    assertThat(grad(outside).apply(x).toFloatArray()).containsOnly(56);
    assertThat(vmap(grad(outside)).apply(Jnp.stack(List.of(x, x.times(2)))).get(1).toFloatArray())
        .containsOnly(112);
  }

  @Test
  void keysAreDivided() {
    var keys = Random.key(3).split(8);
    Array each = pmap((Key k) -> Random.normal(k, Shape.of(2))).apply(keys);
    assertThat(each.toString())
        .isEqualTo(vmap((Key k) -> Random.normal(k, Shape.of(2))).apply(keys).toString());
  }

  @Test
  void resultsStayOnTheirDevicesAndDevicesCanBeChosen() {
    Array y = pmap((Op1) v -> v.plus(1)).apply(floats(4));
    assertThat(y.addressableShards().stream().map(s -> s.device()).toList())
        .isEqualTo(devices().subList(0, 4));
    var last = devices().subList(6, 8);
    Array z = pmap((Op1) v -> v.plus(1), PmapOptions.DEFAULT.withDevices(last)).apply(floats(2));
    assertThat(z.addressableShards().stream().map(s -> s.device()).toList()).isEqualTo(last);
    assertThatThrownBy(
            () -> pmap((Op1) v -> v, PmapOptions.DEFAULT.withDevices(last)).apply(floats(3)))
        .isInstanceOf(PmapException.class)
        .hasMessageContaining("3 parts");
  }

  @Test
  void donatedArgumentsAreUsedUp() {
    Op1 f = pmap((Op1) v -> v.plus(1), PmapOptions.DEFAULT.withDonated(0));
    Array x = f.apply(floats(8));
    Array y = f.apply(x);
    assertThat(y.get(7).item()).isEqualTo(9);
    assertThatThrownBy(() -> x.plus(1)).hasMessageContaining("donated");
  }

  @Test
  void oneMembersArrayGoesToAll() {
    Array x = floats(8);
    assertThat(pmap((Op1) v -> Lax.pbroadcast(v, 5, "i"), "i").apply(x).toFloatArray())
        .containsOnly(5);
    Op1 sum = v -> pmap((Op1) u -> Lax.pbroadcast(u, 5, "i"), "i").apply(v).sum();
    assertThat(grad(sum).apply(x).toFloatArray()).containsExactly(0, 0, 0, 0, 0, 8, 0, 0);
    assertThatThrownBy(() -> pmap((Op1) u -> Lax.pbroadcast(u, 8, "i"), "i").apply(x))
        .isInstanceOf(CollectiveException.class)
        .hasMessageContaining("no member 8");
  }
}
