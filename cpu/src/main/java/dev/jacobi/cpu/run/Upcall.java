package dev.jacobi.cpu.run;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.jacobi.cpu.llvm.Lazy;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** {@code jacobi_callback(ptr ctx, i64 site, ptr arguments, ptr results)}: the way into Java. */
final class Upcall {
  static final String NAME = "jacobi_callback";

  private static final Lazy<MemorySegment> STUB = new Lazy<>(Upcall::stub);

  private Upcall() {}

  /** The function's address; made when the first program with a callback is loaded. */
  static long address() {
    return STUB.get().address();
  }

  @SuppressWarnings("restricted")
  private static MemorySegment stub() {
    try {
      var call =
          MethodHandles.lookup()
              .findStatic(
                  Upcall.class,
                  "call",
                  MethodType.methodType(int.class, long.class, long.class, long.class, long.class));
      return Linker.nativeLinker()
          .upcallStub(
              call,
              FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** 0, or 1 if Java threw something, which the call of the program then throws. */
  @SuppressWarnings("unused") // called by compiled programs
  private static int call(long context, long site, long arguments, long results) {
    CallBlock block = CallBlocks.ofThread().top();
    try {
      block.host().call((int) site, arguments, results);
      return 0;
    } catch (Throwable e) { // native code cannot pass it on
      block.thrown(e);
      return 1;
    }
  }
}
