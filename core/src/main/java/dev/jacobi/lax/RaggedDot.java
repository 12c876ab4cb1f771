package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.RaggedDots;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.ShorthandOp.RaggedDims.Mode;
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

/** Products of matrices whose rows, sums or batches are divided into groups of given sizes. */
public final class RaggedDot {
  private static final RaggedDotDimensionNumbers ROWS =
      new RaggedDotDimensionNumbers(
          new DotDims(Axes.of(), Axes.of(), Axes.of(1), Axes.of(1)), Axes.of(0), Axes.of(0));

  private RaggedDot() {}

  /** The product of x, y and the sizes of the groups, which divide a dimension of x. */
  record RaggedDotGeneral(
      RaggedDotDimensionNumbers dims, Optional<DotPrecision> precision, Optional<DType> preferred)
      implements Primitive {
    @Override
    public String name() {
      return "ragged_dot_general";
    }

    @Override
    public Map<String, Object> params() {
      Map<String, Object> params = new LinkedHashMap<>();
      params.put("group_offset", Optional.empty());
      params.put("precision", precision);
      params.put("preferred_element_type", preferred);
      params.put("ragged_dot_dimension_numbers", dims);
      return params;
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.get(0);
      Aval y = operands.get(1);
      Aval sizes = operands.get(2);
      RaggedChecks checks = new RaggedChecks(dims, x, y, sizes);
      DType dtype = new DotChecks(name(), x, y).resultType(preferred, Dot.hasAlgorithm(precision));
      checks.check();
      long groups = sizes.shape().dim(sizes.rank() - 1);
      Shape shape = dims.hlo().shape(x.shape(), y.shape(), groups);
      return List.of(new Aval(dtype, shape, x.weak() && y.weak(), false));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array x = primals.get(0);
      Array y = primals.get(1);
      Array sizes = primals.get(2);
      Array dx = tangents.get(0);
      Array dy = tangents.get(1);
      Array out = Bind.bind(this, x, y, sizes); // product rule
      Array byX = dx == null ? null : Bind.bind(this, dx, y, sizes);
      Array byY = dy == null ? null : Bind.bind(this, x, dy, sizes);
      return Jvp.of(out, byX == null ? byY : byY == null ? byX : Arithmetic.add(byX, byY));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      Array ct = cotangents.getFirst();
      Operand x = operands.get(0);
      Operand y = operands.get(1);
      Array sizes = operands.get(2).known();
      if (x.isLinear() && y.isLinear()) {
        throw new NotLinearException(this);
      }
      if (dims.mode() != Mode.NONCONTRACTING) {
        throw new NoDerivativeException(name() + " of mode " + dims.mode() + ", transposed,");
      }
      return x.isLinear()
          ? Arrays.asList(pullX(ct, x.aval(), y.known(), sizes), null, null)
          : Arrays.asList(null, pullY(ct, x.known(), y.aval(), sizes), null);
    }

    private Array again(RaggedDotDimensionNumbers other, Array x, Array y, Array sizes) {
      return Bind.bind(new RaggedDotGeneral(other, precision, preferred), x, y, sizes);
    }

    /** A group's rows of the cotangent meet the group's matrix, contracted over its columns. */
    private Array pullX(Array ct, Aval x, Array y, Array sizes) {
      DotDims d = dims.dotDimensionNumbers();
      Axes xKept = d.lhsBatch().plus(d.lhsContract()).complement(x.rank());
      Axes yKept =
          d.rhsBatch().plus(d.rhsContract()).plus(dims.rhsGroupDimensions()).complement(y.rank());
      int batch = d.lhsBatch().size();
      int start = batch + xKept.size();
      DotDims pulled =
          new DotDims(
              Axes.range(batch), d.rhsBatch(), Axes.range(start, start + yKept.size()), yKept);
      Axes ragged = Axes.of(batch + xKept.indexOf(dims.lhsRaggedDimensions().get(0)));
      Array product =
          again(
              new RaggedDotDimensionNumbers(pulled, ragged, dims.rhsGroupDimensions()),
              ct,
              y,
              sizes);
      Axes contracted = d.rhsContract().sorted();
      Axes order =
          d.lhsBatch()
              .plus(xKept)
              .plus(contracted.map(c -> d.lhsContract().get(d.rhsContract().indexOf(c))));
      return Dot.typed(Shapes.transpose(product, order.inverse()), x);
    }

    /** A group's matrix sums over the group's rows of x and of the cotangent. */
    private Array pullY(Array ct, Array x, Aval y, Array sizes) {
      DotDims d = dims.dotDimensionNumbers();
      Axes group = dims.rhsGroupDimensions();
      Axes xKept = d.lhsBatch().plus(d.lhsContract()).complement(x.rank());
      Axes yKept = d.rhsBatch().plus(d.rhsContract()).plus(group).complement(y.rank());
      int batch = d.lhsBatch().size();
      DotDims pulled =
          new DotDims(
              d.lhsBatch(), Axes.range(batch), xKept, Axes.range(batch, batch + xKept.size()));
      Array product =
          again(
              new RaggedDotDimensionNumbers(pulled, dims.lhsRaggedDimensions(), Axes.of()),
              x,
              ct,
              sizes);
      Axes contracted = d.lhsContract().sorted();
      Axes order =
          group
              .plus(d.rhsBatch())
              .plus(contracted.map(c -> d.rhsContract().get(d.lhsContract().indexOf(c))))
              .plus(yKept);
      return Dot.typed(Shapes.transpose(product, order.inverse()), y);
    }

    /** All three become mapped along their first dimension, which is one more of the batch. */
    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dimensions) {
      Array x = Dims.batchAt(operands.get(0), dimensions.get(0), size, 0);
      Array y = Dims.batchAt(operands.get(1), dimensions.get(1), size, 0);
      Array sizes = Dims.batchAt(operands.get(2), dimensions.get(2), size, 0);
      DotDims d = dims.dotDimensionNumbers();
      Axes prefix = dims.hlo().lhsPrefix(x.rank() - 1);
      if (sizes.rank() == 2 && !prefix.isEmpty()) { // the same groups along the prefix
        Shape shape =
            Shape.of(size)
                .concat(x.shape().select(next(prefix)))
                .concat(sizes.shape().select(Axes.of(1)));
        sizes = Shapes.broadcastInDim(sizes, shape, Axes.of(0, shape.rank() - 1));
      }
      Axes first = Axes.of(0);
      RaggedDotDimensionNumbers mapped =
          new RaggedDotDimensionNumbers(
              new DotDims(
                  first.plus(next(d.lhsBatch())),
                  first.plus(next(d.rhsBatch())),
                  next(d.lhsContract()),
                  next(d.rhsContract())),
              next(dims.lhsRaggedDimensions()),
              next(dims.rhsGroupDimensions()));
      return Batched.of(again(mapped, x, y, sizes), dims.mode() == Mode.CONTRACTING ? 1 : 0);
    }

