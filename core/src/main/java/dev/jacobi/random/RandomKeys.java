package dev.jacobi.random;

import dev.jacobi.Array;
import dev.jacobi.Key;

/** Keys and their words. */
public abstract class RandomKeys {
  RandomKeys() {}

  /** The name of the one generator that keys belong to. */
  private static final String IMPL = "threefry2x32";

  /**
   * The words of a new key: u32 of shape (2), for programs that hand keys around as plain arrays.
   * {@link #wrapKeyData} makes a key of them. {@code Random.prngKey(7)} is {@code [0 7]}.
   */
  public static Array prngKey(long seed) {
    return Random.key(seed).data();
  }

  /**
   * The words of keys of any shape: u32 of shape (..., 2). {@code
   * Random.keyData(Random.key(7)).shape()} is {@code (2,)}.
   */
  public static Array keyData(Key keys) {
    return keys.data();
  }

  /**
   * Keys from their words, u32 of shape (..., 2). {@code Random.wrapKeyData(array(0,
   * 7).astype(DType.U32)).data()} is {@code [0 7]}.
   */
  public static Key wrapKeyData(Array words) {
    return Key.wrap(words);
  }

  /**
   * The name of the generator behind keys, {@code threefry2x32}, as JAX writes it. {@code
   * Random.keyImpl(Random.key(7))} is {@code threefry2x32}.
   */
  public static String keyImpl(Key keys) {
    dev.jacobi.trace.NullArgumentException.require(keys, "keyImpl", "the key");
    return IMPL;
  }

  /**
   * The same key, which {@link Random#checkKeyReuse} takes for a new one. {@code
   * Random.clone(Random.key(7)).equals(Random.key(7))} is {@code false}.
   */
  public static Key clone(Key key) {
    return Key.wrap(key.data());
  }
}
