package dev.jacobi.tape;

import static dev.jacobi.tape.Rows.count;
import static dev.jacobi.tape.Rows.plus;

import dev.jacobi.Array;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import java.util.List;

/**
 * Where to keep what a loop carries, if its way back may keep {@code c} states at a time: Griewank
 * and Walther, "Algorithm 799: revolve", 2000. With {@code c} states and no step repeated more than
 * {@code r} times, {@code C(c + r, c)} steps can be reversed.
 */
public final class Binomial {
  private Binomial() {}

  /**
   * The fewest steps forward that reverse {@code steps} steps, of which the first state is kept.
   * The steps back compute their own values once more.
   *
   * @param states how many may be kept, with the first
   */
  public static long repeated(long steps, long states) {
    long r = 0;
    long reach = 1; // C(states + r, states)
    long before = 0; // C(states + r, states + 1)
    while (reach < steps) {
      before += reach;
      r++;
      reach = Math.multiplyExact(reach, states + r) / r;
    }
    return Math.multiplyExact(r, steps) - before;
  }

  /**
   * How far to go before the next state is kept, so that the sum of all steps is the least.
   *
   * @param steps at least 2
   * @param states at least 2
   */
  static Array distance(Steps loops, Array steps, Array states) {
    List<Array> found =
        loops.repeat(
            s -> List.of(Compare.lt(s.get(1), steps)),
            s -> {
              Array r = plus(s.get(0), 1);
              Array reach = Arithmetic.mul(s.get(1), Arithmetic.add(states, r));
              return List.of(r, Arithmetic.div(reach, r));
            },
            List.of(count(0), count(1)));
    Array r = found.get(0);
    Array sum = Arithmetic.add(states, r);
    Array left = Arithmetic.div(Arithmetic.mul(found.get(1), r), sum); // C(c + r - 1, c)
    Array right =
        Arithmetic.div(Arithmetic.mul(left, states), plus(sum, -1)); // C(c + r - 2, c - 1)
    return Arithmetic.min(left, Arithmetic.sub(steps, right));
  }
}
