/**
 * What a backend offers: it accepts programs as {@link dev.jacobi.hlo.HloModule} and bytes, and
 * returns bytes. Backends are found by {@link java.util.ServiceLoader}; nothing else crosses this
 * border.
 */
package dev.jacobi.hlo.spi;
