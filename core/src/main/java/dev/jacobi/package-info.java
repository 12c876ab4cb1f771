/**
 * The public vocabulary: {@link dev.jacobi.Array}, {@link dev.jacobi.Key}, functions of trees
 * ({@code Fn}) and of arrays ({@code Op}), and {@link dev.jacobi.Jacobi} with the transformations.
 * The classes here only delegate; every other package may use them.
 */
package dev.jacobi;
