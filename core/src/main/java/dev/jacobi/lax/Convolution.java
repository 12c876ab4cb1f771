package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The functions of {@code jax.lax} that convolve, under their names there. */
public final class Convolution {
  private Convolution() {}

  /**
   * Slides the kernel {@code rhs} over {@code lhs}: the general form.
   *
   * @param lhs batch, features and n spatial dimensions
   * @param rhs output features, input features and n spatial dimensions, of lhs's element type
   * @param options strides, padding, dilations, groups, and which dimension is which
   * @return batch, output features and n spatial dimensions
   * @throws LaxTypeException if sizes, groups or element types do not fit
   */
  public static Array convGeneralDilated(Array lhs, Array rhs, ConvOptions options) {
    int rank = lhs.rank();
    Longs ones = Longs.fill(Math.max(rank - 2, 0), 1);
    Longs lhsDilation = options.lhsDilation().orElse(ones);
    Longs rhsDilation = options.rhsDilation().orElse(ones);
    ConvDimensionNumbers d =
        options.dimensionNumbers().orElseGet(() -> ConvDimensionNumbers.plain(rank));
    boolean named = options.padding() instanceof Padding.Named;
    if (named && lhsDilation.stream().anyMatch(v -> v != 1)) {
      throw new LaxTypeException(
          "conv_general_dilated",
          "padding "
              + options.padding()
              + " says nothing about dilated inputs: give pairs, or call convTranspose");
    }
    List<Longs> padding =
        options.padding() instanceof Padding.Explicit e
            ? e.pairs()
            : pairs(lhs, rhs, options, d, rhsDilation);
    return Bind.bind(
        new Conv.ConvGeneralDilated(
            options.windowStrides(),
            padding,
            lhsDilation,
            rhsDilation,
            d,
            options.featureGroupCount(),
            options.batchGroupCount(),
            options.precision(),
            options.preferredElementType()),
        lhs,
        rhs);
  }

  private static List<Longs> pairs(
      Array lhs, Array rhs, ConvOptions options, ConvDimensionNumbers d, Longs dilation) {
    int rank = lhs.rank();
    int spatial = rank - 2;
    if (rank != rhs.rank()
        || rank < 2
        || d.lhsSpec().size() != rank
        || d.rhsSpec().size() != rank
        || options.windowStrides().size() != spatial
        || dilation.size() != spatial
        || options.windowStrides().stream().anyMatch(s -> s <= 0)) {
      throw new LaxTypeException(
          "conv_general_dilated",
          "lhs "
              + lhs.shape()
              + ", rhs "
              + rhs.shape()
              + ", "
              + d
              + ", strides "
              + options.windowStrides()
              + " and dilation "
              + dilation
              + " must have the same number of dimensions, with positive strides");
    }
    return options
        .padding()
        .pairs(
            sizes(lhs, d.lhsSpec()), windows(rhs, d.rhsSpec(), dilation), options.windowStrides());
  }

  private static long[] sizes(Array x, Axes spec) {
    return x.shape().select(ConvDimensionNumbers.spatial(spec)).toArray();
  }

