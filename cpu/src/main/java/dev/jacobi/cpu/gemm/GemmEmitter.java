package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.stream.Stream;

/**
 * Writes a matrix product into a module. The code calls kernels of {@link GemmLibrary}, whose
 * symbols whoever links the module must offer.
 */
public final class GemmEmitter {
  /** Bytes of B up to which it is read where it lies: they stay in the second cache. */
  private static final long DIRECT_BYTES = 96 << 10;

  /** Rows of A up to which packing B costs more than it saves. */
  private static final long FEW_ROWS = 16;

  private GemmEmitter() {}

  /**
   * What was written: the internal function {@code void name(ptr a, ptr b, ptr c, ptr scratch, ptr
   * pool)}.
   *
   * @param name the function's name
   * @param scratchBytes scratch memory it needs, 64-byte aligned; undefined at the start
   */
  public record Emitted(String name, long scratchBytes) {}

  /** How a product is computed: decided by types, sizes and strides alone. */
  enum Form {
    EMPTY,
    DIRECT,
    SUMMED,
    PACKED,
    DOT
  }

  /**
   * Writes the function.
   *
   * @param name a name that no other function of the module has or begins with
   * @param isa the instruction set that the module is compiled for
   * @param threads whether {@code jacobi_parallel} may be called with {@code pool}; the result is
   *     the same to the bit
   */
  public static Emitted emit(
      IrModule module, String name, GemmSpec given, Isa isa, boolean threads) {
    var spec = oriented(given);
    boolean swapped = spec != given;
    var form = form(spec);
    var plan =
        switch (form) {
          case DIRECT, SUMMED -> Plan.direct(isa, spec, threads);
          case PACKED -> Plan.packed(isa, spec, threads);
          case EMPTY, DOT -> null;
        };
    var params =
        Stream.of("a", "b", "c", "scratch", "pool")
            .map(p -> new IrModule.Param(LType.PTR, p))
            .toList();
    module.helper(
        name,
        LType.VOID,
        params,
        f -> {
          Val a = f.param(swapped ? 1 : 0);
          Val b = f.param(swapped ? 0 : 1);
          switch (form) {
            case EMPTY -> {}
            case DIRECT, SUMMED, PACKED -> {
              var driver = new DriverKernel(isa, plan.driver(form));
              Val numbers = plan.write(module);
              f.call(driver.name(), LType.VOID, a, b, f.param(2), f.param(3), f.param(4), numbers);
              f.cold();
            }
            case DOT -> {
              var parallel = new Parallel(module, threads);
              int width = isa.vectorBytes() / spec.sum().elemBytes();
              new DotGemm(module, name, spec, width, parallel)
                  .write(f, a, b, f.param(2), f.param(4));
            }
          }
          f.ret();
        });
    return new Emitted(name, plan == null ? 0 : plan.scratchBytes());
  }

  /** Whether every element is one chain of sums over k: then no stride changes its bits. */
  public static boolean isChained(GemmSpec spec) {
    return form(oriented(spec)) != Form.DOT;
  }

  /** A matrix stored by columns times a vector is a vector times a matrix stored by rows. */
  private static GemmSpec oriented(GemmSpec spec) {
    boolean column =
        spec.sums().isEmpty()
            && spec.n() == 1
            && spec.m() > 1
            && spec.aCol() != 1
            && spec.cRow() == 1;
    return column ? spec.swapped() : spec;
  }

  static Form form(GemmSpec spec) {
    if (spec.m() == 0 || spec.n() == 0 || spec.products() == 0) {
      return Form.EMPTY;
    }
    if (!spec.sums().isEmpty()) {
      return Form.SUMMED;
    }
    boolean alongK = spec.k() > 1 && spec.aCol() == 1 && spec.bRow() == 1;
    boolean adjacent = spec.bCol() == 1 || spec.n() == 1;
    if (alongK && (spec.n() == 1 || (spec.m() <= FEW_ROWS && !adjacent))) {
      return Form.DOT;
    }
    long size = spec.k() * spec.n() * spec.operand().elemBytes();
    if (adjacent && (spec.m() <= FEW_ROWS || spec.k() <= 1 || size <= DIRECT_BYTES)) {
      return Form.DIRECT;
    }
    return Form.PACKED;
  }
}
