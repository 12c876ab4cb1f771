package dev.jacobi.purity;

import dev.jacobi.purity.Frame.Origin;
import dev.jacobi.purity.Frame.Value;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks the instructions of one method and tells what is impure and which methods it calls. */
final class MethodScan {
  /** Receives what a scan finds. */
  interface Sink {
    void found(Impurity kind, String what, int line);

    /** A call of the user's code. */
    void calls(Call call, int line);
  }

  /**
   * A call in the code.
   *
   * @param owner the class that the code names
   * @param virtual whether the receiver's class decides what runs
   * @param arguments what is known of each slot, the receiver's first
   */
  record Call(
      String owner, String name, String descriptor, boolean virtual, List<Value> arguments) {
    private Call on(String type) {
      return new Call(type, name, descriptor, virtual, arguments);
    }
  }

  private static final String CALLBACK = "Ldev/jacobi/debug/Host";

  private final ClassFiles classes;
  private final CodeModel code;
  private final Frame frame;
  private final Sink sink;
  private int line;

  MethodScan(ClassFiles classes, CodeModel code, List<Value> arguments, Sink sink) {
    this.classes = classes;
    this.code = code;
    this.frame = new Frame(arguments, new CodeFacts(code));
    this.sink = sink;
  }

  void scan() {
    code.exceptionHandlers().forEach(h -> frame.handlerAt(h.handler()));
    for (CodeElement element : code) {
      element(element);
    }
  }

  private void element(CodeElement element) {
    if (element instanceof Instruction instruction) {
      instruction(instruction);
    } else if (element instanceof LineNumber l) {
      line = l.line();
    } else if (element instanceof LabelTarget l) {
      frame.at(l.label());
    }
  }

  /** A switch over the enum, since the first switch over 30 types takes 20 ms to link. */
  private void instruction(Instruction i) {
    switch (i.opcode().kind()) {
      case FIELD_ACCESS -> field((FieldInstruction) i);
      case INVOKE -> invoke((InvokeInstruction) i);
      case INVOKE_DYNAMIC -> invokeDynamic((InvokeDynamicInstruction) i);
      case ARRAY_STORE -> arrayStore((ArrayStoreInstruction) i);
      case NEW_OBJECT -> {
        String type = ((NewObjectInstruction) i).className().asInternalName();
        frame.push(new Value(Origin.FRESH, type));
      }
      case NEW_PRIMITIVE_ARRAY, NEW_REF_ARRAY -> fresh(1);
      case NEW_MULTI_ARRAY -> fresh(((NewMultiArrayInstruction) i).dimensions());
      case LOAD -> {
        LoadInstruction load = (LoadInstruction) i;
        frame.load(load.slot(), load.typeKind());
      }
      case STORE -> {
        StoreInstruction store = (StoreInstruction) i;
        frame.store(store.slot(), store.typeKind());
      }
      case CONSTANT -> frame.push(((ConstantInstruction) i).typeKind());
      case STACK -> stack((StackInstruction) i);
      case OPERATOR -> operator((OperatorInstruction) i);
      case ARRAY_LOAD -> {
        frame.pop(2);
        frame.push(((ArrayLoadInstruction) i).typeKind());
      }
      case CONVERT -> {
        ConvertInstruction convert = (ConvertInstruction) i;
        frame.pop(convert.fromType().slotSize());
        frame.push(convert.toType());
      }
      case TYPE_CHECK -> {
        if (i.opcode() == Opcode.INSTANCEOF) {
          frame.pop();
          frame.push(Value.OTHER);
        }
      }
      case MONITOR -> frame.pop();
      case BRANCH -> branch((BranchInstruction) i);
      case LOOKUP_SWITCH -> {
        LookupSwitchInstruction s = (LookupSwitchInstruction) i;
        switchTo(s.cases(), s.defaultTarget());
      }
      case TABLE_SWITCH -> {
        TableSwitchInstruction s = (TableSwitchInstruction) i;
        switchTo(s.cases(), s.defaultTarget());
      }
      case RETURN, THROW_EXCEPTION -> frame.stop();
      case INCREMENT, NOP -> {}
      case DISCONTINUED_JSR, DISCONTINUED_RET -> frame.stop(); // not in classes since Java 7
    }
  }

