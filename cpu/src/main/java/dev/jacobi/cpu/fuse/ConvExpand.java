package dev.jacobi.cpu.fuse;

import dev.jacobi.cpu.conv.ConvPlan;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ConvOp.ConvDims;
import dev.jacobi.hlo.ConvOp.Convolution;
import dev.jacobi.hlo.ConvOp.Window;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.Optional;

/**
 * Brings convolutions into the form that has kernels: types that are multiplied, no padding that a
 * window reads, and layouts in which some loop has steps of 1.
 */
final class ConvExpand {
  /** Columns from which on it does not pay to turn arrays round. */
  private static final long ENOUGH = 8;

  private final HloBuilder out;

  ConvExpand(HloBuilder out) {
    this.out = out;
  }

  Value convolution(Convolution o) {
    DType from = o.lhs().dtype();
    DType to = o.dtype();
    if (to.isComplex()) {
      return complex(o);
    }
    DType sums =
        switch (to) {
          case BOOL, I8, I16, U8, U16 -> DType.I32;
          case F16, BF16 -> DType.F32;
          case I32, I64, U32, U64, F32, F64, C64, C128 -> to;
        };
    boolean narrow = from.isFloat() && from.bytes() == 2 && sums == DType.F32;
    DType operands = narrow ? from : sums;
    Convolution summed = with(o, converted(o.lhs(), operands), converted(o.rhs(), operands), sums);
    return converted(real(summed), to);
  }

  private Value converted(Value x, DType to) {
    return x.dtype() == to ? x : out.add(new ElementwiseOp.Convert(x, to));
  }

  /** By four real ones. */
  private Value complex(Convolution o) {
    Value l = converted(o.lhs(), o.dtype());
    Value r = converted(o.rhs(), o.dtype());
    DType part = o.dtype().real();
    Value lr = out.pointwise(Fn.REAL, l);
    Value li = out.pointwise(Fn.IMAG, l);
    Value rr = out.pointwise(Fn.REAL, r);
    Value ri = out.pointwise(Fn.IMAG, r);
    Value re = out.pointwise(Fn.SUB, real(with(o, lr, rr, part)), real(with(o, li, ri, part)));
    Value im = out.pointwise(Fn.ADD, real(with(o, lr, ri, part)), real(with(o, li, rr, part)));
    return out.pointwise(Fn.COMPLEX, re, im);
  }

  private Value real(Convolution o) {
    Shape shape = Infer.resultTypes(o).getFirst().shape();
    if (shape.size() == 0 || o.lhs().shape().size() == 0 || o.rhs().shape().size() == 0) {
      return out.full(o.dtype(), shape, 0);
    }
    return arranged(repeated(padded(ConvPlan.hasFewPhases(o.window()) ? o : dilated(o))));
  }

  /** With the zeros between the input's elements written out. */
  private Convolution dilated(Convolution o) {
    Window w = o.window();
    long[] interior = new long[o.lhs().type().rank()];
    for (int d = 0; d < w.rank(); d++) {
      interior[o.dims().inputSpatial().get(d)] = w.lhsDilation().get(d) - 1;
    }
    Longs none = Longs.fill(interior.length, 0);
    Value lhs = pad(o.lhs(), none, none, Longs.of(interior));
    Longs ones = Longs.fill(w.rank(), 1);
    return with(
        with(o, lhs, o.rhs(), o.dtype()),
        new Window(w.strides(), w.low(), w.high(), ones, w.rhsDilation(), w.reversal()));
  }

