package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Bad.bad;
import static dev.jacobi.hlo.verify.Bad.block;
import static dev.jacobi.hlo.verify.Bad.bool;
import static dev.jacobi.hlo.verify.Bad.f32;
import static dev.jacobi.hlo.verify.Bad.longs;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowConstraintsTest {
  private static final Longs ONE = longs(1);
  private static final Longs TWO = longs(2);
  private static final Longs NONE = longs(0);
  private static final Longs PAIR = longs(1, 1);

  static Stream<Bad> modules() {
    return Stream.of(operands(), windows(), selections()).flatMap(List::stream);
  }

  private static WindowOp.Window window(Longs sizes, Longs strides, Longs low, Longs high) {
    return new WindowOp.Window(sizes, strides, low, high);
  }

  private static Op reduce(List<Value> inputs, List<Value> inits, Block body) {
    return new WindowOp.ReduceWindow(inputs, inits, window(TWO, ONE, NONE, NONE), ONE, ONE, body);
  }

  private static List<Bad> operands() {
    Block add = Bad.add(DType.F32);
    Block two = block(List.of(f32(), f32(), f32(), f32()), f32(), f32());
    return List.of(
        bad("reduce_window_c1", p -> reduce(List.of(), List.of(), add), f32(2)),
        bad("reduce_window_c1", p -> reduce(List.of(p.f32(3)), List.of(), add), f32(2)),
        bad(
            "reduce_window_c2",
            p -> reduce(List.of(p.f32(3), p.f32(4)), List.of(p.f32(), p.f32()), two),
            f32(2),
            f32(2)),
        bad("reduce_window_i2", p -> reduce(List.of(p.f32(3)), List.of(p.f32(1)), add), f32(2)),
        bad("reduce_window_c3", p -> reduce(List.of(p.f32(3)), List.of(p.i32()), add), f32(2)),
        bad("reduce_window_c13", p -> reduce(List.of(p.f32(3)), List.of(p.f32()), two), f32(2)),
        bad(
            "reduce_window_c13",
            p -> reduce(List.of(p.f32(3)), List.of(p.f32()), Bad.add(DType.I32)),
            f32(2)),
        bad("reduce_window_c15", p -> reduce(List.of(p.f32(3)), List.of(p.f32()), add), f32(3)),
        bad("reduce_window_c15", p -> reduce(List.of(p.f32(1)), List.of(p.f32()), add), f32(1)));
  }

  private static Bad bad1(String id, WindowOp.Window window, Longs base, Longs dilations) {
    return bad(
        "reduce_window_" + id,
        p ->
            new WindowOp.ReduceWindow(
                List.of(p.f32(3)), List.of(p.f32()), window, base, dilations, Bad.add(DType.F32)),
        f32(2));
  }

  private static List<Bad> windows() {
    return List.of(
        bad1("c4", window(PAIR, ONE, NONE, NONE), ONE, ONE),
        bad1("c5", window(NONE, ONE, NONE, NONE), ONE, ONE),
        bad1("c6", window(TWO, PAIR, NONE, NONE), ONE, ONE),
        bad1("c7", window(TWO, NONE, NONE, NONE), ONE, ONE),
        bad1("c8", window(TWO, ONE, NONE, NONE), PAIR, ONE),
        bad1("c9", window(TWO, ONE, NONE, NONE), longs(-1), ONE),
        bad1("c10", window(TWO, ONE, NONE, NONE), ONE, PAIR),
        bad1("c11", window(TWO, ONE, NONE, NONE), ONE, NONE),
        bad1("c12", window(TWO, ONE, PAIR, NONE), ONE, ONE),
        bad1("c12", window(TWO, ONE, NONE, PAIR), ONE, ONE));
  }

  private static final Block GE = block(List.of(f32(), f32()), bool());

  private static Op select(Value operand, Value source, Value init, WindowOp.Window window) {
    return new WindowOp.SelectAndScatter(operand, source, init, window, GE, Bad.add(DType.F32));
  }

  private static Bad selection(String id, WindowOp.Window window) {
    return bad(
        "select_and_scatter_" + id, p -> select(p.f32(4), p.f32(2), p.f32(), window), f32(4));
  }

  private static List<Bad> selections() {
    WindowOp.Window good = window(TWO, TWO, NONE, NONE);
    return List.of(
        selection("c4", window(PAIR, TWO, NONE, NONE)),
        selection("c5", window(NONE, TWO, NONE, NONE)),
        selection("c6", window(TWO, PAIR, NONE, NONE)),
        selection("c7", window(TWO, NONE, NONE, NONE)),
        selection("c8", window(TWO, TWO, PAIR, NONE)),
        selection("c2", window(TWO, ONE, NONE, NONE)),
        bad("select_and_scatter_c1", p -> select(p.f32(4), p.i32(2), p.f32(), good), f32(4)),
        bad("select_and_scatter_c3", p -> select(p.f32(4), p.f32(2), p.i32(), good), f32(4)),
        bad("select_and_scatter_i3", p -> select(p.f32(4), p.f32(2), p.f32(1), good), f32(4)),
        bad(
            "select_and_scatter_c9",
            p ->
                new WindowOp.SelectAndScatter(
                    p.f32(4), p.f32(2), p.f32(), good, Bad.add(DType.F32), Bad.add(DType.F32)),
            f32(4)),
        bad(
            "select_and_scatter_c10",
            p ->
                new WindowOp.SelectAndScatter(
                    p.f32(4), p.f32(2), p.f32(), good, GE, Bad.add(DType.I32)),
            f32(4)),
        bad("select_and_scatter_c11", p -> select(p.f32(4), p.f32(2), p.f32(), good), f32(2)));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void constraint(Bad bad) {
    VerifierTest.assertRejected(bad);
  }
}
