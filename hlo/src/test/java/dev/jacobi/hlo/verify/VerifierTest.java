package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Bad.f32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of static single assignment and of functions, and that every constraint has a test. */
class VerifierTest {
  static void assertRejected(Bad bad) {
    HloModule module = bad.module();
    HloVerifyException e =
        catchThrowableOfType(HloVerifyException.class, () -> Verifier.verify(module));
    assertThat(e).as("nothing found").isNotNull();
    assertThat(e.constraint()).as(e.getMessage()).isEqualTo(bad.constraint());
    String op = module.main().body().instrs().getFirst().op().mnemonic();
    assertThat(e).hasMessageContaining(op).hasMessageContaining("Bad.java:7");
  }

  private static HloModule module(HloFunc... funcs) {
    var byName = new LinkedHashMap<String, HloFunc>();
    for (HloFunc f : funcs) {
      byName.put(f.name(), f);
    }
    return new HloModule("m", byName, Map.of());
  }

  private static HloModule main(Block body) {
    return module(new HloFunc("main", true, body));
  }

  private static void assertRule(String rule, HloModule module) {
    assertThatThrownBy(() -> Verifier.verify(module))
        .isInstanceOf(HloVerifyException.class)
        .hasMessageStartingWith(rule + ":");
  }

  private static Instr add(Value a, Value b, Value result) {
    return new Instr(
        new ElementwiseOp.Pointwise(Fn.ADD, List.of(a, b)), List.of(result), Loc.UNKNOWN);
  }

  @Test
  void valuesAreDefinedOnce() {
    Value x = new Value(f32());
    assertRule("ssa_once", main(new Block(List.of(x, x), List.of(), List.of())));
    assertRule("ssa_once", main(new Block(List.of(x), List.of(add(x, x, x)), List.of())));
    Block same = new Block(List.of(x), List.of(), List.of(x));
    assertRule("ssa_once", module(new HloFunc("main", true, same), new HloFunc("f", false, same)));
  }

  @Test
  void valuesAreDefinedBeforeTheirUse() {
    Value x = new Value(f32());
    Value y = new Value(f32());
    Value z = new Value(f32());
    assertRule(
        "ssa_before_use",
        main(new Block(List.of(x), List.of(add(x, y, z), add(x, x, y)), List.of(z))));
    assertRule("ssa_before_use", main(new Block(List.of(), List.of(), List.of(x))));
  }

  @Test
  void valuesOfAnotherFunctionOrAnEndedRegionAreNotVisible() {
    Value x = new Value(f32());
    Block first = new Block(List.of(x), List.of(), List.of());
    Block second = new Block(List.of(), List.of(), List.of(x));
    assertRule(
        "ssa_scope", module(new HloFunc("main", true, first), new HloFunc("f", false, second)));
    HloBuilder b = new HloBuilder();
    Value pred = b.param(TensorType.of(DType.BOOL));
    HloBuilder branch = new HloBuilder();
    Value inner = branch.constant(DType.F32, 1);
    b.add(new ControlOp.If(pred, branch.build(inner), Bad.block(List.of(), f32())));
    assertRule("ssa_scope", main(b.build(inner)));
  }

  @Test
  void regionsSeeOuterValues() {
    HloBuilder b = new HloBuilder();
    Value pred = b.param(TensorType.of(DType.BOOL));
    Value outer = b.param(f32());
    Block branch = new HloBuilder().build(outer);
    Value chosen = b.add(new ControlOp.If(pred, branch, new HloBuilder().build(outer)));
    Verifier.verify(main(b.build(chosen)));

    HloBuilder body = new HloBuilder();
    body.param(f32());
    body.param(f32());
    Value x = b.param(f32(2));
    b.add(new ReductionOp.Reduce(List.of(x), List.of(outer), Axes.of(0), body.build(outer)));
    Verifier.verify(main(b.build()));
  }

  @Test
  void functions() {
    HloFunc empty = new HloFunc("main", true, new HloBuilder().build());
    assertRule("func_main", module(new HloFunc("other", true, new HloBuilder().build())));
    assertRule("func_name", new HloModule("m", Map.of("main", empty, "f", empty), Map.of()));
    assertRule("call_recursion", module(calling("main", "main")));
    assertRule(
        "call_recursion", module(calling("main", "f"), calling("f", "g"), calling("g", "f")));
    Verifier.verify(
        module(
            calling("main", "f"),
            calling("f", "g"),
            new HloFunc("g", false, new HloBuilder().build())));
  }

  private static HloFunc calling(String name, String callee) {
    HloBuilder b = new HloBuilder();
    b.addAll(new ControlOp.Call(callee, List.of(), List.of()));
    return new HloFunc(name, true, b.build());
  }

  @Test
  void donatedParametersNameAResultOfTheirType() {
    for (String output : List.of("1 : i32", "-1 : i32", "x", "0 : i32")) {
      HloBuilder b = new HloBuilder();
      Value x = b.param(f32(2));
      Value sum = b.pointwise(Fn.ABS, x);
      TensorType type = output.startsWith("0") ? f32(1) : f32(2);
      Value result =
          type.equals(f32(2))
              ? sum
              : b.add(new ShapeOp.Slice(sum, Bad.longs(0), Bad.longs(1), Bad.longs(1)));
      HloFunc f =
          new HloFunc(
              "main",
              true,
              b.build(result),
              List.of(Map.of("tf.aliasing_output", output)),
              List.of(Map.of()));
      assertRule("func_aliasing", module(f));
    }
  }
}
