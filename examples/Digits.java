import static dev.jacobi.Jacobi.*;
import static dev.jacobi.nn.Nn.*;
import static dev.jacobi.numpy.Jnp.*;
import static dev.jacobi.random.Random.*;

import dev.jacobi.*;
import dev.jacobi.examples.*;
import java.io.IOException;
import java.nio.file.Path;
import java.util.*;
import java.util.stream.IntStream;
import me.tongfei.progressbar.ProgressBar;

/**
 * Teaches a network of two layers to read handwritten digits, and says how many of 360 others it
 * reads. Arguments: the seed of the training key (default 0), and the PNG file to write (default
 * digits.png).
 */
public final class Digits {
  static final int EPOCHS = 55;
  static final int BATCH = 64;

  // begin model
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

  /** Mean cross entropy between what the model says and the labels. */
  static Array loss(Mlp model, HandwrittenDigits batch) {
    var target = oneHot(batch.labels(), 10);
    return logSoftmax(model.logits(batch.pixels())).times(target).sum(1).mean().unaryMinus();
  }

  // end model

  /** A model on its way, with Adam's running means of the gradient and of its square. */
  record State(Mlp model, Mlp mean, Mlp square, Array step) {
    static State of(Mlp model) {
      var zero = Trees.map(p -> zerosLike(p), model);
      return new State(model, zero, zero, zeros());
    }
  }

  record Step(State state, Array loss) {}

  // begin step
  static Step step(State s, HandwrittenDigits batch) {
    var g = valueAndGrad(Digits::loss).apply(s.model, batch);
    var t = s.step.plus(1);
    var mean = Trees.map((m, d) -> m.times(0.9).plus(d.times(0.1)), s.mean, g.grad());
    var square =
        Trees.map((v, d) -> v.times(0.999).plus(d.times(d).times(0.001)), s.square, g.grad());
    var rate = sqrt(bias(0.999, t)).div(bias(0.9, t)).times(0.003);
    var model =
        Trees.map(
            (p, m, v) -> p.minus(m.times(rate).div(sqrt(v).plus(1e-8))), s.model, mean, square);
    return new Step(new State(model, mean, square, t), g.value());
  }

  /** {@code 1 - beta^t}: what the running means still lack because they started at zero. */
  static Array bias(double beta, Array t) {
    return expm1(t.times(Math.log(beta))).unaryMinus();
  }

  // end step

  public static void main(String[] args) throws IOException {
    long seed = args.length > 0 ? Long.parseLong(args[0]) : 0;
    var file = Path.of(args.length > 1 ? args[1] : "digits.png");
    var digits = HandwrittenDigits.load();
    var keys = key(seed).split(2);
    var state =
        State.of(new Mlp(Dense.init(keys.get(0), 64, 256), Dense.init(keys.get(1), 256, 10)));
    var losses = new ArrayList<Double>();
    var step = jit(Digits::step);
    var batches = digits.train().batches(BATCH);
    var epochs = IntStream.range(0, EPOCHS).boxed().toList();
    for (int epoch : ProgressBar.wrap(epochs, "training")) {
      double sum = 0;
      for (var batch : batches) {
        var next = step.apply(state, batch);
        state = next.state();
        sum += next.loss().item();
      }
      losses.add(sum / batches.size());
    }
    report(state.model, digits.test(), losses, file);
  }

  static void report(Mlp model, HandwrittenDigits test, List<Double> losses, Path file)
      throws IOException {
    var read = argmax(model.logits(test.pixels()), 1).toIntArray();
    var labels = test.labels().toIntArray();
    var picture = new Picture(losses);
    int right = 0;
    for (int i = 0; i < read.length; i++) {
      if (read[i] == labels[i]) {
        right++;
      } else {
        picture.add(test.pixels().get(i).toFloatArray(), labels[i] + " read as " + read[i]);
      }
    }
    picture.write(file);
    System.out.println("loss curve and misread digits: " + file.toAbsolutePath());
    System.out.printf(Locale.ROOT, "test accuracy %.1f %%%n", 100.0 * right / read.length);
  }
}
