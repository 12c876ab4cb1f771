package dev.jacobi;

import dev.jacobi.transform.InAxes;
import dev.jacobi.transform.JitFunction;

/** A compiled function of four arrays. Immutable; any number of threads may call it. */
public final class JitOp4 implements Op4 {
  private static final long serialVersionUID = 1L;

  private final transient JitFunction jit;

  JitOp4(JitFunction jit) {
    this.jit = jit;
  }

  @Override
  public Array apply(Array a, Array b, Array c, Array d) {
    return (Array) jit.call(a, b, c, d);
  }

  /** The same function, which may take over the memory of argument {@code i} (from 0). */
  public JitOp4 donate(int i) {
    return new JitOp4(jit.donate(i));
  }

  /** The same function on at most {@code n} threads. */
  public JitOp4 threads(int n) {
    return new JitOp4(jit.threads(n));
  }

  /**
   * The same function traced and compiled once for any size of the batch, the leading dimension of
   * every argument's arrays. It may not read that size as a number: see {@link
   * dev.jacobi.transform.SymbolicBatchException}.
   */
  public JitOp4 symbolicBatch() {
    return symbolicBatch(InAxes.LEADING);
  }

  /** The same with a batch in some arguments only: {@code symbolicBatch(in(NONE, 0))}. */
  public JitOp4 symbolicBatch(InAxes in) {
    return new JitOp4(jit.symbolicBatch(in));
  }

  /** The program for arguments of these types. */
  public JitFunction.Lowered lower(Array a, Array b, Array c, Array d) {
    return jit.lower(a, b, c, d);
  }

  /** How calls found compiled programs. */
  public JitFunction.CacheStats cacheStats() {
    return jit.cacheStats();
  }

  /** Why a call with these arguments would trace again. */
  public String explainMiss(Array a, Array b, Array c, Array d) {
    return jit.explainMiss(a, b, c, d);
  }
}
