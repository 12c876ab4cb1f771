package dev.jacobi.golden;

import static dev.jacobi.Jacobi.inSpecs;
import static dev.jacobi.Jacobi.makeMesh;
import static dev.jacobi.Jacobi.numCpuDevices;
import static dev.jacobi.Jacobi.outSpecs;
import static dev.jacobi.Jacobi.shardMap;
import static dev.jacobi.Jacobi.vjp;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.sharding.PartitionSpec.P;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Op1;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Lax;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.parallel.CollectiveException;
import dev.jacobi.parallel.CollectiveOptions;
import dev.jacobi.parallel.ShardMapOptions;
import dev.jacobi.sharding.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Collectives against JAX's (goldens/make_parallel.py): over the devices of a mesh, with types that
 * say what differs and without, and over vmapped axes of the same names; values and what flows
 * back. All numbers are whole and small, so that sums are exact; means are rounded once.
 */
@Tag("slow")
class ParallelGoldenTest {
  private static final List<String> NAMES = List.of("x", "y", "z");

  /** A row of the file. */
  private record Row(String[] cells) {
    String name() {
      return cells[0];
    }

    long[] mesh() {
      return longs(cells[1]);
    }

    String[] axes() {
      return cells[2].split(" ");
    }

    Map<String, String> parameters() {
      Map<String, String> map = new HashMap<>();
      for (String p : cells[3].isEmpty() ? new String[0] : cells[3].split(";")) {
        map.put(p.substring(0, p.indexOf('=')), p.substring(p.indexOf('=') + 1));
      }
      return map;
    }

    Array x() {
      return array(cells[6], cells[4], join(mesh(), longs(cells[5])));
    }

    Array result() {
      return array(cells[9], cells[7], join(mesh(), longs(cells[8])));
    }

    boolean hasCotangent() {
      return !cells[10].isEmpty();
    }

    Array cotangent() {
      return array(cells[10], cells[7], join(mesh(), longs(cells[8])));
    }

    Array pulled() {
      return array(cells[11], cells[4], join(mesh(), longs(cells[5])));
    }

