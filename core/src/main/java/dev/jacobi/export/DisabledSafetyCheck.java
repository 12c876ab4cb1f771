package dev.jacobi.export;

import java.util.Optional;

/**
 * A check that is left out.
 *
 * @param customCall the target that may be called although its stability is not guaranteed; empty
 *     for the check that the platform is one of those exported for
 */
public record DisabledSafetyCheck(Optional<String> customCall) {
  /** Lets the function run on another platform than it was exported for. */
  public static DisabledSafetyCheck platform() {
    return new DisabledSafetyCheck(Optional.empty());
  }

  /** Lets a call of a target be written that is not known to be stable. */
  public static DisabledSafetyCheck customCall(String target) {
    return new DisabledSafetyCheck(Optional.of(target));
  }

  /** JAX's text. */
  @Override
  public String toString() {
    return customCall.map(target -> "custom_call:" + target).orElse("platform");
  }
}
