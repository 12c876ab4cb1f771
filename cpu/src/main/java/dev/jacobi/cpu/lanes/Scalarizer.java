package dev.jacobi.cpu.lanes;

import dev.jacobi.cpu.fuse.Simplify;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes what one lane does, operation by operation: an array becomes as many scalars as the lane
 * has elements of it; one that is read or written at run-time indices stays an array.
 */
final class Scalarizer {
  private final LaneDims dims;
  private final List<Integer> lanes;
  private final Set<Value> inMemory;
  private final Map<Value, List<Value>> scalars = new IdentityHashMap<>();
  private final Map<Value, Value> arrays = new IdentityHashMap<>();
  private final Function<Value, Optional<Literal>> constants;
  private final Map<Value, Value> states = new IdentityHashMap<>(); // by what they began as
  private final Set<Value> outdated = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Value> frozen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Value> holds = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Moves moves = new Moves(this);
  private final Indexed indexed = new Indexed(this);
  private final Sums sums = new Sums(this);
  private final Writer before = new Writer();
  private final List<Value> coords = new ArrayList<>();
  private Writer b = before;

  /**
   * Prepares to write.
   *
   * @param inMemory values that stay arrays
   * @param constants what is known of values from outside of the loop
   */
  Scalarizer(
      LaneDims dims,
      List<Integer> lanes,
      Set<Value> inMemory,
      Function<Value, Optional<Literal>> constants) {
    this.dims = dims;
    this.lanes = lanes;
    this.inMemory = inMemory;
    this.constants = constants;
  }

  LaneProgram run(Instr instr, ControlOp.While o) {
    List<Long> sizes = new ArrayList<>();
    for (int root : lanes) {
      sizes.add(dims.size(root));
      coords.add(b.param(TensorType.scalar(DType.I64)));
    }
    List<Optional<Value>> outs = new ArrayList<>();
    List<Boolean> updated = new ArrayList<>();
    for (int k = 0; k < o.inits().size(); k++) {
      Value result = instr.results().get(k);
      boolean isArray = !result.shape().isScalar() && Lanes.changes(o, k);
      outs.add(isArray ? Optional.of(b.param(result.type())) : Optional.empty());
      updated.add(isArray && inMemory.contains(o.body().params().get(k)));
    }
    loop(instr, o, outs);
    List<Value> results = new ArrayList<>();
    for (int k : Lanes.changing(o)) {
      Value result = instr.results().get(k);
      if (updated.get(k)) {
        results.add(arrays.get(result));
      } else if (outs.get(k).isPresent()) {
        results.add(stored(outs.get(k).get(), result));
      } else {
        results.add(scalars.get(result).getFirst());
      }
    }
    return new LaneProgram(sizes, coords, outs, updated, sums.trees(), b.build(results));
  }

  Spread spread(Value v) {
    int[] lane = new int[v.shape().rank()];
    for (int d = 0; d < lane.length; d++) {
      lane[d] = lanes.indexOf(dims.of(v, d));
    }
    return new Spread(v.shape(), lane);
  }

  private Value stored(Value out, Value result) {
    Spread spread = spread(result);
    Value array = out;
    List<Value> elements = scalars.get(result);
    for (int i = 0; i < elements.size(); i++) {
      array = b.store(array, elements.get(i), place(spread, spread.index(i)));
    }
    return array;
  }

  /** Where a lane finds the element of an index. */
  private List<Value> place(Spread spread, long[] index) {
    List<Value> starts = new ArrayList<>();
    for (int d = 0; d < index.length; d++) {
      int lane = spread.lane()[d];
      starts.add(lane >= 0 ? coords.get(lane) : b.index(index[d]));
    }
    return starts;
  }

  // --- values ---

  /** A lane's elements of a value. */
  List<Value> elements(Value v) {
    List<Value> known = scalars.get(v);
    if (known != null) {
      return known;
    }
    Value array = array(v);
    if (states.containsKey(array)) {
      return loaded(v, array);
    }
    Writer inside = b;
    b = before; // What the loop finds is read once.
    Optional<Literal> literal = array == v ? constants.apply(v) : Optional.empty();
    if (literal.isPresent()) {
      constant(literal.get(), v);
    } else {
      scalars.put(v, v.shape().isScalar() ? List.of(v) : loaded(v, array));
    }
    b = inside;
    return elements(v);
  }

