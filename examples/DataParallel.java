import static dev.jacobi.Jacobi.*;
import static dev.jacobi.lax.Lax.pmean;
import static dev.jacobi.nn.Nn.*;
import static dev.jacobi.numpy.Jnp.*;
import static dev.jacobi.optax.Optax.*;
import static dev.jacobi.random.Random.*;

import dev.jacobi.*;
import dev.jacobi.examples.*;
import dev.jacobi.optax.*;
import dev.jacobi.parallel.PmapOptions;
import java.util.*;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Teaches the network of Digits.java on several devices: each works on its part of every batch, and
 * all take the same step along the mean of their gradients.
 */
public final class DataParallel {
  static final int EPOCHS = 40;
  static final int BATCH = 64;

  @Option(names = "--devices", description = "how many devices; 8 by default")
  int devices = 8;

  @Option(names = "--seed", description = "the seed of the training key")
  long seed;

  record Dense(Array w, Array b) {
    static Dense init(Key key, int in, int out) {
      return new Dense(normal(key, shape(in, out)).times(Math.sqrt(2.0 / in)), zeros(out));
    }

    Array apply(Array x) {
      return x.matmul(w).plus(b); // (batch, out)
    }
  }

  record Mlp(Dense hidden, Dense out) {
    Array logits(Array pixels) {
      return out.apply(relu(hidden.apply(pixels))); // (batch, 10)
    }
  }

  static Array loss(Mlp model, HandwrittenDigits batch) {
    var target = oneHot(batch.labels(), 10);
    return logSoftmax(model.logits(batch.pixels())).times(target).sum(1).mean().unaryMinus();
  }

  // begin step
  record State(Mlp model, OptState<Mlp> moments) {}

  static final GradientTransformation ADAM = adam(3e-3);

  /** What each device does with its part of a batch. */
  static State step(State s, HandwrittenDigits part) {
    Mlp gradient = pmean(grad(DataParallel::loss).apply(s.model, part), "devices");
    var next = ADAM.update(gradient, s.moments, s.model);
    return new State(applyUpdates(s.model, next.updates()), next.state());
  }

  /** All devices have the state, and each has its part of the batch. */
  static final Fn2<State, HandwrittenDigits, State> STEP =
      pmap(
          DataParallel::step,
          PmapOptions.DEFAULT
              .withAxisName("devices")
              .withInAxes(in(NONE, 0))
              .withOutAxes(out(NONE)));

  // end step

  /** A batch in as many parts as there are devices. */
  HandwrittenDigits divided(HandwrittenDigits batch) {
    return new HandwrittenDigits(
        batch.pixels().reshape(devices, BATCH / devices, 64),
        batch.labels().reshape(devices, BATCH / devices));
  }

  void train() {
    numCpuDevices(devices);
    System.out.println(devices + " devices");
    var digits = HandwrittenDigits.load();
    var keys = key(seed).split(2);
    var model = new Mlp(Dense.init(keys.get(0), 64, 256), Dense.init(keys.get(1), 256, 10));
    var state = new State(model, ADAM.init(model));
    var epochs = IntStream.range(0, EPOCHS).boxed().toList();
    for (int epoch : ProgressBar.wrap(epochs, "training")) {
      for (var batch : digits.train().batches(BATCH)) {
        state = STEP.apply(state, divided(batch));
      }
    }
    var test = digits.test();
    var read = argmax(state.model.logits(test.pixels()), 1);
    double accuracy = read.eq(test.labels()).mean().item();
    System.out.printf(Locale.ROOT, "test accuracy %.1f %%%n", 100 * accuracy);
  }

  public static void main(String[] args) {
    CommandLine.populateCommand(new DataParallel(), args).train();
  }
}
