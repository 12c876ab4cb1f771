package dev.jacobi.export;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.Fn3;
import dev.jacobi.Fn4;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.bytecode.BytecodeReader;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.verify.Verifier;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.Tracer;
import dev.jacobi.trace.UserCode;
import dev.jacobi.transform.CustomRules;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Jit;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function lowered to StableHLO with what is needed to call it: JAX's {@code Exported}. It is
 * called like any function of arrays: eagerly, in {@code jit}, under {@code grad} if it has a VJP.
 * Arguments and results are trees as {@link Export} describes. Immutable; any number of threads may
 * call it.
 */
public final class Exported {
  static final int OLDEST_CONVENTION = 9;
  static final int NEWEST_CONVENTION = 10;
  private static final int CACHED = 1000;

  private final Signature signature;
  private final byte[] bytecode;
  private final Supplier<Optional<Exported>> vjp;
  private final List<String> places;
  private final Map<List<Aval>, Jaxpr> calls = new ConcurrentHashMap<>();
  private final Map<Object, List<Integer>> matches = new ConcurrentHashMap<>();
  private final Map<Class<?>, TreeTarget> targets = new ConcurrentHashMap<>();
  private volatile @Nullable HloModule module;

  Exported(Signature signature, byte[] bytecode, Supplier<Optional<Exported>> vjp) {
    this.signature = signature;
    this.bytecode = bytecode;
    this.vjp = new Once<>(vjp);
    this.places = argumentPlaces(signature.inTree());
  }

  /** A value that is computed when it is first asked for. */
  private static final class Once<T> implements Supplier<T> {
    private final Supplier<T> compute;
    private @Nullable T value;

    Once(Supplier<T> compute) {
      this.compute = compute;
    }

    @Override
    public synchronized T get() {
      if (value == null) {
        value = compute.get();
      }
      return value;
    }
  }

  /** The function's name, for messages. */
  public String funName() {
    return signature.funName();
  }

  /** The structure of the pair (args, kwargs). */
  public PyTree inTree() {
    return signature.inTree();
  }

  /** The arguments' types, flat; sizes may be expressions of dimension variables. */
  public List<ShapedArray> inAvals() {
    return signature.inAvals();
  }

  /** The structure of the result. */
  public PyTree outTree() {
    return signature.outTree();
  }

  /** The results' types, flat, whose variables are among those of the arguments. */
  public List<ShapedArray> outAvals() {
    return signature.outAvals();
  }

  /** The number of devices that the program is for. Only programs for one can be called. */
  public long nrDevices() {
    return signature.nrDevices();
  }

  /**
   * The platforms that the program is for: {@code cpu}, {@code cuda}, {@code rocm}, {@code tpu}.
   */
  public List<String> platforms() {
    return signature.platforms();
  }

  /** Python's names of effects that keep their order. Programs without effects can be called. */
  public List<String> orderedEffects() {
    return signature.orderedEffects();
  }

  /** Python's names of effects in any order. */
  public List<String> unorderedEffects() {
    return signature.unorderedEffects();
  }

  /** The checks that were disabled. */
  public List<DisabledSafetyCheck> disabledSafetyChecks() {
    return signature.disabledSafetyChecks();
  }

  /** The version of the convention by which {@code main} is called: 9 or 10. */
  public int callingConventionVersion() {
    return signature.callingConventionVersion();
  }

  /** Which of the arguments the program takes; the others are not used. */
  public List<Integer> moduleKeptVarIdx() {
    return signature.moduleKeptVarIdx();
  }

  /** Whether the program has sizes that must be resolved before it is compiled. */
  public boolean usesGlobalConstants() {
    return signature.usesGlobalConstants();
  }

  /** The program as portable bytecode. */
  public byte[] mlirModuleSerialized() {
    return bytecode.clone();
  }

  byte[] bytecode() {
    return bytecode;
  }

  Signature signature() {
    return signature;
  }

  /** The program as StableHLO's text. */
  public String mlirModule() {
    return HloPrinter.print(module());
  }

  /** The program. */
  HloModule module() {
    HloModule known = module;
    if (known == null) {
      known = BytecodeReader.read("exported " + funName(), bytecode);
      Verifier.verify(known); // it may come from anywhere
      module = known;
    }
    return known;
  }

  /** Whether the function can be differentiated in reverse. */
  public boolean hasVjp() {
    return vjp.get().isPresent();
  }

  /**
   * The function from the flat arguments, and then a cotangent per flat result, to the cotangents
   * of the arguments.
   *
   * @throws ExportException.NoVjp if it was exported without
   */
  public Exported vjp() {
    return vjp.get().orElseThrow(() -> new ExportException.NoVjp(funName()));
  }

  /** The file's bytes without the VJP. */
  public byte[] serialize() {
    return serialize(0);
  }

