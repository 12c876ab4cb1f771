/** The workloads, by the names that the peers' scripts give them. */
@NullMarked
package dev.jacobi.bench.work;

import org.jspecify.annotations.NullMarked;
