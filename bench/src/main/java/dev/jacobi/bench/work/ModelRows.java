package dev.jacobi.bench.work;

import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.valueAndGrad;
import static dev.jacobi.nn.Nn.logSoftmax;
import static dev.jacobi.nn.Nn.relu;
import static dev.jacobi.numpy.Jnp.power;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.sqrt;
import static dev.jacobi.numpy.Jnp.takeAlongAxis;
import static dev.jacobi.numpy.Jnp.weak;
import static dev.jacobi.numpy.Jnp.zeros;

import dev.jacobi.Array;
import dev.jacobi.Fn3;
import dev.jacobi.JitFn3;
import dev.jacobi.Trees;
import dev.jacobi.numpy.Jnp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Whole training steps. */
final class ModelRows {
  private static final int[] SIZES = {784, 512, 512, 10};

  private ModelRows() {}

  /** One layer. */
  record Dense(Array w, Array b) {}

  /** The layers, and Adam's means of the gradient and of its square. */
  record State(List<Dense> layers, List<Dense> mean, List<Dense> square, Array step) {}

  record Result(State state, Array loss) {}

  static Map<String, Workload> all() {
    var rows = new LinkedHashMap<String, Workload>();
    rows.put("mlp_adam_128", Workload.calls(() -> mlpAdam(128)));
    rows.put("mlp_adam_8", Workload.calls(() -> mlpAdam(8)));
    return rows;
  }

  private static Supplier<Result> mlpAdam(int batch) {
    var layers = new ArrayList<Dense>();
    for (int i = 0; i + 1 < SIZES.length; i++) {
      layers.add(new Dense(Data.scaled(0.05, SIZES[i], SIZES[i + 1]), zeros(SIZES[i + 1])));
    }
    List<Dense> zero = Trees.map(Jnp::zerosLike, List.copyOf(layers));
    State state = new State(List.copyOf(layers), zero, zero, scalar(0f));
    Array x = Data.f32(batch, SIZES[0]);
    Array y = Data.indices(10, batch);
    Fn3<State, Array, Array, Result> step = ModelRows::step;
    JitFn3<State, Array, Array, Result> compiled = jit(step);
    return () -> compiled.apply(state, x, y);
  }

  private static Array loss(List<Dense> layers, Array input, Array y) {
    Array x = input;
    for (Dense layer : layers.subList(0, layers.size() - 1)) {
      x = relu(x.matmul(layer.w()).plus(layer.b()));
    }
    Array logits = x.matmul(layers.getLast().w()).plus(layers.getLast().b());
    Array picked = takeAlongAxis(logSoftmax(logits), y.reshape(y.dim(0), 1), 1);
    return picked.mean().unaryMinus();
  }

  private static Result step(State s, Array x, Array y) {
    Fn3<List<Dense>, Array, Array, Array> loss = ModelRows::loss;
    var g = valueAndGrad(loss).apply(s.layers(), x, y);
    Array i = s.step().plus(1);
    List<Dense> mean = Trees.map((m, d) -> m.times(0.9).plus(d.times(0.1)), s.mean(), g.grad());
    List<Dense> square =
        Trees.map((v, d) -> v.times(0.999).plus(d.times(0.001).times(d)), s.square(), g.grad());
    Array meanScale = unbias(0.9, i);
    Array squareScale = unbias(0.999, i);
    List<Dense> layers =
        Trees.map(
            (p, m, v) ->
                p.minus(m.div(meanScale).times(1e-3).div(sqrt(v.div(squareScale)).plus(1e-8))),
            s.layers(),
            mean,
            square);
    return new Result(new State(layers, mean, square, i), g.value());
  }

  /** {@code 1 - decay^i}. */
  private static Array unbias(double decay, Array i) {
    return power(weak(decay), i).unaryMinus().plus(1);
  }
}
