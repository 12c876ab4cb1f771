import static dev.jacobi.Jacobi.*;
import static dev.jacobi.nn.Nn.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;
import dev.jacobi.examples.*;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Linalg;
import java.nio.file.Path;

// begin newton
/** The logarithm of the odds that tumours are benign; the last parameter is the intercept. */
static Array logits(Array p, Array x) {
  return x.matmul(p.get(until(-1))).plus(p.get(-1)); // (n)
}

/** Minus the logarithm of the likelihood, and a penalty on weights. */
static Array loss(Array p, Array x, Array y) {
  Array z = logits(p, x), w = p.get(until(-1));
  return softplus(z).minus(y.times(z)).sum().plus(w.matmul(w).div(2));
}

record Search(Array p, Array gradient) {}

/** Newton's method, until the gradient is zero but for rounding. */
static Array fit(Array x, Array y) {
  Op1 loss = p -> loss(p, x, y), gradient = grad(loss), curvature = hessian(loss);
  Array p0 = zeros(shape(x.dim(1) + 1), DType.F64);
  return Lax.whileLoop(
      s -> abs(s.gradient()).max().gt(1e-9),
      s -> {
        Array p = s.p().minus(Linalg.solve(curvature.apply(s.p()), s.gradient()));
        return new Search(p, gradient.apply(p));
      },
      new Search(p0, gradient.apply(p0))).p();
}

// end newton

/** What part of the pairs of a benign and a malignant tumour is in the right order. */
static Array areaUnderCurve(Array score, Array y) {
  Array good = score.get(mask(y.gt(0.5))), bad = score.get(mask(y.lt(0.5)));
  return expandDims(good, 1).gt(bad).astype(DType.F64).mean();
}

/** The PNG file to write is the argument (default logistic_regression.png). */
void main(String[] args) throws Exception {
  BreastCancer tumours = BreastCancer.load();
  Array number = arange(569), test = number.rem(4).eq(3), train = logicalNot(test);
  Array x = tumours.measured(), known = x.get(mask(train)), y = tumours.benign();
  x = x.minus(known.mean(0)).div(std(known, 0)); // in units of what is known
  Array p = jit((Array u, Array v) -> fit(u, v)).apply(x.get(mask(train)), y.get(mask(train)));

  Array newX = x.get(mask(test)), newY = y.get(mask(test)), z = logits(p, newX);
  IO.println("weights = " + p.get(until(-1)));
  IO.println("intercept = " + p.get(-1));
  IO.println("log loss = " + softplus(z).minus(newY.times(z)).mean());
  IO.println("accuracy = " + z.gt(0).eq(newY.gt(0.5)).astype(DType.F64).mean());
  IO.println("area under the curve = " + areaUnderCurve(z, newY));

  Array levels = sort(z), high = expandDims(levels, 1).le(z).astype(DType.F64); // (levels, n)
  Array benign = newY, malignant = minus(1, newY);
  new Plot("Breast cancer: receiver operating characteristic", "false alarms", "found")
      .line("142 tumours", high.matmul(malignant).div(malignant.sum()),
          high.matmul(benign).div(benign.sum()))
      .write(Path.of(args.length > 0 ? args[0] : "logistic_regression.png"));
}
