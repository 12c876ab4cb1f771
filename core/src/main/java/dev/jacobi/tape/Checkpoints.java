package dev.jacobi.tape;

import static dev.jacobi.tape.Rows.count;
import static dev.jacobi.tape.Rows.plus;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import java.util.ArrayList;
import java.util.List;

/**
 * The reverse derivative of a loop that keeps at most {@code states} of the states it goes through,
 * however many steps it takes. On the way back they are a stack: what lies behind the last kept
 * state is computed again from it, and states on the way there are kept in places that have become
 * free, where {@link Binomial} says. So a loop of known length repeats as few steps as possible.
 *
 * <p>A loop of unknown length keeps its first states. When the places are full every other one is
 * given up until fewer than half are left, and the distance between kept states doubles each time;
 * the other half serves the way back. Online schedules that repeat the least (Stumm and Walther,
 * "New algorithms for optimal online checkpointing", 2010) decide at every step, this one once per
 * kept state; with 1 to 30 states and up to 2000 steps it takes at most 1.8 times as many steps as
 * would do if their number were known.
 */
public record Checkpoints(Steps steps, long states) implements Reversal {
  /** Keeps at most {@code most} states. */
  public static Checkpoints of(Steps steps, long most) {
    long needed = Math.max(1, steps.length().orElse(most));
    return new Checkpoints(steps, Math.min(most, needed));
  }

  @Override
  public Checkpoints silent() {
    return new Checkpoints(steps.silent(), states);
  }

  @Override
  public long size() {
    return states;
  }

  /** The number of steps, of the last kept state, all their steps, and their rows. */
  @Override
  public List<Aval> kept() {
    List<Aval> all =
        new ArrayList<>(
            List.of(Aval.of(DType.I64), Aval.of(DType.I64), Aval.of(DType.I64, states)));
    steps.results().subList(0, steps.carries()).forEach(c -> all.add(Rows.of(c, states)));
    return all;
  }

  private static List<Array> join(List<Array> a, List<Array> b) {
    List<Array> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }

  /** Some counters, a state, and what is kept, as one list. */
  private record Now(List<Array> counters, List<Array> state, List<Array> kept) {
    List<Array> all() {
      return join(join(counters, state), kept);
    }

    static Now of(List<Array> all, int counters, int kept) {
      int from = all.size() - kept;
      return new Now(
          all.subList(0, counters), all.subList(counters, from), all.subList(from, all.size()));
    }

    Array counter(int i) {
      return counters.get(i);
    }
  }

  @Override
  public List<Array> forward(List<Array> operands) {
    List<Array> start = steps.start(operands);
    List<Array> rows = carried(start).stream().map(c -> Rows.of(c, states)).toList();
    return steps.length().isPresent()
        ? known(operands, start, rows, count(steps.length().getAsLong()))
        : unknown(operands, start, rows);
  }

  private List<Array> carried(List<Array> state) {
    return state.subList(0, steps.carries());
  }

  private List<Array> known(List<Array> operands, List<Array> start, List<Array> rows, Array n) {
    Array places = places(count(0));
    List<Array> first = List.of(count(0), count(0));
    Descent forward = (i, to, state) -> run(operands, i, to, state);
    Now last = descend(new Now(first, start, join(List.of(places), rows)), n, forward);
    List<Array> results = run(operands, last.counter(0), n, last.state);
    return join(results, join(List.of(n, last.counter(1)), last.kept));
  }

  /** The steps of kept states that are {@code stride} apart. */
  private Array places(Array stride) {
    Shape all = Shape.of(states);
    return Arithmetic.mul(Shapes.iota(DType.I64, all, 0), Zeros.full(stride, all));
  }

  /** From a state to a later one. */
  @FunctionalInterface
  private interface Descent {
    List<Array> run(Array from, Array to, List<Array> state);
  }

