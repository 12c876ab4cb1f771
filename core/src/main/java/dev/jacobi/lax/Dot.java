package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ReductionOp.DotDims;
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
import org.jspecify.annotations.Nullable;

/** Generalised matrix products. */
public final class Dot {
  private Dot() {}

  /**
   * Sums products over the contracted dimensions, for each element of the batch dimensions.
   * Operands of different element types are multiplied as {@code preferred}.
   */
  record DotGeneral(DotDims dims, DType preferred) implements Primitive {
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
      params.put("preferred_element_type", preferred);
      return params;
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.get(0);
      Aval y = operands.get(1);
      if (x.key() || y.key()) {
        throw new LaxTypeException(name(), "keys of random numbers are no numbers");
      }
      match(x, dims.lhsContract(), y, dims.rhsContract(), "contracting");
      match(x, dims.lhsBatch(), y, dims.rhsBatch(), "batch");
      Shape shape =
          x.shape()
              .select(dims.lhsBatch())
              .concat(x.shape().without(dims.lhsBatch().plus(dims.lhsContract())))
              .concat(y.shape().without(dims.rhsBatch().plus(dims.rhsContract())));
      return List.of(new Aval(preferred, shape, x.weak() && y.weak(), false));
    }

    private void match(Aval x, Axes xs, Aval y, Axes ys, String kind) {
      if (xs.size() != ys.size() || !x.shape().select(xs).equals(y.shape().select(ys))) {
        throw new LaxTypeException(
            name(),
            kind
                + " dimensions must be of equal sizes, but got dimensions "
                + xs
                + " of shape "
                + x.shape()
                + " and "
                + ys
                + " of shape "
                + y.shape());
      }
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
    private static Array pull(Array ct, Aval x, Array known, DotDims d, boolean ctIsYFirst) {
      boolean same = known.dtype() == ct.dtype(); // else the product has a preferred type
      Array y = same ? known : Convert.convertElementType(known, ct.dtype());
      int batch = d.lhsBatch().size();
      Axes xKept = d.lhsBatch().plus(d.lhsContract()).complement(x.rank());
      Axes yKept = d.rhsBatch().plus(d.rhsContract()).complement(y.rank());
      int yStart = ctIsYFirst ? batch : batch + xKept.size();
      Axes ctY = Axes.range(yStart, yStart + yKept.size());
      Array product =
          dotGeneral(ct, y, new DotDims(Axes.range(batch), d.rhsBatch(), ctY, yKept), x.dtype());
      // the product's dimensions: batch, x's own, then y's contracted ones, ascending
      Axes contracted = d.rhsContract().sorted();
      Axes xContract = contracted.map(c -> d.lhsContract().get(d.rhsContract().indexOf(c)));
      Axes order = d.lhsBatch().plus(xKept).plus(xContract);
      return Shapes.transpose(product, order.inverse());
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
        return Batched.of(dotGeneral(x, y, both, preferred), 0);
      }
      Array product = dotGeneral(x, y, shifted, preferred);
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
      Value x = operands.get(0);
      Value y = operands.get(1);
      HloBuilder b = context.builder();
      boolean same = x.dtype() == y.dtype();
      return b.addAll(
          new ReductionOp.DotGeneral(
              same ? x : converted(b, x),
              same ? y : converted(b, y),
              dims,
              ReductionOp.Precision.DEFAULT,
              ReductionOp.Precision.DEFAULT,
              preferred));
    }

    private Value converted(HloBuilder b, Value x) {
      return x.dtype() == preferred ? x : b.add(new ElementwiseOp.Convert(x, preferred));
    }
  }

  public static Array dotGeneral(Array x, Array y, DotDims dims, DType preferred) {
    return Bind.bind(new DotGeneral(dims, preferred), x, y);
  }

  /** The same with a result of the operands' element type. */
  public static Array dotGeneral(Array x, Array y, DotDims dims) {
    return dotGeneral(x, y, dims, x.dtype());
  }
}
