package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.AttrText;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** One function, written anew for the types of its arguments. */
final class Refinement {
  private final Refiner program;
  private final HloFunc func;
  private final Folding folding;
  private final Scope.Facts facts = new Scope.Facts();

  Refinement(Refiner program, HloFunc func) {
    this.program = program;
    this.func = func;
    this.folding = program.folding();
  }

  HloFunc function(String name, List<TensorType> types, List<Optional<Literal>> known) {
    Block body = block(func.body(), types, known, null);
    return new HloFunc(
        name, func.isPublic(), body, func.argAttrs(), func.resultAttrs(), func.attrs());
  }

  /** The function's results as far as they are known. */
  List<Optional<Literal>> known() {
    return known(func.body().results());
  }

  private List<Optional<Literal>> known(List<Value> olds) {
    return olds.stream().map(v -> Optional.ofNullable(facts.known().get(v))).toList();
  }

  private Block block(
      Block old, List<TensorType> types, List<Optional<Literal>> known, Frame outer) {
    Frame frame = new Frame(outer);
    for (int i = 0; i < old.params().size(); i++) {
      Value param = old.params().get(i);
      facts.now().put(param, frame.out().param(types.get(i)));
      known.get(i).ifPresent(l -> facts.known().put(param, l));
    }
    for (Instr instr : old.instrs()) {
      instr.results().forEach(v -> facts.defined().put(v, instr));
      frame.out().at(instr.loc());
      Scope scope = new Scope(facts, frame, instr.loc());
      try {
        instruction(instr, scope);
      } catch (HloTypeException | ArithmeticException e) {
        throw new RefineException(instr.op().mnemonic() + ": " + e.getMessage(), instr.loc());
      }
    }
    Scope end = new Scope(facts, frame, Loc.UNKNOWN);
    return frame.out().build(old.results().stream().map(end::use).toList());
  }

  /** A region whose parameters have static types and are not known. */
  private Block region(Block old, List<TensorType> types, Frame outer) {
    return block(old, types, Collections.nCopies(types.size(), Optional.empty()), outer);
  }

  private void instruction(Instr instr, Scope scope) {
    List<TensorType> stated = instr.results().stream().map(Value::type).toList();
    Op op = instr.op() instanceof DynamicOp o ? new StaticShapes(scope).of(o) : instr.op();
    Optional<List<Literal>> folded = folding.of(op, stated, scope);
    if (folded.isPresent()) {
      note(instr.results(), folded.get().stream().map(Optional::of).toList());
    } else if (op instanceof ControlOp o) {
      control(o, instr, scope);
    } else if (instr.op() instanceof DynamicOp) {
      append(op, instr, scope);
    } else {
      append(mapped(instr.op(), scope), instr, scope);
    }
  }

  private Op mapped(Op op, Scope scope) {
    List<Block> regions =
        op.regions().stream().map(r -> region(r, r.paramTypes(), scope.frame())).toList();
    Op mapped = op.mapOperands(scope::use);
    return regions.isEmpty() ? mapped : mapped.withRegions(regions);
  }

  private void control(ControlOp op, Instr instr, Scope scope) {
    switch (op) {
      case ControlOp.While o -> loop(o, instr, scope);
      case ControlOp.Case _, ControlOp.If _, ControlOp.OptimizationBarrier _ ->
          append(mapped(op, scope), instr, scope);
      case ControlOp.Call o -> {
        Refiner.Written f = called(o.callee(), o.operands(), scope);
        Op call = new ControlOp.Call(f.name(), Op.map(o.operands(), scope::use), f.types());
        append(call, instr, scope);
        note(instr.results(), f.known());
      }
      case ControlOp.Composite o -> {
        Refiner.Written f = called(o.decomposition(), o.operands(), scope);
        List<Value> operands = Op.map(o.operands(), scope::use);
        append(
            new ControlOp.Composite(
                o.name(), operands, f.types(), f.name(), o.version(), o.attrs()),
            instr,
            scope);
        note(instr.results(), f.known());
      }
      case ControlOp.CustomCall o -> {
        DynamicCalls calls =
            new DynamicCalls(
                scope,
                program.module(),
                body -> new Refinement(program, func).region(body, body.paramTypes(), null));
        calls.of(o).ifPresent(known -> append(reaching(known, scope), instr, scope));
      }
    }
  }

