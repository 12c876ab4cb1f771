import static dev.jacobi.Jacobi.*;
import static dev.jacobi.nn.Nn.*;
import static dev.jacobi.numpy.Jnp.*;

import dev.jacobi.*;
import dev.jacobi.examples.*;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Linalg;
import java.nio.file.Path;

/** Directions in which data vary most, one a row, and what part of the variance each has. */
record Components(Array mean, Array directions, Array ratios) {
  static Components of(Array x, int count) {
    Array mean = x.mean(0);
    var svd = Linalg.svd(x.minus(mean), false);
    Array variance = square(svd.s());
    Array ratios = variance.div(variance.sum());
    return new Components(mean, svd.vh().get(until(count)), ratios.get(until(count)));
  }

  Array project(Array x) {
    return x.minus(mean).matmul(directions.transpose()); // (n, count)
  }
}

// begin kmeans
record Clustering(Array centers, Array labels, Array moved) {}

/** Squared distances of points to centers. */
static Array distances(Array x, Array centers) {
  return square(expandDims(x, 1).minus(centers)).sum(2); // (n, k)
}

/** Starts from the point in the middle, and goes on with the point farthest from all taken. */
static Array start(Array x, int k) {
  Array middle = x.get(ix(argmin(square(x.minus(x.mean(0))).sum(1))));
  Array centers = broadcastTo(middle, k, x.dim(1)); // the middle k times, until others replace it
  return Lax.foriLoop(1, k, (i, c) -> {
    Array farthest = argmax(distances(x, c).min(1));
    return c.at(ix(i)).set(x.get(ix(farthest)));
  }, centers);
}

/** Lloyd's algorithm, until no center moves. */
static Clustering cluster(Array x, int k) {
  Clustering first = new Clustering(start(x, k), zeros(shape(x.dim(0)), DType.I32), scalar(true));
  return Lax.whileLoop(s -> s.moved(), s -> {
    Array labels = argmin(distances(x, s.centers()), 1);
    Array member = oneHot(labels, k, x.dtype(), -1); // (n, k)
    Array sums = member.transpose().matmul(x), counts = member.sum(0).reshape(k, 1);
    Array centers = where(counts.gt(0), sums.div(counts), s.centers()); // if none is near, it stays
    return new Clustering(centers, labels, any(centers.ne(s.centers())));
  }, first);
}

// end kmeans

static void report(String name, Array x, Clustering c, Array truth, int k) {
  Array table = oneHot(c.labels(), k, DType.I32, -1).transpose().matmul(
      oneHot(truth, k, DType.I32, -1)); // (clusters, kinds)
  Array right = table.max(1).sum().astype(DType.F64).div(x.dim(0));
  IO.println(name + " within clusters = " + distances(x, c.centers()).min(1).sum());
  IO.println(name + " sizes = " + sort(table.sum(1)));
  IO.println(name + " of their cluster's main kind = " + right);
}

/** The PNG file to write is the argument (default clusters.png). */
void main(String[] args) throws Exception {
  Wine wine = Wine.load();
  Array x = wine.measured();
  Array scaled = x.minus(x.mean(0)).div(std(x, 0));
  Components two = Components.of(scaled, 2);
  Clustering wines = jit((Array z) -> cluster(z, 3)).apply(scaled);
  IO.println("wine ratios = " + two.ratios());
  report("wine", scaled, wines, wine.cultivar(), 3);

  HandwrittenDigits digits = HandwrittenDigits.all();
  Array pixels = digits.pixels().astype(DType.F64);
  Components many = Components.of(pixels, 12);
  Array projected = many.project(pixels);
  Clustering images = jit((Array z) -> cluster(z, 10)).apply(projected);
  IO.println("digits ratios = " + many.ratios());
  report("digits", projected, images, digits.labels(), 10);

  Array place = two.project(scaled), u = place.get(all(), i(0)), v = place.get(all(), i(1));
  Plot plot = new Plot("Wines in three clusters", "first component", "second");
  for (int c = 0; c < 3; c++) {
    Array in = wines.labels().eq(c);
    plot.points("cluster " + c, u.get(mask(in)), v.get(mask(in)));
  }
  plot.write(Path.of(args.length > 0 ? args[0] : "clusters.png"));
}
