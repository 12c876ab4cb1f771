package dev.jacobi.lax.linalg;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NoDerivativeException;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the primitives over stacks of matrices share: batches in front, and no transpose. */
interface Factorisation extends Primitive {
  @Override
  default List<@Nullable Array> transpose(
      List<@Nullable Array> cotangents, List<Operand> operands) {
    throw new NotLinearException(this);
  }

  @Override
  default boolean isCostly() {
    return true;
  }

  /** All dimensions before the last ones are batches already. */
  @Override
  default Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    List<Array> moved = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      moved.add(Dims.batchAt(operands.get(i), dims.get(i), size, 0));
    }
    List<Array> results = Bind.bind(this, moved);
    return new Batched(results, Collections.nCopies(results.size(), 0));
  }

  /** Of a primitive that JAX has no derivative for. */
  default NoDerivativeException noDerivative() {
    return new NoDerivativeException(name());
  }

  /** Whether LAPACK knows the type. */
  static boolean isLapack(DType dtype) {
    return switch (dtype) {
      case F32, F64, C64, C128 -> true;
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, F16, BF16 -> false;
    };
  }

  /** An operand that must be a stack of matrices of a type that LAPACK has. */
  default Aval matrix(Aval x) {
    if (!isLapack(x.dtype()) || x.rank() < 2 || x.key()) {
      throw new LaxTypeException(
          name(), "takes matrices of f32, f64, c64 or c128 (rank 2 or more), not " + x);
    }
    return x.strong();
  }

  /** One whose matrices must be square. */
  default Aval square(Aval x) {
    Aval strong = matrix(x);
    if (x.dim(x.rank() - 1) != x.dim(x.rank() - 2)) {
      throw new LaxTypeException(name(), "takes square matrices, not " + x);
    }
    return strong;
  }

  /** The dimensions before the last two. */
  static Shape batch(Aval x) {
    return x.shape().select(Axes.range(x.rank() - 2));
  }

  /** The type of a vector per matrix of {@code x}. */
  static Aval vector(Aval x, DType dtype, long length) {
    return Aval.of(dtype, batch(x).concat(Shape.of(length)));
  }

  /** The type of a matrix per matrix of {@code x}. */
  static Aval matrix(Aval x, long rows, long cols) {
    return Aval.of(x.dtype(), batch(x).concat(Shape.of(rows, cols)));
  }

  /** Calls LAPACK. */
  static List<Value> lapack(
      HloBuilder b, LapackRoutine routine, Map<String, String> options, Value... operands) {
    DType dtype = operands[0].dtype();
    return b.addAll(LapackCall.write(routine, dtype, List.of(operands), options));
  }

  /** A result, or NaN for those matrices of which LAPACK's status says that it failed. */
  static Value checked(HloBuilder b, Value result, Value info) {
    return checked(b, result, info, Direction.EQ);
  }

  /** The same where success is a status that compares so to 0. */
  static Value checked(HloBuilder b, Value result, Value info, Direction good) {
    DType t = result.dtype();
    Value zero = b.full(DType.I32, info.shape(), 0);
    Value ok = b.compare(good, info, zero);
    Value wide =
        b.add(new ShapeOp.BroadcastInDim(ok, Axes.range(info.shape().rank()), result.shape()));
    double imaginary = t.isComplex() ? Double.NaN : 0;
    Value nan = b.constant(Literal.scalarOf(t, Double.NaN, imaginary));
    return b.pointwise(Fn.SELECT, wide, result, b.broadcast(nan, result.shape()));
  }
}
