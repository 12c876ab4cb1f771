package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Val;
import java.util.List;

/** A comparator that is not known to compare numbers, as code. */
public interface Comparison {
  /**
   * Writes whether one element comes before another.
   *
   * @param a the addresses of an element of every array
   * @param b those of the other
   * @return an i1
   */
  Val before(FnEmitter f, List<Val> a, List<Val> b);
}
