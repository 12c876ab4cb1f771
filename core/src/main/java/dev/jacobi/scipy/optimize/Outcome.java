package dev.jacobi.scipy.optimize;

import dev.jacobi.Array;
import java.util.Optional;

/**
 * Where a search ended: see {@code Optimize.OptimizeResults}, which is made of it.
 *
 * @param jac the gradient there, of methods that have one
 * @param hessInv an approximation of the Hessian's inverse, of methods that have one
 */
public record Outcome(
    Array x,
    Array success,
    Array status,
    Array fun,
    Optional<Array> jac,
    Optional<Array> hessInv,
    Array nfev,
    Array njev,
    Array nit) {}
