package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.JitSwitch;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.UserCode;
import dev.jacobi.transform.InAxes;
import dev.jacobi.transform.OutAxes;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.transform.Trees;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code while_loop}, {@code fori_loop} and {@code scan} of functions of trees. */
public final class Loops {
  private Loops() {}

  /** Arrays and their structure. */
  private record Carry(List<Array> leaves, TreeDef def) {
    static Carry of(Object tree) {
      TreeFn.Args args = TreeFn.Args.of(tree);
      return new Carry(args.leaves(), args.defs().getFirst());
    }

    List<Aval> avals() {
      return leaves.stream().map(Array::aval).toList();
    }

    /**
     * Weak types become strong where the body gives strong ones, and what it makes differ along
     * mesh axes differs from the start.
     */
    Carry strengthened(List<Aval> next) {
      List<Array> all = new ArrayList<>();
      for (int i = 0; i < leaves.size(); i++) {
        Array x = leaves.get(i);
        boolean strengthens = x.aval().weak() && !next.get(i).weak();
        Array strong = strengthens ? Convert.convertElementType(x, x.dtype()) : x;
        all.add(Context.varied(strong, next.get(i).varying()));
      }
      return new Carry(all, def);
    }

    /** Where devices may end at different times, what they carry differs. */
    Carry varied(List<String> axes) {
      return axes.isEmpty() ? this : new Carry(Programs.varied(leaves, axes), def);
    }

    /** What the body makes differ along mesh axes differs from the start. */
    Carry variedAs(List<Aval> next) {
      List<Array> all = new ArrayList<>();
      for (int i = 0; i < leaves.size(); i++) {
        all.add(Context.varied(leaves.get(i), next.get(i).varying()));
      }
      return new Carry(all, def);
    }
  }

  /** The same of functions of a carry of one type. */
  @SuppressWarnings("unchecked") // the result has the carry's structure
  public static <C> C whileLoop(Fn1<C, Array> cond, Fn1<C, C> body, C init, LoopOptions options) {
    TreeFn goesOn = new TreeFn(cond, a -> cond.apply((C) a[0]));
    TreeFn step = new TreeFn(body, a -> body.apply((C) a[0]));
    return (C) whileLoop(goesOn, step, (Object) init, options);
  }

  /** Repeats {@code body} from {@code init} as long as {@code cond} holds. */
  public static Object whileLoop(TreeFn cond, TreeFn body, Object init, LoopOptions options) {
    NullArgumentException.require(options, "while_loop", "the options");
    Optional<Object> stepwise =
        JitSwitch.isOff() ? Stepwise.whileLoop(cond, body, init) : Optional.empty();
    if (stepwise.isPresent()) {
      return stepwise.get();
    }
    Carry carry = Carry.of(init);
    Body step = step("while_loop", body, carry);
    Body test = condition(cond, carry);
    Carry strong = carry.strengthened(step.outAvals(0)).varied(choice(test));
    while (!strong.avals().equals(carry.avals())) {
      carry = strong;
      step = step("while_loop", body, carry);
      test = condition(cond, carry);
      strong = carry.strengthened(step.outAvals(0)).varied(choice(test));
    }
    return loop(test, step, carry, true, options);
  }

  /** The mesh axes along which a loop's end differs. */
  private static List<String> choice(Body test) {
    return test.jaxpr().outAvals().getFirst().varying();
  }

