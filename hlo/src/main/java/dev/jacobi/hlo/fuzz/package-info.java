/**
 * Differential testing: random well-typed programs, run on two engines. Whatever an engine's
 * program gives, each of its operations is checked alone against the reference interpreter on the
 * engine's own values, so that rounding errors do not add up and bounds can be tight.
 */
package dev.jacobi.hlo.fuzz;
