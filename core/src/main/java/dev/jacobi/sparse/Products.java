package dev.jacobi.sparse;

import static dev.jacobi.numpy.Jnp.arange;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Shapes;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Dependencies through sums of products; factors that are known to be zero let none through. */
final class Products {
  /** Kernels with more elements than this are taken as one. */
  private static final int TAPS = 4096;

  private Products() {}

  /** An operand of a product, its elements by batch, free and contracted dimensions. */
  private record Side(Flow flow, int[] order, boolean[] nonzero, int free) {
    static Side of(Flow flow, Axes batch, Axes contract) {
      Shape shape = flow.aval().shape();
      Axes free = batch.plus(contract).complement(shape.rank());
      int[] order = Shapes.transpose(number(shape), batch.plus(free).plus(contract)).toIntArray();
      long size = 1;
      for (int d : free.toArray()) {
        size *= shape.dim(d);
      }
      return new Side(flow, order, thereIn(flow), Math.toIntExact(size));
    }

    int[] on(int i) {
      return flow.at(order[i]);
    }

    boolean isThere(int i) {
      return nonzero[order[i]];
    }
  }

  private static Array number(Shape shape) {
    return Shapes.reshape(arange(shape.size()).astype(DType.I32), shape);
  }

  /** Which elements may be other than zero. */
  private static boolean[] thereIn(Flow flow) {
    Array value = flow.value();
    if (value != null) {
      return value.ne(0.0).toBooleanArray();
    }
    boolean[] all = new boolean[Flow.size(flow.aval())];
    Arrays.fill(all, true);
    return all;
  }

  static Flow dot(Primitive p, List<Flow> in, Aval out) {
    if (!(p.params().get("dimension_numbers") instanceof List<?> numbers)
        || !(numbers.get(0) instanceof List<?> contract)
        || !(numbers.get(1) instanceof List<?> batch)) {
      return Flow.all(in, List.of(out)).getFirst();
    }
    Side x = Side.of(in.get(0), (Axes) batch.get(0), (Axes) contract.get(0));
    Side y = Side.of(in.get(1), (Axes) batch.get(1), (Axes) contract.get(1));
    int terms = terms(in.get(0).aval().shape(), (Axes) contract.get(0));
    int[][] on = new int[Flow.size(out)][];
    IndexSets union = new IndexSets();
    for (int i = 0; i < on.length; i++) {
      int column = i % y.free;
      int row = i / y.free; // of batch and free dimensions
      int lhs = row * terms;
      int rhs = (row / x.free * y.free + column) * terms;
      for (int k = 0; k < terms; k++) {
        if (y.isThere(rhs + k)) {
          union.add(x.on(lhs + k));
        }
        if (x.isThere(lhs + k)) {
          union.add(y.on(rhs + k));
        }
      }
      on[i] = union.take();
    }
    return Flow.of(out, on);
  }

  private static int terms(Shape shape, Axes contract) {
    long size = 1;
    for (int d : contract.toArray()) {
      size *= shape.dim(d);
    }
    return Math.toIntExact(size);
  }

  /** One element of the kernel after the other: what it meets is told by numbers. */
  static Flow convolution(Primitive p, List<Flow> in, Aval out) {
    Flow image = in.get(0);
    Flow kernel = in.get(1);
    int taps = Flow.size(kernel.aval());
    if (taps > TAPS) {
      return Flow.all(in, List.of(out)).getFirst();
    }
    Array numbers = number(image.aval().shape()).astype(DType.F64).plus(1);
    boolean[] there = thereIn(kernel);
    List<IndexSets> unions = new ArrayList<>();
    for (int i = 0; i < Flow.size(out); i++) {
      unions.add(new IndexSets());
    }
    for (int tap = 0; tap < taps; tap++) {
      if (!there[tap]) {
        continue;
      }
      Array one = Jnp.zeros(taps).astype(DType.F64).at(tap).set(1.0);
      Array met = Bind.bind(p, numbers, Shapes.reshape(one, kernel.aval().shape()));
      int[] from = met.astype(DType.I32).toIntArray();
      for (int i = 0; i < from.length; i++) {
        if (from[i] > 0) {
          unions.get(i).add(image.at(from[i] - 1));
          unions.get(i).add(kernel.at(tap));
        }
      }
    }
    return Flow.of(out, unions.stream().map(IndexSets::take).toArray(int[][]::new));
  }
}
