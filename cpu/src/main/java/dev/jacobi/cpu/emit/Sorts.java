package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.loop.Combiner;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.cpu.sort.Comparators;
import dev.jacobi.cpu.sort.Comparison;
import dev.jacobi.cpu.sort.SortEmitter;
import dev.jacobi.cpu.sort.SortKey;
import dev.jacobi.cpu.sort.SortSpec;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.List;

/** What the sorting operations ask of {@link SortEmitter}. */
final class Sorts {
  private Sorts() {}

  static SortSpec spec(OrderOp.Sort o) {
    List<DType> dtypes = o.inputs().stream().map(Value::dtype).toList();
    return spec(o, dtypes, -1, Comparators.keys(o.comparator()).orElse(List.of()));
  }

  static SortSpec spec(OrderOp.TopK o) {
    DType dtype = o.operand().dtype();
    SortKey.Order order = dtype.isFloat() ? SortKey.Order.TOTAL : SortKey.Order.INTEGER;
    return spec(o, List.of(dtype), o.k(), List.of(new SortKey(0, dtype, 0, order, true)));
  }

  private static SortSpec spec(OrderOp o, List<DType> dtypes, long kept, List<SortKey> keys) {
    Shape shape = o.operands().getFirst().shape();
    long n = shape.dim(shape.rank() - 1);
    if (n > SortEmitter.LONGEST) {
      throw new UnsupportedOpException(o.mnemonic() + " of rows of " + n + " elements", "");
    }
    return new SortSpec(shape.size() / n, n, kept < 0 ? n : kept, dtypes, keys);
  }

  /** The comparator as code. */
  static Comparison comparison(OrderOp.Sort o) {
    Combiner.check("a sort", o.comparator());
    Combiner combiner = Combiner.of(o.comparator());
    Nest none = new Nest(List.of(), null, List.of(), List.of(), List.of());
    return (f, a, b) -> {
      List<Reg> pairs = new ArrayList<>();
      for (int k = 0; k < a.size(); k++) {
        DType t = o.inputs().get(k).dtype();
        pairs.add(Memory.load(f, t, a.get(k)));
        pairs.add(Memory.load(f, t, b.get(k)));
      }
      return new Evaluator(f, none, null, null, 0)
          .combine(combiner, pairs, List.of())
          .getFirst()
          .re();
    };
  }
}
