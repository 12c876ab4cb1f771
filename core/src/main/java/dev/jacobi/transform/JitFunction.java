package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.dispatch.Eager;
import dev.jacobi.dispatch.NotToldException;
import dev.jacobi.dispatch.ShardedBuffer;
import dev.jacobi.hlo.spi.ArrayCopy;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.GridLayout;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lowering.Lowering;
import dev.jacobi.purity.Purity;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.ConcreteArray;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.EvalTrace;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.trace.JitSwitch;
import dev.jacobi.trace.NamedAxis;
import dev.jacobi.trace.Observer;
import dev.jacobi.trace.ScalarArray;
import dev.jacobi.trace.Tracer;
import dev.jacobi.trace.UserCode;
import dev.jacobi.trace.Warnings;
import dev.jacobi.tree.TreeDef;
import dev.jacobi.tree.TreeDiff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The cache and the calls of one jitted function: traced once per types of its leaves. */
public final class JitFunction {
  private static final int RETRACES = 5;

  private final TreeFn fn;
  private final Set<Integer> donated;
  private final int threads;
  private final @Nullable SymbolicBatch batch;
  private final ConcurrentHashMap<Signature, Entry> entries = new ConcurrentHashMap<>();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private volatile @Nullable Entry last;

  /**
   * @param donated arguments whose memory the function may take over
   * @param threads how many threads it may use; 0 for all
   */
  public JitFunction(TreeFn fn, Set<Integer> donated, int threads) {
    this(fn, donated, threads, null);
  }

  private JitFunction(TreeFn fn, Set<Integer> donated, int threads, @Nullable SymbolicBatch batch) {
    UserFunctions.behind(fn.source()).forEach(f -> Purity.check(f, "jit"));
    this.fn = fn;
    this.donated = Set.copyOf(donated);
    this.threads = threads;
    this.batch = batch;
  }

  /** The same function traced once for any size of the leading dimension of some arguments. */
  public JitFunction symbolicBatch(InAxes in) {
    return new JitFunction(fn, donated, threads, new SymbolicBatch(in));
  }

  /** The same function with another argument donated. */
  public JitFunction donate(int argument) {
    if (argument < 0) {
      throw new DonationException("donate(" + argument + ") names no argument");
    }
    Set<Integer> more = new HashSet<>(donated);
    more.add(argument);
    return new JitFunction(fn, more, threads, batch);
  }

  /** The same function on at most {@code n} threads. */
  public JitFunction threads(int n) {
    if (n < 0) {
      throw new LaxTypeException("threads", n + " is no number of threads; 0 means all");
    }
    return new JitFunction(fn, donated, n, batch);
  }

  /** How calls found compiled programs. */
  public record CacheStats(long hits, long misses, int entries) {}

  public CacheStats cacheStats() {
    return new CacheStats(hits.sum(), misses.sum(), entries.size());
  }

  /** Structure, leaf types and named axes: what a traced program depends on. */
  private record Signature(List<TreeDef> defs, List<Aval> avals, Set<NamedAxis.Key> axes) {}

  /** One traced program. */
  private static final class Entry {
    private final Signature signature;
    private final Aval[] avals;
    private final Jit primitive;
    private final List<Array> captured;
    private final TreeDef out;
    private final boolean concrete;
    private final boolean flat;
    private final boolean open; // some sizes are those of the batch
    private volatile Eager.@Nullable Compiled compiled;

    Entry(Signature signature, Jit primitive, List<Array> captured, TreeDef out, boolean symbolic) {
      this.signature = signature;
      this.avals = signature.avals.toArray(new Aval[0]);
      this.primitive = primitive;
      this.captured = captured;
      this.out = out;
      this.concrete = captured.stream().noneMatch(Tracer.class::isInstance);
      this.flat = concrete && signature.defs.stream().allMatch(TreeDef::isLeaf);
      this.open = symbolic && SymbolicBatch.isOpen(avals);
    }

    private Eager.Compiled compiledNow() {
      return open
          ? SymbolicBatch.named(primitive.function(), () -> Eager.compiled(primitive, new Aval[0]))
          : Eager.compiled(primitive, new Aval[0]);
    }

