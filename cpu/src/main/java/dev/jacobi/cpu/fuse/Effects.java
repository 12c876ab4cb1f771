package dev.jacobi.cpu.fuse;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.host.HostCall;
import dev.jacobi.hlo.host.HostCheck;
import java.util.HashMap;
import java.util.Map;

/**
 * What of a program happens besides computing results: calls of Java with side effects, checks, and
 * meetings with other devices. The pass {@code inline} turns checks from composites into custom
 * calls.
 */
public final class Effects {
  private final HloModule module;
  private final Map<String, Boolean> impure = new HashMap<>();

  private Effects(HloModule module) {
    this.module = module;
  }

  public static Effects of(HloModule module) {
    return new Effects(module);
  }

  /**
   * Whether an operation may be removed when nobody reads its results, and merged with an equal.
   */
  boolean isPure(Op op) {
    if (op instanceof ControlOp.Call c) {
      return isPure(c.callee());
    }
    return Ops.isPure(op) && op.regions().stream().allMatch(this::isPure);
  }

  private boolean isPure(Block block) {
    return block.instrs().stream().map(Instr::op).allMatch(this::isPure);
  }

  private boolean isPure(String function) {
    Boolean known = impure.get(function);
    if (known == null) {
      HloFunc f = module.func(function);
      known = !isPure(f.body());
      impure.put(function, known);
    }
    return !known;
  }

  /** Whether a block may end its function early: it checks something, calls Java or meets. */
  public boolean mayLeave(Block block) {
    return block.instrs().stream()
        .anyMatch(
            i ->
                isHosted(i.op())
                    || i.op() instanceof ControlOp.Call c
                        && mayLeave(module.func(c.callee()).body())
                    || i.op().regions().stream().anyMatch(this::mayLeave));
  }

  /** Whether an operation waits for other devices. */
  private static boolean isMeeting(Op op) {
    return op instanceof CollectiveOp && !(op instanceof CollectiveOp.ProcessId);
  }

  /** Whether an operation, for itself, asks something of Java or of other devices. */
  static boolean isHosted(Op op) {
    return isMeeting(op) || op instanceof ControlOp.CustomCall c && (HostCall.is(c) || isCheck(c));
  }

  /** Whether a block calls Java; functions that it calls are not looked at. */
  public static boolean mayCall(Block block) {
    return block.instrs().stream()
        .anyMatch(
            i ->
                i.op() instanceof ControlOp.CustomCall c && HostCall.is(c)
                    || i.op().regions().stream().anyMatch(Effects::mayCall));
  }

  /** Whether a block checks something; functions that it calls are not looked at. */
  public static boolean mayFail(Block block) {
    return block.instrs().stream()
        .anyMatch(
            i ->
                i.op() instanceof ControlOp.CustomCall c && isCheck(c)
                    || i.op().regions().stream().anyMatch(Effects::mayFail));
  }

  /** Whether a custom call is a check. */
  public static boolean isCheck(ControlOp.CustomCall op) {
    return op.target().equals(HostCheck.NAME);
  }

  /** Whether an operation must keep its place among others that must, whatever it computes. */
  static boolean keepsPlace(Op op) {
    return op instanceof ControlOp.Call
        || isMeeting(op)
        || op instanceof ControlOp.CustomCall c && c.hasSideEffect()
        || op.regions().stream()
            .anyMatch(b -> b.instrs().stream().anyMatch(i -> keepsPlace(i.op())));
  }
}
