package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.CollectiveOp.Groups;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.RandomOp.RngAlgorithm;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Operations that are written out in others before they run. */
final class WrittenOutRows {
  private WrittenOutRows() {}

  static final List<Programs.Row> ALL =
      List.of(
          WrittenOutRows::dot,
          WrittenOutRows::einsum,
          WrittenOutRows::summed,
          WrittenOutRows::select,
          WrittenOutRows::map,
          WrittenOutRows::random,
          WrittenOutRows::norm,
          WrittenOutRows::together);

  private static void dot(Programs p) {
    Value lhs = p.any(t -> !t.isBool(), s -> s.rank() == 1 || s.rank() == 2);
    Shape inner = Shape.of(lhs.type().dim(lhs.shape().rank() - 1));
    Shape shape = p.draw.coin() ? inner : inner.concat(Shape.of(p.draw.between(0, 9)));
    Value rhs = p.like(lhs.type().withShape(shape));
    Optional<List<Precision>> precision =
        p.draw.coin() ? Optional.empty() : Optional.of(List.of(Precision.HIGH, Precision.HIGHEST));
    p.add(new ShorthandOp.Dot(lhs, rhs, precision, lhs.dtype()));
  }

  /** Letters with sizes; each operand has some of them, and the result some of those. */
  private static void einsum(Programs p) {
    long[] sizes = {p.draw.between(0, 7), p.draw.between(1, 9), p.draw.between(1, 5), 3};
    String lhs = letters(p, "abcd");
    String rhs = letters(p, "abcd");
    String result =
        letters(
            p,
            (lhs + rhs)
                .chars()
                .distinct()
                .mapToObj(Character::toString)
                .collect(Collectors.joining()));
    DType t = p.draw.dtype(d -> !d.isBool());
    p.add(
        new ShorthandOp.Einsum(
            p.like(labelled(t, lhs, sizes)),
            p.like(labelled(t, rhs, sizes)),
            lhs + "," + rhs + "->" + result,
            labelled(t, result, sizes)));
  }

  private static void summed(Programs p) {
    Value v = p.any(t -> !t.isBool(), s -> s.rank() <= 4);
    String all = "abcd".substring(0, v.shape().rank());
    String kept = letters(p, all);
    p.add(
        new ShorthandOp.UnaryEinsum(
            v, all + "->" + kept, labelled(v.dtype(), kept, v.shape().toArray())));
  }

  /** Some of the letters, in any order. */
  private static String letters(Programs p, String of) {
    return p.draw.permutation(of.length()).stream()
        .filter(_ -> !p.draw.oneIn(3))
        .mapToObj(i -> of.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  private static TensorType labelled(DType t, String letters, long[] sizes) {
    return new TensorType(t, Shape.of(letters.chars().mapToLong(c -> sizes[c - 'a']).toArray()));
  }

  private static void select(Programs p) {
    Value v = p.any(_ -> true, s -> s.rank() > 0 && s.size() > 0);
    int dim = p.draw.below(v.shape().rank());
    int batch = p.draw.below(dim + 1);
    Shape index = v.shape().select(Axes.range(batch));
    Shape shape = p.draw.coin() ? index : index.concat(Shape.of(p.draw.between(0, 5)));
    if (shape.size() * v.shape().size() > 8 * p.draw.most()) {
      return;
    }
    DType t = p.draw.pick(DType.I32, DType.I64, DType.U32, DType.I8);
    p.add(new ShorthandOp.TorchIndexSelect(v, p.like(new TensorType(t, shape)), dim, batch));
    p.add(new ShorthandOp.Broadcast(p.scalar(v.dtype()), Longs.of(2, p.draw.between(0, 3))));
  }

  /** A chain of functions of scalars. */
  private static void map(Programs p) {
    Value x = p.any(_ -> true);
    Value y = p.like(x.type());
    HloBuilder b = new HloBuilder();
    Value now = b.param(TensorType.scalar(x.dtype()));
    Value other = b.param(TensorType.scalar(x.dtype()));
    for (int i = p.draw.below(3); i > 0; i--) {
      DType t = x.dtype();
      Fn fn =
          p.draw.pick(
              Arrays.stream(Fn.values())
                  .filter(f -> f.takes(t) && f.gives() == Fn.Gives.SAME && f.arity() < 3)
                  .toList());
      now = fn.arity() == 1 ? b.pointwise(fn, now) : b.pointwise(fn, now, other);
    }
    if (p.draw.oneIn(3)) {
      now = b.add(new ElementwiseOp.Convert(now, p.draw.dtype(_ -> true)));
    }
    p.add(new ShorthandOp.MapOp(List.of(x, y), Axes.range(x.shape().rank()), b.build(now)));
  }

  private static void random(Programs p) {
    RngAlgorithm algorithm = p.draw.pick(RngAlgorithm.values());
    long words = algorithm == RngAlgorithm.THREE_FRY ? 2 : p.draw.between(2, 3);
    Value state = p.like(TensorType.of(DType.U64, words));
    TensorType type =
        new TensorType(p.draw.dtype(t -> t.isInteger() || t.isFloat()), p.draw.shape());
    p.add(new RandomOp.RngBitGenerator(algorithm, state, type));
  }

  private static void norm(Programs p) {
    Value x = p.any(t -> t.isFloat(), s -> s.rank() > 0);
    int feature = p.draw.below(x.shape().rank());
    TensorType per = x.type().withShape(Shape.of(x.shape().dim(feature)));
    Value scale = p.like(per);
    Value offset = p.like(per);
    float epsilon = p.draw.pick(0f, 1e-3f, 1f);
    p.add(
        switch (p.draw.below(3)) {
          case 0 -> new NormOp.BatchNormTraining(x, scale, offset, epsilon, feature);
          case 1 ->
              new NormOp.BatchNormInference(
                  x, scale, offset, p.like(per), p.like(per), epsilon, feature);
          default ->
              new NormOp.BatchNormGrad(
                  x, scale, offset, p.like(per), p.like(x.type()), epsilon, feature);
        });
  }

  /** Operations among processes, of which there is one. */
  private static void together(Programs p) {
    Value v = p.any(_ -> true);
    int rank = v.shape().rank();
    Groups all = groups(Shape.of(1, 1), 0);
    Block body = HloBuilder.binaryBody(p.draw.pick(ReductionRows.combiners(v.dtype())), v.dtype());
    List<Op> ops =
        new ArrayList<>(
            List.of(
                new CollectiveOp.AllReduce(List.of(v), all, body),
                new CollectiveOp.CollectivePermute(
                    v, p.draw.coin() ? groups(Shape.of(1, 2), 0, 0) : groups(Shape.of(0, 2))),
                new CollectiveOp.CollectiveBroadcast(
                    v, p.draw.coin() ? all : groups(Shape.of(0, 1))),
                new CollectiveOp.CrossReplicaSum(v, all),
                new CollectiveOp.ProcessId(p.draw.coin())));
    if (rank > 0) {
      int d = p.draw.below(rank);
      int to = p.draw.below(rank);
      ops.add(new CollectiveOp.ReduceScatter(v, d, all, body, v.type()));
      ops.add(new CollectiveOp.AllGather(List.of(v), d, all, List.of(v.type())));
      ops.add(new CollectiveOp.AllToAll(List.of(v), d, to, 1, all));
    }
    p.add(p.draw.pick(ops));
  }

  private static Groups groups(Shape shape, long... ids) {
    return new Groups(Literal.ofLongs(shape, ids), Optional.empty(), false);
  }
}
