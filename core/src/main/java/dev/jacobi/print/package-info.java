/**
 * Arrays as text, exactly as NumPy 2.4 prints them: {@link dev.jacobi.print.ArrayText} lays out
 * rows and summaries, an {@link dev.jacobi.print.ElementFormat} gives all elements one width,
 * {@link dev.jacobi.print.FloatText} writes one number, and {@link dev.jacobi.print.Dragon4} finds
 * its digits. It reads {@link dev.jacobi.print.Elements}, so that arrays, literals and tests share
 * it.
 */
package dev.jacobi.print;
