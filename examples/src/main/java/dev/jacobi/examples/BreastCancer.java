package dev.jacobi.examples;

import dev.jacobi.Array;

/**
 * 569 tumours under the microscope: UCI's "Breast Cancer Wisconsin (Diagnostic)" (CC BY 4.0).
 *
 * @param measured f64 (569, 30): means, standard errors and worst values of ten measurements of the
 *     nuclei of cells
 * @param benign f64 (569): 1 for a benign tumour, 0 for a malignant one
 */
public record BreastCancer(Array measured, Array benign) {
  public static BreastCancer load() {
    var table = Table.load("breast_cancer");
    return new BreastCancer(table.most(), table.column(-1));
  }
}
