package dev.jacobi.jaxpr;

/** A primitive that means the same as the equations of its program in its place. */
public interface Inlinable extends ProgramPrimitive {}
