import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;
import dev.jacobi.examples.*;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.*;
import java.nio.file.Path;
import java.util.List;

// begin spectrum
/** Hann's window over n values, as if they came again and again. */
static Array window(long n) {
  return minus(1, cos(arange(n, DType.F64).times(2 * Math.PI / n))).div(2);
}

/** How much of the variance of x lies at each frequency, with zeros behind x up to {@code n}. */
static Array density(Array x, int n) {
  Array w = window(x.size());
  Array power = square(abs(Fft.rfft(x.minus(x.mean()).times(w), n, -1))).div(square(w).sum());
  Array twice = full(power.shape(), 2.0, DType.F64); // negative frequencies too, but for the ends
  return power.times(twice.at(ix(0, n / 2)).set(weak(1.0)));
}

/** Welch's method: the mean over parts that overlap by half. */
static Array welch(Array x, int part, int n) {
  Array starts = arange(0, x.size() - part + 1, part / 2);
  Array parts = x.get(ix(expandDims(starts, 1).plus(arange(part)))); // (parts, part)
  return vmap(p -> density(p, n)).apply(parts).mean(0);
}

// end spectrum

/** Where the peaks are, the highest first. */
static Array peaks(Array power, int count) {
  Array middle = power.get(range(1, -1)), isPeak = logicalAnd(
      middle.gt(power.get(until(-2))), middle.gt(power.get(from(2))));
  return topK(where(isPeak, middle, 0.0), count).indices().plus(1);
}

/** Yule's model of 1927: each year's number by those of the two years before. */
static Array yule(Array x) {
  Array past = stack(List.of(x.get(range(1, -1)), x.get(until(-2))), 1);
  return Linalg.lstsq(past, x.get(from(2))).x();
}

/** The PNG file to write is the argument (default spectrum.png). */
void main(String[] args) throws Exception {
  Sunspots sun = Sunspots.load();
  Array x = sun.numbers(), frequencies = Fft.rfftfreq(2048, 1, DType.F64);
  Array power = jit(u -> density(u, 2048)).apply(x);
  Array smooth = jit(u -> welch(u, 128, 2048)).apply(x);
  Array periods = div(1, frequencies.get(ix(peaks(power, 5))));
  Array a = yule(x.minus(x.mean()));
  Array period = div(2 * Math.PI, arccos(a.get(0).div(sqrt(a.get(1).unaryMinus()).times(2))));
  IO.println("power = " + power.get(range(0, 1025, 100)));
  IO.println("smoother = " + smooth.get(range(0, 1025, 100)));
  IO.println("variance = " + power.sum().div(2048));
  IO.println("highest peaks at years = " + periods);
  IO.println("smoother at years = " + div(1, frequencies.get(ix(argmax(smooth)))));
  IO.println("Yule's coefficients = " + a);
  IO.println("Yule's years = " + period);

  Array show = frequencies.lt(0.25);
  Array f = frequencies.get(mask(show));
  new Plot("Spectrum of sunspots", "cycles a year", "log10(power)")
      .line("periodogram", f, log10(power.get(mask(show))))
      .line("Welch", f, log10(smooth.get(mask(show))))
      .write(Path.of(args.length > 0 ? args[0] : "spectrum.png"));
}