  /**
   * Binds the loop.
   *
   * @param reduced whether what no step changes becomes a constant; JAX's {@code fori_loop} carries
   *     its bound
   */
  private static Object loop(
      Body test, Body step, Carry carry, boolean reduced, LoopOptions options) {
    // What devices share is counted as one of each before a loop that they end at different times.
    List<Array> asks = Programs.varied(test.captured(), choice(test));
    List<Array> reads = Programs.varied(step.captured(), choice(test));
    Jaxpr cond =
        Programs.taking(
            test.with(test.captured()), Programs.join(Programs.avals(asks), carry.avals()));
    Jaxpr body =
        Programs.withTypes(
            Programs.taking(
                step.with(step.captured()), Programs.join(Programs.avals(reads), carry.avals())),
            carry.avals());
    int condConsts = test.captured().size();
    int bodyConsts = step.captured().size();
    int n = carry.leaves.size();
    List<Integer> fixed = reduced ? Programs.unchanged(body, bodyConsts, n) : List.of();
    List<Integer> rest = Programs.others(fixed, n);
    List<Boolean> used = cond.usedInputs();
    List<Integer> asked = fixed.stream().filter(i -> used.get(condConsts + i)).toList();
    List<Array> operands = new ArrayList<>(asks);
    asked.forEach(i -> operands.add(carry.leaves.get(i)));
    operands.addAll(reads);
    fixed.forEach(i -> operands.add(carry.leaves.get(i)));
    rest.forEach(i -> operands.add(carry.leaves.get(i)));
    While loop =
        new While(
            Programs.withInputs(cond, Programs.after(condConsts, List.of(asked, rest))),
            condConsts + asked.size(),
            Programs.withResults(
                Programs.withInputs(body, Programs.after(bodyConsts, List.of(fixed, rest))), rest),
            bodyConsts + fixed.size(),
            options.checkpoints());
    List<Array> changed = Bind.bind(loop, operands);
    List<Array> results = new ArrayList<>(carry.leaves);
    for (int k = 0; k < rest.size(); k++) {
      results.set(rest.get(k), changed.get(k));
    }
    return Trees.unflatten(carry.def, results);
  }

  private static Body condition(TreeFn cond, Carry carry) {
    Body test =
        Body.trace(
            "while_loop",
            cond.source(),
            a -> new Object[] {cond.call().apply(a)},
            List.of(carry.def),
            carry.avals());
    List<Aval> outs = test.jaxpr().outAvals();
    if (outs.size() != 1 || outs.getFirst().rank() != 0 || !outs.getFirst().dtype().isBool()) {
      throw new LaxTypeException("while_loop", "its condition must give one boolean, not " + outs);
    }
    return test;
  }

  private static Body step(String what, TreeFn body, Carry carry) {
    Body step =
        Body.trace(
            what,
            body.source(),
            a -> new Object[] {body.call().apply(a)},
            List.of(carry.def),
            carry.avals());
    requireSame(what, carry, step.outs().getFirst(), step.outAvals(0));
    return step;
  }

  private static void requireSame(String what, Carry carry, TreeDef def, List<Aval> avals) {
    List<String> differences =
        Trees.differences(
            "the carry",
            carry.def,
            Programs.anywhere(carry.avals()),
            def,
            Programs.anywhere(avals));
    if (!differences.isEmpty()) {
      throw new CarryException(
          what
              + " at "
              + UserCode.line()
              + ": the body must give back what it carries, but of what goes in and what comes out "
              + String.join("; ", differences)
              + ". Start from a value of the type that the body gives (astype, broadcastTo, zeros),"
              + " or convert inside the body.");
    }
  }

  /**
   * Calls {@code body} with every number from {@code lower} up to but not including {@code upper}.
   * With bounds known now it is a {@code scan} and has a reverse derivative.
   */
  public static Object foriLoop(
      long lower, long upper, TreeFn body, Object init, LoopOptions options) {
    requireGiven(init, options);
    long turns = upper <= lower ? 0 : upper - lower;
    if (turns < 0) {
      throw new LaxTypeException("fori_loop", lower + " to " + upper + " is too far to count");
    }
    boolean wide = lower < Integer.MIN_VALUE || upper > Integer.MAX_VALUE;
    DType counter = wide ? DType.I64 : DType.I32;
    if (JitSwitch.isOff()) {
      Array from = Scalars.ofLong(counter, lower);
      return Stepwise.foriLoop(from, Scalars.ofLong(counter, upper), body, init);
    }
    TreeFn step =
        new TreeFn(
            body.source(),
            a ->
                new Step<>(
                    List.of(next((Array) at(a, 0)), turn(body, at(a, 0), at(a, 1))), List.of()));
    Object start = List.of(Scalars.ofLong(counter, lower), init);
    Scanned<?, ?> out = scan("fori_loop", step, start, List.of(), turns, ScanOptions.of(options));
    return ((List<?>) out.carry()).get(1);
  }

  private static void requireGiven(Object init, LoopOptions options) {
    NullArgumentException.require(init, "fori_loop", "what it begins with");
    NullArgumentException.require(options, "fori_loop", "the options");
  }

  /** One turn of a counted loop; what is wrong with it is told in terms of the user's carry. */
  private static Object turn(TreeFn body, Object i, Object carry) {
    Object next = body.call().apply(new Object[] {i, carry});
    Carry out = Carry.of(next);
    requireSame("fori_loop", Carry.of(carry), out.def, out.avals());
    return next;
  }

