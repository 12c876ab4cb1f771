/**
 * The text of programs: MLIR with the dialects StableHLO, CHLO and func. {@link
 * dev.jacobi.hlo.text.HloPrinter} writes what StableHLO's tools read, {@link
 * dev.jacobi.hlo.text.HloParser} reads what JAX and StableHLO's tools write, in pretty and in
 * generic form.
 *
 * <p>An operation's form, which reads it from and writes it to text, is one row in one of the
 * {@code ...Forms} classes. Attributes stay spans of the source until a form asks for them with a
 * type, so that attributes that we do not interpret keep their text.
 *
 * <p>Read and left out, because they do not change what a program on one device computes:
 * attributes of functions, {@code result_accuracy}, the algorithm of a dot product, Shardy's meshes
 * and sharding constraints.
 */
package dev.jacobi.hlo.text;
