package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DotAlgorithm;
import dev.jacobi.hlo.DotAlgorithm.Format;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Generalised matrix products. */
public final class Dot {
  private Dot() {}

  /**
   * Sums products over the contracted dimensions, for each element of the batch dimensions.
   * Operands of different element types are multiplied in the result's.
   */
  record DotGeneral(DotDims dims, Optional<DotPrecision> precision, Optional<DType> preferred)
      implements Primitive {
    @Override
    public String name() {
      return "dot_general";
    }

    @Override
    public Map<String, Object> params() {
      Map<String, Object> params = new LinkedHashMap<>();
      params.put(
          "dimension_numbers",
          List.of(
              List.of(dims.lhsContract(), dims.rhsContract()),
              List.of(dims.lhsBatch(), dims.rhsBatch())));
      precision.ifPresent(p -> params.put("precision", p));
      preferred.ifPresent(t -> params.put("preferred_element_type", t));
      return params;
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.get(0);
      Aval y = operands.get(1);
      DotChecks checks = new DotChecks(name(), x, y);
      DType dtype = checks.resultType(preferred, hasAlgorithm(precision));
      checks.dimensions(dims);
      return List.of(new Aval(dtype, shape(dims, x, y, Axes.of()), x.weak() && y.weak(), false));
    }

    @Override
    public boolean isCostly() {
      return true;
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array x = primals.get(0);
      Array y = primals.get(1);
      Array dx = tangents.get(0);
      Array dy = tangents.get(1);
      return Jvp.of(
          Bind.bind(this, x, y),
          Zeros.sum( // product rule
              dx == null ? null : Bind.bind(this, dx, y),
              dy == null ? null : Bind.bind(this, x, dy)));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array ct = cotangents.getFirst();
      Operand x = operands.get(0);
      Operand y = operands.get(1);
      if (x.isLinear() && y.isLinear()) {
        throw new NotLinearException(this);
      }
      return x.isLinear()
          ? Arrays.asList(pull(ct, x.aval(), y.known(), dims, false), null)
          : Arrays.asList(null, pull(ct, y.aval(), x.known(), swapped(), true));
    }

    private DotDims swapped() {
      return new DotDims(dims.rhsBatch(), dims.lhsBatch(), dims.rhsContract(), dims.lhsContract());
    }

    /** The cotangent of one operand: contracts the other operand's own dimensions away. */
    private Array pull(Array ct, Aval x, Array y, DotDims d, boolean ctIsYFirst) {
      int batch = d.lhsBatch().size();
      Axes xKept = d.lhsBatch().plus(d.lhsContract()).complement(x.rank());
      Axes yKept = d.rhsBatch().plus(d.rhsContract()).complement(y.rank());
      int yStart = ctIsYFirst ? batch : batch + xKept.size();
      Axes ctY = Axes.range(yStart, yStart + yKept.size());
      DotDims pulled = new DotDims(Axes.range(batch), d.rhsBatch(), ctY, yKept);
      Array product = Bind.bind(new DotGeneral(pulled, precision, preferred), ct, y);
      // the product's dimensions: batch, x's own, then y's contracted ones, ascending
      Axes contracted = d.rhsContract().sorted();
      Axes xContract = contracted.map(c -> d.lhsContract().get(d.rhsContract().indexOf(c)));
      Axes order = d.lhsBatch().plus(xKept).plus(xContract);
      return typed(Shapes.transpose(product, order.inverse()), x);
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dimensions) {
      Array x = operands.get(0);
      Array y = operands.get(1);
      Integer xd = dimensions.get(0);
      Integer yd = dimensions.get(1);
      int batch = dims.lhsBatch().size();
      DotDims shifted =
          new DotDims(
              shift(dims.lhsBatch(), xd), shift(dims.rhsBatch(), yd),
              shift(dims.lhsContract(), xd), shift(dims.rhsContract(), yd));
      if (xd != null && yd != null) {
        DotDims both =
            new DotDims(
                Axes.of(xd).plus(shifted.lhsBatch()), Axes.of(yd).plus(shifted.rhsBatch()),
                shifted.lhsContract(), shifted.rhsContract());
        return Batched.of(Bind.bind(new DotGeneral(both, precision, preferred), x, y), 0);
      }
      Array product = Bind.bind(new DotGeneral(shifted, precision, preferred), x, y);
      if (xd != null) {
        Axes kept = shifted.lhsBatch().plus(shifted.lhsContract()).complement(x.rank());
        return Batched.of(product, batch + kept.indexOf(xd));
      }
      Axes kept = shifted.rhsBatch().plus(shifted.rhsContract()).complement(y.rank());
      int before = x.rank() - dims.lhsContract().size(); // batch and x's own
      return Batched.of(product, before + kept.indexOf(yd));
    }

    private static Axes shift(Axes axes, @Nullable Integer dim) {
      return dim == null ? axes : axes.map(a -> a < dim ? a : a + 1);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      DType to = outs.getFirst().dtype();
      return List.of(
          lowered(context.builder(), operands.get(0), operands.get(1), dims, precision, to));
    }
  }

  static boolean hasAlgorithm(Optional<DotPrecision> precision) {
    return precision.filter(p -> !(p instanceof DotPrecision.Each)).isPresent();
  }