  /** An array whose elements change; a later state of another one, which is given or is itself. */
  private Value state(Value array, Value... before) {
    Value of = before.length == 0 ? array : before[0];
    states.put(array, states.getOrDefault(of, of));
    return array;
  }

  private List<Value> loaded(Value v, Value array) {
    Spread spread = spread(v);
    List<Value> all = new ArrayList<>();
    int count = spread.count();
    for (int i = 0; i < count; i++) {
      all.add(b.load(array, place(spread, spread.index(i))));
    }
    return all;
  }

  /** The array that a value is in memory, which must not have been written over. */
  private Value array(Value v) {
    Value array = arrays.getOrDefault(v, v);
    if (outdated.contains(array)) {
      throw new Unfit("an array that was written over is read");
    }
    return array;
  }

  // --- operations ---

  private void visit(Block block) {
    block.instrs().stream().filter(i -> !dims.isGathered(i)).forEach(this::visit);
  }

  private void visit(Instr instr) {
    switch (instr.op()) {
      case ElementwiseOp.Constant o -> constant(o.literal(), instr.result());
      case ElementwiseOp.Iota o -> iota(o, instr.result());
      case ElementwiseOp.Pointwise o when o.fn() == Fn.SELECT -> select(o, instr.result());
      case ElementwiseOp o -> elementwise(o, instr.result());
      case ShapeOp o -> scalars.put(instr.result(), moves.of(o, instr.result()));
      case IndexOp.DynamicSlice o -> scalars.put(instr.result(), indexed.slice(o, instr.result()));
      case IndexOp.Gather o -> scalars.put(instr.result(), indexed.gather(o, instr.result()));
      case IndexOp.DynamicUpdateSlice o -> arrays.put(instr.result(), indexed.update(o));
      case IndexOp.Scatter o when o.inputs().size() == 1 ->
          arrays.put(instr.result(), indexed.scatter(o));
      case ReductionOp.Reduce o when o.inputs().size() == 1 ->
          scalars.put(instr.result(), sums.reduce(o, instr.result()));
      case ReductionOp.DotGeneral o -> scalars.put(instr.result(), sums.dot(o, instr.result()));
      case ControlOp.CustomCall o when LaneDims.isCheck(o) -> check(o);
      case ControlOp.While o -> loop(instr, o, List.of());
      case ControlOp.If o -> branches(instr, List.of(o.onTrue(), o.onFalse()));
      case ControlOp.Case o -> branches(instr, o.branches());
      default -> throw new Unfit(instr.op().mnemonic());
    }
  }

  private void constant(Literal literal, Value result) {
    Spread spread = spread(result);
    boolean same = literal.shape().size() > 0 && Simplify.isSplat(literal);
    if (!same && !spread.isUniform()) {
      arrays.put(result, before.constant(literal));
      return;
    }
    List<Value> all = new ArrayList<>();
    int count = spread.count();
    for (int i = 0; i < count; i++) {
      all.add(b.constant(literal, same ? 0 : i));
    }
    scalars.put(result, all);
  }

  private void iota(ElementwiseOp.Iota o, Value result) {
    Spread spread = spread(result);
    DType dtype = result.dtype();
    List<Value> all = new ArrayList<>();
    int count = spread.count();
    for (int i = 0; i < count; i++) {
      int lane = spread.lane()[o.dim()];
      Value at = lane >= 0 ? coords.get(lane) : b.index(spread.index(i)[o.dim()]);
      all.add(dtype == DType.I64 ? at : b.add(new ElementwiseOp.Convert(at, dtype)));
    }
    scalars.put(result, all);
  }

