/**
 * Trees: how values with structure (records, lists, maps, optionals) become flat lists of leaves
 * and come back.
 *
 * <p>Every transformation takes and returns trees, and every call of a compiled function flattens
 * its arguments, so this package exists to make that cheap and its failures readable. {@link
 * dev.jacobi.tree.Codecs} decides once per class how its values are taken apart; records get a
 * generated class. {@link dev.jacobi.tree.TreeDef} is the structure that is left over: immutable,
 * with a cached hash, a part of the key of compiled functions. {@link dev.jacobi.tree.Diagnosis}
 * looks for the path of a fault after the fast code has met one.
 *
 * <p>The package knows leaves only through {@link dev.jacobi.tree.Leaf}; it depends on nothing
 * else.
 */
package dev.jacobi.tree;
