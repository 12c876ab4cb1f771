/**
 * What the example programs share: data sets and plots, so that a program shows Jacobi and nothing
 * else. The programs themselves lie in the folder above, one file each.
 */
package dev.jacobi.examples;