  /** With as many zeros around the input as windows read, and no more. */
  private Convolution padded(Convolution o) {
    Window w = o.window();
    int rank = o.lhs().type().rank();
    long[] low = new long[rank];
    long[] high = new long[rank];
    long[] restLow = w.low().toArray();
    long[] restHigh = w.high().toArray();
    Shape result = Infer.resultTypes(o).getFirst().shape();
    boolean any = false;
    for (int i = 0; i < w.rank(); i++) {
      int d = o.dims().inputSpatial().get(i);
      long apart = w.lhsDilation().get(i);
      long places = result.dim(o.dims().outputSpatial().get(i));
      long kernel = o.rhs().type().dim(o.dims().kernelSpatial().get(i));
      long last =
          (places - 1) * w.strides().get(i) + (kernel - 1) * w.rhsDilation().get(i) - restLow[i];
      low[d] = Math.max(0, Math.floorDiv(restLow[i], apart));
      high[d] = Math.max(0, Math.floorDiv(last, apart) - (o.lhs().type().dim(d) - 1));
      restLow[i] -= low[d] * apart;
      restHigh[i] -= high[d] * apart;
      any |= low[d] > 0 || high[d] > 0;
    }
    if (!any) {
      return o;
    }
    Value lhs = pad(o.lhs(), Longs.of(low), Longs.of(high), Longs.fill(rank, 0));
    return with(
        with(o, lhs, o.rhs(), o.dtype()),
        new Window(
            w.strides(),
            Longs.of(restLow),
            Longs.of(restHigh),
            w.lhsDilation(),
            w.rhsDilation(),
            w.reversal()));
  }

  private Value pad(Value x, Longs low, Longs high, Longs interior) {
    return out.add(new ShapeOp.Pad(x, out.constant(x.dtype(), 0), low, high, interior));
  }

  /** Several outputs per group of one input: the input repeats, and each output is a group. */
  private Convolution repeated(Convolution o) {
    boolean byBatch = o.batchGroups() > 1;
    long groups = o.featureGroups() * o.batchGroups();
    long outputs = o.rhs().type().dim(o.dims().kernelOutputFeature()) / groups;
    int d = byBatch ? o.dims().inputBatch() : o.dims().inputFeature();
    if (groups == 1 || outputs == 1 || outputs >= ENOUGH || o.lhs().type().dim(d) != groups) {
      return o;
    }
    Shape shape = o.lhs().shape();
    Axes kept = Axes.of(d + 1).complement(shape.rank() + 1);
    Value wide = out.add(new ShapeOp.BroadcastInDim(o.lhs(), kept, shape.insert(d + 1, outputs)));
    Value lhs = out.add(new ShapeOp.Reshape(wide, shape.with(d, groups * outputs)));
    return new Convolution(
        lhs,
        o.rhs(),
        o.dims(),
        o.window(),
        byBatch ? 1 : groups * outputs,
        byBatch ? groups * outputs : 1,
        o.lhsPrecision(),
        o.rhsPrecision(),
        o.dtype());
  }

  /** Turns arrays round so that the longest loop that can has steps of 1, and the result back. */
  private Value arranged(Convolution o) {
    ConvDims d = o.dims();
    long groups = o.featureGroups() * o.batchGroups();
    long outputs = o.rhs().type().dim(d.kernelOutputFeature()) / groups;
    int grouped = o.batchGroups() > 1 ? d.inputBatch() : d.inputFeature();
    if (groups > 1 && outputs == 1 && o.lhs().type().dim(grouped) == groups) {
      return outputLast(inputLast(kernelLast(o), grouped), d.outputFeature());
    }
    if (outputs >= ENOUGH) {
      return outputLast(kernelLast(o), d.outputFeature());
    }
    Optional<Place> place = place(o);
    if (place.isEmpty() || place.get().size() <= outputs) {
      return outputLast(kernelLast(o), d.outputFeature());
    }
    return outputLast(inputLast(o, place.get().input()), place.get().output());
  }

  /** A dimension of the input and of the result that windows step through one by one. */
  private record Place(int input, int output, long size, boolean adjacent) {}

