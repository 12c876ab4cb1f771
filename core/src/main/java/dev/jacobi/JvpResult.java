package dev.jacobi;

/** A function's value and its derivative along a tangent, of the same structure. */
public record JvpResult<R>(R value, R tangent) {}
