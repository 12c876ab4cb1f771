package dev.jacobi.cpu.grid;

import dev.jacobi.cpu.fuse.Rewriter;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.CollectiveOp.Groups;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.grid.Grouping;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes collectives in the forms that have code: one operand each, groups of devices by number,
 * whole blocks along a first dimension that counts the members, sums and their like of standard
 * types. All else is transposed before and after, or gathered and then combined.
 */
public final class CollectiveForms implements Rewriter.Rule {
  private final int devices;
  private final Value number; // of the device, as partition_id gives it

  private CollectiveForms(int devices, Value number) {
    this.devices = devices;
    this.number = number;
  }

  /**
   * The module with collectives in simple forms, and with operations of the family {@link
   * ShorthandOp} where a body had to be applied to whole arrays.
   */
  public static HloModule run(HloModule module, int devices) {
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    for (HloFunc f : module.funcs().values()) {
      // Which device it is, is asked once per function: loops that ask can then be lanes.
      HloBuilder head = new HloBuilder();
      Value number = head.add(new CollectiveOp.ProcessId(true));
      Block body = Rewriter.rewrite(f.body(), new CollectiveForms(devices, number));
      if (body.free().contains(number)) {
        List<Instr> instrs = new ArrayList<>(head.build().instrs());
        instrs.addAll(body.instrs());
        body = new Block(body.params(), instrs, body.results());
      }
      funcs.put(
          f.name(),
          new HloFunc(f.name(), f.isPublic(), body, f.argAttrs(), f.resultAttrs(), f.attrs()));
    }
    return new HloModule(module.name(), funcs, module.attrs());
  }

  @Override
  public Optional<List<Value>> rewrite(Instr instr, HloBuilder out) {
    if (!(instr.op() instanceof CollectiveOp op)) {
      return Optional.empty();
    }
    if (op instanceof CollectiveOp.ProcessId id) {
      return Optional.of(List.of(id.isPartition() ? number : out.constant(DType.U32, 0)));
    }
    Grouping grouping = Grouping.of(op, devices, instr.loc());
    return switch (op) {
      case CollectiveOp.AllReduce o ->
          Optional.of(
              o.operands().stream()
                  .map(v -> new Form(out, grouping, instr.loc()).reduced(v, o.body()))
                  .toList());
      case CollectiveOp.ReduceScatter o ->
          Optional.of(List.of(new Form(out, grouping, instr.loc()).scattered(o)));
      case CollectiveOp.AllGather o ->
          Optional.of(
              o.operands().stream()
                  .map(v -> new Form(out, grouping, instr.loc()).gathered(v, o.dim()))
                  .toList());
      case CollectiveOp.AllToAll o ->
          Optional.of(
              o.operands().stream()
                  .map(v -> new Form(out, grouping, instr.loc()).exchanged(v, o))
                  .toList());
      case CollectiveOp.CrossReplicaSum o -> Optional.of(List.of(o.operand())); // of one replica
      case CollectiveOp.CollectivePermute _, CollectiveOp.CollectiveBroadcast _ -> Optional.empty();
      case CollectiveOp.ProcessId _ -> throw new AssertionError("written above");
    };
  }

  /** The function f, if the body is {@code (a, b) -> f(a, b)} and there is code for groups. */
  public static Optional<Fn> standard(Block body) {
    if (body.instrs().size() != 1
        || !(body.instrs().getFirst().op() instanceof ElementwiseOp.Pointwise p)
        || !p.operands().equals(body.params())
        || !body.results().equals(body.instrs().getFirst().results())) {
      return Optional.empty();
    }
    boolean known =
        switch (p.fn()) {
          case ADD -> true;
          case MUL, MAX, MIN, AND, OR, XOR -> !body.params().getFirst().dtype().isComplex();
          default -> false;
        };
    return Optional.of(p.fn()).filter(_ -> known);
  }

  /** One collective of one operand. */
  private record Form(HloBuilder out, Grouping grouping, Loc loc) {
    private int members() {
      return grouping.of(0).size();
    }

    private boolean isAlone() {
      return grouping.groups().stream().allMatch(g -> g.size() == 1);
    }

    private Groups groups() {
      List<List<Integer>> rows = grouping.groups().stream().distinct().toList();
      int width = rows.stream().mapToInt(List::size).max().orElseThrow();
      long[] ids = new long[rows.size() * width];
      for (int i = 0; i < ids.length; i++) {
        List<Integer> row = rows.get(i / width);
        ids[i] = i % width < row.size() ? row.get(i % width) : -1;
      }
      return new Groups(
          Literal.ofLongs(Shape.of(rows.size(), width), ids), Optional.of(Longs.of(1, 0)), true);
    }

    private Value converted(Value v, DType to) {
      return v.dtype() == to ? v : out.add(new ElementwiseOp.Convert(v, to));
    }

