/**
 * What a program asks of Java while it runs: calls of functions, and checks whose failure becomes
 * an exception. A program is text, so it names Java's objects by number ({@link
 * dev.jacobi.hlo.host.Hosted}); engines find them here.
 */
package dev.jacobi.hlo.host;
