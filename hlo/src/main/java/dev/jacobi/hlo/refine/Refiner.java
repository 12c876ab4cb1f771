package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.hlo.verify.Verifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a program with unknown sizes one for arguments of given types: shapes are inferred anew
 * from the first instruction on, integers that follow from sizes are computed, operations whose
 * shapes are values become those with constant shapes, and a function is written once for each
 * combination of shapes and sizes that it is called with.
 */
public final class Refiner {
  /** More functions than that come from a program that doubles at every call. */
  private static final int MAX_FUNCTIONS = 2_000;

  private final HloModule module;
  private final Runner runner;
  private final Callees callees;
  private final Map<Key, Written> written = new HashMap<>();
  private final Map<String, HloFunc> funcs = new LinkedHashMap<>();

  private final boolean foldsAnySize;

  private Refiner(HloModule module, Runner runner, boolean foldsAnySize) {
    this.foldsAnySize = foldsAnySize;
    this.module = module;
    this.runner = runner;
    this.callees = new Callees(module);
  }

  /** A function with what it is called with; integers that describe shapes are known. */
  private record Key(String callee, List<TensorType> types, List<Optional<Literal>> known) {}

  /** A function as it was written, and its results as far as they are known. */
  record Written(String name, List<TensorType> types, List<Optional<Literal>> known) {}

  /** Whether any size in the program is unknown, or a value. */
  public static boolean isNeeded(HloModule module) {
    Callees callees = new Callees(module);
    return module.funcs().keySet().stream().anyMatch(callees::isDynamic);
  }

  /**
   * The static program. Functions that {@code @main} does not reach are left out.
   *
   * @param module verified
   * @param arguments static types, one per parameter of {@code @main}, which they agree with
   * @param runner computes shapes; it is given static programs only
   * @throws RefineException if the arguments do not fit the parameters, or sizes contradict
   * @throws ShapeAssertionException if the program checks sizes and refuses these
   * @throws UnsupportedOpException with line and column, if a size does not follow from the
   *     arguments' types
   * @throws dev.jacobi.hlo.verify.HloVerifyException if the static program is not valid
   */
  public static HloModule refine(HloModule module, List<TensorType> arguments, Runner runner) {
    return refine(module, arguments, runner, true);
  }

  /** The same with the same instructions for all sizes: no array of unknown size is computed. */
  public static HloModule refineAlike(HloModule module, List<TensorType> arguments, Runner runner) {
    return refine(module, arguments, runner, false);
  }

  private static HloModule refine(
      HloModule module, List<TensorType> arguments, Runner runner, boolean foldsAnySize) {
    requireFit(module.main().inputs(), arguments);
    Refiner refiner = new Refiner(module, runner, foldsAnySize);
    refiner.write("main", arguments, Collections.nCopies(arguments.size(), Optional.empty()), null);
    HloModule refined = new HloModule(module.name(), refiner.funcs, module.attrs());
    Verifier.verify(refined);
    return refined;
  }

  private static void requireFit(List<TensorType> params, List<TensorType> arguments) {
    boolean fit = params.size() == arguments.size();
    for (int i = 0; fit && i < params.size(); i++) {
      fit = arguments.get(i).shape().isStatic() && agree(params.get(i), arguments.get(i));
    }
    if (!fit) {
      throw new RefineException("@main takes " + params + ", but got " + arguments, Loc.UNKNOWN);
    }
  }

  /** Whether a type is another one as far as that is known. */
  static boolean agree(TensorType stated, TensorType type) {
    boolean same = stated.element() == type.element() && stated.rank() == type.rank();
    for (int d = 0; same && d < type.rank(); d++) {
      Shape s = stated.shape();
      same = !s.isStatic(d) || !type.shape().isStatic(d) || s.dim(d) == type.dim(d);
    }
    return same;
  }

  HloModule module() {
    return module;
  }

  Folding folding() {
    return new Folding(module, runner, callees, foldsAnySize);
  }

  /** The function for these types and numbers; {@code caller} is where it is called. */
  Written write(
      String callee, List<TensorType> types, List<Optional<Literal>> known, Scope caller) {
    List<Optional<Literal>> relevant =
        callees.isDynamic(callee) ? known : Collections.nCopies(types.size(), Optional.empty());
    Key key = new Key(callee, types, relevant);
    Written before = written.get(key);
    if (before != null) {
      return before;
    }
    if (funcs.size() >= MAX_FUNCTIONS) {
      throw new UnsupportedOpException(
          "more than " + MAX_FUNCTIONS + " functions of different shapes", caller.loc().toString());
    }
    HloFunc f = module.func(callee);
    String name = fresh(callee);
    funcs.put(name, f); // Its place in the module; the body follows.
    Refinement body = new Refinement(this, f);
    HloFunc refined = body.function(name, types, relevant);
    funcs.put(name, refined);
    Written now = new Written(name, refined.outputs(), new ArrayList<>(body.known()));
    written.put(key, now);
    return now;
  }

  private String fresh(String callee) {
    String name = callee;
    for (int i = 0; funcs.containsKey(name) || i > 0 && module.funcs().containsKey(name); i++) {
      name = callee + "_" + i;
    }
    return name;
  }
}
