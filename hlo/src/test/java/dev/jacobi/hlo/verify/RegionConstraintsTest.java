package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Bad.axes;
import static dev.jacobi.hlo.verify.Bad.bad;
import static dev.jacobi.hlo.verify.Bad.block;
import static dev.jacobi.hlo.verify.Bad.bool;
import static dev.jacobi.hlo.verify.Bad.f32;
import static dev.jacobi.hlo.verify.Bad.i32;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegionConstraintsTest {
  static Stream<Bad> modules() {
    return Stream.of(reductions(), branches(), loops(), calls()).flatMap(List::stream);
  }

  private static Op reduce(Value x, Value init, Axes dims, Block body) {
    return new ReductionOp.Reduce(List.of(x), List.of(init), dims, body);
  }

  private static List<Bad> reductions() {
    Block add = Bad.add(DType.F32);
    Block two = block(List.of(f32(), f32(), f32(), f32()), f32(), f32());
    return List.of(
        bad(
            "reduce_c1",
            p ->
                new ReductionOp.Reduce(
                    List.of(p.f32(2), p.f32(3)), List.of(p.f32(), p.f32()), axes(0), two),
            f32(),
            f32()),
        bad("reduce_c2", p -> reduce(p.f32(2), p.i32(), axes(0), add), f32()),
        bad("reduce_i2", p -> reduce(p.f32(2), p.f32(1), axes(0), add), f32()),
        bad(
            "reduce_c3",
            p -> new ReductionOp.Reduce(List.of(p.f32(2)), List.of(), axes(0), add),
            f32()),
        bad("reduce_c3", p -> new ReductionOp.Reduce(List.of(), List.of(), axes(0), add)),
        bad("reduce_c4", p -> reduce(p.f32(2), p.f32(), axes(1), add), f32()),
        bad("reduce_c5", p -> reduce(p.f32(2), p.f32(), axes(0, 0), add), f32()),
        bad("reduce_c6", p -> reduce(p.f32(2), p.f32(), axes(0), Bad.add(DType.I32)), f32()),
        bad("reduce_c6", p -> reduce(p.f32(2), p.f32(), axes(0), two), f32()),
        bad(
            "reduce_c6",
            p -> reduce(p.f32(2), p.f32(), axes(0), block(List.of(f32()), f32())),
            f32()),
        bad("reduce_c7", p -> reduce(p.f32(2, 3), p.f32(), axes(0), add), f32(2)));
  }

  private static List<Bad> branches() {
    Block zero = block(List.of(), f32());
    Block one = block(List.of(), f32(1));
    Block param = block(List.of(f32()), f32());
    return List.of(
        bad("case_i1", p -> new ControlOp.Case(p.of(DType.I64), List.of(zero)), f32()),
        bad("case_c1", p -> new ControlOp.Case(p.i32(), List.of())),
        bad("case_c2", p -> new ControlOp.Case(p.i32(), List.of(zero, param)), f32()),
        bad("case_c3", p -> new ControlOp.Case(p.i32(), List.of(zero, one)), f32()),
        bad("case_c4", p -> new ControlOp.Case(p.i32(), List.of(zero)), f32(1)),
        bad("if_i1", p -> new ControlOp.If(p.i32(), zero, block(List.of(), f32())), f32()),
        bad("if_c1", p -> new ControlOp.If(p.of(DType.BOOL), zero, param), f32()),
        bad("if_c2", p -> new ControlOp.If(p.of(DType.BOOL), zero, one), f32()),
        bad(
            "if_c3",
            p -> new ControlOp.If(p.of(DType.BOOL), zero, block(List.of(), f32())),
            i32()));
  }

  private static List<Bad> loops() {
    List<TensorType> state = List.of(f32());
    Block cond = block(state, bool());
    Block body = block(state, f32());
    return List.of(
        bad("while_c1", p -> new ControlOp.While(List.of(p.f32()), body, body), f32()),
        bad(
            "while_c1",
            p -> new ControlOp.While(List.of(p.f32()), block(List.of(), bool()), body),
            f32()),
        bad(
            "while_c2",
            p -> new ControlOp.While(List.of(p.f32()), cond, block(state, i32())),
            f32()),
        bad(
            "while_c2",
            p -> new ControlOp.While(List.of(p.f32()), cond, block(List.of(), f32())),
            f32()),
        bad("while_c3", p -> new ControlOp.While(List.of(p.f32()), cond, body), f32(1)));
  }

  /** The module has {@code @f: (tensor<2xf32>, tensor<3xf32>) -> tensor<3xf32>}. */
  private static List<Bad> calls() {
    return List.of(
        bad("call_callee", p -> new ControlOp.Call("g", List.of(), List.of())),
        bad("call_operands", p -> call(p.f32(2)), f32(3)),
        bad("call_operands", p -> call(p.f32(2), p.f32(4)), f32(3)),
        bad(
            "call_results",
            p -> new ControlOp.Call("f", List.of(p.f32(2), p.f32(3)), List.of(f32(2))),
            f32(2)),
        bad("call_results", p -> call(p.f32(2), p.f32(3)), f32(4)),
        bad("composite_c1", p -> composite("plain", "f", p.f32(2), p.f32(3)), f32(3)),
        bad("composite_c2", p -> composite("my.op", "g", p.f32(2), p.f32(3)), f32(3)),
        bad("composite_c3", p -> composite("my.op", "f", p.f32(2), p.f32(2)), f32(3)),
        bad("composite_c4", p -> composite("my.op", "f", p.f32(2), p.f32(3)), f32(2)),
        bad(
            "optimization_barrier_c1",
            p -> new ControlOp.OptimizationBarrier(List.of(p.f32())),
            i32()),
        bad(
            "custom_call_results",
            p -> new ControlOp.CustomCall("c", List.of(), List.of(f32()), false, Map.of()),
            f32(),
            f32()));
  }

  private static Op call(Value... operands) {
    return new ControlOp.Call("f", List.of(operands), List.of(f32(3)));
  }

  private static Op composite(String name, String decomposition, Value... operands) {
    return new ControlOp.Composite(
        name, List.of(operands), List.of(f32(3)), decomposition, 0, Map.of());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void constraint(Bad bad) {
    VerifierTest.assertRejected(bad);
  }
}
