package dev.jacobi.jaxpr;

/** Names in jaxprs. */
public final class Names {
  private Names() {}

  /** {@code broadcastDimensions} becomes {@code broadcast_dimensions}. */
  public static String snake(String camel) {
    StringBuilder s = new StringBuilder();
    for (char c : camel.toCharArray()) {
      if (Character.isUpperCase(c)) {
        s.append('_').append(Character.toLowerCase(c));
      } else {
        s.append(c);
      }
    }
    return s.toString();
  }

  /** JAX's variable names: a, b, ..., z, ba, bb, ... */
  public static String variable(int index) {
    StringBuilder s = new StringBuilder();
    int i = index;
    do {
      s.append((char) ('a' + i % 26));
      i /= 26;
    } while (i > 0);
    return s.reverse().toString();
  }
}
