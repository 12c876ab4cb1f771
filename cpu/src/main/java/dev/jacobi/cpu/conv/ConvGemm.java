package dev.jacobi.cpu.conv;

import dev.jacobi.cpu.conv.ConvPlan.Loop;
import dev.jacobi.cpu.conv.ConvPlan.Piece;
import dev.jacobi.cpu.gemm.GemmSpec;
import dev.jacobi.cpu.llvm.LType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A contraction as a matrix product.
 *
 * @param spec the product
 * @param kernelFirst whether the kernel is operand A, and the input B
 */
record ConvGemm(GemmSpec spec, boolean kernelFirst) {
  /** Columns that fill a tile: more do not make a better choice. */
  private static final long WIDE = 32;

  private static final Loop ONCE = new Loop(1, 0, 0, 0);

  static ConvGemm of(LType operand, LType result, ConvPlan plan, Piece piece) {
    List<Loop> places = new ArrayList<>(ConvPlan.joined(piece.places()));
    List<Loop> sums = new ArrayList<>(ConvPlan.joined(piece.sums()));
    Loop feature = plan.feature();
    Optional<Loop> adjacent = places.stream().filter(l -> l.a() == 1 && l.c() == 1).findFirst();
    boolean featureFits = feature.size() > 1 && feature.b() == 1 && feature.c() == 1;
    boolean kernelFirst =
        adjacent.isPresent()
            && (!featureFits
                || Math.min(feature.size(), WIDE) < Math.min(adjacent.get().size(), WIDE));
    Loop columns = ONCE;
    Loop rows;
    List<Loop> outer = new ArrayList<>();
    outer.add(plan.group());
    if (kernelFirst) {
      columns = adjacent.get();
      places.remove(columns);
      rows = feature;
    } else {
      if (featureFits) {
        columns = feature;
      } else {
        places.add(feature);
      }
      rows = largest(places).orElse(ONCE);
      places.remove(rows);
    }
    outer.addAll(places);
    Loop inner = largest(sums).orElse(ONCE);
    sums.remove(inner);
    if (sums.stream().anyMatch(l -> l.size() == 0)) {
      inner = new Loop(0, 0, 0, 0);
      sums.clear();
    }
    return new ConvGemm(
        spec(operand, result, rows, columns, inner, outer, sums, kernelFirst), kernelFirst);
  }

  /** The longest loop, of equal ones that with the smallest steps. */
  private static Optional<Loop> largest(List<Loop> loops) {
    return loops.stream()
        .max(
            Comparator.comparingLong(Loop::size)
                .thenComparingLong(l -> -Math.abs(l.a()) - Math.abs(l.b())));
  }

  private static GemmSpec spec(
      LType operand,
      LType result,
      Loop rows,
      Loop columns,
      Loop inner,
      List<Loop> outer,
      List<Loop> sums,
      boolean kernelFirst) {
    List<GemmSpec.Batch> batch = new ArrayList<>();
    for (Loop l : outer) {
      if (l.size() != 1) {
        batch.add(
            new GemmSpec.Batch(
                l.size(), kernelFirst ? l.b() : l.a(), kernelFirst ? l.a() : l.b(), l.c()));
      }
    }
    List<GemmSpec.Sum> terms = new ArrayList<>();
    for (Loop l : sums) {
      terms.add(
          new GemmSpec.Sum(l.size(), kernelFirst ? l.b() : l.a(), kernelFirst ? l.a() : l.b()));
    }
    return new GemmSpec(
        operand,
        result,
        rows.size(),
        columns.size(),
        inner.size(),
        kernelFirst ? rows.b() : rows.a(),
        kernelFirst ? inner.b() : inner.a(),
        kernelFirst ? inner.a() : inner.b(),
        kernelFirst ? columns.a() : columns.b(),
        rows.c(),
        batch,
        terms);
  }
}
