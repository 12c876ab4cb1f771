package dev.jacobi.cpu.llvm;

import static dev.jacobi.hlo.memory.NativeCall.call;
import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;

/** The functions of LLVM's C API that we use, one field each. Loading this class loads libLLVM. */
@SuppressWarnings("restricted")
final class LlvmApi {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY = NativeLibraries.loadLlvm();

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
