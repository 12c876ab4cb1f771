package dev.jacobi.remat;

import dev.jacobi.hlo.Axes;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.NullArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The policies of {@code jax.checkpoint_policies}. */
public final class CheckpointPolicies {
  private CheckpointPolicies() {}

  /** Policies without parameters. */
  private enum Plain implements CheckpointPolicy {
    EVERYTHING_SAVEABLE("everything_saveable"),
    NOTHING_SAVEABLE("nothing_saveable"),
    ANYTHING_EXCEPT("save_anything_except_these_names");

    private final String text;

    Plain(String text) {
      this.text = text;
    }

    @Override
    public boolean saves(Primitive primitive, List<Aval> operands) {
      return this != NOTHING_SAVEABLE;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Products. */
  private record DotsSaveable(boolean onlyIfNoBatchDims) implements CheckpointPolicy {
    @Override
    public boolean saves(Primitive primitive, List<Aval> operands) {
      return switch (primitive.name()) {
        case "dot_general" -> !onlyIfNoBatchDims || !hasBatchDims(primitive);
        case "conv_general_dilated" -> !onlyIfNoBatchDims;
        case "scaled_matmul_wrapper" -> !onlyIfNoBatchDims || operands.getFirst().dim(0) == 1;
        default -> false;
      };
    }

    @Override
    public String toString() {
      return "DotsSaveable(only_if_no_batch_dims=" + (onlyIfNoBatchDims ? "True" : "False") + ")";
    }
  }

  /** Values with names, as {@code checkpointName} gives them. */
  private record NamesSaveable(String title, Set<String> names, boolean listed)
      implements CheckpointPolicy {
    NamesSaveable {
      names = Set.copyOf(names);
    }

    @Override
    public boolean saves(Primitive primitive, List<Aval> operands) {
      return primitive instanceof CheckpointName n && names.contains(n.label()) == listed;
    }

    @Override
    public String toString() {
      String all =
          new TreeSet<>(names).stream().map(n -> "'" + n + "'").collect(Collectors.joining(", "));
      return title + "=frozenset(" + (all.isEmpty() ? "" : "{" + all + "}") + "))";
    }
  }

  private record Both(CheckpointPolicy one, CheckpointPolicy other) implements CheckpointPolicy {
    @Override
    public boolean saves(Primitive primitive, List<Aval> operands) {
      return one.saves(primitive, operands) || other.saves(primitive, operands);
    }

    @Override
    public String toString() {
      return "save_from_both_policies(" + one + ", " + other + ")";
    }
  }

  /** What would be moved to a memory that no backend has. */
  private record Offloading(String title, CheckpointPolicy kept, CheckpointPolicy moved, String to)
      implements CheckpointPolicy {
    @Override
    public boolean saves(Primitive primitive, List<Aval> operands) {
      if (moved.saves(primitive, operands)) {
        throw new OffloadException(title, primitive.name(), to);
      }
      return kept.saves(primitive, operands);
    }

    @Override
    public String toString() {
      return title;
    }
  }

  private static boolean hasBatchDims(Primitive dot) {
    Object dims = dot.params().get("dimension_numbers");
    return !(dims instanceof List<?> all
        && all.get(1) instanceof List<?> batch
        && batch.stream().allMatch(side -> side instanceof Axes axes && axes.isEmpty()));
  }

  /** Keeps what is needed, as without {@code checkpoint}. */
  public static CheckpointPolicy everythingSaveable() {
    return Plain.EVERYTHING_SAVEABLE;
  }

  /** Keeps the arguments only: what {@code checkpoint} does without a policy. */
  public static CheckpointPolicy nothingSaveable() {
    return Plain.NOTHING_SAVEABLE;
  }

  /** Keeps results of products and convolutions; JAX's other name is {@code checkpoint_dots}. */
  public static CheckpointPolicy dotsSaveable() {
    return new DotsSaveable(false);
  }

  /** Keeps results of products without batch dimensions: those with parameters, as a rule. */
  public static CheckpointPolicy dotsWithNoBatchDimsSaveable() {
    return new DotsSaveable(true);
  }

  /** Keeps values of these names, and nothing else. */
  public static CheckpointPolicy saveOnlyTheseNames(String... names) {
    return new NamesSaveable("SaveOnlyTheseNames(saveable_names", set(names), true);
  }

  /** Keeps values of any other names, and nothing without a name. */
  public static CheckpointPolicy saveAnyNamesButThese(String... names) {
    return new NamesSaveable("SaveAnyNamesButThese(names", set(names), false);
  }

  /**
   * Keeps everything: in JAX 0.10.2 the value before a name is kept where the name is not, and so
   * this policy has no effect there or here.
   */
  public static CheckpointPolicy saveAnythingExceptTheseNames(String... names) {
    return Plain.ANYTHING_EXCEPT;
  }

  /** Keeps what either policy keeps. */
  public static CheckpointPolicy saveFromBothPolicies(
      CheckpointPolicy one, CheckpointPolicy other) {
    return new Both(one, other);
  }

  /**
   * Would keep products without batch dimensions in another memory.
   *
   * @throws OffloadException where such a product is to be kept: backends here have one memory
   */
  public static CheckpointPolicy offloadDotWithNoBatchDims(String offloadSrc, String offloadDst) {
    return new Offloading(
        "offload_dot_with_no_batch_dims(" + offloadSrc + ", " + offloadDst + ")",
        Plain.NOTHING_SAVEABLE,
        (p, operands) -> p.name().equals("dot_general") && !hasBatchDims(p),
        offloadDst);
  }

  /**
   * Keeps values of some names, and would keep others in another memory.
   *
   * @throws IllegalArgumentException if a name is in both lists
   * @throws OffloadException where one of the latter is to be kept: backends here have one memory
   */
  public static CheckpointPolicy saveAndOffloadOnlyTheseNames(
      List<String> saved, List<String> offloaded, String offloadSrc, String offloadDst) {
    Set<String> both = new TreeSet<>(saved);
    both.retainAll(offloaded);
    if (!both.isEmpty()) {
      throw new CheckpointException(
          "saveAndOffloadOnlyTheseNames: a value is either kept or moved, but in both lists is "
              + String.join(", ", both));
    }
    return new Offloading(
        "save_and_offload_only_these_names(" + offloadSrc + ", " + offloadDst + ")",
        saveOnlyTheseNames(saved.toArray(new String[0])),
        saveOnlyTheseNames(offloaded.toArray(new String[0])),
        offloadDst);
  }

  private static Set<String> set(String... names) {
    NullArgumentException.require(names, "checkpoint", "the list of names");
    for (String name : names) {
      NullArgumentException.require(name, "checkpoint", "a name");
    }
    return new TreeSet<>(Arrays.asList(names));
  }
}
