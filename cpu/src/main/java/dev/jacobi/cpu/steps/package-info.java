/** Loops over steps, before they become code: what the steps can have computed for them. */
package dev.jacobi.cpu.steps;