  private Refiner.Written called(String callee, List<Value> operands, Scope scope) {
    List<TensorType> types = operands.stream().map(scope::type).toList();
    return program.write(callee, types, known(operands), scope);
  }

  private void note(List<Value> results, List<Optional<Literal>> known) {
    for (int i = 0; i < results.size(); i++) {
      Value v = results.get(i);
      known.get(i).ifPresent(l -> facts.known().put(v, l));
    }
  }

  /** A custom call with the functions that it names written too, under their new names. */
  private Op reaching(Op op, Scope scope) {
    if (!(op instanceof ControlOp.CustomCall call)
        || !call.attrs().containsKey("called_computations")) {
      return op;
    }
    List<String> names = new ArrayList<>();
    for (String symbol : AttrText.elements(call.attrs().get("called_computations"))) {
      List<TensorType> types = program.module().func(AttrText.symbol(symbol)).inputs();
      List<Optional<Literal>> open = Collections.nCopies(types.size(), Optional.empty());
      names.add("@" + program.write(AttrText.symbol(symbol), types, open, scope).name());
    }
    Map<String, String> attrs = new LinkedHashMap<>(call.attrs());
    attrs.put("called_computations", "[" + String.join(", ", names) + "]");
    return new ControlOp.CustomCall(
        call.target(), call.operands(), call.types(), call.hasSideEffect(), attrs);
  }

  /** What the body hands on as it came keeps its value: sizes are among the state of a loop. */
  private void loop(ControlOp.While op, Instr instr, Scope scope) {
    List<TensorType> types = op.inits().stream().map(scope::type).toList();
    List<Optional<Literal>> known = new ArrayList<>(known(op.inits()));
    for (int i = 0; i < known.size(); i++) {
      if (op.body().results().get(i) != op.body().params().get(i)) {
        known.set(i, Optional.empty());
      }
    }
    Block cond = block(op.cond(), types, known, scope.frame());
    Block body = block(op.body(), types, known, scope.frame());
    if (!body.resultTypes().equals(types)) {
      throw new RefineException(
          "stablehlo.while takes " + types + ", but its body gives " + body.resultTypes(),
          scope.loc());
    }
    append(new ControlOp.While(Op.map(op.inits(), scope::use), cond, body), instr, scope);
    note(instr.results(), known);
  }

  private void append(Op op, Instr instr, Scope scope) {
    List<TensorType> inferred = Infer.resultTypes(restated(op));
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < inferred.size(); i++) {
      Value old = instr.results().get(i);
      Value now = new Value(merged(inferred.get(i), old.type(), instr));
      facts.now().put(old, now);
      results.add(now);
    }
    scope.out().append(new Instr(restated(op), results, instr.loc()));
  }

  /** The result's type where what is stated does not follow the operands'. */
  private static Op restated(Op op) {
    if (op instanceof ElementwiseOp.BitcastConvert o && !o.type().shape().isStatic()) {
      long[] sizes = o.operand().shape().toArray();
      long[] stated = o.type().shape().toArray();
      int common = Math.min(sizes.length, stated.length);
      System.arraycopy(sizes, 0, stated, 0, common);
      return new ElementwiseOp.BitcastConvert(o.operand(), o.type().withShape(Shape.of(stated)));
    }
    return op;
  }

  /** What is inferred, and where that is open, what is stated. */
  private static TensorType merged(TensorType inferred, TensorType stated, Instr instr) {
    if (!Refiner.agree(stated, inferred)) {
      throw new RefineException(
          instr.op().mnemonic() + " gives " + inferred + ", but is said to give " + stated,
          instr.loc());
    }
    long[] sizes = inferred.shape().toArray();
    for (int d = 0; d < sizes.length; d++) {
      if (sizes[d] == Shape.DYNAMIC && stated.shape().isStatic(d)) {
        sizes[d] = stated.dim(d);
      }
    }
    if (LongStream.of(sizes).anyMatch(n -> n == Shape.DYNAMIC)) {
      throw new UnsupportedOpException(
          instr.op().mnemonic() + " whose result has sizes that follow from no argument: " + stated,
          instr.loc().toString());
    }
    return inferred.withShape(Shape.of(sizes));
  }
}
