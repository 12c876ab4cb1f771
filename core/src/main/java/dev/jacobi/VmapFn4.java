package dev.jacobi;

import dev.jacobi.control.Mapped;
import dev.jacobi.transform.Transformed;
import dev.jacobi.transform.TreeFn;

/** A function of four trees over the elements of a batch. */
public final class VmapFn4<A, B, C, D, R> implements Fn4<A, B, C, D, R>, Transformed {
  private static final long serialVersionUID = 1L;

  private final transient Mapped mapped;

  VmapFn4(Mapped mapped) {
    this.mapped = mapped;
  }

  @Override
  @SuppressWarnings("unchecked") // the result has the structure that the function's type says
  public R apply(A a, B b, C c, D d) {
    return (R) mapped.call(a, b, c, d);
  }

  /** The same for {@code k} elements at a time, one chunk after the other: memory is bounded. */
  public VmapFn4<A, B, C, D, R> chunk(long k) {
    return new VmapFn4<>(mapped.inChunks(k));
  }

  /**
   * The same with a name for the axis of the batch, along which collectives such as {@code psum}
   * then work.
   */
  public VmapFn4<A, B, C, D, R> axisName(String name) {
    return new VmapFn4<>(mapped.named(name));
  }

  @Override
  public TreeFn function() {
    return mapped.fn();
  }
}
