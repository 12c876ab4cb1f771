package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.JitSwitch;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The library's own jitted functions: traced once per static arguments and operand types. */
public final class NamedJit {
  private static final ConcurrentHashMap<Key, Jit> PROGRAMS = new ConcurrentHashMap<>();

  private NamedJit() {}

  private static final ConcurrentHashMap<Key, CustomJvp> CUSTOM = new ConcurrentHashMap<>();

  private record Key(String name, Object statics, List<Aval> avals) {}

  /**
   * Calls a function as a program of its own.
   *
   * @param name as it appears in jaxprs
   * @param statics everything that {@code f} depends on besides its operands, with value equality
   */
  public static List<Array> call(String name, Object statics, Flat f, List<Array> operands) {
    if (JitSwitch.isOff()) {
      return f.apply(operands);
    }
    List<Aval> avals = operands.stream().map(Array::aval).toList();
    Key key = new Key(name, statics, avals);
    Jit known = PROGRAMS.get(key);
    if (known == null) {
      known = new Jit(name, Jaxprs.traceClosed(avals, f));
      PROGRAMS.put(key, known);
    }
    return Bind.bind(known, operands);
  }

  /**
   * Calls a function that has a rule for its tangents.
   *
   * @param statics everything that {@code f} and {@code rule} depend on besides their operands
   * @param rule from operands and their tangents to results and their tangents
   */
  public static List<Array> callWithRule(
      String name, Object statics, Flat f, Flat rule, List<Array> operands) {
    List<Aval> avals = operands.stream().map(Array::aval).toList();
    Key key = new Key(name, statics, avals);
    CustomJvp known = CUSTOM.get(key);
    if (known == null) {
      known = new CustomJvp(name, Jaxprs.traceClosed(avals, f), 0, rule);
      CUSTOM.put(key, known);
    }
    return Bind.bind(known, operands);
  }
}
