/** Loops over steps, before they become code: what the steps can have computed for them. */
@org.jspecify.annotations.NullMarked
package dev.jacobi.cpu.steps;
