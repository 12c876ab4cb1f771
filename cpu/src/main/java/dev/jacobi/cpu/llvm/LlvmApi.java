package dev.jacobi.cpu.llvm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Collections;

/**
 * The functions of LLVM's C API that we use, one field each. Loading this class loads libLLVM.
 *
 * <p>All are called through one method handle that takes seven 64-bit integers and returns one.
 * Every calling convention that we run on passes integers and pointers alike, lets the caller
 * remove what the callee does not read, and leaves a defined low half in an {@code int} result. The
 * JDK generates code for every signature that is linked: one instead of twenty saves a tenth of a
 * second in a process that compiles one small function.
 */
@SuppressWarnings("restricted")
final class LlvmApi {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY = NativeLibraries.loadLlvm();
  private static final MethodHandle CALL =
      LINKER.downcallHandle(
          FunctionDescriptor.of(
              JAVA_LONG, Collections.nCopies(7, JAVA_LONG).toArray(MemoryLayout[]::new)));

  // Core.h, ErrorHandling.h
  static final MemorySegment contextCreate = symbol("LLVMContextCreate");
  static final MemorySegment contextDispose = symbol("LLVMContextDispose");
  static final MemorySegment contextSetDiagnosticHandler =
      symbol("LLVMContextSetDiagnosticHandler");
  static final MemorySegment getDiagInfoDescription = symbol("LLVMGetDiagInfoDescription");
  static final MemorySegment getDiagInfoSeverity = symbol("LLVMGetDiagInfoSeverity");
  static final MemorySegment disposeMessage = symbol("LLVMDisposeMessage");
  static final MemorySegment installFatalErrorHandler = symbol("LLVMInstallFatalErrorHandler");
  static final MemorySegment getVersion = symbol("LLVMGetVersion");
  static final MemorySegment createMemoryBufferWithMemoryRange =
      symbol("LLVMCreateMemoryBufferWithMemoryRange");
  static final MemorySegment getBufferStart = symbol("LLVMGetBufferStart");
  static final MemorySegment getBufferSize = symbol("LLVMGetBufferSize");
  static final MemorySegment disposeMemoryBuffer = symbol("LLVMDisposeMemoryBuffer");
  static final MemorySegment disposeModule = symbol("LLVMDisposeModule");

  // IRReader.h, Analysis.h
  static final MemorySegment parseIrInContext = symbol("LLVMParseIRInContext");
  static final MemorySegment verifyModule = symbol("LLVMVerifyModule");

  // TargetMachine.h, Target.h
  static final MemorySegment getHostCpuName = symbol("LLVMGetHostCPUName");
  static final MemorySegment getHostCpuFeatures = symbol("LLVMGetHostCPUFeatures");
  static final MemorySegment getTargetFromTriple = symbol("LLVMGetTargetFromTriple");
  static final MemorySegment createTargetMachine = symbol("LLVMCreateTargetMachine");
  static final MemorySegment createTargetDataLayout = symbol("LLVMCreateTargetDataLayout");
  static final MemorySegment copyStringRepOfTargetData = symbol("LLVMCopyStringRepOfTargetData");
  static final MemorySegment disposeTargetData = symbol("LLVMDisposeTargetData");
  static final MemorySegment targetMachineEmitToMemoryBuffer =
      symbol("LLVMTargetMachineEmitToMemoryBuffer");

  private LlvmApi() {}

  /** Registers one of LLVM's targets, such as {@code X86}. */
  static void initialize(String target) {
    for (var part : new String[] {"TargetInfo", "Target", "TargetMC", "AsmPrinter", "AsmParser"}) {
      call(symbol("LLVMInitialize" + target + part));
    }
  }

  /** Calls a function whose result is a pointer or 64 bits wide, or that has none. */
  static long call(MemorySegment function, long... arguments) {
    var a = Arrays.copyOf(arguments, 7);
    try {
      return (long) CALL.invokeExact(function, a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // Upcalls of ours let no checked exception through.
    }
  }

  /** Calls a function whose result is an {@code int}: the upper half is undefined. */
  static int callInt(MemorySegment function, long... arguments) {
    return (int) call(function, arguments);
  }

  /** Reads a C string that LLVM allocated, and frees it. */
  static String take(long message) {
    if (message == 0) {
      return "";
    }
    var text = text(MemorySegment.ofAddress(message));
    call(disposeMessage, message);
    return text;
  }

  /** Reads a C string that LLVM keeps. */
  static String text(MemorySegment string) {
    return string.reinterpret(Long.MAX_VALUE).getString(0);
  }

  /** A C function pointer to a static method of two pointers; lives as long as the process. */
  static long callback(MethodHandles.Lookup lookup, String name) {
    try {
      var descriptor = FunctionDescriptor.ofVoid(ADDRESS, ADDRESS);
      var method = lookup.findStatic(lookup.lookupClass(), name, descriptor.toMethodType());
      return LINKER.upcallStub(method, descriptor, Arena.global()).address();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MemorySegment symbol(String name) {
    return LIBRARY
        .find(name)
        .orElseThrow(
            () -> new LlvmMissingException("The LLVM library has no function " + name + "."));
  }
}
