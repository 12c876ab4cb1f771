package dev.jacobi.parallel;

import static dev.jacobi.Jacobi.*;
import static dev.jacobi.sharding.PartitionSpec.P;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.random.Random;
import dev.jacobi.sharding.Mesh;
import dev.jacobi.sharding.PartitionSpec;
import dev.jacobi.sharding.ShardedArrays.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Arrays divided among devices: where they lie, and that what is computed with them is the same.
 */
class ShardingTest {
  private static final Mesh MESH = mesh();
  private static final List<PartitionSpec> SPECS =
      List.of(P(), P("x"), P("y", "x"), P(null, "y"), P(List.of("x", "y")), P("x", "y"));

  private static Mesh mesh() {
    numCpuDevices(8);
    return makeMesh(Shape.of(4, 2), "x", "y");
  }

  private static Array sample(int seed, long... shape) {
    return Random.uniform(Random.key(seed), Shape.of(shape));
  }

  @Test
  void partsAreWhereTheSpecSays() {
    Array x = Jnp.arange(64).reshape(8, 8);
    Array divided = devicePut(x, MESH.sharding(P("x", "y")));
    assertThat(divided.sharding()).isEqualTo(Optional.of(MESH.sharding(P("x", "y"))));
    List<Shard> shards = divided.addressableShards();
    assertThat(shards).hasSize(8);
    for (int i = 0; i < 8; i++) {
      assertThat(shards.get(i).device()).isEqualTo(devices().get(i));
      assertThat(shards.get(i).data().shape()).isEqualTo(Shape.of(2, 4));
    }
    assertThat(shards.get(3).toString())
        .startsWith("Shard(device=" + devices().get(3) + ", index=(2:4, 4:8), replica_id=0, data=")
        .endsWith("[[20 21 22 23]\n [28 29 30 31]])");
    assertThat(devicePut(x, MESH.sharding(P("y"))).addressableShards().get(5).replicaId())
        .isEqualTo(2);
    assertThat(x.sharding()).isEmpty();
    assertThat(x.addressableShards()).hasSize(1);
    assertThat(deviceCount()).isEqualTo(devices().size()).isEqualTo(localDeviceCount());
    assertThat(localDevices()).isEqualTo(devices());
  }

  /** From every layout to every other one, and back to one piece. */
  @Test
  void arraysMoveFromLayoutToLayout() {
    for (DType type : List.of(DType.I8, DType.F32, DType.C128, DType.BOOL)) {
      Array x = Jnp.arange(64).reshape(8, 8).astype(type);
      for (PartitionSpec from : SPECS) {
        Array there = devicePut(x, MESH.sharding(from));
        for (PartitionSpec to : SPECS) {
          Array moved = devicePut(there, MESH.sharding(to));
          assertThat(moved.sharding()).contains(MESH.sharding(to));
          assertThat(moved.toString()).isEqualTo(x.toString());
        }
        Array one = devicePut(there, devices().get(1));
        assertThat(one.device()).isEqualTo(devices().get(1));
        assertThat(one.toString()).isEqualTo(x.toString());
      }
    }
  }

  private record Program(String name, Op2 f) {}

  private static List<Program> programs() {
    return List.of(
        new Program("product", (a, b) -> a.matmul(b)),
        new Program("layer", (a, b) -> Jnp.tanh(a.matmul(b).plus(b.get(0)))),
        new Program("sums", (a, b) -> a.sum(0).plus(b.sum())),
        new Program("softmax", (a, b) -> dev.jacobi.nn.Nn.softmax(a).matmul(b)),
        new Program("transposed", (a, b) -> Jnp.matrixTranspose(b).matmul(a)),
        new Program("sorted", (a, b) -> Jnp.sort(a, 0).times(b.mean())),
        new Program("parts", (a, b) -> Jnp.concatenate(List.of(a.get(Jnp.range(2, 5)), a), 0)),
        new Program("cumulative", (a, b) -> Jnp.cumsum(a, 1).minus(b.max())),
        new Program(
            "loop",
            (a, b) ->
                dev.jacobi.lax.Lax.foriLoop(
                    0,
                    3,
                    (Array i, Array c) -> Jnp.sin(c.matmul(a).times(0.2)),
                    a.times(b.mean()))));
  }

