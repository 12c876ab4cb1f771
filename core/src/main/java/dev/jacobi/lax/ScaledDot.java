package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Products of operands that are scaled block by block. */
public final class ScaledDot {
  private ScaledDot() {}

  /** Scales lhs and rhs in bfloat16, each scale for a block along the contracted dimensions. */
  record ScaledDotOp(DotDims dims, DType preferred) implements Primitive {
    @Override
    public String name() {
      return "scaled_dot";
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
      require(
          operands.stream().noneMatch(a -> a.key() || a.dtype().isComplex()),
          "operands must be real numbers");
      require(
          operands.stream().allMatch(a -> a.rank() == x.rank()),
          "operands and scales must have the same rank, got " + operands);
      new DotChecks(name(), x, y).dimensions(dims);
      scale("lhs", x, operands.get(2), dims.lhsContract());
      scale("rhs", y, operands.get(3), dims.rhsContract());
      return List.of(new Aval(preferred, Dot.shape(dims, x, y, Axes.of()), false, false));
    }

    private void require(boolean holds, String problem) {
      if (!holds) {
        throw new LaxTypeException(name(), problem);
      }
    }

    private void scale(String side, Aval x, Aval scale, Axes contract) {
      for (int i = 0; i < x.rank(); i++) {
        long size = x.dim(i);
        long scales = scale.dim(i);
        boolean divides = scales > 0 && size % scales == 0 && size / scales >= 2;
        require(
            contract.contains(i) ? divides : size == scales,
            side
                + " dimension "
                + i
                + " of size "
                + size
                + (contract.contains(i)
                    ? " must be at least twice, and a multiple of, its scale's size "
                    : " does not match its scale's size ")
                + scales);
      }
    }

    @Override
    public boolean isCostly() {
      return true;
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      throw new NoDerivativeException(name());
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NoDerivativeException(name());
    }

    /** All operands become mapped along their first dimension, one more of the batch. */
    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dimensions) {
      List<Array> in =
          IntStream.range(0, 4)
              .mapToObj(i -> Dims.batchAt(operands.get(i), dimensions.get(i), size, 0))
              .toList();
      Axes first = Axes.of(0);
      DotDims mapped =
          new DotDims(
              first.plus(dims.lhsBatch().map(d -> d + 1)),
              first.plus(dims.rhsBatch().map(d -> d + 1)),
              dims.lhsContract().map(d -> d + 1),
              dims.rhsContract().map(d -> d + 1));
      return Batched.of(Bind.bind(new ScaledDotOp(mapped, preferred), in).getFirst(), 0);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value x = scaled(b, operands.get(0), operands.get(2));
      Value y = scaled(b, operands.get(1), operands.get(3));
      return List.of(Dot.lowered(b, x, y, dims, Optional.empty(), preferred));
    }

    private static Value scaled(HloBuilder b, Value x, Value scale) {
      Value factors = scale;
      for (int d = 0; d < x.shape().rank(); d++) {
        long size = x.type().dim(d);
        Shape now = factors.shape();
        if (now.dim(d) != size) { // each scale is repeated along its block
          int after = d + 1;
          Axes places = Axes.range(now.rank()).map(a -> a < after ? a : a + 1);
          Shape blocks = now.insert(after, size / now.dim(d));
          Value repeated = b.add(new ShapeOp.BroadcastInDim(factors, places, blocks));
          factors = b.add(new ShapeOp.Reshape(repeated, now.with(d, size)));
        }
      }
      return b.pointwise(Fn.MUL, half(b, x), half(b, factors));
    }

    private static Value half(HloBuilder b, Value x) {
      return x.dtype() == DType.BF16 ? x : b.add(new ElementwiseOp.Convert(x, DType.BF16));
    }
  }

  /**
   * {@code (x * xScale) @ (y * yScale)}, scaled and multiplied in bfloat16, as JAX's decomposition
   * of {@code xla.scaled_dot}. A scale has its operand's shape, but for contracted dimensions, of
   * which its sizes are at most half and divisors. There is no derivative, as in JAX.
   *
   * @param xScale absent: 1
   * @param yScale absent: 1
   * @param options dimensions, else those of stacked matrices; the preferred type, else bfloat16
   * @throws LaxTypeException if ranks or sizes do not fit, or a precision is given
   */
  public static Array scaledDot(
      Array x, Array y, Optional<Array> xScale, Optional<Array> yScale, DotOptions options) {
    if (options.precision().isPresent()) {
      throw new LaxTypeException("scaled_dot", "takes no precision");
    }
    DotDims dims = options.dimensionNumbers().orElseGet(() -> stacked(x.rank()));
    return Bind.bind(
            new ScaledDotOp(dims, options.preferredElementType().orElse(DType.BF16)),
            List.of(
                x,
                y,
                xScale.orElseGet(() -> ones(x, dims.lhsContract())),
                yScale.orElseGet(() -> ones(y, dims.rhsContract()))))
        .getFirst();
  }

  private static DotDims stacked(int rank) {
    if (rank < 2) {
      throw new LaxTypeException("scaled_dot", "takes no operands of rank 0 or 1");
    }
    Axes batch = Axes.range(rank - 2);
    return new DotDims(batch, batch, Axes.of(rank - 1), Axes.of(rank - 2));
  }

  private static Array ones(Array x, Axes contract) {
    Shape shape = x.shape();
    if (!Dims.areSome(contract, x.rank())) {
      throw new LaxTypeException("scaled_dot", shape + " has no dimensions " + contract);
    }
    for (int i = 0; i < contract.size(); i++) {
      shape = shape.with(contract.get(i), 1);
    }
    return Zeros.full(new Aval(DType.BF16, shape, false, false), 1);
  }
}
