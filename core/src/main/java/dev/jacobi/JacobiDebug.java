package dev.jacobi;

import dev.jacobi.debug.Callbacks;
import dev.jacobi.debug.Checks;
import dev.jacobi.debug.HostAction;
import dev.jacobi.debug.HostFn;
import dev.jacobi.debug.Order;
import dev.jacobi.debug.VmapMethod;
import dev.jacobi.lowering.NanCheck;
import dev.jacobi.trace.JitSwitch;
import dev.jacobi.trace.NullArgumentException;
import java.util.function.Supplier;

/** What tells of programs while they run; part of {@link Jacobi}. */
@SuppressWarnings("unchecked") // a callback's result has the structure that was said
public abstract sealed class JacobiDebug permits JacobiParallel {
  JacobiDebug() {}

  /**
   * Prints a line while the program runs, on {@code System.out}: {@code {}} in the format is the
   * next value, {@code {0}} one by its number. Values are arrays and trees of them, and plain Java
   * values. In a batch it prints once per lane, in loops once per step.
   */
  public static void debugPrint(String format, Object... values) {
    Callbacks.print(Order.UNORDERED, format, values);
  }

  /** The same, in the order of the program with others that are ordered. */
  public static void debugPrint(Order order, String format, Object... values) {
    Callbacks.print(order, format, values);
  }

  /**
   * Calls Java with values while the program runs. What the function throws reaches the caller of
   * the program as a {@link dev.jacobi.debug.CallbackException}.
   */
  public static <T> void debugCallback(HostAction<T> f, T values) {
    debugCallback(Order.UNORDERED, f, values);
  }

  /** The same, in the order of the program with others that are ordered. */
  public static <T> void debugCallback(Order order, HostAction<T> f, T values) {
    NullArgumentException.require(f, "debug_callback", "the function");
    Callbacks.tell(order, x -> f.accept((T) x[0]), values);
  }

  /**
   * What a Java function without side effects gives, inside of compiled programs too. It may be
   * called more often than the program says, or not at all. It has no derivative but by {@link
   * Jacobi#customJvp} or {@link Jacobi#customVjp}, and cannot be vmapped without a {@link
   * VmapMethod}.
   *
   * @param result a tree of arrays of the types that the function gives: {@link Jacobi#spec} makes
   *     some
   */
  public static <T, R> R pureCallback(HostFn<T, R> f, R result, T argument) {
    NullArgumentException.require(f, "pure_callback", "the function");
    return (R) Callbacks.pure(x -> f.apply((T) x), result, argument, null);
  }

  /** The same with a rule for batches. */
  public static <T, R> R pureCallback(HostFn<T, R> f, R result, T argument, VmapMethod vmapMethod) {
    NullArgumentException.require(f, "pure_callback", "the function");
    NullArgumentException.require(vmapMethod, "pure_callback", "the method for batches");
    return (R) Callbacks.pure(x -> f.apply((T) x), result, argument, vmapMethod);
  }

  /** What a Java function with side effects gives: called exactly as often as the program says. */
  public static <T, R> R ioCallback(HostFn<T, R> f, R result, T argument) {
    return ioCallback(Order.UNORDERED, f, result, argument);
  }

  /** The same, in the order of the program with others that are ordered. */
  public static <T, R> R ioCallback(Order order, HostFn<T, R> f, R result, T argument) {
    NullArgumentException.require(f, "io_callback", "the function");
    NullArgumentException.require(order, "io_callback", "the order");
    return (R) Callbacks.io(x -> f.apply((T) x), result, argument, order);
  }

  /** Shows values to the hook that {@link dev.jacobi.debug.Breakpoints} keeps. */
  public static void breakpoint(Object... values) {
    Callbacks.breakpoint(values);
  }

  /**
   * Checks that all elements of a condition are true, in compiled programs as well. A message may
   * have places {@code {}} for the values.
   *
   * @throws dev.jacobi.hlo.host.CheckFailedException with the user's line, the message and the
   *     values, from the call of the program, if they are not; nothing is checked on plugins
   */
  public static void check(Array condition, String message, Object... values) {
    Checks.check(condition, message, values);
  }

  /**
   * Runs {@code body} so that the first NaN that an operation gives is an error, in compiled
   * programs too; {@code JACOBI_DEBUG_NANS=nan} does it for all of a process. Programs are compiled
   * anew for it, and slow.
   *
   * @throws dev.jacobi.lowering.NonFiniteException with the user's line and the operands
   */
  public static <R> R debugNans(Supplier<R> body) {
    NullArgumentException.require(body, "debug_nans", "the function");
    return NanCheck.NANS.during(body);
  }

  /** The same for NaNs and infinities. */
  public static <R> R debugInfs(Supplier<R> body) {
    NullArgumentException.require(body, "debug_infs", "the function");
    return NanCheck.INFINITIES.during(body);
  }

  /**
   * Runs {@code body} without compiling anything: {@code jit} calls the function itself, loops and
   * branches on values run in Java, so that a debugger sees every step; {@code
   * JACOBI_DISABLE_JIT=on} does it for all of a process.
   */
  public static <R> R disableJit(Supplier<R> body) {
    return JitSwitch.off(body);
  }
}
