package dev.jacobi.cpu.loop;

import dev.jacobi.cpu.fuse.Affine;
import dev.jacobi.cpu.loop.Launch.Binding;
import dev.jacobi.cpu.loop.NestBuilder.Domain;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Value;
import java.util.Arrays;
import java.util.List;

/** Nests made for one purpose: copies between boxes of arrays, fills, dot products. */
public final class Nests {
  private Nests() {}

  /** A box of an array: where its first element lies, and the step along each dimension. */
  public record Box(long offset, List<Long> strides) {
    public static Box dense(long... sizes) {
      return new Box(0, Arrays.stream(dev.jacobi.hlo.Shape.of(sizes).strides()).boxed().toList());
    }

    Affine at(long[] extents) {
      long[] c = strides.stream().mapToLong(s -> s).toArray();
      for (int k = 0; k < c.length; k++) {
        c[k] = extents[k] == 1 ? 0 : c[k];
      }
      return Affine.of(offset, c);
    }
  }

  /** Copies a box of parameter 0 to a box of parameter 1. */
  public static Nest copy(DType dtype, long[] extents, Box from, Box to) {
    NodeList nodes = new NodeList();
    int x = nodes.add(new Node.Load(0, dtype, from.at(extents)));
    return elementwise(
        extents,
        List.of(new Nest.Param(Nest.Role.IN, dtype), new Nest.Param(Nest.Role.WINDOW, dtype)),
        nodes,
        List.of(new Nest.Store(1, to.at(extents), x, false)));
  }

  /** Fills an array, parameter 1, with the scalar parameter 0. */
  public static Nest fill(DType dtype, long elements) {
    NodeList nodes = new NodeList();
    int x = nodes.add(new Node.Scalar(0, dtype));
    long[] extents = {elements};
    return elementwise(
        extents,
        List.of(new Nest.Param(Nest.Role.SCALAR, dtype), new Nest.Param(Nest.Role.WINDOW, dtype)),
        nodes,
        List.of(new Nest.Store(1, Box.dense(elements).at(extents), x, false)));
  }

  private static Nest elementwise(
      long[] extents, List<Nest.Param> params, NodeList nodes, List<Nest.Store> stores) {
    Nest nest = new Nest(params, null, nodes.toList(), List.of(), stores);
    Domain domain = new Domain(extents, extents.length, new boolean[extents.length]);
    return new Scheduler(domain, nest, List.of()).elementwise().nest();
  }

  /**
   * A dot product as a reduction: for short or unusual ones. Sums run over the contracted
   * dimensions in order, or in the row tree if the right operand has no free dimension.
   */
  public static Launch dot(ReductionOp.DotGeneral o, Value result) {
    ReductionOp.DotDims d = o.dims();
    Axes lhsFree = d.lhsBatch().plus(d.lhsContract()).complement(o.lhs().shape().rank());
    Axes rhsFree = d.rhsBatch().plus(d.rhsContract()).complement(o.rhs().shape().rank());
    int kept = result.shape().rank();
    int vars = kept + d.lhsContract().size();
    long[] extents = Arrays.copyOf(result.shape().toArray(), vars);
    for (int i = 0; i < d.lhsContract().size(); i++) {
      extents[kept + i] = o.lhs().type().dim(d.lhsContract().get(i));
    }
    long[] a = new long[vars];
    long[] b = new long[vars];
    long[] as = o.lhs().shape().strides();
    long[] bs = o.rhs().shape().strides();
    place(a, 0, d.lhsBatch(), as, extents);
    place(b, 0, d.rhsBatch(), bs, extents);
    place(a, d.lhsBatch().size(), lhsFree, as, extents);
    place(b, d.lhsBatch().size() + lhsFree.size(), rhsFree, bs, extents);
    place(a, kept, d.lhsContract(), as, extents);
    place(b, kept, d.rhsContract(), bs, extents);
    DType sum = o.dtype().isFloat() && o.dtype().bytes() == 2 ? DType.F32 : o.dtype();
    NodeList nodes = new NodeList();
    int x = converted(nodes, new Node.Load(0, o.lhs().dtype(), Affine.of(0, a)), sum);
    int y = converted(nodes, new Node.Load(1, o.rhs().dtype(), Affine.of(0, b)), sum);
    int product = nodes.add(new Node.Apply(Fn.MUL, sum, List.of(x, y)));
    int zero = nodes.add(new Node.Const(Literal.scalar(sum, 0.0)));
    Combiner add = Combiner.of(HloBuilder.binaryBody(Fn.ADD, sum));
    int total = converted(nodes, new Node.Reduction(0, 0, sum), o.dtype());
    Domain domain = domain(extents, kept);
    Nest nest =
        new Nest(
            List.of(
                new Nest.Param(Nest.Role.IN, o.lhs().dtype()),
                new Nest.Param(Nest.Role.IN, o.rhs().dtype()),
                new Nest.Param(Nest.Role.OUT, o.dtype())),
            null,
            nodes.toList(),
            List.of(new Nest.Reduction(List.of(product), List.of(zero), add)),
            List.of(new Nest.Store(2, domain.columns(), total, true)));
    List<Binding> bindings =
        List.of(new Binding.Array(o.lhs()), new Binding.Array(o.rhs()), new Binding.Result(result));
    Scheduler s = new Scheduler(domain, nest, bindings);
    boolean rows = o.rhs().shape().select(rhsFree).size() == 1 && d.lhsContract().size() == 1;
    return rows ? s.rowsLaunch().orElseThrow() : s.columns();
  }

  private static Domain domain(long[] extents, int kept) {
    boolean[] reduced = new boolean[extents.length];
    Arrays.fill(reduced, kept, extents.length, true);
    return new Domain(extents, kept, reduced);
  }

  private static int converted(NodeList nodes, Node node, DType to) {
    int n = nodes.add(node);
    return node.dtype() == to ? n : nodes.add(new Node.Convert(node.dtype(), to, List.of(n)));
  }

  private static void place(long[] c, int first, Axes dims, long[] strides, long[] extents) {
    for (int i = 0; i < dims.size(); i++) {
      c[first + i] = extents[first + i] == 1 ? 0 : strides[dims.get(i)];
    }
  }
}
