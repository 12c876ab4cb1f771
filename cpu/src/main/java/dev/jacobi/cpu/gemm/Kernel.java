package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A function that programs share: sizes and strides are its arguments, so that each is compiled
 * once per machine, not once per shape. Its name says everything about it; {@link GemmLibrary}
 * makes the code from the name.
 */
sealed interface Kernel permits TileKernel, PackKernel, PairKernel, DriverKernel {
  /** What all names begin with. */
  String PREFIX = "jacobi_gemm.";

  Isa isa();

  String name();

  /** Writes the function. */
  void emit(IrModule module);

  /** The parameters' types, in order. */
  List<LType> parameters();

  /** Makes the function known to a module that calls it; returns its address. */
  default Val declare(IrModule module) {
    return module.external(name(), LType.VOID, parameters());
  }

  /** The parameters with names. */
  static IrModule.Param[] params(Kernel kernel, String... names) {
    var params = new IrModule.Param[names.length];
    for (int i = 0; i < params.length; i++) {
      params[i] = new IrModule.Param(kernel.parameters().get(i), names[i]);
    }
    return params;
  }

  /** The parts of a name, joined. */
  static String join(Isa isa, Object... parts) {
    var text = new StringBuilder(PREFIX).append(isa.name().toLowerCase(Locale.ROOT));
    for (var part : parts) {
      text.append('.').append(part);
    }
    return text.toString();
  }

  /** The kernel that has a name. */
  static Kernel of(String name) {
    var parts = name.substring(PREFIX.length()).split("\\.");
    var isa = Isa.valueOf(parts[0].toUpperCase(Locale.ROOT));
    return switch (parts[1]) {
      case "tile" ->
          new TileKernel(
              isa,
              new Lanes(type(parts[2]), type(parts[3]), type(parts[4])),
              Integer.parseInt(parts[5]),
              Integer.parseInt(parts[6]),
              parts[7].equals("adjacent"),
              parts[8].equals("edge"));
      case "pack" ->
          new PackKernel(
              isa,
              new Lanes(type(parts[2]), type(parts[3]), type(parts[4])),
              PackKernel.Kind.valueOf(parts[5].toUpperCase(Locale.ROOT)));
      case "pair" ->
          new PairKernel(
              isa,
              parts[2].equals("rows"),
              PackKernel.Kind.valueOf(parts[3].toUpperCase(Locale.ROOT)));
      case "driver" ->
          new DriverKernel(isa, DriverKernel.Kind.valueOf(parts[2].toUpperCase(Locale.ROOT)));
      default -> throw new IllegalArgumentException("no kernel is called " + name);
    };
  }

  private static LType type(String name) {
    return Map.of(
            "half", LType.HALF,
            "bfloat", LType.BFLOAT,
            "float", LType.FLOAT,
            "double", LType.DOUBLE,
            "i32", LType.I32,
            "i64", LType.I64)
        .get(name);
  }
}
