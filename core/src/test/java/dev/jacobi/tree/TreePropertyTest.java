package dev.jacobi.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of flattening over random trees. */
class TreePropertyTest {
  /** A leaf with a name, compared by identity like an array. */
  static final class Num implements Leaf {
    final int n;

    Num(int n) {
      this.n = n;
    }

    @Override
    public String toString() {
      return "#" + n;
    }
  }

  private record Pair(Num w, Num b) {}

  private record Mixed<T>(T any, Pair pair, double rate, List<?> rest, Optional<T> maybe) {}

  private record Chain(Num head, Optional<Chain> tail, Object aside) {}

  private static final Object[] CONSTANTS = {
    1, 2L, 0.5, "s", true, Thread.State.NEW, 'c', List.of(), Map.of()
  };

  /** Trees of at most four levels out of a seed: recursive arbitraries shrink for minutes. */
  @Provide
  Arbitrary<Object> trees() {
    return Arbitraries.longs().map(seed -> tree(new Random(seed), 4));
  }

  private static Object tree(Random r, int depth) {
    return switch (depth == 0 ? r.nextInt(3) : r.nextInt(9)) {
      case 0 -> new Num(r.nextInt());
      case 1 -> CONSTANTS[r.nextInt(CONSTANTS.length)];
      case 2 -> pair(r);
      case 3, 4 -> list(r, depth - 1);
      case 5 -> {
        Map<String, Object> map = new HashMap<>();
        for (int i = r.nextInt(4); i > 0; i--) {
          map.put(Character.toString('a' + r.nextInt(26)), tree(r, depth - 1));
        }
        yield map;
      }
      case 6 -> r.nextBoolean() ? Optional.of(tree(r, depth - 1)) : Optional.empty();
      case 7 -> {
        Optional<Object> maybe = Optional.of(tree(r, depth - 1)).filter(x -> r.nextBoolean());
        Object any = tree(r, depth - 1);
        yield new Mixed<>(any, pair(r), r.nextInt(2), list(r, depth - 1), maybe);
      }
      default -> {
        Chain tail = new Chain(new Num(1), Optional.empty(), r.nextInt(2));
        yield new Chain(new Num(0), Optional.of(tail), tree(r, depth - 1));
      }
    };
  }

  private static Pair pair(Random r) {
    return new Pair(new Num(r.nextInt()), new Num(r.nextInt()));
  }

  private static List<Object> list(Random r, int depth) {
    return Stream.generate(() -> tree(r, depth)).limit(r.nextInt(4)).toList();
  }

  @Property(tries = 300)
  void unflattenIsTheInverseOfFlatten(@ForAll("trees") Object tree) {
    Flat flat = Tree.flatten(tree);
    assertThat(flat.def().unflatten(flat.leaves())).isEqualTo(tree);
  }

  @Property(tries = 300)
  void structureDoesNotDependOnLeavesOrHints(@ForAll("trees") Object tree) {
    Flat flat = Tree.flatten(tree);
    Leaf[] others = new Leaf[flat.size()];
    for (int i = 0; i < others.length; i++) {
      others[i] = new Num(-i);
    }
    Object other = flat.def().unflatten(others);
    Flat again = Tree.flatten(other, flat.def());
    assertThat(again.def()).as("an equal structure is the hint itself").isSameAs(flat.def());
    assertThat(again.array()).containsExactly(others);
    TreeDef anew = Tree.flatten(other, (TreeDef) null).def();
    assertThat(anew).isEqualTo(flat.def()).hasSameHashCodeAs(flat.def());
    assertThat(anew).hasToString(flat.def().toString());
  }

  @Property(tries = 300)
  void equalExactlyIfNoDifference(@ForAll("trees") Object a, @ForAll("trees") Object b) {
    TreeDef first = Tree.flatten(a).def();
    TreeDef second = Tree.flatten(b, first).def();
    assertThat(first.differences(second).isEmpty()).isEqualTo(first.equals(second));
    assertThat(first.equals(second)).isEqualTo(first.toString().equals(second.toString()));
  }

  @Property(tries = 300)
  void everyLeafHasItsPath(@ForAll("trees") Object tree) {
    Flat flat = Tree.flatten(tree);
    List<TreePath> paths = flat.def().leafPaths();
    assertThat(paths).hasSize(flat.size());
    List<Object> reached = new ArrayList<>();
    for (TreePath path : paths) {
      reached.add(follow(tree, path));
    }
    assertThat(reached).isEqualTo(flat.leaves());
  }

  /** An independent reading of paths, by plain Java. */
  private static Object follow(Object tree, TreePath path) {
    Object here = tree;
    for (TreePath.Step step : path.steps()) {
      here = open(here);
      here =
          switch (step) {
            case TreePath.Step.Index(int i) -> ((List<?>) here).get(i);
            case TreePath.Step.Entry(String key) -> new TreeMap<>((Map<?, ?>) here).get(key);
            case TreePath.Step.Content() -> throw new AssertionError("not part of a path");
            case TreePath.Step.Field(String name) -> component(here, name);
          };
    }
    return open(here);
  }

  private static Object open(Object o) {
    return o instanceof Optional<?> optional ? open(optional.orElseThrow()) : o;
  }

  private static Object component(Object record, String name) {
    return switch (record) {
      case Pair p -> name.equals("w") ? p.w : p.b;
      case Chain c -> name.equals("head") ? c.head : name.equals("tail") ? c.tail : c.aside;
      case Mixed<?> m ->
          switch (name) {
            case "any" -> m.any;
            case "pair" -> m.pair;
            case "rest" -> m.rest;
            default -> m.maybe;
          };
      default -> throw new AssertionError(record);
    };
  }
}
