package dev.jacobi.cpu.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One function being written. Straight-line instructions come from the two classes above; this one
 * adds parameters, branches, loops and returns.
 *
 * <pre>{@code
 * FnEmitter f = module.function("saxpy", LType.VOID, new Param(LType.PTR, "x"), ...);
 * f.forLoop(Val.i64(0), n, Val.i64(8), i -> {
 *   Val p = f.gep(LType.FLOAT, f.param(0), i);
 *   f.store(VecMath.exp(f, f.load(LType.FLOAT.lanes(8), p)), p);
 * });
 * f.ret();
 * }</pre>
 */
public final class FnEmitter extends EmitVector {
  /** Who sees a function, and whether pieces of a module may have copies of their own. */
  enum Kind {
    PUBLIC,
    INTERNAL,
    HELPER
  }

  /** Arithmetic instructions that are cheaper to run as poor code than to compile well. */
  private static final int FEW = 32;

  private final Kind kind;
  private final String name;
  private final LType result;
  private final List<IrModule.Param> params;
  private final List<String> allocas = new ArrayList<>();
  private final TreeSet<String> attributes = new TreeSet<>(List.of("nounwind"));
  private boolean cold;

  FnEmitter(IrModule module, Kind kind, String name, LType result, List<IrModule.Param> params) {
    super(module);
    this.kind = kind;
    this.name = name;
    this.result = result;
    this.params = params;
  }

  public String name() {
    return name;
  }

  public Val param(int index) {
    IrModule.Param p = params.get(index);
    return new Val(p.type(), "%" + p.name());
  }

  /** This function's address. */
  public Val address() {
    return new Val(LType.PTR, "@" + name);
  }

  /** Adds a function attribute as LLVM writes it, such as {@code "prefer-vector-width"="256"}. */
  public FnEmitter attribute(String text) {
    attributes.add(text);
    return this;
  }

  /** Says that a call of the program runs this function once: compiling it well does not pay. */
  public void cold() {
    cold = true;
  }

  /** Whether it is cold, and as simple as the little work it does. */
  boolean isCold() {
    return cold && isStraight(FEW);
  }

  Kind kind() {
    return kind;
  }

  /** How other modules declare it. */
  String declaration() {
    String types = String.join(", ", params.stream().map(p -> p.type().toString()).toList());
    return "declare " + result + " @" + name + "(" + types + ")";
  }

  /** Stack memory for {@code count} values, allocated once on entry wherever this is called. */
  public Val alloca(LType type, int count, int align) {
    Val v = new Val(LType.PTR, "%a" + allocas.size());
    allocas.add("  " + v + " = alloca " + type + ", i32 " + count + ", align " + align + "\n");
    return v;
  }

  public void br(Block to) {
    terminate("br " + to);
  }

  public void condBr(Val condition, Block yes, Block no) {
    terminate("br " + condition.typed() + ", " + yes + ", " + no);
  }

  /** A branch that is hardly ever taken to {@code rare}. */
  private void rareBr(Val condition, Block rare, Block usual) {
    String weights = module().metadata("!{!\"branch_weights\", i32 1, i32 4000}");
    terminate("br " + condition.typed() + ", " + rare + ", " + usual + ", !prof " + weights);
  }

  /** Branches by an integer's value: case i goes to {@code cases.get(i)}. */
  public void switchTo(Val selector, Block otherwise, List<Block> cases) {
    StringBuilder text = new StringBuilder("switch " + selector.typed() + ", " + otherwise + " [");
    for (int i = 0; i < cases.size(); i++) {
      Val key = Val.integer(selector.type(), i);
      text.append(' ').append(key.typed()).append(", ").append(cases.get(i));
    }
    terminate(text.append(" ]").toString());
  }

  public void ret() {
    terminate("ret void");
  }

  public void ret(Val value) {
    terminate("ret " + value.typed());
  }

  public void unreachable() {
    terminate("unreachable");
  }

  /** For i = begin, begin + step, ... below end (signed; step positive): {@code body}. */
  public void forLoop(Val begin, Val end, Val step, Consumer<Val> body) {
    forLoop(
        begin,
        end,
        step,
        List.of(),
        (i, carried) -> {
          body.accept(i);
          return List.of();
        });
  }

