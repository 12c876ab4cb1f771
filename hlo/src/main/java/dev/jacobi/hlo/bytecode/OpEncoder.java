package dev.jacobi.hlo.bytecode;

import dev.jacobi.hlo.Accuracy;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.bytecode.Vhlo.Word;

/**
 * StableHLO's operations as those of VHLO, all attributes written out. Source: StableHLO's
 * StablehloLegalizeToVhlo.cpp and, for older versions, VhloToVersionPatterns.td.
 */
final class OpEncoder {
  private static final VhloVersion BATCHING = VhloVersion.of(1, 1);
  private static final VhloVersion TAN = VhloVersion.of(1, 4);
  private static final VhloVersion ALGORITHM = VhloVersion.of(1, 6);
  private static final VhloVersion EXP_ACCURACY = VhloVersion.of(1, 9);
  private static final VhloVersion ACCURACY = VhloVersion.of(1, 10);

  private final VhloEncoder encoder;
  private final Target target;
  private final CallEncoder calls;

  OpEncoder(VhloEncoder encoder, Target target) {
    this.encoder = encoder;
    this.target = target;
    this.calls = new CallEncoder(encoder, target);
  }

  /** The operation's name and attributes; operations of CHLO have none here. */
  Properties encode(Op op) {
    return switch (op) {
      case ElementwiseOp o -> elementwise(o);
      case ShapeOp o -> shape(o);
      case IndexOp o -> index(o);
      case ReductionOp.Reduce o -> plain(op).axes("dimensions", o.dims());
      case ReductionOp.DotGeneral o -> dotGeneral(o);
      case WindowOp o -> window(o);
      case ConvOp.Convolution o ->
          convolution(plain(op), o).rows("padding", o.window().low(), o.window().high());
      case NormOp o -> norm(o);
      case SpectralOp.Fft o ->
          plain(op).word("fft_type", Word.FFT, o.fftType()).longs("fft_length", o.length());
      case RandomOp.RngBitGenerator o ->
          plain(op).word("rng_algorithm", Word.ALGORITHM, o.algorithm());
      case RandomOp.Rng o ->
          plain(op).word("rng_distribution", Word.DISTRIBUTION, o.distribution());
      case ShorthandOp o -> shorthand(o);
      case DynamicOp o -> dynamic(o);
      case CollectiveOp o -> calls.collective(o);
      case LinalgOp.Cholesky o -> plain(op).flag("lower", o.lower());
      case LinalgOp.TriangularSolve o ->
          plain(op)
              .flag("left_side", o.leftSide())
              .flag("lower", o.lower())
              .flag("unit_diagonal", o.unitDiagonal())
              .word("transpose_a", Word.TRANSPOSE, o.transposeA());
      case OrderOp.Sort o ->
          plain(op).number("dimension", o.dimension()).flag("is_stable", o.stable());
      case OrderOp.TopK _ -> throw Chlo.none(op);
      case ControlOp o -> calls.control(o);
    };
  }

  /** {@code vhlo.add_v1} for {@code stablehlo.add}. */
  private Properties plain(Op op) {
    return version(op, 1);
  }

  private Properties version(Op op, int version) {
    return calls.version(op, version);
  }

  private Properties elementwise(ElementwiseOp op) {
    return switch (op) {
      case ElementwiseOp.Constant o -> plain(op).tensor("value", o.literal());
      case ElementwiseOp.Iota o -> plain(op).number("iota_dimension", o.dim());
      case ElementwiseOp.Pointwise o -> pointwise(o);
      case ElementwiseOp.Compare o ->
          plain(op)
              .word("comparison_direction", Word.DIRECTION, o.direction())
              .word("compare_type", Word.COMPARISON, o.order());
      case ElementwiseOp.Convert _, ElementwiseOp.BitcastConvert _ -> plain(op);
      case ElementwiseOp.ReducePrecision o ->
          plain(op)
              .int32("exponent_bits", o.exponentBits())
              .int32("mantissa_bits", o.mantissaBits());
    };
  }

  private Properties pointwise(ElementwiseOp.Pointwise op) {
    if (Chlo.is(op)) {
      throw Chlo.none(op);
    }
    if (op.fn() == Fn.TAN) {
      target.need(TAN, op.mnemonic());
    }
    if (!op.fn().hasAccuracy()) {
      return plain(op);
    }
    VhloVersion since = op.fn() == Fn.EXP ? EXP_ACCURACY : ACCURACY;
    if (!op.accuracy().equals(Accuracy.DEFAULT)) {
      target.need(since, "an accuracy of " + op.mnemonic());
    }
    return target.has(since)
        ? version(op, 2).put("result_accuracy", encoder.accuracy(op.accuracy()))
        : plain(op);
  }

