package dev.jacobi.cpu.llvm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One LLVM module being written: functions, constants, declarations, metadata. The text is a
 * function of the calls made, in their order, and of nothing else; it is a cache key. Not
 * thread-safe.
 */
public final class IrModule {
  private final String name;
  private final IrTarget target;
  private final Map<String, String> constants = new LinkedHashMap<>(); // text to name
  private final Map<String, String> declarations = new TreeMap<>(); // name to text
  private final Map<String, FnEmitter> functions = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>(); // body to reference

  public IrModule(String name, IrTarget target) {
    this.name = name;
    this.target = target;
  }

  public IrTarget target() {
    return target;
  }

  /** A parameter of a function: its attributes as LLVM writes them, such as {@code noalias}. */
  public record Param(LType type, String name, String attributes) {
    public Param(LType type, String name) {
      this(type, name, "");
    }
  }

  /** Starts a function that others link to. Its entry block is open. */
  public FnEmitter function(String name, LType result, Param... params) {
    return define(FnEmitter.Kind.PUBLIC, name, result, List.of(params));
  }

  /** Starts a function seen in this module only. */
  public FnEmitter internalFunction(String name, LType result, Param... params) {
    return define(FnEmitter.Kind.INTERNAL, name, result, List.of(params));
  }

  private FnEmitter define(FnEmitter.Kind kind, String name, LType result, List<Param> params) {
    FnEmitter fn = new FnEmitter(this, kind, name, result, params);
    if (functions.putIfAbsent(name, fn) != null) {
      throw new IllegalStateException("function @" + name + " is already there");
    }
    return fn;
  }

  /**
   * Makes sure that an internal helper exists, once per module, such as the slow path of a
   * mathematical function; {@code body} writes it when it is asked for first.
   */
  public void helper(String name, LType result, List<Param> params, Consumer<FnEmitter> body) {
    if (!functions.containsKey(name)) {
      FnEmitter fn = define(FnEmitter.Kind.HELPER, name, result, params);
      fn.attribute("noinline");
      body.accept(fn);
    }
  }

  /** Declares a function of another module, of the runtime, or an intrinsic. */
  void declare(String name, LType result, List<LType> params) {
    String types = String.join(", ", params.stream().map(LType::toString).toList());
    String text = "declare " + result + " @" + name + "(" + types + ")";
    String old = declarations.putIfAbsent(name, text);
    if (old != null && !old.equals(text)) {
      throw new IllegalStateException("two signatures: " + old + " and " + text);
    }
  }

  /** The address of a private constant array of integers of {@code elem}, 64-byte aligned. */
  public Val integerTable(LType elem, long... values) {
    List<String> items = new ArrayList<>();
    for (long v : values) {
      items.add(Val.integer(elem, v).typed());
    }
    return table(elem, items);
  }

  /** The address of a private constant array of floats or doubles, 64-byte aligned. */
  public Val floatTable(LType elem, double... values) {
    List<String> items = new ArrayList<>();
    for (double v : values) {
      items.add(Val.fp(elem, v).typed());
    }
    return table(elem, items);
  }

  /** The address of private constant bytes, 64-byte aligned. */
  public Val bytes(byte[] data) {
    StringBuilder text = new StringBuilder("[" + data.length + " x i8] c\"");
    for (byte b : data) {
      text.append(String.format("\\%02X", b));
    }
    return constant(text.append('"').toString());
  }

  /** The address of private constants of any types, one after another, 64-byte aligned. */
  public Val record(List<Val> values) {
    String types = String.join(", ", values.stream().map(v -> v.type().toString()).toList());
    String items = String.join(", ", values.stream().map(Val::typed).toList());
    return constant("<{ " + types + " }> <{ " + items + " }>");
  }

  /** The address of a function of another module. */
  public Val external(String name, LType result, List<LType> params) {
    declare(name, result, params);
    return new Val(LType.PTR, "@" + name);
  }

  private Val table(LType elem, List<String> items) {
    return constant("[" + items.size() + " x " + elem + "] [" + String.join(", ", items) + "]");
  }

  private Val constant(String text) {
    return new Val(LType.PTR, constants.computeIfAbsent(text, t -> "@c" + constants.size()));
  }

  /** A metadata node by its body, such as {@code !{i32 1}}; returns its reference. */
  public String metadata(String body) {
    return metadata.computeIfAbsent(body, b -> "!" + metadata.size());
  }

  /**
   * A list of alias scopes named by the caller, for {@link Mem#scoped}: accesses of different
   * scopes do not overlap.
   */
  public String scopes(List<String> names) {
    String domain = metadata("!{!\"buffers\"}");
    List<String> refs =
        names.stream().map(n -> metadata("!{!\"" + n + "\", " + domain + "}")).toList();
    return refs.isEmpty() ? "" : metadata("!{" + String.join(", ", refs) + "}");
  }

  /** The module as LLVM assembly. */
  @Override
  public String toString() {
    List<String> texts = functions.values().stream().map(FnEmitter::toString).toList();
    return text(texts, functions.keySet(), name -> true);
  }

  /**
   * The module in pieces, to be compiled by themselves and linked to each other: cold functions,
   * and up to {@code most} pieces of the others.
   */
  public List<IrPart> parts(int most) {
    return new Partition(this, functions).parts(most);
  }

  /**
   * Functions with the globals that they name.
   *
   * @param here the functions' names
   * @param named whether a constant or a function of elsewhere is needed
   */
  String text(List<String> texts, Set<String> here, Predicate<String> named) {
    StringBuilder out = new StringBuilder("; ModuleID = '" + name + "'\n");
    constants.forEach(
        (text, ref) -> {
          if (named.test(ref.substring(1))) {
            out.append(ref).append(" = private unnamed_addr constant ").append(text);
            out.append(", align 64\n");
          }
        });
    texts.forEach(text -> out.append('\n').append(text));
    out.append('\n');
    declarations.forEach(
        (fn, text) -> {
          if (!functions.containsKey(fn) && named.test(fn)) {
            out.append(text).append('\n');
          }
        });
    functions.forEach(
        (fn, emitter) -> {
          if (!here.contains(fn) && named.test(fn)) {
            out.append(emitter.declaration()).append('\n');
          }
        });
    metadata.forEach((body, ref) -> out.append(ref).append(" = ").append(body).append('\n'));
    return out.toString();
  }

  /** Calls {@code seen} with the text of every constant that {@code named} holds of. */
  void constants(Predicate<String> named, Consumer<String> seen) {
    constants.forEach(
        (text, ref) -> {
          if (named.test(ref.substring(1))) {
            seen.accept(text);
          }
        });
  }
}
