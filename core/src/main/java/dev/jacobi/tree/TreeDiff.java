package dev.jacobi.tree;

/**
 * One place where two structures differ.
 *
 * @param path where
 * @param expected the first structure there, as text
 * @param actual the second structure there, as text
 * @param staticOnly whether both have a static value there, so that only the value differs
 */
public record TreeDiff(TreePath path, String expected, String actual, boolean staticOnly) {}
