package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.hlo.memory.Allocation;
import java.util.ArrayList;
import java.util.List;

/** Matrix products as the definition says, in the order of sums that the kernels promise. */
final class Reference {
  private Reference() {}

  /** An element of C: its place, its value, and the sum of its products' magnitudes. */
  record Element(long index, double value, double magnitude) {}

  static List<Element> product(GemmSpec spec, Allocation a, Allocation b, Isa isa) {
    var elements = new ArrayList<Element>();
    for (long p = 0; p < spec.products(); p++) {
      long aAt = 0;
      long bAt = 0;
      long cAt = 0;
      long rest = p;
      for (int d = spec.batch().size() - 1; d >= 0; d--) {
        var batch = spec.batch().get(d);
        aAt += rest % batch.size() * batch.a();
        bAt += rest % batch.size() * batch.b();
        cAt += rest % batch.size() * batch.c();
        rest /= batch.size();
      }
      for (long i = 0; i < spec.m(); i++) {
        for (long j = 0; j < spec.n(); j++) {
          long x = aAt + i * spec.aRow();
          long y = bAt + j * spec.bCol();
          elements.add(element(spec, a, x, b, y, cAt + i * spec.cRow() + j, isa.fma()));
        }
      }
    }
    return elements;
  }

  private static Element element(
      GemmSpec spec, Allocation a, long x, Allocation b, long y, long at, boolean fma) {
    float f = 0;
    double d = 0;
    long n = 0;
    double magnitude = 0;
    for (long t = 0; t < spec.terms() * spec.k(); t++) {
      long l = t % spec.k();
      long u = x + l * spec.aCol();
      long v = y + l * spec.bRow();
      long term = t / spec.k();
      for (int s = spec.sums().size() - 1; s >= 0; s--) {
        u += term % spec.sums().get(s).size() * spec.sums().get(s).a();
        v += term % spec.sums().get(s).size() * spec.sums().get(s).b();
        term /= spec.sums().get(s).size();
      }
      if (!spec.sum().isFloat()) {
        n += integer(spec.operand(), a, u) * integer(spec.operand(), b, v);
        continue;
      }
      double p = GemmTest.number(spec.operand(), a, u);
      double q = GemmTest.number(spec.operand(), b, v);
      magnitude += Math.abs(p * q);
      d = fma ? Math.fma(p, q, d) : p * q + d;
      f = fma ? Math.fma((float) p, (float) q, f) : (float) p * (float) q + f;
    }
    return switch (spec.sum().elem()) {
      case FLOAT -> new Element(at, narrow(spec.result(), f), magnitude);
      case DOUBLE -> new Element(at, d, magnitude);
      case I32 -> new Element(at, (int) n, 0);
      default -> new Element(at, n, 0);
    };
  }

  private static long integer(LType type, Allocation memory, long index) {
    return type.equals(LType.I32) ? memory.getInt(4 * index) : memory.getLong(8 * index);
  }

  private static double narrow(LType type, float x) {
    return switch (type.elem()) {
      case HALF -> Float.float16ToFloat(Float.floatToFloat16(x));
      case BFLOAT -> {
        int bits = Float.floatToRawIntBits(x);
        yield Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
      }
      default -> x;
    };
  }
}
