package dev.jacobi.parallel;

import static dev.jacobi.Jacobi.*;
import static dev.jacobi.sharding.PartitionSpec.P;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.debug.HostFn;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.sharding.Mesh;
import dev.jacobi.sharding.ShardingException;
import dev.jacobi.trace.UnboundAxisException;
import dev.jacobi.transform.VmapException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every misuse of meshes, axes and collectives is a named error, and the next program runs. */
class ParallelErrorsTest {
  private static final Mesh MESH = mesh();

  private static Mesh mesh() {
    numCpuDevices(8);
    return makeMesh(Shape.of(4, 2), "x", "y");
  }

  private record Misuse(
      String name, Runnable call, Class<? extends Exception> error, String message) {}

  private static final Array EIGHT = Jnp.arange(8).astype(DType.F32);

  private static Runnable named(Op1 f) {
    return () -> vmap(f).axisName("i").apply(EIGHT);
  }

  private static Runnable sharded(Op1 f) {
    return () -> shardMap(f, MESH, inSpecs(P("x")), outSpecs(P("x"))).apply(EIGHT);
  }

  private static List<Misuse> misuses() {
    return Stream.of(ofAxes(), ofShapes(), ofSpecs(), ofDevices()).flatMap(List::stream).toList();
  }

  private static List<Misuse> ofAxes() {
    return List.of(
        new Misuse(
            "a collective outside",
            () -> Lax.psum(EIGHT, "i"),
            UnboundAxisException.class,
            "no axis has a name here"),
        new Misuse(
            "another axis",
            named(v -> Lax.psum(v, "j")),
            UnboundAxisException.class,
            "the axes here are [i]"),
        new Misuse(
            "an axis of the mesh that is not there",
            sharded(v -> Lax.pmax(v, "z")),
            UnboundAxisException.class,
            "'z'"),
        new Misuse(
            "an axis twice",
            sharded(v -> Lax.psum(v, "x", "x")),
            CollectiveException.class,
            "names an axis twice"),
        new Misuse(
            "no axis", sharded(v -> Lax.psum(v)), CollectiveException.class, "needs the name"),
        new Misuse(
            "groups that leave one out",
            named(v -> Lax.psum(v, "i", new int[][] {{0, 1, 2}, {3, 4, 5, 6}})),
            CollectiveException.class,
            "exactly once"));
  }

  private static List<Misuse> ofShapes() {
    return List.of(
        new Misuse(
            "groups of two sizes",
            named(v -> Lax.pmean(v, "i", new int[][] {{0, 1, 2}, {3, 4, 5, 6, 7}})),
            CollectiveException.class,
            "of one size"),
        new Misuse(
            "two to one",
            named(v -> Lax.ppermute(v, new int[][] {{0, 1}, {2, 1}}, "i")),
            CollectiveException.class,
            "at most once"),
        new Misuse(
            "out of the axis",
            named(v -> Lax.ppermute(v, new int[][] {{0, 8}}, "i")),
            CollectiveException.class,
            "from 0 to 7"),
        new Misuse(
            "a part that does not fit",
            sharded(v -> Lax.psumScatter(v, "x")),
            CollectiveException.class,
            "among 4 members"),
        new Misuse(
            "a dimension that is not there",
            sharded(v -> Lax.allGather(v, CollectiveOptions.DEFAULT.withAxis(5), "x")),
            CollectiveException.class,
            "out of range"),
        new Misuse(
            "chunks of a named axis",
            () -> vmap((Op1) v -> Lax.psum(v, "i")).axisName("i").chunk(2).apply(EIGHT),
            VmapException.class,
            "whole batch"));
  }

  private static List<Misuse> ofSpecs() {
    return List.of(
        new Misuse(
            "a spec of another mesh",
            () -> shardMap((Op1) v -> v, MESH, inSpecs(P("z")), outSpecs(P("x"))).apply(EIGHT),
            ShardingException.class,
            "'z', which Mesh"),
        new Misuse(
            "uneven parts",
            () ->
                shardMap((Op1) v -> v, MESH, inSpecs(P("x")), outSpecs(P("x")))
                    .apply(Jnp.arange(7)),
            ShardingException.class,
            "into 4 parts"),
        new Misuse(
            "too many dimensions",
            () -> shardMap((Op1) v -> v, MESH, inSpecs(P("x", "y")), outSpecs(P("x"))).apply(EIGHT),
            ShardingException.class,
            "divides 2 dimensions"),
        new Misuse(
            "a result that differs, but is said to be shared",
            () -> shardMap((Op1) v -> v, MESH, inSpecs(P("x")), outSpecs(P())).apply(EIGHT),
            ShardingException.class,
            "may differ between devices along [x]"),
        new Misuse(
            "a result of too few dimensions",
            () ->
                shardMap((Op1) v -> v.sum(), MESH, inSpecs(P("x")), outSpecs(P("x"))).apply(EIGHT),
            ShardingException.class,
            "Give it a dimension"),
        new Misuse(
            "one mesh in itself",
            sharded(v -> shardMap((Op1) u -> u, MESH, inSpecs(P("x")), outSpecs(P("x"))).apply(v)),
            ShardingException.class,
            "has a meaning around it already"),
        new Misuse(
            "two specs for three arguments",
            () ->
                shardMap((Array a, Array b, Array c) -> a, MESH, inSpecs(P(), P()), outSpecs(P()))
                    .apply(EIGHT, EIGHT, EIGHT),
            ShardingException.class,
            "2 for 3"));
  }