  private static Object at(Object[] carry, int i) {
    return ((List<?>) carry[0]).get(i);
  }

  private static Array next(Array i) {
    return Arithmetic.add(i, Scalars.like(i, 1));
  }

  /** The same with bounds that are known when it runs. */
  public static Object foriLoop(
      Array lower, Array upper, TreeFn body, Object init, LoopOptions options) {
    requireGiven(init, options);
    requireCounter(lower, upper);
    if (JitSwitch.isOff() && JitSwitch.isKnown(lower) && JitSwitch.isKnown(upper)) {
      return Stepwise.foriLoop(lower, upper, body, init);
    }
    TreeFn step =
        new TreeFn(
            body.source(),
            a -> List.of(next((Array) at(a, 0)), at(a, 1), turn(body, at(a, 0), at(a, 2))));
    Carry carry = Carry.of(List.of(lower, upper, init));
    Body traced = step("fori_loop", step, carry);
    Body test = counts(carry);
    Carry varied = carry.variedAs(traced.outAvals(0)).varied(choice(test));
    while (!varied.avals().equals(carry.avals())) {
      carry = varied;
      traced = step("fori_loop", step, carry);
      test = counts(carry);
      varied = carry.variedAs(traced.outAvals(0)).varied(choice(test));
    }
    List<?> out = (List<?>) loop(test, traced, carry, false, options);
    return out.get(2);
  }

  /** Whether the counter, which comes first, is below its bound. */
  private static Body counts(Carry carry) {
    return Body.trace(
        "fori_loop",
        Loops.class.getName(),
        a -> new Object[] {Compare.lt((Array) at(a, 0), (Array) at(a, 1))},
        List.of(carry.def),
        carry.avals());
  }

  private static void requireCounter(Array lower, Array upper) {
    NullArgumentException.require(lower, "fori_loop", "the lower bound");
    NullArgumentException.require(upper, "fori_loop", "the upper bound");
    if (lower.rank() != 0
        || upper.rank() != 0
        || !lower.dtype().isInteger()
        || lower.dtype() != upper.dtype()) {
      throw new LaxTypeException(
          "fori_loop",
          "its bounds must be integers of one type, not " + lower.aval() + " and " + upper.aval());
    }
  }

  /** Runs {@code f} over the elements of {@code xs} along their leading axis. */
  public static Scanned<?, ?> scan(TreeFn f, Object init, Object xs, ScanOptions options) {
    NullArgumentException.require(options, "scan", "the options");
    return scan("scan", f, init, xs, options);
  }

  private static Scanned<?, ?> scan(
      String what, TreeFn f, Object init, Object xs, ScanOptions options) {
    TreeFn.Args elements = TreeFn.Args.of(xs);
    long length = options.length().orElse(-1);
    for (Array x : elements.leaves()) {
      if (x.rank() == 0 || (length >= 0 && x.dim(0) != length)) {
        throw new LaxTypeException(
            what,
            "runs over arrays with a leading axis "
                + (length < 0 ? "" : "of " + length + " elements")
                + ", but one is "
                + x.aval());
      }
      length = x.dim(0);
    }
    if (length < 0) {
      throw new LaxTypeException(
          what, "has no arrays to run over; say how often: ScanOptions.length(n)");
    }
    return scan(what, f, init, xs, length, options);
  }

  private static Scanned<?, ?> scan(
      String what, TreeFn f, Object init, Object xs, long length, ScanOptions options) {
    if (JitSwitch.isOff() && length > 0) {
      return Stepwise.scan(f, init, xs, length, options);
    }
    TreeFn.Args elements = TreeFn.Args.of(xs);
    List<Aval> slices = new ArrayList<>();
    for (Array x : elements.leaves()) {
      slices.add(x.aval().withShape(x.shape().without(Axes.of(0))));
    }
    Carry carry = Carry.of(init);
    Body step = element(what, f, carry, elements.defs().getFirst(), slices);
    Carry strong = carry.strengthened(step.outAvals(0));
    while (!strong.avals().equals(carry.avals())) {
      carry = strong;
      step = element(what, f, carry, elements.defs().getFirst(), slices);
      strong = carry.strengthened(step.outAvals(0));
    }
    return scanned(step, carry, elements.leaves(), length, options);
  }

