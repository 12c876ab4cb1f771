package dev.jacobi.parity;

import dev.jacobi.golden.GoldenFile;
import dev.jacobi.golden.GoldenFile.Case;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The table of JAX's public names: where each is in Java, and which goldens test it. Names, Java's
 * names that are not the camelCase of Python's, and reasons are written by hand; the rest is found
 * in the code and the goldens.
 */
final class Parity {
  static final Path TABLE = GoldenFile.folder().resolveSibling("docs").resolve("parity.tsv");

  /** A line of the table. */
  record Row(
      String name,
      String java,
      String dtypes,
      String golden,
      String grad,
      String vmap,
      String reason) {
    static Row of(String line) {
      String[] f = line.split("\t", -1);
      return new Row(f[0], f[1], f[2], f[3], f[4], f[5], f[6]);
    }

    @Override
    public String toString() {
      return String.join("\t", name, java, dtypes, golden, grad, vmap, reason);
    }

    boolean isOpen() {
      return java.isEmpty() && reason.isEmpty();
    }

    boolean isUntested() {
      return !java.isEmpty() && golden.isEmpty() && reason.isEmpty();
    }
  }

  static final String HEAD = "jax_name\tjava\tdtypes\tgolden\tgrad\tvmap\treason";

  /** Where the names of a module are, and what the module is called in the sources of goldens. */
  private record Module(List<String> classes, List<String> aliases) {}

  private static final Map<String, Module> MODULES = modules();

  /** A test class in the place of goldens: laws, transformations, errors. */
  static final String BY_HAND = "test:";

  /** Cases by the words of their sources after a dot, and by primitive. */
  private final Map<String, List<Found>> cases = new LinkedHashMap<>();

  /** A case of a file of goldens. */
  private record Found(String file, String source, Case golden) {}

  private static Map<String, Module> modules() {
    Map<String, Module> all = new TreeMap<>();
    module(all, "jax", "Jacobi JacobiDebug Trees Export", "jax");
    module(all, "jax.numpy", "numpy.Jnp", "jnp");
    module(all, "jax.numpy.fft", "numpy.Fft", "jnp.fft F");
    module(all, "jax.numpy.linalg", "numpy.Linalg", "jnp.linalg N");
    module(all, "jax.lax", "lax.Lax", "lax");
    module(all, "jax.lax.linalg", "lax.linalg.LaxLinalg", "lax.linalg L");
    module(all, "jax.Array", "Array IndexUpdate", "");
    module(all, "jax.nn", "nn.Nn", "jax.nn nn");
    module(all, "jax.nn.initializers", "nn.Initializers", "jax.nn.initializers");
    module(all, "jax.random", "random.Random Key", "jax.random random R");
    module(all, "jax.ops", "ops.Ops", "jax.ops");
    module(all, "jax.tree", "Trees", "jax.tree");
    module(all, "jax.tree_util", "Trees", "jax.tree_util");
    module(all, "jax.debug", "JacobiDebug", "jax.debug");
    module(all, "jax.image", "image.Image", "jax.image");
    module(all, "jax.dtypes", "Dtypes", "jax.dtypes");
    for (String m : List.of("special", "linalg", "signal", "fft", "ndimage", "interpolate")) {
      scipy(all, m, upper(m));
    }
    scipy(all, "integrate", "Integrate");
    scipy(all, "optimize", "Optimize");
    scipy(all, "sparse.linalg", "SparseLinalg");
    scipy(all, "cluster.vq", "Cluster");
    scipy(all, "spatial.transform", "Spatial");
    scipy(all, "stats", "stats.Stats");
    return all;
  }

  private static void module(Map<String, Module> all, String name, String types, String aliases) {
    all.put(name, new Module(List.of(types.split(" ")), List.of(aliases.split(" "))));
  }

  private static void scipy(Map<String, Module> all, String module, String type) {
    String name = "scipy." + module;
    module(all, "jax." + name, "scipy." + type, "jax." + name + " jsp." + module + " S");
  }

  /** A distribution's module, {@code jax.scipy.stats.norm}, is the class {@code Norm}. */
  private static Module module(String name) {
    Module known = MODULES.get(name);
    String stats = "jax.scipy.stats.";
    if (known != null || !name.startsWith(stats)) {
      return known != null ? known : new Module(List.of(), List.of(name));
    }
    String last = name.substring(stats.length());
    String type = "scipy.stats." + upper(camel(last));
    return new Module(List.of(type), List.of(name, "jsp.stats." + last, "S." + last));
  }

  private static String upper(String s) {
    return s.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + s.substring(1);
  }

  /** Python's name in Java: {@code log_softmax} is {@code logSoftmax}. */
  static String camel(String python) {
    Matcher m = Pattern.compile("_+([a-zA-Z0-9])").matcher(python);
    return m.replaceAll(
        r -> r.start() == 0 ? r.group() : r.group(1).toUpperCase(java.util.Locale.ROOT));
  }

