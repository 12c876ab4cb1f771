package dev.jacobi.hlo.text;

import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.WindowOp;
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
            WindowForms.ALL,
            ConvForms.ALL,
            SpectralForms.ALL,
            ShorthandForms.ALL,
            DynamicForms.ALL,
            CollectiveForms.ALL,
            LinalgForms.ALL,
            OrderForms.ALL,
            ControlForms.ALL)
        .flatMap(List::stream)
        .forEach(form -> BY_MNEMONIC.put(form.mnemonic(), form));
    BY_MNEMONIC.put("chlo.constant", ElementwiseForms.CONSTANT);
  }

  private Forms() {}

  static Optional<Form<?>> find(String mnemonic) {
    Form<?> form = BY_MNEMONIC.get(mnemonic);
    return form != null ? Optional.of(form) : Fn.ofMnemonic(mnemonic).map(ElementwiseForms::of);
  }

  /**
   * Whether StableHLO's printer leaves an operation in generic form, of these families; or should,
   * since its parser does not read its own {@code dynamic_slice} of a scalar.
   */
  static boolean isGeneric(Op op) {
    return switch (op) {
      case ShorthandOp.TorchIndexSelect _, ShorthandOp.MapOp _, ShorthandOp.RaggedDot _ -> true;
      case DynamicOp.DynamicGather _, DynamicOp.DynamicConv _ -> true;
      case IndexOp.DynamicSlice o -> o.starts().isEmpty();
      case CollectiveOp.ProcessId _ -> false;
      case CollectiveOp _ -> true;
      default -> false;
    };
  }

  /** Writes an operation's mnemonic and what follows it. */
  static void write(Instr instr, Writer out) {
    switch (instr.op()) {
      case ElementwiseOp.Constant o -> ElementwiseForms.CONSTANT.write(o, out);
      case ElementwiseOp.Iota o -> ElementwiseForms.IOTA.write(o, out);
      case ElementwiseOp.Pointwise o -> ElementwiseForms.of(o.fn()).write(o, out);
      case ElementwiseOp.Compare o -> ElementwiseForms.COMPARE.write(o, out);
      case ElementwiseOp.Convert o -> ElementwiseForms.CONVERT.write(o, out);
      case ElementwiseOp.ReducePrecision o -> ElementwiseForms.REDUCE_PRECISION.write(o, out);
      case ElementwiseOp.BitcastConvert o -> ElementwiseForms.BITCAST_CONVERT.write(o, out);
      case ShapeOp.BroadcastInDim o -> ShapeForms.BROADCAST_IN_DIM.write(o, out);
      case ShapeOp.Reshape o -> ShapeForms.RESHAPE.write(o, out);
      case ShapeOp.Transpose o -> ShapeForms.TRANSPOSE.write(o, out);
      case ShapeOp.Concatenate o -> ShapeForms.CONCATENATE.write(o, out);
      case ShapeOp.Pad o -> ShapeForms.PAD.write(o, out);
      case ShapeOp.Reverse o -> ShapeForms.REVERSE.write(o, out);
      case ShapeOp.Slice o -> IndexForms.SLICE.write(o, out);
      case IndexOp.DynamicSlice o -> IndexForms.DYNAMIC_SLICE.write(o, out);
      case IndexOp.DynamicUpdateSlice o -> IndexForms.DYNAMIC_UPDATE_SLICE.write(o, out);
      case IndexOp.Gather o -> IndexForms.GATHER.write(o, out);
      case IndexOp.Scatter o -> IndexForms.SCATTER.write(o, out);
      case ReductionOp.Reduce o -> ReductionForms.REDUCE.write(o, out);
      case ReductionOp.DotGeneral o -> ReductionForms.DOT_GENERAL.write(o, out);
      case WindowOp.ReduceWindow o -> WindowForms.REDUCE_WINDOW.write(o, out);
      case WindowOp.SelectAndScatter o -> WindowForms.SELECT_AND_SCATTER.write(o, out);
      case ConvOp.Convolution o -> ConvForms.CONVOLUTION.write(o, out);
      case NormOp.BatchNormTraining o -> ConvForms.BATCH_NORM_TRAINING.write(o, out);
      case NormOp.BatchNormInference o -> ConvForms.BATCH_NORM_INFERENCE.write(o, out);
      case NormOp.BatchNormGrad o -> ConvForms.BATCH_NORM_GRAD.write(o, out);
      case SpectralOp.Fft o -> SpectralForms.FFT.write(o, out);
      case RandomOp o -> ShorthandForms.write(o, out);
      case ShorthandOp o -> ShorthandForms.write(o, out);
      case DynamicOp o -> DynamicForms.write(o, out);
      case CollectiveOp o -> CollectiveForms.write(o, out);
      case LinalgOp.Cholesky o -> LinalgForms.CHOLESKY.write(o, out);
      case LinalgOp.TriangularSolve o -> LinalgForms.TRIANGULAR_SOLVE.write(o, out);
      case OrderOp.Sort o -> OrderForms.SORT.write(o, out);
      case OrderOp.TopK o -> OrderForms.TOP_K.write(o, out);
      case ControlOp.While o -> ControlForms.WHILE.write(o, out);
      case ControlOp.Case o -> ControlForms.CASE.write(o, out);
      case ControlOp.If o -> ControlForms.IF.write(o, out);
      case ControlOp.Call o -> ControlForms.CALL.write(o, out);
      case ControlOp.CustomCall o -> ControlForms.CUSTOM_CALL.write(o, out);
      case ControlOp.Composite o -> ControlForms.COMPOSITE.write(o, out);
      case ControlOp.OptimizationBarrier o -> ControlForms.OPTIMIZATION_BARRIER.write(o, out);
    }
  }
}
