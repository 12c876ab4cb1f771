package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Combiner;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Emits a scatter: one window after the other, in the order of the indices, on one thread, so that
 * updates of the same element always combine in the same order. A window that does not fit is
 * skipped.
 */
final class ScatterEmitter {
  private final FunctionEmitter function;
  private final FnEmitter f;

  ScatterEmitter(FunctionEmitter function) {
    this.function = function;
    this.f = function.code();
  }

  void emit(IndexOp.Scatter o, Instr instr) {
    Combiner.check("a scatter", o.body());
    List<Val> targets = new ArrayList<>();
    for (int k = 0; k < o.inputs().size(); k++) {
      Value input = o.inputs().get(k);
      Value result = instr.results().get(k);
      Val to = function.address(result);
      if (function.plan().memory(input) != function.plan().memory(result)) {
        function.copy(result.type(), function.address(input), to);
      }
      targets.add(to);
    }
    if (o.inputs().getFirst().shape().size() > 0) {
      new Windows(o, targets).loop();
    }
  }

  private final class Windows {
    final IndexOp.Scatter o;
    final List<Val> targets;
    final List<Val> updates;
    final Val indices;
    final Combiner combiner;
    final Shape operand;
    final Shape update;
    final Axes scatterDims;
    final long[] window; // per operand dimension
    final Axes windowDims; // of the operand

    Windows(IndexOp.Scatter o, List<Val> targets) {
      this.o = o;
      this.targets = targets;
      this.updates = o.updates().stream().map(function::address).toList();
      this.indices = function.address(o.indices());
      this.combiner = Combiner.of(o.body());
      this.operand = o.inputs().getFirst().shape();
      this.update = o.updates().getFirst().shape();
      IndexOp.ScatterDims d = o.dims();
      this.scatterDims = d.updateWindowDims().complement(update.rank());
      this.windowDims =
          d.insertedWindowDims().plus(d.inputBatchingDims()).complement(operand.rank());
      this.window = new long[operand.rank()];
      java.util.Arrays.fill(window, 1);
      for (int i = 0; i < windowDims.size(); i++) {
        window[windowDims.get(i)] = update.dim(d.updateWindowDims().get(i));
      }
    }

    void loop() {
      long count = update.select(scatterDims).size();
      ControlEmitter.repeat(f, count, this::one);
    }

    private void one(Val s) {
      IndexOp.ScatterDims d = o.dims();
      Shape batch = update.select(scatterDims);
      Val[] at = new Val[batch.rank()];
      Val rest = s;
      for (int k = batch.rank() - 1; k >= 0; k--) {
        at[k] = k == 0 ? rest : f.urem(rest, Val.i64(batch.dim(k)));
        rest = k == 0 ? rest : f.udiv(rest, Val.i64(batch.dim(k)));
      }
      Val fits = Val.bool(true);
      Val offset = Val.i64(0);
      long[] strides = operand.strides();
      for (int i = 0; i < d.scatterDimsToOperandDims().size(); i++) {
        int dim = d.scatterDimsToOperandDims().get(i);
        Val start = start(at, i);
        fits = f.and(fits, SingleEmitter.inside(f, start, operand.dim(dim) - window[dim]));
        offset = f.add(offset, f.mul(start, Val.i64(strides[dim])));
      }
      for (int i = 0; i < d.inputBatchingDims().size(); i++) {
        int indexDim = d.scatterIndicesBatchingDims().get(i);
        int position = indexDim < d.indexVectorDim() ? indexDim : indexDim - 1;
        offset = f.add(offset, f.mul(at[position], Val.i64(strides[d.inputBatchingDims().get(i)])));
      }
      Val from = Val.i64(0);
      long[] updateStrides = update.strides();
      for (int k = 0; k < at.length; k++) {
        from = f.add(from, f.mul(at[k], Val.i64(updateStrides[scatterDims.get(k)])));
      }
      Val begin = offset;
      Val source = from;
      f.ifThen(fits, () -> box(0, begin, source));
    }

    /** Component {@code i} of the index vector at a scatter position. */
    private Val start(Val[] at, int i) {
      int vectorDim = o.dims().indexVectorDim();
      long[] strides = o.indices().shape().strides();
      Val offset = vectorDim < strides.length ? Val.i64(i * strides[vectorDim]) : Val.i64(0);
      for (int k = 0; k < at.length; k++) {
        int dim = k < vectorDim ? k : k + 1;
        offset = f.add(offset, f.mul(at[k], Val.i64(strides[dim])));
      }
      DType t = o.indices().dtype();
      Reg index = Memory.load(f, t, Memory.address(f, t, indices, offset));
      return new Pointwise(f).convert(index, DType.I64).re();
    }

    /** The loops over the window's dimensions from number {@code depth} on. */
    private void box(int depth, Val target, Val source) {
      if (depth == windowDims.size()) {
        combine(target, source, 0);
        return;
      }
      int dim = windowDims.get(depth);
      long size = window[dim];
      long targetStep = operand.strides()[dim];
      long sourceStep = update.strides()[o.dims().updateWindowDims().get(depth)];
      if (depth == windowDims.size() - 1 && targetStep == 1 && sourceStep == 1 && size >= 4) {
        int lanes = size >= 8 ? 8 : 4;
        long full = size / lanes * lanes;
        f.forLoop(
            Val.i64(0),
            Val.i64(full),
            Val.i64(lanes),
            i -> combine(f.add(target, i), f.add(source, i), lanes));
        f.forLoop(
            Val.i64(full),
            Val.i64(size),
            Val.i64(1),
            i -> combine(f.add(target, i), f.add(source, i), 0));
        return;
      }
      f.forLoop(
          Val.i64(0),
          Val.i64(size),
          Val.i64(1),
          i ->
              box(
                  depth + 1,
                  f.add(target, f.mul(i, Val.i64(targetStep))),
                  f.add(source, f.mul(i, Val.i64(sourceStep)))));
    }

    private void combine(Val target, Val source, int lanes) {
      List<Reg> old = new ArrayList<>();
      List<Reg> added = new ArrayList<>();
      List<Val> places = new ArrayList<>();
      for (int k = 0; k < targets.size(); k++) {
        DType t = o.inputs().get(k).dtype();
        Val place = Memory.address(f, t, targets.get(k), target);
        Val from = Memory.address(f, o.updates().get(k).dtype(), updates.get(k), source);
        places.add(place);
        old.add(converted(load(t, place, lanes), k));
        added.add(converted(load(o.updates().get(k).dtype(), from, lanes), k + targets.size()));
      }
      Nest none = new Nest(List.of(), null, List.of(), List.of(), List.of());
      List<Reg> now = new Evaluator(f, none, null, null, 0).combine(combiner, old, added);
      for (int k = 0; k < targets.size(); k++) {
        if (lanes == 0) {
          Memory.store(f, now.get(k), places.get(k));
        } else {
          Memory.store(f, now.get(k), places.get(k), 1, null, Mem.PLAIN);
        }
      }
    }

    private Reg converted(Reg r, int parameter) {
      return new Pointwise(f).convert(r, combiner.types().get(parameter));
    }

    private Reg load(DType t, Val at, int lanes) {
      return lanes == 0 ? Memory.load(f, t, at) : Memory.load(f, t, at, 1, lanes, null);
    }
  }
}
