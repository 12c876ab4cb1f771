package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.ProgramPrimitive;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.trace.Tracer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named operation that a compiler may know; to any other its program says what it means.
 *
 * @param attributes strings, numbers, booleans, and lists of them
 */
public record Composite(String label, int version, Map<String, Object> attributes, Jaxpr jaxpr)
    implements ProgramPrimitive {
  @Override
  public String name() {
    return "composite";
  }

  @Override
  public Map<String, Object> params() {
    List<Object> shown = new ArrayList<>();
    attributes.forEach(
        (key, value) -> shown.add(List.of("'" + key + "'", leaves(value), tree(value))));
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("attributes", shown);
    params.put("jaxpr", jaxpr);
    params.put("name", label);
    params.put("version", version);
    return params;
  }

  private static List<?> leaves(Object value) {
    return value instanceof List<?> list ? list : List.of(value);
  }

  /** How JAX prints a leaf and a list of them. */
  private static String tree(Object value) {
    return value instanceof List<?> list
        ? "PyTreeDef(" + list.stream().map(v -> "*").toList() + ")"
        : "PyTreeDef(*)";
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return jaxpr.outAvals();
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    throw without("derivative; give it one with customJvp");
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    throw without("transpose; give it a derivative with customVjp");
  }

  /** The name means the operation on these shapes; on batches nothing says that it does. */
  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    throw without("rule for batches, as in JAX; call its decomposition under vmap");
  }

  private LaxTypeException without(String what) {
    return new LaxTypeException(name(), "the operation \"" + label + "\" has no " + what);
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    Map<String, String> texts = new LinkedHashMap<>();
    attributes.forEach((key, value) -> texts.put(key, mlir(key, value)));
    return context.composite(label, version, texts, jaxpr, operands);
  }

  private String mlir(String key, Object value) {
    return switch (value) {
      case String s -> '"' + s.replace("\\", "\\5C").replace("\"", "\\22") + '"';
      case Boolean b -> b.toString();
      case Integer i -> i + " : i64";
      case Long l -> l + " : i64";
      case Float f -> number(f, "f32");
      case Double d -> number(d, "f64");
      case List<?> list -> list.stream().map(v -> mlir(key, v)).toList().toString();
      default ->
          throw new LaxTypeException(
              name(),
              "attribute "
                  + key
                  + " of \""
                  + label
                  + "\" is a "
                  + value.getClass().getSimpleName()
                  + "; attributes are strings, numbers, booleans and lists of them, and arrays are"
                  + " operands");
    };
  }

  private static String number(double value, String type) {
    if (!Double.isFinite(value)) {
      throw new LaxTypeException("composite", "an attribute must be finite, not " + value);
    }
    return String.format(java.util.Locale.ROOT, "%.17e : %s", value, type);
  }

  /**
   * Calls a function as the named operation.
   *
   * @param attributes entries that are null are left out
   */
  public static Object call(
      TreeFn fn, String name, int version, Map<String, ?> attributes, Object... arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    List<Aval> avals = args.leaves().stream().map(Array::aval).toList();
    TreeFn.FlatFn flat = fn.flat(args.defs());
    JaxprTrace.Traced traced = Jaxprs.trace("composite", avals, flat);
    if (traced.captured().stream().anyMatch(Tracer.class::isInstance)) {
      throw new LaxTypeException(
          "composite",
          "the decomposition of \"" + name + "\" captures a traced array; pass it as an argument");
    }
    Map<String, Object> known = new LinkedHashMap<>();
    attributes.forEach(
        (key, value) -> {
          if (value != null) {
            known.put(key, value);
          }
        });
    List<Array> operands = new ArrayList<>(traced.captured());
    operands.addAll(args.leaves());
    Composite op = new Composite(name, version, known, traced.jaxpr().closed());
    return Leaves.unflatten(flat.out(), Bind.bind(op, operands));
  }
}
