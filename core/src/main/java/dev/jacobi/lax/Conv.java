package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Convolutions; {@link Convolution} gives them their public names. */
final class Conv {
  private static final String NAME = "conv_general_dilated";

  private Conv() {}

  /** Dot products of a kernel with windows; JAX's parameters. Bilinear. */
  record ConvGeneralDilated(
      Longs windowStrides,
      List<Longs> padding,
      Longs lhsDilation,
      Longs rhsDilation,
      ConvDimensionNumbers dimensionNumbers,
      long featureGroupCount,
      long batchGroupCount,
      Optional<Precision> precision,
      Optional<DType> preferredElementType)
      implements Primitive {
    ConvGeneralDilated {
      padding = List.copyOf(padding);
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Map<String, Object> params() {
      Map<String, Object> params = new LinkedHashMap<>();
      params.put("window_strides", windowStrides);
      params.put("padding", padding);
      params.put("lhs_dilation", lhsDilation);
      params.put("rhs_dilation", rhsDilation);
      params.put("dimension_numbers", dimensionNumbers);
      params.put("feature_group_count", featureGroupCount);
      params.put("batch_group_count", batchGroupCount);
      params.put("precision", precision.map(p -> List.of("Precision." + p, "Precision." + p)));
      params.put("preferred_element_type", preferredElementType);
      return params;
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.get(0);
      Aval k = operands.get(1);
      ConvChecks.check(this, x, k);
      long[] sizes = new long[x.rank()];
      Axes out = dimensionNumbers.outSpec();
      long batch = x.shape().at(dimensionNumbers.lhsSpec().get(0));
      sizes[out.get(0)] = batch == Shape.DYNAMIC ? batch : batch / batchGroupCount;
      sizes[out.get(1)] = k.dim(dimensionNumbers.rhsSpec().get(0));
      for (int i = 0; i < windowStrides.size(); i++) {
        sizes[out.get(2 + i)] = places(x, k, i);
      }
      DType dtype = preferredElementType.orElse(x.dtype());
      return List.of(new Aval(dtype, Shape.of(sizes), x.weak() && k.weak(), false));
    }

    private long places(Aval x, Aval k, int i) {
      long padded = in(x, i) + padding.get(i).get(0) + padding.get(i).get(1);
      if (padded < 0) {
        throw new LaxTypeException(
            NAME, "negative padding " + padding + " is larger than a dimension of " + x.shape());
      }
      return padded < window(k, i) ? 0 : (padded - window(k, i)) / windowStrides.get(i) + 1;
    }

    /** The input's size along spatial dimension {@code i}, zeros between elements included. */
    private long in(Aval x, int i) {
      return dilated(x.dim(dimensionNumbers.lhsSpec().get(2 + i)), lhsDilation.get(i));
    }

    /** The kernel's size along spatial dimension {@code i}, gaps included. */
    private long window(Aval k, int i) {
      return dilated(k.dim(dimensionNumbers.rhsSpec().get(2 + i)), rhsDilation.get(i));
    }

    @Override
    public boolean isCostly() {
      return true;
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array x = primals.get(0);
      Array k = primals.get(1);
      Array dx = tangents.get(0);
      Array dk = tangents.get(1);
      return Jvp.of(
          Bind.bind(this, x, k),
          Zeros.sum( // product rule
              dx == null ? null : Bind.bind(this, dx, k),
              dk == null ? null : Bind.bind(this, x, dk)));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array g = cotangents.getFirst();
      Operand x = operands.get(0);
      Operand k = operands.get(1);
      if (x.isLinear() && k.isLinear()) {
        throw new NotLinearException(this);
      }
      return x.isLinear()
          ? Arrays.asList(toInput(g, x.aval(), k.known()), null)
          : Arrays.asList(null, toKernel(g, x.known(), k.aval()));
    }

    /** The cotangent spread by the strides, against the reversed kernel with features exchanged. */
    private Array toInput(Array g, Aval x, Array kernel) {
      ConvDimensionNumbers d = dimensionNumbers;
      long groups = featureGroupCount * batchGroupCount;
      Array k = kernel;
      if (groups > 1) {
        // the groups move from the kernel's output features to its input features
        k = outOf(d.rhsSpec().get(0), groups, k);
        k = into(d.rhsSpec().get(0), d.rhsSpec().get(1), k);
      }
      List<Longs> pads = new ArrayList<>();
      for (int i = 0; i < windowStrides.size(); i++) {
        long w = window(kernelAval(kernel), i);
        long before = w - padding.get(i).get(0) - 1;
        pads.add(Longs.of(before, in(x, i) + w - 1 - spread(g, i) - before));
      }
      Array turned = Concatenation.rev(k, ConvDimensionNumbers.spatial(d.rhsSpec()));
      Array out =
          Bind.bind(
              new ConvGeneralDilated(
                  lhsDilation,
                  pads,
                  windowStrides,
                  rhsDilation,
                  new ConvDimensionNumbers(
                      d.outSpec(), ConvDimensionNumbers.swapped(d.rhsSpec()), d.lhsSpec()),
                  groups,
                  1,
                  precision,
                  preferredElementType),
              g,
              as(turned, g.dtype()));
      out = as(out, x.dtype());
      if (batchGroupCount > 1) {
        out = outOf(d.lhsSpec().get(1), batchGroupCount, out);
        out = into(d.lhsSpec().get(1), d.lhsSpec().get(0), out);
      }
      return out;
    }

    /** The input with batch and features exchanged, against the cotangent as the kernel. */
    private Array toKernel(Array g, Array input, Aval k) {
      if (g.shape().size() == 0) {
        return Zeros.of(k);
      }
      ConvDimensionNumbers d = dimensionNumbers;
      List<Longs> pads = new ArrayList<>();
      for (int i = 0; i < windowStrides.size(); i++) {
        long low = padding.get(i).get(0);
        long n = in(kernelAval(input), i);
        pads.add(Longs.of(low, spread(g, i) - n + window(k, i) - low - 1));
      }
      Array out =
          Bind.bind(
              new ConvGeneralDilated(
                  rhsDilation,
                  pads,
                  lhsDilation,
                  windowStrides,
                  new ConvDimensionNumbers(
                      ConvDimensionNumbers.swapped(d.lhsSpec()),
                      ConvDimensionNumbers.swapped(d.outSpec()),
                      ConvDimensionNumbers.swapped(d.rhsSpec())),
                  batchGroupCount,
                  featureGroupCount,
                  precision,
                  preferredElementType),
              as(input, g.dtype()),
              g);
      return as(out, k.dtype());
    }

    /** The result's size along spatial dimension {@code i} when its elements lie a stride apart. */
    private long spread(Array g, int i) {
      return dilated(g.shape().dim(dimensionNumbers.outSpec().get(2 + i)), windowStrides.get(i));
    }

    private static Aval kernelAval(Array x) {
      return Aval.of(x.dtype(), x.shape());
    }

    private static Array as(Array x, DType dtype) {
      return x.dtype() == dtype ? x : Convert.convertElementType(x, dtype);
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      Array x = operands.get(0);
      Array k = operands.get(1);
      if (size == 0) {
        return Batched.of(Zeros.of(nothing(operands, dims)), 0);
      }
      Integer xd = dims.get(0);
      Integer kd = dims.get(1);
      if (xd != null && kd != null) {
        return both(size, x, xd, k, kd);
      }
      return xd != null ? overInput(size, x, xd, k) : overKernel(size, x, k, kd);
    }

    private Aval nothing(List<Array> operands, List<@Nullable Integer> dims) {
      List<Aval> lane = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Shape shape = operands.get(i).shape();
        Integer dim = dims.get(i);
        Shape one = dim == null ? shape : shape.without(Axes.of(dim));
        lane.add(Aval.of(operands.get(i).dtype(), one));
      }
      Aval out = abstractEval(lane).getFirst();
      return out.withShape(out.shape().insert(0, 0));
    }

    /** Each pair is a group of its own. */
    private Batched both(long size, Array x, int xd, Array k, int kd) {
      ConvDimensionNumbers d = dimensionNumbers;
      boolean byBatch = batchGroupCount > 1;
      Array lhs = into(xd, d.lhsSpec().get(byBatch ? 0 : 1), x);
      Array rhs = into(kd, d.rhsSpec().get(0), k);
      ConvGeneralDilated grouped =
          withGroups(
              featureGroupCount * (byBatch ? 1 : size), batchGroupCount * (byBatch ? size : 1));
      int feature = d.outSpec().get(1);
      return Batched.of(outOf(feature, size, Bind.bind(grouped, lhs, rhs)), feature);
    }

    /** More of a batch; within each of its groups, if there are some. */
    private Batched overInput(long size, Array x, int xd, Array k) {
      int batch = dimensionNumbers.lhsSpec().get(0);
      Array lhs =
          batchGroupCount == 1 ? into(xd, batch, x) : grouped(x, xd, batch, batchGroupCount);
      int out = dimensionNumbers.outSpec().get(0);
      return Batched.of(outOf(out, size, Bind.bind(this, lhs, k)), out);
    }

    /** More output features; within each group, if there are some. */
    private Batched overKernel(long size, Array x, Array k, int kd) {
      int feature = dimensionNumbers.rhsSpec().get(0);
      int out = dimensionNumbers.outSpec().get(1);
      long groups = featureGroupCount * batchGroupCount;
      if (groups == 1) {
        return Batched.of(outOf(out, size, Bind.bind(this, x, into(kd, feature, k))), out);
      }
      Array y = Bind.bind(this, x, grouped(k, kd, feature, groups));
      y = outOf(out + 1, size, outOf(out, groups, y));
      return Batched.of(into(out, out + 1, y), out);
    }

    /** An added dimension taken into {@code to} behind the groups that divide that. */
    private static Array grouped(Array x, int added, int to, long groups) {
      Array divided = outOf(to + (added <= to ? 1 : 0), groups, x);
      Array taken = into(added + (to < added ? 1 : 0), to + 1, divided);
      return into(to, to, taken);
    }

    private ConvGeneralDilated withGroups(long features, long batches) {
      return new ConvGeneralDilated(
          windowStrides,
          padding,
          lhsDilation,
          rhsDilation,
          dimensionNumbers,
          features,
          batches,
          precision,
          preferredElementType);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      DType from = operands.get(0).dtype();
      DType to = outs.getFirst().dtype();
      Shape windows =
          operands.get(1).shape().select(ConvDimensionNumbers.spatial(dimensionNumbers.rhsSpec()));
      if (windows.size() == 0) { // StableHLO has no windows without elements: sums of nothing
        return List.of(b.full(to, outs.getFirst().shape(), 0));
      }
      boolean direct = from.kind() == to.kind(); // StableHLO widens within a kind only
      List<Value> in =
          direct
              ? operands
              : operands.stream().map(v -> b.add(new ElementwiseOp.Convert(v, to))).toList();
      int rank = windowStrides.size();
      ConvOp.Window window =
          new ConvOp.Window(
              windowStrides,
              Longs.of(padding.stream().mapToLong(p -> p.get(0)).toArray()),
              Longs.of(padding.stream().mapToLong(p -> p.get(1)).toArray()),
              lhsDilation,
              rhsDilation,
              Collections.nCopies(rank, false));
      Precision p = precision.orElse(Precision.DEFAULT);
      return b.addAll(
          new ConvOp.Convolution(
              in.get(0),
              in.get(1),
              dimensionNumbers.hlo(),
              window,
              featureGroupCount,
              batchGroupCount,
              p,
              p,
              to));
    }
  }

  static long dilated(long size, long distance) {
    return size == 0 ? 0 : 1 + distance * (size - 1);
  }

  /** Takes dimension {@code from} out and into dimension {@code to} of the rest, as the outer. */
  private static Array into(int from, int to, Array x) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, x.rank()).boxed().toList());
    order.remove(from);
    order.add(to, from);
    Shape rest = x.shape().without(Axes.of(from));
    Shape shape = rest.with(to, rest.dim(to) * x.shape().dim(from));
    Axes permutation = Axes.of(order.stream().mapToInt(i -> i).toArray());
    return Shapes.reshape(Shapes.transpose(x, permutation), shape);
  }

  /** Divides dimension {@code d} into {@code outer} and the rest. */
  private static Array outOf(int d, long outer, Array x) {
    long size = x.shape().dim(d);
    return Shapes.reshape(x, x.shape().with(d, size / outer).insert(d, outer));
  }
}
