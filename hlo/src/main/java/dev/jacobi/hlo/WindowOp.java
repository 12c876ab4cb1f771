package dev.jacobi.hlo;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Operations that slide a window over arrays. */
public sealed interface WindowOp extends Op {
  /**
   * A window and where it stops, one entry per dimension: sizes, steps between stops, and how many
   * elements of padding (may be negative) lie before and after the array.
   */
  record Window(Longs sizes, Longs strides, Longs low, Longs high) {
    /** The stops of a window that spans {@code span} elements; 0 if there is no room for it. */
    public long stops(int d, long padded, long span) {
      return padded <= 0 || span > padded ? 0 : (padded - span) / strides.get(d) + 1;
    }

    /** Elements of dimension {@code d} with its padding. */
    public long padded(int d, long size) {
      return Math.addExact(Math.addExact(low.get(d), size), high.get(d));
    }
  }

  /**
   * Reduces every window of N arrays with a body of 2N scalar parameters and N results. Padding and
   * the holes of a dilated base hold the initial values, which should be identities of the body;
   * where they are none, each window counts its initial value once, as XLA does.
   *
   * @param baseDilations distance in the base of neighbouring elements of the inputs
   * @param windowDilations distance in the base of neighbouring elements of a window
   */
  record ReduceWindow(
      List<Value> inputs,
      List<Value> inits,
      Window window,
      Longs baseDilations,
      Longs windowDilations,
      Block body)
      implements WindowOp {
    public ReduceWindow {
      inputs = List.copyOf(inputs);
      inits = List.copyOf(inits);
    }

    @Override
    public String mnemonic() {
      return "stablehlo.reduce_window";
    }

    @Override
    public List<Value> operands() {
      return Stream.concat(inputs.stream(), inits.stream()).toList();
    }

    @Override
    public List<Block> regions() {
      return List.of(body);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new ReduceWindow(
          Op.map(inputs, f), Op.map(inits, f), window, baseDilations, windowDilations, body);
    }

    @Override
    public Op withRegions(List<Block> regions) {
      return new ReduceWindow(
          inputs, inits, window, baseDilations, windowDilations, regions.getFirst());
    }

    /** Elements of the base that {@code size} of the inputs take along a dimension. */
    public long dilated(int d, long size) {
      return size == 0 ? 0 : Math.addExact(Math.multiplyExact(size - 1, baseDilations.get(d)), 1);
    }

    /** Elements of the base that a window spans along a dimension. */
    public long span(int d) {
      long last = Math.subtractExact(window.sizes().get(d), 1);
      return Math.addExact(Math.multiplyExact(last, windowDilations.get(d)), 1);
    }
  }

  /**
   * Every window of {@code operand} selects one of its elements, whose place receives the window's
   * element of {@code source}; places that receive several combine them, on top of {@code init}.
   *
   * @param select whether the first of two elements is kept; asked in row-major order
   * @param scatter combines what a place has with what it receives
   */
  record SelectAndScatter(
      Value operand, Value source, Value init, Window window, Block select, Block scatter)
      implements WindowOp {
    @Override
    public String mnemonic() {
      return "stablehlo.select_and_scatter";
    }

    @Override
    public List<Value> operands() {
      return List.of(operand, source, init);
    }

    @Override
    public List<Block> regions() {
      return List.of(select, scatter);
    }

    @Override
    public Op mapOperands(UnaryOperator<Value> f) {
      return new SelectAndScatter(
          f.apply(operand), f.apply(source), f.apply(init), window, select, scatter);
    }

    @Override
    public Op withRegions(List<Block> regions) {
      return new SelectAndScatter(
          operand, source, init, window, regions.getFirst(), regions.getLast());
    }
  }

  /** The shape of a result of {@link ReduceWindow}: a size per stop. */
  static Shape stops(ReduceWindow op) {
    Shape in = op.inputs().getFirst().shape();
    long[] sizes = new long[in.rank()];
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] =
          in.isStatic(d)
              ? op.window().stops(d, op.window().padded(d, op.dilated(d, in.dim(d))), op.span(d))
              : Shape.DYNAMIC;
    }
    return Shape.of(sizes);
  }

  /** The shape of the source of {@link SelectAndScatter}. */
  static Shape stops(SelectAndScatter op) {
    Shape in = op.operand().shape();
    long[] sizes = new long[in.rank()];
    for (int d = 0; d < sizes.length; d++) {
      Window w = op.window();
      sizes[d] =
          in.isStatic(d) ? w.stops(d, w.padded(d, in.dim(d)), w.sizes().get(d)) : Shape.DYNAMIC;
    }
    return Shape.of(sizes);
  }
}