  /** What no step changes is a constant; results that are elements are not stacked again. */
  private static Scanned<?, ?> scanned(
      Body step, Carry carry, List<Array> xs, long length, ScanOptions options) {
    List<Aval> types = new ArrayList<>(carry.avals());
    types.addAll(step.outAvals(1));
    Jaxpr body = Programs.withTypes(step.with(step.captured()), types);
    int consts = step.captured().size();
    int n = carry.leaves.size();
    List<Integer> fixed = Programs.unchanged(body, consts, n);
    List<Integer> rest = Programs.others(fixed, n);
    List<Array> results = new ArrayList<>(carry.leaves);
    List<Integer> wanted = new ArrayList<>(rest);
    for (int y = n; y < body.outs().size(); y++) {
      int element = body.ins().indexOf(body.outs().get(y)) - consts - n;
      results.add(element >= 0 ? xs.get(element) : null);
      if (element < 0) {
        wanted.add(y);
      }
    }
    List<Integer> elements = IntStream.range(n, n + xs.size()).boxed().toList();
    List<Array> operands = new ArrayList<>(step.captured());
    fixed.forEach(i -> operands.add(carry.leaves.get(i)));
    rest.forEach(i -> operands.add(carry.leaves.get(i)));
    operands.addAll(xs);
    Jaxpr program =
        Programs.withResults(
            Programs.withInputs(body, Programs.after(consts, List.of(fixed, rest, elements))),
            List.copyOf(wanted));
    Scan scan =
        new Scan(
            program,
            length,
            options.reverse(),
            consts + fixed.size(),
            rest.size(),
            options.unroll(),
            options.loop().checkpoints());
    List<Array> outs = Bind.bind(scan, operands);
    for (int k = 0; k < wanted.size(); k++) {
      results.set(wanted.get(k), outs.get(k));
    }
    return new Scanned<>(
        Trees.unflatten(carry.def, results.subList(0, n)),
        Trees.unflatten(step.outs().get(1), results.subList(n, results.size())));
  }

  /** Applies {@code f} to every element along the leading axis, one after the other. */
  public static Object map(TreeFn f, Object xs) {
    TreeFn step =
        new TreeFn(f.source(), a -> new Step<>(List.of(), f.call().apply(new Object[] {a[1]})));
    return scan("map", step, List.of(), xs, ScanOptions.DEFAULT).ys();
  }

  /** The same for batches of elements at a time; what is left over is a batch of its own. */
  public static Object map(TreeFn f, Object xs, long batchSize) {
    if (batchSize < 1) {
      throw new LaxTypeException("map", "needs a batch size of at least 1, not " + batchSize);
    }
    List<Array> leaves = TreeFn.Args.of(xs).leaves();
    long n = leaves.isEmpty() ? 0 : length(leaves.getFirst());
    leaves.forEach(x -> requireLength(x, n));
    return new Mapped(f, InAxes.LEADING, OutAxes.LEADING).inChunks(batchSize).call(xs);
  }

  private static long length(Array x) {
    if (x.rank() == 0) {
      throw new LaxTypeException("map", "runs over arrays with a leading axis, not " + x.aval());
    }
    return x.dim(0);
  }

  private static void requireLength(Array x, long n) {
    if (length(x) != n) {
      throw new LaxTypeException(
          "map", "runs over arrays of one length, but has " + n + " elements and " + x.aval());
    }
  }

  /** All prefixes of an associative operation along an axis. */
  public static Object associativeScan(TreeFn fn, Object elems, boolean reverse, int axis) {
    return AssociativeScan.scan(fn, elems, reverse, axis);
  }

  static Step<?, ?> requireStep(String what, Object result) {
    if (result == null) {
      throw new LaxTypeException(
          what, "its function must give new Step<>(carry, y), or Step.of(carry), not null");
    }
    return (Step<?, ?>) result;
  }

  private static Body element(String what, TreeFn f, Carry carry, TreeDef xs, List<Aval> slices) {
    List<Aval> avals = new ArrayList<>(carry.avals());
    avals.addAll(slices);
    Body step =
        Body.trace(
            what,
            f.source(),
            a -> {
              Step<?, ?> out = requireStep(what, f.call().apply(a));
              return new Object[] {out.carry(), out.y()};
            },
            List.of(carry.def, xs),
            avals);
    requireSame(what, carry, step.outs().getFirst(), step.outAvals(0));
    return step;
  }
}
