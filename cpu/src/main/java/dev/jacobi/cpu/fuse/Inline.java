package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.host.HostCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Composites become calls of their decompositions; calls of small functions, and of functions
 * called once, become their bodies. Functions that nobody calls any more are dropped.
 */
public final class Inline {
  /** A function of no more instructions is copied to every caller. */
  private static final int SMALL = 64;

  private final HloModule module;
  private final Map<String, Integer> calls = new HashMap<>();
  private final Map<String, Block> done = new HashMap<>();

  private Inline(HloModule module) {
    this.module = module;
    module.funcs().values().forEach(f -> count(f.body()));
  }

  public static HloModule run(HloModule module) {
    HloModule calls = Rewriter.rewrite(module, () -> Inline::compositeToCall);
    Inline in = new Inline(calls);
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    HloFunc main = calls.main();
    Block body = in.inlined(main.name());
    funcs.put(
        main.name(),
        new HloFunc(main.name(), main.isPublic(), body, main.argAttrs(), main.resultAttrs()));
    in.keep(body, funcs);
    return new HloModule(module.name(), funcs, module.attrs());
  }

  private static Optional<List<Value>> compositeToCall(Instr instr, HloBuilder out) {
    if (!(instr.op() instanceof ControlOp.Composite c)) {
      return Optional.empty();
    }
    if (HostCheck.is(c)) {
      Op check = new ControlOp.CustomCall(c.name(), c.operands(), List.of(), true, c.attrs());
      out.append(new Instr(check, List.of(), instr.loc()));
      return Optional.of(List.of());
    }
    Op call = new ControlOp.Call(c.decomposition(), c.operands(), c.types());
    out.append(new Instr(call, instr.results(), instr.loc()));
    return Optional.of(instr.results());
  }

  private void count(Block block) {
    for (Instr i : block.instrs()) {
      if (i.op() instanceof ControlOp.Call c) {
        calls.merge(c.callee(), 1, Integer::sum);
      }
      i.op().regions().forEach(this::count);
    }
  }

  private void keep(Block block, Map<String, HloFunc> funcs) {
    for (Instr i : block.instrs()) {
      i.op().regions().forEach(b -> keep(b, funcs));
      if (i.op() instanceof ControlOp.Call c && !funcs.containsKey(c.callee())) {
        Block body = inlined(c.callee());
        funcs.put(c.callee(), new HloFunc(c.callee(), false, body));
        keep(body, funcs);
      }
    }
  }

  private Block inlined(String name) {
    Block known = done.get(name);
    if (known == null) {
      known = expand(module.func(name).body(), new IdentityHashMap<>(), false);
      done.put(name, known);
    }
    return known;
  }

  /** A copy of a block with calls expanded; {@code fresh} makes new values, for a second copy. */
  private Block expand(Block block, Map<Value, Value> to, boolean fresh) {
    List<Value> params = new ArrayList<>();
    for (Value p : block.params()) {
      if (fresh) {
        to.put(p, new Value(p.type()));
      }
      params.add(to.getOrDefault(p, p));
    }
    List<Instr> out = new ArrayList<>();
    List<Value> results = body(block, to, fresh, out);
    return new Block(params, out, results);
  }

  private List<Value> body(Block block, Map<Value, Value> to, boolean fresh, List<Instr> out) {
    for (Instr i : block.instrs()) {
      Op op = i.op().mapOperands(v -> to.getOrDefault(v, v));
      if (!op.regions().isEmpty()) {
        op = op.withRegions(op.regions().stream().map(b -> expand(b, to, fresh)).toList());
      }
      if (op instanceof ControlOp.Call c && isInlined(c)) {
        Block callee = inlined(c.callee());
        Map<Value, Value> inner = new IdentityHashMap<>();
        for (int k = 0; k < callee.params().size(); k++) {
          inner.put(callee.params().get(k), c.operands().get(k));
        }
        List<Value> values = body(callee, inner, true, out);
        for (int k = 0; k < values.size(); k++) {
          to.put(i.results().get(k), values.get(k));
        }
      } else {
        List<Value> results = i.results();
        if (fresh) {
          results = results.stream().map(v -> new Value(v.type())).toList();
          for (int k = 0; k < results.size(); k++) {
            to.put(i.results().get(k), results.get(k));
          }
        }
        out.add(new Instr(op, results, i.loc()));
      }
    }
    return block.results().stream().map(v -> to.getOrDefault(v, v)).toList();
  }

  private boolean isInlined(ControlOp.Call c) {
    return calls.get(c.callee()) == 1 || size(inlined(c.callee())) <= SMALL;
  }

  private static int size(Block block) {
    return block.instrs().stream()
        .mapToInt(i -> 1 + i.op().regions().stream().mapToInt(Inline::size).sum())
        .sum();
  }
}
