package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.emit.Evaluator.Scope;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Combiner;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.cpu.loop.Node;
import dev.jacobi.hlo.Fn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * Reduces a row in the tree that {@link Nest.Loops.Rows} states: 32 running values whatever the
 * width of vectors, so that every machine, thread count and fusion gives the same bits. Where the
 * order does not matter to the bits there may be more; combiners that do not commute take the
 * elements one after the other.
 */
final class RowReducer {
  /** Vectors of running values that hide the latency of combining. */
  private static final int CHAINS = 4;

  private final FnEmitter f;
  private final Nest nest;
  private final Evaluator eval;
  private final int lanes;
  private final List<Integer> reductions;
  private final int width; // running values of the tree
  private final int parts; // vectors that hold them

  RowReducer(FnEmitter f, Nest nest, Evaluator eval, int lanes, List<Integer> reductions) {
    this.f = f;
    this.nest = nest;
    this.eval = eval;
    this.lanes = lanes;
    this.reductions = reductions;
    long n = ((Nest.Loops.Rows) nest.loops()).inner();
    boolean free = IntStream.range(0, reductions.size()).allMatch(r -> isFree(combiner(r)));
    int tree = free ? Math.max(Schedule.TREE, CHAINS * lanes) : Schedule.TREE;
    this.width = nest.reductionsCommute() ? (int) Math.min(tree, Long.highestOneBit(n)) : 1;
    this.parts = width / Math.max(1, lanes);
  }

  /** Running values: of every reduction, every part, every result. */
  private record State(List<List<List<Reg>>> values) {
    List<Val> flat() {
      List<Val> all = new ArrayList<>();
      values.forEach(
          r ->
              r.forEach(
                  u ->
                      u.forEach(
                          x -> {
                            all.add(x.re());
                            if (x.im() != null) {
                              all.add(x.im());
                            }
                          })));
      return all;
    }

    State with(List<Val> flat) {
      var next = flat.iterator();
      return new State(
          values.stream()
              .map(
                  r ->
                      r.stream()
                          .map(
                              u ->
                                  u.stream()
                                      .map(
                                          x ->
                                              new Reg(
                                                  x.dtype(),
                                                  next.next(),
                                                  x.im() == null ? null : next.next()))
                                      .toList())
                          .toList())
              .toList());
    }
  }

  /** Whether every order of combining gives the same bits: minimum, maximum, integers, booleans. */
  private static boolean isFree(Combiner c) {
    if (Identities.of(c, 0).isEmpty()
        || !(c.nodes().get(c.results().getFirst()) instanceof Node.Apply a)) {
      return false;
    }
    return !a.dtype().isFloat() || a.fn() == Fn.MAX || a.fn() == Fn.MIN;
  }

  private Combiner combiner(int r) {
    return nest.reductions().get(reductions.get(r)).combiner();
  }

  private List<Reg> inputs(int r, Scope s) {
    return nest.reductions().get(reductions.get(r)).inputs().stream()
        .map(i -> eval.lanes(i, s))
        .toList();
  }

  /** Reduces the row of {@code length} elements and leaves the results in {@code row}. */
  void reduce(Scope row, Val length, RowsEmitter.Body body) {
    boolean known = length.asLong().isPresent();
    Val full =
        known
            ? Val.i64(length.asLong().getAsLong() / width * width)
            : f.and(length, Val.i64(-width));
    State state = identities();
    Val start = Val.i64(0);
    if (state == null) {
      state = first(body);
      start = Val.i64(width);
    }
    State begin = state;
    State end =
        begin.with(
            f.forLoop(
                start,
                full,
                Val.i64(width),
                begin.flat(),
                (i, v) -> block(begin.with(v), i, body, width, null).flat()));
    if (known) {
      int left = (int) (length.asLong().getAsLong() % width);
      if (left > 0) {
        end = block(end, full, body, left, null);
      }
    } else if (width > 1) {
      Val left = f.sub(length, full);
      State whole = end;
      end =
          whole.with(
              f.ifElse(
                  f.cmp(Cmp.SGT, left, Val.i64(0)),
                  () -> block(whole, full, body, width, left).flat(),
                  whole::flat));
    }
    finish(end, row);
  }