    private Value reshaped(Value v, Shape shape) {
      return v.shape().equals(shape) ? v : out.add(new ShapeOp.Reshape(v, shape));
    }

    private Value transposed(Value v, List<Integer> permutation) {
      boolean same = IntStream.range(0, permutation.size()).allMatch(i -> permutation.get(i) == i);
      return same
          ? v
          : out.add(
              new ShapeOp.Transpose(
                  v, Axes.of(permutation.stream().mapToInt(Integer::intValue).toArray())));
    }

    /** Dimensions 0 ... rank - 1 with {@code from} moved to {@code to}. */
    private static List<Integer> moving(int rank, int from, int to) {
      List<Integer> dims = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
      dims.add(to, dims.remove(from));
      return dims;
    }

    Value reduced(Value v, Block body) {
      Value x = converted(v, body.results().getFirst().dtype());
      if (isAlone()) {
        return x;
      }
      if (standard(body).isPresent()) {
        return out.add(new CollectiveOp.AllReduce(List.of(x), groups(), body));
      }
      if (grouping.groups().stream().anyMatch(g -> g.size() != members())) {
        throw new UnsupportedOpException(
            "stablehlo.all_reduce of groups of several sizes by a body that is no sum, product,"
                + " extremum or logical function",
            loc.toString());
      }
      return folded(gathered(x), body);
    }

    /** Combines blocks along the first dimension, which counts the members. */
    private Value folded(Value blocks, Block body) {
      Shape shape = blocks.shape().without(Axes.of(0));
      Value result = block(blocks, 0, shape);
      for (int k = 1; k < members(); k++) {
        result =
            out.add(
                new ShorthandOp.MapOp(
                    List.of(result, block(blocks, k, shape)), Axes.range(shape.rank()), body));
      }
      return result;
    }

    private Value block(Value blocks, int k, Shape shape) {
      int rank = blocks.shape().rank();
      long[] from = new long[rank];
      long[] to = blocks.shape().toArray();
      long[] steps = new long[rank];
      Arrays.fill(steps, 1);
      from[0] = k;
      to[0] = k + 1L;
      return reshaped(
          out.add(new ShapeOp.Slice(blocks, Longs.of(from), Longs.of(to), Longs.of(steps))), shape);
    }

    /** All members' operands, one after the other along a new first dimension. */
    private Value gathered(Value v) {
      Value row = reshaped(v, v.shape().insert(0, 1));
      TensorType type = row.type().withShape(row.shape().with(0, members()));
      return out.addAll(new CollectiveOp.AllGather(List.of(row), 0, groups(), List.of(type)))
          .getFirst();
    }

    Value gathered(Value v, int dim) {
      if (isAlone()) {
        return v;
      }
      Value all = transposed(gathered(v), moving(v.shape().rank() + 1, 0, dim));
      return reshaped(all, v.shape().with(dim, v.shape().dim(dim) * members()));
    }

    /** The operand cut along a dimension, its parts along a new first one. */
    private Value divided(Value v, int dim) {
      Shape shape = v.shape();
      long part = shape.dim(dim) / members();
      Shape cut = shape.with(dim, part);
      long[] sizes = new long[shape.rank() + 1];
      for (int d = 0; d < sizes.length; d++) {
        sizes[d] = d < dim ? cut.dim(d) : d == dim ? members() : cut.dim(d - 1);
      }
      return transposed(reshaped(v, Shape.of(sizes)), moving(sizes.length, dim, 0));
    }

    Value scattered(CollectiveOp.ReduceScatter o) {
      Value x = converted(o.operand(), o.type().dtype());
      if (isAlone()) {
        return x;
      }
      Value blocks = divided(x, o.dim());
      if (standard(o.body()).isEmpty()) {
        return folded(exchanged(blocks), o.body());
      }
      TensorType type = blocks.type().withShape(blocks.shape().with(0, 1));
      Value own = out.add(new CollectiveOp.ReduceScatter(blocks, 0, groups(), o.body(), type));
      return reshaped(own, o.type().shape());
    }

    /** Block k goes to member k, whose blocks then stand in the order of the members. */
    private Value exchanged(Value blocks) {
      return out.addAll(new CollectiveOp.AllToAll(List.of(blocks), 0, 0, members(), groups()))
          .getFirst();
    }

    Value exchanged(Value v, CollectiveOp.AllToAll o) {
      if (isAlone()) {
        return v;
      }
      Value blocks = exchanged(divided(v, o.splitDim()));
      Shape part = blocks.shape().without(Axes.of(0));
      Value moved = transposed(blocks, moving(blocks.shape().rank(), 0, o.concatDim()));
      return reshaped(moved, part.with(o.concatDim(), part.dim(o.concatDim()) * members()));
    }
  }
}
