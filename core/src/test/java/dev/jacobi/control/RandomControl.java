package dev.jacobi.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Random programs of branches and loops in each other, over three numbers between -1 and 1. */
final class RandomControl {
  static final int NUMBERS = 3;

  /** Variables beyond the numbers are what the loops around count, outermost first. */
  sealed interface Term {}

  record Variable(int place) implements Term {}

  record Constant(double value) implements Term {}

  record Sine(Term x) implements Term {}

  record Tanh(Term x) implements Term {}

  record Sum(Term x, Term y) implements Term {}

  record Difference(Term x, Term y) implements Term {}

  record Product(Term x, Term y) implements Term {}

  sealed interface Statement {}

  record Assign(int place, Term value) implements Statement {}

  record Sequence(List<Statement> parts) implements Statement {}

  /** A {@code cond}: yes where the test is positive. */
  record If(Term test, Statement yes, Statement no) implements Statement {}

  /** A {@code switch} by the test, from -1 to 1, in equal parts. */
  record Choose(Term test, List<Statement> branches) implements Statement {}

  /** A {@code foriLoop} of known length. */
  record Repeat(int times, Statement body) implements Statement {}

  /** A {@code foriLoop} to a bound that depends on data. */
  record RepeatUpTo(Term count, int most, Statement body) implements Statement {}

  /** A {@code whileLoop} while the test is above -1/2, of so many steps at most. */
  record While(Term test, int most, Statement body) implements Statement {}

  /** A {@code scan}: the first number of each step is collected, their sum goes to the second. */
  record Scan(List<Double> xs, boolean reverse, int unroll, Statement body) implements Statement {}

  /** A {@code vmap}, or {@code map}: the mean of all first numbers becomes the first number. */
  record Lanes(List<Double> xs, boolean loop, Statement body) implements Statement {}

  record Jitted(Statement body) implements Statement {}

  record Checkpointed(Statement body) implements Statement {}

  private final Random random;
  private int counters;

  private RandomControl(long seed) {
    random = new Random(seed);
  }

  /** The program of a seed: the same always, with control flow so many levels deep. */
  static Statement program(long seed, int depth) {
    var control = new RandomControl(seed);
    return new Sequence(List.of(control.assign(), control.control(depth), control.assign()));
  }

  private Statement body(int depth) {
    if (depth == 0) {
      return new Sequence(List.of(assign(), assign()));
    }
    List<Statement> parts = new ArrayList<>(List.of(assign(), control(depth)));
    if (random.nextBoolean()) {
      parts.add(assign());
    }
    if (random.nextInt(4) == 0) {
      parts.add(control(1));
    }
    return new Sequence(parts);
  }

  private Statement control(int depth) {
    return switch (random.nextInt(10)) {
      case 0 -> new If(term(2), body(depth - 1), body(0));
      case 1 -> new Choose(bounded(), branches(depth));
      case 2 -> new Repeat(1 + random.nextInt(4), counting(depth));
      case 3 -> new RepeatUpTo(bounded(), 5, counting(depth));
      case 4, 5 -> new While(term(1), 1 + random.nextInt(5), body(depth - 1));
      case 6 -> scan(depth);
      case 7 -> new Lanes(values(), random.nextBoolean(), counting(depth));
      case 8 -> new Jitted(body(depth - 1));
      default -> new Checkpointed(body(depth - 1));
    };
  }

  private List<Statement> branches(int depth) {
    return IntStream.range(0, 3).mapToObj(i -> body(i == 0 ? depth - 1 : 0)).toList();
  }

  private Statement scan(int depth) {
    return new Scan(values(), random.nextBoolean(), 1 + random.nextInt(2), counting(depth));
  }

  /** The body of a loop whose counter, or element, is one more variable. */
  private Statement counting(int depth) {
    counters++;
    Statement body = body(depth - 1);
    counters--;
    return body;
  }

  private List<Double> values() {
    return DoubleStream.generate(() -> random.nextDouble(-1, 1))
        .limit(random.nextInt(5))
        .boxed()
        .toList();
  }

  private Statement assign() {
    return new Assign(random.nextInt(NUMBERS), bounded());
  }

  private Term bounded() {
    return random.nextBoolean() ? new Sine(term(2)) : new Tanh(term(2));
  }

  private Term term(int depth) {
    if (depth == 0) {
      return random.nextInt(4) == 0
          ? new Constant(random.nextDouble(-1, 1))
          : new Variable(random.nextInt(NUMBERS + counters));
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Sine(term(depth - 1));
      case 1 -> new Sum(term(depth - 1), term(depth - 1));
      case 2 -> new Difference(term(depth - 1), term(depth - 1));
      case 3, 4 -> new Product(term(depth - 1), term(depth - 1));
      default -> term(depth - 1);
    };
  }
}
