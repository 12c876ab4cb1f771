package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conversions between element types, and the end of differentiation. */
public final class Convert {
  private Convert() {}

  /** Conversion to another element type; to bool it asks whether the element is not zero. */
  record ConvertElementType(DType newDtype, boolean weakType) implements Elementwise {
    @Override
    public String name() {
      return "convert_element_type";
    }

    @Override
    public DType resultType(List<Aval> operands) {
      return newDtype;
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      return List.of(new Aval(newDtype, operands.getFirst().shape(), weakType, false));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array dx = tangents.getFirst();
      boolean smooth = dx != null && newDtype.isInexact();
      return Jvp.of(
          Bind.bind(this, primals).getFirst(), smooth ? convertElementType(dx, newDtype) : null);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      DType old = operands.getFirst().aval().dtype();
      return Collections.singletonList(convertElementType(cotangents.getFirst(), old));
    }

    @Override
    public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
      HloBuilder b = context.builder();
      Value x = operands.getFirst();
      if (newDtype.isBool() && !x.dtype().isBool()) {
        return b.compare(ElementwiseOp.Direction.NE, x, b.full(x.dtype(), x.shape(), 0));
      }
      if (x.dtype().isComplex() && !newDtype.isComplex()) {
        x = b.pointwise(Fn.REAL, x);
      }
      return b.add(new ElementwiseOp.Convert(x, newDtype));
    }
  }

  /**
   * The same bits as elements of another type. Narrower elements lie along a new last dimension;
   * wider ones take the last dimension away, which must hold just their parts.
   */
  record BitcastConvertType(DType newDtype) implements Primitive {
    @Override
    public String name() {
      return "bitcast_convert_type";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval x = operands.getFirst();
      DType old = x.dtype();
      boolean bits = !old.isBool() && !newDtype.isBool() && old.isComplex() == newDtype.isComplex();
      Shape shape = x.shape();
      if (old.bits() > newDtype.bits()) {
        shape = shape.insert(x.rank(), old.bits() / newDtype.bits());
      } else if (old.bits() < newDtype.bits()) {
        int last = x.rank() - 1;
        bits &= last >= 0 && x.dim(last) == newDtype.bits() / old.bits();
        shape = bits ? shape.without(Axes.of(last)) : shape;
      }
      if (!bits) {
        throw new LaxTypeException(
            name(), "cannot view the bits of " + x + " as " + newDtype.shortName());
      }
      return List.of(Aval.of(newDtype, shape));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      return Jvp.of(Bind.bind(this, primals).getFirst(), null);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      Array x = operands.getFirst();
      int dim = dims.getFirst();
      boolean sameWidth = x.dtype().bits() == newDtype.bits();
      int to = sameWidth ? dim : 0;
      return Batched.of(Bind.bind(this, Dims.move(x, dim, to)), to);
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      return context
          .builder()
          .addAll(
              new ElementwiseOp.BitcastConvert(operands.getFirst(), outs.getFirst().physical()));
    }
  }

  /** Rounds to what a format of fewer bits holds; the element type stays. Counted as linear. */
  record ReducePrecision(int exponentBits, int mantissaBits) implements Elementwise {
    @Override
    public String name() {
      return "reduce_precision";
    }

    @Override
    public DType resultType(List<Aval> operands) {
      DType dtype = operands.getFirst().dtype();
      Domain.FLOAT.check(name(), dtype);
      if (exponentBits < 1 || mantissaBits < 0) {
        throw new LaxTypeException(
            name(), "no format has " + exponentBits + " and " + mantissaBits + " bits");
      }
      return dtype;
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      Array dx = tangents.getFirst();
      return Jvp.of(Bind.bind(this, primals).getFirst(), dx == null ? null : Bind.bind(this, dx));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      return Collections.singletonList(Bind.bind(this, cotangents.getFirst()));
    }

    @Override
    public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
      return context
          .builder()
          .add(new ElementwiseOp.ReducePrecision(operands.getFirst(), exponentBits, mantissaBits));
    }
  }

  /** The identity, through which no tangent passes. */
  record StopGradient() implements Elementwise {
    @Override
    public String name() {
      return "stop_gradient";
    }

    @Override
    public Map<String, Object> params() {
      return new LinkedHashMap<>();
    }

    @Override
    public DType resultType(List<Aval> operands) {
      return operands.getFirst().dtype();
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      return Jvp.of(stopGradient(primals.getFirst()), null);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      return Collections.singletonList(null);
    }

    @Override
    public Value lowerEqual(LowerContext context, List<Value> operands, Aval out) {
      return operands.getFirst();
    }
  }

  /** Converts to a strong element type; nothing is done if the operand has it. */
  public static Array convertElementType(Array x, DType dtype) {
    return convertElementType(x, dtype, false);
  }

  /** Converts to an element type and weakness. */
  public static Array convertElementType(Array x, DType dtype, boolean weak) {
    return x.dtype() == dtype && x.aval().weak() == weak
        ? x
        : Bind.bind(new ConvertElementType(dtype, weak), x);
  }

  /** Rounds to what a format of so many bits holds; the element type stays. */
  public static Array reducePrecision(Array x, int exponentBits, int mantissaBits) {
    return Bind.bind(new ReducePrecision(exponentBits, mantissaBits), x);
  }

  /** The value as a constant of differentiation. */
  public static Array stopGradient(Array x) {
    return x instanceof dev.jacobi.trace.Tracer ? Bind.bind(new StopGradient(), x) : x;
  }

  /** The same bits as elements of another type, of any width. */
  public static Array bitcastConvertType(Array x, DType dtype) {
    return x.dtype() == dtype ? x : Bind.bind(new BitcastConvertType(dtype), x);
  }
}
