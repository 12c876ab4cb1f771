package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Convolutions in any layout. */
final class ConvRows {
  private static final long MOST_PRODUCTS = 200_000;

  private ConvRows() {}

  static final List<Programs.Row> ALL = List.of(ConvRows::convolution);

  /** Dimensions of one array in some order: two of a kind, then the spatial ones. */
  private record Layout(Axes places) {
    static Layout of(Programs p, int spatial) {
      return new Layout(p.draw.permutation(spatial + 2));
    }

    int first() {
      return places.get(0);
    }

    int second() {
      return places.get(1);
    }

    Axes spatial() {
      return Axes.of(places.stream().skip(2).toArray());
    }

    Shape shape(long first, long second, long[] spatial) {
      long[] sizes = new long[places.size()];
      sizes[first()] = first;
      sizes[second()] = second;
      IntStream.range(0, spatial.length).forEach(d -> sizes[places.get(d + 2)] = spatial[d]);
      return Shape.of(sizes);
    }
  }

  private static void convolution(Programs p) {
    int spatial = p.draw.below(4);
    long batchGroups = p.draw.oneIn(4) ? 2 : 1;
    long featureGroups = batchGroups == 1 && p.draw.oneIn(3) ? p.draw.between(2, 3) : 1;
    long batch = batchGroups * p.draw.between(p.draw.oneIn(20) ? 0 : 1, 3);
    long inFeatures = p.draw.between(1, 5);
    long outFeatures = batchGroups * featureGroups * p.draw.between(1, p.draw.oneIn(4) ? 17 : 4);
    long[] sizes = longs(spatial, () -> p.draw.between(1, p.draw.oneIn(4) ? 17 : 7));
    long[] kernel = longs(spatial, () -> p.draw.between(1, 3));
    ConvOp.Window window = window(p, spatial);
    Layout in = Layout.of(p, spatial);
    Layout weights = Layout.of(p, spatial);
    Layout out = Layout.of(p, spatial);
    long products = batch * inFeatures * outFeatures;
    for (int d = 0; d < spatial; d++) {
      if (window.padded(d, sizes[d]) < 0) {
        return;
      }
      products *= kernel[d] * (window.windows(d, sizes[d], kernel[d]) + 1);
    }
    if (products > MOST_PRODUCTS) {
      return;
    }
    DType t = p.draw.dtype(d -> !d.isBool());
    Shape lhs = in.shape(batch, inFeatures * featureGroups, sizes);
    Shape rhs = weights.shape(inFeatures, outFeatures, kernel);
    Value x = p.like(new TensorType(t, lhs));
    Value w = p.like(new TensorType(t, rhs));
    ConvOp.ConvDims dims =
        new ConvOp.ConvDims(
            in.first(),
            in.second(),
            in.spatial(),
            weights.first(),
            weights.second(),
            weights.spatial(),
            out.first(),
            out.second(),
            out.spatial());
    p.add(
        new ConvOp.Convolution(
            x,
            w,
            dims,
            window,
            featureGroups,
            batchGroups,
            Precision.DEFAULT,
            Precision.DEFAULT,
            t));
  }

  private static ConvOp.Window window(Programs p, int spatial) {
    return new ConvOp.Window(
        Longs.of(longs(spatial, () -> p.draw.between(1, 3))),
        Longs.of(longs(spatial, () -> p.draw.between(-1, 2))),
        Longs.of(longs(spatial, () -> p.draw.between(-1, 2))),
        Longs.of(longs(spatial, () -> p.draw.oneIn(4) ? 2 : 1)),
        Longs.of(longs(spatial, () -> p.draw.oneIn(4) ? 2 : 1)),
        Stream.generate(() -> p.draw.oneIn(4)).limit(spatial).toList());
  }

  private static long[] longs(int n, LongSupplier each) {
    return LongStream.generate(each).limit(n).toArray();
  }
}
