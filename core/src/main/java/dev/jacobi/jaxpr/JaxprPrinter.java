package dev.jacobi.jaxpr;

import static dev.jacobi.jaxpr.Doc.concat;
import static dev.jacobi.jaxpr.Doc.join;
import static dev.jacobi.jaxpr.Doc.text;

import dev.jacobi.hlo.DType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes jaxprs as JAX 0.10 does. Nested programs continue the naming of their surroundings. */
final class JaxprPrinter {
  private static final int WIDTH = 80;

  private final Map<Atom.Var, String> names = new IdentityHashMap<>();

  private final Jaxpr outermost;
  private final Map<Jaxpr, String> shared;

  private JaxprPrinter(Jaxpr outermost, Map<Jaxpr, String> shared) {
    this.outermost = outermost;
    this.shared = shared;
  }

  static String print(Jaxpr jaxpr) {
    Map<Jaxpr, String> shared = SharedJaxprs.of(jaxpr).names();
    JaxprPrinter printer = new JaxprPrinter(jaxpr, shared);
    StringBuilder text = new StringBuilder();
    shared.forEach((nested, name) -> text.append(printer.definition(name, nested)));
    return text.append(printer.jaxpr(jaxpr).layout(WIDTH)).toString();
  }

  private String definition(String name, Jaxpr jaxpr) {
    return concat(text("let " + name + " = "), jaxpr(jaxpr), text(" in\n")).layout(WIDTH);
  }

  private Doc jaxpr(Jaxpr jaxpr) {
    int captured = jaxpr.captured();
    Doc consts = text(binders(jaxpr.ins().subList(0, captured)) + "; ");
    Doc ins = text(binders(jaxpr.ins().subList(captured, jaxpr.ins().size())) + ". let");
    List<Doc> eqns = new ArrayList<>();
    Set<Atom> read = Collections.newSetFromMap(new IdentityHashMap<>());
    read.addAll(jaxpr.outs());
    jaxpr.eqns().forEach(e -> read.addAll(jaxpr == outermost ? e.ins() : e.outs()));
    jaxpr.eqns().forEach(e -> eqns.add(eqn(e, read)));
    String outs = jaxpr.outs().stream().map(this::atom).collect(Collectors.joining(", "));
    Doc body =
        concat(
            text("{ lambda "),
            consts,
            ins,
            new Doc.Nest(2, concat(new Doc.Break(" "), join(new Doc.Break("; "), eqns))),
            new Doc.Break(" "),
            text("in (" + outs + (jaxpr.outs().size() == 1 ? ",)" : ")")));
    return concat(new Doc.Group(new Doc.Nest(2, body)), text(" }"));
  }

  private String binders(List<Atom.Var> vars) {
    return vars.stream().map(v -> name(v) + ":" + v.aval()).collect(Collectors.joining(" "));
  }

  /** An equation; as in JAX, a result of the outermost program that nobody reads has no name. */
  private Doc eqn(Eqn eqn, Set<Atom> read) {
    String outs =
        eqn.outs().stream()
            .map(v -> (read.contains(v) ? name(v) : "_") + ":" + v.aval())
            .collect(Collectors.joining(" "));
    Doc head = text((outs.isEmpty() ? "" : outs + " = ") + eqn.primitive().name());
    String ins = eqn.ins().stream().map(a -> " " + atom(a)).collect(Collectors.joining());
    return concat(head, params(eqn.primitive().params()), text(ins));
  }

  private Doc params(Map<String, Object> params) {
    if (params.isEmpty()) {
      return text("");
    }
    List<Doc> pairs = new ArrayList<>();
    params.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(JaxprPrinter::nameFirst))
        .forEach(e -> pairs.add(concat(text(e.getKey() + "="), param(e.getValue()))));
    Doc inner = concat(text("["), new Doc.Break(""), join(new Doc.Break(" "), pairs));
    return new Doc.Group(concat(new Doc.Nest(2, inner), new Doc.Break(""), text("]")));
  }

  /** Parameters are sorted, but a called function's name comes first. */
  private static int nameFirst(String a, String b) {
    return Boolean.compare(b.equals("name"), a.equals("name")) != 0
        ? Boolean.compare(b.equals("name"), a.equals("name"))
        : a.compareTo(b);
  }

  private Doc param(Object value) {
    if (value instanceof Jaxpr nested) {
      String name = shared.get(nested);
      return name == null ? jaxpr(nested) : text(name);
    }
    if (value instanceof List<?> l && !l.isEmpty() && l.getFirst() instanceof Jaxpr) {
      Doc programs = join(new Doc.Break(" "), l.stream().map(this::param).toList());
      Doc inner = concat(text("("), new Doc.Nest(2, concat(new Doc.Break(" "), programs)));
      return new Doc.Group(concat(inner, new Doc.Break(" "), text(")")));
    }
    return text(paramText(value));
  }

  private static String paramText(Object value) {
    return switch (value) {
      case DType t -> t.numpyName();
      case Boolean b -> b ? "True" : "False";
      case Optional<?> o -> o.map(JaxprPrinter::paramText).orElse("None");
      case List<?> l ->
          l.stream()
              .map(JaxprPrinter::paramText)
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
    if (l.aval().dtype().isComplex()) {
      return PythonFloat.reprComplex(l.doubleValue());
    }
    return l.isFloat() ? PythonFloat.repr(held(l)) : Long.toString(l.bits());
  }

  /** The value that the literal's element type really holds. */
  private static double held(Atom.Lit l) {
    return l.aval().weak() ? l.doubleValue() : l.literal().getDouble(0);
  }

  private String name(Atom.Var v) {
    return names.computeIfAbsent(v, k -> Names.variable(names.size()));
  }
}
