package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive.Batched;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.UserCode;
import dev.jacobi.transform.Batching;
import dev.jacobi.transform.InAxes;
import dev.jacobi.transform.Mapping;
import dev.jacobi.transform.Memo;
import dev.jacobi.transform.OutAxes;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.transform.Trees;
import dev.jacobi.transform.VmapException;
import dev.jacobi.tree.TreeDef;
import dev.jacobi.tree.TreeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A function over the elements of a batch: all at once, or so many at a time in a {@code scan}. The
 * last chunk, if it is smaller, is computed by itself.
 *
 * @param chunk how many elements at a time; 0 for all
 * @param axisName the name of the batch's axis for collectives, if it has one
 */
public record Mapped(TreeFn fn, InAxes in, OutAxes out, long chunk, Optional<String> axisName) {
  private static final Memo<Jaxpr> STEPS = new Memo<>();

  /** All elements at once, along an axis without a name. */
  public Mapped(TreeFn fn, InAxes in, OutAxes out) {
    this(fn, in, out, 0, Optional.empty());
  }

  /** The same with a name for the axis of the batch. */
  public Mapped named(String name) {
    NullArgumentException.require(name, "axisName", "the name");
    return new Mapped(fn, in, out, chunk, Optional.of(name));
  }

  /** The same in chunks of another size. */
  public Mapped inChunks(long size) {
    if (size < 1) {
      throw new VmapException(
          "vmap(...).chunk("
              + size
              + ") at "
              + UserCode.line()
              + ": a chunk has at least one element");
    }
    return new Mapped(fn, in, out, size, axisName);
  }

  /** Calls the function. */
  public Object call(Object... arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    if (chunk == 0) {
      return Mapping.vmap(axisName, fn, in, out, arguments);
    }
    Mapping.Batch batch = Mapping.Batch.of(in, args);
    if (chunk >= batch.size()) {
      return Mapping.vmap(axisName, fn, in, out, arguments);
    }
    if (axisName.isPresent()) {
      throw new VmapException(
          ("vmap(...).chunk(%d).axisName(\"%s\") at %s: a collective needs the whole batch at once."
                  + " Leave chunk or the name out.")
              .formatted(chunk, axisName.get(), UserCode.line()));
    }
    return new Chunks(args, batch).call();
  }

  /** One call in several chunks. */
  private final class Chunks {
    private final TreeFn.Args args;
    private final List<Boolean> mapped;
    private final List<Array> leaves; // with the batch first
    private final long size;
    private final long whole; // elements in whole chunks

    Chunks(TreeFn.Args args, Mapping.Batch batch) {
      this.args = args;
      this.size = batch.size();
      this.whole = size / chunk * chunk;
      this.mapped = batch.dims().stream().map(d -> d != null).toList();
      this.leaves = new ArrayList<>();
      for (int i = 0; i < mapped.size(); i++) {
        Integer dim = batch.dims().get(i);
        Array leaf = args.leaves().get(i);
        leaves.add(dim == null ? leaf : Dims.move(leaf, dim, 0));
      }
    }

    Object call() {
      Body body = body();
      List<Boolean> differs = differs(body);
      List<Array> results = new ArrayList<>();
      List<@Nullable Integer> dims = new ArrayList<>();
      List<Array> looped = scan(body, differs);
      List<Array> last = whole < size ? lanes(part(whole, size), size - whole).leaves() : List.of();
      for (int r = 0; r < differs.size(); r++) {
        Array value = looped.get(r);
        if (differs.get(r)) {
          Array joined = Shapes.reshape(value, value.shape().without(Axes.of(0)).with(0, whole));
          results.add(
              last.isEmpty() ? joined : Concatenation.concatenate(List.of(joined, last.get(r)), 0));
        } else {
          results.add(value);
        }
        dims.add(differs.get(r) ? (Integer) 0 : null);
      }
      return Mapping.results(body.outs().getFirst(), new Batched(results, dims), size, out);
    }

