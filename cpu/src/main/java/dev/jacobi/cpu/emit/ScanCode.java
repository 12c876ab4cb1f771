package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.emit.ScanEmitter.Scan;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.loop.Nest;
import dev.jacobi.hlo.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The loops of a scan. */
final class ScanCode {
  /** Elements of a row that are combined at a time along other dimensions than the last. */
  static final long TILE = 512;

  /** Rows of up to so many elements stay in registers. */
  private static final long NARROW = 64;

  private final FnEmitter f;
  private final Scan scan;
  private final List<Val> inputs;
  private final List<Val> outputs;
  private final int lanes;
  private final Evaluator evaluator;

  ScanCode(FnEmitter f, Scan scan, List<Val> inputs, List<Val> outputs) {
    this.f = f;
    this.scan = scan;
    this.inputs = inputs;
    this.outputs = outputs;
    this.lanes = scan.lanes();
    Nest none = new Nest(List.of(), null, List.of(), List.of(), List.of());
    this.evaluator = new Evaluator(f, none, null, null, 0);
  }

  /** What comes first in the scan's direction, then what comes later. */
  Regs then(Regs first, Regs later) {
    return new Regs(
        scan.forward()
            ? evaluator.combine(scan.combiner(), first.list(), later.list())
            : evaluator.combine(scan.combiner(), later.list(), first.list()));
  }

  private Regs load(List<Val> arrays, Val at, int width) {
    List<Reg> list = new ArrayList<>();
    for (int k = 0; k < arrays.size(); k++) {
      DType t = scan.type(k);
      Val address = Memory.address(f, t, arrays.get(k), at);
      list.add(
          width == 0 ? Memory.load(f, t, address) : Memory.load(f, t, address, 1, width, null));
    }
    return new Regs(list);
  }

  private void store(Regs values, Val at) {
    for (int k = 0; k < outputs.size(); k++) {
      Reg r = values.list().get(k);
      Val address = Memory.address(f, r.dtype(), outputs.get(k), at);
      if (r.lanes() == 0) {
        Memory.store(f, r, address);
      } else {
        Memory.store(f, r, address, 1, null, Mem.PLAIN);
      }
    }
  }

  /**
   * Scans {@code count} elements from {@code base} on, at least one, on top of {@code carry}; with
   * a null carry only the total is computed. Gives the total of these elements alone.
   */
  Regs chunk(Val base, Val count, Regs carry) {
    Regs spread = carry == null ? null : carry.map(r -> r.splat(f, lanes));
    Val first = at(base, count, Val.i64(0), 1);
    Regs start = load(inputs, first, 0);
    finish(start, carry, first);
    Val full = f.addNsw(f.and(f.sub(count, Val.i64(1)), Val.i64(-lanes)), Val.i64(1));
    Regs running = start.map(r -> r.splat(f, lanes));
    Regs whole =
        running.with(
            f.forLoop(
                Val.i64(1),
                full,
                Val.i64(lanes),
                running.flat(),
                (i, v) -> {
                  Regs before = running.with(v);
                  Val at = at(base, count, i, lanes);
                  Regs here = vector(load(inputs, at, lanes));
                  finish(then(before, here), spread, at);
                  return then(before, here.map(this::last)).flat();
                }));
    Regs left = whole.mapParts(x -> f.extract(x, 0));
    return left.with(
        f.forLoop(
            full,
            count,
            Val.i64(1),
            left.flat(),
            (i, v) -> {
              Val at = at(base, count, i, 1);
              Regs here = then(left.with(v), load(inputs, at, 0));
              finish(here, carry, at);
              return here.flat();
            }));
  }

  /** The lowest of {@code width} elements that follow the first {@code i} of the scan. */
  private Val at(Val base, Val count, Val i, int width) {
    return f.addNsw(base, scan.forward() ? i : f.sub(f.sub(count, i), Val.i64(width)));
  }

  private void finish(Regs local, Regs carry, Val at) {
    if (carry != null) {
      store(then(carry, local), at);
    }
  }

  /** The last element in the scan's direction, in every lane. */
  private Reg last(Reg r) {
    int lane = scan.forward() ? lanes - 1 : 0;
    return r.map(x -> f.shuffle(x, IntStream.range(0, lanes).map(i -> lane).toArray()));
  }

