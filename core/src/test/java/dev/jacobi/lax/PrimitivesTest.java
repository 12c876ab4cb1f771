package dev.jacobi.lax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.linalg.LinalgPrimitives;
import dev.jacobi.random.RandomPrimitives;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of primitives is complete, and every primitive has samples for the laws. */
class PrimitivesTest {
  private static final List<Class<?>> OWNERS =
      List.of(Primitives.class, LinalgPrimitives.class, RandomPrimitives.class);

  @Test
  void everyPrimitiveClassOfThePackagesIsListed() throws Exception {
    Set<Class<?>> listed = new HashSet<>();
    all().forEach(p -> listed.add(p.getClass()));
    List<Class<?>> missing = new ArrayList<>();
    for (Class<?> owner : OWNERS) {
      for (Class<?> c : classes(owner)) {
        boolean concrete = !c.isInterface() && !Modifier.isAbstract(c.getModifiers());
        if (concrete && Primitive.class.isAssignableFrom(c) && !listed.contains(c)) {
          missing.add(c);
        }
      }
    }
    assertThat(missing).as("missing in Primitives.all()").isEmpty();
  }

  @Test
  void everyPrimitiveConstantIsListed() throws Exception {
    Set<Primitive> listed = new HashSet<>(all());
    List<String> missing = new ArrayList<>();
    int found = 0;
    for (Class<?> c : classes(Primitives.class)) {
      for (Field field : c.getDeclaredFields()) {
        boolean constant = Modifier.isStatic(field.getModifiers());
        if (constant && Primitive.class.isAssignableFrom(field.getType())) {
          field.setAccessible(true);
          found++;
          if (!listed.contains((Primitive) field.get(null))) {
            missing.add(c.getSimpleName() + "." + field.getName());
          }
        }
      }
    }
    assertThat(missing).as("missing in Primitives.all()").isEmpty();
    assertThat(found).as("constants seen").isGreaterThan(50);
  }

  @Test
  void namesAreThoseOfDifferentPrimitives() {
    List<String> names = all().stream().map(Primitive::name).toList();
    Set<String> twice = new HashSet<>();
    Set<String> seen = new HashSet<>();
    names.stream().filter(n -> !seen.add(n)).forEach(twice::add);
    // as in JAX: both ways to round; an accuracy, a result type or a function as a parameter
    assertThat(twice).containsExactlyInAnyOrder("round", "exp", "mul", "scatter");
  }

  @Test
  void everyPrimitiveHasSamples() {
    Set<String> sampled = PrimitiveLawsTest.samples().keySet();
    List<String> names = all().stream().map(Primitive::name).distinct().toList();
    assertThat(names).as("without a row in the tables of samples").allMatch(sampled::contains);
  }

  private static List<Primitive> all() {
    return Stream.of(Primitives.all(), LinalgPrimitives.all(), RandomPrimitives.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Class<?>> classes(Class<?> owner) throws IOException, URISyntaxException {
    Path root = Path.of(owner.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path folder = root.resolve(owner.getPackageName().replace('.', '/'));
    List<Class<?>> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!name.equals("package-info")) {
          all.add(load(owner, name));
        }
      }
    }
    return all;
  }

  private static Class<?> load(Class<?> owner, String name) {
    try {
      return Class.forName(owner.getPackageName() + "." + name, false, owner.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
