package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.Context;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Masks;
import dev.jacobi.transform.Memo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the primitives of control flow ask of their programs. */
public final class Programs {
  private static final Memo<Jaxpr> INPUTS = new Memo<>();
  private static final Memo<Jaxpr> RESULTS = new Memo<>();
  private static final Memo<Jaxpr> TYPES = new Memo<>();
  private static final Memo<Jaxpr> TAKING = new Memo<>();
  private static final Memo<Jaxpr> IGNORING = new Memo<>();
  private static final Memo<Jaxpr> ZEROS = new Memo<>();

  private Programs() {}

  /** Checks that a program takes operands of these types; weak ones may go where strong ones do. */
  static void takes(String primitive, Jaxpr program, List<Aval> operands) {
    if (!strong(program.inAvals()).equals(strong(operands))) {
      throw new LaxTypeException(
          primitive, "holds a program of " + program.inAvals() + ", but is given " + operands);
    }
  }

  static List<Aval> strong(List<Aval> avals) {
    return avals.stream().map(Aval::strong).toList();
  }

  /** The types without the mesh axes along which values differ. */
  static List<Aval> anywhere(List<Aval> avals) {
    return avals.stream().map(a -> a.withVarying(List.of())).toList();
  }

  /** Which results of a mapped program differ between the elements of the batch. */
  public static List<Boolean> isBatched(Derived.Mapped mapped) {
    return mapped.dims().stream().map(d -> d != null).toList();
  }

  /** One entry per lane of the leading dimensions, repeated over a shape. */
  static Array overLanes(Array perLane, Shape shape) {
    return perLane.shape().equals(shape)
        ? perLane
        : Shapes.broadcastInDim(perLane, shape, Axes.range(perLane.rank()));
  }

  public static <T extends @Nullable Object> List<T> join(List<T> a, List<T> b) {
    List<T> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }

  /**
   * What of a carry has a tangent (cotangent, batch) in some step.
   *
   * @param start what has one in the first
   * @param step from what has one before a step to what has one after it
   */
  public static List<Boolean> carried(List<Boolean> start, UnaryOperator<List<Boolean>> step) {
    List<Boolean> carried = start;
    while (true) {
      List<Boolean> now = Masks.or(carried, step.apply(carried));
      if (now.equals(carried)) {
        return carried;
      }
      carried = now;
    }
  }

  /** The first dimension where the mask is set. */
  public static List<@Nullable Integer> first(List<Boolean> batched) {
    List<@Nullable Integer> dims = new ArrayList<>();
    batched.forEach(b -> dims.add(b ? (Integer) 0 : null));
    return dims;
  }

  /** The tangents of a carry that are there in some step. */
  public static List<Array> written(
      List<@Nullable Array> tangents, List<Array> primals, List<Boolean> carried) {
    List<Array> all = new ArrayList<>();
    where(carried).forEach(i -> all.add(written(tangents.get(i), primals.get(i))));
    return all;
  }

  /** A tangent that is written out even if it is zero. */
  static Array written(@Nullable Array tangent, Array primal) {
    return tangent == null ? Zeros.of(primal.aval().strong()) : tangent;
  }

  /**
   * The numbers of operands that come in segments, with the segments in another order.
   *
   * @param sizes of the segments as they are
   * @param segments their numbers in the wanted order
   */
  static List<Integer> order(int[] sizes, int... segments) {
    List<Integer> all = new ArrayList<>();
    for (int segment : segments) {
      int from = Arrays.stream(sizes, 0, segment).sum();
      IntStream.range(from, from + sizes[segment]).forEach(all::add);
    }
    return List.copyOf(all);
  }

  /** Which of {@code n} carried values, after the constants, come out as they went in. */
  static List<Integer> unchanged(Jaxpr body, int consts, int n) {
    return IntStream.range(0, n)
        .filter(i -> body.outs().get(i) == body.ins().get(consts + i))
        .boxed()
        .toList();
  }

  static List<Integer> others(List<Integer> some, int n) {
    return IntStream.range(0, n).filter(i -> !some.contains(i)).boxed().toList();
  }

  /** The numbers at which a mask is set. */
  public static List<Integer> where(List<Boolean> mask) {
    return IntStream.range(0, mask.size()).filter(mask::get).boxed().toList();
  }

