/** Writes jaxprs as StableHLO modules, each called program once. */
package dev.jacobi.lowering;
