import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;
import dev.jacobi.control.*;
import dev.jacobi.examples.Plot;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.scipy.Optimize;
import java.nio.file.Path;

/** The Nile's flow at Aswan, 1871 to 1970, in units of 10^8 m^3 a year. */
static final Array FLOW = array(
    1120.0, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960,
    1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940,
    833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768,
    845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676,
    649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975,
    815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740);

// begin filter
/** A level that wanders, seen through noise: both variances. */
record Model(Array noise, Array wander) {}

/** Where the level is, as far as one knows. */
record Belief(Array mean, Array variance) {}

/** A year's belief before and after its flow is seen, and the logarithm of the flow's density. */
record Year(Belief before, Belief after, Array logDensity) {}

/** Filters what was seen; NaN where nothing was. */
static Year filter(Model model, Array seen) {
  return Lax.scan((Belief before, Array y) -> {
    Array missing = isnan(y), total = before.variance().plus(model.noise());
    Array surprise = where(missing, 0.0, y.minus(before.mean()));
    Array gain = where(missing, 0.0, before.variance().div(total));
    Belief after = new Belief(
        before.mean().plus(gain.times(surprise)), before.variance().times(minus(1, gain)));
    Array density = log(total.times(2 * Math.PI)).plus(square(surprise).div(total)).div(-2);
    Year year = new Year(before, after, where(missing, 0.0, density));
    return new Step<>(new Belief(after.mean(), after.variance().plus(model.wander())), year);
  }, new Belief(scalar(0.0), scalar(1e7)), seen).ys();
}

/** What is known of each year when all have been seen, by Rauch, Tung and Striebel. */
static Belief smooth(Model model, Array seen) {
  Belief filtered = filter(model, seen).after(), last = Trees.map(x -> x.get(-1), filtered);
  Belief beyond = new Belief(last.mean(), last.variance().plus(model.wander()));
  return Lax.scan((Belief next, Belief now) -> {
    Array predicted = now.variance().plus(model.wander()), gain = now.variance().div(predicted);
    Array mean = now.mean().plus(gain.times(next.mean().minus(now.mean())));
    Array variance = now.variance().plus(square(gain).times(next.variance().minus(predicted)));
    Belief smoothed = new Belief(mean, variance);
    return new Step<>(smoothed, smoothed);
  }, beyond, filtered, ScanOptions.DEFAULT.reversed()).ys();
}

// end filter

static Array logLikelihood(Model model) {
  return filter(model, FLOW).logDensity().sum();
}

/** The PNG file to write is the argument (default kalman_filter.png). */
void main(String[] args) throws Exception {
  var start = Trees.ravelTree(new Model(scalar(9.0), scalar(7.0))); // logarithms
  Fn1<Array, Model> model = p -> start.unravel().apply(exp(p));
  var search = Optimize.Bfgs.DEFAULT.withGtol(1e-8);
  var best = jit((Array p) ->
      Optimize.minimize(q -> logLikelihood(model.apply(q)).unaryMinus(), p, search))
      .apply(start.vector());
  Model fit = model.apply(best.x());
  IO.println("converged = " + best.success());
  IO.println("variances of noise and wander = " + exp(best.x()));
  IO.println("log likelihood = " + logLikelihood(fit));

  Array extended = concatenate(FLOW, full(shape(10), Double.NaN, DType.F64)); // ten more years
  Year filtered = jit((Model m, Array y) -> filter(m, y)).apply(fit, extended);
  Belief smoothed = jit((Model m, Array y) -> smooth(m, y)).apply(fit, extended);
  var decades = range(0, 110, 10);
  IO.println("filtered levels = " + filtered.after().mean().get(decades));
  IO.println("their variances = " + filtered.after().variance().get(decades));
  IO.println("smoothed levels = " + smoothed.mean().get(decades));
  IO.println("their variances now = " + smoothed.variance().get(decades));
  Belief forecast = Trees.map(x -> x.get(-1), filtered.before());
  Array deviation = sqrt(forecast.variance().plus(fit.noise()));
  IO.println("flow in 1980 and its deviation = " + stack(forecast.mean(), deviation));

  Array years = arange(1871, 1981).astype(DType.F64), range = sqrt(smoothed.variance()).times(2);
  new Plot("The Nile at Aswan", "year", "10^8 m^3")
      .points("flow", years.get(until(100)), FLOW)
      .line("filtered", years, filtered.after().mean())
      .line("smoothed", years, smoothed.mean())
      .line("+ 2 deviations", years, smoothed.mean().plus(range))
      .line("- 2 deviations", years, smoothed.mean().minus(range))
      .write(Path.of(args.length > 0 ? args[0] : "kalman_filter.png"));
}
