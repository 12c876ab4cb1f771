package dev.jacobi;

import dev.jacobi.transform.InAxes;
import dev.jacobi.transform.JitFunction;

/** A compiled function of one array. Immutable; any number of threads may call it. */
public final class JitOp1 implements Op1 {
  private static final long serialVersionUID = 1L;

  private final transient JitFunction jit;

  JitOp1(JitFunction jit) {
    this.jit = jit;
  }

  @Override
  public Array apply(Array a) {
    return (Array) jit.call(a);
  }

  /** The same function, which may take over the memory of argument {@code i} (from 0). */
  public JitOp1 donate(int i) {
    return new JitOp1(jit.donate(i));
  }

  /** The same function on at most {@code n} threads. */
  public JitOp1 threads(int n) {
    return new JitOp1(jit.threads(n));
  }

  /**
   * The same function traced and compiled once for any size of the batch, the leading dimension of
   * every argument's arrays. It may not read that size as a number: see {@link
   * dev.jacobi.transform.SymbolicBatchException}.
   */
  public JitOp1 symbolicBatch() {
    return symbolicBatch(InAxes.LEADING);
  }

  /** The same with a batch in some arguments only: {@code symbolicBatch(in(NONE, 0))}. */
  public JitOp1 symbolicBatch(InAxes in) {
    return new JitOp1(jit.symbolicBatch(in));
  }

  /** The program for arguments of these types. */
  public JitFunction.Lowered lower(Array a) {
    return jit.lower(a);
  }

  /** How calls found compiled programs. */
  public JitFunction.CacheStats cacheStats() {
    return jit.cacheStats();
  }

  /** Why a call with these arguments would trace again. */
  public String explainMiss(Array a) {
    return jit.explainMiss(a);
  }
}
