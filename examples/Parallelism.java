import static dev.jacobi.Jacobi.*;
import static dev.jacobi.lax.Lax.allGather;
import static dev.jacobi.lax.Lax.axisIndex;
import static dev.jacobi.lax.Lax.pmean;
import static dev.jacobi.lax.Lax.ppermute;
import static dev.jacobi.lax.Lax.psum;
import static dev.jacobi.lax.Lax.scan;
import static dev.jacobi.nn.Nn.relu;
import static dev.jacobi.random.Random.*;
import static dev.jacobi.sharding.PartitionSpec.P;

import dev.jacobi.*;
import dev.jacobi.control.Step;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.parallel.CollectiveOptions;
import dev.jacobi.sharding.Mesh;
import java.util.Locale;

/**
 * One transformer block on many devices in five ways: each computes the loss and its gradient, and
 * prints how far they are from those of one device.
 */
public final class Parallelism {
  static final int BATCH = 8, TIME = 16, WIDTH = 32, HEADS = 4, HIDDEN = 64, STAGES = 4;

  // begin block
  record Block(Array wq, Array wk, Array wv, Array wo, Array w1, Array w2) {
    static Block init(Key key) {
      var k = key.split(6);
      return new Block(
          dense(k.get(0), WIDTH, WIDTH),
          dense(k.get(1), WIDTH, WIDTH),
          dense(k.get(2), WIDTH, WIDTH),
          dense(k.get(3), WIDTH, WIDTH),
          dense(k.get(4), WIDTH, HIDDEN),
          dense(k.get(5), HIDDEN, WIDTH));
    }

    static Array dense(Key key, int in, int out) {
      return normal(key, Jnp.shape(in, out)).times(1 / Math.sqrt(in));
    }

    Array attention(Array x) {
      Array q = heads(x.matmul(wq)), k = heads(x.matmul(wk)), v = heads(x.matmul(wv));
      Array weights = softmax(q.matmul(Jnp.swapaxes(k, -1, -2)).times(SCALE));
      return joined(weights.matmul(v)).matmul(wo);
    }

    Array feedForward(Array x) {
      return relu(x.matmul(w1)).matmul(w2);
    }

    Array apply(Array x) {
      Array y = x.plus(attention(x)); // (batch, time, width)
      return y.plus(feedForward(y));
    }
  }

  static final double SCALE = 1 / Math.sqrt(WIDTH / HEADS);

  /** (batch, time, heads * n) as (batch, heads, time, n). */
  static Array heads(Array x) {
    long n = WIDTH / HEADS;
    Array split = x.reshape(x.dim(0), x.dim(1), x.dim(2) / n, n);
    return Jnp.swapaxes(split, 1, 2);
  }

  static Array joined(Array x) {
    return Jnp.swapaxes(x, 1, 2).reshape(x.dim(0), x.dim(2), x.dim(1) * x.dim(3));
  }

  /** (a, b, c) as (a, b, c, 1). */
  static Array column(Array x) {
    return x.reshape(x.dim(0), x.dim(1), x.dim(2), 1);
  }

  static Array softmax(Array x) {
    Array e = Jnp.exp(x.minus(stopGradient(column(Jnp.amax(x, -1)))));
    return e.div(column(e.sum(-1)));
  }

  static Array loss(Block block, Array x) {
    return block.apply(x).pow(2).mean();
  }

  // end block

  // begin data
  /** Each device has a part of the batch; gradients are of the mean of all losses. */
  static Fn2<Block, Array, Array> dataParallel(Mesh mesh) {
    return shardMap(
        (Block b, Array x) -> pmean(loss(b, x), "devices"),
        mesh,
        inSpecs(P(), P("devices")),
        outSpecs(P()));
  }

  // end data

  // begin tensor
  /** Each device has some heads and some hidden units; two sums put the parts together. */
  static Fn2<Block, Array, Array> tensorParallel(Mesh mesh) {
    var columns = P(null, "devices");
    var rows = P("devices");
    return shardMap(
        (Block b, Array x) -> {
          Array y = x.plus(psum(b.attention(x), "devices"));
          return y.plus(psum(b.feedForward(y), "devices")).pow(2).mean();
        },
        mesh,
        inSpecs(specs(columns).at("wo", rows).at("w2", rows), P()),
        outSpecs(P()));
  }

  // end tensor

  // begin sharded
  /** Weights are divided too, and gathered where they are used; gradients come back divided. */
  static Fn2<Block, Array, Array> fullySharded(Mesh mesh) {
    var tiled = CollectiveOptions.DEFAULT.withTiled(true);
    return shardMap(
        (Block b, Array x) -> pmean(loss(allGather(b, tiled, "devices"), x), "devices"),
        mesh,
        inSpecs(P("devices"), P("devices")),
        outSpecs(P()));
  }

  // end sharded

