/** Convolutions and trends of signals, behind {@code Signal}. */
@NullMarked
package dev.jacobi.scipy.signal;

import org.jspecify.annotations.NullMarked;
