package dev.jacobi;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.random.RandomPrimitives;
import dev.jacobi.tree.Leaf;
import java.util.Iterator;

/**
 * An array of keys of random numbers, usually of shape (). A key is a value: the same key gives the
 * same numbers, always. Use a key once; make new ones with {@link #split} and {@link #foldIn}.
 * Equality is identity.
 */
public final class Key implements Leaf, Iterable<Key> {
  private final Array array;

  private Key(Array array) {
    this.array = array;
  }

  /** Views an array whose element type is a key. */
  public static Key of(Array array) {
    if (!array.aval().key()) {
      throw new LaxTypeException(
          "Key.of", array.aval() + " holds no keys; Key.wrap makes keys of u32 words");
    }
    return new Key(array);
  }

  /** Keys from their words: u32 of shape (..., 2). */
  public static Key wrap(Array words) {
    return of(RandomPrimitives.wrap(words));
  }

  /** The array of key elements behind this. */
  public Array array() {
    return array;
  }

  /** The words: u32 of shape (..., 2). */
  public Array data() {
    return RandomPrimitives.unwrap(array);
  }

  public Shape shape() {
    return array.shape();
  }

  /** {@code n} new keys, independent of each other and of what this key gives: shape (..., n). */
  public Key split(long n) {
    if (n < 0) {
      throw new LaxTypeException("split", "cannot make " + n + " keys");
    }
    return of(RandomPrimitives.split(array, Shape.of(n)));
  }

  /** A new key from this one and a number, which is taken modulo 2^32. */
  public Key foldIn(long data) {
    return foldIn(dev.jacobi.lax.Scalars.ofLong(DType.U32, data & 0xFFFFFFFFL));
  }

  /** A new key from this one and an integer scalar. */
  public Key foldIn(Array data) {
    return of(RandomPrimitives.foldIn(array, data));
  }

  /** The key at an index of the leading axis; negative ones count from the end. */
  public Key get(int i) {
    return of(array.get(i));
  }

  @Override
  public Iterator<Key> iterator() {
    Iterator<Array> arrays = array.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return arrays.hasNext();
      }

      @Override
      public Key next() {
        return of(arrays.next());
      }
    };
  }

  @Override
  public String toString() {
    return "Key(" + array + ")";
  }
}
