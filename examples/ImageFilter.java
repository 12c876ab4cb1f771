import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;
import static dev.jacobi.random.Random.*;

import dev.jacobi.*;
import dev.jacobi.examples.Photograph;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.*;
import dev.jacobi.scipy.*;
import java.nio.file.Path;
import java.util.*;

/** Some grains of salt and of pepper. */
static Array season(Key key, Array image) {
  Array u = uniform(key, image.shape(), DType.F64);
  return where(u.lt(0.03), 0.0, where(u.gt(0.97), 1.0, image));
}

/** The median of the 3 by 3 pixels around each; edges are mirrors. */
static Array despeckle(Array image) {
  Array wide = pad(image, 1, PadMode.SYMMETRIC);
  List<Array> shifted = new ArrayList<>();
  for (int i = 0; i < 9; i++) {
    int y = i / 3, x = i % 3;
    shifted.add(wide.get(range(y, y + image.dim(0)), range(x, x + image.dim(1))));
  }
  return median(stack(shifted), 0);
}

/** What a kernel finds in each place; edges are mirrors. */
static Array filter(Array image, Array column, Array row) {
  int r = (int) row.size() / 2;
  Array wide = pad(image, r, PadMode.SYMMETRIC), kernel = outer(column, row);
  return Signal.correlate2d(wide, kernel, ConvolveMode.VALID);
}

/** Gauss's bell, as wide as {@code sigma} says. */
static Array bell(double sigma) {
  int r = (int) (4 * sigma + 0.5);
  Array x = arange(-r, r + 1).astype(DType.F64), w = exp(square(x.div(sigma)).div(-2));
  return w.div(w.sum());
}

/** How steep the picture is, by Sobel. */
static Array edges(Array image) {
  Array smooth = array(1.0, 2, 1), slope = array(-1.0, 0, 1);
  return hypot(filter(image, slope, smooth), filter(image, smooth, slope));
}

// begin restore
/** The picture whose blur is nearest to a blurred one, among those that are not too rough. */
static Array restore(Array blurred, Array bell, double penalty) {
  Op1 misfit = u -> square(filter(u, bell, bell).minus(blurred)).sum();
  Op1 roughness = u -> square(diff(u, 1, 0)).sum().plus(square(diff(u, 1, 1)).sum());
  Op1 gradient = grad(u -> misfit.apply(u).plus(roughness.apply(u).times(penalty)));
  Array atZero = gradient.apply(zerosLike(blurred)); // the gradient is affine: solve for its zero
  Fn1<Array, Array> system = u -> gradient.apply(u).minus(atZero);
  var exactly = SparseLinalg.Options.<Array>defaults().withTol(1e-9);
  return SparseLinalg.cg(system, atZero.unaryMinus(), exactly).x();
}

// end restore

/** How near a picture is to another, in decibels. */
static Array psnr(Array image, Array original) {
  return log10(square(image.minus(original)).mean()).times(-10);
}

/** The PNG file to write is the argument (default image_filter.png). */
void main(String[] args) throws Exception {
  Array original = Photograph.load(), bell = bell(1.5);
  var keys = key(0).split(2);
  Array seasoned = season(keys.get(0), original), clean = jit(x -> despeckle(x)).apply(seasoned);
  Array noise = normal(keys.get(1), original.shape(), DType.F64).times(0.002);
  Array blurred = jit(x -> filter(x, bell, bell)).apply(original).plus(noise);
  Array restored = jit(x -> restore(x, bell, 1e-4)).apply(blurred);
  Array edges = jit(x -> edges(x)).apply(clean);
  Map<String, Array> pictures = new LinkedHashMap<>();
  pictures.put("seasoned", seasoned);
  pictures.put("clean", clean);
  pictures.put("blurred", blurred);
  pictures.put("restored", restored);
  pictures.forEach((name, x) -> IO.println(name + " decibels = " + psnr(x, original)));
  pictures.put("edges", edges);
  Index rows = range(20, 225, 60), columns = range(20, 192, 50);
  pictures.forEach((name, x) -> IO.println(name + " pixels = " + x.get(rows, columns)));
  IO.println("edges mean = " + edges.mean());
  Path file = Path.of(args.length > 0 ? args[0] : "image_filter.png");
  Photograph.write(file, seasoned, clean, blurred, restored, edges.div(2));
}
