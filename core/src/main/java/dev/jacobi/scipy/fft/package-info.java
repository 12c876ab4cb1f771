/** Cosine transforms, behind {@code Fft}, and their options. */
@NullMarked
package dev.jacobi.scipy.fft;

import org.jspecify.annotations.NullMarked;