  /**
   * Keeps states on the way to step {@code end} as long as places are free.
   *
   * @param from its counters: the step, and the number of the last kept state, which is this one
   */
  private Now descend(Now from, Array end, Descent between) {
    int kept = from.kept.size();
    List<Array> last =
        steps.repeat(
            all -> {
              Now now = Now.of(all, 2, kept);
              Array left = Arithmetic.sub(end, now.counter(0));
              Array free = Compare.lt(now.counter(1), count(states - 1));
              return List.of(Bits.and(Compare.gt(left, count(1)), free));
            },
            all -> {
              Now now = Now.of(all, 2, kept);
              Array i = now.counter(0);
              Array left = Arithmetic.sub(end, i);
              Array free = Arithmetic.sub(count(states), now.counter(1));
              Array to = Arithmetic.add(i, Binomial.distance(steps, left, free));
              List<Array> state = between.run(i, to, now.state);
              Array top = plus(now.counter(1), 1);
              List<Array> next = Rows.with(now.kept, join(List.of(to), carried(state)), top);
              return new Now(List.of(to, top), state, next).all();
            },
            from.all());
    return Now.of(last, 2, kept);
  }

  /** Takes all steps from one up to another. */
  private List<Array> run(List<Array> operands, Array from, Array to, List<Array> state) {
    return counted(from, to, state, (i, s) -> steps.step(operands, i, s));
  }

  private List<Array> advance(List<Array> operands, Array from, Array to, List<Array> carry) {
    return counted(from, to, carry, (i, s) -> steps.advance(operands, i, s));
  }

  @FunctionalInterface
  private interface Single {
    List<Array> step(Array i, List<Array> state);
  }

  private List<Array> counted(Array from, Array to, List<Array> state, Single step) {
    List<Array> last =
        steps.repeat(
            all -> List.of(Compare.lt(all.getFirst(), to)),
            all -> {
              Array i = all.getFirst();
              return join(List.of(plus(i, 1)), step.step(i, all.subList(1, all.size())));
            },
            join(List.of(from), state));
    return last.subList(1, last.size());
  }

  /** One step of a loop of unknown length: its number, and whether there is another. */
  private List<Array> step(List<Array> operands, Now now) {
    List<Array> next = steps.step(operands, now.counter(0), now.state);
    List<Array> counters = new ArrayList<>(now.counters);
    counters.set(0, plus(now.counter(0), 1));
    counters.set(1, steps.goesOn(operands, next));
    return new Now(counters, next, now.kept).all();
  }

  private List<Array> unknown(List<Array> operands, List<Array> start, List<Array> rows) {
    int kept = rows.size();
    List<Array> counters = List.of(count(0), steps.goesOn(operands, start));
    List<Array> full =
        steps.repeat(
            all -> {
              Now now = Now.of(all, 2, kept);
              return List.of(Bits.and(now.counter(1), Compare.lt(now.counter(0), count(states))));
            },
            all -> {
              Now now = Now.of(all, 2, kept);
              List<Array> more = Rows.with(now.kept, now.state, now.counter(0));
              return step(operands, new Now(now.counters, now.state, more));
            },
            new Now(counters, start, rows).all());
    Now now = Now.of(full, 2, kept);
    List<Array> four = List.of(now.counter(0), now.counter(1), count(1), now.counter(0));
    Now all = new Now(four, now.state, now.kept);
    Now last = states < 4 ? onlyFirst(operands, all) : thinned(operands, all);
    Array top = Arithmetic.max(plus(last.counter(3), -1), count(0));
    List<Array> tape = join(List.of(last.counter(0), top, places(last.counter(2))), last.kept);
    return join(last.state, tape);
  }

  /** With few places a loop that takes more steps keeps its first state. */
  private Now onlyFirst(List<Array> operands, Now from) {
    int kept = from.kept.size();
    List<Array> last =
        steps.repeat(
            all -> List.of(all.get(1)),
            all -> {
              Now now = Now.of(all, 4, kept);
              List<Array> one = List.of(now.counter(0), now.counter(1), now.counter(2), count(1));
              return step(operands, new Now(one, now.state, now.kept));
            },
            from.all());
    return Now.of(last, 4, kept);
  }

