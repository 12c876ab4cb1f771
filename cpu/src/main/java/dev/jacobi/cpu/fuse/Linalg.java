package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.LinalgOp.Transpose;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.linalg.LapackRoutine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns factorisations into calls of LAPACK, and these so that their matrices stand as Fortran
 * expects them: column by column. A Cholesky factor and a triangular solution need no transposition
 * for that, since the transposed problem is one of the same kind.
 */
public final class Linalg {
  private Linalg() {}

  public static HloModule run(HloModule module) {
    return Rewriter.rewrite(module, () -> Linalg::rewrite);
  }

  private static Optional<List<Value>> rewrite(Instr instr, HloBuilder out) {
    return switch (instr.op()) {
      case LinalgOp.Cholesky o -> Optional.of(List.of(cholesky(o, out)));
      case LinalgOp.TriangularSolve o -> Optional.of(List.of(solve(o, out)));
      case ControlOp.CustomCall o when !o.attrs().containsKey(LapackCall.TRANSPOSED) ->
          LapackCall.of(o).map(call -> call(o, call, out));
      default -> Optional.empty();
    };
  }

  /** LAPACK has no half precision. */
  private static Value widened(Value x, HloBuilder out) {
    return x.dtype() == DType.F16 || x.dtype() == DType.BF16
        ? out.add(new ElementwiseOp.Convert(x, DType.F32))
        : x;
  }

  private static Value narrowed(Value x, DType to, HloBuilder out) {
    return x.dtype() == to ? x : out.add(new ElementwiseOp.Convert(x, to));
  }

  private static Value cholesky(LinalgOp.Cholesky o, HloBuilder out) {
    Value a = widened(o.a(), out);
    Map<String, String> uplo = Map.of("uplo", o.lower() ? "L" : "U");
    List<Value> results = lapack(LapackRoutine.POTRF, List.of(a), uplo, out);
    Shape shape = a.shape();
    int batch = shape.rank() - 2;
    Shape square = Shape.of(shape.dim(batch), shape.dim(batch + 1));
    Value row = out.add(new ElementwiseOp.Iota(new TensorType(DType.I32, square), 0));
    Value col = out.add(new ElementwiseOp.Iota(new TensorType(DType.I32, square), 1));
    Value inside = out.compare(o.lower() ? Direction.GE : Direction.LE, row, col);
    Value info = results.get(1);
    Value ok = out.compare(Direction.EQ, info, out.full(DType.I32, info.shape(), 0));
    double nan = Double.NaN;
    double imaginary = a.dtype().isComplex() ? nan : 0;
    Value bad = out.constant(Literal.scalarOf(a.dtype(), nan, imaginary));
    Value zero = out.full(a.dtype(), shape, 0);
    Value factor =
        out.pointwise(
            Fn.SELECT,
            out.add(new ShapeOp.BroadcastInDim(inside, Axes.of(batch, batch + 1), shape)),
            results.getFirst(),
            zero);
    Value checked =
        out.pointwise(
            Fn.SELECT,
            out.add(new ShapeOp.BroadcastInDim(ok, Axes.range(batch), shape)),
            factor,
            out.broadcast(bad, shape));
    return narrowed(checked, o.a().dtype(), out);
  }

  private static Value solve(LinalgOp.TriangularSolve o, HloBuilder out) {
    Map<String, String> options =
        Map.of(
            "side", o.leftSide() ? "L" : "R",
            "uplo", o.lower() ? "L" : "U",
            "trans_x", letter(o.transposeA()),
            "diag", o.unitDiagonal() ? "U" : "N");
    List<Value> operands = List.of(widened(o.a(), out), widened(o.b(), out));
    Value x = lapack(LapackRoutine.TRSM, operands, options, out).getFirst();
    return narrowed(x, o.b().dtype(), out);
  }

  private static String letter(Transpose transpose) {
    return switch (transpose) {
      case NO_TRANSPOSE -> "N";
      case TRANSPOSE -> "T";
      case ADJOINT -> "C";
    };
  }

  private static List<Value> lapack(
      LapackRoutine routine, List<Value> operands, Map<String, String> options, HloBuilder out) {
    ControlOp.CustomCall op =
        LapackCall.write(routine, operands.getFirst().dtype(), operands, options);
    return call(op, LapackCall.of(op).orElseThrow(), out);
  }

  private static List<Value> call(ControlOp.CustomCall op, LapackCall call, HloBuilder out) {
    return switch (call.routine()) {
      case POTRF -> out.addAll(marked(op, Map.of("uplo", flipped(call, "uplo", "LU"))));
      case TRSM ->
          out.addAll(
              marked(
                  op,
                  Map.of(
                      "uplo", flipped(call, "uplo", "LU"), "side", flipped(call, "side", "LR"))));
      case GETRF, GEQRF, GEQP3, ORGQR, ORMQR, GESDD, GESVD, SYEVD, GEEV, GEES, GEHRD, SYTRD, GTSV ->
          turned(op, call, out);
    };
  }

  private static String flipped(LapackCall call, String name, String both) {
    return both.substring(call.letter(name, both) == both.charAt(0) ? 1 : 0).substring(0, 1);
  }

  private static ControlOp.CustomCall marked(ControlOp.CustomCall op, Map<String, String> options) {
    Map<String, String> attrs = new HashMap<>(op.attrs());
    attrs.put(LapackCall.TRANSPOSED, "unit");
    if (!options.isEmpty()) {
      attrs.put("mhlo.backend_config", LapackCall.changed(op, options));
    }
    return new ControlOp.CustomCall(op.target(), op.operands(), op.types(), false, attrs);
  }

  /** Transposes what goes in and what comes out. */
  private static List<Value> turned(ControlOp.CustomCall op, LapackCall call, HloBuilder out) {
    List<Value> operands = new ArrayList<>();
    for (Value v : op.operands()) {
      operands.add(call.isMatrix(v.type()) ? transposed(v, out) : v);
    }
    List<TensorType> types =
        op.types().stream().map(t -> call.isMatrix(t) ? LapackCall.transposed(t) : t).toList();
    Op columns =
        new ControlOp.CustomCall(op.target(), operands, types, false, marked(op, Map.of()).attrs());
    List<Value> results = new ArrayList<>();
    for (Value v : out.addAll(columns)) {
      results.add(call.isMatrix(v.type()) ? transposed(v, out) : v);
    }
    return results;
  }

  private static Value transposed(Value v, HloBuilder out) {
    int rank = v.shape().rank();
    int[] order = new int[rank];
    java.util.Arrays.setAll(order, d -> d);
    order[rank - 2] = rank - 1;
    order[rank - 1] = rank - 2;
    return out.add(new ShapeOp.Transpose(v, Axes.of(order)));
  }
}
