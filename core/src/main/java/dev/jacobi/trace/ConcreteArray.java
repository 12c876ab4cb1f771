package dev.jacobi.trace;

import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.jaxpr.Aval;

/** An array with a value, in a device's memory. */
public final class ConcreteArray extends ArrayForm {
  private final Buffer buffer;

  public ConcreteArray(Aval aval, Buffer buffer) {
    super(aval);
    this.buffer = buffer;
  }

  public Buffer buffer() {
    return buffer;
  }
}
