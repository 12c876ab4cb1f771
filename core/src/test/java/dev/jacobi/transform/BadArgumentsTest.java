package dev.jacobi.transform;

import static dev.jacobi.Jacobi.*;
import static dev.jacobi.numpy.Jnp.*;
import static dev.jacobi.random.Random.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.NamedError;
import dev.jacobi.Op1;
import dev.jacobi.Trees;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.trace.ConcretizationException;
import dev.jacobi.trace.HostDataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Arguments that make no sense: a named error with the user's line, never one of the JDK's. */
class BadArgumentsTest {
  private static final Array ROW = array(1f, 2f, 3f);

  private static Map<String, NamedError> all() {
    var all = new LinkedHashMap<String, NamedError>();
    sizes(all);
    values(all);
    Op1 sum = x -> x.sum();
    Op1 square = x -> x.times(x);
    Op1 dot = x -> x.matmul(x);
    bad(
        all,
        "a cotangent of another shape",
        () -> linearTranspose(sum, ROW).apply(ROW),
        GradientException.class,
        "f32[3]");
    bad(
        all,
        "the transpose of a square",
        () -> linearTranspose(square, ROW).apply(ROW),
        NotLinearException.class,
        "mul");
    bad(
        all,
        "the transpose of x . x",
        () -> linearTranspose(dot, ROW).apply(scalar(1f)),
        NotLinearException.class,
        "dot_general");
    bad(
        all,
        "a donated argument that is none",
        () -> jit(square).donate(-1),
        DonationException.class,
        "donate(-1)");
    bad(
        all,
        "a donated argument too many",
        () -> jit(square).donate(1).apply(ROW),
        DonationException.class,
        "donate(1)");
    bad(all, "no threads", () -> jit(square).threads(-1), LaxTypeException.class, "-1");
    return all;
  }

  private static void sizes(Map<String, NamedError> all) {
    lax(all, "negative zeros", () -> zeros(-1), "[-1]");
    lax(all, "negative ones", () -> ones(2, -3), "[2, -3]");
    lax(all, "negative shape", () -> shape(-2), "[-2]");
    lax(all, "reshape to two unknowns", () -> ROW.reshape(-1, -1), "[-1, -1]");
    lax(all, "reshape beyond 2^63", () -> ROW.reshape(-1, 1L << 40, 1L << 50), "no size for -1");
    lax(all, "a dimension too many", () -> ROW.dim(1), "(3,)");
    lax(all, "a dimension too few", () -> ROW.dim(-2), "(3,)");
    lax(all, "entries of a scalar", () -> new ArrayList<Array>().add(first(scalar(1f))), "scalar");
    lax(all, "no parts", () -> arraySplit(ROW, 0, 0), "0 parts");
    lax(all, "nothing to stack", () -> hstack(), "at least one");
    lax(all, "more numbers than 2^63", () -> arange(Long.MIN_VALUE, Long.MAX_VALUE, 1), "2^63");
    lax(all, "fewer than no keys", () -> key(0).split(-1), "-1 keys");
  }

  private static Array first(Array x) {
    return x.iterator().next();
  }

  private static void values(Map<String, NamedError> all) {
    Array big = array(1L << 40);
    bad(all, "a long as an int", () -> big.toIntArray(), HostDataException.class, "1099511627776");
    Array c = ROW.get(range(0, 1)).astype(DType.C64);
    bad(all, "a complex item", () -> c.item(), HostDataException.class, "itemComplex");
    bad(all, "complex doubles", () -> c.toDoubleArray(), HostDataException.class, "real(x)");
    bad(all, "a key of floats", () -> Key.of(ROW), LaxTypeException.class, "f32[3]");
    bad(
        all,
        "arithmetic on types",
        () -> spec(DType.F32, 3).plus(1),
        ConcretizationException.class,
        "evalShape");
  }

  private static void lax(Map<String, NamedError> all, String name, Runnable call, String says) {
    bad(all, name, call, LaxTypeException.class, says);
  }

  private static void bad(
      Map<String, NamedError> all,
      String name,
      Runnable call,
      Class<? extends Exception> error,
      String says) {
    all.put(name, new NamedError(call, error, says));
  }

  @TestFactory
  Stream<DynamicTest> errorsAreNamed() {
    return NamedError.tests(all(), "BadArgumentsTest.java");
  }

  @Test
  void aMissingFunctionIsNamed() {
    assertThatThrownBy(() -> grad((Op1) null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("the function to transform");
  }

  @Test
  void aClosedArrayStillPrints() {
    Array x = ROW.plus(1);
    x.close();
    assertThat(x).hasToString("DeletedArray(f32[3])");
  }

  @Test
  void aTreeWithoutLeavesRavelsToNothing() {
    var raveled = Trees.ravelTree(List.of(1, "static"));
    assertThat(raveled.vector().shape()).isEqualTo(shape(0));
    assertThat(raveled.unravel().apply(raveled.vector())).isEqualTo(List.of(1, "static"));
  }
}