  private Properties shape(ShapeOp op) {
    return switch (op) {
      case ShapeOp.BroadcastInDim o -> plain(op).axes("broadcast_dimensions", o.dims());
      case ShapeOp.Reshape _ -> plain(op);
      case ShapeOp.Transpose o -> plain(op).axes("permutation", o.permutation());
      case ShapeOp.Concatenate o -> plain(op).number("dimension", o.dim());
      case ShapeOp.Pad o ->
          plain(op)
              .longs("edge_padding_low", o.low())
              .longs("edge_padding_high", o.high())
              .longs("interior_padding", o.interior());
      case ShapeOp.Slice o ->
          plain(op)
              .longs("start_indices", o.start())
              .longs("limit_indices", o.limit())
              .longs("strides", o.strides());
      case ShapeOp.Reverse o -> plain(op).axes("dimensions", o.dims());
    };
  }

  private Properties index(IndexOp op) {
    return switch (op) {
      case IndexOp.DynamicSlice o -> plain(op).longs("slice_sizes", o.sizes());
      case IndexOp.DynamicUpdateSlice _ -> plain(op);
      case IndexOp.Gather o ->
          gather(op, o.dims(), o.sorted()).longs("slice_sizes", o.sliceSizes());
      case IndexOp.Scatter o -> {
        IndexOp.ScatterDims d = o.dims();
        Properties p =
            batched(op, d.inputBatchingDims())
                .axes("update_window_dims", d.updateWindowDims())
                .axes("inserted_window_dims", d.insertedWindowDims())
                .axes("scatter_dims_to_operand_dims", d.scatterDimsToOperandDims())
                .number("index_vector_dim", d.indexVectorDim())
                .flag("indices_are_sorted", o.sorted())
                .flag("unique_indices", o.unique());
        yield target.has(BATCHING)
            ? p.axes("input_batching_dims", d.inputBatchingDims())
                .axes("scatter_indices_batching_dims", d.scatterIndicesBatchingDims())
            : p;
      }
    };
  }

  /** In the version that has batching dimensions, or in the older one if there are none. */
  private Properties batched(Op op, Axes batching) {
    if (!batching.isEmpty()) {
      target.need(BATCHING, op.mnemonic() + " with batching dimensions");
    }
    return version(op, target.has(BATCHING) ? 2 : 1);
  }

  private Properties gather(Op op, IndexOp.GatherDims d, boolean sorted) {
    Properties p =
        batched(op, d.operandBatchingDims())
            .axes("offset_dims", d.offsetDims())
            .axes("collapsed_slice_dims", d.collapsedSliceDims())
            .axes("start_index_map", d.startIndexMap())
            .number("index_vector_dim", d.indexVectorDim())
            .flag("indices_are_sorted", sorted);
    return target.has(BATCHING)
        ? p.axes("operand_batching_dims", d.operandBatchingDims())
            .axes("start_indices_batching_dims", d.startIndicesBatchingDims())
        : p;
  }

  private Properties dotGeneral(ReductionOp.DotGeneral op) {
    ReductionOp.DotDims d = op.dims();
    if (op.algorithm().isPresent()) {
      target.need(ALGORITHM, "an algorithm of " + op.mnemonic());
    }
    boolean older = !target.has(ALGORITHM);
    Properties p =
        version(op, older ? 1 : 2)
            .axes("lhs_batching_dimensions", d.lhsBatch())
            .axes("rhs_batching_dimensions", d.rhsBatch())
            .axes("lhs_contracting_dimensions", d.lhsContract())
            .axes("rhs_contracting_dimensions", d.rhsContract())
            .precisions(op.lhsPrecision(), op.rhsPrecision());
    if (older) {
      return p;
    }
    op.algorithm()
        .ifPresentOrElse(
            a ->
                p.put("lhs_precision_type", ofType(a.lhsPrecision().mlir()))
                    .put("rhs_precision_type", ofType(a.rhsPrecision().mlir()))
                    .put("accumulation_type", ofType(a.accumulation().mlir()))
                    .number("lhs_component_count", a.lhsComponents())
                    .number("rhs_component_count", a.rhsComponents())
                    .number("num_primitive_operations", a.primitiveOperations())
                    .flag("allow_imprecise_accumulation", a.impreciseAccumulation()),
            () -> Special.ALGORITHM.forEach(name -> p.put(name, ofType("none"))));
    return p;
  }

