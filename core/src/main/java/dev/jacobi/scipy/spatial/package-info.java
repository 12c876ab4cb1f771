/** Formulas of rotations, for {@code dev.jacobi.scipy.Rotation}. */
@NullMarked
package dev.jacobi.scipy.spatial;

import org.jspecify.annotations.NullMarked;