    private static Axes next(Axes axes) {
      return axes.map(a -> a + 1);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      DType to = outs.getFirst().dtype();
      ShorthandOp.RaggedDot op =
          new ShorthandOp.RaggedDot(
              operands.get(0),
              operands.get(1),
              operands.get(2),
              dims.hlo(),
              Precision.DEFAULT,
              Precision.DEFAULT,
              to);
      return List.of(
          RaggedDots.expand(
              op,
              context.builder(),
              (x, y, d) -> Dot.lowered(context.builder(), x, y, d, precision, to)));
    }
  }

  /**
   * Multiplies the rows of each group with the group's matrix; rows behind the last group give 0.
   *
   * @param x (m, k)
   * @param y (groups, k, n)
   * @param groupSizes (groups), integers
   * @return (m, n)
   */
  public static Array raggedDot(Array x, Array y, Array groupSizes) {
    return raggedDot(x, y, groupSizes, DotOptions.DEFAULT);
  }

  /** The same with a precision and a preferred type; the options' dimensions do not count. */
  public static Array raggedDot(Array x, Array y, Array groupSizes, DotOptions options) {
    return raggedDotGeneral(x, y, groupSizes, ROWS, options);
  }

  /** {@link #raggedDotGeneral(Array, Array, Array, RaggedDotDimensionNumbers, DotOptions)}. */
  public static Array raggedDotGeneral(
      Array x, Array y, Array groupSizes, RaggedDotDimensionNumbers dims) {
    return raggedDotGeneral(x, y, groupSizes, dims, DotOptions.DEFAULT);
  }

  /**
   * Products of any dimensions, of which groups divide one of x. If that is x's own, each group
   * meets its part of y: [b,m,k], [g,b,k,n] give [b,m,n]. If it is contracted, each group has a sum
   * of its own: [b,m,k], [b,k,n] give [g,b,m,n]. If it is batch, groups change nothing.
   *
   * @param groupSizes [g], or one list per element of the dimensions before the divided one: the
   *     batch, then those of its kind
   * @throws LaxTypeException if dimensions, sizes or types do not fit
   */
  public static Array raggedDotGeneral(
      Array x, Array y, Array groupSizes, RaggedDotDimensionNumbers dims, DotOptions options) {
    return Bind.bind(
        new RaggedDotGeneral(dims, options.precision(), options.preferredElementType()),
        x,
        y,
        groupSizes);
  }
}