    private static long[] longs(String text) {
      return text.isEmpty()
          ? new long[0]
          : Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private static long[] join(long[] a, long[] b) {
      long[] both = Arrays.copyOf(a, a.length + b.length);
      System.arraycopy(b, 0, both, a.length, b.length);
      return both;
    }

    private static Array array(String numbers, String dtype, long[] shape) {
      double[] values =
          Arrays.stream(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();
      DType type =
          Arrays.stream(DType.values())
              .filter(t -> t.numpyName().equals(dtype))
              .findFirst()
              .orElseThrow();
      if (!type.isComplex()) {
        return Jnp.array(values).astype(type).reshape(shape);
      }
      double[] re = new double[values.length / 2];
      double[] im = new double[re.length];
      for (int i = 0; i < re.length; i++) {
        re[i] = values[2 * i];
        im[i] = values[2 * i + 1];
      }
      return Lax.complex(Jnp.array(re), Jnp.array(im)).astype(type).reshape(shape);
    }
  }

  private static int[][] table(String text) {
    String rows = text.replaceAll("^\\[\\[|]]$", "");
    return text.equals("[]")
        ? new int[0][]
        : Arrays.stream(rows.split("],\\[")).map(ParallelGoldenTest::list).toArray(int[][]::new);
  }

  private static int[] list(String text) {
    return Arrays.stream(text.replaceAll("[\\[\\]]", "").split(","))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static Op1 collective(Row row) {
    Map<String, String> p = row.parameters();
    String[] axes = row.axes();
    boolean grouped = p.containsKey("groups");
    int[][] groups = grouped ? table(p.get("groups")) : null;
    CollectiveOptions some =
        CollectiveOptions.DEFAULT
            .withAxis(Integer.parseInt(p.getOrDefault("axis", "0")))
            .withTiled(Boolean.parseBoolean(p.getOrDefault("tiled", "False")));
    CollectiveOptions options = grouped ? some.withAxisIndexGroups(groups) : some;
    return switch (row.name()) {
      case "psum" -> v -> grouped ? Lax.psum(v, axes[0], groups) : Lax.psum(v, axes);
      case "pmean" -> v -> grouped ? Lax.pmean(v, axes[0], groups) : Lax.pmean(v, axes);
      case "pmax" -> v -> grouped ? Lax.pmax(v, axes[0], groups) : Lax.pmax(v, axes);
      case "pmin" -> v -> grouped ? Lax.pmin(v, axes[0], groups) : Lax.pmin(v, axes);
      case "all_gather" -> v -> Lax.allGather(v, options, axes);
      case "psum_scatter" -> v -> Lax.psumScatter(v, options, axes);
      case "all_to_all" ->
          v ->
              Lax.allToAll(
                  v,
                  Integer.parseInt(p.get("split")),
                  Integer.parseInt(p.get("concat")),
                  options,
                  axes);
      case "pswapaxes" ->
          v -> {
            int axis = Integer.parseInt(p.get("axis"));
            return axes.length == 1
                ? Lax.pswapaxes(v, axis, axes[0])
                : Lax.allToAll(v, axis, axis, axes);
          };
      case "ppermute" -> v -> Lax.ppermute(v, table(p.get("perm")), axes);
      case "pshuffle" -> v -> shuffle(v, list(p.get("perm")), axes);
      case "axis_index" -> v -> Lax.axisIndex(axes).plus(v.times(0));
      default -> throw new AssertionError(row.name());
    };
  }

  private static Array shuffle(Array v, int[] perm, String... axes) {
    if (axes.length == 1) {
      return Lax.pshuffle(v, perm, axes[0]);
    }
    int[][] pairs = new int[perm.length][];
    for (int i = 0; i < perm.length; i++) {
      pairs[i] = new int[] {perm[i], i};
    }
    return Lax.ppermute(v, pairs, axes);
  }

  private static Op1 overMesh(Row row, boolean checkVma) {
    int k = row.mesh().length;
    Mesh mesh = makeMesh(Shape.of(row.mesh()), NAMES.subList(0, k).toArray(String[]::new));
    Object[] spec = NAMES.subList(0, k).toArray();
    Op1 f = collective(row);
    return shardMap(
        v -> {
          long[] own = Arrays.copyOfRange(v.shape().toArray(), k, v.rank());
          Array result = f.apply(v.reshape(own));
          List<Long> wide = new ArrayList<>(Collections.nCopies(k, 1L));
          Arrays.stream(result.shape().toArray()).forEach(wide::add);
          return result.reshape(wide.stream().mapToLong(n -> n).toArray());
        },
        mesh,
        inSpecs(P(spec)),
        outSpecs(P(spec)),
        ShardMapOptions.DEFAULT.withCheckVma(checkVma));
  }

  private static Op1 overBatches(Row row) {
    Op1 f = collective(row);
    for (int i = row.mesh().length - 1; i >= 0; i--) {
      f = vmap(f).axisName(NAMES.get(i));
    }
    return f;
  }

  private static void check(Row row, Op1 f) {
    Array x = row.x();
    near(f.apply(x), row.result(), row.name().equals("pmean"));
    if (row.hasCotangent()) {
      Array pulled = vjp((Array a) -> f.apply(a), x).pullback().apply(row.cotangent());
      near(pulled, row.pulled(), row.name().equals("pmean"));
    }
  }

  /** Equal; means differ by a rounding where a reciprocal is multiplied by. */
  private static void near(Array ours, Array golden, boolean isMean) {
    assertThat(ours.dtype()).isEqualTo(golden.dtype());
    assertThat(ours.shape()).isEqualTo(golden.shape());
    Array off = Jnp.abs(ours.astype(DType.C128).minus(golden.astype(DType.C128)));
    Array allowed = Jnp.abs(golden.astype(DType.C128)).times(isMean ? 0x1p-22 : 0);
    assertThat(Jnp.all(off.le(allowed)).itemBoolean())
        .as("%s%ninstead of%n%s", ours, golden)
        .isTrue();
  }

  private static List<Row> rows() throws IOException {
    numCpuDevices(8);
    return Files.readAllLines(GoldenFile.folder().resolve("parallel.tsv")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> new Row(line.split("\t", -1)))
        .toList();
  }

  private static boolean isPartlyVmapped(Row row) {
    return row.axes().length > 1
        && List.of("ppermute", "pshuffle", "all_to_all", "pswapaxes").contains(row.name());
  }

  @TestFactory
  Stream<DynamicTest> collectives() throws IOException {
    return rows().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    String.join(" ", Arrays.copyOf(row.cells(), 6)),
                    () -> {
                      check(row, overMesh(row, false));
                      if (!row.parameters().containsKey("groups")) {
                        check(row, overMesh(row, true));
                      }
                      if (isPartlyVmapped(row)) {
                        assertThatThrownBy(() -> overBatches(row).apply(row.x()))
                            .isInstanceOf(CollectiveException.class)
                            .hasMessageContaining("together");
                      } else {
                        check(row, overBatches(row));
                      }
                    }));
  }
}
