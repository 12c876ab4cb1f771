package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Bad.bad;
import static dev.jacobi.hlo.verify.Bad.block;
import static dev.jacobi.hlo.verify.Bad.bool;
import static dev.jacobi.hlo.verify.Bad.f32;
import static dev.jacobi.hlo.verify.Bad.i32;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderConstraintsTest {
  static Stream<Bad> modules() {
    return Stream.of(sorts(), selections()).flatMap(List::stream);
  }

  private static Op sort(int dimension, Block comparator, Value... inputs) {
    return new OrderOp.Sort(List.of(inputs), dimension, true, comparator);
  }

  private static List<Bad> sorts() {
    Block one = block(List.of(f32(), f32()), bool());
    Block two = block(List.of(f32(), f32(), i32(), i32()), bool());
    Block mixed = block(List.of(f32(), i32(), f32(), i32()), bool());
    return List.of(
        bad("sort_c1", p -> sort(0, block(List.of(), bool()))),
        bad("sort_c2", p -> sort(0, one, p.f32(2)), i32(2)),
        bad("sort_c2", p -> sort(0, two, p.f32(2), p.i32(2)), f32(2)),
        bad("sort_c3", p -> sort(0, two, p.f32(2), p.i32(3)), f32(2), i32(3)),
        bad("sort_c4", p -> sort(1, one, p.f32(2)), f32(2)),
        bad("sort_c4", p -> sort(-2, one, p.f32(2)), f32(2)),
        bad("sort_c4", p -> sort(0, one, p.f32()), f32()),
        bad("sort_c5", p -> sort(0, two, p.f32(2)), f32(2)),
        bad("sort_c5", p -> sort(0, mixed, p.f32(2), p.i32(2)), f32(2), i32(2)),
        bad("sort_c5", p -> sort(0, block(List.of(f32(), f32()), f32()), p.f32(2)), f32(2)),
        bad("sort_c5", p -> sort(0, block(List.of(f32(2), f32(2)), bool()), p.f32(2)), f32(2)),
        bad(
            "sort_c5",
            p -> sort(0, block(List.of(f32(), f32()), bool(), bool()), p.f32(2)),
            f32(2)));
  }

  private static List<Bad> selections() {
    return List.of(
        bad("top_k_i1", p -> new OrderOp.TopK(p.of(DType.C64, 2), 1), f32(1), i32(1)),
        bad("top_k_c1", p -> new OrderOp.TopK(p.f32(), 0), f32(), i32()),
        bad("top_k_c2", p -> new OrderOp.TopK(p.f32(2), 3), f32(3), i32(3)),
        bad("top_k_c2", p -> new OrderOp.TopK(p.f32(2), -1), f32(0), i32(0)),
        bad("top_k_c3", p -> new OrderOp.TopK(p.f32(2), 1), f32(2), i32(1)),
        bad("top_k_c3", p -> new OrderOp.TopK(p.f32(2), 1), f32(1), f32(1)));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void constraint(Bad bad) {
    VerifierTest.assertRejected(bad);
  }
}
