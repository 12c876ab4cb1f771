package dev.jacobi.lax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every public name of {@code jax.lax} is in {@link Lax}, elsewhere, or listed with a reason. */
class LaxNamesTest {
  private static final String TABLE = "names.tsv";

  @Test
  void everyNameOfJaxIsThereOrHasAReason() {
    List<String> missing = new ArrayList<>();
    names()
        .forEach(
            (name, note) -> {
              if (!isThere(name) && !isType(note) && !note.contains(": ")) {
                missing.add(name);
              }
            });
    assertThat(missing).as("neither in Lax nor listed with a reason in " + TABLE).isEmpty();
  }

  @Test
  void typesUnderOtherNamesExist() {
    List<String> gone = new ArrayList<>();
    names().values().stream()
        .filter(note -> note.startsWith("dev.jacobi.") && !isType(note))
        .forEach(gone::add);
    assertThat(gone).as("types named in " + TABLE).isEmpty();
  }

  @Test
  void everyMethodOfLaxIsANameOfJax() {
    Set<String> known = names().keySet().stream().map(LaxNamesTest::camelCase).collect(toSet());
    Set<String> others = new TreeSet<>(methods());
    others.removeAll(known);
    assertThat(others).as("methods of Lax that jax.lax does not have").isEmpty();
  }

  @Test
  void functionsOfOneArrayHaveOneMethod() {
    Map<String, Long> unary =
        Arrays.stream(Lax.class.getMethods())
            .filter(m -> Modifier.isStatic(m.getModifiers()) && m.getParameterCount() == 1)
            .collect(Collectors.groupingBy(Method::getName, Collectors.counting()));
    Set<String> overloaded =
        Arrays.stream(Lax.class.getMethods())
            .filter(m -> Modifier.isStatic(m.getModifiers()) && m.getParameterCount() != 1)
            .map(Method::getName)
            .filter(unary::containsKey)
            .collect(toSet());
    assertThat(overloaded).as("Lax::name does not resolve").isEmpty();
  }

  private static java.util.stream.Collector<String, ?, Set<String>> toSet() {
    return Collectors.toCollection(TreeSet::new);
  }

  private static boolean isThere(String name) {
    return methods().contains(camelCase(name)) || isType("dev.jacobi.lax." + name);
  }

  private static boolean isType(String name) {
    try {
      Class.forName(name, false, LaxNamesTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static Set<String> methods() {
    return Arrays.stream(Lax.class.getMethods())
        .filter(m -> Modifier.isStatic(m.getModifiers()))
        .map(Method::getName)
        .collect(toSet());
  }

  /** Java's name; {@code switch} is a word of the language. */
  private static String camelCase(String name) {
    if (name.equals("switch")) {
      return "switchCase";
    }
    StringBuilder camel = new StringBuilder();
    for (String part : name.split("_", -1)) {
      camel.append(
          camel.isEmpty() || part.isEmpty()
              ? part
              : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return camel.toString();
  }

  private static Map<String, String> names() {
    try (InputStream in = LaxNamesTest.class.getResourceAsStream(TABLE)) {
      Map<String, String> names = new LinkedHashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(fields -> names.put(fields[0], fields[1]));
      assertThat(names).hasSizeGreaterThan(200);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