  /** Batch, then what is left of each operand; of y without its groups. */
  static Shape shape(DotDims dims, Aval x, Aval y, Axes groups) {
    return x.shape()
        .select(dims.lhsBatch())
        .concat(x.shape().without(dims.lhsBatch().plus(dims.lhsContract())))
        .concat(y.shape().without(dims.rhsBatch().plus(dims.rhsContract()).plus(groups)));
  }

  /** A cotangent in the type of its operand. */
  static Array typed(Array x, Aval like) {
    return x.dtype() == like.dtype() ? x : Convert.convertElementType(x, like.dtype());
  }

  /** The operation with what it needs around it: conversions for an algorithm or of mixed types. */
  static Value lowered(
      HloBuilder b, Value x, Value y, DotDims dims, Optional<DotPrecision> precision, DType to) {
    return switch (precision.orElse(DotPrecision.of(Precision.DEFAULT))) {
      case DotPrecision.Each p -> {
        boolean same = x.dtype() == y.dtype();
        Value left = same ? x : converted(b, x, to);
        Value right = same ? y : converted(b, y, to);
        yield b.add(new ReductionOp.DotGeneral(left, right, dims, p.lhs(), p.rhs(), to));
      }
      case DotAlgorithmPreset p -> {
        DType left = p.operandType(x.dtype());
        DType right = p.operandType(y.dtype());
        DType operand = left == right ? left : p == DotAlgorithmPreset.DEFAULT ? to : DType.F32;
        DType sums = p.resultType(operand, to);
        yield by(b, x, y, dims, operand, sums, to, p.algorithm(left, right));
      }
      case DotPrecision.Algorithm p -> {
        Format operands = p.algorithm().lhsPrecision();
        boolean one = operands == p.algorithm().rhsPrecision();
        DType operand = one ? DotAlgorithmPreset.type(operands) : to;
        DType sums = DotAlgorithmPreset.type(p.algorithm().accumulation());
        yield by(b, x, y, dims, operand, sums, to, Optional.of(p.algorithm()));
      }
    };
  }

  private static Value by(
      HloBuilder b,
      Value x,
      Value y,
      DotDims dims,
      DType operand,
      DType sums,
      DType to,
      Optional<DotAlgorithm> algorithm) {
    Value left = converted(b, x, operand);
    Value right = converted(b, y, operand);
    Precision p = Precision.DEFAULT;
    Value product = b.add(new ReductionOp.DotGeneral(left, right, dims, p, p, sums, algorithm));
    return converted(b, product, to);
  }

  private static Value converted(HloBuilder b, Value x, DType to) {
    return x.dtype() == to ? x : b.add(new ElementwiseOp.Convert(x, to));
  }

  /**
   * A product of two vectors or matrices: contracts the last dimension of x with the first of y.
   *
   * @throws LaxTypeException for other ranks, or sizes that differ
   */
  public static Array dot(Array x, Array y) {
    return dot(x, y, DotOptions.DEFAULT);
  }

  /**
   * The general product. The result's dimensions: batch, then those of x that are left, then of y.
   *
   * @throws LaxTypeException if dimensions do not fit, or the preferred type is too narrow
   */
  public static Array dot(Array x, Array y, DotOptions options) {
    DotDims dims = options.dimensionNumbers().orElseGet(() -> plain(x, y));
    return Bind.bind(
        new DotGeneral(dims, options.precision(), options.preferredElementType()), x, y);
  }

  private static DotDims plain(Array x, Array y) {
    boolean fits = x.rank() >= 1 && x.rank() <= 2 && y.rank() >= 1 && y.rank() <= 2;
    if (!fits || x.shape().dim(x.rank() - 1) != y.shape().dim(0)) {
      throw new LaxTypeException(
          "dot",
          "dimension numbers must be given except for simple products of matrices and vectors,"
              + " got shapes "
              + x.shape()
              + " and "
              + y.shape());
    }
    return new DotDims(Axes.of(), Axes.of(), Axes.of(x.rank() - 1), Axes.of(0));
  }

  /**
   * Products of stacks of matrices: all dimensions but the last two are batch.
   *
   * @throws LaxTypeException unless the ranks are equal and at least 2
   */
  public static Array batchMatmul(Array x, Array y) {
    return batchMatmul(x, y, DotOptions.DEFAULT);
  }

  /** The same in a precision; dimension numbers of the options do not count. */
  public static Array batchMatmul(Array x, Array y, DotOptions options) {
    if (x.rank() < 2 || x.rank() != y.rank()) {
      throw new LaxTypeException(
          "batch_matmul",
          "arguments must be of one rank, at least 2, got shapes "
              + x.shape()
              + " and "
              + y.shape());
    }
    Axes batch = Axes.range(x.rank() - 2);
    Axes last = Axes.of(x.rank() - 1);
    return dot(
        x, y, options.withDimensionNumbers(new DotDims(batch, batch, last, Axes.of(x.rank() - 2))));
  }

  /** The general product in the type to which the operands promote. */
  public static Array dotGeneral(Array x, Array y, DotDims dims) {
    return dot(x, y, DotOptions.DEFAULT.withDimensionNumbers(dims));
  }

  /** The same with sums and a result of the preferred element type. */
  public static Array dotGeneral(Array x, Array y, DotDims dims, DType preferred) {
    return dot(
        x, y, DotOptions.DEFAULT.withDimensionNumbers(dims).withPreferredElementType(preferred));
  }
}
