package dev.jacobi.purity;

import dev.jacobi.hlo.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The class files of the user's code, as seen from the class where a check starts: its own code
 * source, and folders of classes. Jars are libraries, and so are the JDK and Jacobi.
 */
final class ClassFiles {
  private static final String PURE = "Ldev/jacobi/Pure;";

  private final ClassLoader loader;
  private final Optional<String> home;
  private final Map<String, Optional<ClassModel>> read = new HashMap<>();
  private final Map<String, Boolean> users = new HashMap<>();

  ClassFiles(Class<?> start) {
    loader = start.getClassLoader();
    home = location(start);
  }

  private static Optional<String> location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? Optional.empty()
        : Optional.of(source.getLocation().toString());
  }

  /** Whether a class, by its internal name, is the user's own. */
  boolean isUsers(String owner) {
    return !Platform.isPlatform(owner) && users.computeIfAbsent(owner, this::loadsAsUsers);
  }

  private boolean loadsAsUsers(String owner) {
    try {
      Class<?> type = Class.forName(owner.replace('/', '.'), false, loader);
      return isUsers(type) && type.getClassLoader() == loader;
    } catch (ClassNotFoundException | LinkageError e) {
      return false; // an optional dependency that is absent: the call cannot run either
    }
  }

  boolean isUsers(Class<?> type) {
    if (type.getClassLoader() == null || isLibrary(type)) {
      return false;
    }
    Optional<String> from = location(type);
    return from.isEmpty() || from.equals(home) || from.get().endsWith("/");
  }

  /** Whether a class is Jacobi's own. */
  static boolean isLibrary(Class<?> type) {
    Optional<String> from = location(type);
    return type.getName().startsWith("dev.jacobi.") // a shaded jar holds the user's classes as well
        && (from.equals(location(ClassFiles.class)) || from.equals(location(Config.class)));
  }

  /** The class file; empty if no class loader gives its bytes. */
  Optional<ClassModel> find(String owner) {
    return read.computeIfAbsent(owner, this::load);
  }

  private Optional<ClassModel> load(String owner) {
    String resource = owner + ".class";
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(resource)
            : loader.getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : Optional.of(ClassFile.of().parse(in.readAllBytes()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A method, in a class, the nearest user's superclass that has it, or an interface of these. */
  Optional<MethodModel> method(String owner, String name, String descriptor) {
    return upward(owner)
        .flatMap(c -> c.methods().stream())
        .filter(m -> m.methodName().equalsString(name) && m.methodType().equalsString(descriptor))
        .findFirst();
  }

  /** A field, in a class or the nearest user's superclass that has it. */
  Optional<FieldModel> field(String owner, String name) {
    return upward(owner)
        .flatMap(c -> c.fields().stream())
        .filter(f -> f.fieldName().equalsString(name))
        .findFirst();
  }

  /** The user's classes from this one upward; its interfaces and theirs follow all superclasses. */
  private Stream<ClassModel> upward(String owner) {
    Set<String> above = new LinkedHashSet<>();
    Optional<ClassModel> next = find(owner);
    while (next.isPresent()) {
      above.add(next.get().thisClass().asInternalName());
      next = next.get().superclass().flatMap(this::users);
    }
    Deque<String> todo = new ArrayDeque<>(above);
    while (!todo.isEmpty()) {
      for (ClassEntry i : find(todo.removeFirst()).orElseThrow().interfaces()) {
        if (users(i).isPresent() && above.add(i.asInternalName())) {
          todo.addLast(i.asInternalName());
        }
      }
    }
    return above.stream().flatMap(c -> find(c).stream());
  }

  private Optional<ClassModel> users(ClassEntry type) {
    return isUsers(type.asInternalName()) ? find(type.asInternalName()) : Optional.empty();
  }

  /** Whether a field can be assigned after its object or class is complete. */
  boolean isMutable(String owner, String name) {
    return field(owner, name).map(f -> !f.flags().has(AccessFlag.FINAL)).orElse(false);
  }

  /** Whether the author vouches for a method: by annotation of it, its class, or its method. */
  boolean isVouchedFor(ClassModel owner, String method) {
    if (isAnnotated(owner)) {
      return true;
    }
    String written = method.startsWith("lambda$") ? Body.enclosing(method) : method;
    return owner.methods().stream()
        .anyMatch(m -> m.methodName().equalsString(written) && isAnnotated(m));
  }

  private static boolean isAnnotated(AttributedElement element) {
    List<Annotation> annotations =
        element
            .findAttribute(Attributes.runtimeInvisibleAnnotations())
            .map(a -> a.annotations())
            .orElse(List.of());
    return annotations.stream().anyMatch(a -> a.className().equalsString(PURE));
  }
}
