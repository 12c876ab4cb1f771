package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.golden.GoldenFile.Line;
import dev.jacobi.hlo.DType;
import dev.jacobi.numpy.Jnp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Result types of functions for all operand types against JAX's, found without computing. */
class JnpTypesTest {
  private static final Map<String, Fn1<List<Array>, Array>> FUNCTIONS = new LinkedHashMap<>();

  /** Functions that JAX accepts for complex numbers by type, though they have no meaning there. */
  private static final Set<String> UNORDERED = Set.of("arctan2", "argmax");

  static {
    one("abs", x -> Jnp.abs(x));
    one("negative", x -> Jnp.negative(x));
    one("sign", x -> Jnp.sign(x));
    one("square", x -> Jnp.square(x));
    one("reciprocal", x -> Jnp.reciprocal(x));
    one("sqrt", x -> Jnp.sqrt(x));
    one("cbrt", x -> Jnp.cbrt(x));
    one("exp", x -> Jnp.exp(x));
    one("log", x -> Jnp.log(x));
    one("log2", x -> Jnp.log2(x));
    one("sin", x -> Jnp.sin(x));
    one("tanh", x -> Jnp.tanh(x));
    one("floor", x -> Jnp.floor(x));
    one("round", x -> Jnp.round(x));
    one("real", x -> Jnp.real(x));
    one("imag", x -> Jnp.imag(x));
    one("conj", x -> Jnp.conj(x));
    one("isfinite", x -> Jnp.isfinite(x));
    one("isnan", x -> Jnp.isnan(x));
    one("logical_not", x -> Jnp.logicalNot(x));
    one("invert", x -> Jnp.invert(x));
    one("sum", x -> Jnp.sum(x));
    one("prod", x -> Jnp.prod(x));
    one("max", x -> Jnp.max(x));
    one("ptp", x -> Jnp.ptp(x));
    one("any", x -> Jnp.any(x));
    one("mean", x -> Jnp.mean(x));
    one("var", x -> Jnp.var(x));
    one("std", x -> Jnp.std(x));
    one("average", x -> Jnp.mean(x));
    one("trace", x -> Jnp.trace(x));
    one("argmax", x -> Jnp.argmax(x));
    one("count_nonzero", x -> Jnp.countNonzero(x));
    one("zeros_like", x -> Jnp.zerosLike(x));
    one("ones_like", x -> Jnp.onesLike(x));
    two("add", (x, y) -> Jnp.add(x, y));
    two("subtract", (x, y) -> Jnp.subtract(x, y));
    two("multiply", (x, y) -> Jnp.multiply(x, y));
    two("divide", (x, y) -> Jnp.trueDivide(x, y));
    two("floor_divide", (x, y) -> Jnp.floorDivide(x, y));
    two("remainder", (x, y) -> Jnp.remainder(x, y));
    two("power", (x, y) -> Jnp.power(x, y));
    two("maximum", (x, y) -> Jnp.maximum(x, y));
    two("arctan2", (x, y) -> Jnp.arctan2(x, y));
    two("hypot", (x, y) -> Jnp.hypot(x, y));
    two("logaddexp", (x, y) -> Jnp.logaddexp(x, y));
    two("equal", (x, y) -> Jnp.equal(x, y));
    two("less", (x, y) -> Jnp.less(x, y));
    two("logical_and", (x, y) -> Jnp.logicalAnd(x, y));
    two("bitwise_and", (x, y) -> Jnp.bitwiseAnd(x, y));
    two("left_shift", (x, y) -> Jnp.leftShift(x, y));
    two("matmul", (x, y) -> Jnp.matmul(x, y));
    two("dot", (x, y) -> Jnp.dot(x, y));
  }

  private static void one(String name, Op1 f) {
    FUNCTIONS.put(name, x -> f.apply(x.get(0)));
  }

  private static void two(String name, Op2 f) {
    FUNCTIONS.put(name, x -> f.apply(x.get(0), x.get(1)));
  }

  /** One test per function: its rows that differ are all in the message. */
  @TestFactory
  Stream<DynamicTest> types() {
    return tests("jnp/types.tsv", false);
  }

  @TestFactory
  Stream<DynamicTest> types64() {
    return tests("jnp/types64.tsv", true);
  }

  private static Stream<DynamicTest> tests(String file, boolean needs64) {
    var rows = new LinkedHashMap<String, List<Line>>();
    for (Line line : GoldenFile.lines(file)) {
      List<String> operands = List.of(line.field(1).split(" "));
      if (!needs64
          || operands.stream()
              .anyMatch(t -> t.endsWith("64") && !t.equals("c64") || t.equals("c128"))) {
        rows.computeIfAbsent(line.field(0), n -> new ArrayList<>()).add(line);
      }
    }
    assertThat(rows).hasSizeGreaterThan(40);
    return rows.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  private static void check(String name, List<Line> lines) {
    assertThat(FUNCTIONS).containsKey(name);
    var differ = new ArrayList<String>();
    for (Line line : lines) {
      int last = line.fields().size() - 1;
      List<String> operands = List.of(line.field(1).split(" "));
      String ours = result(name, operands);
      String jax = line.field(last).startsWith("error") ? "error" : line.field(last);
      jax = jax.equals("~bool") ? "bool" : jax; // nothing depends on a weak bool
      if (jax.equals("i64") && (name.equals("argmax") || name.equals("count_nonzero"))) {
        jax = "i32"; // positions and counts stay i32
      }
      boolean complex = operands.stream().anyMatch(t -> t.startsWith("c"));
      if (!ours.equals(jax) && !(complex && UNORDERED.contains(name))) {
        differ.add(name + operands + ": ours " + ours + ", JAX " + jax);
      }
    }
    assertThat(differ).as(lines.size() + " rows").isEmpty();
  }

  private static String result(String name, List<String> types) {
    boolean matrices = List.of("trace", "matmul", "dot").contains(name);
    List<Array> operands =
        types.stream()
            .map(t -> Jacobi.spec(dtype(t), matrices ? new long[] {3, 3} : new long[] {3}))
            .toList();
    try {
      Fn1<List<Array>, Array> f = FUNCTIONS.get(name);
      var aval = Jacobi.evalShape(f, operands).aval();
      boolean weak = aval.weak() && !aval.dtype().isBool();
      return (weak ? "~" : "") + aval.dtype().name().toLowerCase(Locale.ROOT);
    } catch (dev.jacobi.lax.LaxTypeException e) {
      assertThat(e).hasMessageContaining(" at ");
      return "error";
    }
  }

  private static DType dtype(String name) {
    return DType.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
