package dev.jacobi.cpu.fft;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.List;

/**
 * Transforms of as many lines as there are lanes: {@code void name(ptr from, ptr to, ptr scratch,
 * ptr tables, i64 block)}. Passes of Stockham's algorithm (Swarztrauber, "FFT algorithms for vector
 * computers", 1984) go from one buffer to another; the first reads and the last writes the arrays
 * themselves where their lines lie side by side.
 */
final class LineKernel {
  /**
   * What a kernel does.
   *
   * @param lanes lanes of a vector; 0 for one line in scalars
   * @param lines lines that there are, at most as many
   * @param swapped whether real and imaginary parts change places at both ends, which makes the
   *     forward transform the inverse
   * @param scale what results are multiplied by
   * @param turns the tables of a matrix of roots by which results are multiplied, or null
   */
  record Spec(
      LType part,
      long n,
      Access from,
      Access to,
      int lanes,
      int lines,
      boolean swapped,
      double scale,
      Turns turns) {}

  /**
   * Roots w^(k (L b + l)) for point k, block b and line l: the product of two tables.
   *
   * @param blocks offset of w^(k L b), by block, then point
   * @param lines offset of w^(k l), by point, then the real parts of all lines and the imaginary
   */
  record Turns(int blocks, int lines) {}

  private final FnEmitter f;
  private final Spec spec;
  private final Cx.Math m;
  private final Butterflies butterflies;
  private final List<Integer> radices;
  private final LType vector;
  private final int width; // parts of one buffered point, real or imaginary
  private final Transposer transposer;
  private final int roots;

  /**
   * A kernel to be written.
   *
   * @param roots offset of {@link #addRoots}
   */
  LineKernel(FnEmitter f, Spec spec, Isa isa, int roots) {
    this.f = f;
    this.spec = spec;
    this.m = new Cx.Math(f, isa.fma());
    this.butterflies = new Butterflies(m);
    this.radices = radices(spec.n, isa);
    this.vector = spec.part.lanes(spec.lanes);
    this.width = Math.max(1, spec.lanes);
    this.transposer = new Transposer(f, spec.part, spec.lanes, spec.lines);
    this.roots = roots;
  }

  static List<Integer> radices(long n, Isa isa) {
    return Radices.of(n, isa.registers() >= 32);
  }

  /** The roots of all passes but the last: for each p, those of points 1 to r - 1. */
  static int addRoots(Tables tables, long n, Isa isa) {
    int start = tables.here();
    long left = n;
    for (int r : radices(n, isa)) {
      for (long p = 0; p < left / r && left > r; p++) {
        for (int k = 1; k < r; k++) {
          tables.addRoot(p * k, left);
        }
      }
      left /= r;
    }
    return start;
  }

  /** Parts of scratch memory that a kernel needs. */
  static long scratch(long n, int lanes) {
    return Math.multiplyExact(4L * Math.max(1, lanes), n);
  }

  /** Reads or writes point {@code first + offset}; the first part may be known at run time only. */
  private interface Points {
    Cx load(Val first, long offset);

    void store(Cx value, Val first, long offset);
  }

  void write() {
    Points from = spec.from instanceof Access.Columns c ? outside(f.param(0), c) : null;
    Points to = spec.to instanceof Access.Columns c ? outside(f.param(1), c) : null;
    Points a = buffer(f.param(2));
    Points b = buffer(f.offset(f.param(2), 2 * spec.n * width * spec.part.elemBytes()));
    if (from == null) {
      from = a;
      transposer.in(f.param(0), spec.from.stride(), f.param(2), spec.n, spec.swapped);
      a = b;
      b = from;
    }
    Points source = from;
    long left = spec.n;
    long s = 1;
    int table = roots;
    for (int i = 0; i < radices.size(); i++) {
      int r = radices.get(i);
      Points target = i == radices.size() - 1 && to != null ? to : a;
      long m = left / r;
      pass(source, target, r, m, s, table);
      table += m > 1 ? (int) (2 * m * (r - 1)) : 0;
      left = m;
      s *= r;
      source = a;
      a = b;
      b = source;
    }
    if (to == null) {
      boolean inFirst = (radices.size() + (spec.from instanceof Access.Rows ? 1 : 0)) % 2 == 1;
      Val result = inFirst ? f.param(2) : f.offset(f.param(2), bufferBytes());
      transposer.out(result, f.param(1), spec.to.stride(), spec.n, spec.swapped, spec.scale);
    }
    f.ret();
  }

