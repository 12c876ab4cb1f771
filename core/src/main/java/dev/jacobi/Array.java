package dev.jacobi;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Over;
import dev.jacobi.sharding.NamedSharding;
import dev.jacobi.sharding.ShardedArrays;
import dev.jacobi.trace.HostData;
import dev.jacobi.tree.Leaf;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * An immutable n-dimensional array, with a value or standing for one while a function is traced.
 * The methods are the operators and what reads best behind a dot; everything else is a static
 * function of {@link Jnp}. Binary operators promote element types by JAX's lattice and broadcast
 * shapes as NumPy does; Java scalars never widen an array. Equality is identity. Only the library
 * extends this class.
 */
public abstract class Array implements Leaf, Iterable<Array> {
  private final Aval aval;

  protected Array(Aval aval) {
    this.aval = aval;
  }

  /** Shape, element type and weakness. */
  public final Aval aval() {
    return aval;
  }

  public final DType dtype() {
    return aval.dtype();
  }

  public final Shape shape() {
    return aval.shape();
  }

  /** Number of dimensions. */
  public final int rank() {
    return aval.rank();
  }

  /** Size of dimension {@code d}; negative numbers count from the end. */
  public final long dim(int d) {
    int along = d < 0 ? d + rank() : d;
    if (along < 0 || along >= rank()) {
      throw new LaxTypeException("dim", "axis " + d + " is out of range for shape " + shape());
    }
    return aval.dim(along);
  }

  /** Number of elements. */
  public final long size() {
    return aval.shape().size();
  }

  /**
   * How it lies on a mesh of devices; empty if it is on one device.
   *
   * @throws dev.jacobi.trace.ConcretizationException if it has no value yet
   */
  public final Optional<NamedSharding> sharding() {
    return ShardedArrays.sharding(this);
  }

  /** Its parts on the devices of this process; one, if it is on one device. */
  public final List<ShardedArrays.Shard> addressableShards() {
    return ShardedArrays.shards(this);
  }

  /** The device that holds the array; an error for a traced one, which has no value yet. */
  public final Device device() {
    return HostData.device(this);
  }

  /** The value that a tracer of differentiation carries; every other array is its own. */
  public Array underlying() {
    return this;
  }

  public final Array plus(Array y) {
    return Jnp.add(this, y);
  }

  public final Array plus(double y) {
    return Jnp.add(this, Jnp.weak(y));
  }

  public final Array plus(long y) {
    return Jnp.add(this, Jnp.weak(y));
  }

  public final Array minus(Array y) {
    return Jnp.subtract(this, y);
  }

  public final Array minus(double y) {
    return Jnp.subtract(this, Jnp.weak(y));
  }

  public final Array minus(long y) {
    return Jnp.subtract(this, Jnp.weak(y));
  }

  public final Array times(Array y) {
    return Jnp.multiply(this, y);
  }

  public final Array times(double y) {
    return Jnp.multiply(this, Jnp.weak(y));
  }

  public final Array times(long y) {
    return Jnp.multiply(this, Jnp.weak(y));
  }

  /** True division: integers give floating-point numbers. */
  public final Array div(Array y) {
    return Jnp.trueDivide(this, y);
  }

  public final Array div(double y) {
    return Jnp.trueDivide(this, Jnp.weak(y));
  }

  public final Array div(long y) {
    return Jnp.trueDivide(this, Jnp.weak(y));
  }

  /** Remainder with the sign of the divisor, as Python's {@code %}. */
  public final Array rem(Array y) {
    return Jnp.remainder(this, y);
  }

  public final Array rem(double y) {
    return Jnp.remainder(this, Jnp.weak(y));
  }

  public final Array rem(long y) {
    return Jnp.remainder(this, Jnp.weak(y));
  }

  public final Array pow(Array y) {
    return Jnp.power(this, y);
  }

  public final Array pow(double y) {
    return Jnp.power(this, Jnp.weak(y));
  }

  /** A whole power, by repeated multiplication. */
  public final Array pow(long y) {
    return Jnp.power(this, Jnp.weak(y));
  }

  public final Array unaryMinus() {
    return Jnp.negative(this);
  }

  public final Array gt(Array y) {
    return Jnp.greater(this, y);
  }

  public final Array gt(double y) {
    return Jnp.greater(this, Jnp.weak(y));
  }

  public final Array gt(long y) {
    return Jnp.greater(this, Jnp.weak(y));
  }

  public final Array ge(Array y) {
    return Jnp.greaterEqual(this, y);
  }

  public final Array ge(double y) {
    return Jnp.greaterEqual(this, Jnp.weak(y));
  }

  public final Array ge(long y) {
    return Jnp.greaterEqual(this, Jnp.weak(y));
  }

  public final Array lt(Array y) {
    return Jnp.less(this, y);
  }

  public final Array lt(double y) {
    return Jnp.less(this, Jnp.weak(y));
  }

  public final Array lt(long y) {
    return Jnp.less(this, Jnp.weak(y));
  }

  public final Array le(Array y) {
    return Jnp.lessEqual(this, y);
  }

  public final Array le(double y) {
    return Jnp.lessEqual(this, Jnp.weak(y));
  }

  public final Array le(long y) {
    return Jnp.lessEqual(this, Jnp.weak(y));
  }

  public final Array eq(Array y) {
    return Jnp.equal(this, y);
  }

  public final Array eq(double y) {
    return Jnp.equal(this, Jnp.weak(y));
  }

  public final Array eq(long y) {
    return Jnp.equal(this, Jnp.weak(y));
  }