  private int ofType(String mlir) {
    return encoder.ofType(encoder.type(mlir));
  }

  private Properties window(WindowOp op) {
    return switch (op) {
      case WindowOp.ReduceWindow o ->
          window(plain(op), o.window())
              .longs("base_dilations", o.baseDilations())
              .longs("window_dilations", o.windowDilations());
      case WindowOp.SelectAndScatter o -> window(plain(op), o.window());
    };
  }

  private static Properties window(Properties p, WindowOp.Window w) {
    return p.longs("window_dimensions", w.sizes())
        .longs("window_strides", w.strides())
        .rows("padding", w.low(), w.high());
  }

  private Properties convolution(Properties p, ConvOp.Convolution op) {
    ConvOp.ConvDims d = op.dims();
    return p.longs("window_strides", op.window().strides())
        .longs("lhs_dilation", op.window().lhsDilation())
        .longs("rhs_dilation", op.window().rhsDilation())
        .put("window_reversal", encoder.bools(op.window().reversal()))
        .number("input_batch_dimension", d.inputBatch())
        .number("input_feature_dimension", d.inputFeature())
        .axes("input_spatial_dimensions", d.inputSpatial())
        .number("kernel_input_feature_dimension", d.kernelInputFeature())
        .number("kernel_output_feature_dimension", d.kernelOutputFeature())
        .axes("kernel_spatial_dimensions", d.kernelSpatial())
        .number("output_batch_dimension", d.outputBatch())
        .number("output_feature_dimension", d.outputFeature())
        .axes("output_spatial_dimensions", d.outputSpatial())
        .number("feature_group_count", op.featureGroups())
        .number("batch_group_count", op.batchGroups())
        .precisions(op.lhsPrecision(), op.rhsPrecision());
  }

  private Properties norm(NormOp op) {
    return switch (op) {
      case NormOp.BatchNormTraining o -> norm(op, o.epsilon(), o.featureIndex());
      case NormOp.BatchNormInference o -> norm(op, o.epsilon(), o.featureIndex());
      case NormOp.BatchNormGrad o -> norm(op, o.epsilon(), o.featureIndex());
    };
  }

  private Properties norm(NormOp op, float epsilon, int feature) {
    return plain(op).float32("epsilon", epsilon).number("feature_index", feature);
  }

  private Properties shorthand(ShorthandOp op) {
    return switch (op) {
      case ShorthandOp.Dot o ->
          plain(op)
              .precisions(
                  o.precision()
                      .map(p -> p.toArray(Precision[]::new))
                      .orElse(new Precision[] {Precision.DEFAULT, Precision.DEFAULT}));
      case ShorthandOp.RaggedDot _ -> throw Chlo.none(op);
      case ShorthandOp.Einsum o -> plain(op).string("einsum_config", o.config());
      case ShorthandOp.UnaryEinsum o -> plain(op).string("einsum_config", o.config());
      case ShorthandOp.TorchIndexSelect o ->
          plain(op).number("dim", o.dim()).number("batch_dims", o.batchDims());
      case ShorthandOp.Broadcast o -> plain(op).longs("broadcast_sizes", o.sizes());
      case ShorthandOp.MapOp o -> plain(op).axes("dimensions", o.dimensions());
    };
  }

  private Properties dynamic(DynamicOp op) {
    return switch (op) {
      case DynamicOp.DynamicReshape _, DynamicOp.DynamicPad _, DynamicOp.RealDynamicSlice _ ->
          plain(op);
      case DynamicOp.DynamicBroadcastInDim o ->
          plain(op)
              .axes("broadcast_dimensions", o.dims())
              .axes("known_expanding_dimensions", o.expanding().orElse(Axes.of()))
              .axes("known_nonexpanding_dimensions", o.nonexpanding().orElse(Axes.of()));
      case DynamicOp.DynamicIota o -> plain(op).number("iota_dimension", o.dim());
      case DynamicOp.DynamicConv o -> convolution(version(op, 2), o.conv());
      case DynamicOp.DynamicGather o -> gather(op, o.dims(), o.sorted());
      case DynamicOp.GetDimensionSize o -> plain(op).number("dimension", o.dimension());
      case DynamicOp.SetDimensionSize o -> plain(op).number("dimension", o.dimension());
    };
  }
}
