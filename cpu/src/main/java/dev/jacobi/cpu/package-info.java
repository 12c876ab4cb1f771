/**
 * The CPU engine. {@link dev.jacobi.cpu.Pipeline} is the compiler from top to bottom: read it
 * first. {@code fuse} divides a program into groups, {@code loop} gives each group its loop nest,
 * {@code emit} writes LLVM IR, {@code run} loads and calls it.
 */
package dev.jacobi.cpu;
