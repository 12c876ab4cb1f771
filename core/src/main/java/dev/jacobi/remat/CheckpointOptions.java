package dev.jacobi.remat;

import dev.jacobi.trace.NullArgumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code checkpoint} keeps, and whether a compiler may look through it.
 *
 * @param policy which results are kept; none keeps the arguments only
 * @param preventCse whether the compiler is kept from merging the repeated computation with the
 *     first one, which would give up what was won; not needed inside of loops
 * @param perArgument the same for each argument by itself; empty means that all are alike
 */
public record CheckpointOptions(
    Optional<CheckpointPolicy> policy, boolean preventCse, List<Boolean> perArgument) {
  public static final CheckpointOptions DEFAULT =
      new CheckpointOptions(Optional.empty(), true, List.of());

  public CheckpointOptions {
    perArgument = List.copyOf(perArgument);
  }

  public CheckpointOptions withPolicy(CheckpointPolicy other) {
    NullArgumentException.require(other, "checkpoint", "the policy");
    return new CheckpointOptions(Optional.of(other), preventCse, perArgument);
  }

  public CheckpointOptions withPreventCse(boolean prevent) {
    return new CheckpointOptions(policy, prevent, List.of());
  }

  /** One value per argument of the function. */
  public CheckpointOptions withPreventCse(boolean first, boolean second, boolean... others) {
    List<Boolean> all = new ArrayList<>(List.of(first, second));
    for (boolean other : others) {
      all.add(other);
    }
    return new CheckpointOptions(policy, preventCse, all);
  }
}
