package dev.jacobi.cpu.loop;

import dev.jacobi.cpu.fuse.Affine;
import dev.jacobi.cpu.fuse.Group;
import dev.jacobi.cpu.loop.Launch.Binding;
import dev.jacobi.cpu.loop.Nest.Loops;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Long rows reduced in two stages: each chunk to a partial result, then the partial results. */
final class Chunked {
  private Chunked() {}

  static List<Launch> launches(
      Group group,
      Nest nest,
      List<Binding> bindings,
      Map<Instr, Integer> reductionOf,
      Loops.Rows loops) {
    long rows = loops.rows();
    int vars = loops.extents().length;
    List<Nest.Param> params = new ArrayList<>(nest.params());
    List<Binding> first = new ArrayList<>(bindings);
    List<Node> nodes = new ArrayList<>(nest.nodes());
    List<Nest.Store> stores = new ArrayList<>(nest.stores());
    List<Nest.Reduction> reductions = new ArrayList<>();
    long[] c = new long[vars];
    long stride = 1;
    for (int k = vars - 2; k >= 0; k--) {
      c[k] = stride;
      stride *= loops.outer().get(k);
    }
    List<Launch> all = new ArrayList<>();
    int temps = 0;
    for (Instr i : group.nodes()) {
      if (!(i.op() instanceof ReductionOp.Reduce o)) {
        continue;
      }
      int r = reductionOf.get(i);
      Nest.Reduction whole = nest.reductions().get(r);
      reductions.add(new Nest.Reduction(whole.inputs(), List.of(), whole.combiner()));
      List<Binding> partial = new ArrayList<>();
      for (int k = 0; k < whole.inputs().size(); k++) {
        DType type = whole.combiner().types().get(k);
        Binding temp = new Binding.Temp(temps++, type, rows);
        partial.add(temp);
        first.add(temp);
        params.add(Scheduler.out(type));
        nodes.add(new Node.Reduction(r, k, type));
        stores.add(new Nest.Store(params.size() - 1, Affine.of(0, c), nodes.size() - 1, true));
      }
      all.add(second(i, o, whole.combiner(), partial, loops));
    }
    all.addFirst(new Launch(new Nest(params, loops, nodes, reductions, stores), first));
    return all;
  }

  private static Launch second(
      Instr instr,
      ReductionOp.Reduce o,
      Combiner combiner,
      List<Binding> partial,
      Loops.Rows loops) {
    long chunks = loops.outer().getLast();
    long rows = loops.rows() / chunks;
    NodeList nodes = new NodeList();
    List<Nest.Param> params = new ArrayList<>();
    List<Binding> bindings = new ArrayList<>();
    List<Integer> inputs = new ArrayList<>();
    List<Integer> inits = new ArrayList<>();
    for (int k = 0; k < partial.size(); k++) {
      DType type = combiner.types().get(k);
      params.add(new Nest.Param(Nest.Role.IN, type));
      bindings.add(partial.get(k));
      inputs.add(nodes.add(new Node.Load(params.size() - 1, type, Affine.of(0, chunks, 1))));
    }
    for (int k = 0; k < partial.size(); k++) {
      Value init = o.inits().get(k);
      params.add(new Nest.Param(Nest.Role.SCALAR, init.dtype()));
      bindings.add(new Binding.Scalar(init));
      int node = nodes.add(new Node.Scalar(params.size() - 1, init.dtype()));
      DType type = combiner.types().get(k);
      inits.add(
          init.dtype() == type
              ? node
              : nodes.add(new Node.Convert(init.dtype(), type, List.of(node))));
    }
    List<Nest.Store> stores = new ArrayList<>();
    for (int k = 0; k < partial.size(); k++) {
      Value result = instr.results().get(k);
      params.add(Scheduler.out(result.dtype()));
      bindings.add(new Binding.Result(result));
      int node = nodes.add(new Node.Reduction(0, k, result.dtype()));
      stores.add(new Nest.Store(params.size() - 1, Affine.of(0, 1, 0), node, true));
    }
    Nest nest =
        new Nest(
            params,
            new Loops.Rows(List.of(rows), chunks, 0),
            nodes.toList(),
            List.of(new Nest.Reduction(inputs, inits, combiner)),
            stores);
    return new Launch(nest, bindings);
  }
}
