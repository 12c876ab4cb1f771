package dev.jacobi;

import dev.jacobi.control.Mapped;
import dev.jacobi.transform.Transformed;
import dev.jacobi.transform.TreeFn;

/** A function of two arrays over the elements of a batch. */
public final class VmapOp2 implements Op2, Transformed {
  private static final long serialVersionUID = 1L;

  private final transient Mapped mapped;

  VmapOp2(Mapped mapped) {
    this.mapped = mapped;
  }

  @Override
  public Array apply(Array a, Array b) {
    return (Array) mapped.call(a, b);
  }

  /** The same for {@code k} elements at a time, one chunk after the other: memory is bounded. */
  public VmapOp2 chunk(long k) {
    return new VmapOp2(mapped.inChunks(k));
  }

  /**
   * The same with a name for the axis of the batch, along which collectives such as {@code psum}
   * then work.
   */
  public VmapOp2 axisName(String name) {
    return new VmapOp2(mapped.named(name));
  }

  @Override
  public TreeFn function() {
    return mapped.fn();
  }
}