  private State identities() {
    List<List<List<Reg>>> all = new ArrayList<>();
    for (int r = 0; r < reductions.size(); r++) {
      var identity = Identities.of(combiner(r), lanes);
      if (identity.isEmpty()) {
        return null;
      }
      all.add(IntStream.range(0, parts).mapToObj(u -> identity.get()).toList());
    }
    return new State(all);
  }

  private State first(RowsEmitter.Body body) {
    List<List<List<Reg>>> all = new ArrayList<>();
    reductions.forEach(r -> all.add(new ArrayList<>()));
    for (int u = 0; u < parts; u++) {
      Scope s = body.apply(Val.i64((long) u * Math.max(1, lanes)), null);
      for (int r = 0; r < reductions.size(); r++) {
        all.get(r).add(inputs(r, s));
      }
    }
    return new State(all);
  }

  /**
   * Takes elements i, i + 1, ... into the running values.
   *
   * @param count how many of them, if that is known
   * @param left how many of them, or null
   */
  private State block(State state, Val i, RowsEmitter.Body body, int count, Val left) {
    List<List<List<Reg>>> all = new ArrayList<>();
    state.values.forEach(r -> all.add(new ArrayList<>(r)));
    int step = Math.max(1, lanes);
    for (int u = 0; u * step < count; u++) {
      int here = Math.min(step, count - u * step);
      Val mask =
          left != null
              ? f.tailMask(lanes, f.smax(f.sub(left, Val.i64((long) u * step)), Val.i64(0)))
              : here < step ? RowsEmitter.mask(lanes, here) : null;
      Scope s = body.apply(f.addNsw(i, Val.i64((long) u * step)), mask);
      for (int r = 0; r < reductions.size(); r++) {
        List<Reg> old = all.get(r).get(u);
        List<Reg> now = eval.combine(combiner(r), old, inputs(r, s));
        all.get(r).set(u, mask == null ? now : selected(mask, now, old));
      }
    }
    return new State(all);
  }

  private List<Reg> selected(Val mask, List<Reg> yes, List<Reg> no) {
    return IntStream.range(0, yes.size())
        .mapToObj(
            k -> {
              Reg a = yes.get(k);
              Reg b = no.get(k);
              return new Reg(
                  a.dtype(),
                  f.select(mask, a.re(), b.re()),
                  a.im() == null ? null : f.select(mask, a.im(), b.im()));
            })
        .toList();
  }

  /** Halves the running values until one is left, and adds the initial value. */
  private void finish(State state, Scope row) {
    for (int r = 0; r < reductions.size(); r++) {
      Combiner c = combiner(r);
      BinaryOperator<List<Reg>> op = (a, b) -> eval.combine(c, a, b);
      List<List<Reg>> left = new ArrayList<>(state.values.get(r));
      while (left.size() > 1) {
        int half = left.size() / 2;
        List<List<Reg>> next = new ArrayList<>();
        for (int u = 0; u < half; u++) {
          next.add(op.apply(left.get(u), left.get(u + half)));
        }
        left = next;
      }
      List<Reg> value = left.getFirst();
      for (int n = lanes; n > 1; n /= 2) {
        int half = n / 2;
        List<Reg> whole = value;
        value =
            op.apply(
                whole.stream().map(x -> x.map(v -> f.slice(v, 0, half))).toList(),
                whole.stream().map(x -> x.map(v -> f.slice(v, half, half))).toList());
      }
      if (lanes > 0) {
        value = value.stream().map(x -> x.map(v -> f.extract(v, 0))).toList();
      }
      List<Integer> inits = nest.reductions().get(reductions.get(r)).inits();
      if (!inits.isEmpty()) {
        value = op.apply(inits.stream().map(i -> eval.value(i, row)).toList(), value);
      }
      put(row, reductions.get(r), value);
    }
  }

  private void put(Scope row, int reduction, List<Reg> value) {
    for (int i = 0; i < nest.nodes().size(); i++) {
      if (nest.nodes().get(i) instanceof Node.Reduction n && n.reduction() == reduction) {
        row.put(i, value.get(n.result()));
      }
    }
  }
}
