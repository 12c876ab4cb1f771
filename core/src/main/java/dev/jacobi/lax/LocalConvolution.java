package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp.DotDims;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Convolutions that do not share their kernel between places (locally connected layers). */
final class LocalConvolution {
  private LocalConvolution() {}

  /**
   * Windows as vectors, each against the kernel of its place.
   *
   * @param lhs batch, features and n spatial dimensions
   * @param rhs output features, {@code c * h * w} elements of a window, and n dimensions of places
   * @param filterShape the window's size per spatial dimension
   * @throws LaxTypeException if sizes or element types do not fit
   */
  static Array convGeneralDilatedLocal(
      Array lhs, Array rhs, Longs filterShape, ConvOptions options) {
    int rank = lhs.rank();
    ConvDimensionNumbers d =
        options.dimensionNumbers().orElseGet(() -> ConvDimensionNumbers.plain(rank));
    Array patches = Convolution.convGeneralDilatedPatches(lhs, filterShape, options);
    Axes places = ConvDimensionNumbers.spatial(d.outSpec());
    Axes kernels = ConvDimensionNumbers.spatial(d.rhsSpec());
    List<Integer> order =
        IntStream.range(0, places.size())
            .boxed()
            .sorted(Comparator.comparing(places::get))
            .toList();
    DotDims dims =
        new DotDims(
            places.sorted(),
            Axes.of(order.stream().mapToInt(kernels::get).toArray()),
            Axes.of(d.outSpec().get(1)),
            Axes.of(d.rhsSpec().get(1)));
    Array out = Dot.dotGeneral(patches, rhs, dims); // places, batch, features
    return Shapes.transpose(out, toFront(d.outSpec(), rank));
  }

  /** The permutation that puts the last two dimensions where batch and features belong. */
  private static Axes toFront(Axes spec, int rank) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank - 2).boxed().toList());
    int batch = spec.get(0);
    int feature = spec.get(1);
    boolean batchFirst = batch < feature;
    order.add(batchFirst ? batch : feature, batchFirst ? rank - 2 : rank - 1);
    order.add(batchFirst ? feature : batch, batchFirst ? rank - 1 : rank - 2);
    return Axes.of(order.stream().mapToInt(i -> i).toArray());
  }
}
