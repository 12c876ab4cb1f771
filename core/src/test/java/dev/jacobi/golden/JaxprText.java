package dev.jacobi.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a jaxpr's text, JAX's or ours. */
final class JaxprText {
  /** A program: its constants and inputs together, equations and results. */
  record Program(List<Binder> ins, List<Equation> equations, List<String> outs) {}

  /** A variable where it is bound, with its type, such as {@code f32[2,3]}. */
  record Binder(String name, String type) {}

  /** One equation; a parameter is text or a program. */
  record Equation(
      List<Binder> outs, String primitive, Map<String, Object> params, List<String> args) {}

  private final String text;
  private final Map<String, Program> hoisted = new LinkedHashMap<>();
  private int at;

  private JaxprText(String text) {
    this.text = text.replaceAll("np\\.int64\\((-?\\d+)\\)", "$1").replaceAll("\\s+", " ").strip();
  }

  /** The program; programs that JAX hoisted in front of it stand where they are used. */
  static Program parse(String text) {
    var reader = new JaxprText(text);
    while (reader.text.startsWith("let ", reader.at)) {
      reader.at += 4;
      int equals = reader.text.indexOf(" = ", reader.at);
      String name = reader.text.substring(reader.at, equals);
      reader.at = equals + 3;
      reader.hoist(name);
    }
    return reader.inlined(reader.program());
  }

  private void hoist(String name) {
    Program program = program();
    hoisted.put(name, program);
    expect(" in ");
  }

  private Program program() {
    expect("{ lambda ");
    var ins = new ArrayList<>(binders(';'));
    expect(";");
    skipBlank();
    ins.addAll(binders('.'));
    expect(". let ");
    var equations = new ArrayList<Equation>();
    skipBlank();
    while (!text.startsWith("in (", at)) {
      equations.add(equation());
      skipBlank();
      if (text.startsWith(";", at)) {
        at++;
        skipBlank();
      }
    }
    expect("in (");
    var outs = new ArrayList<String>();
    while (text.charAt(at) != ')') {
      outs.add(word(",)"));
      if (text.charAt(at) == ',') {
        at++;
      }
      skipBlank();
    }
    expect(") }");
    return new Program(ins, equations, outs);
  }

  private List<Binder> binders(char end) {
    var binders = new ArrayList<Binder>();
    skipBlank();
    while (text.charAt(at) != end) {
      binders.add(binder(end));
      skipBlank();
    }
    return binders;
  }

  private Binder binder(char end) {
    int colon = text.indexOf(':', at);
    String name = text.substring(at, colon);
    at = colon + 1;
    return new Binder(name, word(" " + end));
  }

  private Equation equation() {
    var outs = new ArrayList<Binder>();
    while (text.charAt(at) != '=') {
      outs.add(binder('='));
      skipBlank();
    }
    expect("= ");
    String primitive = word(" [;");
    var params = text.charAt(at) == '[' ? params() : new LinkedHashMap<String, Object>();
    var args = new ArrayList<String>();
    skipBlank();
    while (!isEndOfArguments()) {
      args.add(word(" ;"));
      skipBlank();
    }
    return new Equation(outs, primitive, params, args);
  }

  /** After the arguments come {@code ;}, {@code in (} or the next equation's first binder. */
  private boolean isEndOfArguments() {
    if (text.charAt(at) == ';' || text.startsWith("in (", at)) {
      return true;
    }
    int end = at;
    while (end < text.length()
        && (Character.isLetter(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    String name = text.substring(at, end);
    boolean isValue = List.of("inf", "nan", "True", "False").contains(name);
    return end > at && !isValue && text.charAt(end) == ':';
  }

  private Map<String, Object> params() {
    var params = new LinkedHashMap<String, Object>();
    expect("[");
    skipBlank();
    while (text.charAt(at) != ']') {
      int equals = text.indexOf('=', at);
      String name = text.substring(at, equals);
      at = equals + 1;
      params.put(name, value());
      skipBlank();
    }
    expect("]");
    return params;
  }

  private Object value() {
    if (text.startsWith("( {", at) || text.startsWith("({", at)) {
      return programs();
    }
    return text.startsWith("{ lambda", at) ? program() : paramText();
  }

  /** Branches: programs, or names of some, in parentheses. */
  private List<Object> programs() {
    List<Object> all = new ArrayList<>();
    expect("(");
    skipBlank();
    while (text.charAt(at) != ')') {
      all.add(text.startsWith("{ lambda", at) ? program() : word(" )"));
      skipBlank();
    }
    expect(")");
    return all;
  }

  /** Up to the blank before the next {@code name=}, or the closing bracket. */
  private String paramText() {
    int start = at;
    int depth = 0;
    while (true) {
      char c = text.charAt(at);
      if (depth == 0 && (c == ']' || (c == ' ' && startsParam(at + 1)))) {
        return text.substring(start, at).strip();
      }
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      at++;
    }
  }

  private boolean startsParam(int i) {
    int end = i;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end > i && end < text.length() && text.charAt(end) == '=' || text.charAt(i) == ']';
  }

  /** A word that may hold brackets, up to one of these characters outside of them. */
  private String word(String ends) {
    int start = at;
    int depth = 0;
    while (depth > 0 || ends.indexOf(text.charAt(at)) < 0) {
      char c = text.charAt(at);
      boolean opens = c == '(' || (c == '[' && ends.indexOf('[') < 0);
      depth += opens ? 1 : (c == ')' || c == ']') && depth > 0 ? -1 : 0;
      at++;
    }
    return text.substring(start, at);
  }

  private void expect(String wanted) {
    if (!text.startsWith(wanted, at)) {
      String rest = text.substring(at, Math.min(text.length(), at + 60));
      throw new IllegalArgumentException("expected \"" + wanted + "\" before: " + rest);
    }
    at += wanted.length();
  }

  private void skipBlank() {
    while (text.charAt(at) == ' ') {
      at++;
    }
  }

  /** Puts programs that are named in parameters in their place. */
  private Program inlined(Program program) {
    var equations = new ArrayList<Equation>();
    for (Equation e : program.equations()) {
      var params = new LinkedHashMap<String, Object>();
      e.params().forEach((key, value) -> params.put(key, inlined(key, value)));
      equations.add(new Equation(e.outs(), e.primitive(), params, e.args()));
    }
    return new Program(program.ins(), equations, program.outs());
  }

  private Object inlined(String key, Object value) {
    return switch (value) {
      case Program p -> inlined(p);
      case List<?> programs -> programs.stream().map(p -> inlined("jaxpr", p)).toList();
      case String name when key.endsWith("jaxpr") && hoisted.containsKey(name) ->
          inlined(hoisted.get(name));
      default -> value;
    };
  }
}
