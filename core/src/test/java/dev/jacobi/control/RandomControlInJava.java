package dev.jacobi.control;

import dev.jacobi.control.RandomControl.Statement;
import dev.jacobi.control.RandomControl.Term;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs random programs as Java's own branches and loops, with derivatives carried along. */
final class RandomControlInJava {
  private List<HyperDual> numbers;
  private final List<HyperDual> counters;

  RandomControlInJava(List<HyperDual> numbers, List<HyperDual> counters) {
    this.numbers = new ArrayList<>(numbers);
    this.counters = new ArrayList<>(counters);
  }

  List<HyperDual> run(Statement program) {
    switch (program) {
      case RandomControl.Assign(int place, Term value) -> numbers.set(place, eval(value));
      case RandomControl.Sequence(var parts) -> parts.forEach(this::run);
      case RandomControl.If(Term test, var yes, var no) -> run(eval(test).value() > 0 ? yes : no);
      case RandomControl.Choose(Term test, var branches) -> {
        int index = (int) Math.floor((eval(test).value() + 1) / 2 * branches.size());
        run(branches.get(Math.clamp(index, 0, branches.size() - 1)));
      }
      case RandomControl.Repeat(int times, var body) -> repeat(times, body);
      case RandomControl.RepeatUpTo(Term count, int most, var body) ->
          repeat((int) Math.floor(Math.abs(eval(count).value()) * most), body);
      case RandomControl.While(Term test, int most, var body) -> {
        for (int step = 0; step < most && eval(test).value() > -0.5; step++) {
          run(body);
        }
      }
      case RandomControl.Scan scan -> scan(scan);
      case RandomControl.Lanes(var xs, _, var body) -> lanes(xs, body);
      case RandomControl.Jitted(var body) -> run(body);
      case RandomControl.Checkpointed(var body) -> run(body);
    }
    return numbers;
  }

  private void repeat(int times, Statement body) {
    for (int i = 0; i < times; i++) {
      counted(HyperDual.of(0.25 * i), body);
    }
  }

  private void counted(HyperDual counter, Statement body) {
    counters.add(counter);
    run(body);
    counters.removeLast();
  }

  private void scan(RandomControl.Scan scan) {
    List<Double> xs = new ArrayList<>(scan.xs());
    if (scan.reverse()) {
      Collections.reverse(xs);
    }
    var sum = HyperDual.of(0);
    for (double x : xs) {
      counted(HyperDual.of(x), scan.body());
      sum = sum.plus(numbers.getFirst());
    }
    numbers.set(1, numbers.get(1).plus(sum).sin());
  }

  private void lanes(List<Double> xs, Statement body) {
    var before = numbers;
    var sum = HyperDual.of(0);
    for (double x : xs) {
      numbers = new ArrayList<>(before);
      counted(HyperDual.of(x), body);
      sum = sum.plus(numbers.getFirst());
    }
    numbers = before;
    numbers.set(0, sum.times(HyperDual.of(0.25)));
  }

  private HyperDual eval(Term term) {
    return switch (term) {
      case RandomControl.Variable(int place) when place < RandomControl.NUMBERS ->
          numbers.get(place);
      case RandomControl.Variable(int place) -> counters.get(place - RandomControl.NUMBERS);
      case RandomControl.Constant(double value) -> HyperDual.of(value);
      case RandomControl.Sine(Term x) -> eval(x).sin();
      case RandomControl.Tanh(Term x) -> eval(x).tanh();
      case RandomControl.Sum(Term x, Term y) -> eval(x).plus(eval(y));
      case RandomControl.Difference(Term x, Term y) -> eval(x).minus(eval(y));
      case RandomControl.Product(Term x, Term y) -> eval(x).times(eval(y));
    };
  }
}
