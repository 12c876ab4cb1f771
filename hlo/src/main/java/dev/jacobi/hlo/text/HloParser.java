package dev.jacobi.hlo.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.Lexer.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the text of a program: a {@code module} of functions, or functions alone. */
public final class HloParser {
  private static final Set<String> SIGNATURE =
      Set.of("sym_name", "sym_visibility", "function_type", "arg_attrs", "res_attrs");

  private final Reader in;
  private final Types types;
  private final Locations locations;
  private final Map<String, HloFunc> funcs = new LinkedHashMap<>();

  private HloParser(String file, byte[] source) {
    this.in = new Reader(new Lexer(file, source));
    this.types = new Types(in);
    this.locations = new Locations(in);
  }

  /**
   * Reads a program.
   *
   * @throws HloSyntaxException if the text is wrong, with the place
   * @throws UnsupportedOpException if it holds an operation or a type that is not built
   */
  public static HloModule parse(String text) {
    return parse("<text>", text.getBytes(UTF_8));
  }

  /** Reads a program from a file of UTF-8 text; as {@link #parse(String)}. */
  public static HloModule parse(Path file) throws IOException {
    return parse(file.toString(), Files.readAllBytes(file));
  }

  /** Reads a program from UTF-8 bytes; the name stands in messages. */
  public static HloModule parse(String name, byte[] source) {
    return new HloParser(name, source).module();
  }

  private HloModule module() {
    skipAliases();
    String name = "";
    Map<String, String> attrs = Map.of();
    if (in.kind() == Kind.STRING) {
      Map<String, String> properties = genericModule();
      name = properties.containsKey("sym_name") ? unquote(properties.remove("sym_name")) : "";
      attrs = properties;
    } else if (in.accept("module") || in.accept("builtin.module")) {
      name = in.kind() == Kind.SYMBOL ? in.symbol() : "";
      attrs = in.accept("attributes") ? in.textDictionary() : Map.of();
      in.expect('{');
      functions();
      in.expect('}');
      locations.optional();
    } else {
      functions();
    }
    skipAliases();
    if (in.kind() != Kind.END) {
      throw in.error("expected the end of the text");
    }
    return new HloModule(name, funcs, attrs);
  }

  /** {@code "builtin.module"() <{sym_name = "x"}> ({ functions }) {attributes} : () -> ()}. */
  private Map<String, String> genericModule() {
    if (!in.string().equals("builtin.module")) {
      throw in.error("expected a module");
    }
    in.expect('(');
    in.expect(')');
    Map<String, String> properties = new LinkedHashMap<>(properties());
    in.expect('(');
    in.expect('{');
    in.accept(Kind.LABEL);
    in.accept(':');
    functions();
    in.expect('}');
    in.expect(')');
    properties.putAll(in.is('{') ? in.textDictionary() : Map.of());
    emptySignature();
    return properties;
  }

  private Map<String, String> properties() {
    if (!in.accept('<')) {
      return Map.of();
    }
    Map<String, String> properties = in.textDictionary();
    in.expect('>');
    return properties;
  }

  private void emptySignature() {
    in.expect(':');
    types.parenthesized();
    types.expectArrow();
    types.parenthesized();
    locations.optional();
  }

  private static String unquote(String quoted) {
    byte[] bytes = quoted.getBytes(UTF_8);
    return new Reader(new Lexer("<attribute>", bytes)).string();
  }

  /** {@code #name = value}: locations are looked up when used, others are not needed. */
  private void skipAliases() {
    while (in.accept(Kind.HASH)) {
      in.expect('=');
      in.skipGroup();
      while (in.is('<') || in.is('(')) {
        in.skipGroup();
      }
    }
  }

  private void functions() {
    while (!in.is('}') && in.kind() != Kind.END) {
      int at = in.lexer().start();
      skipAliases();
      if (in.accept("func.func")) {
        add(function(), at);
      } else if (in.kind() == Kind.STRING) {
        add(genericFunction(), at);
      } else if (in.accept("sdy.mesh")) {
        mesh();
      } else if (in.kind() == Kind.WORD) {
        throw in.lexer().unsupported(in.lexer().text());
      } else if (!in.is('}') && in.kind() != Kind.END) {
        throw in.error("expected a function");
      }
    }
  }

  private void add(HloFunc func, int position) {
    if (funcs.putIfAbsent(func.name(), func) != null) {
      throw in.lexer().error("@" + func.name() + " is defined twice", position);
    }
  }

  /** {@code sdy.mesh @name = <["x"=2]> {attributes}}. */
  private void mesh() {
    in.symbol();
    in.expect('=');
    in.skipGroup();
    if (in.is('{')) {
      in.skipGroup();
    }
    locations.optional();
  }

