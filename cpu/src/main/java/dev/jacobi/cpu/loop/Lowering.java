package dev.jacobi.cpu.loop;

import dev.jacobi.cpu.fuse.Affine;
import dev.jacobi.cpu.fuse.Group;
import dev.jacobi.cpu.fuse.Group.Structure;
import dev.jacobi.cpu.fuse.Grouper;
import dev.jacobi.cpu.fuse.IndexMap;
import dev.jacobi.cpu.fuse.Ops;
import dev.jacobi.cpu.fuse.Simplify;
import dev.jacobi.cpu.fuse.Views;
import dev.jacobi.cpu.loop.Launch.Binding;
import dev.jacobi.cpu.loop.NestBuilder.Domain;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the values of one group into nodes, given the loops. */
final class Lowering {
  private record Place(Value value, List<Affine> at) {}

  private final Group group;
  private final NestBuilder.Scope scope;
  private final Domain domain;
  private final Set<Value> own = new HashSet<>();
  private final NodeList nodes = new NodeList();
  private final Map<Place, Integer> done = new HashMap<>();
  private final Map<Binding, Integer> params = new LinkedHashMap<>();
  private final List<Nest.Param> paramTypes = new ArrayList<>();
  private final List<Nest.Reduction> reductions = new ArrayList<>();
  private final Map<Instr, Integer> reductionOf = new HashMap<>();
  private final List<Nest.Store> stores = new ArrayList<>();

  Lowering(Group group, NestBuilder.Scope scope, Domain domain) {
    this.group = group;
    this.scope = scope;
    this.domain = domain;
    group.nodes().forEach(i -> own.addAll(i.results()));
  }

  List<Launch> run() {
    for (Instr i : group.nodes()) {
      if (i.op() instanceof ReductionOp.Reduce o) {
        reduction(i, o);
      } else {
        // In order, so that no recursion becomes deep.
        Affine at = group.rowNodes().contains(i) ? domain.rows() : domain.elements();
        node(i.result(), indices(at, i.result().shape()));
      }
    }
    checkOrders();
    boolean chunked = group.structure() instanceof Structure.Chunks;
    for (Value root : group.roots()) {
      Instr def = scope.defs().get(root);
      boolean reduced = def.op() instanceof ReductionOp.Reduce;
      if (!(reduced && chunked)) {
        store(root, def, reduced);
      }
    }
    Nest nest = Unread.removed(new Nest(paramTypes, null, nodes.toList(), reductions, stores));
    return new Scheduler(domain, nest, List.copyOf(params.keySet())).run(group, reductionOf);
  }

  /** One tree serves all reductions of a row: none may be in it only because another one is. */
  private void checkOrders() {
    Set<Instr> ordered = new HashSet<>();
    reductionOf.forEach(
        (i, r) -> {
          if (!reductions.get(r).combiner().commutes()) {
            ordered.add(i);
          }
        });
    boolean columns = group.structure() instanceof Structure.Columns;
    if (!columns && !ordered.isEmpty() && ordered.size() < reductions.size()) {
      throw new Unfusable(new Grouper.Limits(Set.of(), Set.of(), ordered));
    }
  }

  private void store(Value root, Instr def, boolean reduced) {
    int param = param(new Binding.Result(root), Nest.Role.OUT, root.dtype());
    if (reduced) {
      int k = def.results().indexOf(root);
      int r = nodes.add(new Node.Reduction(reductionOf.get(def), k, root.dtype()));
      Affine at = group.structure() instanceof Structure.Columns ? domain.columns() : domain.rows();
      stores.add(new Nest.Store(param, at, r, true));
      return;
    }
    boolean perRow = group.rowNodes().contains(def);
    Affine at = perRow ? domain.rows() : domain.elements();
    stores.add(new Nest.Store(param, at, node(root, indices(at, root.shape())), perRow));
  }

  private void reduction(Instr instr, ReductionOp.Reduce o) {
    Combiner.check("a reduction", o.body());
    Combiner combiner = ArgExtrema.combiner(instr, scope.defs(), this::isRead);
    List<Integer> inputs = new ArrayList<>();
    List<Integer> inits = new ArrayList<>();
    for (int i = 0; i < o.inputs().size(); i++) {
      Value v = o.inputs().get(i);
      DType to = combiner.types().get(i);
      inputs.add(converted(node(v, indices(domain.elements(), v.shape())), v.dtype(), to));
      inits.add(converted(node(o.inits().get(i), List.of()), o.inits().get(i).dtype(), to));
    }
    reductionOf.put(instr, reductions.size());
    reductions.add(new Nest.Reduction(inputs, inits, combiner));
  }

  private boolean isRead(Value v) {
    return group.roots().contains(v)
        || group.nodes().stream().anyMatch(i -> i.op().operands().contains(v));
  }

  private int converted(int node, DType from, DType to) {
    return from == to ? node : nodes.add(new Node.Convert(from, to, List.of(node)));
  }

  private List<Affine> indices(Affine linear, Shape shape) {
    List<Affine> at = domain.indices(linear, shape);
    if (at == null) {
      throw NestBuilder.unfusable(group);
    }
    return at;
  }

  private int param(Binding binding, Nest.Role role, DType dtype) {
    return params.computeIfAbsent(
        binding,
        b -> {
          paramTypes.add(new Nest.Param(role, dtype));
          return paramTypes.size() - 1;
        });
  }

  private int node(Value v, List<Affine> at) {
    Place place = new Place(v, at);
    Integer known = done.get(place);
    if (known == null) {
      known = lower(v, at);
      done.put(place, known);
    }
    return known;
  }

