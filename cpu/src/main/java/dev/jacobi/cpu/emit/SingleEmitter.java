package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.emit.Kernels.Arg;
import dev.jacobi.cpu.gemm.GemmEmitter;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Nests;
import dev.jacobi.cpu.loop.Planner.Planned;
import dev.jacobi.cpu.sort.SortEmitter;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Emits the steps that have code of their own. */
final class SingleEmitter {
  private final FunctionEmitter function;
  private final FnEmitter f;

  SingleEmitter(FunctionEmitter function) {
    this.function = function;
    this.f = function.code();
  }

  void emit(Planned step, Instr instr) {
    switch (instr.op()) {
      case ShapeOp.Concatenate o -> concatenate(o, instr.result());
      case ShapeOp.Pad o -> pad(o, instr.result());
      case IndexOp.DynamicUpdateSlice o -> update(o, instr);
      case ReductionOp.DotGeneral o -> dot(step, o, instr.result());
      case SpectralOp.Fft o -> fft(step, o, instr.result());
      case IndexOp.Scatter o -> new ScatterEmitter(function).emit(o, instr);
      case OrderOp o -> order(step, o, instr);
      case ControlOp.While o when function.plan().loops().isByLane(o) ->
          new LaneEmitter(function).emit(instr, o, function.plan().loops().program(o));
      case ControlOp.While o -> new ControlEmitter(function).loop(step, instr, o);
      case ControlOp.Case o -> new ControlEmitter(function).branches(instr, o);
      case ControlOp.If o -> new ControlEmitter(function).choose(instr, o);
      case ControlOp.Call o -> call(step, instr, o);
      case ConvOp.Convolution o -> conv(step, o, instr.result());
      case ControlOp.OptimizationBarrier _, ControlOp.Composite _, NormOp _, LinalgOp _ ->
          throw new IllegalStateException(instr.op().mnemonic() + " should be gone");
      case WindowOp.ReduceWindow o -> scan(step, o, instr);
      case WindowOp.SelectAndScatter o -> select(o, instr.result());
      case ControlOp.CustomCall o when HostEmitter.is(o) ->
          new HostEmitter(function).emit(instr, o);
      case ControlOp.CustomCall o -> lapack(step, instr, o);
      case ElementwiseOp.Constant _,
          ElementwiseOp.Iota _,
          ElementwiseOp.Pointwise _,
          ElementwiseOp.Compare _,
          ElementwiseOp.Convert _ ->
          wrong(instr);
      case ElementwiseOp.ReducePrecision _,
          ElementwiseOp.BitcastConvert _,
          ShapeOp.BroadcastInDim _ ->
          wrong(instr);
      case ShapeOp.Reshape _, ShapeOp.Transpose _, ShapeOp.Slice _, IndexOp.DynamicSlice _ ->
          wrong(instr);
      case ShapeOp.Reverse _, ReductionOp.Reduce _, IndexOp.Gather _ -> wrong(instr);
      case CollectiveOp o -> new CollectiveEmitter(function).emit(instr, o);
      case RandomOp _, ShorthandOp _, DynamicOp _ -> wrong(instr);
    }
  }

  private static void wrong(Instr instr) {
    throw new IllegalStateException(instr.op().mnemonic() + " is not a single step");
  }

