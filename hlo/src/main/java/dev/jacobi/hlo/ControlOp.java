package dev.jacobi.hlo;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Branches, loops, calls and what orders them. */
public sealed interface ControlOp extends Op {
  /** Repeats {@code body} from {@code inits} while {@code cond} gives true. */
  record While(List<Value> inits, Block cond, Block body) implements ControlOp {
    public While {
      inits = List.copyOf(inits);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.while";
    }

    @Override
    public List<Value> operands() {
      return inits;
    }

    @Override
    public List<Block> regions() {
      return List.of(cond, body);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new While(Op.map(inits, f), cond, body);
    }

    @Override
    public Op withRegions(List<Block> regions) {
      return new While(inits, regions.get(0), regions.get(1));
    }
  }

  /** Runs branch {@code index}; the last one if the index is out of range. */
  record Case(Value index, List<Block> branches) implements ControlOp {
    public Case {
      branches = List.copyOf(branches);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.case";
    }

    @Override
    public List<Value> operands() {
      return List.of(index);
    }

    @Override
    public List<Block> regions() {
      return branches;
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Case(f.apply(index), branches);
    }

    @Override
    public Op withRegions(List<Block> regions) {
      return new Case(index, regions);
    }
  }

  /** Runs one of two branches. */
  record If(Value pred, Block onTrue, Block onFalse) implements ControlOp {
    @Override
    public String mnemonic() {
      return "stablehlo.if";
    }

    @Override
    public List<Value> operands() {
      return List.of(pred);
    }

    @Override
    public List<Block> regions() {
      return List.of(onTrue, onFalse);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new If(f.apply(pred), onTrue, onFalse);
    }

    @Override
    public Op withRegions(List<Block> regions) {
      return new If(pred, regions.get(0), regions.get(1));
    }
  }

  /** Calls a function of the module. */
  record Call(String callee, List<Value> operands, List<TensorType> types) implements ControlOp {
    public Call {
      operands = List.copyOf(operands);
      types = List.copyOf(types);
    }

    @Override
    public String mnemonic() {
      return "func.call";
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Call(callee, Op.map(operands, f), types);
    }
  }

  /** Calls something that the backend knows by name; attributes keep their MLIR text. */
  record CustomCall(
      String target,
      List<Value> operands,
      List<TensorType> types,
      boolean hasSideEffect,
      Map<String, String> attrs)
      implements ControlOp {
    public CustomCall {
      operands = List.copyOf(operands);
      types = List.copyOf(types);
      attrs = Map.copyOf(attrs);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.custom_call";
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new CustomCall(target, Op.map(operands, f), types, hasSideEffect, attrs);
    }
  }

  /** A named operation with a function that says what it means to who does not know the name. */
  record Composite(
      String name,
      List<Value> operands,
      List<TensorType> types,
      String decomposition,
      int version,
      Map<String, String> attrs)
      implements ControlOp {
    public Composite {
      operands = List.copyOf(operands);
      types = List.copyOf(types);
      attrs = Map.copyOf(attrs);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.composite";
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new Composite(name, Op.map(operands, f), types, decomposition, version, attrs);
    }
  }

  /** Its operands, which no optimisation may move across. */
  record OptimizationBarrier(List<Value> operands) implements ControlOp {
    public OptimizationBarrier {
      operands = List.copyOf(operands);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.optimization_barrier";
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new OptimizationBarrier(Op.map(operands, f));
    }
  }
}