  private int lower(Value v, List<Affine> at) {
    Instr def = scope.defs().get(v);
    if (own.contains(v)) {
      return compute(def, v, at);
    }
    if (def != null
        && def.op() instanceof ElementwiseOp.Constant c
        && (v.shape().isScalar() || Simplify.isSplat(c.literal()))) {
      return nodes.add(new Node.Const(Simplify.first(c.literal())));
    }
    if (v.shape().isScalar()) {
      return nodes.add(
          new Node.Scalar(param(new Binding.Scalar(v), Nest.Role.SCALAR, v.dtype()), v.dtype()));
    }
    Value source = v;
    while (scope.defs().get(source) != null
        && scope.defs().get(source).op() instanceof ShapeOp.Reshape r
        && !own.contains(source)
        && !scope.stored().contains(source)) {
      source = r.operand();
    }
    if (isInMemory(source)) {
      return load(
          new Binding.Array(source), v.dtype(), IndexMap.linear(at, v.shape(), domain.vars()));
    }
    return compute(def, v, at);
  }

  /** Whether an array is in memory before the nest runs. */
  private boolean isInMemory(Value v) {
    Instr def = scope.defs().get(v);
    if (own.contains(v) || v.shape().isScalar()) {
      return false;
    }
    return def == null
        || scope.stored().contains(v)
        || def.op() instanceof ElementwiseOp.Constant c && !Simplify.isSplat(c.literal());
  }

  private int load(Binding binding, DType dtype, Affine at) {
    return nodes.add(new Node.Load(param(binding, Nest.Role.IN, dtype), dtype, at));
  }

  private int compute(Instr def, Value v, List<Affine> at) {
    Op op = def.op();
    if (Ops.isElementwise(op)) {
      List<Integer> args = new ArrayList<>();
      for (Value o : op.operands()) {
        args.add(node(o, o.shape().isScalar() ? List.of() : at));
      }
      return nodes.elementwise(op, args);
    }
    if (Ops.isView(op)) {
      IndexMap.Result r = Views.through(op, at, domain.extents());
      r.split()
          .ifPresent(
              s -> {
                throw new NestBuilder.Resplit(s);
              });
      if (r.indices().isEmpty()) {
        Set<Value> operand = Set.of(Views.operand(op));
        throw new Unfusable(new Grouper.Limits(operand, Set.of(), Set.of()));
      }
      return node(Views.operand(op), r.indices().get());
    }
    return switch (op) {
      case ElementwiseOp.Iota o -> nodes.add(new Node.Index(v.dtype(), at.get(o.dim())));
      case ElementwiseOp.Constant _,
          ElementwiseOp.BitcastConvert _,
          ControlOp.OptimizationBarrier _ ->
          load(new Binding.Array(v), v.dtype(), IndexMap.linear(at, v.shape(), domain.vars()));
      case IndexOp.DynamicSlice o ->
          load(
              new Binding.Window(o),
              v.dtype(),
              IndexMap.linear(at, o.operand().shape(), domain.vars()));
      case IndexOp.Gather o -> gather(o, at);
      case ReductionOp.Reduce _ -> reduced(def, v, at);
      default -> throw new IllegalStateException(op.mnemonic() + " inside a nest");
    };
  }

  private int reduced(Instr def, Value v, List<Affine> at) {
    if (!IndexMap.linear(at, v.shape(), domain.vars()).equals(domain.rows())) {
      throw NestBuilder.unfusable(group);
    }
    int k = def.results().indexOf(v);
    return nodes.add(new Node.Reduction(reductionOf.get(def), k, v.dtype()));
  }

  /** Operand index = clamped start index + offset in the window, as the specification says. */
  private int gather(IndexOp.Gather o, List<Affine> at) {
    IndexOp.GatherDims d = o.dims();
    Shape operand = o.operand().shape();
    long[] strides = operand.strides();
    Axes batchDims = d.offsetDims().complement(at.size());
    List<Affine> batch = new ArrayList<>();
    batchDims.stream().forEach(i -> batch.add(at.get(i)));
    Affine offset = Affine.constant(domain.vars(), 0);
    Axes windowDims =
        d.collapsedSliceDims().plus(d.operandBatchingDims()).complement(operand.rank());
    for (int i = 0; i < windowDims.size(); i++) {
      offset = offset.plus(at.get(d.offsetDims().get(i)).times(strides[windowDims.get(i)]));
    }
    for (int i = 0; i < d.operandBatchingDims().size(); i++) {
      int indexDim = d.startIndicesBatchingDims().get(i);
      int position = indexDim < d.indexVectorDim() ? indexDim : indexDim - 1;
      offset = offset.plus(batch.get(position).times(strides[d.operandBatchingDims().get(i)]));
    }
    List<Node.Step> steps = new ArrayList<>();
    DType type = o.indices().dtype();
    for (int i = 0; i < d.startIndexMap().size(); i++) {
      int dim = d.startIndexMap().get(i);
      long max = operand.dim(dim) - o.sliceSizes().get(dim);
      if (max > 0) {
        List<Affine> index = new ArrayList<>(batch);
        if (d.indexVectorDim() < o.indices().shape().rank()) {
          index.add(d.indexVectorDim(), Affine.constant(domain.vars(), i));
        }
        int node = node(o.indices(), index);
        steps.add(new Node.Step(node, type, strides[dim], max));
      }
    }
    int param = param(new Binding.Array(o.operand()), Nest.Role.IN, o.operand().dtype());
    return steps.isEmpty()
        ? nodes.add(new Node.Load(param, o.operand().dtype(), offset))
        : nodes.add(new Node.Fetch(param, o.operand().dtype(), offset, steps));
  }
}
