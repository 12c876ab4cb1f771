package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.math.VecMath;
import dev.jacobi.hlo.HloTypeException;

/** The mathematical functions under one roof; those that are not written yet say so by name. */
final class Vec {
  private Vec() {}

  private static HloTypeException missing(String name) {
    return new HloTypeException("the CPU engine has no " + name + " yet");
  }

  static Val exp(FnEmitter f, Val x) {
    return VecMath.exp(f, x);
  }

  static Val expm1(FnEmitter f, Val x) {
    throw missing("expm1");
  }

  static Val log(FnEmitter f, Val x) {
    return VecMath.log(f, x);
  }

  static Val log1p(FnEmitter f, Val x) {
    return VecMath.log1p(f, x);
  }

  static Val sin(FnEmitter f, Val x) {
    return VecMath.sin(f, x);
  }

  static Val cos(FnEmitter f, Val x) {
    return VecMath.cos(f, x);
  }

  static Val tan(FnEmitter f, Val x) {
    return VecMath.tan(f, x);
  }

  static Val asin(FnEmitter f, Val x) {
    throw missing("asin");
  }

  static Val acos(FnEmitter f, Val x) {
    throw missing("acos");
  }

  static Val atan(FnEmitter f, Val x) {
    throw missing("atan");
  }

  static Val sinh(FnEmitter f, Val x) {
    throw missing("sinh");
  }

  static Val cosh(FnEmitter f, Val x) {
    throw missing("cosh");
  }

  static Val tanh(FnEmitter f, Val x) {
    return VecMath.tanh(f, x);
  }

  static Val asinh(FnEmitter f, Val x) {
    throw missing("asinh");
  }

  static Val acosh(FnEmitter f, Val x) {
    throw missing("acosh");
  }

  static Val atanh(FnEmitter f, Val x) {
    throw missing("atanh");
  }

  static Val cbrt(FnEmitter f, Val x) {
    throw missing("cbrt");
  }

  static Val erf(FnEmitter f, Val x) {
    return VecMath.erf(f, x);
  }

  static Val erfc(FnEmitter f, Val x) {
    return VecMath.erfc(f, x);
  }

  static Val erfInv(FnEmitter f, Val x) {
    throw missing("erfInv");
  }

  static Val logistic(FnEmitter f, Val x) {
    throw missing("logistic");
  }

  static Val rsqrt(FnEmitter f, Val x) {
    return f.fdiv(Val.fp(x.type(), 1), f.sqrt(x));
  }

  static Val ceil(FnEmitter f, Val x) {
    return f.intrinsic("ceil", x);
  }

  static Val floor(FnEmitter f, Val x) {
    return f.intrinsic("floor", x);
  }

  static Val roundEven(FnEmitter f, Val x) {
    return f.intrinsic("roundeven", x);
  }

  static Val atan2(FnEmitter f, Val x, Val y) {
    throw missing("atan2");
  }

  static Val pow(FnEmitter f, Val x, Val y) {
    throw missing("pow");
  }

  static Val rem(FnEmitter f, Val x, Val y) {
    throw missing("rem");
  }
}
