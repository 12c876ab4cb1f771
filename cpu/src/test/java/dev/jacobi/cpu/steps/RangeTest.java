package dev.jacobi.cpu.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.Fn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a range says holds for every value in it, wrapped as the type wraps. */
class RangeTest {
  private static final int[] ENDS = {-128, -100, -7, -1, 0, 1, 2, 8, 64, 100, 127};

  private static List<Range> ranges(int low) {
    List<Range> all = new ArrayList<>();
    for (int lo : ENDS) {
      for (int hi : ENDS) {
        if (lo <= hi && lo >= low) {
          all.add(new Range(lo, hi));
        }
      }
    }
    return all;
  }

  private static IntBinaryOperator meaning(Fn fn) {
    return switch (fn) {
      case ADD -> (a, b) -> a + b;
      case SUB -> (a, b) -> a - b;
      case MUL -> (a, b) -> a * b;
      case MAX -> Math::max;
      case MIN -> Math::min;
      case AND -> (a, b) -> a & b;
      default -> throw new IllegalArgumentException(fn.name());
    };
  }

  @ParameterizedTest
  @EnumSource(
      value = Fn.class,
      names = {"ADD", "SUB", "MUL", "MAX", "MIN", "AND"})
  void holdsForAllBytes(Fn fn) {
    IntBinaryOperator exact = meaning(fn);
    int certain = 0;
    for (DType dtype : List.of(DType.I8, DType.U8)) {
      List<Range> ranges = ranges(dtype == DType.I8 ? -128 : 0);
      for (Range a : ranges) {
        for (Range b : ranges) {
          Optional<Range> r = Range.apply(fn, List.of(a, b), dtype);
          certain += r.isPresent() ? 1 : 0;
          for (long x = a.lo(); x <= a.hi() && r.isPresent(); x++) {
            for (long y = b.lo(); y <= b.hi(); y++) {
              int z = exact.applyAsInt((int) x, (int) y);
              int wrapped = dtype == DType.I8 ? (byte) z : z & 255;
              if (!contains(r.get(), wrapped)) {
                throw new AssertionError(x + " " + fn + " " + y + " not in " + r);
              }
            }
          }
        }
      }
    }
    assertThat(certain).isGreaterThan(100);
  }

  private static boolean contains(Range r, long x) {
    return r.lo() <= x && x <= r.hi();
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void comparesAsAllValuesDo(Direction direction) {
    for (Range a : ranges(-128)) {
      for (Range b : ranges(-128)) {
        boolean any = false;
        boolean all = true;
        for (long x = a.lo(); x <= a.hi(); x++) {
          for (long y = b.lo(); y <= b.hi(); y++) {
            boolean holds = holds(direction, x, y);
            any |= holds;
            all &= holds;
          }
        }
        Range r = Range.compare(direction, a, b);
        assertThat(r).isEqualTo(any == all ? Range.of(all ? 1 : 0) : Range.BOTH);
      }
    }
  }

  private static boolean holds(Direction direction, long x, long y) {
    return switch (direction) {
      case LT -> x < y;
      case LE -> x <= y;
      case GT -> x > y;
      case GE -> x >= y;
      case EQ -> x == y;
      case NE -> x != y;
    };
  }

  @Test
  void nothingIsKnownOfWhatMayWrap() {
    Range most = new Range(0, Long.MAX_VALUE);
    assertThat(Range.apply(Fn.ADD, List.of(most, Range.of(1)), DType.I64)).isEmpty();
    assertThat(Range.apply(Fn.MUL, List.of(most, most), DType.I64)).isEmpty();
    assertThat(Range.apply(Fn.NEG, List.of(Range.of(Long.MIN_VALUE)), DType.I64)).isEmpty();
    assertThat(Range.apply(Fn.SUB, List.of(Range.of(0), Range.of(1)), DType.U32)).isEmpty();
    assertThat(new Range(0, 1L << 31).in(DType.I32)).isEmpty();
    assertThat(new Range(0, (1L << 32) - 1).in(DType.U32)).isPresent();
  }
}
