package dev.jacobi;

import dev.jacobi.lax.Scatter.Kind;
import dev.jacobi.numpy.Indexing;
import dev.jacobi.numpy.Jnp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in an array, from {@link Array#at}: reads it, or gives a copy of the array in which it is
 * changed. New values broadcast to the shape of the place; their type must promote to the array's.
 * Where a place is named twice, {@code add multiply min max} count both; of {@code set} the last
 * wins.
 */
public final class IndexUpdate {
  private final Array array;
  private final List<Index> place;
  private final boolean unique;

  IndexUpdate(Array array, List<Index> place) {
    this(array, place, false);
  }

  private IndexUpdate(Array array, List<Index> place, boolean unique) {
    this.array = array;
    this.place = place;
    this.unique = unique;
  }

  /** Promises that no element is named twice, which {@code multiply} needs to be differentiated. */
  public IndexUpdate unique() {
    return new IndexUpdate(array, place, true);
  }

  /** The elements; out of bounds throws, on plugins it gives {@link Mode#FILL}. */
  public Array get() {
    return Indexing.get(array, place, new Indexing.Bounds(null, true, null));
  }

  /** The elements, with a rule for indices out of bounds. */
  public Array get(Mode mode) {
    return Indexing.get(array, place, new Indexing.Bounds(mode, true, null));
  }

  /** The elements, and {@code fill} for indices out of bounds. */
  public Array getOr(double fill) {
    return Indexing.get(array, place, new Indexing.Bounds(Mode.FILL, true, fill));
  }

  /** The array with new values at the place. */
  public Array set(Array values) {
    return update(Kind.SET, values, null);
  }

  public Array set(double value) {
    return set(Jnp.weak(value));
  }

  public Array set(long value) {
    return set(Jnp.weak(value));
  }

  public Array set(Array values, Mode mode) {
    return update(Kind.SET, values, mode);
  }

  /** The array with values added at the place. */
  public Array add(Array values) {
    return update(Kind.ADD, values, null);
  }

  public Array add(double value) {
    return add(Jnp.weak(value));
  }

  public Array add(long value) {
    return add(Jnp.weak(value));
  }

  public Array add(Array values, Mode mode) {
    return update(Kind.ADD, values, mode);
  }

  /** The array with the place multiplied by values. */
  public Array multiply(Array values) {
    return update(Kind.MUL, values, null);
  }

  public Array multiply(double value) {
    return multiply(Jnp.weak(value));
  }

  public Array multiply(long value) {
    return multiply(Jnp.weak(value));
  }

  public Array multiply(Array values, Mode mode) {
    return update(Kind.MUL, values, mode);
  }

  /** The array with the lesser of element and value at the place. */
  public Array min(Array values) {
    return update(Kind.MIN, values, null);
  }

  public Array min(double value) {
    return min(Jnp.weak(value));
  }

  public Array min(long value) {
    return min(Jnp.weak(value));
  }

  public Array min(Array values, Mode mode) {
    return update(Kind.MIN, values, mode);
  }

  /** The array with the greater of element and value at the place. */
  public Array max(Array values) {
    return update(Kind.MAX, values, null);
  }

  public Array max(double value) {
    return max(Jnp.weak(value));
  }

  public Array max(long value) {
    return max(Jnp.weak(value));
  }

  public Array max(Array values, Mode mode) {
    return update(Kind.MAX, values, mode);
  }

  private Array update(Kind kind, Array values, @Nullable Mode mode) {
    return Indexing.update(kind, array, place, values, new Indexing.Bounds(mode, unique, null));
  }
}
