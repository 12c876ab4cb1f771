package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Site.agree;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import java.util.List;

/**
 * Constraints of operations that slide windows. Every method returns the constraint that fixes the
 * result types.
 */
final class WindowRules {
  private WindowRules() {}

  static String reduceWindow(WindowOp.ReduceWindow op, Site at) {
    at.require(
        "c1",
        !op.inputs().isEmpty() && op.inputs().size() == op.inits().size(),
        "%s inputs and %s initial values",
        op.inputs().size(),
        op.inits().size());
    TensorType first = op.inputs().getFirst().type();
    for (int k = 0; k < op.inputs().size(); k++) {
      TensorType x = op.inputs().get(k).type();
      TensorType init = op.inits().get(k).type();
      at.require("c2", agree(x.shape(), first.shape()), "slides over %s and %s", first, x);
      at.require("i2", init.rank() == 0, "an initial value is %s, not a scalar", init);
      at.require("c3", x.element() == init.element(), "reduces %s from %s", x, init);
    }
    WindowOp.Window w = op.window();
    perDimension("c4", "c5", "window_dimensions", w.sizes(), first, at);
    perDimension("c6", "c7", "window_strides", w.strides(), first, at);
    perDimension("c8", "c9", "base_dilations", op.baseDilations(), first, at);
    perDimension("c10", "c11", "window_dilations", op.windowDilations(), first, at);
    padding("c12", w, first, at);
    RegionRules.combines("c13", op.body(), op.inputs(), at);
    return "c15";
  }

  /** One positive number per dimension. */
  private static void perDimension(
      String count, String positive, String name, Longs values, TensorType x, Site at) {
    at.require(count, values.size() == x.rank(), "%s %s for %s", name, values, x);
    at.require(
        positive, values.stream().allMatch(v -> v > 0), "%s %s are not positive", name, values);
  }

  private static void padding(String id, WindowOp.Window w, TensorType x, Site at) {
    at.require(
        id,
        w.low().size() == x.rank() && w.high().size() == x.rank(),
        "padding %s and %s of %s",
        w.low(),
        w.high(),
        x);
  }

  static String selectAndScatter(WindowOp.SelectAndScatter op, Site at) {
    TensorType x = op.operand().type();
    TensorType source = op.source().type();
    TensorType init = op.init().type();
    WindowOp.Window w = op.window();
    at.require("c1", x.element() == source.element(), "selects in %s for %s", x, source);
    at.require("i3", init.rank() == 0, "the initial value is %s, not a scalar", init);
    at.require("c3", x.element() == init.element(), "scatters into %s from %s", x, init);
    perDimension("c4", "c5", "window_dimensions", w.sizes(), x, at);
    perDimension("c6", "c7", "window_strides", w.strides(), x, at);
    padding("c8", w, x, at);
    at.require(
        "c2",
        agree(source.shape(), WindowOp.stops(op)),
        "the source is %s, but the windows are %s",
        source,
        WindowOp.stops(op));
    TensorType element = TensorType.scalar(x.element());
    Block select = op.select();
    at.require(
        "c9",
        select.paramTypes().equals(List.of(element, element))
            && select.resultTypes().equals(List.of(TensorType.scalar(DType.BOOL))),
        "select takes %s and gives %s",
        select.paramTypes(),
        select.resultTypes());
    RegionRules.combines("c10", op.scatter(), List.<Value>of(op.operand()), at);
    return "c11";
  }
}
