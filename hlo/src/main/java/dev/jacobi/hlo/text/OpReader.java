package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.Lexer.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/** Reads the operations and regions of one function. */
final class OpReader {
  private static final Set<String> RETURNS = Set.of("return", "func.return", "stablehlo.return");

  private final Reader in;
  private final Types types;
  private final Locations locations;
  private final Scope scope = new Scope();

  OpReader(Reader in, Locations locations) {
    this.in = in;
    this.types = new Types(in);
    this.locations = locations;
  }

  Reader in() {
    return in;
  }

  Types types() {
    return types;
  }

  void location() {
    locations.optional();
  }

  Value use() {
    return scope.use(in);
  }

  /** {@code (%0, %1#2)}. */
  List<Value> uses() {
    List<Value> uses = new ArrayList<>();
    in.list('(', ')', () -> uses.add(use()));
    return uses;
  }

  // --- regions ---

  /** {@code { ^bb0(%a: t, %b: t): ... }}. */
  Block region() {
    in.expect('{');
    scope.enter(in);
    List<Value> params = new ArrayList<>();
    if (in.accept(Kind.LABEL)) {
      if (in.is('(')) {
        in.list('(', ')', () -> params.add(parameter()));
      }
      in.expect(':');
    }
    return rest(params);
  }

  /** A region in braces whose parameters were named before it. */
  Block region(List<String> names, List<Value> params) {
    int at = in.lexer().start();
    in.expect('{');
    scope.enter(in);
    for (int i = 0; i < names.size(); i++) {
      scope.define(in.lexer(), at, names.get(i), List.of(params.get(i)));
    }
    return rest(params);
  }

  /** {@code %name: type loc(...)}. */
  private Value parameter() {
    int at = in.lexer().start();
    String name = in.take(Kind.VALUE, "a parameter such as %arg0");
    in.expect(':');
    Value value = new Value(types.type());
    locations.optional();
    scope.define(in.lexer(), at, name, List.of(value));
    return value;
  }

  private Block rest(List<Value> params) {
    List<Instr> instrs = new ArrayList<>();
    while (!isReturn()) {
      statement(instrs);
    }
    List<Value> results = terminator();
    if (in.kind() == Kind.LABEL) {
      throw in.lexer().unsupported("region of several blocks");
    }
    in.expect('}');
    scope.exit();
    return new Block(params, instrs, results);
  }

  private boolean isReturn() {
    return switch (in.kind()) {
      case WORD -> RETURNS.contains(in.lexer().text());
      case STRING -> RETURNS.contains(in.at(new Span(in.lexer().start(), 0), in::string));
      case PUNCTUATION, END -> throw in.error("expected an operation; a block ends with a return");
      case VALUE, SYMBOL, HASH, BANG, LABEL, INTEGER, FLOAT, ARROW -> false;
    };
  }

  private List<Value> terminator() {
    boolean generic = in.kind() == Kind.STRING;
    int at = in.lexer().start();
    in.lexer().next();
    List<Value> results = new ArrayList<>();
    if (generic) {
      results.addAll(uses());
      in.expect(':');
      check(at, results, types.parenthesized());
      types.expectArrow();
      types.parenthesized();
    } else if (in.kind() == Kind.VALUE) {
      do {
        results.add(use());
      } while (in.accept(','));
      in.expect(':');
      check(at, results, types.signature().results());
    }
    locations.optional();
    return results;
  }

  // --- operations ---

  /** What stands left of the equals sign: {@code %0:2} or {@code %a, %b}. */
  private record Defined(String name, int count) {}

