package dev.jacobi.cpu.math;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.jacobi.cpu.llvm.CodegenOptions;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.IrModule;
import dev.jacobi.cpu.llvm.IrModule.Param;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Llvm;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Target;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.cpu.run.ElfLoader;
import dev.jacobi.cpu.run.LoadedCode;
import dev.jacobi.cpu.run.Symbols;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/** A function of vectors, compiled into a loop over arrays that is called from Java. */
final class Kernel {
  /** Writes the function. */
  interface Body {
    Val emit(FnEmitter f, List<Val> arguments);
  }

  private static final FunctionDescriptor SIGNATURE = FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG);

  private final LoadedCode code;
  private final MethodHandle handle;

  private Kernel(LoadedCode code, MethodHandle handle) {
    this.code = code;
    this.handle = handle;
  }

  /** For this machine. */
  static Kernel of(List<LType> arguments, LType result, int lanes, Body body) {
    return of(Target.host(), arguments, result, lanes, body);
  }

  /** Element types of arguments and result; 0 lanes make a scalar loop. */
  @SuppressWarnings("restricted")
  static Kernel of(Target target, List<LType> arguments, LType result, int lanes, Body body) {
    IrModule module = new IrModule("kernel", target.irTarget());
    FnEmitter f =
        module.function(
            "kernel", LType.VOID, new Param(LType.PTR, "arrays"), new Param(LType.I64, "n"));
    List<Val> bases = new ArrayList<>();
    for (int i = 0; i <= arguments.size(); i++) {
      bases.add(f.load(LType.PTR, f.gep(LType.PTR, f.param(0), i)));
    }
    f.forLoop(
        Val.i64(0),
        f.param(1),
        Val.i64(Math.max(1, lanes)),
        i -> {
          List<Val> values = new ArrayList<>();
          for (int a = 0; a < arguments.size(); a++) {
            LType type = arguments.get(a);
            values.add(f.load(type.lanes(lanes), f.gep(type, bases.get(a), i), Mem.PLAIN));
          }
          f.store(body.emit(f, values), f.gep(result, bases.getLast(), i), Mem.PLAIN);
        });
    f.ret();
    CodegenOptions options = CodegenOptions.of(target).withVerify(true);
    byte[] object = Llvm.compile("kernel", module.toString(), options);
    LoadedCode code = ElfLoader.load(object, Symbols.NONE);
    return new Kernel(
        code, Linker.nativeLinker().downcallHandle(code.function("kernel"), SIGNATURE));
  }

  /** Runs over n elements, a multiple of the lanes: arguments first, the result last. */
  void run(long n, MemorySegment... arrays) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pointers = arena.allocate(ADDRESS, arrays.length);
      for (int i = 0; i < arrays.length; i++) {
        pointers.setAtIndex(ADDRESS, i, arrays[i]);
      }
      handle.invokeExact(pointers, n);
      Reference.reachabilityFence(code);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** A function of floats; n is a multiple of the lanes. */
  float[] run(float[]... arguments) {
    int n = arguments[0].length;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment[] arrays = new MemorySegment[arguments.length + 1];
      for (int i = 0; i < arguments.length; i++) {
        arrays[i] = arena.allocate(4L * n, 64).copyFrom(MemorySegment.ofArray(arguments[i]));
      }
      arrays[arguments.length] = arena.allocate(4L * n, 64);
      run(n, arrays);
      float[] result = new float[n];
      MemorySegment.ofArray(result).copyFrom(arrays[arguments.length]);
      return result;
    }
  }

  /** A function of doubles; n is a multiple of the lanes. */
  double[] run(double[]... arguments) {
    int n = arguments[0].length;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment[] arrays = new MemorySegment[arguments.length + 1];
      for (int i = 0; i < arguments.length; i++) {
        arrays[i] = arena.allocate(8L * n, 64).copyFrom(MemorySegment.ofArray(arguments[i]));
      }
      arrays[arguments.length] = arena.allocate(8L * n, 64);
      run(n, arrays);
      double[] result = new double[n];
      MemorySegment.ofArray(result).copyFrom(arrays[arguments.length]);
      return result;
    }
  }
}
