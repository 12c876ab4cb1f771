package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Moves elements between memory and registers. */
final class Memory {
  private Memory() {}

  /** Bytes to elements: the address of element {@code index} of an array of {@code dtype}. */
  static Val address(FnEmitter f, DType dtype, Val base, Val index) {
    return dtype.isComplex()
        ? f.gep(Reg.memoryType(dtype, 0), base, f.mulNsw(index, Val.i64(2)))
        : f.gep(Reg.memoryType(dtype, 0), base, index);
  }

  /** One element. */
  static Reg load(FnEmitter f, DType dtype, Val at) {
    LType type = Reg.memoryType(dtype, 0);
    if (dtype.isComplex()) {
      return new Reg(dtype, f.load(type, at), f.load(type, f.gep(type, at, 1)));
    }
    return Reg.of(dtype, fromMemory(f, dtype, f.load(type, at)));
  }

  static void store(FnEmitter f, Reg value, Val at) {
    if (value.dtype().isComplex()) {
      LType type = value.re().type();
      f.store(value.re(), at);
      f.store(value.im(), f.gep(type, at, 1));
    } else {
      f.store(toMemory(f, value), at);
    }
  }

  private static Val fromMemory(FnEmitter f, DType dtype, Val v) {
    return dtype == DType.BOOL ? f.cmp(Cmp.NE, v, Val.zero(v.type())) : v;
  }

  private static Val toMemory(FnEmitter f, Reg r) {
    return r.dtype() == DType.BOOL ? f.zext(r.re(), LType.I8.lanes(r.lanes())) : r.re();
  }

  /**
   * One element per lane, {@code stride} elements apart.
   *
   * @param at the address of lane 0's element
   * @param mask lanes to load, or null for all
   */
  static Reg load(FnEmitter f, DType dtype, Val at, long stride, int lanes, Val mask) {
    LType type = Reg.memoryType(dtype, lanes);
    if (stride == 1 && !dtype.isComplex()) {
      Val v = mask == null ? f.load(type, at) : f.maskedLoad(at, mask, Val.zero(type), Mem.PLAIN);
      return Reg.of(dtype, fromMemory(f, dtype, v));
    }
    if (stride == 1) {
      LType pairs = type.lanes(2 * lanes);
      Val v =
          mask == null
              ? f.load(pairs, at)
              : f.maskedLoad(at, doubled(f, mask), Val.zero(pairs), Mem.PLAIN);
      return new Reg(dtype, f.shuffle(v, every(lanes, 0)), f.shuffle(v, every(lanes, 1)));
    }
    if (stride == -1 && mask == null && !dtype.isComplex()) {
      Val v = f.load(type, f.gep(type.scalar(), at, 1 - lanes));
      return Reg.of(dtype, fromMemory(f, dtype, f.shuffle(v, reversed(lanes))));
    }
    if (mask != null) {
      Val steps = f.mul(Val.iota(LType.I64.lanes(lanes)), splat(stride, lanes));
      return fetch(f, dtype, at, steps, lanes, mask);
    }
    List<Reg> parts = new ArrayList<>();
    for (int i = 0; i < lanes; i++) {
      parts.add(load(f, dtype, address(f, dtype, at, Val.i64(i * stride))));
    }
    Val re = f.vector(parts.stream().map(Reg::re).toList());
    return new Reg(
        dtype, re, dtype.isComplex() ? f.vector(parts.stream().map(Reg::im).toList()) : null);
  }

  private static Val splat(long value, int lanes) {
    return Val.integer(LType.I64.lanes(lanes), value);
  }

  /** One element per lane at {@code offsets} (64-bit, in elements) from {@code base}. */
  static Reg fetch(FnEmitter f, DType dtype, Val base, Val offsets, int lanes, Val mask) {
    LType type = Reg.memoryType(dtype, lanes);
    if (mask == null) {
      List<Reg> parts = new ArrayList<>();
      for (int i = 0; i < lanes; i++) {
        parts.add(load(f, dtype, address(f, dtype, base, f.extract(offsets, i))));
      }
      Val re = f.vector(parts.stream().map(Reg::re).toList());
      return new Reg(
          dtype, re, dtype.isComplex() ? f.vector(parts.stream().map(Reg::im).toList()) : null);
    }
    Val index = dtype.isComplex() ? f.mul(offsets, splat(2, lanes)) : offsets;
    Val pointers = f.gep(type.scalar(), base, index);
    Val re = f.gather(pointers, mask, Val.zero(type), Mem.PLAIN);
    if (!dtype.isComplex()) {
      return Reg.of(dtype, fromMemory(f, dtype, re));
    }
    Val next = f.gep(type.scalar(), pointers, splat(1, lanes));
    return new Reg(dtype, re, f.gather(next, mask, Val.zero(type), Mem.PLAIN));
  }

  /** Writes one element per lane, {@code stride} elements apart. */
  static void store(FnEmitter f, Reg value, Val at, long stride, Val mask, Mem mem) {
    int lanes = value.lanes();
    DType dtype = value.dtype();
    if (stride == 1) {
      Val v = toMemory(f, value);
      Val m = mask;
      if (dtype.isComplex()) {
        v = f.shuffle(value.re(), value.im(), interleaved(lanes));
        m = mask == null ? null : doubled(f, mask);
      }
      if (m == null) {
        f.store(v, at, mem);
      } else {
        f.maskedStore(v, at, m, Mem.PLAIN);
      }
      return;
    }
    for (int i = 0; i < lanes; i++) {
      int lane = i;
      Runnable one =
          () ->
              store(
                  f,
                  value.map(x -> f.extract(x, lane)),
                  address(f, dtype, at, Val.i64(lane * stride)));
      if (mask == null) {
        one.run();
      } else {
        f.ifThen(f.extract(mask, i), one);
      }
    }
  }

  /** Writes one element per lane at {@code offsets} (64-bit, in elements) from {@code base}. */
  static void scatter(FnEmitter f, Reg value, Val base, Val offsets, Val mask) {
    DType dtype = value.dtype();
    LType type = Reg.memoryType(dtype, 0);
    int lanes = value.lanes();
    Val index = dtype.isComplex() ? f.mul(offsets, splat(2, lanes)) : offsets;
    Val pointers = f.gep(type, base, index);
    f.scatter(toMemory(f, value), pointers, mask, Mem.PLAIN);
    if (dtype.isComplex()) {
      f.scatter(value.im(), f.gep(type, pointers, splat(1, lanes)), mask, Mem.PLAIN);
    }
  }

  private static Val doubled(FnEmitter f, Val mask) {
    int lanes = mask.type().lanes();
    return f.shuffle(mask, IntStream.range(0, 2 * lanes).map(i -> i / 2).toArray());
  }

  private static int[] every(int lanes, int part) {
    return IntStream.range(0, lanes).map(i -> 2 * i + part).toArray();
  }

  private static int[] reversed(int lanes) {
    return IntStream.range(0, lanes).map(i -> lanes - 1 - i).toArray();
  }

  private static int[] interleaved(int lanes) {
    return IntStream.range(0, 2 * lanes).map(i -> i % 2 == 0 ? i / 2 : lanes + i / 2).toArray();
  }
}
