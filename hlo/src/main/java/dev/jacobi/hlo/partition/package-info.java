/**
 * Divides one program over the devices of a mesh (SPMD): from shardings of some arguments, results
 * and values in between follow those of all others ({@link dev.jacobi.hlo.partition.Propagation}),
 * and from these the program that every device runs on its part of the arrays, with the collectives
 * that it needs. What an operation lets be divided stands in one table per family, the {@code
 * *Rules}.
 */
package dev.jacobi.hlo.partition;