  private static List<Misuse> ofDevices() {
    return List.of(
        new Misuse(
            "more parts than devices",
            () -> pmap((Op1) v -> v.times(2)).apply(Jnp.arange(5000)),
            PmapException.class,
            "5000 parts need 5000 devices"),
        new Misuse(
            "a mesh of more places than devices",
            () -> makeMesh(Shape.of(2000), "x"),
            ShardingException.class,
            "2000 places"),
        new Misuse(
            "names that do not fit the mesh",
            () -> makeMesh(Shape.of(4, 2), "x", "x"),
            ShardingException.class,
            "2 different names"),
        new Misuse(
            "an axis for two dimensions",
            () -> P("x", "x"),
            ShardingException.class,
            "one dimension only"),
        new Misuse(
            "an entry that is no name", () -> P(3), ShardingException.class, "names of axes"),
        new Misuse(
            "an array that cannot be divided",
            () -> devicePut(Jnp.arange(6), MESH.sharding(P("x"))),
            ShardingException.class,
            "no multiple"));
  }

  @TestFactory
  Stream<DynamicTest> misusesHaveNames() {
    return misuses().stream()
        .map(
            m ->
                DynamicTest.dynamicTest(
                    m.name(),
                    () -> {
                      assertThatThrownBy(m.call()::run)
                          .isInstanceOf(m.error())
                          .hasMessageContaining(m.message())
                          .hasMessageContaining("ParallelErrorsTest.java");
                      stillRuns();
                    }));
  }

  private static void stillRuns() {
    Op1 sum = shardMap((Op1) v -> Lax.psum(v, "x"), MESH, inSpecs(P("x")), outSpecs(P()));
    assertThat(sum.apply(EIGHT).toFloatArray()).containsExactly(12, 16);
  }

  @Test
  void anExceptionOnOneDeviceEndsAllOfThem() {
    dev.jacobi.OnPlugins.skip("there are no callbacks");
    HostFn<Array, Array> picky =
        v -> {
          if (v.get(0).item() == 2) {
            throw new IllegalStateException("not this part");
          }
          return v;
        };
    Op1 f =
        shardMap(
            (Op1) v -> Lax.psum(pureCallback(picky, v, v), "x"),
            MESH,
            inSpecs(P("x")),
            outSpecs(P()),
            ShardMapOptions.DEFAULT.withCheckVma(false));
    assertThatThrownBy(() -> f.apply(EIGHT)).hasStackTraceContaining("not this part");
    stillRuns();
  }

  @Test
  void devicesThatWaitForDifferentCollectivesAreNamed() {
    dev.jacobi.OnPlugins.skip("the plugin would wait for ever");
    Op1 f =
        shardMap(
            (Op1)
                v ->
                    Lax.cond(
                        Lax.axisIndex("x").eq(0),
                        (Array u) -> Lax.psum(u, "x"),
                        (Array u) -> u.times(2),
                        v),
            MESH,
            inSpecs(P("x")),
            outSpecs(P("x")),
            ShardMapOptions.DEFAULT.withCheckVma(false));
    assertThatThrownBy(() -> f.apply(EIGHT)).hasMessageContaining("all_reduce");
    stillRuns();
  }

  @Test
  void oneProgramHasOneListOfDevices() {
    Mesh reversed = Mesh.of(devices().reversed(), Shape.of(devices().size()), "z");
    Op2 both =
        (a, b) ->
            shardMap((Op1) v -> Lax.psum(v, "x"), MESH, inSpecs(P("x")), outSpecs(P()))
                .apply(a)
                .sum()
                .plus(
                    shardMap((Op1) v -> Lax.psum(v, "z"), reversed, inSpecs(P("z")), outSpecs(P()))
                        .apply(b)
                        .sum());
    Array many = Jnp.arange(devices().size());
    assertThatThrownBy(() -> jit(both).apply(EIGHT, many)).hasMessageContaining("one list");
  }
}