  private void elementwise(ElementwiseOp o, Value result) {
    int count = spread(result).count();
    Map<Value, List<Value>> operands = new IdentityHashMap<>();
    o.operands().forEach(v -> operands.put(v, elements(v)));
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = i;
      Op one = o instanceof ElementwiseOp.BitcastConvert c ? scalar(c) : o;
      all.add(b.add(one.mapOperands(v -> operands.get(v).get(v.shape().isScalar() ? 0 : at))));
    }
    scalars.put(result, all);
  }

  private static Op scalar(ElementwiseOp.BitcastConvert o) {
    return new ElementwiseOp.BitcastConvert(o.operand(), TensorType.scalar(o.type().dtype()));
  }

  /** Inside of a loop that ends lane by lane its condition holds. */
  private void select(ElementwiseOp.Pointwise o, Value result) {
    Value condition = o.operands().getFirst();
    if (!elements(condition).stream().allMatch(holds::contains)) {
      elementwise(o, result);
      return;
    }
    Value taken = o.operands().get(1);
    if (inMemory.contains(result) && arrays.containsKey(taken)) {
      arrays.put(result, array(taken));
    } else {
      scalars.put(result, elements(taken));
    }
    frozen.add(result);
  }

  /** A lane's element of a value at an index, which does not count along the lanes. */
  Value element(Value v, long[] index) {
    return elements(v).get(spread(v).position(index));
  }

  // --- what operations on memory need ---

  Writer writer() {
    return b;
  }

  Value coord(int k) {
    return coords.get(k);
  }

  boolean isLane(Value v, int d) {
    return lanes.contains(dims.of(v, d));
  }

  /** An array that is read at run-time indices. */
  Value indexed(Value v) {
    if (scalars.containsKey(v)) {
      throw new Unfit("registers are indexed");
    }
    return array(v);
  }

  /** An array that may be written. */
  Value written(Value v) {
    Value array = array(v);
    if (!states.containsKey(array)) {
      throw new Unfit("an array is updated that is no state of the loop");
    }
    return array;
  }

  /** Writes an element of a state, which is another one afterwards. */
  Value store(Value array, Value element, List<Value> places) {
    outdated.add(array);
    return state(b.store(array, element, places), array);
  }

  /** The result of a function of scalars. */
  Value applied(Block body, List<Value> args) {
    for (int k = 0; k < args.size(); k++) {
      scalars.put(body.params().get(k), List.of(args.get(k)));
    }
    visit(body);
    return elements(body.results().getFirst()).getFirst();
  }

  // --- control flow ---

  /**
   * Writes a loop.
   *
   * @param outs arrays in which the results of the outermost loop are; none for an inner one
   */
  private void loop(Instr instr, ControlOp.While o, List<Optional<Value>> outs) {
    List<Value> inits = new ArrayList<>();
    Writer cond = b.inner();
    Writer body = b.inner();
    for (int k = 0; k < o.inits().size(); k++) {
      Value init = o.inits().get(k);
      Value param = o.body().params().get(k);
      Value seen = o.cond().params().get(k);
      if (!Lanes.changes(o, k)) {
        same(init, param);
        same(init, seen);
      } else if (inMemory.contains(param)) {
        Value array = outs.isEmpty() ? array(init) : state(outs.get(k).orElseThrow());
        if (!states.containsKey(array)) {
          throw new Unfit("an inner loop has an array in memory of its own");
        }
        outdated.add(array);
        inits.add(array);
        arrays.put(seen, state(cond.param(init.type())));
        arrays.put(param, state(body.param(init.type())));
      } else {
        List<Value> elements = elements(init);
        inits.addAll(elements);
        scalars.put(seen, elements.stream().map(e -> cond.param(e.type())).toList());
        scalars.put(param, elements.stream().map(e -> body.param(e.type())).toList());
      }
    }
    Optional<Value> any = dims.any(o.cond());
    Writer outer = b;
    b = cond;
    visit(o.cond());
    any.ifPresent(this::requireLanes);
    Value ends = any.orElse(o.cond().results().getFirst());
    List<Value> test = elements(ends);
    if (test.size() != 1) {
      throw new Unfit("the loop's end depends on several elements of a lane");
    }
    Block tested = cond.build(test);
    b = body;
    Optional<Value> known = any.map(_ -> again(o, cond, test.getFirst()));
    known.ifPresent(holds::add);
    visit(o.body());
    Block stepped = body.build(next(o, known.isPresent()));
    known.ifPresent(holds::remove);
    b = outer;
    List<Value> last = b.addAll(Forwarding.run(b, new ControlOp.While(inits, tested, stepped)));
    results(instr, o, last);
  }

  /** A lane asks for its own elements; what is shown is computed again if it fails. */
  private void check(ControlOp.CustomCall o) {
    for (Value v : elements(dims.asked(o.operands().getFirst()))) {
      b.addAll(
          new ControlOp.CustomCall(
              o.target(), List.of(v), o.types(), o.hasSideEffect(), o.attrs()));
    }
  }

  /** The elements by which a loop goes on while any says so are one for each lane. */
  private void requireLanes(Value condition) {
    if (!spread(condition).covers(lanes.size())) {
      throw new Unfit("the loop's end depends on more than a lane");
    }
  }

  /** A value by another name. */
  private void same(Value v, Value name) {
    if (scalars.containsKey(v)) {
      scalars.put(name, scalars.get(v));
    } else if (v.shape().isScalar()) {
      scalars.put(name, List.of(v));
    } else {
      arrays.put(name, arrays.getOrDefault(v, v));
    }
  }

  /** Computes the condition once more in the body, where it holds, so that it is recognised. */
  private Value again(ControlOp.While o, Writer cond, Value test) {
    Map<Value, Value> names = new HashMap<>();
    for (int k : Lanes.changing(o)) {
      Value seen = o.cond().params().get(k);
      Value param = o.body().params().get(k);
      if (scalars.containsKey(seen)) {
        for (int i = 0; i < scalars.get(seen).size(); i++) {
          names.put(scalars.get(seen).get(i), scalars.get(param).get(i));
        }
      } else {
        names.put(arrays.get(seen), arrays.get(param));
      }
    }
    for (Instr i : cond.instrs()) {
      if (!i.op().regions().isEmpty()) {
        throw new Unfit("a loop in the condition of a loop");
      }
      List<Value> copies = b.addAll(i.op().mapOperands(v -> names.getOrDefault(v, v)));
      for (int r = 0; r < copies.size(); r++) {
        names.put(i.results().get(r), copies.get(r));
      }
    }
    return names.getOrDefault(test, test);
  }

  private List<Value> next(ControlOp.While o, boolean byLane) {
    List<Value> next = new ArrayList<>();
    for (int k : Lanes.changing(o)) {
      Value result = o.body().results().get(k);
      Value param = o.body().params().get(k);
      if (byLane && !isFrozen(o, result, param)) {
        throw new Unfit("a lane goes on after its end");
      }
      if (arrays.containsKey(param)) {
        if (states.get(arrays.get(result)) != arrays.get(param)) {
          throw new Unfit("an array that is replaced as a whole");
        }
        next.add(array(result));
      } else {
        next.addAll(elements(result));
      }
    }
    return next;
  }

  /** Whether a lane keeps this value once its condition has failed. */
  private boolean isFrozen(ControlOp.While o, Value result, Value param) {
    return frozen.contains(result)
        && o.body().instrs().stream()
            .filter(i -> i.results().contains(result))
            .anyMatch(
                i ->
                    i.op() instanceof ElementwiseOp.Pointwise p
                        && p.fn() == Fn.SELECT
                        && p.operands().get(2) == param);
  }

  private void results(Instr instr, ControlOp.While o, List<Value> last) {
    int at = 0;
    for (int k = 0; k < o.inits().size(); k++) {
      Value result = instr.results().get(k);
      Value param = o.body().params().get(k);
      if (!Lanes.changes(o, k)) {
        same(o.inits().get(k), result);
      } else if (arrays.containsKey(param)) {
        Value init = o.inits().get(k);
        arrays.put(result, state(last.get(at++), arrays.getOrDefault(init, init)));
      } else {
        int n = scalars.get(param).size();
        scalars.put(result, List.copyOf(last.subList(at, at + n)));
        at += n;
      }
    }
  }

  private void branches(Instr instr, List<Block> branches) {
    Writer outer = b;
    List<Value> condition = elements(instr.op().operands().getFirst());
    List<Block> written = new ArrayList<>();
    for (Block branch : branches) {
      b = outer.inner();
      visit(branch);
      List<Value> results = new ArrayList<>();
      branch.results().forEach(v -> results.addAll(elements(v)));
      written.add(b.build(results));
    }
    b = outer;
    Op op =
        instr.op() instanceof ControlOp.If
            ? new ControlOp.If(condition.getFirst(), written.getFirst(), written.getLast())
            : new ControlOp.Case(condition.getFirst(), written);
    var all = b.addAll(op).iterator();
    for (Value v : instr.results()) {
      List<Value> mine = new ArrayList<>();
      int n = spread(v).count();
      for (int i = 0; i < n; i++) {
        mine.add(all.next());
      }
      scalars.put(v, mine);
    }
  }
}
