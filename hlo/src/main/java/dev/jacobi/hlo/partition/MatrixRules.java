package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.linalg.LapackCall;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How operations are divided that need the whole of some dimensions (a row that is sorted, a matrix
 * that is factored, a window's span): along all others.
 */
final class MatrixRules {
  private MatrixRules() {}

  static Rule of(OrderOp op, List<Value> results) {
    return switch (op) {
      case OrderOp.Sort o ->
          ShapeRules.along(o, results, d -> d != o.dim())
              .build(
                  "the dimension that is sorted",
                  (site, in, parts) -> site.all(Rule.with(site.closed(o), in)));
      case OrderOp.TopK o ->
          leading(o.operands(), results, o.operand().shape().rank() - 1)
              .build("the dimension that is sorted", o);
    };
  }

  static Rule of(SpectralOp.Fft op, List<Value> results) {
    return leading(op.operands(), results, op.operand().shape().rank() - op.length().size())
        .build("a transformed dimension", op);
  }

  static Rule of(LinalgOp op, List<Value> results) {
    String whole = "the dimensions of a matrix";
    return switch (op) {
      case LinalgOp.Cholesky o ->
          leading(o.operands(), results, o.a().shape().rank() - 2).build(whole, o);
      case LinalgOp.TriangularSolve o -> {
        int rank = o.a().shape().rank();
        Rule.Builder rule = leading(o.operands(), results, rank - 2);
        int free = o.leftSide() ? rank - 1 : rank - 2;
        int f = rule.factor(o.b().shape().dim(free));
        yield rule.operand(1, free, f).result(0, free, f).build(whole, o);
      }
    };
  }

  /** The batches of a routine of LAPACK. */
  static Rule of(LapackCall call, ControlOp.CustomCall op, List<Value> results) {
    int batch = call.batch().rank();
    boolean all =
        Stream.concat(op.operands().stream(), results.stream())
            .allMatch(v -> begins(v.shape(), call.batch()));
    return leading(op.operands(), results, all ? batch : 0)
        .build(
            "the dimensions of a matrix",
            (site, in, parts) -> {
              List<TensorType> types =
                  IntStream.range(0, results.size()).mapToObj(parts::resultType).toList();
              return site.all(
                  new ControlOp.CustomCall(op.target(), in, types, op.hasSideEffect(), op.attrs()));
            });
  }

  private static boolean begins(Shape shape, Shape batch) {
    return shape.rank() >= batch.rank()
        && IntStream.range(0, batch.rank()).allMatch(d -> shape.dim(d) == batch.dim(d));
  }

  static Rule of(WindowOp op, List<Value> results) {
    String whole = "a dimension with windows";
    return switch (op) {
      case WindowOp.ReduceWindow o ->
          ShapeRules.along(
                  o,
                  results,
                  d ->
                      isPlain(o.window(), d)
                          && o.baseDilations().get(d) == 1
                          && o.windowDilations().get(d) == 1)
              .build(whole, (site, in, parts) -> site.all(Rule.with(site.closed(o), in)));
      case WindowOp.SelectAndScatter o ->
          ShapeRules.along(o, results, d -> isPlain(o.window(), d))
              .build(whole, (site, in, parts) -> site.all(Rule.with(site.closed(o), in)));
    };
  }

  /** Whether each window has one element along a dimension, and every element a window. */
  private static boolean isPlain(WindowOp.Window w, int d) {
    return w.sizes().get(d) == 1
        && w.strides().get(d) == 1
        && w.low().get(d) == 0
        && w.high().get(d) == 0;
  }

  /** All arrays alike along the first dimensions. */
  private static Rule.Builder leading(List<Value> operands, List<Value> results, int rank) {
    Rule.Builder rule = new Rule.Builder(operands, results);
    ElementwiseRules.alike(rule, operands, results, rank);
    return rule;
  }
}