  /** A vector scanned by itself: doubled spans, as Hillis and Steele do. */
  private Regs vector(Regs v) {
    Optional<Regs> identity = Identities.of(scan.combiner(), lanes).map(Regs::new);
    Regs sums = v;
    for (int span = 1; span < lanes; span *= 2) {
      int step = scan.forward() ? -span : span;
      Regs now = sums;
      if (identity.isPresent()) {
        // Lanes without a predecessor take the identity.
        int[] from =
            IntStream.range(0, lanes).map(i -> isLane(i + step) ? i + step : lanes + i).toArray();
        Reg none = identity.get().list().getFirst();
        Regs shifted = now.map(r -> Reg.of(r.dtype(), f.shuffle(r.re(), none.re(), from)));
        sums = then(shifted, now);
      } else {
        int[] from = IntStream.range(0, lanes).map(i -> isLane(i + step) ? i + step : i).toArray();
        Regs shifted = now.mapParts(x -> f.shuffle(x, from));
        Val has =
            Val.integers(
                dev.jacobi.cpu.llvm.LType.I1,
                IntStream.range(0, lanes).mapToLong(i -> isLane(i + step) ? 1 : 0).toArray());
        sums = Regs.select(f, has, then(shifted, now), now);
      }
    }
    return sums;
  }

  private boolean isLane(int i) {
    return i >= 0 && i < lanes;
  }

  /** Scans tile {@code tile} of the columns of matrix {@code outer}. */
  void columns(Val outer, Val tile, Regs init) {
    Val base = f.mulNsw(outer, Val.i64(scan.n() * scan.inner()));
    if (scan.inner() <= NARROW) {
      narrow(base, init);
      return;
    }
    Val left = f.mulNsw(tile, Val.i64(TILE));
    Val right = f.smin(f.addNsw(left, Val.i64(TILE)), Val.i64(scan.inner()));
    Val width = scan.inner() % TILE == 0 ? Val.i64(TILE) : f.sub(right, left);
    Val start = f.addNsw(f.addNsw(base, left), f.mulNsw(row(Val.i64(0)), Val.i64(scan.inner())));
    long step = scan.forward() ? scan.inner() : -scan.inner();
    across(width, (i, w) -> combine(f.addNsw(start, i), init.map(r -> r.splat(f, w)), w));
    f.forLoop(
        Val.i64(1),
        Val.i64(scan.n()),
        Val.i64(1),
        j -> {
          Val begin = f.addNsw(start, f.mulNsw(j, Val.i64(step)));
          across(
              width,
              (i, w) -> {
                Val at = f.addNsw(begin, i);
                combine(at, load(outputs, f.sub(at, Val.i64(step)), w), w);
              });
        });
  }

  /** The number of the row at which step {@code j} is. */
  private Val row(Val j) {
    return scan.forward() ? j : f.sub(Val.i64(scan.n() - 1), j);
  }

  private interface Piece {
    void write(Val first, int width);
  }

  private void across(Val width, Piece piece) {
    Val full = f.and(width, Val.i64(-lanes));
    f.forLoop(Val.i64(0), full, Val.i64(lanes), i -> piece.write(i, lanes));
    f.forLoop(full, width, Val.i64(1), i -> piece.write(i, 0));
  }

  private void combine(Val at, Regs before, int width) {
    store(then(before, load(inputs, at, width)), at);
  }

  /** Rows short enough for registers. */
  private void narrow(Val base, Regs init) {
    List<Integer> widths = new ArrayList<>();
    List<Regs> starts = new ArrayList<>();
    for (long left = scan.inner(); left > 0; left -= widths.getLast()) {
      int width = (int) Math.min(lanes, Long.highestOneBit(left));
      widths.add(width);
      starts.add(init.map(r -> width == 1 ? r : r.splat(f, width)));
    }
    List<Val> flat = new ArrayList<>();
    starts.forEach(s -> flat.addAll(s.flat()));
    f.forLoop(
        Val.i64(0),
        Val.i64(scan.n()),
        Val.i64(1),
        flat,
        (j, v) -> {
          Val at = f.addNsw(base, f.mulNsw(row(j), Val.i64(scan.inner())));
          List<Val> next = new ArrayList<>();
          int used = 0;
          long offset = 0;
          for (int p = 0; p < widths.size(); p++) {
            int width = widths.get(p);
            int count = starts.get(p).flat().size();
            Regs before = starts.get(p).with(v.subList(used, used + count));
            Val here = f.addNsw(at, Val.i64(offset));
            Regs sum = then(before, load(inputs, here, width == 1 ? 0 : width));
            store(sum, here);
            next.addAll(sum.flat());
            used += count;
            offset += width;
          }
          return next;
        });
  }
}
