package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.fuse.Effects;
import dev.jacobi.cpu.llvm.Cmp;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.host.HostCall;
import dev.jacobi.hlo.host.HostCheck;
import java.util.List;

/**
 * Emits calls of Java, and checks: a branch that is never taken. Where a check fails the function
 * returns at once, so that the memory of what it shows is still there for Java.
 */
final class HostEmitter {
  /** Bytes of a value in the record of an error: a scalar, or the address of an array. */
  private static final int SLOT = 16;

  private static final int CTX_ERROR = 16;
  private static final int ERROR_SITE = 16;
  private static final int ERROR_VALUES = 24;

  private final FunctionEmitter function;
  private final FnEmitter f;

  HostEmitter(FunctionEmitter function) {
    this.function = function;
    this.f = function.code();
  }

  static boolean is(ControlOp.CustomCall o) {
    return Effects.isCheck(o) || HostCall.is(o);
  }

  void emit(Instr instr, ControlOp.CustomCall o) {
    if (Effects.isCheck(o)) {
      check(instr, o);
    } else {
      call(instr, o);
    }
  }

  private void check(Instr instr, ControlOp.CustomCall o) {
    HostCheck check = HostCheck.of(o.operands(), o.attrs(), instr.loc());
    int site = function.context().sites().add(new Site.Check(check));
    Val ok = function.scalar(o.operands().getFirst()).re();
    List<Value> shown = o.operands().subList(1, o.operands().size());
    f.leaveIf(
        f.not(ok),
        () -> {
          function.inside(() -> record(site, shown));
          return Val.i32(Sites.FAILED);
        });
  }

  private void record(int site, List<Value> shown) {
    Val error = f.load(LType.PTR, f.offset(function.context().ctx(), CTX_ERROR));
    f.store(Val.i32(site), f.offset(error, ERROR_SITE));
    for (int k = 0; k < shown.size(); k++) {
      Value v = shown.get(k);
      Val slot = f.offset(error, ERROR_VALUES + (long) SLOT * k);
      if (v.shape().isScalar()) {
        Memory.store(f, function.scalar(v), slot);
      } else {
        f.store(function.address(v), slot);
      }
    }
  }

  private void call(Instr instr, ControlOp.CustomCall o) {
    int site = function.context().sites().add(new Site.Call(HostCall.of(o, instr.loc())));
    Val arguments = table(o.operands());
    Val results = table(instr.results());
    leaveUnlessZero(
        f.call(
            "jacobi_callback",
            LType.I32,
            function.context().ctx(),
            Val.i64(site),
            arguments,
            results));
  }

  private Val table(List<Value> values) {
    Val table = f.alloca(LType.PTR, Math.max(1, values.size()), 8);
    for (int i = 0; i < values.size(); i++) {
      f.store(function.address(values.get(i)), f.gep(LType.PTR, table, i));
    }
    return table;
  }

  /** Hands on that a called function ended early. */
  void leaveUnlessZero(Val status) {
    f.leaveIf(f.cmp(Cmp.NE, status, Val.i32(0)), () -> Val.i32(Sites.FAILED));
  }
}