  private void switchTo(List<SwitchCase> cases, Label otherwise) {
    frame.pop();
    for (SwitchCase c : cases) {
      frame.jumpTo(c.target());
    }
    frame.jumpTo(otherwise);
    frame.stop();
  }

  private void fresh(int popped) {
    frame.pop(popped);
    frame.push(Value.of(Origin.FRESH));
  }

  private void field(FieldInstruction f) {
    String owner = f.owner().asInternalName();
    String name = f.name().stringValue();
    TypeKind kind = TypeKind.from(f.typeSymbol());
    boolean known = !Platform.isPlatform(owner);
    switch (f.opcode()) {
      case GETSTATIC -> {
        if (known && classes.isMutable(owner, name)) {
          sink.found(Impurity.MUTABLE_READ, "the static field " + title(owner, name), line);
        }
        reference(kind, Value.of(Origin.SHARED));
      }
      case GETFIELD -> {
        Origin receiver = frame.pop().origin();
        if (known && receiver == Origin.SHARED && classes.isMutable(owner, name)) {
          sink.found(Impurity.MUTABLE_READ, "the field " + title(owner, name), line);
        }
        reference(kind, Value.of(receiver));
      }
      case PUTSTATIC -> {
        frame.pop(kind.slotSize());
        sink.found(Impurity.WRITE, "the static field " + title(owner, name), line);
      }
      case PUTFIELD -> {
        frame.pop(kind.slotSize());
        if (frame.pop().origin() == Origin.SHARED) {
          sink.found(Impurity.WRITE, "the field " + title(owner, name), line);
        }
      }
      default -> throw new IllegalStateException("not a field instruction: " + f);
    }
  }

  /** Pushes this value if it is a reference, else one of which nothing is known. */
  private void reference(TypeKind kind, Value value) {
    if (kind == TypeKind.REFERENCE) {
      frame.push(value);
    } else {
      frame.push(kind);
    }
  }

  private void arrayStore(ArrayStoreInstruction a) {
    frame.pop(a.typeKind().slotSize());
    frame.pop();
    if (frame.pop().origin() == Origin.SHARED) {
      sink.found(Impurity.WRITE, "an element of a Java array from outside of the function", line);
    }
  }

  private void invoke(InvokeInstruction i) {
    String owner = i.owner().asInternalName();
    String name = i.name().stringValue();
    String descriptor = i.type().stringValue();
    MethodTypeDesc type = i.typeSymbol();
    boolean isStatic = i.opcode() == Opcode.INVOKESTATIC;
    List<Value> arguments = popArguments(type);
    Value receiver = isStatic ? Value.OTHER : frame.pop();
    if (!isStatic) {
      arguments.addFirst(receiver);
    }
    if (Platform.isPlatform(owner)) {
      platform(new Call(owner, name, descriptor, !isStatic, arguments), receiver);
    } else if (classes.isUsers(owner)) {
      boolean virtual = !isStatic && i.opcode() != Opcode.INVOKESPECIAL;
      sink.calls(new Call(owner, name, descriptor, virtual, arguments), line);
    }
    // The JDK's fluent methods return their receiver; so a chain of appends keeps its origin.
    boolean fluent = Platform.isPlatform(owner) && !isStatic;
    pushResult(type, fluent ? receiver.withoutType() : Value.OTHER);
  }

  private void platform(Call call, Value receiver) {
    if (!receiver.type().isEmpty() && classes.isUsers(receiver.type())) {
      sink.calls(call.on(receiver.type()), line); // the user's implementation of a JDK interface
      return;
    }
    Optional<Impurity> kind = Platform.call(call.owner, call.name, call.descriptor);
    if (kind.isEmpty() && receiver.origin() == Origin.SHARED && !receiver.isChecked()) {
      kind = Platform.callOnShared(call.owner, call.name);
    }
    kind.ifPresent(k -> sink.found(k, title(call.owner, call.name) + "(...)", line));
  }

  private void invokeDynamic(InvokeDynamicInstruction i) {
    List<Value> arguments = popArguments(i.typeSymbol());
    if (!isLambda(i)) {
      pushResult(i.typeSymbol(), Value.OTHER);
      return; // string concatenation, switches over patterns: pure
    }
    pushResult(i.typeSymbol(), new Value(Origin.FRESH, Value.CHECKED));
    if (i.typeSymbol().returnType().descriptorString().startsWith(CALLBACK)) {
      return; // programs call it when they run
    }
    for (ConstantDesc argument : i.bootstrapArgs()) {
      if (argument instanceof DirectMethodHandleDesc body) {
        lambda(body, arguments);
      }
    }
  }

