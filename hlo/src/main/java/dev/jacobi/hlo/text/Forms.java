package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All forms: by mnemonic for reading, by record for writing. */
final class Forms {
  private static final Map<String, Form<?>> BY_MNEMONIC = new HashMap<>();

  static {
    Stream.of(
            ElementwiseForms.ALL,
            ShapeForms.ALL,
            IndexForms.ALL,
            ReductionForms.ALL,
            ControlForms.ALL)
        .flatMap(List::stream)
        .forEach(form -> BY_MNEMONIC.put(form.mnemonic(), form));
  }

  private Forms() {}

  static Optional<Form<?>> find(String mnemonic) {
    Form<?> form = BY_MNEMONIC.get(mnemonic);
    return form != null ? Optional.of(form) : Fn.ofMnemonic(mnemonic).map(ElementwiseForms::of);
  }

  /** Writes an operation's mnemonic and what follows it. */
  static void write(Instr instr, Writer out) {
    switch (instr.op()) {
      case Op.Constant o -> ElementwiseForms.CONSTANT.write(o, out);
      case Op.Iota o -> ElementwiseForms.IOTA.write(o, out);
      case Op.Pointwise o -> ElementwiseForms.of(o.fn()).write(o, out);
      case Op.Compare o -> ElementwiseForms.COMPARE.write(o, out);
      case Op.Convert o -> ElementwiseForms.CONVERT.write(o, out);
      case Op.ReducePrecision o -> ElementwiseForms.REDUCE_PRECISION.write(o, out);
      case Op.BitcastConvert o -> ElementwiseForms.BITCAST_CONVERT.write(o, out);
      case Op.BroadcastInDim o -> ShapeForms.BROADCAST_IN_DIM.write(o, out);
      case Op.Reshape o -> ShapeForms.RESHAPE.write(o, out);
      case Op.Transpose o -> ShapeForms.TRANSPOSE.write(o, out);
      case Op.Concatenate o -> ShapeForms.CONCATENATE.write(o, out);
      case Op.Pad o -> ShapeForms.PAD.write(o, out);
      case Op.Reverse o -> ShapeForms.REVERSE.write(o, out);
      case Op.Slice o -> IndexForms.SLICE.write(o, out);
      case Op.DynamicSlice o -> IndexForms.DYNAMIC_SLICE.write(o, out);
      case Op.DynamicUpdateSlice o -> IndexForms.DYNAMIC_UPDATE_SLICE.write(o, out);
      case Op.Gather o -> IndexForms.GATHER.write(o, out);
      case Op.Scatter o -> IndexForms.SCATTER.write(o, out);
      case Op.Reduce o -> ReductionForms.REDUCE.write(o, out);
      case Op.DotGeneral o -> ReductionForms.DOT_GENERAL.write(o, out);
      case Op.While o -> ControlForms.WHILE.write(o, out);
      case Op.Case o -> ControlForms.CASE.write(o, out);
      case Op.If o -> ControlForms.IF.write(o, out);
      case Op.Call o -> ControlForms.CALL.write(o, out);
      case Op.CustomCall o -> ControlForms.CUSTOM_CALL.write(o, out);
      case Op.Composite o -> ControlForms.COMPOSITE.write(o, out);
      case Op.OptimizationBarrier o -> ControlForms.OPTIMIZATION_BARRIER.write(o, out);
    }
  }
}
