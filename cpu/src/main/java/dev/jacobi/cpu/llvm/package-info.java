/**
 * Writes LLVM IR as text and has LLVM turn it into machine code.
 *
 * <p>Why it exists: the compiler above it decides everything (fusion, tiling, vector width,
 * unrolling, which value lives where) and LLVM only selects instructions, allocates registers and
 * schedules: none of its optimisation passes run. So the emitter here is a thin builder of good
 * text, the same for every machine up to {@code IrTarget}, and the text is the cache key of the
 * object it becomes.
 */
package dev.jacobi.cpu.llvm;
