/**
 * The typed program that tracing makes: {@link dev.jacobi.jaxpr.Jaxpr}, its values' abstract types,
 * its text (JAX's own notation), its checker, and {@link dev.jacobi.jaxpr.Primitive}, the one
 * interface that every operation implements.
 *
 * <p>Contract: a jaxpr is closed straight-line code. Every variable is bound once, before its uses;
 * equations are pure; an equation's output types are what its primitive's shape rule says.
 */
package dev.jacobi.jaxpr;
