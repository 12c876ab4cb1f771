package dev.jacobi.cpu.fft;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Moves complex numbers between pairs in memory and vectors of parts, a line in each lane. */
record Transposer(FnEmitter f, LType part, int lanes, int lines) {

  /** The first {@code count} lanes from adjacent pairs. */
  Cx load(Val at, int count) {
    if (lanes == 0) {
      return new Cx(f.load(part, at), f.load(part, f.gep(part, at, 1)));
    }
    LType pairs = part.lanes(2 * lanes);
    Val v =
        count == lanes
            ? f.load(pairs, at)
            : f.maskedLoad(at, mask(count), Val.zero(pairs), Mem.PLAIN);
    return new Cx(f.shuffle(v, every(0)), f.shuffle(v, every(1)));
  }

  void store(Cx x, Val at, int count) {
    if (lanes == 0) {
      f.store(x.re(), at);
      f.store(x.im(), f.gep(part, at, 1));
      return;
    }
    int[] order = IntStream.range(0, 2 * lanes).map(i -> i / 2 + i % 2 * lanes).toArray();
    Val v = f.shuffle(x.re(), x.im(), order);
    if (count == lanes) {
      f.store(v, at);
    } else {
      f.maskedStore(v, at, mask(count), Mem.PLAIN);
    }
  }

  Cx scaled(Cx x, double by) {
    Val factor = Val.fp(x.re().type(), by);
    return by == 1 ? x : new Cx(f.mul(x.re(), factor), f.mul(x.im(), factor));
  }

  private Val mask(int count) {
    return Val.integers(
        LType.I1, IntStream.range(0, 2 * lanes).mapToLong(i -> i < 2 * count ? 1 : 0).toArray());
  }

  private int[] every(int offset) {
    return IntStream.range(0, lanes).map(i -> 2 * i + offset).toArray();
  }

  /** Reads lines that are {@code stride} apart into a buffer of {@code n} points. */
  void in(Val from, long stride, Val buffer, long n, boolean swapped) {
    long whole = lanes == 0 ? 0 : n / lanes * lanes;
    f.forLoop(
        Val.i64(0),
        Val.i64(whole),
        Val.i64(Math.max(1, lanes)),
        j -> {
          List<Cx> rows = new ArrayList<>();
          for (int l = 0; l < lanes; l++) {
            rows.add(load(line(from, Math.min(l, lines - 1), stride, j), lanes));
          }
          List<Val> re = transposed(rows.stream().map(Cx::re).toList());
          List<Val> im = transposed(rows.stream().map(Cx::im).toList());
          Val to = f.gep(part, buffer, f.mulNsw(j, Val.i64(2L * lanes)));
          for (int k = 0; k < lanes; k++) {
            f.store(swapped ? im.get(k) : re.get(k), f.gep(part, to, 2L * k * lanes));
            f.store(swapped ? re.get(k) : im.get(k), f.gep(part, to, (2L * k + 1) * lanes));
          }
        });
    f.forLoop(
        Val.i64(whole),
        Val.i64(n),
        Val.i64(1),
        j -> {
          int width = Math.max(1, lanes);
          Val to = f.gep(part, buffer, f.mulNsw(j, Val.i64(2L * width)));
          for (int l = 0; l < width; l++) {
            Val at = line(from, Math.min(l, lines - 1), stride, j);
            Val re = f.load(part, at);
            Val im = f.load(part, f.gep(part, at, 1));
            f.store(swapped ? im : re, f.gep(part, to, l));
            f.store(swapped ? re : im, f.gep(part, to, width + l));
          }
        });
  }

  /** Writes a buffer of {@code n} points to lines that are {@code stride} apart. */
  void out(Val buffer, Val to, long stride, long n, boolean swapped, double scale) {
    long whole = lanes == 0 ? 0 : n / lanes * lanes;
    f.forLoop(
        Val.i64(0),
        Val.i64(whole),
        Val.i64(Math.max(1, lanes)),
        j -> {
          Val from = f.gep(part, buffer, f.mulNsw(j, Val.i64(2L * lanes)));
          List<Val> re = new ArrayList<>();
          List<Val> im = new ArrayList<>();
          for (int k = 0; k < lanes; k++) {
            re.add(f.load(part.lanes(lanes), f.gep(part, from, 2L * k * lanes)));
            im.add(f.load(part.lanes(lanes), f.gep(part, from, (2L * k + 1) * lanes)));
          }
          List<Val> reals = transposed(re);
          List<Val> imaginaries = transposed(im);
          for (int l = 0; l < lines; l++) {
            Cx x = scaled(new Cx(reals.get(l), imaginaries.get(l)), scale);
            store(swapped ? x.swapped() : x, line(to, l, stride, j), lanes);
          }
        });
    f.forLoop(
        Val.i64(whole),
        Val.i64(n),
        Val.i64(1),
        j -> {
          int width = Math.max(1, lanes);
          Val from = f.gep(part, buffer, f.mulNsw(j, Val.i64(2L * width)));
          for (int l = 0; l < lines; l++) {
            Cx x =
                new Cx(
                    f.load(part, f.gep(part, from, l)), f.load(part, f.gep(part, from, width + l)));
            Cx y = scaled(swapped ? x.swapped() : x, scale);
            Val at = line(to, l, stride, j);
            f.store(y.re(), at);
            f.store(y.im(), f.gep(part, at, 1));
          }
        });
  }

  /** The address of point {@code j} of a line. */
  private Val line(Val base, int line, long stride, Val j) {
    return f.gep(part, f.gep(part, base, 2 * stride * line), f.mulNsw(j, Val.i64(2)));
  }

  /** A square of registers with rows and columns exchanged, by halves, quarters and so on. */
  private List<Val> transposed(List<Val> rows) {
    Val[] r = rows.toArray(Val[]::new);
    for (int h = 1; h < lanes; h *= 2) {
      int half = h;
      int[] low = new int[lanes];
      int[] high = new int[lanes];
      Arrays.setAll(low, i -> (i & half) == 0 ? i : lanes + i - half);
      Arrays.setAll(high, i -> (i & half) == 0 ? i + half : lanes + i);
      for (int i = 0; i < lanes; i++) {
        if ((i & h) == 0) {
          Val a = r[i];
          Val b = r[i + h];
          r[i] = f.shuffle(a, b, low);
          r[i + h] = f.shuffle(a, b, high);
        }
      }
    }
    return List.of(r);
  }
}
