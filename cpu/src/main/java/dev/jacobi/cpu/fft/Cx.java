package dev.jacobi.cpu.fft;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Val;

/** Complex numbers in registers, one per lane. */
record Cx(Val re, Val im) {
  /** Arithmetic of one function being written; products are fused where that is an instruction. */
  record Math(FnEmitter f, boolean fma) {
    Cx add(Cx a, Cx b) {
      return new Cx(f.add(a.re, b.re), f.add(a.im, b.im));
    }

    Cx sub(Cx a, Cx b) {
      return new Cx(f.sub(a.re, b.re), f.sub(a.im, b.im));
    }

    Cx mul(Cx a, Cx b) {
      return new Cx(
          multiplyAdd(a.re, b.re, f.neg(f.mul(a.im, b.im))),
          multiplyAdd(a.re, b.im, f.mul(a.im, b.re)));
    }

    Val multiplyAdd(Val a, Val b, Val c) {
      return fma ? f.fma(a, b, c) : f.add(f.mul(a, b), c);
    }

    Cx scale(Cx a, Val by) {
      return new Cx(f.mul(a.re, by), f.mul(a.im, by));
    }

    /** Times -i. */
    Cx turn(Cx a) {
      return new Cx(a.im, f.neg(a.re));
    }
  }

  Cx swapped() {
    return new Cx(im, re);
  }
}
