package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.Mode;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.JitSwitch;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.UserCode;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.transform.Trees;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code cond} and {@code switch} of functions of trees. */
public final class Conditionals {
  private Conditionals() {}

  /** Calls the second function if the predicate holds, else the first. */
  public static Object cond(Array pred, List<TreeFn> branches, Object... operands) {
    NullArgumentException.require(pred, "cond", "the predicate");
    if (pred.rank() != 0 || pred.aval().key() || pred.dtype().isComplex()) {
      throw new LaxTypeException("cond", "takes one boolean or number, not " + pred.aval());
    }
    Array truth = pred.dtype().isBool() ? pred : Compare.ne(pred, Scalars.like(pred, 0));
    return call("cond", Convert.convertElementType(truth, DType.I32), branches, operands);
  }

  /**
   * Calls the function of that number.
   *
   * @param mode for a number out of range: null is an error, any other takes the first or the last
   *     function
   */
  public static Object switchCase(
      Array index, @Nullable Mode mode, List<TreeFn> branches, Object... operands) {
    NullArgumentException.require(index, "switch", "the index");
    if (index.rank() != 0 || !index.dtype().isInteger() || index.aval().key()) {
      throw new LaxTypeException("switch", "takes one integer, not " + index.aval());
    }
    if (branches.isEmpty()) {
      throw new LaxTypeException("switch", "needs at least one branch");
    }
    if (mode == null) {
      BranchCheck.require(index, branches.size());
    }
    if (branches.size() == 1) {
      return branches.getFirst().call().apply(operands);
    }
    return call("switch", inRange(index, branches.size() - 1L), branches, operands);
  }

  /** JAX 0.10.2 cuts long numbers to 32 bits first, so that 2^32 is branch 0. */
  private static Array inRange(Array index, long last) {
    boolean cut = index.dtype().bits() > 32 || index.dtype() == DType.U32;
    DType counts = cut ? index.dtype() : DType.I32;
    Array number = Convert.convertElementType(index, counts);
    Array clamped = Compare.clamp(Scalars.ofLong(counts, 0), number, Scalars.ofLong(counts, last));
    return Convert.convertElementType(clamped, DType.I32);
  }

  private static Object call(String what, Array index, List<TreeFn> branches, Object... given) {
    if (JitSwitch.isOff() && JitSwitch.isKnown(index)) {
      return Stepwise.tree(branches.get((int) index.itemLong()).call().apply(given));
    }
    TreeFn.Args args = TreeFn.Args.of(given);
    List<Aval> avals = args.leaves().stream().map(Array::aval).toList();
    List<Body> bodies = new ArrayList<>();
    for (TreeFn fn : branches) {
      bodies.add(
          Body.trace(
              what, fn.source(), a -> new Object[] {fn.call().apply(a)}, args.defs(), avals));
    }
    requireAlike(what, bodies);
    // JAX's order: cond traces the function for true, which is the last branch, first.
    List<Array> consts = Body.captured(what.equals("cond") ? bodies.reversed() : bodies);
    // Where devices may take different branches, what they share is counted as one of each before.
    List<String> choice = index.aval().varying();
    List<Array> operands = Programs.varied(Programs.join(consts, args.leaves()), choice);
    List<Jaxpr> programs =
        bodies.stream()
            .map(b -> b.with(consts))
            .map(p -> choice.isEmpty() ? p : Programs.taking(p, Programs.avals(operands)))
            .toList();
    List<Array> all = new ArrayList<>();
    all.add(index);
    all.addAll(operands);
    List<Array> outs = Bind.bind(new Cond(alike(programs, index.aval().varying())), all);
    return Trees.unflatten(bodies.getFirst().outs().getFirst(), outs);
  }

  /**
   * Branches some of which give weak types where others give strong ones give strong ones; where
   * devices may take different branches, or one gives what differs between them, all do.
   */
  private static List<Jaxpr> alike(List<Jaxpr> programs, List<String> choice) {
    List<Aval> types = new ArrayList<>();
    for (int i = 0; i < programs.getFirst().outs().size(); i++) {
      int result = i;
      List<Aval> all = programs.stream().map(p -> p.outs().get(result).aval()).toList();
      List<Aval> varying = new ArrayList<>(all);
      varying.add(all.getFirst().withVarying(choice));
      types.add(
          all.getFirst()
              .withWeak(all.stream().allMatch(Aval::weak))
              .withVarying(Aval.varying(varying)));
    }
    return programs.stream().map(p -> Programs.withTypes(p, types)).toList();
  }

  private static void requireAlike(String what, List<Body> bodies) {
    Body first = bodies.getFirst();
    TreeDef def = first.outs().getFirst();
    for (int k = 1; k < bodies.size(); k++) {
      Body other = bodies.get(k);
      List<String> differences =
          Trees.differences(
              "the result",
              def,
              Programs.anywhere(first.outAvals(0)),
              other.outs().getFirst(),
              Programs.anywhere(other.outAvals(0)));
      if (!differences.isEmpty()) {
        throw new BranchException(
            what
                + " at "
                + UserCode.line()
                + ": all branches must give the same types, but of branch 0 and branch "
                + k
                + " "
                + String.join("; ", differences)
                + ". Convert one of them (astype, broadcastTo) so that they agree.");
      }
    }
  }

  /** A predicate from Java. */
  public static Array of(boolean pred) {
    return Scalars.of(DType.BOOL, pred ? 1 : 0);
  }

  /** An index from Java. */
  public static Array of(int index) {
    return Scalars.ofLong(DType.I32, index);
  }
}
