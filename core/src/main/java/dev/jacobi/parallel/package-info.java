/**
 * What devices do together: collectives along named axes, each with its rules on one screen, {@code
 * shard_map} and {@code pmap}.
 */
package dev.jacobi.parallel;