  Parity() {
    Path root = GoldenFile.folder();
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> all =
          files
              .filter(p -> p.toString().endsWith(".tsv"))
              .filter(p -> !p.getFileName().toString().startsWith("optax")) // not of JAX's names
              .sorted()
              .toList();
      for (Path p : all) {
        read(root.relativize(p).toString().replace('\\', '/'));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String file) {
    Pattern word = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    for (Case c : GoldenFile.read(file)) {
      Set<String> words = new TreeSet<>();
      String source = c.has("source") ? c.text("source") : "";
      word.matcher(source).results().forEach(r -> words.add(r.group()));
      if (c.has("prim")) {
        words.add(c.text("prim"));
      }
      words.forEach(
          w -> cases.computeIfAbsent(w, _ -> new ArrayList<>()).add(new Found(file, source, c)));
    }
  }

  static List<Row> committed() {
    try (Stream<String> lines = Files.lines(TABLE)) {
      return lines.skip(1).map(Row::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The row with what the code and the goldens say. */
  Row computed(Row row) {
    int dot = row.name().lastIndexOf('.');
    Module module = module(row.name().substring(0, dot));
    String last = row.name().substring(dot + 1);
    String java = row.java();
    if (java.isEmpty() && row.reason().isEmpty()) {
      java = found(module, camel(last)).orElse("");
    }
    if (java.isEmpty()) {
      return new Row(row.name(), "", "", "", "n/a", "n/a", row.reason());
    }
    List<Found> tests =
        cases.getOrDefault(last, List.of()).stream().filter(f -> calls(f, module, last)).toList();
    Set<String> files = new TreeSet<>();
    Set<String> dtypes = new TreeSet<>();
    boolean grad = false;
    for (Found f : tests) {
      files.add(f.file());
      f.golden().all("in").forEach(l -> dtypes.add(l.field(0).replaceAll("\\[.*", "")));
      grad |= f.golden().has("vjp") || f.golden().has("active");
    }
    if (files.isEmpty() && row.golden().startsWith(BY_HAND)) {
      return new Row(
          row.name(), java, row.dtypes(), row.golden(), row.grad(), row.vmap(), row.reason());
    }
    boolean vmap = files.stream().anyMatch(Parity::testsBatches);
    return new Row(
        row.name(),
        java,
        String.join(" ", dtypes),
        String.join(" ", files),
        grad ? "yes" : row.grad().equals("no") ? "no" : "n/a",
        vmap ? "yes" : row.vmap().equals("no") ? "no" : "n/a",
        row.reason());
  }

  /** Files whose tests compare batches too. */
  private static boolean testsBatches(String file) {
    return file.startsWith("rules/") || file.startsWith("jnp/");
  }

  private static boolean calls(Found f, Module module, String name) {
    if (f.golden().has("prim") && f.golden().text("prim").equals(name)) {
      return module.aliases().contains("lax");
    }
    for (String alias : module.aliases()) {
      String call = (alias.isEmpty() ? "" : alias) + "." + name;
      for (int i = f.source().indexOf(call); i >= 0; i = f.source().indexOf(call, i + 1)) {
        int end = i + call.length();
        boolean whole =
            end == f.source().length() || !Character.isJavaIdentifierPart(f.source().charAt(end));
        boolean begins = alias.isEmpty() || i == 0 || !isInner(f.source().charAt(i - 1));
        if (whole && begins) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isInner(char before) {
    return before == '.' || Character.isJavaIdentifierPart(before);
  }

  private static Optional<String> found(Module module, String name) {
    return module.classes().stream()
        .filter(c -> has(c, name))
        .map(c -> c.replaceAll(".*\\.", "") + "." + name)
        .findFirst();
  }

  /** Whether a class of ours has a public method of that name. */
  private static boolean has(String type, String name) {
    return type(type)
        .map(
            t ->
                Arrays.stream(t.getMethods())
                    .anyMatch(m -> isPublic(m) && m.getName().equals(name)))
        .orElse(false);
  }

  private static boolean isPublic(Method m) {
    return Modifier.isPublic(m.getModifiers());
  }

  private static Optional<Class<?>> type(String name) {
    try {
      return Optional.of(Class.forName("dev.jacobi." + name));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Whether what a row names in Java, {@code Jnp.where} or a type, is there. */
  static boolean exists(String java) {
    int dot = java.lastIndexOf('.');
    String type = dot < 0 ? java : java.substring(0, dot);
    List<Class<?>> types = new ArrayList<>();
    for (String p : PACKAGES) {
      type(p + type).ifPresent(types::add);
    }
    String member = dot < 0 ? "" : java.substring(dot + 1);
    return types.stream()
        .anyMatch(
            t ->
                member.isEmpty()
                    || Arrays.stream(t.getMethods()).anyMatch(m -> m.getName().equals(member))
                    || Arrays.stream(t.getFields()).anyMatch(f -> f.getName().equals(member)));
  }

  private static final List<String> PACKAGES =
      List.of(
          "",
          "numpy.",
          "lax.",
          "lax.linalg.",
          "nn.",
          "parallel.",
          "sharding.",
          "random.",
          "ops.",
          "scipy.",
          "scipy.stats.",
          "sparse.",
          "hlo.",
          "export.",
          "remat.",
          "image.",
          "debug.",
          "tree.",
          "control.");

  static List<String> sorted(List<Row> rows) {
    List<String> names = new ArrayList<>(rows.stream().map(Row::name).toList());
    Collections.sort(names);
    return names;
  }
}
