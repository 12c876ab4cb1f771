/**
 * Programs on several devices: collectives in the few forms that the engine has code for, the
 * memory where devices meet, and the threads that are the devices.
 */
package dev.jacobi.cpu.grid;