  /** Eager and compiled, values and gradients, for every layout of both arguments. */
  @TestFactory
  Stream<DynamicTest> programsAreDividedAndMeanTheSame() {
    Array a = sample(1, 8, 8);
    Array b = sample(2, 8, 4);
    return programs().stream()
        .map(
            p ->
                DynamicTest.dynamicTest(
                    p.name(),
                    () -> {
                      Array value = p.f().apply(a, b);
                      Op2 loss = (u, v) -> p.f().apply(u, v).pow(2).sum();
                      var slopes = grads(loss).apply(a, b);
                      Op2 compiled = jit(p.f());
                      var backwards = jit((Array u, Array v) -> grads(loss).apply(u, v));
                      for (int i = 0; i < SPECS.size(); i++) {
                        Array u = devicePut(a, MESH.sharding(SPECS.get(i)));
                        PartitionSpec other = SPECS.get((2 * i + 1) % 4);
                        Array v =
                            other.equals(P("y", "x")) ? b : devicePut(b, MESH.sharding(other));
                        near(compiled.apply(u, v), value);
                        near(p.f().apply(u, v), value);
                        near(backwards.apply(u, v).first(), slopes.first());
                        near(backwards.apply(u, v).second(), slopes.second());
                      }
                    }));
  }

  /** Sums go in another order, which loops of products amplify. */
  private static void near(Array ours, Array expected) {
    assertThat(ours.shape()).isEqualTo(expected.shape());
    double size = Jnp.abs(expected).max().item();
    assertThat(Jnp.abs(ours.minus(expected)).max().item()).isLessThanOrEqualTo(5e-5 * size);
  }

  @Test
  void resultsFollowTheArguments() {
    Array x = devicePut(sample(1, 8, 8), MESH.sharding(P("x", "y")));
    assertThat(Jnp.sin(x).plus(1).sharding()).contains(MESH.sharding(P("x", "y")));
    Op1 sum = jit(v -> v.sum(1));
    assertThat(sum.apply(x).sharding()).contains(MESH.sharding(P("x")));
  }

  @Test
  void constraintsSayHowResultsLieAndPassDerivatives() {
    Op1 f = jit(v -> withShardingConstraint(v.times(v), MESH.sharding(P("y"))));
    Array x = sample(1, 8, 8);
    assertThat(f.apply(x).sharding()).contains(MESH.sharding(P("y")));
    near(grad((Array v) -> f.apply(v).sum()).apply(x), x.times(2));
    near(vmap(f).apply(Jnp.stack(List.of(x, x))).get(1), x.times(x));
  }

  @Test
  void boxesShowTheDevices() {
    Array x = devicePut(Jnp.zeros(8, 8), MESH.sharding(P("y", "x")));
    List<String> rows = visualizeArraySharding(x).lines().toList();
    assertThat(rows).hasSize(5);
    List<String> seen = new ArrayList<>();
    for (int i : new int[] {1, 3}) {
      for (String cell : rows.get(i).split("│")) {
        if (!cell.isBlank()) {
          seen.add(cell.strip().replaceAll(".* ", ""));
        }
      }
    }
    assertThat(seen).isEqualTo(IntStream.of(0, 2, 4, 6, 1, 3, 5, 7).mapToObj(i -> "" + i).toList());
  }

  @Test
  void theDividedProgramAndItsReasonsCanBeRead() {
    Array x = devicePut(sample(1, 8, 8), MESH.sharding(P("x", "y")));
    Array w = devicePut(sample(2, 8, 4), MESH.sharding(P("y")));
    var lowered = jit((Array a, Array b) -> a.matmul(b)).lower(x, w);
    assertThat(lowered.text()).doesNotContain("all_reduce");
    assertThat(lowered.partitionedText())
        .contains("tensor<2x4xf32>", "stablehlo.all_reduce", "mhlo.num_partitions = 8");
    var program = lowered.partitioned();
    assertThat(program.report().orElseThrow().toString()).contains("dot_general", "all_reduce");
    assertThat(program.plan().orElseThrow().results().getFirst().axes(0)).containsExactly("x");
  }
}
