package dev.jacobi.cpu.loop;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Value;
import java.util.Arrays;
import java.util.List;

/** A nest and what its parameters stand for here. */
public record Launch(Nest nest, List<Binding> bindings) {
  /** What a nest's parameter stands for. */
  public sealed interface Binding {
    /** An array that is read. */
    record Array(Value value) implements Binding {}

    /** The part of an array that starts at run-time indices. */
    record Window(IndexOp.DynamicSlice slice) implements Binding {}

    /** A scalar that is read. */
    record Scalar(Value value) implements Binding {}

    /** An array (or scalar in memory) that is written. */
    record Result(Value value) implements Binding {}

    /** Scratch memory of a step: the same number means the same memory. */
    record Temp(int number, DType dtype, long elements) implements Binding {}
  }

  public Launch {
    bindings = List.copyOf(bindings);
  }

  /** Whether all that it does is to take one element out of an array, at run-time indices. */
  public boolean isOneElement() {
    return bindings.size() == 2
        && bindings.getFirst() instanceof Binding.Window
        && bindings.getLast() instanceof Binding.Result
        && nest.reductions().isEmpty()
        && Arrays.stream(nest.loops().extents()).allMatch(n -> n == 1)
        && nest.nodes().size() == 1
        && nest.nodes().getFirst() instanceof Node.Load load
        && load.param() == 0
        && load.at().base() == 0
        && nest.stores().size() == 1
        && nest.stores().getFirst().at().base() == 0;
  }
}
