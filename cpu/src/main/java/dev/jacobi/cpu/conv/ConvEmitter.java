package dev.jacobi.cpu.conv;

import dev.jacobi.cpu.conv.ConvPlan.Loop;
import dev.jacobi.cpu.conv.ConvPlan.Piece;
import dev.jacobi.cpu.gemm.GemmEmitter;
import dev.jacobi.cpu.gemm.Lanes;
import dev.jacobi.cpu.gemm.Parallel;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Writes convolutions into a module. */
public final class ConvEmitter {
  private static final List<IrModule.Param> PARAMS =
      Stream.of("a", "b", "c", "scratch", "pool")
          .map(p -> new IrModule.Param(LType.PTR, p))
          .toList();

  /** The function of a piece, and whether it takes the kernel first. */
  private record Part(String name, Loop start, boolean swapped) {}

  private final IrModule module;
  private final Isa isa;
  private final boolean threads;

  public ConvEmitter(IrModule module, Isa isa, boolean threads) {
    this.module = module;
    this.isa = isa;
    this.threads = threads;
  }

  /**
   * Writes the internal function {@code void name(ptr lhs, ptr rhs, ptr result, ptr scratch, ptr
   * pool)}.
   *
   * @param o a convolution whose windows read nothing outside of lhs, in types that products have
   */
  public GemmEmitter.Emitted emit(String name, ConvOp.Convolution o) {
    ConvPlan plan = ConvPlan.of(o);
    LType operand = type(o.lhs().dtype());
    LType result = type(o.dtype());
    long scratch = 0;
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < plan.pieces().size(); i++) {
      Piece piece = plan.pieces().get(i);
      if (piece.places().stream().anyMatch(l -> l.size() == 0)) {
        continue;
      }
      String part = name + "p" + i + "_";
      ConvGemm gemm = ConvGemm.of(operand, result, plan, piece);
      if (plan.isLanes()) {
        new LaneKernel(module, part, Lanes.of(gemm.spec()), piece, plan.group().size(), isa)
            .write(PARAMS, new Parallel(module, threads));
      } else {
        scratch =
            Math.max(
                scratch, GemmEmitter.emit(module, part, gemm.spec(), isa, threads).scratchBytes());
      }
      parts.add(new Part(part, piece.start(), gemm.kernelFirst() && !plan.isLanes()));
    }
    module.helper(
        name,
        LType.VOID,
        PARAMS,
        f -> {
          parts.forEach(part -> call(f, part, operand, result));
          f.ret();
          f.cold();
        });
    return new GemmEmitter.Emitted(name, scratch);
  }

  private static void call(FnEmitter f, Part part, LType operand, LType result) {
    Val lhs = f.gep(operand, f.param(0), part.start.a());
    Val rhs = f.gep(operand, f.param(1), part.start.b());
    f.call(
        part.name,
        LType.VOID,
        part.swapped ? rhs : lhs,
        part.swapped ? lhs : rhs,
        f.gep(result, f.param(2), part.start.c()),
        f.param(3),
        f.param(4));
  }

  private static LType type(DType t) {
    return switch (t) {
      case F16 -> LType.HALF;
      case BF16 -> LType.BFLOAT;
      case F32 -> LType.FLOAT;
      case F64 -> LType.DOUBLE;
      case I32, U32 -> LType.I32;
      case I64, U64 -> LType.I64;
      case BOOL, I8, I16, U8, U16, C64, C128 ->
          throw new IllegalArgumentException("no convolution of " + t.mlir());
    };
  }
}