  // begin pipeline
  /** Each device has one block of four; parts of the batch pass from block to block. */
  static Fn2<Block, Array, Array> pipeline(Mesh mesh) {
    int[][] next = {{0, 1}, {1, 2}, {2, 3}};
    int parts = BATCH / 2;
    return shardMap(
        (Block stacked, Array x) -> {
          Block own = Trees.map(w -> w.get(0), stacked);
          Array stage = axisIndex("stage");
          Array queue = x.reshape(parts, 2, TIME, WIDTH);
          Array nothing = Jnp.zeros(2, TIME, WIDTH);
          // after n steps the last block has part n - 3
          var run =
              scan(
                  (Array passing, Array i) -> {
                    Array fresh = queue.get(Jnp.ix(Jnp.clip(i, 0, parts - 1)));
                    Array out = own.apply(Jnp.where(stage.eq(0), fresh, passing));
                    return new Step<>(ppermute(out, next, "stage"), out);
                  },
                  nothing,
                  Jnp.arange(parts + STAGES - 1));
          Array done = run.ys().get(Jnp.range(STAGES - 1, parts + STAGES - 1));
          return psum(Jnp.where(stage.eq(STAGES - 1), done.pow(2).mean(), 0), "stage");
        },
        mesh,
        inSpecs(P("stage"), P()),
        outSpecs(P()));
  }

  // end pipeline

  // begin ring
  /** Each device has a part of the time; keys and values go around the ring. */
  static Fn2<Block, Array, Array> ringAttention(Mesh mesh, int n) {
    int[][] next = new int[n][];
    for (int i = 0; i < n; i++) {
      next[i] = new int[] {i, (i + 1) % n};
    }
    return shardMap(
        (Block b, Array x) -> {
          Array q = heads(x.matmul(b.wq));
          Array k = heads(x.matmul(b.wk));
          Array v = heads(x.matmul(b.wv));
          Array sum = Jnp.zerosLike(q);
          Array weight = Jnp.zeros(q.dim(0), q.dim(1), q.dim(2), 1);
          Array top = Jnp.full(weight.shape(), -1e30f);
          for (int i = 0; i < n; i++) {
            Array score = q.matmul(Jnp.swapaxes(k, -1, -2)).times(SCALE);
            Array now = stopGradient(Jnp.maximum(top, column(Jnp.amax(score, -1))));
            Array e = Jnp.exp(score.minus(now));
            Array before = Jnp.exp(top.minus(now));
            sum = sum.times(before).plus(e.matmul(v));
            weight = weight.times(before).plus(column(e.sum(-1)));
            top = now;
            k = ppermute(k, next, "devices");
            v = ppermute(v, next, "devices");
          }
          Array y = x.plus(joined(sum.div(weight)).matmul(b.wo));
          return pmean(y.plus(b.feedForward(y)).pow(2).mean(), "devices");
        },
        mesh,
        inSpecs(P(), P(null, "devices")),
        outSpecs(P()));
  }

  // end ring

  static void compare(
      String name,
      Fn2<Block, Array, Array> parallel,
      Fn2<Block, Array, Array> one,
      Block b,
      Array x) {
    var ours = jit(valueAndGrad(parallel)).apply(b, x);
    var theirs = jit(valueAndGrad(one)).apply(b, x);
    double off = Math.abs(ours.value().minus(theirs.value()).item());
    for (Object leaf :
        Trees.leaves(
            Trees.map((u, v) -> Jnp.amax(Jnp.abs(u.minus(v))), ours.grad(), theirs.grad()))) {
      off = Math.max(off, ((Array) leaf).item());
    }
    System.out.printf(
        Locale.ROOT,
        "%-15s loss %.4f, %s%n",
        name,
        ours.value().item(),
        off < 1e-5 ? "as on one device" : "differs by " + off);
  }

  public static void main(String[] args) {
    numCpuDevices(8);
    var eight = makeMesh(Jnp.shape(8), "devices");
    var four = makeMesh(Jnp.shape(4), "devices");
    var stages = makeMesh(Jnp.shape(STAGES), "stage");
    var block = Block.init(key(0));
    var x = normal(key(1), Jnp.shape(BATCH, TIME, WIDTH));
    Fn2<Block, Array, Array> one = Parallelism::loss;
    compare("data parallel", dataParallel(eight), one, block, x);
    compare("tensor parallel", tensorParallel(four), one, block, x);
    compare("fully sharded", fullySharded(eight), one, block, x);
    compare("ring attention", ringAttention(eight, 8), one, block, x);
    var keys = key(2).split(STAGES);
    var blocks = vmap((Key k) -> Block.init(k)).apply(keys);
    Fn2<Block, Array, Array> four1 =
        (b, y) -> {
          Array z = y;
          for (int i = 0; i < STAGES; i++) {
            int stage = i;
            z = Trees.map(w -> w.get(stage), b).apply(z);
          }
          return z.pow(2).mean();
        };
    compare("pipeline", pipeline(stages), four1, blocks, x);
  }
}
