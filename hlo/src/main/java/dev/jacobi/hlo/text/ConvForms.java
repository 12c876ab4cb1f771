package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.text.Lexer.Kind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Convolution and batch normalisation. */
final class ConvForms {
  private ConvForms() {}

  /**
   * {@code stablehlo.convolution(%0, %1) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f], window =
   * {stride = [1], pad = [[0, 0]], lhs_dilate = [1], rhs_dilate = [1], reverse = [false]}
   * {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (t, t) -> t}.
   */
  static final Form<ConvOp.Convolution> CONVOLUTION =
      new Form<>("stablehlo.convolution", ConvForms::read, ConvForms::build, ConvForms::write);

  private static void read(OpReader ops, OpText op) {
    Reader in = ops.in();
    op.operands.addAll(ops.uses());
    in.expect("dim_numbers");
    in.expect('=');
    op.attrs.put("dimension_numbers", in.skipValue(false));
    in.expect(',');
    in.expect("window");
    in.expect('=');
    op.attrs.putAll(in.dictionary());
    ops.attributes(op);
    ops.signature(op);
  }

  static ConvOp.Convolution build(OpText in) {
    ConvOp.ConvDims dims = in.attribute("dimension_numbers", r -> dims(r, in));
    int rank = dims.inputSpatial().size();
    ConvOp.Window plain = ConvOp.Window.plain(rank);
    Longs padding = in.rows(Longs.fill(2 * rank, 0), "pad", "padding");
    ConvOp.Window window =
        new ConvOp.Window(
            in.longsOr(plain.strides(), "stride", "window_strides"),
            everySecond(padding, 0),
            everySecond(padding, 1),
            in.longsOr(plain.lhsDilation(), "lhs_dilate", "lhs_dilation"),
            in.longsOr(plain.rhsDilation(), "rhs_dilate", "rhs_dilation"),
            in.booleans(plain.reversal(), "reverse", "window_reversal"));
    List<ReductionOp.Precision> precision = ReductionForms.precision(in);
    return new ConvOp.Convolution(
        in.operand(0),
        in.operand(1),
        dims,
        window,
        in.int64("feature_group_count"),
        in.int64("batch_group_count"),
        precision.getFirst(),
        precision.getLast(),
        in.resultType().element());
  }

  private static Longs everySecond(Longs values, int from) {
    return Longs.of(
        IntStream.range(0, values.size())
            .filter(i -> i % 2 == from)
            .mapToLong(values::get)
            .toArray());
  }

  /** {@code [b, 0, f]x[0, i, o]->[b, 0, f]}, in the generic form {@code #stablehlo.conv<...>}. */
  private static ConvOp.ConvDims dims(Reader in, OpText op) {
    boolean wrapped = in.accept(Kind.HASH);
    if (wrapped) {
      in.expect('<');
      if (in.accept("raw")) {
        throw op.unsupported("raw dimension numbers");
      }
    }
    Labels input = Labels.read(in, 'b', 'f');
    in.expect("x");
    Labels kernel = Labels.read(in, 'i', 'o');
    if (!in.accept(Kind.ARROW)) {
      throw in.error("expected '->'");
    }
    Labels output = Labels.read(in, 'b', 'f');
    return new ConvOp.ConvDims(
        input.first,
        input.second,
        input.spatial,
        kernel.first,
        kernel.second,
        kernel.spatial,
        output.first,
        output.second,
        output.spatial);
  }

  /** Where the two named dimensions stand, and the numbered ones. */
  private record Labels(int first, int second, Axes spatial) {
    /** {@code [b, 0, 1, f]}: every label once. */
    static Labels read(Reader in, char first, char second) {
      int at = in.lexer().start();
      List<String> labels = new java.util.ArrayList<>();
      in.list(
          '[',
          ']',
          () -> {
            labels.add(in.lexer().text());
            in.lexer().next();
          });
      int[] spatial =
          IntStream.range(0, Math.max(labels.size() - 2, 0))
              .map(d -> labels.indexOf(Integer.toString(d)))
              .toArray();
      int a = labels.indexOf(Character.toString(first));
      int b = labels.indexOf(Character.toString(second));
      if (a < 0 || b < 0 || IntStream.of(spatial).anyMatch(d -> d < 0)) {
        String wanted = first + ", " + second + " and the numbers from 0";
        throw in.lexer().error("the dimensions must be " + wanted + ": " + labels, at);
      }
      return new Labels(a, b, Axes.of(spatial));
    }

    String text(char firstLabel, char secondLabel) {
      return IntStream.range(0, spatial.size() + 2)
          .mapToObj(
              d ->
                  d == first
                      ? Character.toString(firstLabel)
                      : d == second
                          ? Character.toString(secondLabel)
                          : Integer.toString(spatial.indexOf(d)))
          .collect(Collectors.joining(", ", "[", "]"));
    }
  }