  /**
   * The file's bytes.
   *
   * @param vjpOrder how often the function can be differentiated after it was read again
   * @throws ExportException.NoVjp if it has no VJP of that order
   * @throws ExportException.NotExportable if the order is negative
   */
  public byte[] serialize(int vjpOrder) {
    if (vjpOrder < 0) {
      throw new ExportException.NotExportable(
          "derivatives of order "
              + vjpOrder
              + " cannot be written at "
              + UserCode.line()
              + ": 0 writes none, 1 those of grad.");
    }
    return ExportedWriter.write(this, vjpOrder);
  }

  /**
   * Calls the function.
   *
   * @return the result, with lists for tuples and lists, maps for dicts and namedtuples
   * @throws ExportException.StructureMismatch unless the arguments have the exported structure
   * @throws ExportException.ArgumentMismatch if an argument has another shape or element type
   */
  public Object call(Object... args) {
    NullArgumentException.require(args, "call", "the array of arguments");
    return call(Object.class, Arrays.asList(args), Map.of());
  }

  /**
   * Calls the function with arguments that have names, for a result of a class.
   *
   * @param result the class of the result: a record, {@code Array}, {@code Key}, {@code List}, ...
   */
  public <R> R call(Class<R> result, List<?> args, Map<String, ?> kwargs) {
    TreeTarget target =
        targets.computeIfAbsent(result, c -> TreeTarget.of(outTree(), c, "the result"));
    return result.cast(target.build(callFlat(operands(args, kwargs))));
  }

  /** The leaves of arguments in the order of {@link #inAvals}. */
  List<Array> operands(List<?> args, Map<String, ?> kwargs) {
    SequencedMap<String, Object> named = new TreeMap<>(kwargs);
    List<Object> all = new ArrayList<>(args);
    all.addAll(named.values());
    TreeFn.Args flat = TreeFn.Args.of(all.toArray());
    List<Object> key = List.of(args.size(), List.copyOf(named.keySet()), flat.defs());
    List<Integer> order = matches.get(key);
    if (order == null) {
      order = match(args.size(), List.copyOf(named.keySet()), flat.defs());
      remember(matches, key, order);
    }
    Array[] operands = new Array[order.size()];
    for (int i = 0; i < operands.length; i++) {
      operands[order.get(i)] = flat.leaves().get(i);
    }
    return Arrays.asList(operands);
  }

  /** The function of one argument with a result of a class. */
  public <A, R> Fn1<A, R> fn1(Class<R> result) {
    return a -> call(result, Collections.singletonList(a), Map.of());
  }

  /** The function of two arguments with a result of a class. */
  public <A, B, R> Fn2<A, B, R> fn2(Class<R> result) {
    return (a, b) -> call(result, Arrays.asList(a, b), Map.of());
  }

  /** The function of three arguments with a result of a class. */
  public <A, B, C, R> Fn3<A, B, C, R> fn3(Class<R> result) {
    return (a, b, c) -> call(result, Arrays.asList(a, b, c), Map.of());
  }

  /** The function of four arguments with a result of a class. */
  public <A, B, C, D, R> Fn4<A, B, C, D, R> fn4(Class<R> result) {
    return (a, b, c, d) -> call(result, Arrays.asList(a, b, c, d), Map.of());
  }

  private static <K, V> void remember(Map<K, V> map, K key, V value) {
    if (map.size() >= CACHED) {
      map.clear(); // static leaves, or sizes, that never come again
    }
    map.put(key, value);
  }

  /** The places of the arguments' leaves among the exported ones. */
  private List<Integer> match(int positional, List<String> names, List<TreeDef> defs) {
    PyTree args = inTree().children().get(0);
    PyTree kwargs = inTree().children().get(1);
    if (args.children().size() != positional
        || !Set.copyOf(TreeMatch.namesOf(kwargs)).equals(Set.copyOf(names))) {
      throw new ExportException.StructureMismatch(
          "'"
              + funName()
              + "' was exported with "
              + args.children().size()
              + " arguments and the names "
              + TreeMatch.namesOf(kwargs)
              + ", and is called at "
              + UserCode.line()
              + " with "
              + positional
              + " and "
              + names
              + ".\n  exported "
              + inTree().text());
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < positional; i++) {
      PyTree python = args.children().get(i);
      int first = TreeMatch.leavesBefore(args, i);
      order.addAll(TreeMatch.places(python, defs.get(i), first, "args" + args.step(i)));
    }
    for (int k = 0; k < names.size(); k++) {
      int at = TreeMatch.namesOf(kwargs).indexOf(names.get(k));
      int first = args.leafCount() + TreeMatch.leavesBefore(kwargs, at);
      order.addAll(
          TreeMatch.places(
              kwargs.children().get(at),
              defs.get(positional + k),
              first,
              "kwargs" + kwargs.step(at)));
    }
    return order;
  }

