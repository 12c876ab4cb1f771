package dev.jacobi.cpu.lapack;

import dev.jacobi.cpu.lapack.Workspace.Part;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.linalg.LapackCall;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one call of a routine for one matrix. Fortran takes the addresses of all arguments, and
 * after them the length of every string.
 */
final class FortranCall {
  private final FnEmitter f;
  private final LapackCall call;
  private final List<Val> arrays; // operands, then results
  private final Val scratch;
  private final Workspace workspace;
  private final List<Val> arguments = new ArrayList<>();
  private int letters;

  FortranCall(FnEmitter f, LapackCall call, List<Val> arrays, Val scratch, Workspace workspace) {
    this.f = f;
    this.call = call;
    this.arrays = arrays;
    this.scratch = scratch;
    this.workspace = workspace;
  }

  void emit() {
    clear();
    int rows = call.rows(call.operands().getFirst());
    int cols = call.cols(call.operands().getFirst());
    switch (call.routine()) {
      case TRSM -> {
        int m = call.rows(call.operands().get(1));
        option("side", "LR").option("uplo", "LU").option("trans_x", "NTC").option("diag", "NU");
        number(m).number(call.cols(call.operands().get(1))).one();
        array(0).leading(rows).result(0).leading(m).run();
      }
      case GETRF -> number(rows).number(cols).result(0).leading(rows).result(1).result(2).run();
      case POTRF -> option("uplo", "LU").number(rows).result(0).leading(rows).result(1).run();
      case GEQRF ->
          number(rows).number(cols).result(0).leading(rows).result(1).work().status().run();
      case GEQP3 -> {
        number(rows).number(cols).result(0).leading(rows).result(1).result(2).work();
        part(Part.RWORK).status().run();
      }
      case ORGQR -> {
        number(rows).number(cols).number(call.rows(call.operands().get(1)));
        result(0).leading(rows).array(1).work().status().run();
      }
      case ORMQR -> multiply(rows);
      case GESDD -> whenFinite(call.operands().size(), () -> divideAndConquer(rows, cols));
      case GESVD -> whenFinite(call.operands().size(), () -> iterate(rows, cols));
      case SYEVD -> {
        option("mode", "NV").option("uplo", "LU").number(rows).result(0).leading(rows).result(1);
        work().sized(Part.RWORK).sized(Part.IWORK).result(2).run();
      }
      case GEEV -> whenFinite(0, this::eigen);
      case GEES -> whenFinite(call.operands().size(), this::schur);
      case GEHRD -> {
        number(rows).number(call.number("low")).number(call.number("high"));
        result(0).leading(rows).result(1).work().result(2).run();
      }
      case SYTRD -> {
        option("uplo", "LU").number(rows).result(0).leading(rows).result(1).result(2).result(3);
        work().result(4).run();
      }
      case GTSV -> tridiagonal();
    }
  }

  /**
   * Zeros where the routine may write nothing: vectors that nobody asked for, and all of it when it
   * refuses a matrix. No program may read what was in the memory before.
   */
  private void clear() {
    boolean maybe =
        switch (call.routine()) {
          case GESDD, GESVD, GEEV, GEES -> true;
          case TRSM, GETRF, POTRF, GEQRF, GEQP3, ORGQR, ORMQR, SYEVD, GEHRD, SYTRD, GTSV -> false;
        };
    int operands = call.operands().size();
    for (int k = operands; k < arrays.size() && maybe; k++) {
      if (call.overwrites(k - operands) < 0) {
        Val bytes = Val.i64(LapackEmitter.bytes(call, k));
        f.call("memset", LType.PTR, arrays.get(k), Val.i32(0), bytes);
      }
    }
  }

  // --- arguments ---

  private FortranCall option(String name, String allowed) {
    return letter(call.letter(name, allowed));
  }

  private FortranCall letter(char c) {
    letters++;
    return argument(f.module().bytes(new byte[] {(byte) c}));
  }

  private FortranCall number(long n) {
    return argument(f.module().integerTable(LType.I32, n));
  }

  /** How far columns lie apart. */
  private FortranCall leading(int rows) {
    return number(Math.max(1, rows));
  }

  private FortranCall one() {
    return argument(f.module().floatTable(real(), 1, 0));
  }

  private FortranCall array(int i) {
    return argument(arrays.get(i));
  }

  private FortranCall result(int i) {
    return array(call.operands().size() + i);
  }

  private Val memory(Part part) {
    return f.offset(scratch, workspace.offset(part));
  }

  /** A part of the workspace, if the routine has it. */
  private FortranCall part(Part part) {
    return workspace.size(part) > 0 ? argument(memory(part)) : this;
  }

  private FortranCall sized(Part part) {
    return workspace.size(part) > 0 ? part(part).number(workspace.size(part)) : this;
  }

  private FortranCall work() {
    return sized(Part.WORK);
  }

  /** A place for a status that can only be 0. */
  private FortranCall status() {
    return argument(f.alloca(LType.I32, 1, 4));
  }

  private FortranCall argument(Val v) {
    arguments.add(v);
    return this;
  }

  private void run() {
    for (int i = 0; i < letters; i++) {
      arguments.add(Val.i64(1));
    }
    String name = LapackEmitter.symbol(call.name());
    f.call(name, LType.VOID, arguments.toArray(Val[]::new));
  }

  private LType real() {
    return call.dtype().real().bytes() == 4 ? LType.FLOAT : LType.DOUBLE;
  }

  // --- routines whose arguments need more than that ---

