package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.scipy.Rotation;
import dev.jacobi.scipy.Slerp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rotations against JAX's and SciPy's. */
@Tag("slow")
class SpatialGoldenTest {
  private static final String FILE = "jnp/spatial.tsv";

  private static final Map<String, Fn1<List<Array>, List<Array>>> FUNCTIONS = functions();

  @TestFactory
  Stream<DynamicTest> cases() {
    return ScipyGoldens.ofMatrices(Map.of(), Map.of()).tests(FILE, FUNCTIONS);
  }

  @Test
  void everyFunctionHasCases() {
    var named =
        GoldenFile.read(FILE).stream().map(ScipyGoldens::functionOf).collect(Collectors.toSet());
    assertThat(named).isEqualTo(FUNCTIONS.keySet());
  }

  private static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    Map<String, Fn1<List<Array>, List<Array>>> all = new HashMap<>();
    from(all, "from_quat", Rotation::fromQuat);
    from(all, "from_matrix", Rotation::fromMatrix);
    from(all, "from_mrp", Rotation::fromMrp);
    from(all, "from_rotvec", Rotation::fromRotvec);
    from(all, "from_rotvec degrees", x -> Rotation.fromRotvec(x, true));
    for (String axes : List.of("xyz", "XYZ", "zxz", "YXY", "ZY", "z")) {
      from(all, "from_euler " + axes, x -> Rotation.fromEuler(axes, x));
    }
    from(all, "from_euler degrees", x -> Rotation.fromEuler("zyx", x, true));
    for (String axes : List.of("xyz", "zyx", "XYZ", "ZYX", "zxz", "YXY")) {
      to(all, "as_euler " + axes, r -> r.asEuler(axes));
    }
    to(all, "as_euler degrees", r -> r.asEuler("yzx", true));
    to(all, "as_matrix", Rotation::asMatrix);
    to(all, "as_mrp", Rotation::asMrp);
    to(all, "as_rotvec", Rotation::asRotvec);
    to(all, "as_rotvec degrees", r -> r.asRotvec(true));
    to(all, "as_quat canonical", r -> r.asQuat(true, false));
    to(all, "as_quat first", r -> r.asQuat(false, true));
    to(all, "inv", r -> r.inv().asQuat());
    to(all, "magnitude", Rotation::magnitude);
    to(all, "mean", r -> Jnp.abs(r.mean().asQuat()));
    two(all, "mean weights", (r, w) -> Jnp.abs(r.mean(w).asQuat()));
    two(all, "apply", Rotation::apply);
    two(all, "apply inverse", (r, v) -> r.apply(v, true));
    two(all, "times", (r, q) -> r.times(new Rotation(q)).asQuat());
    for (String name : List.of("Slerp", "Slerp one")) {
      all.put(
          name,
          x -> List.of(Slerp.init(x.get(0), new Rotation(x.get(1))).apply(x.get(2)).asQuat()));
    }
    return all;
  }

  private static void from(
      Map<String, Fn1<List<Array>, List<Array>>> all, String name, Function<Array, Rotation> f) {
    all.put("Rotation " + name, x -> List.of(f.apply(x.getFirst()).asQuat()));
  }

  private static void to(
      Map<String, Fn1<List<Array>, List<Array>>> all, String name, Function<Rotation, Array> f) {
    all.put("Rotation " + name, x -> List.of(f.apply(new Rotation(x.getFirst()))));
  }

  /** A function of a rotation and an array. */
  private interface Binary {
    Array of(Rotation r, Array x);
  }

  private static void two(Map<String, Fn1<List<Array>, List<Array>>> all, String name, Binary f) {
    all.put("Rotation " + name, x -> List.of(f.of(new Rotation(x.get(0)), x.get(1))));
  }
}
