package dev.jacobi.cpu.llvm;

import static dev.jacobi.hlo.memory.NativeCall.call;
import static dev.jacobi.hlo.memory.NativeCall.callInt;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** One compile, on the current thread. Everything here may only run on {@link Llvm}'s threads. */
@SuppressWarnings("restricted")
final class Compilation {
  private static final int RELOC_PIC = 2;
  private static final int CODE_MODEL_SMALL = 3;
  private static final int ASSEMBLY = 0;
  private static final int OBJECT = 1;
  private static final int RETURN_STATUS = 2;
  private static final int SEVERITY_ERROR = 0;

  /** Making a target machine costs more than using one; each is used by one compile at a time. */
  private static final Map<Key, Queue<Machine>> IDLE = new ConcurrentHashMap<>();

  private static final ThreadLocal<CompletableFuture<?>> RESULT = new ThreadLocal<>();
  private static final ThreadLocal<StringBuilder> ERRORS =
      ThreadLocal.withInitial(StringBuilder::new);
  private static final long ON_DIAGNOSTIC =
      LlvmApi.callback(MethodHandles.lookup(), "onDiagnostic");

  static {
    call(
        LlvmApi.installFatalErrorHandler, LlvmApi.callback(MethodHandles.lookup(), "onFatalError"));
    LlvmApi.initialize("X86");
    LlvmApi.initialize("AArch64");
  }

  private record Key(Target target, Llvm.OptLevel level) {}

  /** An LLVM target machine with the data layout that its modules must state. */
  private record Machine(long handle, String dataLayout) {}

  private Compilation() {}

  /** Names the future that a fatal error on this thread is reported to. */
  static void begin(CompletableFuture<?> result) {
    RESULT.set(result);
    ERRORS.get().setLength(0);
  }

  static String hostCpu() {
    return LlvmApi.take(call(LlvmApi.getHostCpuName));
  }

  static String hostFeatures() {
    return LlvmApi.take(call(LlvmApi.getHostCpuFeatures));
  }

  static String version() {
    try (var arena = Arena.ofConfined()) {
      var parts = arena.allocate(JAVA_INT, 3);
      long at = parts.address();
      call(LlvmApi.getVersion, at, at + 4, at + 8);
      return "%d.%d.%d"
          .formatted(
              parts.getAtIndex(JAVA_INT, 0),
              parts.getAtIndex(JAVA_INT, 1),
              parts.getAtIndex(JAVA_INT, 2));
    }
  }

  static byte[] emit(String name, String ir, CodegenOptions options, boolean object) {
    var key = new Key(options.target(), options.level());
    var idle = IDLE.computeIfAbsent(key, k -> new ConcurrentLinkedQueue<>());
    var reused = idle.poll();
    var machine = reused != null ? reused : newMachine(key);
    var context = call(LlvmApi.contextCreate);
    try (var arena = Arena.ofConfined()) {
      call(LlvmApi.contextSetDiagnosticHandler, context, ON_DIAGNOSTIC, 0);
      var module = parse(arena, context, name, header(options.target(), machine) + ir);
      try {
        if (options.verify()) {
          verify(arena, module);
        }
        return emit(arena, machine, module, object ? OBJECT : ASSEMBLY);
      } finally {
        call(LlvmApi.disposeModule, module);
      }
    } finally {
      call(LlvmApi.contextDispose, context);
      idle.add(machine);
    }
  }

  /** The parser needs the layout: it decides the alignment of loads that state none. */
  private static String header(Target target, Machine machine) {
    return "target datalayout = \"%s\"\ntarget triple = \"%s\"\n"
        .formatted(machine.dataLayout, target.triple());
  }

