package dev.jacobi.cpu.rows;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which dimension of each value is the batch: that whose size differs between the program for one
 * size and for another. Nothing else may differ.
 */
final class RowDims {
  /** No dimension. */
  static final int NONE = -1;

  private final long rows;
  private final long others;
  private final Map<Value, Integer> dims = new IdentityHashMap<>();

  private RowDims(long rows, long others) {
    this.rows = rows;
    this.others = others;
  }

  /**
   * Compares a program for {@code rows} rows with the same for {@code others}.
   *
   * @throws NotByRows if they differ in more than the sizes of batches
   */
  static RowDims of(HloModule module, long rows, HloModule other, long others) {
    RowDims all = new RowDims(rows, others);
    all.block(module.main().body(), other.main().body());
    return all;
  }

  /** The dimension of a value that is the batch, or {@link #NONE}. */
  int of(Value v) {
    return dims.getOrDefault(v, NONE);
  }

  boolean isBatch(Value v) {
    return of(v) != NONE;
  }

  private static void require(boolean same, String what) {
    if (!same) {
      throw new NotByRows(what + " depends on the size of the batch");
    }
  }

  private void block(Block a, Block b) {
    require(a.instrs().size() == b.instrs().size(), "the program");
    values(a.params(), b.params());
    for (int i = 0; i < a.instrs().size(); i++) {
      Instr x = a.instrs().get(i);
      Instr y = b.instrs().get(i);
      require(x.op().mnemonic().equals(y.op().mnemonic()), x.op().mnemonic());
      values(x.results(), y.results());
      attributes(x.op(), y.op());
      List<Block> own = x.op().regions();
      for (int k = 0; k < own.size(); k++) {
        block(own.get(k), y.op().regions().get(k));
      }
    }
  }

  private void values(List<Value> a, List<Value> b) {
    require(a.size() == b.size(), "a number of values");
    for (int i = 0; i < a.size(); i++) {
      int at = NONE;
      Shape s = a.get(i).shape();
      require(s.rank() == b.get(i).shape().rank(), "a rank");
      for (int d = 0; d < s.rank(); d++) {
        if (s.dim(d) != b.get(i).shape().dim(d)) {
          require(at == NONE && isSize(s.dim(d), b.get(i).shape().dim(d)), "a shape " + s);
          at = d;
        }
      }
      if (at != NONE) {
        dims.put(a.get(i), at);
      }
    }
  }

  private boolean isSize(long a, long b) {
    return a == rows && b == others;
  }

  private boolean same(Longs a, Longs b) {
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i) != b.get(i) && !isSize(a.get(i), b.get(i))) {
        return false;
      }
    }
    return a.size() == b.size();
  }

  /** What an operation has besides operands and the types of its results. */
  private void attributes(Op a, Op b) {
    boolean same =
        switch (a) {
          case ElementwiseOp.Constant o ->
              o.literal().data().mismatch(((ElementwiseOp.Constant) b).literal().data()) == -1;
          case ShapeOp.Slice o ->
              o.start().equals(((ShapeOp.Slice) b).start())
                  && o.strides().equals(((ShapeOp.Slice) b).strides())
                  && same(o.limit(), ((ShapeOp.Slice) b).limit());
          case ShapeOp.Pad o ->
              o.low().equals(((ShapeOp.Pad) b).low())
                  && o.high().equals(((ShapeOp.Pad) b).high())
                  && o.interior().equals(((ShapeOp.Pad) b).interior());
          case IndexOp.DynamicSlice o -> same(o.sizes(), ((IndexOp.DynamicSlice) b).sizes());
          case IndexOp.Gather o -> same(o.sliceSizes(), ((IndexOp.Gather) b).sliceSizes());
          case WindowOp.ReduceWindow o -> o.window().equals(((WindowOp.ReduceWindow) b).window());
          default -> true;
        };
    require(same, a.mnemonic());
  }
}
