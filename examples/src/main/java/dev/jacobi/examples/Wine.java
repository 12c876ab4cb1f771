package dev.jacobi.examples;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;

/**
 * 178 wines from one region in Italy: UCI's "Wine" (CC BY 4.0).
 *
 * @param measured f64 (178, 13): alcohol, malic acid, ash, ..., proline
 * @param cultivar i32 (178): 0, 1 or 2, which grapes it was made of
 */
public record Wine(Array measured, Array cultivar) {
  public static Wine load() {
    var table = Table.load("wine");
    return new Wine(table.most(), table.column(-1).astype(DType.I32));
  }
}
