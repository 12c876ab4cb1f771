package dev.jacobi.cpu.lanes;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one step of a loop stores where the next one loads stays in a register: a chain of such
 * steps need not wait for memory.
 */
final class Forwarding {
  private final Writer outer;
  private final ControlOp.While loop;
  private final Map<Value, Instr> defs = new IdentityHashMap<>();
  private final Map<Op, Value> known = new HashMap<>();
  private final Map<Value, Value> next = new IdentityHashMap<>();
  private final Map<Value, Value> first = new IdentityHashMap<>();

  private Forwarding(Writer outer, ControlOp.While loop) {
    this.outer = outer;
    this.loop = loop;
    for (Instr i : loop.body().instrs()) {
      i.results().forEach(v -> defs.put(v, i));
      if (i.op().regions().isEmpty() && !i.results().isEmpty()) {
        known.put(i.op(), i.results().getFirst());
      }
    }
    for (int k = 0; k < loop.inits().size(); k++) {
      next.put(loop.body().params().get(k), loop.body().results().get(k));
      first.put(loop.body().params().get(k), loop.inits().get(k));
    }
  }

  /** A loop of a lane with what steps hand on through memory as further state, at the end. */
  static ControlOp.While run(Writer outer, ControlOp.While loop) {
    ControlOp.While now = loop;
    for (int k = 0; k < loop.inits().size(); k++) {
      if (!loop.inits().get(k).shape().isScalar()) {
        now = new Forwarding(outer, now).array(k);
      }
    }
    return now;
  }

  private ControlOp.While array(int k) {
    Value array = loop.body().params().get(k);
    Value last = loop.body().results().get(k);
    List<Instr> loads = new ArrayList<>();
    for (Instr i : loop.body().instrs()) {
      boolean reads = i.op().operands().contains(array) || i.op().captures().contains(array);
      if (reads && i.op() instanceof IndexOp.DynamicSlice) {
        loads.add(i);
      } else if (reads && i.results().getFirst() != last) {
        return loop;
      }
    }
    if (!(defs.get(last).op() instanceof IndexOp.DynamicUpdateSlice store)
        || store.operand() != array) {
      return loop;
    }
    return loads.stream()
        .filter(i -> follows(((IndexOp.DynamicSlice) i.op()).starts(), store.starts()))
        .findFirst()
        .flatMap(i -> forwarded(k, i, store))
        .orElse(loop);
  }

  /** Whether the next step loads where this one stores. */
  private boolean follows(List<Value> load, List<Value> store) {
    for (int d = 0; d < load.size(); d++) {
      if (later(load.get(d)) != store.get(d)) {
        return false;
      }
    }
    return true;
  }

  /** What a value is in the next step, if this one knows it; else null. */
  private Value later(Value v) {
    if (next.containsKey(v)) {
      return next.get(v);
    }
    Instr def = defs.get(v);
    if (def == null) {
      return v;
    }
    if (!(def.op() instanceof ElementwiseOp)) {
      return null;
    }
    Map<Value, Value> operands = new IdentityHashMap<>();
    for (Value x : def.op().operands()) {
      Value later = later(x);
      if (later == null) {
        return null;
      }
      operands.put(x, later);
    }
    return known.get(def.op().mapOperands(operands::get));
  }

  /** What a value is in the first step, computed before the loop. */
  private Value before(Value v) {
    Value there = first.get(v);
    if (there == null) {
      there = defs.containsKey(v) ? outer.add(defs.get(v).op().mapOperands(this::before)) : v;
      first.put(v, there);
    }
    return there;
  }

  private Optional<ControlOp.While> forwarded(int k, Instr load, IndexOp.DynamicUpdateSlice store) {
    Optional<Instr> element =
        loop.body().instrs().stream()
            .filter(i -> i.op() instanceof ShapeOp.Reshape r && r.operand() == load.result())
            .findFirst();
    Instr update = defs.get(store.update());
    if (element.isEmpty() || update == null) {
      return Optional.empty();
    }
    List<Value> starts =
        ((IndexOp.DynamicSlice) load.op()).starts().stream().map(this::before).toList();
    List<Value> inits = new ArrayList<>(loop.inits());
    inits.add(outer.load(loop.inits().get(k), starts));
    Value loaded = element.get().result();
    Set<Instr> gone = new HashSet<>(List.of(load, element.get()));
    List<Instr> instrs = loop.body().instrs().stream().filter(i -> !gone.contains(i)).toList();
    Value stored = ((ShapeOp.Reshape) update.op()).operand();
    Block body =
        new Block(with(loop.body().params(), loaded), instrs, with(loop.body().results(), stored));
    Block cond = loop.cond();
    Block tested =
        new Block(with(cond.params(), new Value(loaded.type())), cond.instrs(), cond.results());
    return Optional.of(new ControlOp.While(inits, tested, body));
  }

  private static List<Value> with(List<Value> list, Value more) {
    List<Value> all = new ArrayList<>(list);
    all.add(more);
    return all;
  }
}