  /** Parameters of a function: what is needed to read its body. */
  private record Params(
      List<String> names, List<TensorType> types, List<Map<String, String>> attrs) {
    Params() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  private HloFunc function() {
    boolean isPublic = !in.accept("private") && !in.accept("nested");
    in.accept("public");
    String name = in.symbol();
    Params params = new Params();
    in.list('(', ')', () -> parameter(params));
    List<TensorType> outputs = new ArrayList<>();
    List<Map<String, String>> resultAttrs = new ArrayList<>();
    if (in.accept(Kind.ARROW)) {
      if (in.is('(')) {
        in.list('(', ')', () -> result(outputs, resultAttrs));
      } else {
        outputs.add(types.type());
        resultAttrs.add(Map.of());
      }
    }
    Map<String, String> attrs = in.accept("attributes") ? in.textDictionary() : Map.of();
    if (!in.is('{')) {
      throw withoutBody();
    }
    int at = in.lexer().start();
    Block body =
        new OpReader(in, locations)
            .region(params.names(), params.types().stream().map(Value::new).toList());
    locations.optional();
    checkOutputs(name, body, outputs, at);
    return new HloFunc(name, isPublic, body, params.attrs(), resultAttrs, attrs);
  }

  private RuntimeException withoutBody() {
    return in.kind() == Kind.END
        ? in.lexer().error("the text ends where a function has its parameters or its body")
        : in.lexer().unsupported("function without a body");
  }

  private void parameter(Params params) {
    if (in.kind() != Kind.VALUE) {
      throw withoutBody();
    }
    params.names().add(in.take(Kind.VALUE, "a parameter such as %arg0"));
    in.expect(':');
    params.types().add(types.type());
    params.attrs().add(dialectAttributes());
    locations.optional();
  }

  private void result(List<TensorType> outputs, List<Map<String, String>> attrs) {
    outputs.add(types.type());
    attrs.add(dialectAttributes());
  }

  /** Attributes of an argument or a result, which MLIR wants to have names with a dialect. */
  private Map<String, String> dialectAttributes() {
    int at = in.lexer().start();
    Map<String, String> attrs = in.is('{') ? in.textDictionary() : Map.of();
    for (String name : attrs.keySet()) {
      if (!name.contains(".")) {
        throw in.lexer().error("'" + name + "' is no attribute of a dialect, as a.name is", at);
      }
    }
    return attrs;
  }

  private void checkOutputs(String name, Block body, List<TensorType> outputs, int position) {
    if (!body.resultTypes().equals(outputs)) {
      throw in.lexer()
          .error("@" + name + " gives " + body.resultTypes() + ", not " + outputs, position);
    }
  }

  /**
   * {@code "func.func"() <{function_type = ..., sym_name = "f"}> ({ ^bb0(...): ... }) : () -> ()}.
   */
  private HloFunc genericFunction() {
    int at = in.lexer().start();
    String op = in.string();
    if (!op.equals("func.func")) {
      in.lexer().moveTo(at);
      throw in.lexer().unsupported(op);
    }
    in.expect('(');
    in.expect(')');
    in.expect('<');
    Map<String, Span> properties = in.dictionary();
    in.expect('>');
    in.expect('(');
    Block body = new OpReader(in, locations).region();
    in.expect(')');
    if (in.is('{')) {
      properties.putAll(in.dictionary());
    }
    emptySignature();
    if (!properties.containsKey("sym_name")) {
      throw in.lexer().error("a function needs a sym_name", at);
    }
    String visibility =
        properties.containsKey("sym_visibility")
            ? in.at(properties.get("sym_visibility"), in::string)
            : "public";
    return new HloFunc(
        in.at(properties.get("sym_name"), in::string),
        visibility.equals("public"),
        body,
        attrList(properties.get("arg_attrs"), body.params().size()),
        attrList(properties.get("res_attrs"), body.results().size()),
        ownAttrs(properties));
  }

  /** What a function has besides its name, its type and the attributes of parameters. */
  private Map<String, String> ownAttrs(Map<String, Span> properties) {
    Map<String, String> attrs = new LinkedHashMap<>();
    properties.forEach(
        (name, span) -> {
          if (!SIGNATURE.contains(name)) {
            attrs.put(name, in.text(span));
          }
        });
    return attrs;
  }

  private List<Map<String, String>> attrList(Span span, int count) {
    List<Map<String, String>> attrs = new ArrayList<>();
    if (span != null) {
      in.at(
          span,
          () -> {
            in.list('[', ']', () -> attrs.add(in.textDictionary()));
            return attrs;
          });
    }
    while (attrs.size() < count) {
      attrs.add(Map.of());
    }
    return attrs;
  }
}
