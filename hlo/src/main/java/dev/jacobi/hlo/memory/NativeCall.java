package dev.jacobi.hlo.memory;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Collections;

/**
 * Calls C functions of at most seven integers or pointers, all through one method handle that takes
 * seven 64-bit integers and returns one.
 *
 * <p>Every calling convention that we run on passes integers and pointers alike, has the caller
 * remove what the callee does not read, and leaves an {@code int} result in the low half. The JDK
 * generates code for every signature that is linked, 10 ms each in a fresh process; so there is
 * one.
 */
@SuppressWarnings("restricted")
public final class NativeCall {
  private static final int ARGUMENTS = 7;

  /** For callers that count nanoseconds: {@code (MemorySegment, long x 7) -> long}. */
  public static final MethodHandle HANDLE =
      Linker.nativeLinker()
          .downcallHandle(
              FunctionDescriptor.of(
                  JAVA_LONG,
                  Collections.nCopies(ARGUMENTS, JAVA_LONG).toArray(MemoryLayout[]::new)));

  private NativeCall() {}

  /** Calls a function whose result is a pointer or 64 bits wide, or that has none. */
  public static long call(MemorySegment function, long... arguments) {
    var a = Arrays.copyOf(arguments, ARGUMENTS);
    try {
      return (long) HANDLE.invokeExact(function, a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e); // Native functions throw nothing.
    }
  }

  /** Calls a function whose result is an {@code int}: the upper half is undefined. */
  public static int callInt(MemorySegment function, long... arguments) {
    return (int) call(function, arguments);
  }
}
