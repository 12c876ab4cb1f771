package dev.jacobi;

import dev.jacobi.control.Mapped;
import dev.jacobi.transform.Transformed;
import dev.jacobi.transform.TreeFn;

/** A function of one tree over the elements of a batch. */
public final class VmapFn1<A, R> implements Fn1<A, R>, Transformed {
  private static final long serialVersionUID = 1L;

  private final transient Mapped mapped;

  VmapFn1(Mapped mapped) {
    this.mapped = mapped;
  }

  @Override
  @SuppressWarnings("unchecked") // the result has the structure that the function's type says
  public R apply(A a) {
    return (R) mapped.call(a);
  }

  /** The same for {@code k} elements at a time, one chunk after the other: memory is bounded. */
  public VmapFn1<A, R> chunk(long k) {
    return new VmapFn1<>(mapped.inChunks(k));
  }

  /**
   * The same with a name for the axis of the batch, along which collectives such as {@code psum}
   * then work.
   */
  public VmapFn1<A, R> axisName(String name) {
    return new VmapFn1<>(mapped.named(name));
  }

  @Override
  public TreeFn function() {
    return mapped.fn();
  }
}
