/**
 * What programs tell while they run: prints, calls of Java, checks. Each is a primitive with
 * effects and runs wherever the program does, in loops and branches too; in a batch it happens lane
 * by lane, in the lanes that get there.
 */
package dev.jacobi.debug;
