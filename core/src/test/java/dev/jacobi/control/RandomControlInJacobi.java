package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.control.RandomControl.Statement;
import dev.jacobi.control.RandomControl.Term;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Jnp;
import java.util.ArrayList;
import java.util.List;

/** The same programs with Jacobi's branches and loops; what loops count is captured. */
record RandomControlInJacobi(List<Array> counters) {
  /** A carry that is a tree. */
  private record Steps(Array taken, List<Array> numbers) {}

  /** All three numbers after the program, as functions of them before. */
  static Array run(Statement program, Array x) {
    return Jnp.stack(
        new RandomControlInJacobi(List.of()).run(program, List.of(x.get(0), x.get(1), x.get(2))));
  }

  private List<Array> run(Statement program, List<Array> numbers) {
    return switch (program) {
      case RandomControl.Assign(int place, Term value) ->
          with(numbers, place, eval(value, numbers));
      case RandomControl.Sequence(var parts) -> {
        List<Array> now = numbers;
        for (Statement part : parts) {
          now = run(part, now);
        }
        yield now;
      }
      case RandomControl.If(Term test, var yes, var no) ->
          Lax.cond(eval(test, numbers).gt(0), does(yes), does(no), numbers);
      case RandomControl.Choose(Term test, var branches) ->
          Lax.switchCase(
              part(eval(test, numbers).plus(1).times(0.5), branches.size()),
              branches.stream().map(this::does).toList(),
              numbers);
      case RandomControl.Repeat(int times, var body) ->
          Lax.foriLoop(0, times, (i, now) -> repeated(i, body, now), numbers);
      case RandomControl.RepeatUpTo(Term count, int most, var body) ->
          Lax.foriLoop(
              Jnp.scalar(0),
              part(Jnp.abs(eval(count, numbers)), most),
              (i, now) -> repeated(i, body, now),
              numbers);
      case RandomControl.While(Term test, int most, var body) ->
          Lax.whileLoop(
                  s -> Jnp.logicalAnd(s.taken.lt(most), eval(test, s.numbers).gt(-0.5)),
                  s -> new Steps(s.taken.plus(1), run(body, s.numbers)),
                  new Steps(Jnp.scalar(0), numbers))
              .numbers;
      case RandomControl.Scan scan -> scan(scan, numbers);
      case RandomControl.Lanes lanes -> lanes(lanes, numbers);
      case RandomControl.Jitted(var body) -> Jacobi.jit(does(body)).apply(numbers);
      case RandomControl.Checkpointed(var body) -> Jacobi.checkpoint(does(body)).apply(numbers);
    };
  }

  private Fn1<List<Array>, List<Array>> does(Statement body) {
    return now -> run(body, now);
  }

  private List<Array> repeated(Array i, Statement body, List<Array> now) {
    return counting(i.astype(DType.F64).times(0.25)).run(body, now);
  }

  private RandomControlInJacobi counting(Array counter) {
    List<Array> more = new ArrayList<>(counters);
    more.add(counter);
    return new RandomControlInJacobi(List.copyOf(more));
  }

  private List<Array> scan(RandomControl.Scan scan, List<Array> numbers) {
    var options = ScanOptions.DEFAULT.withUnroll(scan.unroll());
    var out =
        Lax.scan(
            (List<Array> now, Array x) -> {
              List<Array> next = counting(x).run(scan.body(), now);
              return new Step<>(next, next.getFirst());
            },
            numbers,
            array(scan.xs()),
            scan.reverse() ? options.reversed() : options);
    List<Array> after = out.carry();
    return with(after, 1, Jnp.sin(after.get(1).plus(Jnp.sum(out.ys()))));
  }

  private List<Array> lanes(RandomControl.Lanes lanes, List<Array> numbers) {
    Fn1<Array, Array> one = x -> counting(x).run(lanes.body(), numbers).getFirst();
    Array xs = array(lanes.xs());
    Array firsts = lanes.loop() ? Lax.map(one, xs) : Jacobi.vmap(one).apply(xs);
    return with(numbers, 0, Jnp.sum(firsts).times(0.25));
  }

  private static Array part(Array x, int parts) {
    return Jnp.floor(x.times(parts)).astype(DType.I32);
  }

  private static Array array(List<Double> xs) {
    return Jnp.array(xs.stream().mapToDouble(x -> x).toArray());
  }

  private static List<Array> with(List<Array> numbers, int place, Array value) {
    List<Array> changed = new ArrayList<>(numbers);
    changed.set(place, value);
    return List.copyOf(changed);
  }

  private Array eval(Term term, List<Array> numbers) {
    return switch (term) {
      case RandomControl.Variable(int place) when place < RandomControl.NUMBERS ->
          numbers.get(place);
      case RandomControl.Variable(int place) -> counters.get(place - RandomControl.NUMBERS);
      case RandomControl.Constant(double value) -> Jnp.scalar(value);
      case RandomControl.Sine(Term x) -> Jnp.sin(eval(x, numbers));
      case RandomControl.Tanh(Term x) -> Jnp.tanh(eval(x, numbers));
      case RandomControl.Sum(Term x, Term y) -> eval(x, numbers).plus(eval(y, numbers));
      case RandomControl.Difference(Term x, Term y) -> eval(x, numbers).minus(eval(y, numbers));
      case RandomControl.Product(Term x, Term y) -> eval(x, numbers).times(eval(y, numbers));
    };
  }
}
