package dev.jacobi.remat;

import dev.jacobi.Array;
import dev.jacobi.control.Body;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.Tracer;
import dev.jacobi.trace.UserCode;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code checkpoint} and {@code checkpoint_name} for trees. */
public final class Checkpoints {
  private Checkpoints() {}

  /** Calls a function as a checkpointed program. */
  public static Object call(TreeFn fn, CheckpointOptions options, Object... arguments) {
    NullArgumentException.require(options, "checkpoint", "the options");
    TreeFn.Args args = TreeFn.Args.of(arguments);
    List<Aval> avals = args.leaves().stream().map(Array::aval).toList();
    Body body =
        Body.trace(
            "checkpoint", fn.source(), a -> new Object[] {fn.call().apply(a)}, args.defs(), avals);
    List<Array> operands = new ArrayList<>(body.captured());
    operands.addAll(args.leaves());
    Checkpoint call =
        new Checkpoint(
            body.with(body.captured()),
            options.preventCse(),
            perOperand(options, body.captured().size(), args.defs()),
            false,
            options.policy());
    return TreeFn.unflatten(body.outs(), call.call(operands))[0];
  }

  /** Captured arrays need no barrier, as in JAX. */
  private static List<Boolean> perOperand(
      CheckpointOptions options, int captured, List<TreeDef> defs) {
    List<Boolean> each = options.perArgument();
    if (each.isEmpty()) {
      return List.of();
    }
    if (each.size() != defs.size()) {
      throw new CheckpointException(
          "checkpoint at "
              + UserCode.line()
              + ": preventCse has "
              + each.size()
              + " values, but the function has "
              + defs.size()
              + " arguments");
    }
    List<Boolean> all = new ArrayList<>(Collections.nCopies(captured, false));
    for (int i = 0; i < defs.size(); i++) {
      all.addAll(Collections.nCopies(defs.get(i).leafCount(), each.get(i)));
    }
    return List.copyOf(all);
  }

  /** Gives every array of a tree a name. */
  public static Object name(Object tree, String name) {
    NullArgumentException.require(name, "checkpoint_name", "the name");
    TreeFn.Args args = TreeFn.Args.of(tree);
    List<Array> named = new ArrayList<>();
    for (Array x : args.leaves()) {
      boolean plain = Context.isEager() && !(x instanceof Tracer);
      named.add(plain ? x : Bind.bind(new CheckpointName(name), x));
    }
    return TreeFn.unflatten(args.defs(), named)[0];
  }
}