    /** The function of a chunk: its results, and as a text which of them differ in its elements. */
    private Body body() {
      List<Aval> avals = new ArrayList<>();
      for (int i = 0; i < leaves.size(); i++) {
        Aval aval = leaves.get(i).aval();
        avals.add(mapped.get(i) ? aval.withShape(aval.shape().with(0, chunk)) : aval);
      }
      return Body.trace(
          "vmap in chunks " + mapped,
          fn.source(),
          a -> {
            Lanes lanes = lanes(TreeFn.Args.of(a).leaves(), chunk);
            return new Object[] {Trees.unflatten(lanes.def, lanes.leaves), lanes.differs};
          },
          args.defs(),
          avals);
    }

    private static List<Boolean> differs(Body body) {
      String text = (String) ((TreeNode.OfStatic) body.outs().get(1).node()).value();
      return text.chars().mapToObj(c -> c == '1').toList();
    }

    /** Results of some elements; those that are the same for all have no axis for them. */
    private record Lanes(TreeDef def, List<Array> leaves, String differs) {}

    private Lanes lanes(List<Array> elements, long count) {
      List<TreeDef> def = new ArrayList<>();
      Batched batched =
          Batching.vmap(
              lanes -> {
                Object result = fn.call().apply(TreeFn.unflatten(args.defs(), lanes));
                TreeFn.Args flat = TreeFn.Args.of(result);
                def.addAll(flat.defs());
                return flat.leaves();
              },
              count,
              elements,
              Programs.first(mapped));
      List<Array> values = new ArrayList<>();
      StringBuilder differs = new StringBuilder();
      for (int r = 0; r < batched.values().size(); r++) {
        Integer dim = batched.dims().get(r);
        Array value = batched.values().get(r);
        boolean own = dim != null || value.aval().key(); // a scan carries numbers only
        values.add(own ? Dims.batchAt(value, dim, count, 0) : value);
        differs.append(own ? '1' : '0');
      }
      return new Lanes(def.getFirst(), values, differs.toString());
    }

    private List<Array> part(long from, long to) {
      List<Array> some = new ArrayList<>();
      for (int i = 0; i < leaves.size(); i++) {
        Array x = leaves.get(i);
        boolean all = !mapped.get(i) || from == 0 && to == size;
        some.add(all ? x : Slices.inDim(x, from, to, 1, 0));
      }
      return some;
    }

    /** What is the same for all elements is carried: no chunk changes it. */
    private List<Array> scan(Body body, List<Boolean> differs) {
      int captured = body.captured().size();
      List<Array> consts = new ArrayList<>(body.captured());
      List<Array> xs = new ArrayList<>();
      List<Array> some = part(0, whole);
      for (int i = 0; i < some.size(); i++) {
        Array x = some.get(i);
        if (mapped.get(i)) {
          xs.add(Shapes.reshape(x, x.shape().with(0, chunk).insert(0, whole / chunk)));
        } else {
          consts.add(x);
        }
      }
      Jaxpr step =
          STEPS.get(
              body.jaxpr(),
              List.of(mapped, differs),
              () -> step(body.with(body.captured()), captured, differs));
      List<Integer> same = Programs.where(differs.stream().map(d -> !d).toList());
      List<Array> operands = new ArrayList<>(consts);
      same.forEach(r -> operands.add(Zeros.of(body.jaxpr().outs().get(r).aval())));
      operands.addAll(xs);
      Scan scan = new Scan(step, whole / chunk, false, consts.size(), same.size(), 1);
      List<Array> outs = Bind.bind(scan, operands);
      List<Array> results = new ArrayList<>();
      int carried = 0;
      int stacked = same.size();
      for (boolean d : differs) {
        results.add(outs.get(d ? stacked++ : carried++));
      }
      return results;
    }

    private Jaxpr step(Jaxpr program, int captured, List<Boolean> differs) {
      List<Atom.Var> ins = new ArrayList<>(program.ins().subList(0, captured));
      List<Atom.Var> xs = new ArrayList<>();
      for (int i = 0; i < mapped.size(); i++) {
        (mapped.get(i) ? xs : ins).add(program.ins().get(captured + i));
      }
      List<Atom> outs = new ArrayList<>();
      for (int r : IntStream.range(0, differs.size()).filter(r -> !differs.get(r)).toArray()) {
        outs.add(program.outs().get(r));
        ins.add(new Atom.Var(program.outs().get(r).aval()));
      }
      Programs.where(differs).forEach(r -> outs.add(program.outs().get(r)));
      ins.addAll(xs);
      return new Jaxpr(0, ins, program.eqns(), outs);
    }
  }
}
