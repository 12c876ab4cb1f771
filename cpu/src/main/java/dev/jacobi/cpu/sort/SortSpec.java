package dev.jacobi.cpu.sort;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Mem;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.DType;
import java.util.List;

/**
 * Arrays of rows that are sorted together.
 *
 * @param rows how many
 * @param n elements of a row
 * @param kept how many of them are wanted, from the first on
 * @param dtypes element types of the arrays
 * @param keys what they are sorted by, the most significant first; empty for any other comparator
 */
public record SortSpec(long rows, long n, long kept, List<DType> dtypes, List<SortKey> keys) {
  public SortSpec {
    dtypes = List.copyOf(dtypes);
    keys = List.copyOf(keys);
  }

  /** Bits of all keys. */
  int bits() {
    return keys.stream().mapToInt(SortKey::bits).sum();
  }

  /** The type that moves an element of array {@code k}. */
  LType element(int k) {
    int bytes = dtypes.get(k).bytes();
    return switch (bytes) {
      case 1 -> LType.I8;
      case 2 -> LType.I16;
      case 4 -> LType.I32;
      case 8 -> LType.I64;
      case 16 -> LType.I64.lanes(2);
      default -> throw new IllegalStateException("elements of " + bytes + " bytes");
    };
  }

  /** Copies element {@code from} of a row of array {@code k} to element {@code to} of another. */
  void move(FnEmitter f, int k, Val source, Val from, Val target, Val to) {
    LType t = element(k);
    Mem mem = Mem.aligned(t.elemBytes());
    f.store(f.load(t, f.gep(t, source, from), mem), f.gep(t, target, to), mem);
  }
}
