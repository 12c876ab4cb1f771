package dev.jacobi.trace;

import dev.jacobi.jaxpr.Aval;

/** An array whose value a trace stands for. */
public abstract non-sealed class Tracer extends ArrayForm {
  private final Trace trace;

  protected Tracer(Trace trace, Aval aval) {
    super(aval);
    this.trace = trace;
  }

  public final Trace trace() {
    return trace;
  }

  @Override
  public String toString() {
    return "Tracer<" + aval() + ">(" + trace.transform() + ")";
  }
}
