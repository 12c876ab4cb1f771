package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive.Batched;
import dev.jacobi.jaxpr.Primitive.Jvp;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.BatchAxis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Programs that are derived from programs, for the primitives that hold some. Each is made once and
 * remembered as long as what it was derived from.
 *
 * <p>{@code wanted} says of every result whether its tangent (cotangent, batch) is written out even
 * if it is zero (the same for all): loops carry it, and branches must agree on it. An empty list
 * wants none.
 */
public final class Derived {
  private static final Memo<Partial> JVP = new Memo<>();
  private static final Memo<Split> LINEARIZED = new Memo<>();
  private static final Memo<Partial> TRANSPOSED = new Memo<>();
  private static final Memo<Mapped> MAPPED = new Memo<>();
  private static final Memo<Jaxpr> WHERE = new Memo<>();

  private Derived() {}

  /** A program and which of its possible results it really has. */
  public record Partial(Jaxpr jaxpr, List<Boolean> nonzero) {}

  /**
   * A program split at the tangents.
   *
   * @param mask which inputs have tangents
   * @param primal gives the values and then the residuals that are no inputs
   * @param residuals where each of the first inputs of {@code linear} comes from: an input's index,
   *     or {@code -1 - i} for extra result {@code i}
   * @param linear takes the residuals, then the tangents that are there
   */
  public record Split(
      List<Boolean> mask,
      Jaxpr primal,
      List<Integer> residuals,
      Jaxpr linear,
      List<Boolean> nonzero) {}

  /** A program of batches and where the batches of its results lie. */
  public record Mapped(Jaxpr jaxpr, List<@Nullable Integer> dims) {}

  /**
   * Values and tangents.
   *
   * @param mask which inputs have tangents, which follow the inputs
   */
  public static Partial jvp(Jaxpr jaxpr, List<Boolean> mask, List<Boolean> wanted) {
    return JVP.get(jaxpr, List.of(mask, wanted), () -> makeJvp(jaxpr, mask, wanted));
  }

  private static Partial makeJvp(Jaxpr jaxpr, List<Boolean> mask, List<Boolean> wanted) {
    List<Aval> avals = new ArrayList<>(jaxpr.inAvals());
    avals.addAll(tangentAvals(jaxpr, mask));
    List<Boolean> nonzero = new ArrayList<>();
    int n = jaxpr.ins().size();
    Jaxpr derived =
        Jaxprs.traceClosed(
            avals,
            ins -> {
              List<@Nullable Array> ts = Masks.spread(ins.subList(n, ins.size()), mask);
              Jvp out = Differentiation.jvp(a -> Jaxprs.eval(jaxpr, a), ins.subList(0, n), ts);
              List<@Nullable Array> tangents = written(out.tangents(), tangentAvals(jaxpr), wanted);
              nonzero.addAll(Masks.of(tangents));
              List<Array> all = new ArrayList<>(out.primals());
              all.addAll(Masks.present(tangents));
              return all;
            });
    return new Partial(derived, List.copyOf(nonzero));
  }

  /** Values with residuals, and the linear program of the tangents. */
  public static Split linearize(Jaxpr jaxpr, List<Boolean> mask, List<Boolean> wanted) {
    return LINEARIZED.get(jaxpr, List.of(mask, wanted), () -> split(jaxpr, mask, wanted));
  }

  private static Split split(Jaxpr jaxpr, List<Boolean> mask, List<Boolean> wanted) {
    List<Differentiation.Linearized> kept = new ArrayList<>();
    List<Integer> residuals = new ArrayList<>();
    Jaxpr primal =
        Jaxprs.traceClosed(
            jaxpr.inAvals(),
            ins -> {
              var lin = Differentiation.linearize(a -> Jaxprs.eval(jaxpr, a), ins, mask);
              kept.add(lin);
              List<Array> outs = new ArrayList<>(lin.primals());
              int extra = 0;
              for (Array residual : lin.program().captured()) {
                int input = indexOf(ins, residual);
                if (input < 0) {
                  outs.add(residual);
                }
                residuals.add(input >= 0 ? input : -1 - extra++);
              }
              return outs;
            });
    var lin = kept.getFirst();
    Partial linear = written(lin.program().jaxpr().closed(), lin.nonzero(), jaxpr, wanted);
    return new Split(mask, primal, List.copyOf(residuals), linear.jaxpr, linear.nonzero);
  }

  /** A linear program with the tangents that are wanted although they are zero. */
  private static Partial written(
      Jaxpr linear, List<Boolean> nonzero, Jaxpr of, List<Boolean> wanted) {
    if (wanted.isEmpty() || Masks.or(nonzero, wanted).equals(nonzero)) {
      return new Partial(linear, nonzero);
    }
    List<Boolean> all = new ArrayList<>();
    Jaxpr whole =
        Jaxprs.traceClosed(
            linear.inAvals(),
            ins -> {
              List<@Nullable Array> some = Masks.spread(Jaxprs.eval(linear, ins), nonzero);
              List<@Nullable Array> outs = written(some, tangentAvals(of), wanted);
              all.addAll(Masks.of(outs));
              return Masks.present(outs);
            });
    return new Partial(whole, List.copyOf(all));
  }

  /**
   * Cotangents of the linear inputs, from the known inputs and the cotangents that are there.
   *
   * @param linear which inputs the program is linear in
   * @param mask which results have cotangents
   * @param wanted of the linear inputs
   */
  public static Partial transpose(
      Jaxpr jaxpr, List<Boolean> linear, List<Boolean> mask, List<Boolean> wanted) {
    return TRANSPOSED.get(
        jaxpr, List.of(linear, mask, wanted), () -> transposed(jaxpr, linear, mask, wanted));
  }

