package dev.jacobi.jaxpr;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.host.Hosted;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What a lowering rule writes to. */
public interface LowerContext {
  /** The block being written. */
  HloBuilder builder();

  /** The devices along whose axes collectives work here. */
  Grid grid();

  /** Whether the program says what each device does, so that nothing is left to divide. */
  boolean isManual();

  /** Writes where collectives work along the axes of other devices. */
  LowerContext over(Grid grid);

  /** This device's part of an operand, which may be in parts already. */
  Value part(Value operand, GridLayout layout);

  /** Says that a value is this device's part of an array; who needs all of that gathers it. */
  Value parted(Value part, GridLayout layout);

  /** Calls a program as a function of the module, which is written once. */
  List<Value> call(String name, Jaxpr jaxpr, List<Value> operands);

  /**
   * Calls the entry function of another module, all of whose functions are written into this one
   * once, under names that are new here.
   */
  List<Value> call(String name, HloModule module, List<Value> operands);

  /**
   * A named operation whose meaning is a program, written as a function of the module.
   *
   * @param attributes MLIR texts by name
   */
  List<Value> composite(
      String name, int version, Map<String, String> attributes, Jaxpr jaxpr, List<Value> operands);

  /**
   * Ends the program with an exception if the first operand, a boolean, is false; the others are
   * shown.
   *
   * @param handler makes the exception
   * @param title says the same to who does not know the handler
   */
  void check(Hosted handler, String title, List<Value> operands);

  /** A program of scalars as the body of a reduction, calls written out. */
  Block body(Jaxpr jaxpr);

  /**
   * A region of an operation, which may read what was written before it.
   *
   * @param params types of the region's parameters
   * @param write writes the region and gives its results
   */
  Block region(List<TensorType> params, BiFunction<LowerContext, List<Value>, List<Value>> write);

  /** Writes a program's equations in place. */
  List<Value> inline(Jaxpr jaxpr, List<Value> operands);
}
