package dev.jacobi.purity;

import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Operand stack and local variables of a method while its instructions are walked once, top to
 * bottom, knowing of every value where it comes from and perhaps its class. Values of two slots
 * count twice.
 */
final class Frame {
  /** Where a reference comes from. */
  enum Origin {
    /** Made in the function: whatever happens to it is the function's own business. */
    FRESH,
    /** Captured, or read from a field: others can see it. */
    SHARED,
    /** Anything else: an argument, a number, the result of a call. */
    OTHER
  }

  /**
   * What is known of a value.
   *
   * @param type its class, by the internal name, if the value can have no other; or {@link
   *     #CHECKED}; or empty
   */
  record Value(Origin origin, String type) {
    /** Instead of a type: a function whose body is checked where it is made. */
    static final String CHECKED = "(checked)";

    static final Value OTHER = of(Origin.OTHER);

    static Value of(Origin origin) {
      return new Value(origin, "");
    }

    boolean isChecked() {
      return type.equals(CHECKED);
    }

    Value withoutType() {
      return of(origin);
    }
  }

  private final List<Value> stack = new ArrayList<>();
  private final Map<Integer, Value> locals = new HashMap<>();
  private final Map<Label, List<Value>> pending = new HashMap<>();
  private final CodeFacts facts;
  private boolean reachable = true;

  Frame(List<Value> arguments, CodeFacts facts) {
    this.facts = facts;
    for (int slot = 0; slot < arguments.size(); slot++) {
      Value value = arguments.get(slot);
      locals.put(slot, facts.stores(slot) == 0 ? value : value.withoutType());
    }
  }

  void push(Value value) {
    stack.add(value);
  }

  /** Pushes a value of this kind that is no interesting reference. */
  void push(TypeKind kind) {
    for (int i = 0; i < kind.slotSize(); i++) {
      stack.add(Value.OTHER);
    }
  }

  Value pop() {
    return stack.isEmpty() ? Value.OTHER : stack.removeLast();
  }

  /** Pops slots; returns the lowest. */
  Value pop(int slots) {
    Value last = Value.OTHER;
    for (int i = 0; i < slots; i++) {
      last = pop();
    }
    return last;
  }

  void load(int slot, TypeKind kind) {
    if (kind == TypeKind.REFERENCE) {
      stack.add(locals.getOrDefault(slot, Value.OTHER));
    } else {
      push(kind);
    }
  }

  void store(int slot, TypeKind kind) {
    Value value = pop(kind.slotSize());
    // Of several stores, any may be the last one before a load.
    locals.put(slot, facts.stores(slot) == 1 ? value : value.withoutType());
  }

  /** Copies the top {@code count} slots below the {@code skip} slots under them. */
  void dup(int count, int skip) {
    List<Value> top = new ArrayList<>();
    List<Value> under = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      top.addFirst(pop());
    }
    for (int i = 0; i < skip; i++) {
      under.addFirst(pop());
    }
    stack.addAll(top);
    stack.addAll(under);
    stack.addAll(top);
  }

  void swap() {
    Value a = pop();
    Value b = pop();
    push(a);
    push(b);
  }

  /** A jump may go to the label. */
  void jumpTo(Label target) {
    pending.putIfAbsent(target, List.copyOf(stack));
  }

  /** Nothing falls through to the next instruction. */
  void stop() {
    stack.clear();
    reachable = false;
  }

  /** Code at the label begins; a stack from an earlier jump counts if nothing falls through. */
  void at(Label label) {
    if (!reachable && pending.containsKey(label)) {
      stack.addAll(pending.get(label));
      reachable = true;
    }
    if (facts.isTarget(label)) {
      stack.replaceAll(Value::withoutType); // other values may come by the jump
    }
  }

  /** An exception handler begins at the label, with the exception on the stack. */
  void handlerAt(Label label) {
    pending.put(label, List.of(Value.OTHER));
  }
}