  private static void write(ConvOp.Convolution op, Writer out) {
    ConvOp.ConvDims d = op.dims();
    ConvOp.Window w = op.window();
    String pads =
        IntStream.range(0, w.low().size())
            .mapToObj(i -> "[" + w.low().get(i) + ", " + w.high().get(i) + "]")
            .collect(Collectors.joining(", ", "[", "]"));
    out.genericOperands()
        .text(" dim_numbers = ")
        .text(dimsText(d))
        .text(", window = {stride = ")
        .list(w.strides())
        .text(", pad = " + pads + ", lhs_dilate = ")
        .list(w.lhsDilation())
        .text(", rhs_dilate = ")
        .list(w.rhsDilation())
        .text(", reverse = " + w.reversal() + "} {batch_group_count = " + op.batchGroups())
        .text(" : i64, feature_group_count = " + op.featureGroups())
        .text(" : i64, precision_config = [#stablehlo<precision " + op.lhsPrecision())
        .text(">, #stablehlo<precision " + op.rhsPrecision() + ">]}")
        .signature();
  }

  /** The attributes of a convolution whose padding is an operand, and its types. */
  static void writeGeneric(ConvOp.Convolution op, Writer out) {
    ConvOp.ConvDims d = op.dims();
    ConvOp.Window w = op.window();
    String reversal = w.reversal().stream().map(Object::toString).collect(Collectors.joining(", "));
    out.text(" <{batch_group_count = " + op.batchGroups() + " : i64, dimension_numbers = ")
        .text("#stablehlo.conv<" + dimsText(d) + ">")
        .text(", feature_group_count = " + op.featureGroups() + " : i64, lhs_dilation = ")
        .array(w.lhsDilation())
        .text(", precision_config = [#stablehlo<precision " + op.lhsPrecision())
        .text(">, #stablehlo<precision " + op.rhsPrecision() + ">], rhs_dilation = ")
        .array(w.rhsDilation())
        .text(", window_reversal = array<i1" + (reversal.isEmpty() ? "" : ": " + reversal))
        .text(">, window_strides = ")
        .array(w.strides())
        .text("}>")
        .signature();
  }

  private static String dimsText(ConvOp.ConvDims d) {
    Labels input = new Labels(d.inputBatch(), d.inputFeature(), d.inputSpatial());
    Labels kernel = new Labels(d.kernelInputFeature(), d.kernelOutputFeature(), d.kernelSpatial());
    Labels output = new Labels(d.outputBatch(), d.outputFeature(), d.outputSpatial());
    return input.text('b', 'f') + "x" + kernel.text('i', 'o') + "->" + output.text('b', 'f');
  }

  /** {@code "stablehlo.batch_norm_training"(%0, %1, %2) <{epsilon = 1.0e-3 : f32, ...}> : ...}. */
  static final Form<NormOp.BatchNormTraining> BATCH_NORM_TRAINING =
      Form.of(
          "stablehlo.batch_norm_training",
          in ->
              new NormOp.BatchNormTraining(
                  in.operand(0), in.operand(1), in.operand(2), epsilon(in), feature(in)),
          (op, out) -> writeNorm(op.epsilon(), op.featureIndex(), out));

  static final Form<NormOp.BatchNormInference> BATCH_NORM_INFERENCE =
      Form.of(
          "stablehlo.batch_norm_inference",
          in ->
              new NormOp.BatchNormInference(
                  in.operand(0),
                  in.operand(1),
                  in.operand(2),
                  in.operand(3),
                  in.operand(4),
                  epsilon(in),
                  feature(in)),
          (op, out) -> writeNorm(op.epsilon(), op.featureIndex(), out));

  static final Form<NormOp.BatchNormGrad> BATCH_NORM_GRAD =
      Form.of(
          "stablehlo.batch_norm_grad",
          in ->
              new NormOp.BatchNormGrad(
                  in.operand(0),
                  in.operand(1),
                  in.operand(2),
                  in.operand(3),
                  in.operand(4),
                  epsilon(in),
                  feature(in)),
          (op, out) -> writeNorm(op.epsilon(), op.featureIndex(), out));

  private static float epsilon(OpText in) {
    return in.float32("epsilon");
  }

  private static int feature(OpText in) {
    return in.int32("feature_index");
  }

  private static void writeNorm(float epsilon, int feature, Writer out) {
    String number = Numbers.text(DType.F32, Literal.scalar(DType.F32, epsilon).data(), 0);
    out.genericOperands()
        .text(" <{epsilon = " + number + " : f32, feature_index = " + feature + " : i64}>")
        .signature();
  }

  static final List<Form<?>> ALL =
      List.of(CONVOLUTION, BATCH_NORM_TRAINING, BATCH_NORM_INFERENCE, BATCH_NORM_GRAD);
}
