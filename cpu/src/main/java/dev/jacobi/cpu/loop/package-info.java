/**
 * The loop IR: what a group computes, as nodes over affine accesses inside a nest of loops, free of
 * HLO values. Equal nests are equal records, so that equal layers compile once.
 */
package dev.jacobi.cpu.loop;
