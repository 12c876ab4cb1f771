package dev.jacobi.pjrt;

import dev.jacobi.hlo.config.Config;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where plugins lie. In this order, the first of a name winning: {@code
 * PJRT_NAMES_AND_LIBRARY_PATHS} (as JAX reads it), the folders of {@code JACOBI_PLUGINS}, {@code
 * TPU_LIBRARY_PATH}, and the places where Python's packages put them.
 */
public final class Plugins {
  /** A plugin's library and the name that selects it. */
  public record Plugin(String name, Path path) {}

  private static final Pattern LIBRARY =
      Pattern.compile(
          "libtpu|xla_(\\w+)_(?:plugin|pjrt)|pjrt_c_api_(\\w+)_plugin|pjrt_plugin_([a-z]+)\\w*");

  private static final String SUFFIX = "\\.(so|dylib|dll)";

  /** Depth of {@code site-packages/jax_plugins/xla_cuda13/xla_cuda_plugin.so} below the first. */
  private static final int DEPTH = 3;

  private Plugins() {}

  /** The plugins of this machine; none is loaded. */
  public static List<Plugin> list() {
    Map<String, Plugin> found = new LinkedHashMap<>();
    named().forEach(p -> found.putIfAbsent(p.name(), p));
    folders().stream().flatMap(Plugins::in).forEach(p -> found.putIfAbsent(p.name(), p));
    return List.copyOf(found.values());
  }

  /**
   * The library that a name or a path selects.
   *
   * @throws PluginException if there is none; it says what there is and where was looked
   */
  public static Path find(String nameOrPath) {
    if (nameOrPath.contains("/")
        || nameOrPath.contains(File.separator)
        || nameOrPath.contains(".")) {
      return Path.of(nameOrPath);
    }
    List<Plugin> all = list();
    return all.stream()
        .filter(p -> p.name().equals(nameOrPath))
        .map(Plugin::path)
        .findFirst()
        .orElseThrow(() -> missing(nameOrPath, all));
  }

  private static PluginException missing(String name, List<Plugin> all) {
    String known =
        all.isEmpty() ? "none" : String.join(", ", all.stream().map(Plugin::name).toList());
    return new PluginException(
        ("there is no PJRT plugin '%s'; found: %s. Name the library's file (pjrt:/path/plugin.so),"
                + " or put its folder into JACOBI_PLUGINS; searched: %s")
            .formatted(name, known, folders()));
  }

  /** {@code name:path} pairs, as JAX reads them. */
  private static Stream<Plugin> named() {
    return Optional.ofNullable(System.getenv("PJRT_NAMES_AND_LIBRARY_PATHS")).stream()
        .flatMap(v -> Stream.of(v.split(",")))
        .map(pair -> pair.split(":", 2))
        .filter(pair -> pair.length == 2)
        .map(pair -> new Plugin(pair[0], Path.of(pair[1])));
  }

  /** The folders that are searched, those that exist. */
  public static Set<Path> folders() {
    Set<Path> folders = new LinkedHashSet<>();
    Config.get("plugins").ifPresent(v -> addAll(folders, v.split(File.pathSeparator)));
    Optional.ofNullable(System.getenv("TPU_LIBRARY_PATH"))
        .map(Path::of)
        .ifPresent(p -> folders.add(p.getParent() == null ? Path.of(".") : p.getParent()));
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      Optional.ofNullable(System.getenv(variable)).ifPresent(v -> addPythons(folders, Path.of(v)));
    }
    Config.get("python")
        .map(Path::of)
        .map(Path::toAbsolutePath)
        .map(Path::getParent)
        .map(Path::getParent)
        .ifPresent(p -> addPythons(folders, p));
    addPythons(folders, Path.of(System.getProperty("user.home"), ".local"));
    addPythons(folders, Path.of("/usr/local"));
    addPythons(folders, Path.of("/usr"));
    folders.removeIf(f -> !Files.isDirectory(f));
    return folders;
  }

  private static void addAll(Set<Path> folders, String[] paths) {
    for (String p : paths) {
      folders.add(Path.of(p));
    }
  }

  /** The folders of packages below a prefix of an installed Python. */
  private static void addPythons(Set<Path> folders, Path prefix) {
    for (String packages : List.of("lib/python3*/site-packages", "lib/python3*/dist-packages")) {
      PathMatcher matcher =
          FileSystems.getDefault().getPathMatcher("glob:" + prefix.resolve(packages));
      walk(prefix.resolve("lib"), 2, p -> matcher.matches(p)).forEach(folders::add);
    }
    folders.add(prefix.resolve("lib/python3/dist-packages"));
  }

  private static Stream<Plugin> in(Path folder) {
    // Every package of Python is a folder here: only those that may hold a plugin are entered.
    List<Plugin> plugins = new ArrayList<>();
    walk(folder, DEPTH, p -> nameOf(p).isPresent() && Files.isRegularFile(p))
        .forEach(p -> plugins.add(new Plugin(nameOf(p).orElseThrow(), p)));
    return plugins.stream();
  }

  private static List<Path> walk(Path root, int depth, java.util.function.Predicate<Path> wanted) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root, depth, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(wanted).sorted().toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of(); // A folder that may not be read holds no plugin for us.
    }
  }

  /** {@code cuda} for {@code xla_cuda_plugin.so}; empty if the file's name is no plugin's. */
  private static Optional<String> nameOf(Path file) {
    String name = file.getFileName().toString();
    var stem = Pattern.compile("(.*)" + SUFFIX).matcher(name);
    if (!stem.matches()) {
      return Optional.empty();
    }
    var plugin = LIBRARY.matcher(stem.group(1));
    if (!plugin.matches()) {
      return Optional.empty();
    }
    for (int g = 1; g <= plugin.groupCount(); g++) {
      if (plugin.group(g) != null) {
        return Optional.of(plugin.group(g));
      }
    }
    return Optional.of("tpu");
  }
}
