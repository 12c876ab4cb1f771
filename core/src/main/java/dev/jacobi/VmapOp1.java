package dev.jacobi;

import dev.jacobi.control.Mapped;
import dev.jacobi.transform.Transformed;
import dev.jacobi.transform.TreeFn;

/** A function of one array over the elements of a batch. */
public final class VmapOp1 implements Op1, Transformed {
  private static final long serialVersionUID = 1L;

  private final transient Mapped mapped;

  VmapOp1(Mapped mapped) {
    this.mapped = mapped;
  }

  @Override
  public Array apply(Array a) {
    return (Array) mapped.call(a);
  }

  /** The same for {@code k} elements at a time, one chunk after the other: memory is bounded. */
  public VmapOp1 chunk(long k) {
    return new VmapOp1(mapped.inChunks(k));
  }

  /**
   * The same with a name for the axis of the batch, along which collectives such as {@code psum}
   * then work.
   */
  public VmapOp1 axisName(String name) {
    return new VmapOp1(mapped.named(name));
  }

  @Override
  public TreeFn function() {
    return mapped.fn();
  }
}
