package dev.jacobi;

/** A complex number. */
public record Complex(double re, double im) {}
