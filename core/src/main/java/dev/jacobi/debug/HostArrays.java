package dev.jacobi.debug;

import dev.jacobi.Array;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.hlo.Literal;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.trace.ConcreteArray;
import dev.jacobi.trace.HostData;
import java.util.ArrayList;
import java.util.List;

/** Between the values that a running program holds and arrays. */
final class HostArrays {
  private HostArrays() {}

  /** An array of its own with these values. */
  static Array array(Aval aval, Literal value) {
    return new ConcreteArray(aval, Backends.current().fromHost(aval.physical(), value.data()));
  }

  static List<Array> arrays(List<Aval> avals, List<Literal> values) {
    List<Array> all = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      all.add(array(avals.get(i), values.get(i)));
    }
    return all;
  }

  static List<Literal> values(List<Array> arrays) {
    return arrays.stream().map(HostData::of).toList();
  }
}