  static boolean isLambda(InvokeDynamicInstruction i) {
    return i.bootstrapMethod().owner().displayName().equals("LambdaMetafactory");
  }

  /** A lambda that the function makes is taken to be called, with unknown further arguments. */
  private void lambda(DirectMethodHandleDesc body, List<Value> captured) {
    String owner = internalName(body.owner());
    if (!classes.isUsers(owner)) {
      if (Platform.isPlatform(owner)) {
        Platform.call(owner, body.methodName(), body.lookupDescriptor())
            .ifPresent(kind -> sink.found(kind, title(owner, body.methodName()) + "(...)", line));
      }
      return;
    }
    List<Value> arguments = new ArrayList<>(captured);
    boolean constructor = body.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR;
    if (constructor) {
      arguments.addFirst(Value.of(Origin.FRESH));
    }
    String name = constructor ? "<init>" : body.methodName();
    boolean virtual =
        switch (body.kind()) {
          case VIRTUAL, INTERFACE_VIRTUAL -> true;
          default -> false;
        };
    sink.calls(new Call(owner, name, body.lookupDescriptor(), virtual, arguments), line);
  }

  private List<Value> popArguments(MethodTypeDesc type) {
    List<Value> arguments = new ArrayList<>();
    for (int p = type.parameterCount() - 1; p >= 0; p--) {
      int slots = TypeKind.from(type.parameterType(p)).slotSize();
      for (int s = 0; s < slots; s++) {
        arguments.addFirst(frame.pop());
      }
    }
    return arguments;
  }

  private void pushResult(MethodTypeDesc type, Value ifReference) {
    reference(TypeKind.from(type.returnType()), ifReference);
  }

  private void branch(BranchInstruction b) {
    switch (b.opcode()) {
      case GOTO, GOTO_W -> {
        frame.jumpTo(b.target());
        frame.stop();
      }
      case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE, IF_ACMPEQ, IF_ACMPNE ->
          conditional(b, 2);
      default -> conditional(b, 1);
    }
  }

  private void conditional(BranchInstruction b, int popped) {
    frame.pop(popped);
    frame.jumpTo(b.target());
  }

  private void stack(StackInstruction s) {
    switch (s.opcode()) {
      case POP -> frame.pop();
      case POP2 -> frame.pop(2);
      case DUP -> frame.dup(1, 0);
      case DUP_X1 -> frame.dup(1, 1);
      case DUP_X2 -> frame.dup(1, 2);
      case DUP2 -> frame.dup(2, 0);
      case DUP2_X1 -> frame.dup(2, 1);
      case DUP2_X2 -> frame.dup(2, 2);
      case SWAP -> frame.swap();
      default -> throw new IllegalStateException("not a stack instruction: " + s);
    }
  }

  private void operator(OperatorInstruction o) {
    int slots = o.typeKind().slotSize();
    switch (o.opcode()) {
      case ARRAYLENGTH -> {
        frame.pop();
        frame.push(TypeKind.INT);
      }
      case INEG, LNEG, FNEG, DNEG -> {}
      case LCMP, DCMPL, DCMPG -> compare(4);
      case FCMPL, FCMPG -> compare(2);
      case ISHL, ISHR, IUSHR, LSHL, LSHR, LUSHR -> frame.pop(); // the shift; the value stays
      default -> frame.pop(slots); // one operand goes, the other's place takes the result
    }
  }

  private void compare(int popped) {
    frame.pop(popped);
    frame.push(TypeKind.INT);
  }

  static String internalName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return type.isClassOrInterface()
        ? descriptor.substring(1, descriptor.length() - 1)
        : descriptor;
  }

  /** Class and member for people: the simple class name is enough beside a line number. */
  static String title(String owner, String member) {
    String simple = owner.substring(Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('$')) + 1);
    if (simple.isEmpty() || owner.startsWith("REPL/")) {
      return member;
    }
    return member.equals("<init>") ? "new " + simple : simple + "." + member;
  }

  /** The source file of a class, for findings. */
  static String fileOf(ClassModel owner) {
    return owner
        .findAttribute(Attributes.sourceFile())
        .map(a -> a.sourceFile().stringValue())
        .orElse("Unknown Source");
  }
}
