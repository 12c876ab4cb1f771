package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.interpret.Tensor.Ints;
import dev.jacobi.hlo.interpret.Tensor.Reals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

  /** The combiner of a scatter's body; {@code run} interprets it. */
  static Combiner ofScatter(Block body, Function<List<Tensor>, List<Tensor>> run) {
    if (body.instrs().isEmpty() && body.results().equals(body.params().subList(1, 2))) {
      return (into, to, from, at) -> into.getFirst().put(to, from.getFirst(), at);
    }
    Optional<Fn> only = onlyFunction(body);
    DType dtype = body.params().getFirst().dtype();
    Optional<Combiner> fast =
        only.flatMap(
            fn ->
                switch (dtype.kind()) {
                  case BOOL, SIGNED, UNSIGNED -> IntFns.binary(fn, dtype).map(OfInts::new);
                  case FLOAT -> RealFns.binary(fn, dtype).map(OfReals::new);
                  case COMPLEX -> Optional.empty();
                });
    return fast.orElseGet(() -> new Interpreted(body.results().size(), run));
  }

  /** The combiner of a reduction's body over {@code inits} repeated for {@code n} results. */
  static Combiner ofReduction(Block body, Function<List<Tensor>, List<Tensor>> run, int n) {
    boolean sum = onlyFunction(body).filter(Fn.ADD::equals).isPresent();
    return sum && body.params().getFirst().dtype().isFloat() ? new Sum(n) : ofScatter(body, run);
  }

  /** The function f, if the body is {@code (a, b) -> f(a, b)}. */
  private static Optional<Fn> onlyFunction(Block body) {
    return body.instrs().size() == 1
            && body.instrs().getFirst().op() instanceof ElementwiseOp.Pointwise p
            && p.operands().equals(body.params())
            && body.results().equals(body.instrs().getFirst().results())
        ? Optional.of(p.fn())
        : Optional.empty();
  }

  /**
   * Sums floating numbers in blocks of 1,024 and then the blocks' sums, so that long sums stay
   * accurate; every step is rounded.
   */
  final class Sum implements Combiner {
    private static final int BLOCK = 1024;

    private final double[] blocks;
    private final int[] counts;

    Sum(int n) {
      blocks = new double[n];
      Arrays.fill(blocks, -0.0);
      counts = new int[n];
    }

    @Override
    public void combine(List<Tensor> into, int to, List<Tensor> from, int at) {
      Reals out = (Reals) into.getFirst();
      double x = out.values()[to] + ((Reals) from.getFirst()).values()[at];
      out.values()[to] = Rounding.round(out.dtype(), x);
      if (++counts[to] == BLOCK) {
        blocks[to] = Rounding.round(out.dtype(), blocks[to] + out.values()[to]);
        out.values()[to] = -0.0;
        counts[to] = 0;
      }
    }

    @Override
    public List<Tensor> finish(List<Tensor> into) {
      Reals out = (Reals) into.getFirst();
      for (int i = 0; i < blocks.length; i++) {
        out.values()[i] = Rounding.round(out.dtype(), blocks[i] + out.values()[i]);
      }
      return into;
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
