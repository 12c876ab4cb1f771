package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Val;

/** Where the operands of one product of a batch begin, in elements. */
record Offsets(Val a, Val b, Val c) {

  static Offsets of(FnEmitter f, GemmSpec spec, Val product) {
    Val a = Val.i64(0);
    Val b = Val.i64(0);
    Val c = Val.i64(0);
    Val rest = product;
    for (int d = spec.batch().size() - 1; d >= 0; d--) {
      var batch = spec.batch().get(d);
      Val index = d == 0 ? rest : f.urem(rest, Val.i64(batch.size()));
      rest = d == 0 ? rest : f.udiv(rest, Val.i64(batch.size()));
      a = f.addNsw(a, f.mulNsw(index, Val.i64(batch.a())));
      b = f.addNsw(b, f.mulNsw(index, Val.i64(batch.b())));
      c = f.addNsw(c, f.mulNsw(index, Val.i64(batch.c())));
    }
    return new Offsets(a, b, c);
  }
}