    private Eager.Compiled compiled() {
      Eager.Compiled known = compiled;
      if (known == null || !known.isCurrent()) {
        known = compiledNow();
        compiled = known;
      }
      return known;
    }

    /**
     * The captured arrays' and the arguments' memory, if the arguments are arrays of these types.
     */
    private Buffer @Nullable [] buffers(Object[] arguments) {
      if (arguments.length != avals.length) {
        return null;
      }
      Buffer[] buffers = withCaptured();
      long size = -1;
      for (int i = 0; i < arguments.length; i++) {
        if (!(arguments[i] instanceof ConcreteArray array)) {
          return null;
        }
        size = joined(i, array, size);
        if (size == SymbolicBatch.MISFIT) {
          return null;
        }
        buffers[captured.size() + i] = EvalTrace.buffer(array);
      }
      checkDonation(buffers);
      return buffers;
    }

    /** The size of the batch after one more argument, or that it does not fit. */
    private long joined(int i, Array array, long size) {
      if (open) {
        return SymbolicBatch.joined(avals[i], array.aval(), size);
      }
      boolean same = avals[i] == array.aval() || avals[i].equals(array.aval());
      return same ? size : SymbolicBatch.MISFIT;
    }

    /** A buffer that is given away may not be passed twice: the program writes over it. */
    private void checkDonation(Buffer[] buffers) {
      for (int i : primitive.donated()) {
        for (int k = 0; k < buffers.length; k++) {
          if (k != i && buffers[k] == buffers[i]) {
            throw new DonationException(
                primitive.function(), i - captured.size(), k - captured.size());
          }
        }
      }
    }

    private Buffer[] buffers(List<Array> leaves) {
      Buffer[] buffers = withCaptured();
      for (int i = 0; i < leaves.size(); i++) {
        int at = captured.size() + i;
        boolean shared = leaves.get(i) instanceof ScalarArray && primitive.donated().contains(at);
        buffers[at] =
            shared
                ? Eager.copyOf(((ScalarArray) leaves.get(i)).lit())
                : EvalTrace.buffer(leaves.get(i));
      }
      checkDonation(buffers);
      return buffers;
    }

    private Buffer[] withCaptured() {
      Buffer[] buffers = new Buffer[captured.size() + avals.length];
      for (int i = 0; i < captured.size(); i++) {
        buffers[i] = EvalTrace.buffer(captured.get(i));
      }
      return buffers;
    }

    private Object execute(Buffer[] buffers) {
      if (Eager.areDivided(buffers) && !primitive.isManual()) {
        List<Aval> ins = primitive.jaxpr().inAvals();
        Executable program = Eager.divided(primitive, ins, buffers);
        return Leaves.unflatten(
            out, EvalTrace.arrays(primitive.jaxpr().outAvals(), program.execute(buffers)));
      }
      Eager.Compiled program = compiled();
      Buffer[] results = program.executable().execute(buffers);
      List<Aval> outs = open ? SymbolicBatch.filled(program.outs(), size(buffers)) : program.outs();
      if (out.isLeaf()) {
        return Leaves.leaf(new ConcreteArray(outs.getFirst(), results[0]));
      }
      return Leaves.unflatten(out, EvalTrace.arrays(outs, results));
    }

    private long size(Buffer[] buffers) {
      int i = 0;
      while (avals[i].shape().isStatic()) {
        i++;
      }
      return buffers[captured.size() + i].type().dim(0);
    }

    boolean accepts(List<TreeDef> defs, List<Array> leaves) {
      long size = -1;
      for (int i = 0; i < avals.length; i++) {
        size = joined(i, leaves.get(i), size);
        if (size == SymbolicBatch.MISFIT) {
          return false;
        }
      }
      return signature.defs.equals(defs) && signature.axes.equals(Context.axisKeys());
    }
  }

