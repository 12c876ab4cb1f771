package dev.jacobi.hlo;

/** A shape with an element type; prints as MLIR does: {@code tensor<2x3xf32>}. */
public record TensorType(Element element, Shape shape) {
  public static TensorType of(Element element, long... sizes) {
    return new TensorType(element, Shape.of(sizes));
  }

  public static TensorType scalar(Element element) {
    return new TensorType(element, Shape.scalar());
  }

  /** The type that the bytes of an element are of; see {@link Element#storage}. */
  public DType dtype() {
    return element.storage();
  }

  public boolean isNarrow() {
    return element instanceof Narrow;
  }

  /** The same bytes, of the type that they are kept in. */
  public TensorType storage() {
    return isNarrow() ? new TensorType(dtype(), shape) : this;
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
    if (size > Long.MAX_VALUE / dtype().bytes()) {
      throw new HloTypeException(this + " takes more than 2^63 bytes");
    }
    return size * dtype().bytes();
  }

  public TensorType withDtype(Element other) {
    return new TensorType(other, shape);
  }

  public TensorType withShape(Shape other) {
    return new TensorType(element, other);
  }

  @Override
  public String toString() {
    StringBuilder s = new StringBuilder("tensor<");
    for (long size : shape.toArray()) {
      s.append(Shape.text(size)).append('x');
    }
    return s.append(element.mlir()).append('>').toString();
  }
}
