package dev.jacobi.optax;

import dev.jacobi.Array;
import dev.jacobi.Trees;
import dev.jacobi.tree.Flat;
import dev.jacobi.tree.Leaf;
import dev.jacobi.tree.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Transformations of transformations. */
final class Chained {
  private Chained() {}

  /** One after the other. */
  record Chain(List<GradientTransformation> parts) implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      return new OptState.Chain<>(parts.stream().map(t -> t.init(params)).toList());
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (!(state instanceof OptState.Chain<P>(List<OptState<P>> states))) {
        throw OptStateException.of(this, state);
      }
      if (states.size() != parts.size()) {
        throw OptStateException.ofLength(parts.size(), states.size());
      }
      P at = updates;
      List<OptState<P>> next = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        Step<P> step = parts.get(i).update(at, states.get(i), params);
        at = step.updates();
        next.add(step.state());
      }
      return new Step<>(at, new OptState.Chain<>(List.copyOf(next)));
    }
  }

  /** For some leaves only; the inner transformation sees these as a list. */
  record Masked(GradientTransformation inner, Predicate<TreePath> where)
      implements GradientTransformation {
    @Override
    public <P> OptState<P> init(P params) {
      return new OptState.Masked<>(inner.init(chosen(params)));
    }

    @Override
    public <P> Step<P> update(P updates, OptState<P> state, P params) {
      if (!(state instanceof OptState.Masked<P>(OptState<List<Array>> of))) {
        throw OptStateException.of(this, state);
      }
      Step<List<Array>> step = inner.update(chosen(updates), of, chosen(params));
      return new Step<>(replaced(updates, step.updates()), new OptState.Masked<>(step.state()));
    }

    private List<Array> chosen(Object tree) {
      List<Array> found = new ArrayList<>();
      for (Trees.PathLeaf leaf : Trees.leavesWithPath(tree)) {
        if (leaf.leaf() instanceof Array array && where.test(leaf.path())) {
          found.add(array);
        }
      }
      return found;
    }

    private <P> P replaced(P tree, List<Array> chosen) {
      Flat flat = Trees.flatten(tree);
      List<TreePath> paths = flat.def().leafPaths();
      List<Leaf> leaves = new ArrayList<>(flat.leaves());
      int next = 0;
      for (int i = 0; i < leaves.size(); i++) {
        if (leaves.get(i) instanceof Array && where.test(paths.get(i))) {
          leaves.set(i, chosen.get(next++));
        }
      }
      @SuppressWarnings("unchecked") // the structure is that of the tree
      P result = (P) Trees.unflatten(flat.def(), leaves);
      return result;
    }
  }
}