  /** The numbers of constants, then others counted from behind the constants. */
  static List<Integer> after(int consts, List<List<Integer>> others) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, consts).boxed().toList());
    others.forEach(some -> some.forEach(i -> all.add(consts + i)));
    return List.copyOf(all);
  }

  /** A program with its inputs in another order, or with fewer if it does not read the others. */
  public static Jaxpr withInputs(Jaxpr program, List<Integer> order) {
    if (order.equals(IntStream.range(0, program.ins().size()).boxed().toList())) {
      return program;
    }
    return INPUTS.get(
        program,
        order,
        () ->
            new Jaxpr(
                0,
                order.stream().map(program.ins()::get).toList(),
                program.eqns(),
                program.outs()));
  }

  /** A program with its results in another order. */
  public static Jaxpr withResults(Jaxpr program, List<Integer> order) {
    if (order.equals(IntStream.range(0, program.outs().size()).boxed().toList())) {
      return program;
    }
    return RESULTS.get(
        program,
        order,
        () ->
            new Jaxpr(
                    0,
                    program.ins(),
                    program.eqns(),
                    order.stream().map(program.outs()::get).toList())
                .eliminateDeadCode());
  }

  /**
   * A program whose results are weak where wanted and strong elsewhere, and differ along the wanted
   * mesh axes.
   */
  static Jaxpr withTypes(Jaxpr program, List<Aval> types) {
    if (program.outAvals().equals(types)) {
      return program;
    }
    return TYPES.get(
        program,
        List.copyOf(types),
        () ->
            Jaxprs.traceClosed(
                program.inAvals(),
                ins -> {
                  List<Array> outs = new ArrayList<>(Jaxprs.eval(program, ins));
                  for (int i = 0; i < types.size(); i++) {
                    Array out = outs.get(i);
                    Aval type = types.get(i);
                    Array typed = Convert.convertElementType(out, out.dtype(), type.weak());
                    outs.set(i, Context.varied(typed, type.varying()));
                  }
                  return outs;
                }));
  }

  /** A program of inputs that differ along more mesh axes than those that it was traced for. */
  static Jaxpr taking(Jaxpr program, List<Aval> inputs) {
    if (program.inAvals().equals(inputs)) {
      return program;
    }
    return TAKING.get(
        program,
        List.copyOf(inputs),
        () -> Jaxprs.traceClosed(inputs, ins -> Jaxprs.eval(program, ins)));
  }

  /** The arrays, differing along these mesh axes too. */
  static List<Array> varied(List<Array> arrays, List<String> axes) {
    return axes.isEmpty() ? arrays : arrays.stream().map(x -> Context.varied(x, axes)).toList();
  }

  static List<Aval> avals(List<Array> arrays) {
    return arrays.stream().map(Array::aval).toList();
  }

  /** A program that takes more inputs than it reads. */
  static Jaxpr ignoring(Jaxpr program, List<Aval> more) {
    return IGNORING.get(
        program,
        List.copyOf(more),
        () -> {
          List<Atom.Var> ins = new ArrayList<>(program.ins());
          more.forEach(a -> ins.add(new Atom.Var(a)));
          return new Jaxpr(0, ins, program.eqns(), program.outs());
        });
  }

  /** A program of the same types that gives zeros. */
  static Jaxpr zeros(Jaxpr program) {
    return ZEROS.get(
        program,
        List.of(),
        () -> {
          Jaxpr zeros =
              Jaxprs.traceClosed(
                  program.inAvals(), ins -> program.outAvals().stream().map(Zeros::of).toList());
          return withTypes(zeros, program.outAvals());
        });
  }

  /** The constants and everything that is computed from them alone. */
  public static Set<Atom> constants(Jaxpr program, int numConsts) {
    Set<Atom> constant = new HashSet<>(program.ins().subList(0, numConsts));
    for (Eqn eqn : program.eqns()) {
      boolean isConstant =
          eqn.ins().stream().allMatch(a -> a instanceof Atom.Lit || constant.contains(a));
      if (isConstant && !eqn.primitive().hasEffects()) {
        constant.addAll(eqn.outs());
      }
    }
    return constant;
  }

  /** From a program's constants to some of what is computed from them alone. */
  public static Jaxpr invariant(
      Jaxpr program, int numConsts, Set<Atom> constant, List<Atom> wanted) {
    List<Eqn> eqns =
        program.eqns().stream()
            .filter(e -> !e.primitive().hasEffects() && constant.containsAll(e.outs()))
            .toList();
    return new Jaxpr(0, program.ins().subList(0, numConsts), eqns, wanted).eliminateDeadCode();
  }
}
