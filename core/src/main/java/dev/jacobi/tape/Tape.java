package dev.jacobi.tape;

import static dev.jacobi.tape.Rows.count;
import static dev.jacobi.tape.Rows.plus;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import java.util.ArrayList;
import java.util.List;

/**
 * The reverse derivative of a loop whose number of steps nobody knows before: what it carried is
 * kept in a fixed number of rows. When they are full every other one is given up and the distance
 * between kept steps doubles; on the way back the steps in between are repeated, a block of as many
 * rows at a time. So up to {@code rows} steps nothing is repeated, up to {@code rows * rows} every
 * step once: the checkpointing of Griewank, "Achieving logarithmic growth of temporal and spatial
 * complexity in reverse automatic differentiation", 1992, in two levels.
 *
 * <p>All of it is written with loops, so that it runs on every backend and has derivatives itself.
 *
 * @param steps of a loop with one condition for all lanes, whose state is what it carries
 * @param rows an even number
 */
public record Tape(Steps steps, long rows) implements Reversal {
  private static final long BYTES = 4 << 20;

  /** A tape of a few megabytes. */
  public static Tape of(Steps steps, List<Array> carry) {
    long bytes = 1;
    for (Array x : carry) {
      bytes += x.aval().physical().shape().size() * x.dtype().bytes();
    }
    return new Tape(steps, Math.max(32, Math.min(4096, BYTES / bytes)) / 2 * 2);
  }

  @Override
  public Tape silent() {
    return new Tape(steps.silent(), rows);
  }

  @Override
  public long size() {
    return -rows;
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

  private static List<Array> join(List<Array> a, List<Array> b) {
    List<Array> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }

  /** From the loop's operands to its results, the number of steps, their distance, and the rows. */
  @Override
  public List<Array> forward(List<Array> operands) {
    List<Array> start = steps.start(operands);
    List<Array> empty = start.stream().map(c -> Rows.of(c, rows + 1)).toList();
    List<Array> first = fill(operands, count(1), new State(count(0), start, empty).all());
    List<Array> last =
        steps.repeat(
            all -> List.of(steps.goesOn(operands, State.of(all.subList(1, all.size())).carry)),
            all -> {
              State s = State.of(all.subList(1, all.size()));
              Array stride = Arithmetic.mul(all.getFirst(), count(2));
              List<Array> half = s.kept.stream().map(k -> Rows.everyOther(k, rows)).toList();
              List<Array> next = fill(operands, stride, new State(s.n, s.carry, half).all());
              return join(List.of(stride), next);
            },
            join(List.of(count(1)), first));
    State s = State.of(last.subList(1, last.size()));
    List<Array> results = new ArrayList<>(s.carry);
    results.add(s.n);
    results.add(last.getFirst());
    results.addAll(s.kept);
    return results;
  }

  /** Runs until the loop ends or the rows are full. */
  private List<Array> fill(List<Array> operands, Array stride, List<Array> state) {
    Array most = Arithmetic.mul(stride, count(rows));
    return steps.repeat(
        all -> {
          State s = State.of(all);
          return List.of(Bits.and(Compare.lt(s.n, most), steps.goesOn(operands, s.carry)));
        },
        all -> {
          State s = State.of(all);
          Array isKept = Compare.eq(Arithmetic.rem(s.n, stride), count(0));
          Array place = Compare.select(isKept, Arithmetic.div(s.n, stride), count(rows));
          List<Array> kept = Rows.with(s.kept, s.carry, place);
          return new State(plus(s.n, 1), steps.step(operands, s.n, s.carry), kept).all();
        },
        state);
  }

  /** What the way back carries: where it is, what steps back hand on, and a block. */
  private record Back(Array i, List<Array> back, List<Array> block) {
    List<Array> all() {
      return join(join(List.of(i), back), block);
    }

    static Back of(List<Array> all, int block) {
      int from = all.size() - block;
      return new Back(all.getFirst(), all.subList(1, from), all.subList(from, all.size()));
    }
  }

  @Override
  public List<Array> reverse(List<Array> operands, List<Array> tape, List<Array> cotangents) {
    Array n = tape.get(0);
    Array stride = tape.get(1);
    List<Array> kept = tape.subList(2, tape.size());
    Array whole = Compare.eq(stride, count(1)); // the rows are all steps: one block
    List<Array> last =
        steps.repeat(
            all -> List.of(Compare.gt(all.getFirst(), count(0))),
            all -> {
              Back b = Back.of(all, kept.size());
              return block(operands, cotangents, b, whole, stride, kept).all();
            },
            new Back(n, steps.end(operands, cotangents), kept).all());
    return steps.cotangents(Back.of(last, kept.size()).back);
  }

  /** The last block of steps before {@code b.i}: repeated from the last kept step, then pulled. */
  private Back block(
      List<Array> operands,
      List<Array> cotangents,
      Back b,
      Array whole,
      Array stride,
      List<Array> kept) {
    Array before = plus(b.i, -1);
    Array segment = Arithmetic.div(before, stride);
    Array start = Arithmetic.mul(segment, stride);
    Array inside = Arithmetic.div(Arithmetic.sub(before, start), count(rows));
    Array blockStart = Arithmetic.add(start, Arithmetic.mul(inside, count(rows)));
    Array from = Compare.select(whole, count(0), blockStart);
    Array at = Compare.select(whole, b.i, start);
    List<Array> carry = Rows.get(kept, segment);
    List<Array> there =
        steps.repeat(
            s -> List.of(Compare.lt(s.getFirst(), from)),
            s -> {
              Array i = s.getFirst();
              return join(List.of(plus(i, 1)), steps.advance(operands, i, s.subList(1, s.size())));
            },
            join(List.of(at), carry));
    List<Array> filled =
        steps.repeat(
            s -> List.of(Compare.lt(s.getFirst(), b.i)),
            s -> {
              State now = State.of(s);
              List<Array> rows = Rows.with(now.kept, now.carry, Arithmetic.sub(now.n, from));
              List<Array> next = steps.advance(operands, now.n, now.carry);
              return new State(plus(now.n, 1), next, rows).all();
            },
            new State(there.getFirst(), there.subList(1, there.size()), b.block).all());
    List<Array> block = State.of(filled).kept;
    List<Array> pulled =
        steps.repeat(
            s -> List.of(Compare.gt(s.getFirst(), from)),
            s -> {
              Back now = Back.of(s, 0);
              Array i = plus(now.i, -1);
              List<Array> prior = Rows.get(block, Arithmetic.sub(i, from));
              return new Back(i, steps.pull(operands, i, prior, cotangents, now.back), List.of())
                  .all();
            },
            new Back(b.i, b.back, List.of()).all());
    Back end = Back.of(pulled, 0);
    return new Back(end.i, end.back, block);
  }

  /** Types of the number of steps, their distance and the rows. */
  @Override
  public List<Aval> kept() {
    List<Aval> all = new ArrayList<>(List.of(Aval.of(DType.I64), Aval.of(DType.I64)));
    steps.results().forEach(c -> all.add(Rows.of(c, rows + 1)));
    return all;
  }
}
