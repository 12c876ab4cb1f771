/**
 * The verifier: every constraint that the StableHLO specification puts on the operations of {@link
 * dev.jacobi.hlo.Op}, and the rules of static single assignment. Backends run it before they
 * compile, so that nothing behind it needs to check again.
 *
 * <p>A constraint's name is the operation's name and the number in the specification: {@code
 * clamp_c1} is clamp's constraint (C1), {@code clamp_i2} the type that its input (I2) may have.
 * Rules that are ours start with {@code ssa_}, {@code func_} or {@code call_}.
 */
package dev.jacobi.hlo.verify;
