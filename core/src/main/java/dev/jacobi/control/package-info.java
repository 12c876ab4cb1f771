/**
 * Structured control flow: the primitives {@code cond}, {@code while} and {@code scan} with all
 * their rules, and the functions that make them from users' functions over trees.
 */
package dev.jacobi.control;
