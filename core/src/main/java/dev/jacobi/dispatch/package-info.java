/** Finds backends, and keeps the compiled form of every primitive that was called. */
package dev.jacobi.dispatch;