  private long bufferBytes() {
    return 2 * spec.n * width * spec.part.elemBytes();
  }

  /** One pass: {@code m} butterflies of {@code r} points for each of {@code s} earlier results. */
  private void pass(Points from, Points to, int r, long m, long s, int table) {
    f.forLoop(
        Val.i64(0),
        Val.i64(m),
        Val.i64(1),
        p -> {
          List<Cx> twiddles = m > 1 ? twiddles(p, r, table) : List.of();
          Val in = f.mulNsw(p, Val.i64(s));
          Val out = f.mulNsw(p, Val.i64(s * r));
          f.forLoop(
              Val.i64(0),
              Val.i64(s),
              Val.i64(1),
              q -> {
                List<Cx> x = new ArrayList<>();
                for (int k = 0; k < r; k++) {
                  x.add(from.load(f.addNsw(in, q), s * m * k));
                }
                List<Cx> y = butterflies.transform(x);
                for (int k = 0; k < r; k++) {
                  Cx z = k == 0 || m == 1 ? y.get(k) : this.m.mul(y.get(k), twiddles.get(k - 1));
                  to.store(z, f.addNsw(out, q), s * k);
                }
              });
        });
  }

  private List<Cx> twiddles(Val p, int r, int table) {
    Val at = f.gep(spec.part, f.param(3), table);
    at = f.gep(spec.part, at, f.mulNsw(p, Val.i64(2L * (r - 1))));
    List<Cx> list = new ArrayList<>();
    for (int k = 0; k < r - 1; k++) {
      list.add(
          new Cx(
              f.splat(f.load(spec.part, f.gep(spec.part, at, 2L * k)), spec.lanes),
              f.splat(f.load(spec.part, f.gep(spec.part, at, 2L * k + 1)), spec.lanes)));
    }
    return list;
  }

  /** Points one after the other, the real parts of all lanes before the imaginary ones. */
  private Points buffer(Val base) {
    return new Points() {
      private Val at(Val first, long offset) {
        Val begin = f.gep(spec.part, base, f.mulNsw(first, Val.i64(2L * width)));
        return f.gep(spec.part, begin, 2L * width * offset);
      }

      @Override
      public Cx load(Val first, long offset) {
        Val at = at(first, offset);
        return new Cx(f.load(vector, at), f.load(vector, f.gep(spec.part, at, width)));
      }

      @Override
      public void store(Cx value, Val first, long offset) {
        Val at = at(first, offset);
        f.store(value.re(), at);
        f.store(value.im(), f.gep(spec.part, at, width));
      }
    };
  }

  /** Points of the arrays that are read and written. */
  private Points outside(Val base, Access.Columns columns) {
    return new Points() {
      private Val at(Val first, long offset) {
        Val begin = f.gep(spec.part, base, f.mulNsw(first, Val.i64(2 * columns.stride())));
        return f.gep(spec.part, begin, 2 * columns.stride() * offset);
      }

      @Override
      public Cx load(Val first, long offset) {
        Cx x = transposer.load(at(first, offset), spec.lines);
        return spec.swapped ? x.swapped() : x;
      }

      @Override
      public void store(Cx value, Val first, long offset) {
        Cx x = spec.turns == null ? value : m.mul(value, turn(first, offset, spec.turns));
        x = transposer.scaled(x, spec.scale);
        transposer.store(spec.swapped ? x.swapped() : x, at(first, offset), spec.lines);
      }
    };
  }

  private Cx turn(Val first, long offset, Turns turns) {
    Val point = f.addNsw(first, Val.i64(offset));
    Val entry = f.addNsw(f.mulNsw(f.param(4), Val.i64(spec.n)), point);
    Val block =
        f.gep(spec.part, f.gep(spec.part, f.param(3), turns.blocks), f.mulNsw(entry, Val.i64(2)));
    Val lines =
        f.gep(
            spec.part,
            f.gep(spec.part, f.param(3), turns.lines),
            f.mulNsw(point, Val.i64(2L * width)));
    return m.mul(
        new Cx(f.load(vector, lines), f.load(vector, f.gep(spec.part, lines, width))),
        new Cx(
            f.splat(f.load(spec.part, block), spec.lanes),
            f.splat(f.load(spec.part, f.gep(spec.part, block, 1)), spec.lanes)));
  }
}