  /**
   * The same with values carried from one iteration to the next; returns the last ones.
   *
   * <p>The loop is tested at its bottom; a guard before it is left out where constants show that it
   * runs at least once, and the loop where they show that it runs once.
   */
  public List<Val> forLoop(
      Val begin, Val end, Val step, List<Val> init, BiFunction<Val, List<Val>, List<Val>> body) {
    boolean runs = begin.asLong().isPresent() && end.asLong().isPresent();
    if (runs) {
      long left = end.asLong().getAsLong() - begin.asLong().getAsLong();
      if (left <= 0) {
        return init;
      }
      if (step.asLong().isPresent() && step.asLong().getAsLong() >= left) {
        return body.apply(begin, init);
      }
    }
    Block before = block();
    Place dominator = here();
    Block loop = newBlock("loop");
    Block done = newBlock("done");
    if (runs) {
      br(loop);
    } else {
      condBr(cmp(Cmp.SLT, begin, end), loop, done);
    }
    enter(loop, dominator);
    Phi counter = phi(begin.type()).from(begin, before);
    List<Phi> phis = init.stream().map(v -> phi(v.type()).from(v, before)).toList();
    List<Val> last = body.apply(counter.value(), phis.stream().map(Phi::value).toList());
    Val next = addNsw(counter.value(), step);
    Val again = cmp(Cmp.SLT, next, end);
    Block latch = block();
    condBr(again, loop, done);
    counter.from(next, latch);
    join(phis, last, latch);
    enter(done, dominator);
    if (runs) {
      return last;
    }
    List<Phi> out = init.stream().map(v -> phi(v.type()).from(v, before)).toList();
    join(out, last, latch);
    return out.stream().map(Phi::value).toList();
  }

  private static void join(List<Phi> phis, List<Val> values, Block from) {
    if (phis.size() != values.size()) {
      throw new IllegalArgumentException(values.size() + " values for " + phis.size() + " phis");
    }
    for (int i = 0; i < phis.size(); i++) {
      phis.get(i).from(values.get(i), from);
    }
  }

  /** While {@code test} of the carried values holds: {@code body}; returns the last values. */
  public List<Val> whileLoop(
      List<Val> init, Function<List<Val>, Val> test, Function<List<Val>, List<Val>> body) {
    Block before = block();
    Place dominator = here();
    Block head = newBlock("while");
    Block inside = newBlock("body");
    Block done = newBlock("done");
    br(head);
    enter(head, dominator);
    List<Phi> phis = init.stream().map(v -> phi(v.type()).from(v, before)).toList();
    List<Val> carried = phis.stream().map(Phi::value).toList();
    Val more = test.apply(carried);
    Place tested = here();
    condBr(more, inside, done);
    enter(inside, tested);
    List<Val> last = body.apply(carried);
    join(phis, last, block());
    br(head);
    enter(done, tested);
    return carried;
  }

  /** {@code condition ? yes : no} by branches: only one side runs. */
  public List<Val> ifElse(Val condition, Supplier<List<Val>> yes, Supplier<List<Val>> no) {
    Block then = newBlock("then");
    Block other = newBlock("else");
    Block end = newBlock("end");
    Place dominator = here();
    condBr(condition, then, other);
    enter(then, dominator);
    List<Val> a = yes.get();
    Block fromThen = block();
    br(end);
    enter(other, dominator);
    List<Val> b = no.get();
    Block fromOther = block();
    br(end);
    enter(end, dominator);
    List<Phi> phis = a.stream().map(v -> phi(v.type()).from(v, fromThen)).toList();
    join(phis, b, fromOther);
    return phis.stream().map(Phi::value).toList();
  }

  /** Runs {@code body} only if the condition holds. */
  public void ifThen(Val condition, Runnable body) {
    Block then = newBlock("then");
    Block end = newBlock("end");
    Place dominator = here();
    condBr(condition, then, end);
    enter(then, dominator);
    body.run();
    br(end);
    enter(end, dominator);
  }

  /** Returns from the function in the rare case that the condition holds. */
  public void leaveIf(Val condition, Supplier<Val> status) {
    Block leave = newBlock("leave");
    Block end = newBlock("stay");
    Place dominator = here();
    rareBr(condition, leave, end);
    enter(leave, dominator);
    ret(status.get());
    enter(end, dominator);
  }

  /** {@code usual}, replaced by {@code slow} in the rare case that the condition holds. */
  public Val rarely(Val condition, Val usual, Supplier<Val> slow) {
    Block before = block();
    Block rare = newBlock("rare");
    Block end = newBlock("end");
    Place dominator = here();
    rareBr(condition, rare, end);
    enter(rare, dominator);
    Val replaced = slow.get();
    Block fromRare = block();
    br(end);
    enter(end, dominator);
    return phi(usual.type()).from(usual, before).from(replaced, fromRare).value();
  }

  /** The function as LLVM assembly. */
  @Override
  public String toString() {
    return text(kind != Kind.PUBLIC);
  }

  /** The same, seen by other modules or not. */
  String text(boolean internal) {
    List<String> list =
        params.stream()
            .map(
                p ->
                    p.type()
                        + (p.attributes().isEmpty() ? "" : " " + p.attributes())
                        + " %"
                        + p.name())
            .toList();
    String linkage = internal ? "internal " : "";
    String head = "define " + linkage + result + " @" + name + "(" + String.join(", ", list) + ") ";
    String body = body();
    int entry = body.indexOf('\n') + 1;
    return head
        + String.join(" ", attributes)
        + " {\n"
        + body.substring(0, entry)
        + String.join("", allocas)
        + body.substring(entry)
        + "}\n";
  }
}
