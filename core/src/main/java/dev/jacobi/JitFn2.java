package dev.jacobi;

import dev.jacobi.transform.InAxes;
import dev.jacobi.transform.JitFunction;

/** A compiled function of two trees. Immutable; any number of threads may call it. */
public final class JitFn2<A, B, R> implements Fn2<A, B, R> {
  private static final long serialVersionUID = 1L;

  private final transient JitFunction jit;

  JitFn2(JitFunction jit) {
    this.jit = jit;
  }

  @Override
  @SuppressWarnings("unchecked") // the result has the structure that the function's type says
  public R apply(A a, B b) {
    return (R) jit.call(a, b);
  }

  /** The same function, which may take over the memory of argument {@code i} (from 0). */
  public JitFn2<A, B, R> donate(int i) {
    return new JitFn2<>(jit.donate(i));
  }

  /** The same function on at most {@code n} threads. */
  public JitFn2<A, B, R> threads(int n) {
    return new JitFn2<>(jit.threads(n));
  }

  /**
   * The same function traced and compiled once for any size of the batch, the leading dimension of
   * every argument's arrays. It may not read that size as a number: see {@link
   * dev.jacobi.transform.SymbolicBatchException}.
   */
  public JitFn2<A, B, R> symbolicBatch() {
    return symbolicBatch(InAxes.LEADING);
  }

  /** The same with a batch in some arguments only: {@code symbolicBatch(in(NONE, 0))}. */
  public JitFn2<A, B, R> symbolicBatch(InAxes in) {
    return new JitFn2<>(jit.symbolicBatch(in));
  }

  /** The program for arguments of these types. */
  public JitFunction.Lowered lower(A a, B b) {
    return jit.lower(a, b);
  }

  /** How calls found compiled programs. */
  public JitFunction.CacheStats cacheStats() {
    return jit.cacheStats();
  }

  /** Why a call with these arguments would trace again. */
  public String explainMiss(A a, B b) {
    return jit.explainMiss(a, b);
  }
}
