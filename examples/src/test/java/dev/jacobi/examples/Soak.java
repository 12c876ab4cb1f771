package dev.jacobi.examples;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.numpy.Jnp.full;
import static dev.jacobi.numpy.Jnp.ones;
import static dev.jacobi.numpy.Jnp.shape;
import static dev.jacobi.numpy.Jnp.tanh;
import static dev.jacobi.numpy.Jnp.zeros;

import dev.jacobi.Array;
import dev.jacobi.JitFn2;
import dev.jacobi.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Calls a jitted training step and eager operations very often, and prints the resident memory
 * after a tenth and at the end, in kilobytes. Arguments: calls of the step, eager operations.
 */
final class Soak {
  private Soak() {}

  record Layer(Array w, Array b) {}

  /** Twelve leaves. */
  record Net(Layer a, Layer b, Layer c, Layer d, Layer e, Layer f) {}

  private static Layer layer() {
    return new Layer(full(shape(4, 4), 0.1), zeros(4));
  }

  private static Array apply(Layer layer, Array x) {
    return tanh(x.matmul(layer.w).plus(layer.b));
  }

  private static Array loss(Net n, Array x) {
    Array y = apply(n.c, apply(n.b, apply(n.a, x)));
    return apply(n.f, apply(n.e, apply(n.d, y))).minus(1).pow(2).mean();
  }

  private static Net step(Net net, Array x) {
    Net gradient = grad(Soak::loss).apply(net, x);
    return Trees.map((p, g) -> p.minus(g.times(0.01)), net, gradient);
  }

  static void steps(long calls) {
    JitFn2<Net, Array, Net> step = jit(Soak::step);
    Net net = new Net(layer(), layer(), layer(), layer(), layer(), layer());
    Array x = ones(2, 4);
    for (long i = 0; i < calls; i++) {
      net = step.apply(net, x);
    }
  }

  static void eager(long operations) {
    Array x = ones(16);
    Array y = x;
    for (long i = 0; i < operations; i += 2) {
      y = y.times(0.5).plus(x);
    }
  }

  /** Resident memory of this process in kilobytes. */
  static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  public static void main(String[] args) throws IOException {
    long calls = Long.parseLong(args[0]);
    long operations = Long.parseLong(args[1]);
    steps(calls / 10);
    eager(operations / 10);
    long early = resident();
    steps(calls - calls / 10);
    eager(operations - operations / 10);
    System.out.println(early + " " + resident());
  }
}
