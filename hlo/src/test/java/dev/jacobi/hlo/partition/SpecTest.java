package dev.jacobi.hlo.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.HloParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shardings as text, and what cannot be. */
class SpecTest {
  private static final Mesh MESH = Mesh.of("x", 2).and("y", 4);

  @Test
  void readsAndWritesShardysText() {
    String text = "#sdy.sharding<@mesh, [{\"x\", \"y\"}, {}, {?}, {\"z\", ?}]>";
    Spec spec = Spec.parse(text);
    assertThat(spec.sharding().dims())
        .containsExactly(List.of("x", "y"), List.of(), List.of(), List.of("z"));
    assertThat(spec.open()).containsExactly(false, false, true, true);
    assertThat(spec.text("mesh")).isEqualTo(text);
    assertThat(Spec.parse("#sdy.sharding<@mesh, []>").sharding().rank()).isZero();
    Spec inline = Spec.parse("#sdy.sharding<mesh<[\"x\"=2, \"y\"=4]>, [{\"x\"}]>");
    assertThat(inline.mesh()).isEqualTo(Optional.of(MESH));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "#sdy.sharding<@mesh, [{x}, {}]> | x is no axis",
        "#sdy.sharding<@mesh, [{\"x\"} {}]> | expected a comma at {}",
        "#sdy.sharding<@mesh, [{\"x\":(1)2}]> | \"x\":(1)2 is no axis",
        "{devices=[2,1]<=[2]} | expected #sdy.sharding",
      })
  void namesWhatItCannotRead(String text, String why) {
    assertThatThrownBy(() -> Spec.parse(text))
        .isInstanceOf(ShardingException.class)
        .hasMessageContaining("cannot be read")
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{\"z\"}, {}] | argument 0 of @main names axis \"z\", but the mesh has [\"x\"=2, \"y\"=4]",
        "[{\"x\"}, {\"x\"}] | argument 0 of @main uses axis \"x\" twice: [{\"x\"}, {\"x\"}]",
        "[{\"x\"}] | argument 0 of @main has 2 dimensions, (6, 8), but its sharding [{\"x\"}] has"
            + " 1",
        "[{\"y\"}, {}] | argument 0 of @main: dimension 0 of (6, 8) has size 6, which 4 devices"
            + " along [y] cannot divide evenly. Pad it to a multiple, or leave it whole",
      })
  void namesWhatDoesNotFit(String dims, String message) {
    assertThatThrownBy(
            () -> Partitioner.partition(identity("#sdy.sharding<@mesh, " + dims + ">"), MESH))
        .isInstanceOf(ShardingException.class)
        .hasMessageContaining(message);
  }

  /** A program whose argument has a sharding. */
  private static HloModule identity(String sharding) {
    Value x = new Value(TensorType.of(DType.F32, 6, 8));
    Block body = new Block(List.of(x), List.of(), List.of(x));
    List<Map<String, String>> attrs = List.of(Map.of(Spec.ATTRIBUTE, sharding));
    HloFunc main = new HloFunc("main", true, body, attrs, List.of(Map.of()));
    return new HloModule("", Map.of("main", main), Map.of());
  }

  @Test
  void namesProgramsThatAreNotDivided() {
    String collective =
        """
        func.func @main() -> tensor<ui32> {
          %0 = stablehlo.partition_id : tensor<ui32>
          return %0 : tensor<ui32>
        }
        """;
    assertThatThrownBy(() -> Partitioner.partition(HloParser.parse(collective), MESH))
        .isInstanceOf(ShardingException.class)
        .hasMessageContaining("stablehlo.partition_id at <text>:2:8 is an operation among devices");
    String unknown =
        """
        func.func @main(%arg0: tensor<?xf32>) -> tensor<?xf32> {
          %0 = stablehlo.abs %arg0 : tensor<?xf32>
          return %0 : tensor<?xf32>
        }
        """;
    assertThatThrownBy(() -> Partitioner.partition(HloParser.parse(unknown), MESH))
        .isInstanceOf(ShardingException.class)
        .hasMessageContaining("stablehlo.abs at <text>:2:8 has a size that is known only when");
  }

  @Test
  void namesMeshesThatCannotBe() {
    assertThatThrownBy(() -> Mesh.of("x", 2).and("x", 3))
        .isInstanceOf(ShardingException.class)
        .hasMessageContaining("two axes called \"x\"");
    assertThatThrownBy(() -> Mesh.of("x", 0))
        .isInstanceOf(ShardingException.class)
        .hasMessageContaining("axis \"x\" of the mesh has 0 devices");
    HloModule other = identity("#sdy.sharding<mesh<[\"x\"=3]>, [{\"x\"}, {}]>");
    assertThatThrownBy(() -> Partitioner.partition(other, MESH))
        .isInstanceOf(ShardingException.class)
        .hasMessageContaining("is for the mesh [\"x\"=3], but the program is divided over");
  }

  /** From JAX 0.10.2: {@code NamedSharding(mesh, spec)._to_xla_hlo_sharding(rank)}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- | {replicated}",
        "x | {devices=[2,4]<=[8] last_tile_dim_replicate}",
        "- x | {devices=[1,2,4]<=[8] last_tile_dim_replicate}",
        "y | {devices=[2,4]<=[2,2,2]T(1,0,2) last_tile_dim_replicate}",
        "x y | {devices=[2,2,2]<=[8] last_tile_dim_replicate}",
        "y x | {devices=[2,2,2]<=[2,2,2]T(1,0,2) last_tile_dim_replicate}",
        "xy - | {devices=[4,1,2]<=[8] last_tile_dim_replicate}",
        "yx - | {devices=[4,1,2]<=[2,2,2]T(1,0,2) last_tile_dim_replicate}",
        "z - x | {devices=[2,1,2,2]<=[4,2]T(1,0) last_tile_dim_replicate}",
        "zx y | {devices=[4,2]<=[4,2]T(1,0)}",
        "y z | {devices=[2,2,2]<=[2,4]T(1,0) last_tile_dim_replicate}",
        "- xz | {devices=[1,4,2]<=[2,2,2]T(0,2,1) last_tile_dim_replicate}",
      })
  void writesTheTextOfXla(String spec, String hlo) {
    Mesh mesh = Mesh.of("x", 2).and("y", 2).and("z", 2);
    List<List<String>> dims = new ArrayList<>();
    for (String dim : spec.split(" ")) {
      dims.add(dim.equals("-") ? List.of() : List.of(dim.split("")));
    }
    assertThat(new Sharding(dims).hlo(mesh)).isEqualTo(hlo);
  }

  @Test
  void devicesAreNumberedRowByRow() {
    assertThat(MESH.devices()).isEqualTo(8);
    assertThat(MESH.groups(List.of("y"))).containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7));
    assertThat(MESH.groups(List.of("x")))
        .containsExactly(List.of(0, 4), List.of(1, 5), List.of(2, 6), List.of(3, 7));
    assertThat(MESH.groups(List.of("y", "x"))).containsExactly(List.of(0, 4, 1, 5, 2, 6, 3, 7));
    assertThat(MESH.coordinate(6, List.of("y", "x"))).isEqualTo(5);
  }
}
