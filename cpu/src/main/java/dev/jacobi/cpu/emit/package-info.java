/**
 * From loop nests and control flow to LLVM IR: one native entry per program, scalars in registers,
 * arrays at constant offsets of an arena, rows split among threads.
 */
package dev.jacobi.cpu.emit;