  /** The best such dimension: one that lies right, else the longest. */
  private static Optional<Place> place(Convolution o) {
    ConvDims d = o.dims();
    Shape in = o.lhs().shape();
    Shape result = Infer.resultTypes(o).getFirst().shape();
    long[] from = in.strides();
    long[] to = result.strides();
    Optional<Place> best = Optional.empty();
    for (int i = -1; i < o.window().rank(); i++) {
      boolean steps =
          i < 0 || o.window().strides().get(i) == 1 && o.window().lhsDilation().get(i) == 1;
      int x = i < 0 ? d.inputBatch() : d.inputSpatial().get(i);
      int y = i < 0 ? d.outputBatch() : d.outputSpatial().get(i);
      Place next = new Place(x, y, result.dim(y), from[x] == 1 && to[y] == 1);
      boolean better =
          best.isEmpty()
              || (next.adjacent && next.size >= ENOUGH)
              || (!best.get().adjacent && next.size > best.get().size);
      best = steps && better ? Optional.of(next) : best;
    }
    return best;
  }

  private Convolution kernelLast(Convolution o) {
    int rank = o.rhs().type().rank();
    int last = o.dims().kernelOutputFeature();
    if (o.rhs().shape().strides()[last] == 1) {
      return o;
    }
    Axes order = toLast(last, rank);
    Value rhs = out.add(new ShapeOp.Transpose(o.rhs(), order));
    Axes at = order.inverse();
    ConvDims d = o.dims();
    return with(
        with(o, o.lhs(), rhs, o.dtype()),
        new ConvDims(
            d.inputBatch(),
            d.inputFeature(),
            d.inputSpatial(),
            at.get(d.kernelInputFeature()),
            at.get(last),
            d.kernelSpatial().map(at::get),
            d.outputBatch(),
            d.outputFeature(),
            d.outputSpatial()));
  }

  private Convolution inputLast(Convolution o, int last) {
    if (o.lhs().shape().strides()[last] == 1) {
      return o;
    }
    Axes order = toLast(last, o.lhs().type().rank());
    Value lhs = out.add(new ShapeOp.Transpose(o.lhs(), order));
    Axes at = order.inverse();
    ConvDims d = o.dims();
    return with(
        with(o, lhs, o.rhs(), o.dtype()),
        new ConvDims(
            at.get(d.inputBatch()),
            at.get(d.inputFeature()),
            d.inputSpatial().map(at::get),
            d.kernelInputFeature(),
            d.kernelOutputFeature(),
            d.kernelSpatial(),
            d.outputBatch(),
            d.outputFeature(),
            d.outputSpatial()));
  }

  private Value outputLast(Convolution o, int last) {
    Shape result = Infer.resultTypes(o).getFirst().shape();
    if (result.strides()[last] == 1) {
      return out.add(o);
    }
    Axes at = toLast(last, result.rank()).inverse();
    ConvDims d = o.dims();
    Value turned =
        out.add(
            with(
                o,
                new ConvDims(
                    d.inputBatch(),
                    d.inputFeature(),
                    d.inputSpatial(),
                    d.kernelInputFeature(),
                    d.kernelOutputFeature(),
                    d.kernelSpatial(),
                    at.get(d.outputBatch()),
                    at.get(d.outputFeature()),
                    d.outputSpatial().map(at::get))));
    return out.add(new ShapeOp.Transpose(turned, at));
  }

  /** The order of dimensions in which one comes last. */
  private static Axes toLast(int d, int rank) {
    return Axes.of(d).complement(rank).plus(Axes.of(d));
  }

  private static Convolution with(Convolution o, Value lhs, Value rhs, DType dtype) {
    return new Convolution(
        lhs,
        rhs,
        o.dims(),
        o.window(),
        o.featureGroups(),
        o.batchGroups(),
        o.lhsPrecision(),
        o.rhsPrecision(),
        dtype);
  }

  private static Convolution with(Convolution o, Window window) {
    return new Convolution(
        o.lhs(),
        o.rhs(),
        o.dims(),
        window,
        o.featureGroups(),
        o.batchGroups(),
        o.lhsPrecision(),
        o.rhsPrecision(),
        o.dtype());
  }

  private static Convolution with(Convolution o, ConvDims dims) {
    return new Convolution(
        o.lhs(),
        o.rhs(),
        dims,
        o.window(),
        o.featureGroups(),
        o.batchGroups(),
        o.lhsPrecision(),
        o.rhsPrecision(),
        o.dtype());
  }
}
