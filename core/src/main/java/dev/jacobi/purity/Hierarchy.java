package dev.jacobi.purity;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The methods that a call may run when the receiver's class is known at run time only.
 *
 * <p>Classes in sight are the permitted subclasses of sealed types and, for other types, those of
 * the same nest: a top-level class with everything in it, which in a compact source file is the
 * whole program. A type is closed if no class out of sight can be below it: final and sealed types,
 * and nested ones that are not public.
 */
final class Hierarchy {
  /**
   * What a call may run.
   *
   * @param owners the classes with the methods' code
   * @param complete whether nothing else can run
   */
  record Targets(Set<String> owners, boolean complete) {}

  private final ClassFiles classes;
  private final Map<List<String>, Targets> known = new HashMap<>();

  Hierarchy(ClassFiles classes) {
    this.classes = classes;
  }

  /**
   * What a virtual call runs.
   *
   * <p>Where classes out of sight may be below the type, its own body counts, and the only
   * implementation in sight; if there are several, which one runs is anybody's guess.
   *
   * @param type the type that the code names
   * @param exact the receiver's class, or empty if it may be any below the type
   */
  Targets of(String type, String exact, String name, String descriptor) {
    List<String> key = List.of(type, exact, name, descriptor);
    Targets before = known.get(key);
    if (before == null) {
      before = find(type, exact, name, descriptor);
      known.put(key, before);
    }
    return before;
  }

  private Targets find(String type, String exact, String name, String descriptor) {
    Optional<MethodModel> declared = classes.method(type, name, descriptor);
    if (declared
        .flatMap(MethodModel::parent)
        .filter(c -> classes.isVouchedFor(c, name))
        .isPresent()) {
      return new Targets(Set.of(), true);
    }
    Set<String> own = declaring(type, name, descriptor);
    if (declared.isPresent() && isFixed(type, declared.get())) {
      return new Targets(own, !own.isEmpty());
    }
    if (!exact.isEmpty()) {
      return new Targets(declaring(exact, name, descriptor), true);
    }
    Map<String, Boolean> below = below(type);
    Set<String> owners = new LinkedHashSet<>(own);
    below.keySet().forEach(t -> owners.addAll(declaring(t, name, descriptor)));
    if (declared.isEmpty() && owners.isEmpty()) {
      return new Targets(owners, true); // a library's method runs
    }
    boolean isAbstract = declared.map(m -> m.flags().has(AccessFlag.ABSTRACT)).orElse(false);
    boolean lambdas = isAbstract && below.keySet().stream().anyMatch(this::hasLambdas);
    boolean closed = !below.containsValue(false);
    return !lambdas && (closed || owners.size() == 1)
        ? new Targets(owners, !owners.isEmpty())
        : new Targets(own, false);
  }

  private boolean isFixed(String type, MethodModel method) {
    return method.flags().has(AccessFlag.FINAL)
        || method.flags().has(AccessFlag.PRIVATE)
        || classes.find(type).map(c -> c.flags().has(AccessFlag.FINAL)).orElse(false);
  }

  /**
   * The class that has the code which an object of exactly this class runs, if it is the user's.
   */
  private Set<String> declaring(String type, String name, String descriptor) {
    return classes
        .method(type, name, descriptor)
        .filter(m -> m.code().isPresent())
        .flatMap(MethodModel::parent)
        .map(c -> Set.of(c.thisClass().asInternalName()))
        .orElse(Set.of());
  }

  /** The type and those in sight below it, each with whether it is closed. */
  private Map<String, Boolean> below(String type) {
    Map<String, Boolean> closed = new LinkedHashMap<>();
    Deque<String> todo = new ArrayDeque<>(List.of(type));
    while (!todo.isEmpty()) {
      String next = todo.removeFirst();
      Optional<ClassModel> found = classes.find(next);
      if (found.isEmpty()) {
        closed.put(next, false);
      } else if (!closed.containsKey(next)) {
        ClassModel model = found.get();
        closed.put(next, isClosed(model));
        todo.addAll(isSealed(model) ? permitted(model) : inNest(model));
      }
    }
    return closed;
  }

  private static boolean isSealed(ClassModel model) {
    return model.findAttribute(Attributes.permittedSubclasses()).isPresent();
  }

  private static List<String> permitted(ClassModel model) {
    return model
        .findAttribute(Attributes.permittedSubclasses())
        .map(a -> a.permittedSubclasses().stream().map(ClassEntry::asInternalName).toList())
        .orElse(List.of());
  }

  private static boolean isClosed(ClassModel model) {
    return model.flags().has(AccessFlag.FINAL)
        || isSealed(model)
        || model.findAttribute(Attributes.enclosingMethod()).isPresent()
        || model
            .findAttribute(Attributes.innerClasses())
            .flatMap(a -> a.classes().stream().filter(i -> isItself(i, model)).findFirst())
            .map(i -> !i.has(AccessFlag.PUBLIC) && !i.has(AccessFlag.PROTECTED))
            .orElse(false);
  }

  private static boolean isItself(InnerClassInfo info, ClassModel model) {
    return info.innerClass().asInternalName().equals(model.thisClass().asInternalName());
  }

  /** The classes of the nest that name this one as superclass or interface. */
  private List<String> inNest(ClassModel model) {
    String name = model.thisClass().asInternalName();
    return nest(model)
        .filter(
            c ->
                Stream.concat(c.superclass().stream(), c.interfaces().stream())
                    .anyMatch(above -> above.asInternalName().equals(name)))
        .map(c -> c.thisClass().asInternalName())
        .toList();
  }

  private Stream<ClassModel> nest(ClassModel member) {
    Optional<ClassModel> host =
        member
            .findAttribute(Attributes.nestHost())
            .map(a -> classes.find(a.nestHost().asInternalName()))
            .orElse(Optional.of(member));
    return host.stream()
        .flatMap(
            h ->
                Stream.concat(
                    Stream.of(h),
                    h.findAttribute(Attributes.nestMembers()).stream()
                        .flatMap(a -> a.nestMembers().stream())
                        .flatMap(m -> classes.find(m.asInternalName()).stream())));
  }

  /** Whether lambdas in the nest implement this type. */
  private boolean hasLambdas(String type) {
    Optional<ClassModel> model = classes.find(type);
    return model.isPresent()
        && model.get().flags().has(AccessFlag.INTERFACE)
        && !isSealed(model.get())
        && nest(model.get())
            .flatMap(c -> c.methods().stream())
            .flatMap(m -> m.code().stream())
            .flatMap(code -> code.elementStream())
            .anyMatch(e -> makes(e, type));
  }

  private static boolean makes(CodeElement element, String type) {
    return element instanceof InvokeDynamicInstruction i
        && MethodScan.isLambda(i)
        && MethodScan.internalName(i.typeSymbol().returnType()).equals(type);
  }
}