  private void divideAndConquer(int rows, int cols) {
    option("mode", "ASN").svd(rows, cols).part(Part.RWORK).part(Part.IWORK).result(4).run();
  }

  private void iterate(int rows, int cols) {
    option("mode", "ASN").option("mode", "ASN").svd(rows, cols);
    part(Part.RWORK).result(4).run();
  }

  private FortranCall svd(int rows, int cols) {
    number(rows).number(cols).result(0).leading(rows).result(1);
    result(2).leading(rows).result(3).leading(call.rows(call.results().get(3)));
    return work();
  }

  private void multiply(int rows) {
    boolean isComplex = call.dtype().isComplex();
    int m = call.rows(call.operands().get(2));
    letter(call.flag("left") ? 'L' : 'R');
    letter(call.flag("transpose") ? (isComplex ? 'C' : 'T') : 'N');
    number(m).number(call.cols(call.operands().get(2)));
    number(call.rows(call.operands().get(1)));
    array(0).leading(rows).array(1).result(0).leading(m).work().status().run();
  }

  /** JAX's lower diagonal begins with an element that is not used. */
  private void tridiagonal() {
    int n = call.rows(call.operands().get(1));
    int first = call.operands().size();
    number(n).number(call.cols(call.operands().get(3)));
    argument(f.offset(arrays.get(first), n > 0 ? call.dtype().bytes() : 0));
    result(1).result(2).result(3).leading(n).result(4).run();
  }

  /**
   * LAPACK might not return from infinities and NaN: JAX's handlers of eigenvalues ask as well,
   * while those of singular values, at which JAX 0.10.2 can hang, do not.
   */
  private void whenFinite(int array, Runnable body) {
    TensorType matrix = call.operands().getFirst();
    long elements = (long) call.rows(matrix) * call.cols(matrix);
    long reals = elements * (call.dtype().isComplex() ? 2 : 1);
    Val zero = Val.fp(real(), 0);
    Val from = arrays.get(array);
    Val sum =
        f.forLoop(
                Val.i64(0),
                Val.i64(reals),
                Val.i64(1),
                List.of(zero),
                (i, s) -> {
                  Val x = f.load(real(), f.gep(real(), from, i));
                  return List.of(f.add(s.getFirst(), f.mul(x, zero)));
                })
            .getFirst();
    Val info = arrays.getLast();
    f.store(Val.i32(-4), info);
    f.ifThen(f.cmp(Cmp.OEQ, sum, zero), body);
  }

  private void eigen() {
    int n = call.rows(call.operands().getFirst());
    boolean isComplex = call.dtype().isComplex();
    f.call(
        "memcpy",
        LType.PTR,
        memory(Part.COPY),
        arrays.getFirst(),
        Val.i64(LapackEmitter.bytes(call, 0)));
    option("compute_left", "NV").option("compute_right", "NV").number(n);
    argument(memory(Part.COPY)).leading(n).result(0);
    if (isComplex) {
      result(1).leading(n).result(2).leading(n).work().part(Part.RWORK).result(3).run();
      return;
    }
    result(1).part(Part.VL).leading(n).part(Part.VR).leading(n).work().result(4).run();
    Val info = f.load(LType.I32, arrays.getLast());
    f.ifThen(f.cmp(Cmp.EQ, info, Val.i32(0)), () -> unpackAsked(n));
  }

  private void unpackAsked(int n) {
    if (call.letter("compute_left", "NV") == 'V') {
      unpack(n, memory(Part.VL), arrays.get(3));
    }
    if (call.letter("compute_right", "NV") == 'V') {
      unpack(n, memory(Part.VR), arrays.get(4));
    }
  }

  /** The vectors of a pair of complex values stand as real and imaginary part side by side. */
  private void unpack(int n, Val from, Val to) {
    LType t = real();
    Val imaginary = arrays.get(2);
    Val zero = Val.fp(t, 0);
    f.forLoop(
        Val.i64(0),
        Val.i64(n),
        Val.i64(1),
        j -> {
          Val w = f.load(t, f.gep(t, imaginary, j));
          Val first = f.cmp(Cmp.OGT, w, zero);
          Val second = f.cmp(Cmp.OLT, w, zero);
          Val re = f.select(second, f.addNsw(j, Val.i64(-1)), j);
          Val im = f.select(first, f.addNsw(j, Val.i64(1)), j);
          f.forLoop(
              Val.i64(0),
              Val.i64(n),
              Val.i64(1),
              i -> {
                Val x = f.load(t, f.gep(t, from, f.addNsw(f.mulNsw(re, Val.i64(n)), i)));
                Val y = f.load(t, f.gep(t, from, f.addNsw(f.mulNsw(im, Val.i64(n)), i)));
                Val part = f.select(first, y, f.select(second, f.neg(y), zero));
                Val at = f.addNsw(f.mulNsw(j, Val.i64(n)), i);
                Val place = f.gep(t, to, f.mulNsw(at, Val.i64(2)));
                f.store(x, place);
                f.store(part, f.gep(t, place, 1));
              });
        });
  }

  private void schur() {
    int n = call.rows(call.operands().getFirst());
    boolean isComplex = call.dtype().isComplex();
    int count = isComplex ? 3 : 4; // Where the number of sorted values stands.
    option("mode", "NV").option("sort", "N").argument(Val.zero(LType.PTR)).number(n);
    result(0).leading(n).result(count).result(2);
    if (!isComplex) {
      result(3);
    }
    result(1).leading(n).work().part(Part.RWORK).part(Part.BWORK).result(count + 1).run();
  }
}
