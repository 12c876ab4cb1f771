package dev.jacobi;

import dev.jacobi.control.Mapped;
import dev.jacobi.transform.Transformed;
import dev.jacobi.transform.TreeFn;

/** A function of four arrays over the elements of a batch. */
public final class VmapOp4 implements Op4, Transformed {
  private static final long serialVersionUID = 1L;

  private final transient Mapped mapped;

  VmapOp4(Mapped mapped) {
    this.mapped = mapped;
  }

  @Override
  public Array apply(Array a, Array b, Array c, Array d) {
    return (Array) mapped.call(a, b, c, d);
  }

  /** The same for {@code k} elements at a time, one chunk after the other: memory is bounded. */
  public VmapOp4 chunk(long k) {
    return new VmapOp4(mapped.inChunks(k));
  }

  /**
   * The same with a name for the axis of the batch, along which collectives such as {@code psum}
   * then work.
   */
  public VmapOp4 axisName(String name) {
    return new VmapOp4(mapped.named(name));
  }

  @Override
  public TreeFn function() {
    return mapped.fn();
  }
}
