package dev.jacobi.cpu.emit;

import dev.jacobi.hlo.host.HostCall;
import dev.jacobi.hlo.host.HostCheck;

/** A place where a program asks something of Java. */
public sealed interface Site {
  /** Calls a function. */
  record Call(HostCall call) implements Site {}

  /** Ends with an exception if something does not hold. */
  record Check(HostCheck check) implements Site {}
}
