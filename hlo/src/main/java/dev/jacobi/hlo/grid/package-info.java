/**
 * What all engines share that run one program on several devices: virtual devices of this machine,
 * who takes part in a collective, and how a program is found out whose devices wait for ever.
 */
package dev.jacobi.hlo.grid;