  private void statement(List<Instr> instrs) {
    List<Defined> defined = in.kind() == Kind.VALUE ? defined() : List.of();
    int position = in.lexer().start();
    if (in.is("sdy.sharding_constraint")) {
      bind(defined, List.of(shardingConstraint()), position);
      return;
    }
    boolean generic = in.kind() == Kind.STRING;
    String written = generic ? in.string() : in.take(Kind.WORD, "an operation");
    String mnemonic = written.equals("call") ? "func.call" : written;
    if (ChloForms.reads(mnemonic)) {
      List<Instr> others = expanded(new OpText(in, mnemonic, position), generic);
      bind(defined, others.getLast().results(), position);
      instrs.addAll(others);
      return;
    }
    Form<?> form =
        Forms.find(mnemonic)
            .orElseThrow(
                () -> {
                  in.lexer().moveTo(position);
                  return in.lexer().unsupported(mnemonic);
                });
    OpText text = new OpText(in, mnemonic, position);
    if (generic) {
      generic(text);
    } else {
      form.pretty().read(this, text);
    }
    Loc loc = location(position);
    Instr instr = instruction(form, text, loc);
    bind(defined, instr.results(), position);
    instrs.add(instr);
  }

  /** An operation that is read as several others. */
  private List<Instr> expanded(OpText text, boolean generic) {
    if (generic) {
      generic(text);
    } else {
      plain(text);
    }
    Loc loc = location(text.position);
    try {
      check(text.position, text.operands, text.operandTypes.orElse(text.resultTypes));
      List<Instr> instrs = ChloForms.expand(text, loc);
      check(text.position, instrs.getLast().results(), text.resultTypes);
      return instrs;
    } catch (HloTypeException | IndexOutOfBoundsException | ArithmeticException e) {
      HloSyntaxException located = text.error("does not fit its operands: " + e.getMessage());
      located.initCause(e);
      throw located;
    }
  }

  /** The location that follows an operation, or else its own place. */
  private Loc location(int position) {
    Loc loc = locations.optional();
    return loc.isKnown() ? loc : in.lexer().place(position);
  }

  private List<Defined> defined() {
    List<Defined> defined = new ArrayList<>();
    do {
      String name = in.take(Kind.VALUE, "a value such as %0");
      defined.add(new Defined(name, in.accept(':') ? (int) in.integer() : 1));
    } while (in.accept(','));
    in.expect('=');
    return defined;
  }

  private void bind(List<Defined> defined, List<Value> results, int position) {
    int count = defined.stream().mapToInt(Defined::count).sum();
    if (!defined.isEmpty() && count != results.size()) {
      throw in.lexer()
          .error("gives " + results.size() + " results, but " + count + " are named", position);
    }
    int next = 0;
    for (Defined d : defined) {
      scope.define(in.lexer(), position, d.name(), results.subList(next, next + d.count()));
      next += d.count();
    }
  }

  private Instr instruction(Form<?> form, OpText text, Loc loc) {
    try {
      Op op = form.build(text);
      counts(op, text);
      check(text.position, text.operands, operandTypes(op, text));
      List<TensorType> results = resultTypes(op, text);
      return new Instr(op, results.stream().map(Value::new).toList(), loc);
    } catch (HloTypeException
        | IndexOutOfBoundsException
        | NoSuchElementException
        | ArithmeticException e) {
      HloSyntaxException located = text.error("does not fit its operands: " + e.getMessage());
      located.initCause(e);
      throw located;
    }
  }

  /** No operand and no region of the text may be left over. */
  private static void counts(Op op, OpText text) {
    if (op.operands().size() != text.operands.size()) {
      throw text.error("takes " + op.operands().size() + " operands, not " + text.operands.size());
    }
    if (!text.unread.isEmpty()) {
      throw text.error("takes no " + String.join(" or ", text.unread));
    }
    if (op.regions().size() < text.regions.size()) {
      throw text.error("takes " + op.regions().size() + " regions, not " + text.regions.size());
    }
  }

  /** The types that the text states for the operands, in full or by one type for all. */
  private static List<TensorType> operandTypes(Op op, OpText text) {
    if (text.operandTypes.isPresent() || text.operands.isEmpty()) {
      return text.operandTypes.orElse(List.of());
    }
    TensorType common = text.resultType();
    if (isGrouped(op)) {
      return text.resultTypes;
    }
    if (op instanceof ElementwiseOp.Pointwise(Fn fn, List<Value> operands, _) && fn == Fn.COMPLEX) {
      return Collections.nCopies(operands.size(), common.withDtype(common.dtype().real()));
    }
    if (op instanceof ElementwiseOp.Pointwise(Fn fn, List<Value> operands, _) && fn == Fn.SELECT) {
      return List.of(text.resultTypes.getFirst(), common, common);
    }
    return Collections.nCopies(text.operands.size(), common);
  }

