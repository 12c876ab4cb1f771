package dev.jacobi.hlo.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.verify.Verifier;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Printing and reading are inverse to each other for every operation. */
class RoundTripTest {
  @ParameterizedTest
  @ValueSource(strings = {"operations", "others"})
  void printsEveryOperationAsStablehloDoes(String file) {
    String text = Texts.read(file + ".mlir");
    assertThat(HloPrinter.print(HloParser.parse(text))).isEqualTo(text);
  }

  /** Without starts, StableHLO's printer leaves a second comma, which its parser refuses. */
  @Test
  void slicesOfScalars() {
    String text =
        """
        module {
          func.func public @main(%arg0: tensor<f32>) -> tensor<f32> {
            %0 = "stablehlo.dynamic_slice"(%arg0) <{slice_sizes = array<i64>}> : (tensor<f32>) -> tensor<f32>
            return %0 : tensor<f32>
          }
        }
        """;
    assertThat(HloPrinter.print(HloParser.parse(text)).strip()).isEqualTo(text.strip());
    String generic = "\"stablehlo.dynamic_slice\"(%arg0) <{slice_sizes = array<i64>}>";
    for (String other : List.of("%arg0, , sizes = []", "%arg0, sizes = []")) {
      String pretty = text.replace(generic, "stablehlo.dynamic_slice " + other);
      assertThat(HloPrinter.print(HloParser.parse(pretty)).strip()).isEqualTo(text.strip());
    }
  }

  @ParameterizedTest
  @CsvSource({"operations.mlir, generic.mlir", "others.mlir, others.generic.mlir"})
  void readsTheGenericFormOfEveryOperation(String file, String other) {
    HloModule pretty = HloParser.parse(Texts.read(file));
    HloModule generic = HloParser.parse(Texts.read(other));
    assertThat(Isomorphism.difference(pretty, generic)).isEmpty();
  }

  @Test
  void readsFormsThatOnlyOthersWrite() {
    HloModule module = HloParser.parse(Texts.read("accepted.mlir"));
    assertThat(HloPrinter.print(module)).isEqualTo(Texts.read("accepted.expected.mlir"));
  }

  @Test
  void readsOperationsThatAreAWayOfWritingOthers() {
    HloModule module = HloParser.parse(Texts.read("chlo.mlir"));
    Verifier.verify(module);
    assertThat(HloPrinter.print(module)).isEqualTo(Texts.read("chlo.expected.mlir"));
  }

  /** A new operation without a sample in one of the files fails here. */
  @Test
  void samplesCoverEveryOperation() {
    Set<Class<?>> seen = new HashSet<>();
    for (String file : List.of("operations.mlir", "others.mlir")) {
      HloModule module = HloParser.parse(Texts.read(file));
      module.funcs().values().forEach(f -> collect(f.body(), seen));
    }
    Set<Class<?>> all =
        Stream.of(Op.class.getPermittedSubclasses())
            .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
            .collect(Collectors.toSet());
    assertThat(seen).isEqualTo(all);
  }

  private static void collect(Block block, Set<Class<?>> seen) {
    block
        .instrs()
        .forEach(
            i -> {
              seen.add(i.op().getClass());
              i.op().regions().forEach(r -> collect(r, seen));
            });
  }

  @ParameterizedTest
  @EnumSource(Fn.class)
  void everyElementwiseFunctionComesBack(Fn fn) {
    DType dtype =
        Stream.of(DType.F32, DType.I32, DType.BOOL).filter(fn::takes).findFirst().orElseThrow();
    HloBuilder b = new HloBuilder();
    List<Value> operands =
        IntStream.range(0, fn.arity())
            .mapToObj(
                i -> b.param(TensorType.of(fn == Fn.SELECT && i == 0 ? DType.BOOL : dtype, 2)))
            .toList();
    HloFunc main =
        new HloFunc("main", true, b.build(b.add(new ElementwiseOp.Pointwise(fn, operands))));
    HloModule module = new HloModule("m", Map.of("main", main), Map.of());
    HloModule back = HloParser.parse(HloPrinter.print(module));
    assertThat(Isomorphism.difference(module, back)).isEmpty();
  }

  @Test
  void aReductionByAnyBodyComesBack() {
    HloBuilder outer = new HloBuilder();
    Value x = outer.param(TensorType.of(DType.F32, 2, 3));
    Value init = outer.constant(DType.F32, 0);
    HloBuilder swapped = new HloBuilder();
    Value a = swapped.param(TensorType.scalar(DType.F32));
    Value b = swapped.param(TensorType.scalar(DType.F32));
    Block body = swapped.build(swapped.pointwise(Fn.SUB, b, a));
    Value sum = outer.add(new ReductionOp.Reduce(List.of(x), List.of(init), Axes.of(1), body));
    HloFunc main = new HloFunc("main", true, outer.build(sum));
    HloModule module = new HloModule("", Map.of("main", main), Map.of());
    HloModule back = HloParser.parse(HloPrinter.print(module));
    assertThat(Isomorphism.difference(module, back)).isEmpty();
  }

  @Test
  void quotedNamesAndStringsComeBack() {
    HloBuilder b = new HloBuilder();
    Map<String, String> attrs = Map.of("a b", "\"x\\22\"");
    Op call = new ControlOp.CustomCall("ü \"\\\n", List.of(), List.of(), true, attrs);
    b.addAll(call);
    HloFunc main = new HloFunc("<lambda>", true, b.build());
    HloModule module = new HloModule("a-b", Map.of("<lambda>", main), Map.of("jax.k", "1 : i32"));
    HloModule back = HloParser.parse(HloPrinter.print(module));
    assertThat(Isomorphism.difference(module, back)).isEmpty();
  }

  @Test
  void findsTheInnermostLine() {
    HloModule module = HloParser.parse(Texts.read("locations.mlir"));
    assertThat(module.main().body().instrs().stream().map(i -> i.loc().toString()))
        .containsExactly(
            "a.py:3", "a.py:4", "b.py:5", "d.py:8", "c.py:7", "<text>:9:10", "<text>:10:10");
    HloModule back = HloParser.parse(HloPrinter.printWithLocations(module));
    assertThat(Isomorphism.difference(module, back)).isEmpty();
    assertThat(HloPrinter.print(module)).doesNotContain("loc(");
  }
}
