package dev.jacobi.parallel;

import static dev.jacobi.Jacobi.*;
import static dev.jacobi.sharding.PartitionSpec.P;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn2;
import dev.jacobi.Grads2;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.WithResiduals;
import dev.jacobi.control.LoopOptions;
import dev.jacobi.control.Step;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.random.Random;
import dev.jacobi.sharding.Mesh;
import dev.jacobi.sharding.PartitionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Functions of two matrices over a mesh of 4 by 2 devices, and what they mean on one: values,
 * gradients, Jacobian products, batches and compilation must agree.
 */
class ShardMapTest {
  private static final Mesh MESH = mesh();

  private static Mesh mesh() {
    numCpuDevices(8);
    return makeMesh(Shape.of(4, 2), "x", "y");
  }

  private record Row(String name, Op2 sharded, Op2 plain) {}

  private static Op2 over(Op2 f, PartitionSpec a, PartitionSpec b, PartitionSpec out) {
    return shardMap(f, MESH, inSpecs(a, b), outSpecs(out));
  }

  private static final int[][] NEXT = {{0, 1}, {1, 2}, {2, 3}, {3, 0}};

  private static List<Row> rows() {
    return Stream.of(
            products(),
            rearrangements(),
            loopsAndBranches(),
            programsWithin(),
            whatDevicesDoNotShare())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Row> products() {
    return List.of(
        new Row(
            "products of parts, added up",
            over((a, b) -> Lax.psum(a.matmul(b), "y"), P("x", "y"), P("y", null), P("x", null)),
            (a, b) -> a.matmul(b)),
        new Row(
            "products of parts, added up and divided",
            over(
                (a, b) ->
                    Lax.psumScatter(
                        a.matmul(b), CollectiveOptions.DEFAULT.withAxis(1).withTiled(true), "y"),
                P("x", "y"),
                P("y", null),
                P("x", "y")),
            (a, b) -> a.matmul(b)),
        new Row(
            "weights gathered where they are needed",
            over(
                (a, b) ->
                    a.matmul(Lax.allGather(b, CollectiveOptions.DEFAULT.withTiled(true), "x")),
                P("x"),
                P("x"),
                P("x")),
            (a, b) -> a.matmul(b)));
  }

  private static List<Row> rearrangements() {
    return List.of(
        new Row(
            "a ring in which blocks of weights go around",
            over(ShardMapTest::ring, P("x"), P("x"), P("x")),
            (a, b) -> a.matmul(b)),
        new Row(
            "rows and columns exchanged",
            over(
                (a, b) ->
                    Lax.allToAll(a, 1, 0, CollectiveOptions.DEFAULT.withTiled(true), "x").times(2),
                P("x"),
                P(),
                P(null, "x")),
            (a, b) -> a.times(2)),
        new Row(
            "a softmax over a divided dimension",
            over(
                (a, b) -> {
                  Array most = Lax.pmax(stopGradient(a).max(1), "y").reshape(-1, 1);
                  Array e = Jnp.exp(a.minus(most));
                  return e.div(Lax.psum(e.sum(1), "y").reshape(-1, 1))
                      .matmul(b.sum(1))
                      .reshape(-1, 1);
                },
                P("x", "y"),
                P("y"),
                P("x", "y")),
            (a, b) -> {
              Array e = Jnp.exp(a.minus(stopGradient(a).max(1).reshape(-1, 1)));
              Array soft = e.div(e.sum(1).reshape(-1, 1));
              Array left = soft.get(Jnp.all(), Jnp.range(0, 4)).matmul(rows(b, 0));
              Array right = soft.get(Jnp.all(), Jnp.range(4, 8)).matmul(rows(b, 1));
              return Jnp.stack(List.of(left, right), 1);
            }));
  }

  private static List<Row> loopsAndBranches() {
    return List.of(
        new Row(
            "a loop whose carry becomes different on each device",
            over(
                (a, b) ->
                    Lax.foriLoop(
                            0,
                            3,
                            (Array i, Array c) -> c.plus(a.times(0.1)).times(b.sum()),
                            Jnp.zeros(2, 8))
                        .times(0.01),
                P("x"),
                P(),
                P("x")),
            (a, b) -> {
              Array c = Jnp.zeros(8, 8);
              for (int i = 0; i < 3; i++) {
                c = c.plus(a.times(0.1)).times(b.sum());
              }
              return c.times(0.01);
            }),
        new Row(
            "a scan with a sum over devices in each step",
            over(ShardMapTest::scanned, P("x"), P(), P()),
            (a, b) -> {
              Array c = b;
              for (int i = 0; i < 2; i++) {
                Array row = a.get(Jnp.ix(i, i + 2, i + 4, i + 6)).sum(0).reshape(8, 1);
                c = Jnp.tanh(c.plus(row.times(0.1)));
              }
              return c;
            }),
        new Row(
            "a branch that some devices take",
            over(
                (a, b) ->
                    Lax.cond(
                        Lax.axisIndex("x").lt(2),
                        (Array v) -> v.times(v),
                        (Array v) -> v.times(3),
                        a.times(b.sum())),
                P("x"),
                P(),
                P("x")),
            (a, b) -> {
              Array v = a.times(b.sum());
              Array first = Jnp.arange(8).lt(4).reshape(-1, 1);
              return Jnp.where(first, v.times(v), v.times(3));
            }));
  }

  private static List<Row> programsWithin() {
    return List.of(
        new Row(
            "functions compiled within",
            over(
                (a, b) -> jit((Array v, Array w) -> Lax.psum(v.matmul(w), "x")).apply(a, b),
                P(null, "x"),
                P("x"),
                P()),
            (a, b) -> a.matmul(b)),
        new Row(
            "a gradient taken on the devices is that of all their work",
            over(
                (a, b) -> grad((Array w) -> Lax.psum(Jnp.tanh(a.matmul(w)).sum(), "x")).apply(b),
                P("x"),
                P(),
                P()),
            (a, b) -> grad((Array w) -> Jnp.tanh(a.matmul(w)).sum()).apply(b)),
        new Row(
            "steps computed anew",
            over(
                (a, b) -> checkpoint((Op1) w -> Lax.psum(Jnp.sin(a.matmul(w)), "x")).apply(b),
                P("x"),
                P(),
                P()),
            (a, b) -> {
              Array all = Jnp.sin(a.matmul(b));
              return all.reshape(4, 2, 4).sum(0);
            }));
  }

  /**
   * What devices share flows back from all of them, whichever branch or number of turns they take.
   */
  private static List<Row> whatDevicesDoNotShare() {
    return List.of(
        new Row(
            "branches that read what is shared",
            over(
                (a, b) ->
                    Lax.switchCase(
                        Lax.axisIndex("x").rem(2),
                        List.of((Array v) -> v.times(2), (Array v) -> v.plus(b.sum())),
                        a),
                P("x"),
                P(),
                P("x")),
            (a, b) -> {
              Array even = Jnp.floor(Jnp.arange(8).div(2)).rem(2).eq(0).reshape(8, 1);
              return Jnp.where(even, a.times(2), a.plus(b.sum()));
            }),
        new Row(
            "a loop that ends at different times",
            over(
                (a, b) ->
                    Lax.foriLoop(
                        Jnp.scalar(0),
                        Lax.axisIndex("x").plus(1),
                        (Array i, Array c) -> Jnp.sin(c.times(a)).plus(b.mean()),
                        a),
                P("x"),
                P(),
                P("x")),
            (a, b) -> {
              List<Array> parts = new ArrayList<>();
              for (int d = 0; d < 4; d++) {
                Array own = a.get(Jnp.range(2 * d, 2 * d + 2));
                Array c = own;
                for (int i = 0; i <= d; i++) {
                  c = Jnp.sin(c.times(own)).plus(b.mean());
                }
                parts.add(c);
              }
              return Jnp.concatenate(parts, 0);
            }));
  }

  /** What a user's rule gives for a shared operand is summed, too. */
  @Test
  void rulesOfUsersSeeEachDevice() {
    Fn2<Array, Array, Array> scaled =
        customVjp(
            (Array u, Array v) -> u.times(v.sum()),
            (Array u, Array v) -> new WithResiduals<>(u.times(v.sum()), List.of(u, v)),
            (List<Array> r, Array g) ->
                new Grads2<>(
                    g.times(r.get(1).sum()),
                    Jnp.onesLike(r.get(1)).times(g.times(r.get(0)).sum())));
    Op2 f = over((a, b) -> scaled.apply(a, b), P("x"), P(), P("x"));
    Array a = sample(1, 8, 8);
    Array b = sample(2, 8, 4);
    Op2 plain = (u, v) -> u.times(v.sum());
    var ours = grads((Op2) (u, v) -> f.apply(u, v).pow(2).sum()).apply(a, b);
    var theirs = grads((Op2) (u, v) -> plain.apply(u, v).pow(2).sum()).apply(a, b);
    assertThat(Jnp.allclose(ours.second(), theirs.second()).itemBoolean()).isTrue();
    assertThat(Jnp.allclose(ours.first(), theirs.first()).itemBoolean()).isTrue();
  }

  private static Array rows(Array b, int half) {
    return b.get(Jnp.range(4 * half, 4 * half + 4)).sum(1);
  }

  private static Array ring(Array a, Array b) {
    Array index = Lax.axisIndex("x");
    Array sum = null;
    Array block = b;
    for (int step = 0; step < 4; step++) {
      Array source = index.minus(step).rem(4).plus(4).rem(4);
      Array columns = Lax.dynamicSliceInDim(a, source.times(2), 2, 1);
      Array part = columns.matmul(block);
      sum = sum == null ? part : sum.plus(part);
      block = Lax.ppermute(block, NEXT, "x");
    }
    return sum;
  }

  private static Array scanned(Array a, Array b) {
    return Lax.scan(
            (Array c, Array row) ->
                Step.of(Jnp.tanh(c.plus(Lax.psum(row, "x").reshape(8, 1).times(0.1)))),
            b,
            a)
        .carry();
  }

  private static Array sample(int seed, long... shape) {
    return Random.uniform(Random.key(seed), Shape.of(shape));
  }

  private static void near(Array ours, Array expected) {
    assertThat(ours.shape()).isEqualTo(expected.shape());
    assertThat(Jnp.allclose(ours, expected, 2e-5, 2e-5, false).itemBoolean())
        .as("%s%ninstead of%n%s", ours, expected)
        .isTrue();
  }

  private static Op2 weighted(Op2 f, Array weights) {
    return (a, b) -> f.apply(a, b).times(weights).sum();
  }

  @TestFactory
  Stream<DynamicTest> laws() {
    Array a = sample(1, 8, 8);
    Array b = sample(2, 8, 4);
    return rows().stream().map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row, a, b)));
  }

  private static void check(Row row, Array a, Array b) {
    Array value = row.plain().apply(a, b);
    near(row.sharded().apply(a, b), value);
    near(jit(row.sharded()).apply(a, b), value);
    Array w = sample(3, value.shape().toArray());
    var plain = grads(weighted(row.plain(), w)).apply(a, b);
    var sharded = grads(weighted(row.sharded(), w)).apply(a, b);
    near(sharded.first(), plain.first());
    near(sharded.second(), plain.second());
    var compiled = jit((Array u, Array v) -> grads(weighted(row.sharded(), w)).apply(u, v));
    near(compiled.apply(a, b).second(), plain.second());
    Array da = sample(4, 8, 8);
    Array db = sample(5, 8, 4);
    Fn2<Array, Array, Array> f = (u, v) -> row.sharded().apply(u, v);
    Fn2<Array, Array, Array> g = (u, v) -> row.plain().apply(u, v);
    near(jvp(f, a, b, da, db).tangent(), jvp(g, a, b, da, db).tangent());
    Array many = Jnp.stack(List.of(a, da));
    near(
        vmap(row.sharded(), in(0, NONE)).apply(many, b),
        vmap(row.plain(), in(0, NONE)).apply(many, b));
  }

  record Layer(Array w, Array b) {}

  @Test
  void treesHaveSpecsByPath() {
    Layer layer = new Layer(sample(1, 8, 4), sample(2, 4));
    Array x = sample(3, 8, 8);
    var f =
        shardMap(
            (Layer l, Array v) -> Lax.psum(v.matmul(l.w()), "x").plus(l.b()),
            MESH,
            inSpecs(specs(P()).at("w", P("x")), P(null, "x")),
            outSpecs(P()));
    near(f.apply(layer, x), x.matmul(layer.w()).plus(layer.b()));
  }

  @Test
  void keysAreDividedToo() {
    var keys = Random.key(7).split(8);
    var f =
        shardMap(
            (dev.jacobi.Key k) ->
                vmap((dev.jacobi.Key one) -> Random.uniform(one, Shape.of(3))).apply(k),
            MESH,
            inSpecs(P("x")),
            outSpecs(P("x")));
    Array plain = vmap((dev.jacobi.Key one) -> Random.uniform(one, Shape.of(3))).apply(keys);
    assertThat(f.apply(keys).toString()).isEqualTo(plain.toString());
  }

  @Test
  void aWhileLoopMayEndSoonerOnSomeDevices() {
    Op1 f =
        shardMap(
            (Op1)
                v ->
                    Lax.whileLoop(
                        (Array c) -> c.sum().lt(10),
                        (Array c) -> c.times(2),
                        v,
                        LoopOptions.DEFAULT),
            MESH,
            inSpecs(P("x")),
            outSpecs(P("x")));
    assertThat(f.apply(Jnp.array(1, 3, 9, 20)).toIntArray()).containsExactly(16, 12, 18, 20);
  }

  @Test
  void theProgramIsThatOfEachDevice() {
    var f = jit(over((a, b) -> Lax.psum(a, "y"), P("x", "y"), P(), P("x")));
    String text = f.lower(Jnp.ones(8, 8), Jnp.ones(1)).text();
    assertThat(text)
        .contains("mhlo.num_partitions = 8", "tensor<2x4xf32>", "stablehlo.all_reduce")
        .contains("dense<[[0, 1], [2, 3], [4, 5], [6, 7]]>");
  }

  @Test
  void valuesOfEveryTypePass() {
    for (DType type : List.of(DType.BOOL, DType.I8, DType.U64, DType.F16, DType.C128)) {
      Array x = Jnp.arange(8).astype(type);
      Op1 f =
          shardMap((Op1) v -> Lax.ppermute(v, NEXT, "x"), MESH, inSpecs(P("x")), outSpecs(P("x")));
      assertThat(f.apply(x).toString()).isEqualTo(Jnp.roll(x, 2).toString());
    }
  }
}