  private static List<Long> list(long[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private void concatenate(ShapeOp.Concatenate o, Value result) {
    Val to = function.address(result);
    long[] strides = result.shape().strides();
    long offset = 0;
    for (Value v : o.operands()) {
      long[] sizes = v.shape().toArray();
      if (v.shape().size() > 0) {
        function.copyBox(
            v.dtype(),
            sizes,
            Nests.Box.dense(sizes),
            function.address(v),
            new Nests.Box(offset, list(strides)),
            to);
      }
      offset += v.type().dim(o.dim()) * strides[o.dim()];
    }
  }

  private void pad(ShapeOp.Pad o, Value result) {
    Val to = function.address(result);
    TensorType type = result.type();
    function.run(
        Nests.fill(type.dtype(), type.shape().size()),
        List.of(new Arg.Number(function.scalar(o.value())), new Arg.Address(to)));
    int rank = type.rank();
    long[] in = o.operand().shape().strides();
    long[] out = type.shape().strides();
    long[] sizes = new long[rank];
    long from = 0;
    long at = 0;
    for (int d = 0; d < rank; d++) {
      long step = o.interior().get(d) + 1;
      long low = o.low().get(d);
      long first = low >= 0 ? 0 : Math.ceilDiv(-low, step);
      long last = Math.min(o.operand().type().dim(d), Math.ceilDiv(type.dim(d) - low, step));
      sizes[d] = Math.max(0, last - first);
      from += first * in[d];
      at += (low + first * step) * out[d];
      out[d] *= step;
    }
    if (Shape.of(sizes).size() > 0) {
      function.copyBox(
          type.dtype(),
          sizes,
          new Nests.Box(from, list(in)),
          function.address(o.operand()),
          new Nests.Box(at, list(out)),
          to);
    }
  }

  private void update(IndexOp.DynamicUpdateSlice o, Instr instr) {
    Value result = instr.result();
    Val to = function.address(result);
    if (function.plan().memory(o.operand()) != function.plan().memory(result)) {
      function.copied(instr, result.type(), function.plan().refused(result));
      function.copy(result.type(), function.address(o.operand()), to);
    }
    long[] sizes = o.update().shape().toArray();
    Val box = function.window(to, result.type(), o.starts(), sizes);
    function.copyBox(
        result.dtype(),
        sizes,
        Nests.Box.dense(sizes),
        function.address(o.update()),
        new Nests.Box(0, list(result.shape().strides())),
        box);
  }

  private void dot(Planned step, ReductionOp.DotGeneral o, Value result) {
    var gemm = function.kernels().gemm(o);
    if (gemm.isEmpty()) {
      function.launch(step, Nests.dot(o, result));
      return;
    }
    call(step, gemm.get(), o.lhs(), o.rhs(), result);
  }

  private void conv(Planned step, ConvOp.Convolution o, Value result) {
    call(step, function.kernels().conv(o), o.lhs(), o.rhs(), result);
  }

  private void call(Planned step, GemmEmitter.Emitted product, Value lhs, Value rhs, Value result) {
    Val scratch =
        function.plan().hasScratch(step) ? function.scratch(step, 0) : Val.zero(LType.PTR);
    f.call(
        product.name(),
        LType.VOID,
        function.address(lhs),
        function.address(rhs),
        function.address(result),
        scratch,
        function.context().pool());
  }

  /** What is left of windows: those that grow by an element per step. */
  private void scan(Planned step, WindowOp.ReduceWindow o, Instr instr) {
    List<Val> args = new ArrayList<>();
    o.inputs().forEach(v -> args.add(function.address(v)));
    instr.results().forEach(v -> args.add(function.address(v)));
    o.inits().forEach(v -> args.add(function.address(v)));
    args.add(function.plan().hasScratch(step) ? function.scratch(step, 0) : Val.zero(LType.PTR));
    args.add(function.context().pool());
    String name = function.kernels().scan(ScanEmitter.Scan.of(o));
    f.call(name, LType.VOID, args.toArray(Val[]::new));
  }

  private void select(WindowOp.SelectAndScatter o, Value result) {
    String name = function.kernels().selection(SelectionEmitter.Selection.of(o));
    f.call(
        name,
        LType.VOID,
        function.address(o.operand()),
        function.address(o.source()),
        function.address(o.init()),
        function.address(result),
        function.context().pool());
  }

  private void fft(Planned step, SpectralOp.Fft o, Value result) {
    var fft = function.kernels().fft(o);
    f.call(
        fft.name(),
        LType.VOID,
        function.address(o.operand()),
        function.address(result),
        function.plan().hasScratch(step) ? function.scratch(step, 0) : Val.zero(LType.PTR),
        function.constant(fft.tables()),
        function.context().pool());
  }

  private void lapack(Planned step, Instr instr, ControlOp.CustomCall o) {
    LapackCall call =
        LapackCall.of(o)
            .orElseThrow(
                () ->
                    new UnsupportedOpException(
                        "custom_call @" + o.target(), instr.loc().toString()));
    List<Val> arguments = new ArrayList<>();
    o.operands().forEach(v -> arguments.add(function.address(v)));
    Map<Integer, Integer> overwritten = Overwritten.by(o);
    for (int k = 0; k < o.types().size(); k++) {
      Value result = instr.results().get(k);
      Val to = function.address(result);
      Integer i = overwritten.get(k);
      if (i != null
          && function.plan().memory(o.operands().get(i)) != function.plan().memory(result)) {
        function.copied(instr, result.type(), function.plan().refused(result));
        function.copy(result.type(), arguments.get(i), to);
      }
      arguments.add(to);
    }
    boolean scratch = function.plan().hasScratch(step);
    arguments.add(scratch ? function.scratch(step, 0) : Val.zero(LType.PTR));
    arguments.add(function.context().pool());
    String name = function.kernels().lapack(call).name();
    f.call(name, LType.VOID, arguments.toArray(Val[]::new));
  }

  private void order(Planned step, OrderOp o, Instr instr) {
    if (o.operands().getFirst().shape().size() == 0
        || instr.results().getFirst().shape().size() == 0) {
      return;
    }
    SortEmitter.Emitted sort =
        switch (o) {
          case OrderOp.Sort s -> function.kernels().sort(s);
          case OrderOp.TopK t -> function.kernels().topK(t);
        };
    List<Val> pointers = new ArrayList<>();
    o.operands().forEach(v -> pointers.add(function.address(v)));
    instr.results().forEach(v -> pointers.add(function.address(v)));
    Val arrays = f.alloca(LType.PTR, pointers.size(), 8);
    for (int i = 0; i < pointers.size(); i++) {
      f.store(pointers.get(i), f.gep(LType.PTR, arrays, i));
    }
    f.call(sort.name(), LType.VOID, arrays, function.scratch(step, 0), function.context().pool());
  }

  private void call(Planned step, Instr instr, ControlOp.Call o) {
    Val args = f.alloca(LType.PTR, Math.max(1, o.operands().size()), 8);
    Val outs = f.alloca(LType.PTR, Math.max(1, o.types().size()), 8);
    List<Val> pointers = new ArrayList<>();
    o.operands().forEach(v -> pointers.add(function.address(v)));
    for (int i = 0; i < pointers.size(); i++) {
      f.store(pointers.get(i), f.gep(LType.PTR, args, i));
    }
    for (int i = 0; i < o.types().size(); i++) {
      f.store(function.address(instr.results().get(i)), f.gep(LType.PTR, outs, i));
    }
    String callee = function.context().callees().apply(o.callee());
    boolean mayLeave = function.context().sites().mayLeave(o.callee());
    Val status =
        f.call(
            callee,
            mayLeave ? LType.I32 : LType.VOID,
            args,
            outs,
            function.context().ctx(),
            function.scratch(step, 0),
            function.context().constantTable());
    if (mayLeave) {
      new HostEmitter(function).leaveUnlessZero(status);
    }
  }

  /** Whether an index is inside 0..limit, both included. */
  static Val inside(FnEmitter f, Val index, long limit) {
    return f.cmp(Cmp.ULE, index, Val.i64(limit));
  }
}