  /** Whether a bare list of types is the operands' and the results' alike. */
  private static boolean isGrouped(Op op) {
    return op instanceof ControlOp.While || op instanceof ControlOp.OptimizationBarrier;
  }

  /** The types that the text states, which must be those that follow from the operation. */
  private static List<TensorType> resultTypes(Op op, OpText text) {
    List<TensorType> stated = text.resultTypes;
    if (text.operandTypes.isEmpty() && !isGrouped(op) && !stated.isEmpty()) {
      stated = List.of(stated.getLast());
    }
    boolean known =
        stated.stream().allMatch(t -> t.shape().isStatic())
            && text.operands.stream().allMatch(v -> v.shape().isStatic());
    if (known && !stated.equals(Infer.resultTypes(op))) {
      throw text.error("states " + stated + ", but gives " + Infer.resultTypes(op));
    }
    return stated;
  }

  private void check(int position, List<Value> values, List<TensorType> stated) {
    List<TensorType> actual = values.stream().map(Value::type).toList();
    if (!actual.equals(stated)) {
      throw in.lexer().error("states " + stated + ", but the values are " + actual, position);
    }
  }

  /** {@code (%0, %1) <{properties}> ({regions}) {attributes} : (t, t) -> t}. */
  private void generic(OpText op) {
    op.operands.addAll(uses());
    if (in.is('<')) {
      in.expect('<');
      op.attrs.putAll(in.dictionary());
      in.expect('>');
    }
    if (in.is('(')) {
      in.list('(', ')', () -> op.regions.add(region()));
    }
    attributes(op);
    signature(op);
  }

  /** An attribute dictionary, if one stands here. */
  void attributes(OpText op) {
    if (in.is('{')) {
      op.attrs.putAll(in.dictionary());
    }
  }

  /** The colon and the types. */
  void signature(OpText op) {
    in.expect(':');
    Types.Signature signature = types.signature();
    op.operandTypes = signature.operands();
    op.resultTypes = signature.results();
  }

  /**
   * The pretty form of most operations: operands, words, {@code name = value}, a symbol or string,
   * all between commas; then attributes and types.
   */
  void plain(OpText op) {
    boolean separated = true;
    boolean open = false;
    while (!in.is(':')) {
      boolean item = in.kind() == Kind.VALUE || in.kind() == Kind.WORD;
      if (item && !separated) {
        throw in.error("expected ','");
      }
      separated = !item;
      open = in.is(',');
      switch (in.kind()) {
        case VALUE -> op.operands.add(use());
        case WORD -> wordOrAttribute(op);
        case SYMBOL -> op.inline("callee", in.skipGroup());
        case STRING -> op.inline("name", in.skipGroup());
        default -> separated = punctuation(op);
      }
    }
    if (open) {
      throw in.error("expected an operand or an attribute");
    }
    signature(op);
  }

  private void wordOrAttribute(OpText op) {
    String word = in.take(Kind.WORD, "a word");
    if (in.accept('=')) {
      op.inline(word, in.skipValue(false));
    } else {
      op.words.add(word);
      op.unread.add(word);
    }
  }

  private boolean punctuation(OpText op) {
    if (in.is('[')) {
      op.inline("ranges", in.skipGroup());
    } else if (in.is('{')) {
      attributes(op);
    } else if (!in.accept(',') && !in.accept('(') && !in.accept(')')) {
      throw in.error("expected ':' and the types of the operation");
    }
    return true;
  }

  /** Names how devices share a value; on one device it is the value. */
  private Value shardingConstraint() {
    in.expect("sdy.sharding_constraint");
    Value operand = use();
    in.skipGroup();
    in.expect(':');
    int at = in.lexer().start();
    check(at, List.of(operand), List.of(types.type()));
    locations.optional();
    return operand;
  }
}
