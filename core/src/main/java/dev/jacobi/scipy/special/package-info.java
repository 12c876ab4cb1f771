/**
 * How {@link dev.jacobi.scipy.Special} and {@code dev.jacobi.scipy.stats} compute: each class has
 * the formulas of one family, on operands of one floating type and one shape, and says where they
 * come from. Not exported.
 */
@NullMarked
package dev.jacobi.scipy.special;

import org.jspecify.annotations.NullMarked;
