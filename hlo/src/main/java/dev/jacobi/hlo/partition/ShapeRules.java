package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** How operations that move elements are divided. */
final class ShapeRules {
  private ShapeRules() {}

  static Rule of(ShapeOp op, List<Value> results) {
    return switch (op) {
      case ShapeOp.BroadcastInDim o -> broadcast(o, results);
      case ShapeOp.Reshape o -> reshape(o, results);
      case ShapeOp.Transpose o -> transpose(o, results);
      case ShapeOp.Concatenate o ->
          along(op, results, d -> d != o.dim()).build("a dimension that is joined", op);
      case ShapeOp.Pad o -> along(op, results, d -> isUnpadded(o, d)).build("padding", op);
      case ShapeOp.Slice o -> slice(o, results);
      case ShapeOp.Reverse o ->
          along(op, results, d -> !o.dims().contains(d)).build("a reversed dimension", op);
    };
  }

  /** Operands (but for scalars) and results alike along some dimensions. */
  static Rule.Builder along(Op op, List<Value> results, IntPredicate divides) {
    List<Value> operands = op.operands();
    Rule.Builder rule = new Rule.Builder(operands, results);
    Shape shape = results.getFirst().shape();
    for (int d = 0; d < shape.rank(); d++) {
      if (divides.test(d)) {
        int f = rule.factor(shape.dim(d));
        for (int i = 0; i < operands.size(); i++) {
          if (operands.get(i).shape().rank() == shape.rank()) {
            rule.operand(i, d, f);
          }
        }
        for (int i = 0; i < results.size(); i++) {
          rule.result(i, d, f);
        }
      }
    }
    return rule;
  }

  private static Rule broadcast(ShapeOp.BroadcastInDim op, List<Value> results) {
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    Shape from = op.operand().shape();
    for (int d = 0; d < op.shape().rank(); d++) {
      int f = rule.factor(op.shape().dim(d));
      rule.result(0, d, f);
      int i = op.dims().indexOf(d);
      if (i >= 0 && from.dim(i) == op.shape().dim(d)) {
        rule.operand(0, i, f);
      }
    }
    return rule.elementwise(
        (site, in, parts) ->
            site.all(
                new ShapeOp.BroadcastInDim(in.getFirst(), op.dims(), parts.resultType(0).shape())));
  }

  private static Rule transpose(ShapeOp.Transpose op, List<Value> results) {
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    for (int d = 0; d < op.permutation().size(); d++) {
      int f = rule.factor(results.getFirst().shape().dim(d));
      rule.result(0, d, f).operand(0, op.permutation().get(d), f);
    }
    return rule.elementwise((site, in, parts) -> site.all(Rule.with(op, in)));
  }

  /** Common factors of both shapes, from the left; they end where sizes share no divisor. */
  private static Rule reshape(ShapeOp.Reshape op, List<Value> results) {
    Rule.Builder rule = new Rule.Builder(op.operands(), results);
    if (op.shape().size() > 0) {
      new Reshape(rule, op.operand().shape().toArray(), op.shape().toArray()).factors();
    }
    return rule.build(
        "a dimension that the reshape breaks up",
        (site, in, parts) ->
            site.all(new ShapeOp.Reshape(in.getFirst(), parts.resultType(0).shape())));
  }

  /** Walks two shapes; {@code a} and {@code b} are what is left of the present dimensions. */
  private static final class Reshape {
    private final Rule.Builder rule;
    private final long[] from;
    private final long[] to;

    Reshape(Rule.Builder rule, long[] from, long[] to) {
      this.rule = rule;
      this.from = from;
      this.to = to;
    }

    void factors() {
      int i = next(from, 0);
      int j = next(to, 0);
      long a = at(from, i);
      long b = at(to, j);
      while (i < from.length && j < to.length) {
        long common = gcd(a, b);
        if (common > 1) {
          int f = rule.factor(common);
          rule.operand(0, i, f).result(0, j, f);
        }
        if (common == a || common == b) {
          a /= common;
          b /= common;
        } else {
          // 6 to 4: both are two halves, but thirds and halves of these have no border in common
          while (a != b) {
            if (a < b) {
              a *= from[++i];
            } else {
              b *= to[++j];
            }
          }
          a = 1;
          b = 1;
        }
        if (a == 1) {
          i = next(from, i + 1);
          a = at(from, i);
        }
        if (b == 1) {
          j = next(to, j + 1);
          b = at(to, j);
        }
      }
    }

    private static long at(long[] sizes, int i) {
      return i < sizes.length ? sizes[i] : 1;
    }

    private static int next(long[] sizes, int from) {
      int i = from;
      while (i < sizes.length && sizes[i] == 1) {
        i++;
      }
      return i;
    }

    private static long gcd(long a, long b) {
      return b == 0 ? a : gcd(b, a % b);
    }
  }

  private static boolean isUnpadded(ShapeOp.Pad op, int d) {
    return op.low().get(d) == 0 && op.high().get(d) == 0 && op.interior().get(d) == 0;
  }

  /** A row that is cut out is read where it lies, as if its place were not known before. */
  private static Rule slice(ShapeOp.Slice op, List<Value> results) {
    Shape shape = op.operand().shape();
    IntPredicate full =
        d ->
            op.start().get(d) == 0 && op.limit().get(d) == shape.dim(d) && op.strides().get(d) == 1;
    Shape box = results.getFirst().shape();
    Rule.Builder rule = along(op, results, full);
    int[] rows = new int[shape.rank()];
    for (int d = 0; d < rows.length; d++) {
      boolean one = box.dim(d) == 1 && shape.dim(d) > 1 && op.operand().element() instanceof DType;
      rows[d] = one ? rule.factor(shape.dim(d), Optional.of(Rows.sum(op.operand().element()))) : -1;
      if (one) {
        rule.operand(0, d, rows[d]);
      }
    }
    return rule.build(
        "a dimension that is cut",
        (site, in, parts) -> {
          long[] starts = op.start().toArray();
          long[] limits = op.limit().toArray();
          long[] strides = op.strides().toArray();
          List<Value> places = new ArrayList<>();
          boolean[] shared = new boolean[limits.length];
          for (int d = 0; d < limits.length; d++) {
            shared[d] = rows[d] >= 0 && parts.count(rows[d]) > 1;
            long place = shared[d] ? starts[d] : 0;
            places.add(site.out().constant(Literal.scalar(DType.I64, place)));
            if (shared[d] || full.test(d)) {
              starts[d] = 0;
              limits[d] = in.getFirst().shape().dim(d);
              strides[d] = 1;
            }
          }
          Value cut =
              site.out()
                  .add(
                      new ShapeOp.Slice(
                          in.getFirst(), Longs.of(starts), Longs.of(limits), Longs.of(strides)));
          Rows.Place place = Rows.place(shape, places, rows, parts, site);
          return List.of(
              place.mine().isEmpty()
                  ? cut
                  : Rows.read(cut, place, parts.resultType(0).shape(), site));
        });
  }
}
