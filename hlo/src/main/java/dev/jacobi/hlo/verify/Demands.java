package dev.jacobi.hlo.verify;

import dev.jacobi.hlo.Accuracy;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.DotAlgorithm;
import dev.jacobi.hlo.DotAlgorithm.Format;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.text.UnsupportedOpException;

/**
 * What a valid program may ask for and not get: an accuracy, an algorithm, or an operation on a
 * type for which the specification gives no meaning. That is an error and never ignored.
 */
public final class Demands {
  /** No real function of the engines is further off, in units in the last place. */
  private static final int MAX_ULPS = 2;

  private Demands() {}

  /**
   * Accepts a module whose demands are kept by the interpreter and the CPU engine alike.
   *
   * @throws UnsupportedOpException with the first demand that is not, and the user's line
   */
  public static void requireKept(HloModule module) {
    module.funcs().values().forEach(f -> block(f.body()));
  }

  private static void block(Block block) {
    for (Instr instr : block.instrs()) {
      if (instr.op() instanceof ElementwiseOp.Pointwise o) {
        defined(o, instr.loc());
        accuracy(o, instr.loc());
      } else if (instr.op() instanceof ReductionOp.DotGeneral o) {
        o.algorithm().ifPresent(a -> algorithm(o, a, instr.loc()));
      } else if (instr.op() instanceof ControlOp.CustomCall o) {
        lapack(o, instr.loc());
      }
      instr.op().regions().forEach(Demands::block);
    }
  }

  /** A routine of LAPACK is called as JAX calls it; other custom calls are the engines' own. */
  private static void lapack(ControlOp.CustomCall op, Loc loc) {
    if (!op.operands().stream().allMatch(v -> v.shape().isStatic())) {
      return; // A later look at the program for known sizes sees it again.
    }
    try {
      LapackCall.of(op);
    } catch (HloTypeException e) {
      throw new UnsupportedOpException(e.getMessage(), loc.toString());
    }
  }

  /** The specification allows complex remainders, but does not say yet what they are. */
  private static void defined(ElementwiseOp.Pointwise op, Loc loc) {
    DType t = op.operands().getFirst().dtype();
    if (op.fn() == Fn.REM && t.isComplex()) {
      throw new UnsupportedOpException(op.mnemonic() + " of " + t.mlir(), loc.toString());
    }
  }

  /** There is one variant of every function, so the most exact one is that. */
  private static void accuracy(ElementwiseOp.Pointwise op, Loc loc) {
    if (op.accuracy().mode() != Accuracy.Mode.TOLERANCE) {
      return;
    }
    DType t = op.operands().getFirst().dtype();
    Accuracy a = op.accuracy();
    boolean kept =
        t.isFloat()
            && (a.ulps() >= MAX_ULPS
                || a.rtol() >= Math.scalb(MAX_ULPS, -Format.of(t).mantissaBits()));
    if (!kept) {
      throw new UnsupportedOpException(
          op.mnemonic() + " of " + t.mlir() + " within " + a, loc.toString());
    }
  }

  /**
   * Sums are kept in single precision, in double if the result is; 16-bit sums are rounded once.
   * Nothing is split: several products stand for the exactness of floats, which are multiplied.
   */
  private static void algorithm(ReductionOp.DotGeneral op, DotAlgorithm a, Loc loc) {
    DType operand = op.lhs().dtype();
    boolean kept =
        operand.isInexact() && op.dtype().isInexact() && (a.isPlain() || a.emulates(operand));
    if (kept) {
      Format sums = op.dtype().real() == DType.F64 ? Format.F64 : Format.F32;
      Format held = Format.of(operand.real());
      kept =
          (a.accumulation() == sums || op.dtype().bytes() == 2 && a.accumulation() == held)
              && (operand.isFloat()
                  || a.lhsPrecision().holds(held) && a.rhsPrecision().holds(held));
    }
    if (!kept) {
      throw new UnsupportedOpException(
          op.mnemonic() + " of " + operand.mlir() + " by " + a, loc.toString());
    }
  }
}
