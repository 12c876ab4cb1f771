package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Rows in an order that only its comparator knows: positions are sorted, half by half as the
 * interpreter does it, so that the answers agree even where the comparator contradicts itself.
 */
final class MergeSort implements RowSort {
  private static final LType POSITION = LType.I32;

  private final SortSpec spec;
  private final String name;
  private final Comparison comparison;

  MergeSort(SortSpec spec, String name, Comparison comparison) {
    this.spec = spec;
    this.name = name;
    this.comparison = comparison;
  }

  @Override
  public long scratchBytes() {
    return 2 * spec.n() * POSITION.elemBytes();
  }

  @Override
  public double nanosPerRow() {
    return 6.0 * spec.n() * Math.max(1, 64 - Long.numberOfLeadingZeros(spec.n()));
  }

  @Override
  public void row(FnEmitter f, Row row, Val scratch) {
    Val other = f.gep(POSITION, scratch, spec.n());
    f.forLoop(
        Val.i64(0),
        Val.i64(spec.n()),
        Val.i64(1),
        i -> f.store(f.trunc(i, POSITION), f.gep(POSITION, scratch, i)));
    List<Val> args = new ArrayList<>(List.of(scratch, other, Val.i64(spec.n())));
    for (int k = 0; k < spec.dtypes().size(); k++) {
      args.add(row.source(k));
    }
    f.module().helper(name, LType.VOID, params(), this::halves);
    f.call(name, LType.VOID, args.toArray(Val[]::new));
    f.forLoop(
        Val.i64(0),
        Val.i64(spec.n()),
        Val.i64(1),
        i -> row.put(f, f.zext(f.load(POSITION, f.gep(POSITION, scratch, i)), LType.I64), i));
  }

  private List<IrModule.Param> params() {
    List<IrModule.Param> params = new ArrayList<>();
    params.add(new IrModule.Param(LType.PTR, "items"));
    params.add(new IrModule.Param(LType.PTR, "other"));
    params.add(new IrModule.Param(LType.I64, "n"));
    for (int k = 0; k < spec.dtypes().size(); k++) {
      params.add(new IrModule.Param(LType.PTR, "x" + k));
    }
    return params;
  }

  /** Sorts both halves and merges them. */
  private void halves(FnEmitter f) {
    f.ifThen(
        f.cmp(Cmp.UGT, f.param(2), Val.i64(1)),
        () -> {
          Val half = f.lshr(f.param(2), Val.i64(1));
          sort(f, Val.i64(0), half);
          sort(f, half, f.sub(f.param(2), half));
          f.forLoop(
              Val.i64(0),
              f.param(2),
              Val.i64(1),
              i ->
                  f.store(
                      f.load(POSITION, f.gep(POSITION, f.param(0), i)),
                      f.gep(POSITION, f.param(1), i)));
          merge(f, half);
        });
    f.ret();
  }

  private void sort(FnEmitter f, Val from, Val n) {
    List<Val> args = new ArrayList<>();
    args.add(f.gep(POSITION, f.param(0), from));
    args.add(f.gep(POSITION, f.param(1), from));
    args.add(n);
    for (int k = 0; k < spec.dtypes().size(); k++) {
      args.add(f.param(3 + k));
    }
    f.call(name, LType.VOID, args.toArray(Val[]::new));
  }

  /** Takes from the second half only what comes before the first half's next. */
  private void merge(FnEmitter f, Val half) {
    Val n = f.param(2);
    Val other = f.param(1);
    List<Val> left =
        f.whileLoop(
            List.of(Val.i64(0), half),
            at -> f.and(f.cmp(Cmp.ULT, at.get(0), half), f.cmp(Cmp.ULT, at.get(1), n)),
            at -> {
              Val i = at.get(0);
              Val j = at.get(1);
              Val a = f.load(POSITION, f.gep(POSITION, other, i));
              Val b = f.load(POSITION, f.gep(POSITION, other, j));
              Val second = comparison.before(f, elements(f, b), elements(f, a));
              Val to = f.sub(f.add(i, j), half);
              f.store(f.select(second, b, a), f.gep(POSITION, f.param(0), to));
              Val step = f.zext(second, LType.I64);
              return List.of(f.add(i, f.xor(step, Val.i64(1))), f.add(j, step));
            });
    // Of the second half, what is left is in its place already.
    Val begin = left.get(0);
    Val shift = f.sub(left.get(1), half);
    f.forLoop(
        begin,
        half,
        Val.i64(1),
        i ->
            f.store(
                f.load(POSITION, f.gep(POSITION, other, i)),
                f.gep(POSITION, f.param(0), f.add(i, shift))));
  }

  /** The addresses of an element of every array. */
  private List<Val> elements(FnEmitter f, Val position) {
    Val at = f.zext(position, LType.I64);
    List<Val> addresses = new ArrayList<>();
    for (int k = 0; k < spec.dtypes().size(); k++) {
      addresses.add(f.gep(spec.element(k), f.param(3 + k), at));
    }
    return Collections.unmodifiableList(addresses);
  }
}
