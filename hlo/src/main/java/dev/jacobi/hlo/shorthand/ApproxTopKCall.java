package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.AttrText;
import dev.jacobi.hlo.text.HloSyntaxException;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The custom call of {@code jax.lax.approx_max_k}: n arrays, n values that fill up and are of no
 * use here, and a comparator. Whatever recall is asked for, the best are found: arrays are sorted,
 * as XLA does where it has no better way, and as many kept as the results hold.
 */
final class ApproxTopKCall {
  private final ControlOp.CustomCall call;
  private final Loc loc;

  private ApproxTopKCall(ControlOp.CustomCall call, Loc loc) {
    this.call = call;
    this.loc = loc;
  }

  static boolean is(ControlOp.CustomCall call) {
    return call.target().equals("ApproxTopK");
  }

  static List<Value> expand(ControlOp.CustomCall call, HloModule module, HloBuilder out, Loc loc) {
    try {
      return new ApproxTopKCall(call, loc).expand(module, out);
    } catch (HloSyntaxException e) {
      throw Shorthand.unsupported(call, "@ApproxTopK: " + e.getMessage(), loc);
    }
  }

  private List<Value> expand(HloModule module, HloBuilder out) {
    int n = call.operands().size() / 2;
    require(n > 0 && call.operands().size() == 2 * n, "takes arrays, and a value for each");
    List<Value> inputs = call.operands().subList(0, n);
    int dim = dimension(inputs.getFirst().shape().rank());
    requireTypes(inputs, dim);
    Block comparator = comparator(module, inputs);
    List<Value> sorted = out.addAll(new OrderOp.Sort(inputs, dim, true, comparator));
    List<Value> best = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Shape shape = call.types().get(i).shape();
      int rank = shape.rank();
      Longs start = Longs.fill(rank, 0);
      Longs limit = Longs.of(shape.toArray());
      best.add(out.add(new ShapeOp.Slice(sorted.get(i), start, limit, Longs.fill(rank, 1))));
    }
    return best;
  }

  private int dimension(int rank) {
    Map<String, String> config = AttrText.dictionary(attribute("mhlo.backend_config"));
    String text = config.getOrDefault("reduction_dim", "").replaceFirst(" *:.*", "");
    require(text.matches("\\d{1,9}"), "has no reduction_dim: " + config);
    int dim = Integer.parseInt(text);
    require(dim < rank, "reduces dimension " + dim + " of " + rank);
    return dim;
  }

  private void requireTypes(List<Value> inputs, int dim) {
    Shape shape = inputs.getFirst().shape();
    require(call.types().size() == inputs.size(), "gives as many results as it takes arrays");
    long kept = call.types().getFirst().rank() > dim ? call.types().getFirst().dim(dim) : -1;
    require(kept >= 0 && kept <= shape.dim(dim), "keeps some of " + shape.dim(dim) + " elements");
    for (int i = 0; i < inputs.size(); i++) {
      TensorType in = inputs.get(i).type();
      TensorType result = call.types().get(i);
      boolean fits = in.shape().equals(shape) && result.equals(in.withShape(shape.with(dim, kept)));
      require(fits, "gives " + result + " of " + in);
    }
  }

  /** The named function as a region: its parameters come in pairs, as a sort's do. */
  private Block comparator(HloModule module, List<Value> inputs) {
    List<String> called = AttrText.elements(attribute("called_computations"));
    require(called.size() == 1, "calls one function");
    String name = AttrText.symbol(called.getFirst());
    HloFunc f = module.funcs().get(name);
    List<TensorType> scalars = new ArrayList<>();
    for (Value v : inputs) {
      scalars.add(v.type().withShape(Shape.scalar()));
      scalars.add(v.type().withShape(Shape.scalar()));
    }
    TensorType truth = TensorType.of(DType.BOOL);
    require(
        f != null && f.inputs().equals(scalars) && f.outputs().equals(List.of(truth)),
        "calls @" + name + ", which is no function of " + scalars + " to " + truth);
    List<Value> params = scalars.stream().map(Value::new).toList();
    HloBuilder body = new HloBuilder();
    require(
        f.body().instrs().stream().noneMatch(i -> i.op() instanceof ControlOp),
        "calls @" + name + ", which does more than compare");
    Value comes = body.at(loc).addAll(new ControlOp.Call(name, params, List.of(truth))).getFirst();
    return new Block(params, body.build().instrs(), List.of(comes));
  }

  private String attribute(String name) {
    String text = call.attrs().get(name);
    require(text != null, "has no " + name);
    return text;
  }

  private void require(boolean holds, String why) {
    if (!holds) {
      throw new UnsupportedOpException(call.mnemonic() + " @ApproxTopK " + why, loc.toString());
    }
  }
}
