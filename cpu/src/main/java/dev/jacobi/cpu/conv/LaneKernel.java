package dev.jacobi.cpu.conv;

import dev.jacobi.cpu.conv.ConvPlan.Loop;
import dev.jacobi.cpu.conv.ConvPlan.Piece;
import dev.jacobi.cpu.gemm.Lanes;
import dev.jacobi.cpu.gemm.Parallel;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A contraction without a matrix, group by group: groups are lanes. A tile keeps the sums of some
 * neighbouring places, so that each vector of the kernel is read once for all of them.
 */
final class LaneKernel {
  private static final int SUMS = 16; // Vector registers of a tile.
  private static final double TASK_FLOPS = 3e5; // A few microseconds, at a load per product.
  private static final double MIN_FLOPS = 2e5;

  private final IrModule module;
  private final String name;
  private final LType operand;
  private final LType result;
  private final Lanes lanes;
  private final int width;
  private final int vectors;
  private final long groups;
  private final Loop row;
  private final List<Loop> outer;
  private final List<Loop> sums;
  private final int tall;

  LaneKernel(IrModule module, String name, Lanes lanes, Piece piece, long groups, Isa isa) {
    this.module = module;
    this.name = name;
    this.operand = lanes.operand();
    this.result = lanes.result();
    this.lanes = lanes;
    this.width = isa.vectorBytes() / lanes.sum().elemBytes();
    this.groups = groups;
    this.vectors = groups > width ? 2 : 1;
    this.outer = new ArrayList<>(ConvPlan.joined(piece.places()));
    this.row =
        outer.stream().max(Comparator.comparingLong(Loop::size)).orElse(new Loop(1, 0, 0, 0));
    outer.remove(row);
    this.sums = ConvPlan.joined(piece.sums());
    this.tall = (int) Math.min(row.size(), SUMS / vectors / (isa.registers() < 32 ? 2 : 1));
  }

  void write(List<IrModule.Param> params, Parallel parallel) {
    long strips = Math.ceilDiv(groups, (long) vectors * width);
    long products = outer.stream().mapToLong(Loop::size).reduce(1, Math::multiplyExact);
    long units = Math.multiplyExact(products, strips);
    double terms = sums.stream().mapToDouble(Loop::size).reduce(1, (x, y) -> x * y);
    double flops = 2 * terms * row.size() * vectors * width;
    long tiles = Math.ceilDiv(row.size(), (long) tall);
    long perTask = (long) Math.clamp(TASK_FLOPS / Math.max(1, flops), 1, units);
    // Few long rows are divided too.
    long parts = flops > 4 * TASK_FLOPS ? Math.min(tiles, (long) (flops / TASK_FLOPS)) : 1;
    long tilesPerPart = Math.ceilDiv(tiles, parts);
    long rounds = Math.ceilDiv(units, perTask);
    parallel.task(
        name + "task",
        3,
        (f, words) -> {
          Val part = f.urem(words.get(3), Val.i64(parts));
          Val from = f.mulNsw(f.udiv(words.get(3), Val.i64(parts)), Val.i64(perTask));
          Val to = f.smin(f.addNsw(from, Val.i64(perTask)), Val.i64(units));
          Val top = f.mulNsw(part, Val.i64(tilesPerPart));
          Val bottom = f.smin(f.addNsw(top, Val.i64(tilesPerPart)), Val.i64(tiles));
          f.forLoop(from, to, Val.i64(1), unit -> strip(f, words, unit, strips, top, bottom));
        });
    module.helper(
        name,
        LType.VOID,
        params,
        f -> {
          Val words = Parallel.words(f, List.of(f.param(0), f.param(1), f.param(2)));
          boolean worthIt = flops * units >= MIN_FLOPS;
          parallel.run(f, name + "task", f.param(4), words, rounds * parts, worthIt);
          f.ret();
        });
  }