  /** Calls the function on leaves. */
  List<Array> callFlat(List<Array> operands) {
    List<Aval> avals = operands.stream().map(Array::aval).toList();
    Jaxpr jaxpr = calls.get(avals);
    if (jaxpr == null) {
      jaxpr = Jaxprs.traceClosed(avals, ins -> Bind.bind(new CallExported(this), ins));
      remember(calls, avals, jaxpr);
    }
    boolean concrete = Context.isEager() && operands.stream().noneMatch(Tracer.class::isInstance);
    return concrete
        ? Bind.bind(new Jit("call_exported_" + funName(), jaxpr), operands)
        : CustomRules.withPullback(funName(), jaxpr, this::callFlat, this::pullBack, operands);
  }

  /** From the arguments and the cotangents of the results to those of the arguments. */
  private List<Array> pullBack(List<Array> primalsAndCotangents) {
    List<Array> pulled = vjp().callFlat(primalsAndCotangents);
    List<Array> all = new ArrayList<>();
    for (int i = 0; i < inAvals().size(); i++) {
      boolean isFloat0 = vjp().outAvals().get(i).dtype() == JaxDtype.FLOAT0;
      Aval primal = primalsAndCotangents.get(i).aval();
      all.add(isFloat0 ? Zeros.of(primal.strong()) : pulled.get(i));
    }
    return all;
  }

  /** The results' types for arguments of these types, which are checked. */
  List<Aval> results(List<Aval> operands) {
    requireCallable();
    for (int i = 0; i < operands.size(); i++) {
      check(places.get(i), inAvals().get(i), operands.get(i));
    }
    Map<String, Long> sizes =
        DimSolver.solve(places, inAvals(), operands.stream().map(Aval::shape).toList());
    return outAvals().stream().map(a -> a.aval(evaluate(a, sizes))).toList();
  }

  private static long[] evaluate(ShapedArray aval, Map<String, Long> sizes) {
    try {
      return aval.shape().stream().mapToLong(d -> Shape.of(d.evaluate(sizes)).dim(0)).toArray();
    } catch (RuntimeException e) {
      throw new ExportException.ArgumentMismatch(
          "the result of type " + aval + " has no size for " + sizes + ": " + e.getMessage());
    }
  }

  private void requireCallable() {
    List<String> effects = new ArrayList<>(orderedEffects());
    effects.addAll(unorderedEffects());
    if (!effects.isEmpty()) {
      throw new ExportException.Unsupported(
          "'" + funName() + "' has the effects " + effects + "; functions without can be called");
    }
    if (nrDevices() != 1) {
      throw new ExportException.Unsupported(
          "'"
              + funName()
              + "' was exported for "
              + nrDevices()
              + " devices and is called in a context with 1");
    }
  }

  private void check(String place, ShapedArray exported, Aval actual) {
    String what =
        exported.shape().size() != actual.rank()
            ? "Rank mismatch"
            : !hasType(exported, actual) ? "Dtype mismatch" : "";
    for (int d = 0; what.isEmpty() && d < actual.rank(); d++) {
      DimExpr size = exported.shape().get(d);
      if (size.isConstant() && size.evaluate(Map.of()) != actual.dim(d)) {
        what = "Shape mismatch";
      }
    }
    if (!what.isEmpty()) {
      throw new ExportException.ArgumentMismatch(
          what
              + " for "
              + place
              + " of '"
              + funName()
              + "' at "
              + UserCode.line()
              + ": expected "
              + exported
              + " and called with "
              + actual);
    }
  }

  private static boolean hasType(ShapedArray exported, Aval actual) {
    return switch (exported.dtype()) {
      case FLOAT0 -> true; // no value is read
      case KEY_FRY -> actual.key();
      case JaxDtype dtype ->
          !actual.key() && dtype.dtype().filter(d -> d == actual.dtype()).isPresent();
    };
  }

  /** How the leaves of (args, kwargs) are reached, as JAX says it: {@code args[0]['w']}. */
  private static List<String> argumentPlaces(PyTree inTree) {
    List<String> places = new ArrayList<>();
    List<String> roots = List.of("args", "kwargs");
    for (int i = 0; i < roots.size(); i++) {
      leaves(inTree.children().get(i), roots.get(i), places);
    }
    return Collections.unmodifiableList(places);
  }

  private static void leaves(PyTree tree, String path, List<String> places) {
    if (tree instanceof PyTree.Leaf) {
      places.add(path);
    }
    for (int i = 0; i < tree.children().size(); i++) {
      leaves(tree.children().get(i), path + tree.step(i), places);
    }
  }

  /** JAX's text. */
  @Override
  public String toString() {
    return "Exported(fun_name=" + funName() + ", ...)";
  }
}