  private static Partial transposed(
      Jaxpr jaxpr, List<Boolean> linear, List<Boolean> mask, List<Boolean> wanted) {
    Jaxpr ordered = knownFirst(jaxpr, linear);
    int known = ordered.captured();
    List<Aval> avals = new ArrayList<>(ordered.inAvals().subList(0, known));
    List<Aval> pulled = ordered.inAvals().subList(known, linear.size());
    Masks.<Aval>select(jaxpr.outAvals(), mask, true).forEach(a -> avals.add(a.strong()));
    List<Boolean> nonzero = new ArrayList<>();
    Jaxpr derived =
        Jaxprs.traceClosed(
            avals,
            ins -> {
              List<@Nullable Array> cts = Masks.spread(ins.subList(known, ins.size()), mask);
              List<@Nullable Array> out =
                  written(
                      Transposition.pull(ordered, ins.subList(0, known), cts),
                      pulled.stream().map(Differentiation::tangentAval).toList(),
                      wanted);
              nonzero.addAll(Masks.of(out));
              return Masks.present(out);
            });
    return new Partial(derived, List.copyOf(nonzero));
  }

  private static Jaxpr knownFirst(Jaxpr jaxpr, List<Boolean> linear) {
    List<Atom.Var> ins = new ArrayList<>(Masks.select(jaxpr.ins(), linear, false));
    ins.addAll(Masks.select(jaxpr.ins(), linear, true));
    return new Jaxpr(Collections.frequency(linear, false), ins, jaxpr.eqns(), jaxpr.outs());
  }

  /** The program of a batch; results lie where they come out. */
  public static Mapped vmap(Jaxpr jaxpr, long size, List<@Nullable Integer> dims) {
    return vmap(jaxpr, size, dims, List.of());
  }

  /** The same; if anything is wanted, the batches of all results lie first. */
  public static Mapped vmap(
      Jaxpr jaxpr, long size, List<@Nullable Integer> dims, List<Boolean> wanted) {
    List<Object> params = new ArrayList<>();
    params.add(size);
    params.add(wanted);
    params.add(BatchAxis.current());
    dims.forEach(d -> params.add(d == null ? -1 : d));
    return MAPPED.get(jaxpr, List.copyOf(params), () -> mapped(jaxpr, size, dims, wanted));
  }

  private static Mapped mapped(
      Jaxpr jaxpr, long size, List<@Nullable Integer> dims, List<Boolean> wanted) {
    List<Aval> avals = new ArrayList<>();
    for (int i = 0; i < dims.size(); i++) {
      Aval aval = jaxpr.ins().get(i).aval();
      Integer dim = dims.get(i);
      avals.add(dim == null ? aval : aval.withShape(aval.shape().insert(dim, size)));
    }
    List<@Nullable Integer> outDims = new ArrayList<>();
    Jaxpr derived =
        Jaxprs.traceClosed(
            avals,
            ins -> {
              Optional<String> name = BatchAxis.current();
              Batched out = Batching.vmap(name, a -> Jaxprs.eval(jaxpr, a), size, ins, dims);
              Batched placed = wanted.isEmpty() ? out : first(out, size, wanted);
              outDims.addAll(placed.dims());
              return placed.values();
            });
    return new Mapped(derived, outDims);
  }

  private static Batched first(Batched out, long size, List<Boolean> wanted) {
    List<Array> values = new ArrayList<>();
    List<@Nullable Integer> dims = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Integer dim = out.dims().get(i);
      boolean batched = dim != null || wanted.get(i);
      Array value = out.values().get(i);
      values.add(batched ? Dims.batchAt(value, dim, size, 0) : value);
      dims.add(batched ? (Integer) 0 : null);
    }
    return new Batched(values, dims);
  }

  /**
   * The program with effects in some lanes only.
   *
   * @param active the type of the first input: which lanes of the leading dimensions
   */
  public static Jaxpr where(Jaxpr jaxpr, Aval active) {
    return WHERE.get(
        jaxpr,
        active,
        () -> {
          List<Aval> avals = new ArrayList<>(List.of(active));
          avals.addAll(jaxpr.inAvals());
          return Jaxprs.traceClosed(
              avals, ins -> Jaxprs.evalWhere(ins.getFirst(), jaxpr, ins.subList(1, ins.size())));
        });
  }

  /** Zeros in the place of nulls that are wanted and can be anything else. */
  private static List<@Nullable Array> written(
      List<@Nullable Array> arrays, List<Aval> avals, List<Boolean> wanted) {
    if (wanted.isEmpty()) {
      return arrays;
    }
    List<@Nullable Array> all = new ArrayList<>();
    for (int i = 0; i < arrays.size(); i++) {
      boolean zero = arrays.get(i) == null && wanted.get(i) && avals.get(i).isDifferentiable();
      all.add(zero ? Zeros.of(avals.get(i)) : arrays.get(i));
    }
    return all;
  }

  private static List<Aval> tangentAvals(Jaxpr jaxpr) {
    return jaxpr.outAvals().stream().map(Differentiation::tangentAval).toList();
  }

  private static List<Aval> tangentAvals(Jaxpr jaxpr, List<Boolean> mask) {
    return Masks.<Aval>select(jaxpr.inAvals(), mask, true).stream()
        .map(Differentiation::tangentAval)
        .toList();
  }

  private static int indexOf(List<Array> arrays, Array array) {
    for (int i = 0; i < arrays.size(); i++) {
      if (arrays.get(i) == array) {
        return i;
      }
    }
    return -1;
  }
}