  private static long[] windows(Array rhs, Axes spec, Longs dilation) {
    long[] sizes = sizes(rhs, spec);
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Conv.dilated(sizes[i], dilation.get(i));
    }
    return sizes;
  }

  /** The plain form: {@code NCHW} and {@code OIHW}. */
  public static Array conv(Array lhs, Array rhs, Padding padding, long... windowStrides) {
    return convGeneralDilated(lhs, rhs, ConvOptions.of(padding, windowStrides));
  }

  /** The plain form with dilations. */
  public static Array convWithGeneralPadding(
      Array lhs,
      Array rhs,
      Longs windowStrides,
      Padding padding,
      Optional<Longs> lhsDilation,
      Optional<Longs> rhsDilation) {
    ConvOptions plain = ConvOptions.of(padding, windowStrides.toArray());
    ConvOptions spread = lhsDilation.map(d -> plain.withLhsDilation(d.toArray())).orElse(plain);
    return convGeneralDilated(
        lhs, rhs, rhsDilation.map(d -> spread.withRhsDilation(d.toArray())).orElse(spread));
  }

  /**
   * A convolution with fractional strides, whose padding is chosen as that of the gradient of a
   * convolution would be. The kernel is not turned round unless asked for.
   *
   * @param lhs as in {@link #convGeneralDilated}, channels last by default
   * @param rhs the kernel, {@code HWIO} by default
   * @throws LaxTypeException if sizes, groups or element types do not fit, or if there is no
   *     default for this many dimensions
   */
  public static Array convTranspose(Array lhs, Array rhs, ConvTransposeOptions options) {
    int rank = lhs.rank();
    ConvDimensionNumbers d = options.dimensionNumbers().orElseGet(() -> channelsLast(rank));
    int spatial = rank - 2;
    Longs dilation = options.rhsDilation().orElse(Longs.fill(Math.max(spatial, 0), 1));
    if (rhs.rank() != rank
        || d.rhsSpec().size() != rank
        || options.strides().size() != spatial
        || dilation.size() != spatial) {
      throw new LaxTypeException(
          "conv_transpose",
          "lhs "
              + lhs.shape()
              + ", rhs "
              + rhs.shape()
              + " and strides "
              + options.strides()
              + " must have the same number of dimensions");
    }
    Padding padding =
        options.consistentPadding() || options.padding() instanceof Padding.Named
            ? transposed(options, windows(rhs, d.rhsSpec(), dilation))
            : options.padding();
    Array kernel = options.transposeKernel() ? turned(rhs, d.rhsSpec()) : rhs;
    return convGeneralDilated(
        lhs,
        kernel,
        new ConvOptions(
            Longs.fill(spatial, 1),
            padding,
            Optional.of(options.strides()),
            Optional.of(dilation),
            Optional.of(d),
            1,
            1,
            options.precision(),
            options.preferredElementType()));
  }

  private static ConvDimensionNumbers channelsLast(int rank) {
    return switch (rank) {
      case 2 -> ConvDimensionNumbers.of("NC", "IO", "NC");
      case 3 -> ConvDimensionNumbers.of("NHC", "HIO", "NHC");
      case 4 -> ConvDimensionNumbers.of("NHWC", "HWIO", "NHWC");
      case 5 -> ConvDimensionNumbers.of("NHWDC", "HWDIO", "NHWDC");
      default ->
          throw new LaxTypeException(
              "conv_transpose",
              "no default of dimension numbers for arrays of " + rank + " dimensions");
    };
  }

  /** Per dimension of kernel size k and stride s, what lies before and after. */
  private static Padding transposed(ConvTransposeOptions options, long[] windows) {
    List<Longs> pairs = new ArrayList<>();
    for (int i = 0; i < windows.length; i++) {
      long k = windows[i];
      long s = options.strides().get(i);
      pairs.add(
          switch (options.padding()) {
            case Padding.Explicit e ->
                Longs.of(k - e.pairs().get(i).get(0) - 1, k - e.pairs().get(i).get(1) - 1);
            case Padding.Named named ->
                switch (named) {
                  case SAME -> {
                    long all = k + s - 2;
                    long before = s > k - 1 ? k - 1 : Math.ceilDiv(all, 2L);
                    yield Longs.of(before, all - before);
                  }
                  case VALID -> Longs.of(k - 1, s - 1 + Math.max(k - s, 0));
                  case SAME_LOWER ->
                      throw new LaxTypeException(
                          "conv_transpose", "padding must be SAME, VALID or pairs");
                };
          });
    }
    return new Padding.Explicit(pairs);
  }

  /** Spatial dimensions backwards, features exchanged. */
  private static Array turned(Array rhs, Axes spec) {
    Array reversed = rhs;
    for (int d = 2; d < rhs.rank(); d++) { // one after the other, as JAX's programs show it
      reversed = Concatenation.rev(reversed, Axes.of(spec.get(d)));
    }
    int[] order = IntStream.range(0, rhs.rank()).toArray();
    order[spec.get(0)] = spec.get(1);
    order[spec.get(1)] = spec.get(0);
    return Shapes.transpose(reversed, Axes.of(order));
  }

  /**
   * The windows themselves: the features of the result are those of each window, {@code c * h * w}
   * in this order.
   *
   * @param lhs as in {@link #convGeneralDilated}
   * @param filterShape the window's size per spatial dimension
   */
  public static Array convGeneralDilatedPatches(Array lhs, Longs filterShape, ConvOptions options) {
    int rank = lhs.rank();
    ConvDimensionNumbers d =
        options.dimensionNumbers().orElseGet(() -> ConvDimensionNumbers.plain(rank));
    if (filterShape.size() != rank - 2 || d.lhsSpec().size() != rank) {
      throw new LaxTypeException(
          "conv_general_dilated",
          "windows of " + filterShape + " and " + d + " do not fit an array of " + lhs.shape());
    }
    Shape filter = Dims.shape("conv_general_dilated", filterShape.toArray());
    long window = filter.size();
    long channels = lhs.shape().dim(d.lhsSpec().get(1));
    Shape square = Shape.of(window, window);
    Array counted = Shapes.iota(DType.I32, square, 0);
    Array rows = Arithmetic.add(counted, Scalars.of(DType.I32, 0)); // JAX's eye has an offset
    Array columns = Shapes.iota(DType.I32, square, 1);
    Array equal = Bind.bind(new Compare.Comparison(ElementwiseOp.Direction.EQ), rows, columns);
    Array eye = Convert.convertElementType(equal, lhs.dtype());
    Array each = Shapes.broadcastInDim(eye, Shape.of(channels, window, window), Axes.of(1, 2));
    Array kernel = Shapes.reshape(each, Shape.of(channels * window, 1).concat(filter));
    // (output feature, input feature, spatial) to where the dimension numbers want them
    Array placed = Shapes.transpose(kernel, d.rhsSpec().inverse());
    return convGeneralDilated(lhs, placed, options.withDimensionNumbers(d).withGroups(channels, 1));
  }

  /** See {@link ConvDimensionNumbers#of}. */
  public static ConvDimensionNumbers convDimensionNumbers(String lhs, String rhs, String out) {
    return ConvDimensionNumbers.of(lhs, rhs, out);
  }
}
