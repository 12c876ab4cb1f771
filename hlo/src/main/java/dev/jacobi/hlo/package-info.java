/**
 * The StableHLO program representation that every other part of Jacobi meets at: element types and
 * shapes, literals, a sealed set of operations as records, blocks, functions and modules.
 *
 * <p>Contract: all values here are immutable. Integers wrap; floating point is IEEE with NaN and
 * subnormals kept; nothing may be contracted or reassociated unless an operation says so.
 * Operations are pure except custom calls that say otherwise. A pass is an exhaustive {@code
 * switch} over {@link dev.jacobi.hlo.Op}.
 */
package dev.jacobi.hlo;
