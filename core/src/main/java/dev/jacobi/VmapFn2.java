package dev.jacobi;

import dev.jacobi.control.Mapped;
import dev.jacobi.transform.Transformed;
import dev.jacobi.transform.TreeFn;

/** A function of two trees over the elements of a batch. */
public final class VmapFn2<A, B, R> implements Fn2<A, B, R>, Transformed {
  private static final long serialVersionUID = 1L;

  private final transient Mapped mapped;

  VmapFn2(Mapped mapped) {
    this.mapped = mapped;
  }

  @Override
  @SuppressWarnings("unchecked") // the result has the structure that the function's type says
  public R apply(A a, B b) {
    return (R) mapped.call(a, b);
  }

  /** The same for {@code k} elements at a time, one chunk after the other: memory is bounded. */
  public VmapFn2<A, B, R> chunk(long k) {
    return new VmapFn2<>(mapped.inChunks(k));
  }

  /**
   * The same with a name for the axis of the batch, along which collectives such as {@code psum}
   * then work.
   */
  public VmapFn2<A, B, R> axisName(String name) {
    return new VmapFn2<>(mapped.named(name));
  }

  @Override
  public TreeFn function() {
    return mapped.fn();
  }
}
