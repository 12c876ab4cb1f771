package dev.jacobi.jaxpr;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes jaxprs as JAX 0.10 does. Nested programs continue the naming of their surroundings. */
final class JaxprPrinter {
  private final Map<Atom.Var, String> names = new IdentityHashMap<>();

  private JaxprPrinter() {}

  static String print(Jaxpr jaxpr) {
    return new JaxprPrinter().jaxpr(jaxpr, "");
  }

  private String jaxpr(Jaxpr jaxpr, String indent) {
    String inner = indent + "    ";
    StringBuilder s = new StringBuilder("{ lambda ");
    s.append(binders(jaxpr.ins().subList(0, jaxpr.captured())));
    s.append("; ").append(binders(jaxpr.ins().subList(jaxpr.captured(), jaxpr.ins().size())));
    s.append(". let\n");
    for (Eqn eqn : jaxpr.eqns()) {
      s.append(inner).append(eqn(eqn, inner)).append('\n');
    }
    String outs = jaxpr.outs().stream().map(this::atom).collect(Collectors.joining(", "));
    s.append(indent).append("  in (").append(outs);
    return s.append(jaxpr.outs().size() == 1 ? ",) }" : ") }").toString();
  }

  private String binders(List<Atom.Var> vars) {
    return vars.stream().map(this::binder).collect(Collectors.joining(" "));
  }

  private String binder(Atom.Var v) {
    return name(v) + ":" + v.aval();
  }

  private String eqn(Eqn eqn, String indent) {
    StringBuilder s = new StringBuilder(binders(eqn.outs()));
    s.append(eqn.outs().isEmpty() ? "" : " = ").append(eqn.primitive().name());
    Map<String, Object> params = eqn.primitive().params();
    if (params.size() == 1) {
      s.append('[').append(params(params, indent, "")).append(']');
    } else if (!params.isEmpty()) {
      String inner = indent + "  ";
      s.append("[\n").append(params(params, inner, inner)).append('\n').append(indent).append(']');
    }
    eqn.ins().forEach(in -> s.append(' ').append(atom(in)));
    return s.toString();
  }

  private String params(Map<String, Object> params, String nested, String lead) {
    return params.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> lead + e.getKey() + "=" + param(e.getValue(), nested))
        .collect(Collectors.joining("\n"));
  }

  private String param(Object value, String indent) {
    return switch (value) {
      case Jaxpr j -> jaxpr(j, indent);
      case dev.jacobi.hlo.DType t -> t.numpyName();
      case Boolean b -> b ? "True" : "False";
      case java.util.Optional<?> o -> o.map(v -> param(v, indent)).orElse("None");
      case List<?> l ->
          l.stream()
              .map(v -> param(v, indent))
              .collect(Collectors.joining(", ", "(", l.size() == 1 ? ",)" : ")"));
      default -> value.toString();
    };
  }

  private String atom(Atom atom) {
    return switch (atom) {
      case Atom.Var v -> name(v);
      case Atom.Lit l -> literal(l) + ":" + l.aval();
    };
  }

  private static String literal(Atom.Lit l) {
    if (l.aval().dtype().isBool()) {
      return l.bits() != 0 ? "True" : "False";
    }
    return l.isFloat()
        ? PythonFloat.repr(l.doubleValue(), l.aval().dtype())
        : Long.toString(l.bits());
  }

  private String name(Atom.Var v) {
    return names.computeIfAbsent(v, k -> Names.variable(names.size()));
  }
}
