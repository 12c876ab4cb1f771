package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.interpret.Tensor.Ints;
import dev.jacobi.hlo.interpret.Tensor.Reals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;

/**
 * The body of a reduction or scatter: combines elements into accumulators in place. Bodies that are
 * one elementwise function run without interpreting the block.
 */
interface Combiner {
  /** {@code into[k][to] = body(into[0][to], ..., from[0][at], ...)[k]} for every k. */
  void combine(List<Tensor> into, int to, List<Tensor> from, int at);

  /** Called once at the end with all accumulators. */
  default List<Tensor> finish(List<Tensor> into) {
    return into;
  }

  /** The combiner of a block of 2N scalar parameters, which {@code run} interprets. */
  static Combiner of(Block body, Function<List<Tensor>, List<Tensor>> run) {
    int n = body.results().size();
    if (n == 1 && body.instrs().isEmpty() && body.results().equals(body.params().subList(1, 2))) {
      return (into, to, from, at) -> into.getFirst().put(to, from.getFirst(), at);
    }
    if (n == 1
        && body.instrs().size() == 1
        && body.instrs().getFirst().op() instanceof Op.Pointwise p
        && p.operands().equals(body.params())
        && body.results().equals(body.instrs().getFirst().results())) {
      switch (p.operands().getFirst().dtype().kind()) {
        case BOOL, SIGNED, UNSIGNED -> {
          return new OfInts(IntFns.binary(p.fn(), p.operands().getFirst().dtype()));
        }
        case FLOAT -> {
          DoubleBinaryOperator f = RealFns.binary(p.fn(), p.operands().getFirst().dtype());
          return p.fn() == Fn.ADD ? new Sum() : new OfReals(f);
        }
        case COMPLEX -> {}
      }
    }
    return new Interpreted(n, run);
  }

  /** Sums floating numbers in double precision and rounds at the end. */
  record Sum() implements Combiner {
    @Override
    public void combine(List<Tensor> into, int to, List<Tensor> from, int at) {
      ((Reals) into.getFirst()).values()[to] += ((Reals) from.getFirst()).values()[at];
    }

    @Override
    public List<Tensor> finish(List<Tensor> into) {
      Reals sums = (Reals) into.getFirst();
      return List.of(new Reals(sums.type(), Rounding.round(sums.dtype(), sums.values())));
    }
  }

  /** Any other function of two floating numbers, rounded after every step. */
  record OfReals(DoubleBinaryOperator f) implements Combiner {
    @Override
    public void combine(List<Tensor> into, int to, List<Tensor> from, int at) {
      Reals out = (Reals) into.getFirst();
      double x = f.applyAsDouble(out.values()[to], ((Reals) from.getFirst()).values()[at]);
      out.values()[to] = Rounding.round(out.dtype(), x);
    }
  }

  /** A function of two integers. */
  record OfInts(LongBinaryOperator f) implements Combiner {
    @Override
    public void combine(List<Tensor> into, int to, List<Tensor> from, int at) {
      Ints out = (Ints) into.getFirst();
      long x = f.applyAsLong(out.values()[to], ((Ints) from.getFirst()).values()[at]);
      out.values()[to] = Rounding.wrap(out.dtype(), x);
    }
  }

  /** Any block, run once per element on scalars. */
  record Interpreted(int n, Function<List<Tensor>, List<Tensor>> run) implements Combiner {
    @Override
    public void combine(List<Tensor> into, int to, List<Tensor> from, int at) {
      List<Tensor> arguments = new ArrayList<>(2 * n);
      into.forEach(t -> arguments.add(t.at(to)));
      from.forEach(t -> arguments.add(t.at(at)));
      List<Tensor> results = run.apply(arguments);
      for (int k = 0; k < n; k++) {
        into.get(k).put(to, results.get(k), 0);
      }
    }
  }
}
