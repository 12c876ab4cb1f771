/**
 * Off-heap memory for arrays: a pool of kept, already faulted pages.
 *
 * <p>Page faults, not arithmetic, are what large results cost when every call asks the system for
 * fresh memory, so memory is kept and used again. Nobody has to free anything: memory returns when
 * the {@link dev.jacobi.hlo.memory.Allocation} that stands for it is unreachable, and {@code
 * close()} only returns it sooner. The package lies in the lowest module because every backend and
 * the front end handle the same bytes.
 */
package dev.jacobi.hlo.memory;
