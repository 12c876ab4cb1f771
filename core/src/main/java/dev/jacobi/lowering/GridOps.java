package dev.jacobi.lowering;

import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Grid;
import dev.jacobi.jaxpr.GridLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What programs of several devices are written with. */
public final class GridOps {
  /** The channel of what devices do together, as JAX writes it. */
  private static final Optional<Longs> CHANNEL = Optional.of(Longs.of(1, 1));

  private GridOps() {}

  /** The place of the device that runs the program along some axes together. */
  public static Value place(HloBuilder b, Grid grid, List<String> axes) {
    Value device = b.add(new CollectiveOp.ProcessId(true));
    Value place = null;
    for (String axis : axes) {
      Value along = b.pointwise(Fn.DIV, device, b.constant(DType.U32, grid.mesh().stride(axis)));
      Value size = b.constant(DType.U32, grid.size(axis));
      Value one = b.pointwise(Fn.REM, along, size);
      place = place == null ? one : b.pointwise(Fn.ADD, b.pointwise(Fn.MUL, place, size), one);
    }
    return b.add(new ElementwiseOp.Convert(place, DType.I32));
  }

  /** Groups of devices; shorter ones are filled up with -1. */
  public static CollectiveOp.Groups groups(List<List<Integer>> devices, boolean global) {
    int longest = devices.stream().mapToInt(List::size).max().orElse(2); // no pairs are pairs
    long[] ids = new long[devices.size() * longest];
    Arrays.fill(ids, -1);
    for (int g = 0; g < devices.size(); g++) {
      for (int i = 0; i < devices.get(g).size(); i++) {
        ids[g * longest + i] = devices.get(g).get(i);
      }
    }
    return new CollectiveOp.Groups(
        Literal.ofLongs(Shape.of(devices.size(), longest), ids), CHANNEL, global);
  }

  /** This device's part of an array that all of them have. */
  static Value part(HloBuilder b, Value whole, GridLayout layout) {
    if (layout.isReplicated()) {
      return whole;
    }
    List<Value> starts = new ArrayList<>();
    Shape local = layout.local(whole.shape());
    for (int d = 0; d < whole.shape().rank(); d++) {
      boolean divided = !layout.axes(d).isEmpty();
      starts.add(
          divided
              ? b.pointwise(
                  Fn.MUL,
                  place(b, layout.grid(), layout.axes(d)),
                  b.constant(Literal.scalar(DType.I32, local.dim(d))))
              : b.constant(Literal.scalar(DType.I32, 0L)));
    }
    return b.add(new IndexOp.DynamicSlice(whole, starts, local.sizes()));
  }

  /** All of an array of which each device has a part. */
  static Value whole(HloBuilder b, Value part, GridLayout layout) {
    Value now = part;
    for (int d = 0; d < layout.rank(); d++) {
      if (layout.parts(d) > 1) {
        Shape wider = now.shape().with(d, now.shape().dim(d) * layout.parts(d));
        now =
            b.add(
                new CollectiveOp.AllGather(
                    List.of(now),
                    d,
                    groups(layout.grid().mesh().groups(layout.axes(d)), true),
                    List.of(new TensorType(now.dtype(), wider))));
      }
    }
    return now;
  }
}
