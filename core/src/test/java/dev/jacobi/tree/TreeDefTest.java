package dev.jacobi.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What structures print, and what they know about their leaves. */
class TreeDefTest {
  private static final class Num implements Leaf {}

  private static final Num X = new Num();
  private static final Num Y = new Num();

  private record Dense(Num w, Num b) {}

  private record Mlp(Dense hidden, Dense out, double rate) {}

  private record Net<L extends Layer>(List<L> layers, Map<String, Num> extra, Optional<Num> bias) {}

  private interface Layer {}

  private record Conv(Num kernel, int stride) implements Layer {}

  private record Scale(
      boolean z, byte b, short s, char c, int i, long l, float f, double d, Num x) {}

  private record Sorted(TreeMap<String, Num> map) {}

  record Row(Object tree, String text, List<String> paths) {}

  static List<Row> rows() {
    record Local(Num only) {}
    Dense dense = new Dense(X, Y);
    return List.of(
        new Row(X, "TreeDef(*)", List.of("")),
        new Row(List.of(X, List.of(), Y), "TreeDef([*, [], *])", List.of("[0]", "[2]")),
        new Row(
            Map.of("b", X, "a", Y), "TreeDef({\"a\": *, \"b\": *})", List.of("[\"a\"]", "[\"b\"]")),
        new Row(Optional.of(X), "TreeDef(Optional[*])", List.of("")),
        new Row(Optional.empty(), "TreeDef(Optional.empty)", List.of()),
        new Row(0.1, "TreeDef(0.1)", List.of()),
        new Row("relu", "TreeDef(\"relu\")", List.of()),
        new Row(LocalDate.EPOCH, "TreeDef(1970-01-01)", List.of()),
        new Row(Thread.State.NEW, "TreeDef(NEW)", List.of()),
        new Row(new Local(X), "TreeDef(Local[only=*])", List.of("only")),
        new Row(
            new Mlp(dense, dense, 0.1),
            "TreeDef(Mlp[hidden=Dense[w=*, b=*], out=Dense[w=*, b=*], rate=0.1])",
            List.of("hidden.w", "hidden.b", "out.w", "out.b")),
        new Row(
            new Net<>(List.of(new Conv(X, 2)), Map.of("k", Y), Optional.of(X)),
            "TreeDef(Net[layers=[Conv[kernel=*, stride=2]], extra={\"k\": *}, bias=Optional[*]])",
            List.of("layers[0].kernel", "extra[\"k\"]", "bias")),
        new Row(
            new Scale(true, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, X),
            "TreeDef(Scale[z=true, b=1, s=2, c=c, i=4, l=5, f=6.0, d=7.0, x=*])",
            List.of("x")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void printsAndNamesPathsAndComesBack(Row row) {
    Flat flat = Tree.flatten(row.tree);
    assertThat(flat.def()).hasToString(row.text);
    assertThat(flat.def().leafPaths()).extracting(TreePath::toString).isEqualTo(row.paths);
    assertThat(flat.def().leafCount()).isEqualTo(row.paths.size());
    assertThat(flat.def().unflatten(flat.leaves())).isEqualTo(row.tree);
  }

  @Test
  void mapsAreTakenInSortedOrderWhateverTheirOwn() {
    TreeMap<String, Num> backwards = new TreeMap<>(java.util.Comparator.reverseOrder());
    backwards.putAll(Map.of("a", X, "b", Y));
    assertThat(Tree.flatten(backwards).leaves()).containsExactly(X, Y);
    assertThat(Tree.flatten(backwards).def()).isEqualTo(Tree.flatten(Map.of("b", Y, "a", X)).def());
  }

  @Test
  void rangesNameOneLeafOrAllBelowAPath() {
    TreeDef def = Tree.flatten(new Mlp(new Dense(X, X), new Dense(X, X), 1)).def();
    assertThat(def.range("")).isEqualTo(new TreeDef.LeafRange(0, 4));
    assertThat(def.range("out")).isEqualTo(new TreeDef.LeafRange(2, 4));
    assertThat(def.range("out.b")).isEqualTo(new TreeDef.LeafRange(3, 4));
  }

  @Test
  void differencesNameEveryPlaceAndTellStaticValues() {
    TreeDef a = Tree.flatten(new Net<>(List.of(new Conv(X, 2)), Map.of(), Optional.of(X))).def();
    TreeDef b = Tree.flatten(new Net<>(List.of(new Conv(X, 3)), Map.of(), Optional.empty())).def();
    assertThat(a.differences(b))
        .containsExactly(
            new TreeDiff(
                new TreePath(
                    List.of(
                        new TreePath.Step.Field("layers"),
                        new TreePath.Step.Index(0),
                        new TreePath.Step.Field("stride"))),
                "2",
                "3",
                true),
            new TreeDiff(
                new TreePath(List.of(new TreePath.Step.Field("bias"))),
                "Optional[*]",
                "Optional.empty",
                false));
  }

  @Test
  void oneStructureForAllValuesOfAFixedRecord() {
    TreeDef one = Tree.flatten(new Dense(X, X), (TreeDef) null).def();
    assertThat(Tree.flatten(new Dense(Y, Y), (TreeDef) null).def()).isSameAs(one);
  }

  /** A class that is no record: a half-open interval of two leaves and a label. */
  private static final class Interval {
    final Num lo;
    final Num hi;
    final String label;

    Interval(Num lo, Num hi, String label) {
      this.lo = lo;
      this.hi = hi;
      this.label = label;
    }

    static {
      Tree.register(
          Interval.class,
          v -> Parts.of(v.lo, v.hi).with(v.label),
          p -> new Interval(p.child(0), p.child(1), (String) p.aux()));
    }
  }

  @Test
  void registeredClassesJoin() {
    Flat flat = Tree.flatten(List.of(new Interval(X, Y, "seconds")));
    assertThat(flat.leaves()).containsExactly(X, Y);
    assertThat(flat.def()).hasToString("TreeDef([Interval(seconds)[*, *]])");
    assertThat(flat.def().leafPaths())
        .extracting(TreePath::toString)
        .containsExactly("[0][0]", "[0][1]");
    List<?> back = (List<?>) flat.def().unflatten(Y, X);
    assertThat(((Interval) back.getFirst()).lo).isSameAs(Y);
    assertThat(Tree.flatten(List.of(new Interval(Y, X, "seconds")), flat.def()).def())
        .isSameAs(flat.def());
    assertThat(Tree.flatten(List.of(new Interval(X, Y, "hours"))).def()).isNotEqualTo(flat.def());
  }
}
