package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.DynamicSlices;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.transform.Differentiation;
import dev.jacobi.transform.Flat;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Masks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reverse derivative of a loop whose number of steps nobody knows before: what it carried is
 * kept in a fixed number of rows. When they are full every other one is given up and the distance
 * between kept steps doubles; on the way back the steps in between are repeated, a block of as many
 * rows at a time. So up to {@code rows} steps nothing is repeated, up to {@code rows * rows} every
 * step once: the checkpointing of Griewank, "Achieving logarithmic growth of temporal and spatial
 * complexity in reverse automatic differentiation", 1992, in two levels.
 *
 * <p>All of it is written with the primitives of this package, so that it runs on every backend and
 * has derivatives itself.
 *
 * @param loop with one condition for all lanes
 * @param mask which of the body's constants have tangents
 * @param carried which parts of the carry have tangents
 * @param rows an even number
 */
record Tape(While loop, List<Boolean> mask, List<Boolean> carried, long rows) {
  private static final long BYTES = 4 << 20;

  static Tape of(While loop, List<Boolean> mask, List<Boolean> carried, List<Array> carry) {
    long bytes = 1;
    for (Array x : carry) {
      bytes += x.aval().physical().shape().size() * x.dtype().bytes();
    }
    long rows = Math.max(32, Math.min(4096, BYTES / bytes)) / 2 * 2;
    return new Tape(loop, mask, carried, rows);
  }

  /** The tape for what repeats steps: their effects happened going forward. */
  Tape silent() {
    return new Tape(loop.withoutEffects(), mask, carried, rows);
  }

  /** Steps done and, per part of the carry, its rows; the last row is for what is not kept. */
  private record State(Array n, List<Array> carry, List<Array> kept) {
    List<Array> all() {
      List<Array> all = new ArrayList<>();
      all.add(n);
      all.addAll(carry);
      all.addAll(kept);
      return all;
    }

    static State of(List<Array> all) {
      int carries = (all.size() - 1) / 2;
      return new State(
          all.getFirst(), all.subList(1, 1 + carries), all.subList(1 + carries, all.size()));
    }
  }

  private static Array count(long value) {
    return Scalars.ofLong(DType.I64, value);
  }

  private static Array plus(Array x, long value) {
    return Arithmetic.add(x, count(value));
  }

  /** A loop over arrays of functions that may read any others. */
  private static List<Array> repeat(Flat cond, Flat body, List<Array> init) {
    List<Aval> avals = init.stream().map(Array::aval).toList();
    JaxprTrace.Traced test = Jaxprs.trace("while_loop", avals, cond);
    JaxprTrace.Traced step = Jaxprs.trace("while_loop", avals, body);
    List<Array> operands = new ArrayList<>(test.captured());
    operands.addAll(step.captured());
    operands.addAll(init);
    While inner =
        new While(
            test.jaxpr().closed(),
            test.captured().size(),
            step.jaxpr().closed(),
            step.captured().size());
    return Bind.bind(inner, operands);
  }

  private static List<Array> zeros(Array x) {
    return Collections.nCopies(x.rank() - 1, count(0));
  }

  private static Array row(Array kept, Array i) {
    List<Array> starts = Programs.join(List.of(i), zeros(kept));
    Array slice = DynamicSlices.dynamicSlice(kept, starts, kept.shape().with(0, 1).sizes());
    return Shapes.reshape(slice, kept.shape().without(Axes.of(0)));
  }

  private static Array withRow(Array kept, Array x, Array i) {
    Array one = Shapes.reshape(x, kept.shape().with(0, 1));
    return DynamicSlices.dynamicUpdateSlice(kept, one, Programs.join(List.of(i), zeros(kept)));
  }

  private static List<Array> rowsOf(List<Array> kept, Array i) {
    return kept.stream().map(k -> row(k, i)).toList();
  }

