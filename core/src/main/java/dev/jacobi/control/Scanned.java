package dev.jacobi.control;

/**
 * What a {@code scan} gives.
 *
 * @param carry what the last step gave
 * @param ys the results of all steps, stacked along a new leading axis
 */
public record Scanned<C, Y>(C carry, Y ys) {}