  public final Array ne(Array y) {
    return Jnp.notEqual(this, y);
  }

  public final Array ne(double y) {
    return Jnp.notEqual(this, Jnp.weak(y));
  }

  public final Array ne(long y) {
    return Jnp.notEqual(this, Jnp.weak(y));
  }

  /** Matrix product, as NumPy's {@code @}. */
  public final Array matmul(Array y) {
    return Jnp.matmul(this, y);
  }

  /** Another shape with the same elements in row-major order; one size may be -1. */
  public final Array reshape(long... sizes) {
    return Jnp.reshape(this, sizes);
  }

  /** Dimensions in the given order; in reverse order if none is given. */
  public final Array transpose(int... axes) {
    return Jnp.transpose(this, axes);
  }

  /** Another element type. */
  public final Array astype(DType dtype) {
    return Jnp.astype(this, dtype);
  }

  /** Sum over the given axes, or over all. */
  public final Array sum(int... axes) {
    return Jnp.sum(this, axes);
  }

  /** Mean over the given axes, or over all. */
  public final Array mean(int... axes) {
    return Jnp.mean(this, axes);
  }

  /** Maximum over the given axes, or over all. */
  public final Array max(int... axes) {
    return Jnp.max(this, axes);
  }

  /** Minimum over the given axes, or over all. */
  public final Array min(int... axes) {
    return Jnp.min(this, axes);
  }

  /** Sum with options: {@code x.sum(over(-1).keepDims())}. */
  public final Array sum(Over options) {
    return Jnp.sum(this, options);
  }

  /** Mean with options. */
  public final Array mean(Over options) {
    return Jnp.mean(this, options);
  }

  /** Maximum with options. */
  public final Array max(Over options) {
    return Jnp.max(this, options);
  }

  /** Minimum with options. */
  public final Array min(Over options) {
    return Jnp.min(this, options);
  }

  /** The element at static indices; fewer indices than dimensions give a sub-array. */
  public final Array get(int... indices) {
    return Jnp.index(this, indices);
  }

  /**
   * What stands at a place, by NumPy's rules: {@code x.get(all(), range(0, 8), ix(rows))}. An index
   * out of bounds throws, at once if it is known now, else when the program gets there.
   */
  public final Array get(Index... place) {
    return Jnp.index(this, place);
  }

  /** A place, to read with a mode or to make a changed copy of the array. */
  public final IndexUpdate at(Index... place) {
    return new IndexUpdate(this, List.of(place));
  }

  /** A place of static indices. */
  public final IndexUpdate at(int... indices) {
    return at(java.util.Arrays.stream(indices).mapToObj(Index.At::new).toArray(Index[]::new));
  }

  /** The only element as a double; booleans give 0 or 1. */
  public final double item() {
    return HostData.realItem(this).getDouble(0);
  }

  /** The only element as an integer; floating-point numbers are rounded toward zero. */
  public final long itemLong() {
    return HostData.realItem(this).getLong(0);
  }

  /** Whether the only element is not zero. */
  public final boolean itemBoolean() {
    return HostData.item(this).getDouble(0) != 0;
  }

  /** The only element as a complex number. */
  public final Complex itemComplex() {
    Literal value = HostData.item(this);
    return new Complex(value.getDouble(0), value.getImag(0));
  }

  /**
   * An array over memory of the caller's, without a copy.
   *
   * <p>Unsafe: the memory must stay valid and unchanged while the array or anything computed from
   * it is in use; nothing checks that.
   *
   * @param segment native memory that holds the elements in row-major order
   */
  public static Array wrapUnsafe(MemorySegment segment, DType dtype, long... sizes) {
    return HostData.wrapUnsafe(segment, dtype, Shape.of(sizes));
  }

  /**
   * Gives the memory back once the calls that use it have ended. Optional: memory of arrays that
   * nobody reaches comes back by itself. Using the array afterwards throws.
   */
  public final void close() {
    HostData.close(this);
  }

  /** The elements' bytes in row-major order, read only; the view keeps the memory alive. */
  public final MemorySegment toSegment() {
    return HostData.of(this).data();
  }

  /** The elements as nested lists: of Float, Double, Integer, Long or Boolean. */
  public final List<Object> toList() {
    return Jnp.toList(this);
  }

  /** The elements as doubles in row-major order. */
  public final double[] toDoubleArray() {
    return HostData.doubles(this);
  }

  /** The elements as floats in row-major order; other types are rounded. */
  public final float[] toFloatArray() {
    return HostData.floats(this);
  }

  /** The elements as longs in row-major order: rounded toward zero, u64 as their bits. */
  public final long[] toLongArray() {
    return HostData.longs(this);
  }

  /** The elements as ints in row-major order; an element that does not fit throws. */
  public final int[] toIntArray() {
    return HostData.ints(this);
  }

  /** The elements as booleans in row-major order: which are not zero. */
  public final boolean[] toBooleanArray() {
    return HostData.booleans(this);
  }

  /** The sub-arrays along the leading axis. */
  @Override
  public final Iterator<Array> iterator() {
    if (rank() == 0) {
      throw new LaxTypeException("iterator", "a scalar has no axis to iterate over");
    }
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < dim(0);
      }

      @Override
      public Array next() {
        if (!hasNext()) {
          throw new java.util.NoSuchElementException("the leading axis has " + dim(0) + " entries");
        }
        return get(next++);
      }
    };
  }

  @Override
  public final boolean equals(Object o) {
    return this == o;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }

  /** The values as NumPy prints them, or a description while tracing. */
  @Override
  public String toString() {
    return HostData.print(this);
  }
}
