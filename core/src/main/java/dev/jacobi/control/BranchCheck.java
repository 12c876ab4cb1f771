package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.debug.CheckSite;
import dev.jacobi.debug.Checks;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Scalars;
import dev.jacobi.trace.UserCode;
import java.util.List;

/** That the number of a branch is one of {@code count}, checked while the program runs. */
record BranchCheck(int count, Loc loc) implements CheckSite {
  static void require(Array index, int count) {
    Array below = Compare.lt(index, Scalars.like(index, count));
    Array inside = Bits.and(Compare.ge(index, Scalars.like(index, 0)), below);
    Checks.require(new BranchCheck(count, UserCode.loc()), inside, List.of(index));
  }

  @Override
  public String title() {
    return "there is a branch of that number";
  }

  @Override
  public boolean showsCondition() {
    return false;
  }

  @Override
  public boolean fails(List<Literal> values) {
    long i = values.getFirst().getLong(0);
    return i < 0 || i >= count;
  }

  @Override
  public RuntimeException failure(List<Literal> condition, List<Literal> values, String lane) {
    return new BranchException(
        "switch at "
            + loc
            + lane
            + " has no branch "
            + values.getFirst().getLong(0)
            + ": it has "
            + count
            + ", from 0. With Mode.CLIP the first or the last one is taken, as in JAX.");
  }
}
