package dev.jacobi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.io.ArrayFiles;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.random.Random;
import dev.jacobi.tree.TreeException;
import dev.jacobi.tree.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of real arrays, and arrays through files. */
class TreesTest {
  private record Dense(Array w, Array b) {}

  private record Net(List<Dense> layers, Key key, double rate) {}

  private static Net net() {
    Dense one = new Dense(Jnp.array(1f, 2f), Jnp.array(3f));
    Dense two = new Dense(Jnp.array(4f, 5f), Jnp.array(6f));
    return new Net(List.of(one, two), Random.key(0), 0.1);
  }

  @Test
  void mapsArraysAndKeepsTheRest() {
    Net net = net();
    Net doubled = Trees.map(x -> x.times(2), net);
    assertThat(doubled.layers().get(1).w().toFloatArray()).containsExactly(8, 10);
    assertThat(doubled.key()).isSameAs(net.key());
    assertThat(doubled.rate()).isEqualTo(0.1);
    Net sum = Trees.map((x, y) -> x.plus(y), net, doubled);
    assertThat(sum.layers().get(0).b().toFloatArray()).containsExactly(9);
    Net three = Trees.map((x, y, z) -> x.plus(y).plus(z), net, net, net);
    assertThat(three.layers().get(0).b().toFloatArray()).containsExactly(9);
    Net four = Trees.map((x, y, z, w) -> x.plus(y).plus(z).plus(w), net, net, net, net);
    assertThat(four.layers().get(0).b().toFloatArray()).containsExactly(12);
  }

  @Test
  void reducesAndNamesPaths() {
    assertThat(Trees.reduce((n, x) -> n + x.size(), 0L, net())).isEqualTo(6);
    assertThat(Trees.paths(net()))
        .extracting(TreePath::toString)
        .containsExactly("layers[0].w", "layers[0].b", "layers[1].w", "layers[1].b", "key");
    assertThat(Trees.leaves(net())).hasSize(5);
    Object back = Trees.unflatten(Trees.structure(net()), Trees.leaves(net()));
    assertThat(back).isInstanceOf(Net.class);
    assertThat(Trees.flatten(net()).leaves()).hasSize(5);
    assertThat(Trees.flatten(net()).def()).isEqualTo(Trees.structure(net()));
  }

  @Test
  void pathsAndNeighbours() {
    Net net = net();
    assertThat(Trees.leavesWithPath(net))
        .extracting(l -> l.path().toString())
        .containsExactly("layers[0].w", "layers[0].b", "layers[1].w", "layers[1].b", "key");
    assertThat(Trees.leavesWithPath(net).getLast().leaf()).isSameAs(net.key());
    Net changed = Trees.mapWithPath((p, x) -> p.toString().endsWith(".b") ? x.times(0) : x, net);
    assertThat(changed.layers().get(1).b().item()).isZero();
    assertThat(changed.layers().get(1).w()).isSameAs(net.layers().get(1).w());
    List<Array> many = List.of(Jnp.array(1f), Jnp.array(2f), Jnp.array(3f), Jnp.array(4f));
    Array differences = Trees.reduceAssociative((x, y) -> x.minus(y), many);
    assertThat(differences.item()).isEqualTo(0); // (1 - 2) - (3 - 4)
    assertThat(Trees.all(many)).isTrue();
    assertThat(Trees.all(List.of(Jnp.array(0f), Jnp.array(1f)))).isFalse();
    assertThat(Trees.allLeaves(many)).isTrue();
    assertThat(Trees.allLeaves(List.of(net))).isFalse();
    assertThatThrownBy(() -> Trees.reduceAssociative((x, y) -> x, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mapNamesThePathWhereTreesDiffer() {
    Net longer = new Net(List.of(net().layers().getFirst()), Random.key(0), 0.1);
    assertThatThrownBy(() -> Trees.map((x, y) -> x, net(), longer))
        .isInstanceOf(TreeException.StructureMismatch.class)
        .hasMessageContaining("Trees.map")
        .hasMessageContaining("'layers'");
  }

  @Test
  void arraysGoThroughFiles(@TempDir Path folder) throws IOException {
    Array matrix = ArrayFiles.fromNested(new double[][] {{1, 2}, {3, 4}});
    ArrayFiles.save(folder.resolve("m.npy"), matrix);
    Array back = ArrayFiles.load(folder.resolve("m.npy"));
    assertThat(ArrayFiles.toNested(back)).isEqualTo(new double[][] {{1, 2}, {3, 4}});
    ArrayFiles.saveAll(folder.resolve("m.npz"), Map.of("m", matrix));
    assertThat(ArrayFiles.loadAll(folder.resolve("m.npz")).get("m").aval())
        .isEqualTo(matrix.aval());
  }
}
