package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.Aux;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Zeros;
import dev.jacobi.trace.UserCode;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gradients of scalar functions of trees. */
public final class Gradients {
  private Gradients() {}

  /** The function's result as it is (a scalar, or {@link Aux} of one), and one gradient each. */
  public record Result(Object value, List<Object> grads) {}

  /** Value and gradients in the first {@code count} arguments. */
  public static Result valueAndGrads(String transform, TreeFn fn, int count, Object... arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    int differentiated = args.start(count);
    for (int i = 0; i < differentiated; i++) {
      check(transform, args, i);
    }
    List<Boolean> linear = new ArrayList<>(Collections.nCopies(args.leaves().size(), false));
    Collections.fill(linear.subList(0, differentiated), true);
    TreeFn.FlatFn flat = fn.flat(args.defs());
    var lin = Differentiation.linearize(flat, args.leaves(), linear);
    Object value = Leaves.unflatten(flat.out(), lin.primals());
    Array loss = loss(transform, value);
    List<@Nullable Array> cotangents =
        new ArrayList<>(Collections.nCopies(lin.primals().size(), null));
    cotangents.set(lin.primals().indexOf(loss), Scalars.like(loss, 1));
    List<Array> pulled = instantiate(lin.pull(cotangents), args.leaves());
    List<Object> grads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TreeDef def = args.defs().get(i);
      int from = args.start(i);
      grads.add(Leaves.unflatten(def, pulled.subList(from, from + def.leafCount())));
    }
    return new Result(value, grads);
  }

  private static Array loss(String transform, Object value) {
    Object loss = value instanceof Aux<?, ?> aux ? aux.value() : value;
    if (!(loss instanceof Array array)) {
      throw new GradientException(
          transform
              + " at "
              + UserCode.line()
              + " needs a function that returns an Array (or"
              + " Aux of one), but it returned "
              + loss.getClass().getName());
    }
    if (array.rank() != 0) {
      throw new GradientException(
          transform
              + " at "
              + UserCode.line()
              + " needs a function with a scalar result, but its"
              + " result has shape "
              + array.shape()
              + ". Reduce it with sum() or mean(), or use jacrev for the whole Jacobian.");
    }
    if (!array.dtype().isFloat()) {
      throw new GradientException(
          transform
              + " at "
              + UserCode.line()
              + " needs a function with a real floating-point"
              + " result, but its result is "
              + array.aval());
    }
    return array;
  }

  static void check(String transform, TreeFn.Args args, int leaf) {
    Array array = args.leaves().get(leaf);
    if (!array.aval().isDifferentiable()) {
      int argument = 0;
      while (args.start(argument + 1) <= leaf) {
        argument++;
      }
      String path =
          args.defs().get(argument).leafPaths().get(leaf - args.start(argument)).toString();
      throw new GradientException(
          transform
              + " at "
              + UserCode.line()
              + " cannot differentiate in argument "
              + argument
              + (path.isEmpty() ? "" : ", leaf \"" + path + "\"")
              + ", of type "
              + array.aval()
              + ". Integers, booleans and keys have no gradient: convert it with astype(F32), or"
              + " pass it as a later argument.");
    }
  }

  /** Zeros of the leaves' types where nothing flowed back. */
  static List<Array> instantiate(List<@Nullable Array> pulled, List<Array> leaves) {
    List<Array> all = new ArrayList<>();
    for (int i = 0; i < pulled.size(); i++) {
      Array g = pulled.get(i);
      all.add(g == null ? Zeros.of(leaves.get(i).aval().strong()) : g);
    }
    return all;
  }
}