  private static List<Array> withRows(List<Array> kept, List<Array> carry, Array i) {
    List<Array> all = new ArrayList<>();
    for (int k = 0; k < kept.size(); k++) {
      all.add(withRow(kept.get(k), carry.get(k), i));
    }
    return all;
  }

  /** From the loop's operands to its results, the number of steps, their distance, and the rows. */
  List<Array> forward(List<Array> operands) {
    While.Parts<Array> x = loop.parts(operands);
    Flat goesOn = carry -> Jaxprs.eval(loop.condJaxpr(), Programs.join(x.cond(), carry));
    Flat step = carry -> Jaxprs.eval(loop.bodyJaxpr(), Programs.join(x.body(), carry));
    List<Array> empty = new ArrayList<>();
    for (Array c : x.carry()) {
      int rank = c.rank() + 1;
      empty.add(
          Shapes.broadcastInDim(c, c.shape().insert(0, rows + 1), Axes.of(0).complement(rank)));
    }
    List<Array> first = fill(goesOn, step, count(1), new State(count(0), x.carry(), empty).all());
    List<Array> last =
        repeat(
            all -> goesOn.apply(State.of(all.subList(1, all.size())).carry),
            all -> {
              State s = State.of(all.subList(1, all.size()));
              Array stride = Arithmetic.mul(all.getFirst(), count(2));
              List<Array> half = s.kept.stream().map(this::everyOther).toList();
              List<Array> next = fill(goesOn, step, stride, new State(s.n, s.carry, half).all());
              return Programs.join(List.of(stride), next);
            },
            Programs.join(List.of(count(1)), first));
    State s = State.of(last.subList(1, last.size()));
    List<Array> results = new ArrayList<>(s.carry);
    results.add(s.n);
    results.add(last.getFirst());
    results.addAll(s.kept);
    return results;
  }

  private Array everyOther(Array kept) {
    Array half = Slices.inDim(kept, 0, rows, 2, 0);
    return DynamicSlices.dynamicUpdateSlice(kept, half, Collections.nCopies(kept.rank(), count(0)));
  }

  /** Runs until the loop ends or the rows are full. */
  private List<Array> fill(Flat goesOn, Flat step, Array stride, List<Array> state) {
    Array most = Arithmetic.mul(stride, count(rows));
    return repeat(
        all -> {
          State s = State.of(all);
          return List.of(Bits.and(Compare.lt(s.n, most), goesOn.apply(s.carry).getFirst()));
        },
        all -> {
          State s = State.of(all);
          Array isKept = Compare.eq(Arithmetic.rem(s.n, stride), count(0));
          Array place = Compare.select(isKept, Arithmetic.div(s.n, stride), count(rows));
          List<Array> kept = withRows(s.kept, s.carry, place);
          return new State(plus(s.n, 1), step.apply(s.carry), kept).all();
        },
        state);
  }

  /** What the way back carries: where it is, cotangents of carry and constants, and a block. */
  private record Back(Array i, List<Array> carry, List<Array> sums, List<Array> block) {
    List<Array> all() {
      return Programs.join(Programs.join(List.of(i), carry), Programs.join(sums, block));
    }
  }

  private Back back(List<Array> all) {
    int sums = 1 + Collections.frequency(carried, true);
    int block = sums + Collections.frequency(mask, true);
    return new Back(
        all.getFirst(),
        all.subList(1, sums),
        all.subList(sums, block),
        all.subList(block, all.size()));
  }