  /** Calls the function. */
  public Object call(Object... arguments) {
    if (JitSwitch.isOff()) {
      return fn.call().apply(arguments);
    }
    Entry recent = last;
    boolean direct = Context.isPlain() && !Observer.isActive();
    if (direct && recent != null && recent.flat) {
      Buffer[] buffers = recent.buffers(arguments);
      if (buffers != null) {
        hits.increment();
        return recent.execute(buffers);
      }
    }
    TreeFn.Args args = TreeFn.Args.of(arguments);
    boolean executed = direct && args.leaves().stream().noneMatch(Tracer.class::isInstance);
    Entry entry = entry(args, executed);
    if (executed && entry.concrete) {
      return entry.execute(entry.buffers(args.leaves()));
    }
    if (entry.open) {
      entry = entry(args, false); // what it captures is being transformed
    }
    List<Array> operands = new ArrayList<>(entry.captured);
    operands.addAll(args.leaves());
    return Leaves.unflatten(entry.out, Bind.bind(entry.primitive, operands));
  }

  /**
   * The traced program.
   *
   * @param symbolic whether it may be one for any size of the batch: transformations need to know
   *     sizes
   */
  private Entry entry(TreeFn.Args args, boolean symbolic) {
    Entry recent = last;
    if (recent != null
        && (symbolic || !recent.open)
        && recent.avals.length == args.leaves().size()
        && recent.accepts(args.defs(), args.leaves())) {
      hits.increment();
      return recent;
    }
    Signature signature = signature(args, symbolic);
    Entry known = entries.get(signature);
    if (known == null) {
      misses.increment();
      warnOfStaticLeaf(signature);
      known = trace(signature);
      if (known.concrete) {
        entries.put(signature, known);
        last = known;
      }
    } else {
      hits.increment();
      last = known;
    }
    return known;
  }

  private Signature signature(TreeFn.Args args, boolean symbolic) {
    List<Aval> avals =
        symbolic && batch != null
            ? batch.open(fn.name(), args)
            : args.leaves().stream().map(Array::aval).toList();
    return new Signature(args.defs(), avals, Context.axisKeys());
  }

  /** After {@value #RETRACES} traces that differ in one static leaf only, names it. */
  private void warnOfStaticLeaf(Signature signature) {
    Map<String, Integer> counts = new HashMap<>();
    for (Signature known : entries.keySet()) {
      List<TreeDiff> all = new ArrayList<>();
      for (int i = 0; i < signature.defs.size(); i++) {
        all.addAll(known.defs.get(i).differences(signature.defs.get(i)));
      }
      if (all.size() == 1 && known.avals.equals(signature.avals)) {
        counts.merge(all.getFirst().path().toString(), 1, Integer::sum);
      }
    }
    counts.forEach(
        (path, count) -> {
          if (count >= RETRACES) {
            Warnings.once(
                List.of(this, path),
                () ->
                    "jit traced "
                        + fn.name()
                        + " again at "
                        + UserCode.line()
                        + ", the "
                        + (count + 1)
                        + "th time for another value of the static leaf "
                        + path
                        + ". Static values are part of the cache's key: make it an array, as"
                        + " array(x), if it changes from call to call.");
          }
        });
  }

  private Entry trace(Signature signature) {
    int arity = signature.defs.size();
    donated.stream()
        .filter(i -> i >= arity)
        .forEach(
            i -> {
              throw new DonationException(
                  "donate(" + i + "), but " + fn.name() + " has " + arity + " arguments from 0");
            });
    TreeFn.FlatFn flat = fn.flat(signature.defs);
    JaxprTrace.Traced traced =
        batch == null
            ? Jaxprs.trace("jit", signature.avals, flat)
            : SymbolicBatch.named(fn.name(), () -> Jaxprs.trace("jit", signature.avals, flat));
    Set<Integer> donatedLeaves = new HashSet<>();
    int next = traced.captured().size();
    for (int i = 0; i < signature.defs.size(); i++) {
      for (int k = 0; k < signature.defs.get(i).leafCount(); k++, next++) {
        if (donated.contains(i)) {
          donatedLeaves.add(next);
        }
      }
    }
    JaxprDump.write(fn.name(), traced.jaxpr());
    Jit primitive = new Jit(fn.name(), traced.jaxpr().closed(), donatedLeaves, threads);
    return new Entry(signature, primitive, traced.captured(), flat.out(), batch != null);
  }

