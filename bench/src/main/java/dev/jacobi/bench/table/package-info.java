/** The benchmark over the table of functions: {@code ./jacobi bench table}. */
package dev.jacobi.bench.table;
