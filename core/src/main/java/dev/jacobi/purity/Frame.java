package dev.jacobi.purity;

import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Operand stack and local variables of a method while its instructions are walked once, top to
 * bottom, knowing of every value only where it comes from. Values of two slots count twice.
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

  private final List<Origin> stack = new ArrayList<>();
  private final Map<Integer, Origin> locals = new HashMap<>();
  private final Map<Label, List<Origin>> pending = new HashMap<>();
  private boolean reachable = true;

  Frame(List<Origin> arguments) {
    for (int slot = 0; slot < arguments.size(); slot++) {
      locals.put(slot, arguments.get(slot));
    }
  }

  void push(Origin origin) {
    stack.add(origin);
  }

  /** Pushes a value of this kind that is no interesting reference. */
  void push(TypeKind kind) {
    for (int i = 0; i < kind.slotSize(); i++) {
      stack.add(Origin.OTHER);
    }
  }

  Origin pop() {
    return stack.isEmpty() ? Origin.OTHER : stack.removeLast();
  }

  /** Pops slots; returns the origin of the lowest. */
  Origin pop(int slots) {
    Origin last = Origin.OTHER;
    for (int i = 0; i < slots; i++) {
      last = pop();
    }
    return last;
  }

  void load(int slot, TypeKind kind) {
    if (kind == TypeKind.REFERENCE) {
      stack.add(locals.getOrDefault(slot, Origin.OTHER));
    } else {
      push(kind);
    }
  }

  void store(int slot, TypeKind kind) {
    locals.put(slot, pop(kind.slotSize()));
  }

  /** Copies the top {@code count} slots below the {@code skip} slots under them. */
  void dup(int count, int skip) {
    List<Origin> top = new ArrayList<>();
    List<Origin> under = new ArrayList<>();
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
    Origin a = pop();
    Origin b = pop();
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
  }

  /** An exception handler begins at the label, with the exception on the stack. */
  void handlerAt(Label label) {
    pending.put(label, List.of(Origin.OTHER));
  }
}
