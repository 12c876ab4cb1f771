package dev.jacobi.hlo;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The sizes of an array's dimensions. A size is a constant, or unknown until the program runs
 * (printed {@code ?}); nothing may read a size as a number without knowing that it {@linkplain
 * #isStatic(int) is static}: {@link #dim} throws otherwise.
 */
public final class Shape {
  /** A size that is known only when the program runs. */
  public static final long DYNAMIC = Long.MIN_VALUE;

  private static final Shape SCALAR = new Shape(new long[0]);

  private final long[] sizes;
  private final int hash;

  private Shape(long[] sizes) {
    for (long size : sizes) {
      if (size < 0 && size != DYNAMIC) {
        throw new HloTypeException("a shape has a negative size: " + Arrays.toString(sizes));
      }
    }
    this.sizes = sizes;
    this.hash = Arrays.hashCode(sizes);
  }

  public static Shape of(long... sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  public static Shape of(Longs sizes) {
    return sizes.size() == 0 ? SCALAR : new Shape(sizes.toArray());
  }

  /** The shape of a single element: rank 0. */
  public static Shape scalar() {
    return SCALAR;
  }

  public int rank() {
    return sizes.length;
  }

  public boolean isScalar() {
    return sizes.length == 0;
  }

  public boolean isStatic(int d) {
    return sizes[checked(d)] != DYNAMIC;
  }

  public boolean isStatic() {
    for (long size : sizes) {
      if (size == DYNAMIC) {
        return false;
      }
    }
    return true;
  }

  /** Size of dimension {@code d}; throws if there is none, or it is not static. */
  public long dim(int d) {
    if (sizes[checked(d)] == DYNAMIC) {
      throw new UnknownSizeException(d, this);
    }
    return sizes[d];
  }

  /** Size of dimension {@code d}; {@link #DYNAMIC} where unknown. */
  public long at(int d) {
    return sizes[checked(d)];
  }

  private int checked(int d) {
    if (d < 0 || d >= sizes.length) {
      throw new HloTypeException("shape " + this + " has no dimension " + d);
    }
    return d;
  }

  /** Number of elements; throws if a size is not static or the count exceeds a long. */
  public long size() {
    long n = 1;
    boolean empty = false;
    for (int d = 0; d < sizes.length; d++) {
      long size = dim(d);
      empty |= size == 0;
      if (!empty && n > Long.MAX_VALUE / size) {
        return emptyOrTooLarge(d);
      }
      n *= size;
    }
    return n;
  }

  /** A count that exceeds a long, unless a later dimension is empty. */
  private long emptyOrTooLarge(int from) {
    for (int d = from; d < sizes.length; d++) {
      if (dim(d) == 0) {
        return 0;
      }
    }
    throw new HloTypeException("shape " + this + " has more than 2^63 elements");
  }

  /** The sizes; {@link #DYNAMIC} where unknown. */
  public long[] toArray() {
    return sizes.clone();
  }

  public Longs sizes() {
    return Longs.of(sizes);
  }

  /** Elements between neighbours along each dimension, row-major. */
  public long[] strides() {
    long[] strides = new long[sizes.length];
    long stride = 1;
    for (int d = sizes.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= Math.max(dim(d), 1);
    }
    return strides;
  }

  /** The sizes at {@code axes}, in their order. */
  public Shape select(Axes axes) {
    return new Shape(axes.stream().mapToLong(d -> sizes[d]).toArray());
  }

  /** Without the dimensions in {@code axes}. */
  public Shape without(Axes axes) {
    return select(axes.complement(rank()));
  }

  /** With dimension {@code d} of another size. */
  public Shape with(int d, long size) {
    long[] copy = sizes.clone();
    copy[checked(d)] = size;
    return new Shape(copy);
  }

  /** With a new dimension of {@code size} at position {@code d}. */
  public Shape insert(int d, long size) {
    long[] copy = new long[sizes.length + 1];
    System.arraycopy(sizes, 0, copy, 0, d);
    copy[d] = size;
    System.arraycopy(sizes, d, copy, d + 1, sizes.length - d);
    return new Shape(copy);
  }

  public Shape concat(Shape other) {
    return new Shape(LongStream.concat(Arrays.stream(sizes), Arrays.stream(other.sizes)).toArray());
  }

  public Shape map(LongUnaryOperator f) {
    return new Shape(Arrays.stream(sizes).map(f).toArray());
  }

  @Override
  public boolean equals(Object o) {
    return this == o
        || o instanceof Shape other && hash == other.hash && Arrays.equals(sizes, other.sizes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** NumPy's notation: {@code (2, 3)}, {@code (2,)}, {@code ()}. */
  @Override
  public String toString() {
    String list = Arrays.stream(sizes).mapToObj(Shape::text).collect(Collectors.joining(", "));
    return "(" + list + (sizes.length == 1 ? ",)" : ")");
  }

  /** A size as MLIR prints it: the number, or {@code ?}. */
  public static String text(long size) {
    return size == DYNAMIC ? "?" : Long.toString(size);
  }
}
