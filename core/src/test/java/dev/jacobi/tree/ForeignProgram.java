package dev.jacobi.tree;

import dev.jacobi.tree.ForeignRecordsTest.Num;
import java.util.List;
import java.util.concurrent.Callable;

/** A user's program with records that only it may see, loaded by a loader of its own. */
final class ForeignProgram implements Callable<List<Object>> {
  private record Pair(Num a, Num b) {}

  record Model(Pair pair, int size, List<Num> rest) {}

  @Override
  public List<Object> call() {
    var model = new Model(new Pair(new Num("a"), new Num("b")), 3, List.of(new Num("c")));
    var flat = Tree.flatten(model);
    Object again = flat.def().unflatten(flat.array());
    return List.of(model.equals(again), flat.leaves().toString(), again.toString());
  }
}
