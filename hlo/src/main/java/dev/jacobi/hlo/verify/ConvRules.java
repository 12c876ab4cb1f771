package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Site.agree;
import static dev.jacobi.hlo.verify.Site.size;
import static dev.jacobi.hlo.verify.Site.unique;
import static dev.jacobi.hlo.verify.Site.within;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;

/**
 * Constraints of convolution and batch normalisation. Every method returns the constraint that
 * fixes the result types. That two precisions are given (c24) holds by the record.
 */
final class ConvRules {
  private ConvRules() {}

  static String convolution(ConvOp.Convolution op, Site at) {
    Shape lhs = op.lhs().shape();
    Shape rhs = op.rhs().shape();
    int n = lhs.rank();
    at.require("c1", n == rhs.rank() && n >= 2, "convolves %s and %s", lhs, rhs);
    window(op.window(), n - 2, at);
    dimensions(op.dims(), n, at);
    boolean empty =
        op.dims().kernelSpatial().stream().anyMatch(d -> rhs.isStatic(d) && rhs.dim(d) == 0);
    at.require("c25", !empty, "windows without elements: %s", rhs);
    groups(op, at);
    for (Value result : at.instr().results()) {
      at.require("c26", result.type().rank() == n, "gives %s of rank other than %s", result, n);
    }
    Element from = op.lhs().element();
    boolean sameKind =
        from.kind() == op.element().kind() || from.isInteger() && op.element().isInteger();
    boolean wider = sameKind && from.bits() <= op.element().bits();
    at.require(
        "c27",
        from == op.rhs().element() && wider,
        "convolves %s and %s to %s",
        op.lhs().type(),
        op.rhs().type(),
        op.element());
    return "c25";
  }

  private static void window(ConvOp.Window w, int spatial, Site at) {
    sized("c2", w.strides(), spatial, at);
    at.require("c3", positive(w.strides()), "strides %s", w.strides());
    sized("c4", w.low(), spatial, at);
    sized("c4", w.high(), spatial, at);
    sized("c5", w.lhsDilation(), spatial, at);
    at.require("c6", positive(w.lhsDilation()), "lhs_dilation %s", w.lhsDilation());
    sized("c7", w.rhsDilation(), spatial, at);
    at.require("c8", positive(w.rhsDilation()), "rhs_dilation %s", w.rhsDilation());
    at.require("c9", w.reversal().size() == spatial, "reversal %s", w.reversal());
  }

  private static void sized(String id, Longs values, int spatial, Site at) {
    at.require(id, values.size() == spatial, "%s for %s spatial dimensions", values, spatial);
  }

  private static boolean positive(Longs values) {
    return values.stream().allMatch(v -> v > 0);
  }

  private static void dimensions(ConvOp.ConvDims d, int n, Site at) {
    spatial("c12", d.inputSpatial(), n, at);
    permutation("c13", d.input(), n, at);
    spatial("c17", d.kernelSpatial(), n, at);
    permutation("c18", d.kernel(), n, at);
    spatial("c19", d.outputSpatial(), n, at);
    permutation("c20", d.output(), n, at);
  }

  private static void spatial(String id, Axes dims, int n, Site at) {
    at.require(id, dims.size() == n - 2, "spatial dimensions %s of rank %s", dims, n);
  }

  private static void permutation(String id, Axes dims, int n, Site at) {
    at.require(id, unique(dims) && within(dims, n), "dimensions %s of rank %s", dims, n);
  }

  private static void groups(ConvOp.Convolution op, Site at) {
    long features = op.featureGroups();
    long batches = op.batchGroups();
    at.require("c21", features > 0, "feature_group_count %s", features);
    at.require("c22", batches > 0, "batch_group_count %s", batches);
    at.require(
        "c23", features == 1 || batches == 1, "%s feature and %s batch groups", features, batches);
    long batch = size(op.lhs().shape(), op.dims().inputBatch());
    long input = size(op.lhs().shape(), op.dims().inputFeature());
    long kernelInput = size(op.rhs().shape(), op.dims().kernelInputFeature());
    long output = size(op.rhs().shape(), op.dims().kernelOutputFeature());
    divides("c10", batches, batch, at);
    divides("c11", features, input, at);
    at.require(
        "c14",
        input == Shape.DYNAMIC || agree(kernelInput, input / features),
        "the kernel takes %s features of %s in %s groups",
        kernelInput,
        input,
        features);
    divides("c15", batches, output, at);
    divides("c16", features, output, at);
  }

  private static void divides(String id, long groups, long size, Site at) {
    at.require(id, size == Shape.DYNAMIC || size % groups == 0, "%s in %s groups", size, groups);
  }

  static String batchNormTraining(NormOp.BatchNormTraining op, Site at) {
    TensorType t = op.operand().type();
    operand(t, op.featureIndex(), at);
    sameType(op, t, at);
    perFeature("c3", op.scale(), t, op.featureIndex(), at);
    perFeature("c4", op.offset(), t, op.featureIndex(), at);
    List<Value> results = at.instr().results();
    at.require("c7", results.size() == 3 && agree(results.get(0).type(), t), "normalises %s", t);
    perFeature("c5", results.get(1), t, op.featureIndex(), at);
    perFeature("c6", results.get(2), t, op.featureIndex(), at);
    return "c2";
  }

  static String batchNormInference(NormOp.BatchNormInference op, Site at) {
    TensorType t = op.operand().type();
    operand(t, op.featureIndex(), at);
    sameType(op, t, at);
    perFeature("c3", op.scale(), t, op.featureIndex(), at);
    perFeature("c4", op.offset(), t, op.featureIndex(), at);
    perFeature("c5", op.mean(), t, op.featureIndex(), at);
    perFeature("c6", op.variance(), t, op.featureIndex(), at);
    return "c7";
  }

  static String batchNormGrad(NormOp.BatchNormGrad op, Site at) {
    TensorType t = op.operand().type();
    operand(t, op.featureIndex(), at);
    sameType(op, t, at);
    at.require("c3", agree(op.gradOutput().type(), t), "%s for %s", op.gradOutput(), t);
    perFeature("c5", op.scale(), t, op.featureIndex(), at);
    for (Value v : List.of(op.mean(), op.variance())) {
      at.require("c4", agree(v.type(), op.scale().type()), "%s and %s", v, op.scale());
    }
    List<Value> results = at.instr().results();
    at.require("c3", results.size() == 3 && agree(results.get(0).type(), t), "gradient of %s", t);
    for (Value v : results.subList(1, 3)) {
      at.require("c4", agree(v.type(), op.scale().type()), "%s and %s", v, op.scale());
    }
    return "c2";
  }

  private static void operand(TensorType t, int feature, Site at) {
    at.require("i1", t.element().isFloat(), "normalises %s", t);
    at.require("c1", 0 <= feature && feature < t.rank(), "feature %s of %s", feature, t);
  }

  private static void sameType(Op op, TensorType t, Site at) {
    List<Value> results = at.instr().results();
    boolean same =
        op.operands().stream().allMatch(v -> v.element() == t.element())
            && results.stream().allMatch(v -> v.element() == t.element());
    at.require("c2", same, "element types differ from %s", t);
  }

  private static void perFeature(String id, Value v, TensorType t, int feature, Site at) {
    boolean fits = v.type().rank() == 1 && agree(size(v.shape(), 0), size(t.shape(), feature));
    at.require(id, fits, "%s for feature %s of %s", v, feature, t);
  }
}
