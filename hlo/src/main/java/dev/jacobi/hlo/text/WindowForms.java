package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.WindowOp;
import java.util.List;

/** Operations that slide windows; StableHLO prints them in generic form. */
final class WindowForms {
  private WindowForms() {}

  /** {@code "stablehlo.reduce_window"(%0, %1) <{...}> ({ body }) : (t, t) -> t}. */
  static final Form<WindowOp.ReduceWindow> REDUCE_WINDOW =
      Form.of("stablehlo.reduce_window", WindowForms::reduceWindow, WindowForms::write);

  private static Op reduceWindow(OpText in) {
    int n = in.operands.size() / 2;
    WindowOp.Window window = window(in);
    Longs ones = Longs.fill(window.sizes().size(), 1);
    return new WindowOp.ReduceWindow(
        in.operands(0, n),
        in.operandsFrom(n),
        window,
        in.longsOr(ones, "base_dilations"),
        in.longsOr(ones, "window_dilations"),
        in.region(0));
  }

  private static WindowOp.Window window(OpText in) {
    Longs sizes = in.longs("window_dimensions");
    Longs none = Longs.fill(sizes.size(), 0);
    List<Longs> padding = in.columnsOr(List.of(none, none), "padding");
    return new WindowOp.Window(
        sizes,
        in.longsOr(Longs.fill(sizes.size(), 1), "window_strides"),
        padding.getFirst(),
        padding.getLast());
  }

  private static void write(WindowOp.ReduceWindow op, Writer out) {
    out.genericOperands().text(" <{base_dilations = ").array(op.baseDilations()).text(", ");
    writePadding(op.window(), out);
    out.text(", window_dilations = ").array(op.windowDilations()).text(", ");
    writeSizes(op.window(), out);
    out.text("}>").genericRegions().signature();
  }

  private static void writePadding(WindowOp.Window window, Writer out) {
    out.text("padding = ").columns(window.low(), window.high());
  }

  private static void writeSizes(WindowOp.Window window, Writer out) {
    out.text("window_dimensions = ")
        .array(window.sizes())
        .text(", window_strides = ")
        .array(window.strides());
  }

  /** {@code "stablehlo.select_and_scatter"(%0, %1, %2) <{...}> ({ select }, { scatter }) : ...}. */
  static final Form<WindowOp.SelectAndScatter> SELECT_AND_SCATTER =
      Form.of(
          "stablehlo.select_and_scatter",
          in ->
              new WindowOp.SelectAndScatter(
                  in.operand(0),
                  in.operand(1),
                  in.operand(2),
                  window(in),
                  in.region(0),
                  in.region(1)),
          (op, out) -> {
            out.genericOperands().text(" <{");
            writePadding(op.window(), out);
            out.text(", ");
            writeSizes(op.window(), out);
            out.text("}>").genericRegions().signature();
          });

  static final List<Form<?>> ALL = List.of(REDUCE_WINDOW, SELECT_AND_SCATTER);
}
