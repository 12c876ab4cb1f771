package dev.jacobi.lax;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ConvOp.ConvDims;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which dimension is which in a convolution, as JAX's {@code ConvDimensionNumbers}.
 *
 * @param lhsSpec the input's dimensions: batch, feature, then the spatial ones
 * @param rhsSpec the kernel's dimensions: output feature, input feature, then the spatial ones
 * @param outSpec the result's dimensions: batch, feature, then the spatial ones
 */
public record ConvDimensionNumbers(Axes lhsSpec, Axes rhsSpec, Axes outSpec) {
  /** Batch and features first everywhere: {@code NCHW}, {@code OIHW}, {@code NCHW}. */
  public static ConvDimensionNumbers plain(int rank) {
    Axes all = Axes.range(rank);
    return new ConvDimensionNumbers(all, all, all);
  }

  /**
   * Names every dimension by a character, such as {@code ("NHWC", "HWIO", "NHWC")}: N batch, C
   * feature, I input and O output feature of the kernel, any others for the spatial dimensions,
   * which count in the kernel's order.
   *
   * @throws LaxTypeException if a name lacks one of those, repeats one, or names other spatial ones
   */
  public static ConvDimensionNumbers of(String lhs, String rhs, String out) {
    List<String> names = List.of(lhs, rhs, out);
    String[] pairs = {"NC", "OI", "NC"};
    for (int i = 0; i < 3; i++) {
      String name = names.get(i);
      boolean unique = name.chars().distinct().count() == name.length();
      if (!unique || name.indexOf(pairs[i].charAt(0)) < 0 || name.indexOf(pairs[i].charAt(1)) < 0) {
        throw wrong(
            "dimension_numbers["
                + i
                + "] must contain '"
                + pairs[i].charAt(0)
                + "' and '"
                + pairs[i].charAt(1)
                + "' exactly once and repeat nothing, got "
                + name);
      }
    }
    Set<Integer> spatial = spatial(rhs, "OI");
    if (!spatial(lhs, "NC").equals(spatial) || !spatial(out, "NC").equals(spatial)) {
      throw wrong("dimension_numbers must name the same spatial dimensions, got " + names);
    }
    return new ConvDimensionNumbers(
        places(lhs, "NC", rhs), places(rhs, "OI", rhs), places(out, "NC", rhs));
  }

  private static LaxTypeException wrong(String message) {
    return new LaxTypeException("conv_general_dilated", message);
  }

  private static Set<Integer> spatial(String name, String others) {
    return name.chars().filter(c -> others.indexOf(c) < 0).boxed().collect(Collectors.toSet());
  }

  private static Axes places(String name, String pair, String order) {
    List<Integer> places = new ArrayList<>();
    IntStream.range(0, name.length())
        .filter(i -> pair.indexOf(name.charAt(i)) < 0)
        .boxed()
        .sorted(Comparator.comparingInt(i -> order.indexOf(name.charAt(i))))
        .forEach(places::add);
    places.addFirst(name.indexOf(pair.charAt(1)));
    places.addFirst(name.indexOf(pair.charAt(0)));
    return Axes.of(places.stream().mapToInt(i -> i).toArray());
  }

  /** The spatial dimensions of one of the three. */
  static Axes spatial(Axes spec) {
    return Axes.of(spec.stream().skip(2).toArray());
  }

  /** The two kinds of features, or batch and feature, exchanged. */
  static Axes swapped(Axes spec) {
    return Axes.of(spec.get(1), spec.get(0)).plus(spatial(spec));
  }

  ConvDims hlo() {
    return new ConvDims(
        lhsSpec.get(0),
        lhsSpec.get(1),
        spatial(lhsSpec),
        rhsSpec.get(1),
        rhsSpec.get(0),
        spatial(rhsSpec),
        outSpec.get(0),
        outSpec.get(1),
        spatial(outSpec));
  }

  /** As jaxprs print it. */
  @Override
  public String toString() {
    return "ConvDimensionNumbers(lhs_spec="
        + lhsSpec
        + ", rhs_spec="
        + rhsSpec
        + ", out_spec="
        + outSpec
        + ")";
  }
}
