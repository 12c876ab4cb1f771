/**
 * MLIR bytecode with StableHLO's versioned dialect, VHLO: the form in which programs travel between
 * releases. Sources: MLIR's BytecodeFormat.md and BuiltinDialectBytecode.td, StableHLO's
 * VhloBytecode.cpp.
 */
package dev.jacobi.hlo.bytecode;