  private static long parse(Arena arena, long context, String name, String text) {
    var bytes = arena.allocateFrom(text, StandardCharsets.UTF_8);
    var buffer =
        call(
            LlvmApi.createMemoryBufferWithMemoryRange,
            bytes.address(),
            bytes.byteSize() - 1, // Without the final NUL, which must be there.
            arena.allocateFrom(name).address(),
            1);
    var module = arena.allocate(JAVA_LONG);
    var message = arena.allocate(JAVA_LONG);
    if (callInt(LlvmApi.parseIrInContext, context, buffer, module.address(), message.address())
        != 0) {
      throw new LlvmException(LlvmApi.take(message.get(JAVA_LONG, 0)));
    }
    return module.get(JAVA_LONG, 0);
  }

  private static void verify(Arena arena, long module) {
    var message = arena.allocate(JAVA_LONG);
    int bad = callInt(LlvmApi.verifyModule, module, RETURN_STATUS, message.address());
    var text = LlvmApi.take(message.get(JAVA_LONG, 0));
    if (bad != 0) {
      throw new LlvmException("the verifier says: " + text);
    }
  }

  private static byte[] emit(Arena arena, Machine machine, long module, int kind) {
    var message = arena.allocate(JAVA_LONG);
    var out = arena.allocate(JAVA_LONG);
    int bad =
        callInt(
            LlvmApi.targetMachineEmitToMemoryBuffer,
            machine.handle,
            module,
            kind,
            message.address(),
            out.address());
    if (bad != 0) {
      throw new LlvmException(LlvmApi.take(message.get(JAVA_LONG, 0)));
    }
    var buffer = out.get(JAVA_LONG, 0);
    try {
      if (!ERRORS.get().isEmpty()) {
        throw new LlvmException(ERRORS.get().toString());
      }
      long size = call(LlvmApi.getBufferSize, buffer);
      return MemorySegment.ofAddress(call(LlvmApi.getBufferStart, buffer))
          .reinterpret(size)
          .toArray(JAVA_BYTE);
    } finally {
      call(LlvmApi.disposeMemoryBuffer, buffer);
    }
  }

  private static Machine newMachine(Key key) {
    var target = key.target;
    try (var arena = Arena.ofConfined()) {
      var found = arena.allocate(JAVA_LONG);
      var message = arena.allocate(JAVA_LONG);
      var triple = arena.allocateFrom(target.triple());
      if (callInt(LlvmApi.getTargetFromTriple, triple.address(), found.address(), message.address())
          != 0) {
        throw new LlvmException(LlvmApi.take(message.get(JAVA_LONG, 0)));
      }
      var handle =
          call(
              LlvmApi.createTargetMachine,
              found.get(JAVA_LONG, 0),
              triple.address(),
              arena.allocateFrom(target.cpu()).address(),
              arena.allocateFrom(target.features()).address(),
              key.level.ordinal(),
              RELOC_PIC,
              CODE_MODEL_SMALL);
      if (handle == 0) {
        throw new LlvmException("there is no target machine for " + target);
      }
      var layout = call(LlvmApi.createTargetDataLayout, handle);
      var text = LlvmApi.take(call(LlvmApi.copyStringRepOfTargetData, layout));
      call(LlvmApi.disposeTargetData, layout);
      return new Machine(handle, text);
    }
  }

  // Without a handler of ours, LLVM prints an error and calls exit.
  static void onDiagnostic(MemorySegment info, MemorySegment context) {
    try {
      if (callInt(LlvmApi.getDiagInfoSeverity, info.address()) == SEVERITY_ERROR) {
        ERRORS.get().append(LlvmApi.take(call(LlvmApi.getDiagInfoDescription, info.address())));
      }
    } catch (Throwable e) {
      ERRORS.get().append(e); // An exception out of an upcall would end the process.
    }
  }

  static void onFatalError(MemorySegment reason, MemorySegment unused) {
    try {
      var text = LlvmApi.text(reason);
      RESULT.get().completeExceptionally(new LlvmException("fatal error: " + text));
    } catch (Throwable e) {
      RESULT.get().completeExceptionally(e);
    }
    while (true) {
      LockSupport.park(); // Returning would end the process.
    }
  }
}