  /**
   * Keeps states at growing distances in half of the places.
   *
   * @param from its counters: the step, whether there is another, the distance, and how many are
   *     kept
   */
  private Now thinned(List<Array> operands, Now from) {
    int kept = from.kept.size();
    List<Array> last =
        steps.repeat(
            all -> List.of(all.get(1)),
            all -> {
              Now now = Now.of(all, 4, kept);
              Array to = Arithmetic.mul(now.counter(2), now.counter(3));
              Now there = thinner(until(operands, now, to));
              Array place = Arithmetic.mul(there.counter(2), there.counter(3));
              Array isKept = Bits.and(there.counter(1), Compare.eq(there.counter(0), place));
              List<Array> more = Rows.with(there.kept, there.state, there.counter(3));
              Array next = plus(there.counter(3), 1);
              List<Array> counters = new ArrayList<>(there.counters);
              counters.set(3, Compare.select(isKept, next, there.counter(3)));
              return new Now(counters, there.state, more).all();
            },
            from.all());
    return Now.of(last, 4, kept);
  }

  /**
   * Where another state is to be kept, gives up every other one if half of the places are taken.
   */
  private Now thinner(Now from) {
    int kept = from.kept.size();
    long half = (states + 1) / 2;
    List<Array> counters = from.counters;
    List<Array> last =
        steps.repeat(
            all -> List.of(Bits.and(counters.get(1), Compare.ge(all.get(1), count(half)))),
            all -> {
              Array stride = Arithmetic.mul(all.get(0), count(2));
              Array number = Arithmetic.div(plus(all.get(1), 1), count(2));
              List<Array> next = new ArrayList<>(List.of(stride, number));
              all.subList(2, all.size()).forEach(r -> next.add(Rows.everyOther(r, states)));
              return next;
            },
            join(counters.subList(2, 4), from.kept));
    List<Array> now = join(counters.subList(0, 2), last.subList(0, 2));
    return new Now(now, from.state, last.subList(2, 2 + kept));
  }

  /** Takes steps up to one, or until the loop ends. */
  private Now until(List<Array> operands, Now from, Array to) {
    List<Array> last =
        steps.repeat(
            all -> List.of(Bits.and(all.get(1), Compare.lt(all.getFirst(), to))),
            all -> step(operands, Now.of(all, 2, 0)),
            new Now(from.counters.subList(0, 2), from.state, List.of()).all());
    Now now = Now.of(last, 2, 0);
    List<Array> counters = join(now.counters, from.counters.subList(2, 4));
    return new Now(counters, now.state, from.kept);
  }

  @Override
  public List<Array> reverse(List<Array> operands, List<Array> tape, List<Array> cotangents) {
    int kept = tape.size() - 2;
    List<Array> counters = List.of(tape.get(0), tape.get(1));
    List<Array> rows = tape.subList(2, tape.size());
    List<Array> last =
        steps.repeat(
            all -> List.of(Compare.gt(all.getFirst(), count(0))),
            all -> back(operands, cotangents, Now.of(all, 2, kept)).all(),
            new Now(counters, steps.end(operands, cotangents), rows).all());
    return steps.cotangents(Now.of(last, 2, kept).state);
  }

  /**
   * The last step before the first counter backwards, from the kept state whose number is the
   * second counter.
   */
  private Now back(List<Array> operands, List<Array> cotangents, Now now) {
    Array end = now.counter(0);
    List<Array> top = Rows.get(now.kept, now.counter(1)); // its step, then what it carried
    List<Array> from = List.of(top.getFirst(), now.counter(1));
    Descent again = (i, to, carry) -> advance(operands, i, to, carry);
    Now last = descend(new Now(from, top.subList(1, top.size()), now.kept), end, again);
    Array i = plus(end, -1);
    List<Array> carry = advance(operands, last.counter(0), i, last.state);
    List<Array> state = steps.pull(operands, i, carry, cotangents, now.state);
    Array done = Bits.and(Compare.eq(i, last.counter(0)), Compare.gt(i, count(0)));
    Array number = Compare.select(done, plus(last.counter(1), -1), last.counter(1));
    return new Now(List.of(i, number), state, last.kept);
  }
}
