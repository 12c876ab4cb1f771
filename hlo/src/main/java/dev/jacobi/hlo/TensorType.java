package dev.jacobi.hlo;

/** A shape with an element type; prints as MLIR does: {@code tensor<2x3xf32>}. */
public record TensorType(DType dtype, Shape shape) {
  public static TensorType of(DType dtype, long... sizes) {
    return new TensorType(dtype, Shape.of(sizes));
  }

  public static TensorType scalar(DType dtype) {
    return new TensorType(dtype, Shape.scalar());
  }

  public int rank() {
    return shape.rank();
  }

  public long dim(int d) {
    return shape.dim(d);
  }

  /** Bytes that a dense row-major array of this type takes; throws if they exceed a long. */
  public long byteSize() {
    long size = shape.size();
    if (size > Long.MAX_VALUE / dtype.bytes()) {
      throw new HloTypeException(this + " takes more than 2^63 bytes");
    }
    return size * dtype.bytes();
  }

  public TensorType withDtype(DType other) {
    return new TensorType(other, shape);
  }

  public TensorType withShape(Shape other) {
    return new TensorType(dtype, other);
  }

  @Override
  public String toString() {
    StringBuilder s = new StringBuilder("tensor<");
    for (long size : shape.toArray()) {
      s.append(Shape.text(size)).append('x');
    }
    return s.append(dtype.mlir()).append('>').toString();
  }
}
