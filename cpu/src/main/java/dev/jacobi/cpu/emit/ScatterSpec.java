package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.loop.Combiner;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.Arrays;
import java.util.List;

/**
 * All of a scatter but the names of its operands.
 *
 * @param inputs element types of the arrays that are updated
 * @param updates element types of what comes into them
 * @param operand their shape
 * @param update the shape of all windows
 */
record ScatterSpec(
    Combiner combiner,
    IndexOp.ScatterDims dims,
    List<DType> inputs,
    List<DType> updates,
    Shape operand,
    Shape update,
    TensorType indices) {
  ScatterSpec {
    inputs = List.copyOf(inputs);
    updates = List.copyOf(updates);
  }

  static ScatterSpec of(IndexOp.Scatter o) {
    Combiner.check("a scatter", o.body());
    return new ScatterSpec(
        Combiner.of(o.body()),
        o.dims(),
        o.inputs().stream().map(Value::dtype).toList(),
        o.updates().stream().map(Value::dtype).toList(),
        o.inputs().getFirst().shape(),
        o.updates().getFirst().shape(),
        o.indices().type());
  }

  /** The dimensions of the updates that number windows. */
  Axes scatterDims() {
    return dims.updateWindowDims().complement(update.rank());
  }

  /** The windows as an array. */
  Shape batch() {
    return update.select(scatterDims());
  }

  long windows() {
    return operand.size() == 0 ? 0 : batch().size();
  }

  /** The operand's dimensions along which windows extend. */
  Axes windowDims() {
    return dims.insertedWindowDims().plus(dims.inputBatchingDims()).complement(operand.rank());
  }

  /** A window's size along every dimension of the operand. */
  long[] window() {
    long[] sizes = new long[operand.rank()];
    Arrays.fill(sizes, 1);
    Axes along = windowDims();
    for (int i = 0; i < along.size(); i++) {
      sizes[along.get(i)] = update.dim(dims.updateWindowDims().get(i));
    }
    return sizes;
  }

  /** Elements of a window. */
  long volume() {
    return Shape.of(window()).size();
  }

  /** Bytes of one element of every array. */
  long bytes() {
    return inputs.stream().mapToLong(DType::bytes).sum();
  }
}
