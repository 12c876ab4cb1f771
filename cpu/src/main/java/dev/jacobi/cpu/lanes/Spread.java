package dev.jacobi.cpu.lanes;

import dev.jacobi.hlo.Shape;
import java.util.stream.IntStream;

/**
 * How an array lies over lanes: each has the elements that stand at its place along the lanes'
 * dimensions, in row-major order.
 *
 * @param lane per dimension the dimension of the lanes that it is, or -1
 */
record Spread(Shape shape, int[] lane) {
  /** A lane has no more elements of an array in registers than this. */
  private static final long MOST = 64;

  /** How many elements of the array a lane has. */
  int count() {
    long n = 1;
    for (int d = 0; d < lane.length; d++) {
      n = lane[d] < 0 ? n * shape.dim(d) : n;
      if (n > MOST) {
        throw new Unfit("more than " + MOST + " elements of a lane in registers");
      }
    }
    return (int) n;
  }

  boolean isUniform() {
    for (int k : lane) {
      if (k >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether it differs along each of {@code n} dimensions of lanes. */
  boolean covers(int n) {
    return IntStream.of(lane).filter(k -> k >= 0).distinct().count() == n;
  }

  /** The index of a lane's element {@code i}; 0 along the lanes. */
  long[] index(int i) {
    long[] index = new long[lane.length];
    int left = i;
    for (int d = lane.length - 1; d >= 0; d--) {
      if (lane[d] < 0) {
        index[d] = left % shape.dim(d);
        left /= (int) shape.dim(d);
      }
    }
    return index;
  }

  /** Which of a lane's elements stands at an index. */
  int position(long[] index) {
    int at = 0;
    for (int d = 0; d < lane.length; d++) {
      at = lane[d] < 0 ? at * (int) shape.dim(d) + (int) index[d] : at;
    }
    return at;
  }
}
