package dev.jacobi.hlo;

import java.util.Objects;

/** One SSA value: a block's parameter or an instruction's result. Equality is identity. */
public final class Value {
  private final TensorType type;

  public Value(TensorType type) {
    this.type = Objects.requireNonNull(type);
  }

  public TensorType type() {
    return type;
  }

  /** See {@link TensorType#dtype}. */
  public DType dtype() {
    return type.dtype();
  }

  public Element element() {
    return type.element();
  }

  public Shape shape() {
    return type.shape();
  }

  @Override
  public String toString() {
    return "%" + Integer.toHexString(System.identityHashCode(this)) + ":" + type;
  }
}
