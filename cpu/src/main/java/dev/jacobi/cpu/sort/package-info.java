/**
 * Sorting.
 *
 * <p>A comparator that compares numbers, one key after another ({@link
 * dev.jacobi.cpu.sort.Comparators} knows JAX's), never runs: each key becomes an unsigned integer
 * of the same order ({@link dev.jacobi.cpu.sort.SortKey}), and integers are sorted without
 * comparing. Short rows count for every element how many come before it, a vector at a time; longer
 * ones are sorted digit by digit from the lowest on (LSD radix sort; Knuth, "The Art of Computer
 * Programming" 3, section 5.2.5), very long ones on several threads after a first division by their
 * highest digit. Any other comparator is called by a merge sort.
 *
 * <p>All of them are stable, so that there is one right answer, whatever the path and the threads.
 */
package dev.jacobi.cpu.sort;