  /** The traced program for these arguments. */
  public Lowered lower(Object... arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    Entry entry = entry(args, true);
    List<Optional<GridLayout>> lie = new ArrayList<>();
    entry.captured.forEach(x -> lie.add(layout(x)));
    args.leaves().forEach(x -> lie.add(layout(x)));
    return new Lowered(entry.primitive, entry.captured, entry.signature.defs, entry.out, lie);
  }

  private static Optional<GridLayout> layout(Array x) {
    return x instanceof ConcreteArray c && c.buffer() instanceof ShardedBuffer s
        ? Optional.of(s.layout())
        : Optional.empty();
  }

  /**
   * A traced program before compilation.
   *
   * @param captured the arrays that the program's first inputs stand for
   * @param arguments the structures of the arguments, whose leaves are the other inputs
   * @param result the structure of the result
   * @param lie how the program's inputs lie on several devices; empty if they are on one
   */
  public record Lowered(
      Jit primitive,
      List<Array> captured,
      List<TreeDef> arguments,
      TreeDef result,
      List<Optional<GridLayout>> lie) {
    /** Its StableHLO. */
    public dev.jacobi.hlo.HloModule module() {
      return Lowering.lower(primitive.function(), primitive.jaxpr(), primitive.donated());
    }

    /** The same as text. */
    public String text() {
      return HloPrinter.print(module());
    }

    /**
     * What each device runs where arguments or constraints lie on several: the divided program, how
     * its arguments and results lie, and what was decided for each operation.
     */
    public Lowering.Program partitioned() {
      return Lowering.program(primitive.function(), primitive.jaxpr(), primitive.donated(), lie);
    }

    /** The same as text, the report first. */
    public String partitionedText() {
      Lowering.Program program = partitioned();
      String report = program.report().map(r -> r + "\n").orElse("");
      return report + HloPrinter.print(program.module());
    }

    /**
     * The copies of whole arrays that the compiled program makes where it could have worked in
     * place, each with its line and the reason. Arguments are counted by their arrays, from 0.
     *
     * @throws NotToldException if the engine does not tell
     */
    public List<ArrayCopy> copies() {
      Eager.Compiled program = Eager.compiled(primitive, new Aval[0]);
      return program
          .executable()
          .copies()
          .orElseThrow(
              () -> new NotToldException(program.engine().name(), "which arrays it copies"))
          .stream()
          .map(this::named)
          .toList();
    }

    private ArrayCopy named(ArrayCopy copy) {
      if (!(copy.reason() instanceof ArrayCopy.Reason.Undonated u)) {
        return copy;
      }
      int argument = u.argument() - captured.size();
      return copy.withReason(
          argument < 0
              ? new ArrayCopy.Reason.Captured()
              : new ArrayCopy.Reason.Undonated(argument));
    }

    /** Compiles it, so that the first call need not. */
    public Lowered compile() {
      Eager.compiled(primitive, new Aval[0]);
      return this;
    }
  }

  /** What would make the next call with these arguments trace again, or that nothing would. */
  public String explainMiss(Object... arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    Signature wanted = signature(args, true);
    if (entries.containsKey(wanted)) {
      return "cached: a call with these arguments does not trace again";
    }
    if (entries.isEmpty()) {
      return "never called: the first call traces and compiles";
    }
    StringBuilder s = new StringBuilder("not cached; it differs");
    for (Signature known : entries.keySet()) {
      s.append("\n  from ").append(known.avals).append(": ").append(difference(known, wanted));
    }
    return s.toString();
  }

  private static String difference(Signature known, Signature wanted) {
    for (int i = 0; i < wanted.defs.size(); i++) {
      var differences = known.defs.get(i).differences(wanted.defs.get(i));
      if (!differences.isEmpty()) {
        return "the structure of argument " + i + ": " + differences;
      }
    }
    for (int i = 0; i < wanted.avals.size(); i++) {
      if (!known.avals.get(i).equals(wanted.avals.get(i))) {
        return "leaf " + i + " was " + known.avals.get(i) + " and is " + wanted.avals.get(i);
      }
    }
    return "nothing";
  }
}