  /**
   * Cotangents of the constants and of the initial values that have tangents.
   *
   * @param n the number of steps
   * @param stride from one kept step to the next
   * @param cotangents of the results that have tangents
   */
  List<Array> reverse(
      List<Array> operands, Array n, Array stride, List<Array> kept, List<Array> cotangents) {
    While.Parts<Array> x = loop.parts(operands);
    List<Array> sums = new ArrayList<>();
    Masks.<Array>select(x.body(), mask, true).forEach(c -> sums.add(Zeros.of(c.aval().strong())));
    Array whole = Compare.eq(stride, count(1)); // the rows are all steps: one block
    List<Array> last =
        repeat(
            all -> List.of(Compare.gt(all.getFirst(), count(0))),
            all -> block(x, back(all), whole, stride, kept).all(),
            new Back(n, cotangents, sums, kept).all());
    Back end = back(last);
    return Programs.join(end.sums, end.carry);
  }

  /** The last block of steps before {@code b.i}: repeated from the last kept step, then pulled. */
  private Back block(While.Parts<Array> x, Back b, Array whole, Array stride, List<Array> kept) {
    Flat step = carry -> Jaxprs.eval(loop.bodyJaxpr(), Programs.join(x.body(), carry));
    Array before = plus(b.i, -1);
    Array segment = Arithmetic.div(before, stride);
    Array start = Arithmetic.mul(segment, stride);
    Array inside = Arithmetic.div(Arithmetic.sub(before, start), count(rows));
    Array blockStart = Arithmetic.add(start, Arithmetic.mul(inside, count(rows)));
    Array from = Compare.select(whole, count(0), blockStart);
    Array at = Compare.select(whole, b.i, start);
    List<Array> carry = rowsOf(kept, segment);
    List<Array> there =
        repeat(
            s -> List.of(Compare.lt(s.getFirst(), from)),
            s -> Programs.join(List.of(plus(s.getFirst(), 1)), step.apply(s.subList(1, s.size()))),
            Programs.join(List.of(at), carry));
    List<Array> filled =
        repeat(
            s -> List.of(Compare.lt(s.getFirst(), b.i)),
            s -> {
              State now = State.of(s);
              List<Array> rows = withRows(now.kept, now.carry, Arithmetic.sub(now.n, from));
              return new State(plus(now.n, 1), step.apply(now.carry), rows).all();
            },
            new State(there.getFirst(), there.subList(1, there.size()), b.block).all());
    List<Array> block = State.of(filled).kept;
    List<Array> pulled =
        repeat(
            s -> List.of(Compare.gt(s.getFirst(), from)),
            s -> {
              Back now = back(s);
              Array i = plus(now.i, -1);
              return pull(x.body(), rowsOf(block, Arithmetic.sub(i, from)), now, i).all();
            },
            new Back(b.i, b.carry, b.sums, List.of()).all());
    Back end = back(pulled);
    return new Back(end.i, end.carry, end.sums, block);
  }

  /** One step back. */
  private Back pull(List<Array> consts, List<Array> carry, Back b, Array i) {
    var lin =
        Differentiation.linearize(
            a -> Jaxprs.eval(loop.bodyJaxpr(), a),
            Programs.join(consts, carry),
            Programs.join(mask, carried));
    List<@Nullable Array> pulled = lin.pull(Masks.spread(new ArrayList<>(b.carry), carried));
    int numConsts = Collections.frequency(mask, true);
    List<Array> sums = new ArrayList<>();
    for (int k = 0; k < numConsts; k++) {
      Array more = pulled.get(k);
      sums.add(more == null ? b.sums.get(k) : Zeros.addAny(b.sums.get(k), more));
    }
    List<Array> next = new ArrayList<>();
    for (int k = numConsts; k < pulled.size(); k++) {
      Array ct = pulled.get(k);
      next.add(ct == null ? Zeros.like(b.carry.get(k - numConsts)) : ct);
    }
    return new Back(i, next, sums, b.block);
  }

  /** Types of the number of steps, their distance and the rows. */
  List<Aval> avals(List<Aval> carry) {
    List<Aval> all = new ArrayList<>(List.of(Aval.of(DType.I64), Aval.of(DType.I64)));
    carry.forEach(c -> all.add(c.withShape(c.shape().insert(0, rows + 1))));
    return all;
  }
}
