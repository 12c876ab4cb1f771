package dev.jacobi.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to misuse trees has its named exception, with the path, the cause and the fix. */
class TreeErrorsTest {
  private static class Num implements Leaf {}

  private static final class SpecialNum extends Num {}

  private static final Num X = new Num();

  private record Dense(Num w, Num b) {}

  private record Model(Dense hidden, List<?> layers, Object activation) {}

  private record Special(SpecialNum x) {}

  private record Sized(float[] sizes) {}

  private record Named(ArrayList<Num> layers) {}

  /** Defines equals, but may change. */
  private static final class Counter {
    private int count;

    @Override
    public boolean equals(Object o) {
      return o instanceof Counter that && count == that.count;
    }

    @Override
    public int hashCode() {
      return count++;
    }
  }

  /** Cannot change, but compares by identity. */
  private static final class Plain {}

  record Row(Object tree, Class<? extends TreeException> error, String path, String fix) {}

  static List<Row> rows() {
    Dense dense = new Dense(X, X);
    List<Object> withNull = new ArrayList<>();
    withNull.add(X);
    withNull.add(null);
    Map<String, Object> nullValue = new HashMap<>();
    nullValue.put("k", null);
    Runnable lambda = () -> {};
    return List.of(
        new Row(new Dense(X, null), TreeException.NullComponent.class, "b", "Optional<...>"),
        new Row(
            new Model(null, List.of(), 1), TreeException.NullComponent.class, "hidden", "Optional"),
        new Row(
            new Model(dense, withNull, 1), TreeException.NullComponent.class, "layers[1]", "zeros"),
        new Row(
            new Model(dense, List.of(), null), TreeException.NullComponent.class, "activation", ""),
        new Row(nullValue, TreeException.NullComponent.class, "[\"k\"]", ""),
        new Row(
            new Sized(new float[2]), TreeException.JavaArrayComponent.class, "sizes", "array(...)"),
        new Row(List.of(new int[1][1]), TreeException.JavaArrayComponent.class, "[0]", "List"),
        new Row(
            new Model(dense, List.of(new Counter()), 1),
            TreeException.MutableComponent.class,
            "layers[0]",
            "Trees.register(Counter.class"),
        new Row(
            new Model(dense, List.of(), new Plain()),
            TreeException.IdentityEquals.class,
            "activation",
            "override equals"),
        new Row(
            new Model(dense, List.of(), lambda),
            TreeException.IdentityEquals.class,
            "activation",
            "do not put lambdas into trees"),
        new Row(
            Map.of("n", new AtomicInteger()), TreeException.IdentityEquals.class, "[\"n\"]", ""),
        new Row(Optional.of(Set.of(X)), TreeException.UnsupportedContainer.class, "", "use a List"),
        new Row(List.of(Map.of(1, X)), TreeException.MapKey.class, "[0]", "Map<String, ...>"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void namesPathCauseAndFix(Row row) {
    TreeException e = catchThrowableOfType(TreeException.class, () -> Tree.flatten(row.tree));
    assertThat(e).isExactlyInstanceOf(row.error);
    assertThat(e.path().orElseThrow()).hasToString(row.path);
    assertThat(e.getMessage()).contains(row.path.isEmpty() ? "the tree itself" : row.path);
    assertThat(e.getMessage()).matches("(?s)TreeErrorsTest\\.java:\\d+: .*");
    String[] causeAndFix = e.getMessage().split("\nFix: ");
    assertThat(causeAndFix).hasSize(2);
    assertThat(causeAndFix[1]).contains(row.fix);
  }

  @Test
  void nullIsNoTree() {
    assertThatThrownBy(() -> Tree.flatten(null)).isInstanceOf(TreeException.NullComponent.class);
  }

  @Test
  void containersAreDeclaredByTheirInterface() {
    assertThatThrownBy(() -> Tree.flatten(new Named(new ArrayList<>())))
        .isInstanceOf(TreeException.UnbuildableComponent.class)
        .hasMessageContaining("'layers'")
        .hasMessageContaining("declare it as List<...>");
  }

  @Test
  void aTreeThatContainsItselfEnds() {
    List<Object> self = new ArrayList<>();
    self.add(self);
    assertThatThrownBy(() -> Tree.flatten(self)).isInstanceOf(TreeException.TooDeep.class);
  }

  @Test
  void aClosedRecordNamesTheOpensClause() throws Exception {
    Class<?> closed = Class.forName("jdk.internal.foreign.abi.Binding$Cast");
    Class<?> record =
        closed.isRecord() ? closed : Class.forName("jdk.internal.foreign.abi.Binding$Copy");
    assertThat(record.isRecord()).isTrue();
    assertThat(Codecs.of(record).refusal(null, TreePath.ROOT).orElseThrow())
        .isInstanceOf(TreeException.ClosedRecord.class)
        .hasMessageContaining("opens jdk.internal.foreign.abi");
  }

  @Test
  void unflattenChecksNumberAndClassOfLeaves() {
    TreeDef def = Tree.flatten(List.of(new Special(new SpecialNum()))).def();
    assertThatThrownBy(() -> def.unflatten())
        .isInstanceOf(TreeException.LeafCount.class)
        .hasMessageContaining("has 1 leaves, but 0 came");
    assertThatThrownBy(() -> def.unflatten(X))
        .isInstanceOf(TreeException.LeafType.class)
        .hasMessageContaining("'[0].x'")
        .hasMessageContaining("SpecialNum");
  }

  @Test
  void mismatchNamesTheFirstDifference() {
    TreeDef a = Tree.flatten(new Model(new Dense(X, X), List.of(X, X), 1)).def();
    TreeDef b = Tree.flatten(new Model(new Dense(X, X), List.of(X), 2)).def();
    assertThatThrownBy(() -> a.require(b, "The trees given to map"))
        .isInstanceOf(TreeException.StructureMismatch.class)
        .hasMessageContaining("The trees given to map")
        .hasMessageContaining("first at 'layers': expected [*, *], got [*]");
  }

  @Test
  void unknownPathsNameTheKnownOnes() {
    assertThatThrownBy(() -> Tree.flatten(new Dense(X, X)).def().range("v"))
        .isInstanceOf(TreeException.UnknownPath.class)
        .hasMessageContaining("[w, b]");
  }

  @Test
  void registrationComesFirst() {
    record Late(Num x) {}
    Tree.flatten(new Late(X));
    assertThatThrownBy(
            () -> Tree.register(Late.class, v -> Parts.of(v.x), p -> new Late(p.child(0))))
        .isInstanceOf(TreeException.LateRegistration.class)
        .hasMessageContaining("a tree has used it");
    assertThatThrownBy(() -> Tree.register(Num.class, v -> Parts.of(), p -> X))
        .isInstanceOf(TreeException.LateRegistration.class);
  }
}
