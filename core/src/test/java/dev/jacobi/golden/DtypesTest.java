package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Primitives;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every primitive takes the element types that it takes in JAX. */
class DtypesTest {
  /** Where we take other types than JAX, on purpose: primitive and type, and why. */
  private static final Map<String, String> DELIBERATE =
      Map.of(
          "conj f16", "the conjugate of a real array is that array",
          "conj bf16", "the conjugate of a real array is that array");

  @TestFactory
  Stream<DynamicTest> primitives() {
    Map<String, Primitive> ours = new LinkedHashMap<>();
    Primitives.all().forEach(p -> ours.putIfAbsent(p.name(), p));
    Map<String, List<GoldenFile.Line>> byName = new LinkedHashMap<>();
    for (var line : GoldenFile.lines("values/dtypes.tsv")) {
      byName.computeIfAbsent(line.tag(), n -> new ArrayList<>()).add(line);
    }
    return byName.entrySet().stream()
        .filter(e -> ours.containsKey(e.getKey()))
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(), () -> check(ours.get(e.getKey()), e.getValue())));
  }

  private static void check(Primitive primitive, List<GoldenFile.Line> lines) {
    List<String> wrong = new ArrayList<>();
    for (var line : lines) {
      DType dtype = DType.valueOf(line.field(0).toUpperCase(Locale.ROOT));
      String name = primitive.name() + " " + line.field(0);
      boolean jax = line.field(1).equals("yes");
      boolean ours = accepts(primitive, dtype);
      if (jax == ours == DELIBERATE.containsKey(name)) {
        wrong.add(name + ": JAX " + line.field(1) + ", ours " + (ours ? "yes" : "no"));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static final Set<String> BINARY =
      Set.of(
          "add",
          "sub",
          "mul",
          "div",
          "rem",
          "max",
          "min",
          "pow",
          "atan2",
          "nextafter",
          "complex",
          "and",
          "or",
          "xor",
          "shift_left",
          "shift_right_logical",
          "shift_right_arithmetic",
          "eq",
          "ne",
          "lt",
          "le",
          "gt",
          "ge",
          "add_any");

  private static boolean accepts(Primitive primitive, DType dtype) {
    int arity = primitive.name().equals("clamp") ? 3 : BINARY.contains(primitive.name()) ? 2 : 1;
    try {
      primitive.abstractEval(Collections.nCopies(arity, Aval.of(dtype, 2)));
      return true;
    } catch (LaxTypeException e) {
      return false;
    }
  }
}
