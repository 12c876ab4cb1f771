/**
 * Operations written out in others before a program runs: one meaning for all engines, so that none
 * of them needs to know older forms, shapes that are values, generators of random bits, or grids of
 * one process.
 */
package dev.jacobi.hlo.shorthand;
