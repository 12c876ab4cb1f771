package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.spi.CallInterruptedException;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.trace.JitSwitch;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.transform.Trees;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loops in Java, for {@link JitSwitch}: every step calls the user's function on values. */
final class Stepwise {
  private Stepwise() {}

  /** The result, or nothing if the condition does not have a value. */
  static Optional<Object> whileLoop(TreeFn cond, TreeFn body, Object init) {
    Object carry = tree(init);
    while (true) {
      requireNotInterrupted();
      Array again = (Array) tree(cond.call().apply(new Object[] {carry}));
      if (!JitSwitch.isKnown(again)) {
        return Optional.empty();
      }
      if (!again.itemBoolean()) {
        return Optional.of(carry);
      }
      carry = tree(body.call().apply(new Object[] {carry}));
    }
  }

  /** A counted loop whose bounds have values. */
  static Object foriLoop(Array lower, Array upper, TreeFn body, Object init) {
    Array i = lower;
    Object carry = init;
    while (Compare.lt(i, upper).itemBoolean()) {
      requireNotInterrupted();
      carry = tree(body.call().apply(new Object[] {i, carry}));
      i = Arithmetic.add(i, Scalars.like(i, 1));
    }
    return carry;
  }

  /** A scan of at least one element; of the results of none nobody knows the types. */
  static Scanned<?, ?> scan(TreeFn f, Object init, Object xs, long length, ScanOptions options) {
    TreeFn.Args elements = TreeFn.Args.of(xs);
    TreeDef def = elements.defs().getFirst();
    Object carry = init;
    List<TreeFn.Args> steps = new ArrayList<>();
    for (long k = 0; k < length; k++) {
      requireNotInterrupted();
      long at = options.reverse() ? length - 1 - k : k;
      List<Array> slices = elements.leaves().stream().map(x -> element(x, at)).toList();
      Object x = Trees.unflatten(def, slices);
      Step<?, ?> step = Loops.requireStep("scan", f.call().apply(new Object[] {carry, x}));
      carry = tree(step.carry());
      steps.add(TreeFn.Args.of(step.y()));
    }
    List<TreeFn.Args> inOrder = options.reverse() ? steps.reversed() : steps;
    List<Array> stacked = new ArrayList<>();
    for (int i = 0; i < inOrder.getFirst().leaves().size(); i++) {
      int leaf = i;
      List<Array> parts =
          inOrder.stream().map(y -> Shapes.expandDims(y.leaves().get(leaf), Axes.of(0))).toList();
      stacked.add(Concatenation.concatenate(parts, 0));
    }
    return new Scanned<>(carry, Trees.unflatten(inOrder.getFirst().defs().getFirst(), stacked));
  }

  /** What a function gave, if it is a tree. */
  static Object tree(Object result) {
    TreeFn.Args.of(result);
    return result;
  }

  private static Array element(Array x, long at) {
    return Shapes.reshape(Slices.inDim(x, at, at + 1, 1, 0), x.shape().without(Axes.of(0)));
  }

  private static void requireNotInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CallInterruptedException();
    }
  }
}