  /** Some tiles of one row, for one strip of groups. */
  private void strip(FnEmitter f, List<Val> words, Val unit, long strips, Val top, Val bottom) {
    Val rest = f.udiv(unit, Val.i64(strips));
    Val strip = f.urem(unit, Val.i64(strips));
    Val group = f.mulNsw(strip, Val.i64((long) vectors * width));
    Val a = group;
    Val c = group;
    for (int i = outer.size() - 1; i >= 0; i--) {
      Loop l = outer.get(i);
      Val index = i == 0 ? rest : f.urem(rest, Val.i64(l.size()));
      rest = i == 0 ? rest : f.udiv(rest, Val.i64(l.size()));
      a = f.addNsw(a, f.mulNsw(index, Val.i64(l.a())));
      c = f.addNsw(c, f.mulNsw(index, Val.i64(l.c())));
    }
    Val input = f.gep(operand, Parallel.pointer(f, words.get(0)), a);
    Val kernel = f.gep(operand, Parallel.pointer(f, words.get(1)), group);
    Val output = f.gep(result, Parallel.pointer(f, words.get(2)), c);
    int used = (int) (groups % ((long) vectors * width));
    if (used == 0) {
      rows(f, input, kernel, output, vectors * width, top, bottom);
      return;
    }
    long whole = strips - 1;
    if (whole > 0) {
      f.ifThen(
          f.cmp(Cmp.SLT, strip, Val.i64(whole)),
          () -> rows(f, input, kernel, output, vectors * width, top, bottom));
    }
    f.ifThen(
        f.cmp(Cmp.SGE, strip, Val.i64(whole)),
        () -> rows(f, input, kernel, output, used, top, bottom));
  }

  private void rows(FnEmitter f, Val input, Val kernel, Val output, int used, Val top, Val bottom) {
    long whole = row.size() / tall;
    int rest = (int) (row.size() % tall);
    if (whole > 0) {
      f.forLoop(
          top,
          f.smin(bottom, Val.i64(whole)),
          Val.i64(1),
          t -> call(f, input, kernel, output, f.mulNsw(t, Val.i64(tall)), tall, used));
    }
    if (rest > 0) {
      f.ifThen(
          f.cmp(Cmp.SGT, bottom, Val.i64(whole)),
          () -> call(f, input, kernel, output, Val.i64(whole * tall), rest, used));
    }
  }

  private void call(
      FnEmitter f, Val input, Val kernel, Val output, Val place, int places, int used) {
    String tile = name + "tile_" + places + "x" + used;
    var params =
        List.of(
            new IrModule.Param(LType.PTR, "a"),
            new IrModule.Param(LType.PTR, "b"),
            new IrModule.Param(LType.PTR, "c"));
    module.helper(tile, LType.VOID, params, g -> tile(g, places, used));
    f.call(
        tile,
        LType.VOID,
        f.gep(operand, input, f.mulNsw(place, Val.i64(row.a()))),
        kernel,
        f.gep(result, output, f.mulNsw(place, Val.i64(row.c()))));
  }

  private void tile(FnEmitter f, int places, int used) {
    int wide = Math.ceilDiv(used, width);
    var start = new ArrayList<Val>();
    for (int i = 0; i < places * wide; i++) {
      start.add(Val.zero(lanes.sum().lanes(width)));
    }
    List<Val> total = sum(f, 0, f.param(0), f.param(1), start, places, used);
    for (int p = 0; p < places; p++) {
      for (int v = 0; v < wide; v++) {
        Val x = lanes.narrow(f, total.get(p * wide + v));
        Val to = f.gep(result, f.param(2), p * row.c() + (long) v * width);
        int here = Math.min(width, used - v * width);
        if (here == width) {
          f.store(x, to);
        } else {
          Lanes.maskedStore(f, x, to, Lanes.mask(width, here));
        }
      }
    }
    f.ret();
  }

  /** The loops of the sum from {@code depth} inwards. */
  private List<Val> sum(FnEmitter f, int depth, Val a, Val b, List<Val> now, int places, int used) {
    if (depth == sums.size()) {
      return step(f, a, b, now, places, used);
    }
    Loop l = sums.get(depth);
    return f.forLoop(
        Val.i64(0),
        Val.i64(l.size()),
        Val.i64(1),
        now,
        (i, carried) ->
            sum(
                f,
                depth + 1,
                f.gep(operand, a, f.mulNsw(i, Val.i64(l.a()))),
                f.gep(operand, b, f.mulNsw(i, Val.i64(l.b()))),
                carried,
                places,
                used));
  }

  private List<Val> step(FnEmitter f, Val a, Val b, List<Val> now, int places, int used) {
    int wide = Math.ceilDiv(used, width);
    var next = new ArrayList<>(now);
    for (int v = 0; v < wide; v++) {
      int here = Math.min(width, used - v * width);
      Val weight = lanes.load(f, f.gep(operand, b, (long) v * width), width, here);
      for (int p = 0; p < places; p++) {
        Val at = f.gep(operand, a, p * row.a() + (long) v * width);
        Val x = lanes.load(f, at, width, here);
        next.set(p * wide + v, lanes.multiplyAdd(f, x, weight, now.get(p * wide + v)));
      }
    }
    return next;
  }
}
