package dev.jacobi.cpu.gemm;

import dev.jacobi.cpu.llvm.CodegenOptions;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.cpu.run.ElfLoader;
import dev.jacobi.cpu.run.LoadedCode;
import dev.jacobi.cpu.run.NativeRuntime;
import dev.jacobi.cpu.run.ObjectCache;
import dev.jacobi.cpu.run.Symbols;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The kernels that programs of this process call: made when they are linked first, then kept. */
public final class GemmLibrary {
  private static final Map<String, LoadedCode> LOADED = new ConcurrentHashMap<>();

  private GemmLibrary() {}

  /** Where the kernels are that {@link GemmEmitter}'s code calls. */
  public static Symbols symbols() {
    return name -> name.startsWith(Kernel.PREFIX) ? address(name) : 0;
  }

  private static long address(String name) {
    return LOADED.computeIfAbsent(name, GemmLibrary::load).address(name);
  }

  private static LoadedCode load(String name) {
    var kernel = Kernel.of(name);
    var target = Target.host().withIsa(kernel.isa());
    var text = text(kernel, target);
    var object = ObjectCache.shared().compile(name, text, CodegenOptions.of(target));
    return ElfLoader.load(object, NativeRuntime.symbols());
  }

  /** A kernel as a module of its own. */
  static String text(Kernel kernel, Target target) {
    var module = new IrModule(kernel.name(), target.irTarget());
    kernel.emit(module);
    return module.toString();
  }
}
