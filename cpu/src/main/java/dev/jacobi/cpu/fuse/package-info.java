/**
 * From a program to kernels: simplifies HLO, turns data movement into index maps that cost nothing
 * on an edge, and divides a block's instructions into groups that run as one loop nest each.
 */
package dev.jacobi.cpu.fuse;
