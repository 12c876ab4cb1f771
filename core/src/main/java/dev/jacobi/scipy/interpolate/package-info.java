/**
 * Values between the elements of arrays, behind {@code Ndimage} and {@code
 * RegularGridInterpolator}.
 */
@NullMarked
package dev.jacobi.scipy.interpolate;

import org.jspecify.annotations.NullMarked;
