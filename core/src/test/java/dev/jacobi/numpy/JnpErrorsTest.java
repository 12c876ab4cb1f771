package dev.jacobi.numpy;

import static dev.jacobi.numpy.Jnp.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.NamedError;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.DotOptions;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.nn.Nn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Misuse of functions: a named error with the shapes or types at fault and the user's line. */
class JnpErrorsTest {
  private static final Array ROW = array(1f, 2f, 3f);
  private static final Array PAIR = array(1f, 2f);
  private static final Array MATRIX = ones(2, 3);
  private static final DotOptions F64 = DotOptions.DEFAULT.withPreferredElementType(DType.F64);

  private static Map<String, NamedError> misuses() {
    var all = new LinkedHashMap<String, NamedError>();
    shape(all, "plus", () -> ROW.plus(PAIR), "(3,) and (2,)");
    shape(all, "where", () -> where(ROW.gt(0), PAIR, PAIR), "(3,) and (2,)");
    shape(all, "matmul", () -> MATRIX.matmul(MATRIX), "(2, 3) and (2, 3)");
    shape(all, "tensordot", () -> tensordot(MATRIX, MATRIX, 1), "(2, 3) and (2, 3)");
    shape(all, "concatenate", () -> concatenate(MATRIX, ROW), "(2, 3) and (3,)");
    shape(all, "stack", () -> stack(ROW, PAIR), "(3,) and (2,)");
    shape(all, "cross", () -> cross(PAIR, PAIR), "size 3");
    shape(all, "vecdot", () -> vecdot(ROW, PAIR), "(3,) and (2,)");
    shape(all, "solve", () -> Linalg.solve(MATRIX, ROW), "(2, 3) and (3,)");
    shape(all, "lstsq", () -> Linalg.lstsq(MATRIX, ROW), "(2, 3) and (3,)");
    shape(all, "multiDot", () -> Linalg.multiDot(MATRIX, MATRIX), "(2, 3) and (2, 3)");
    shape(all, "tensorsolve", () -> Linalg.tensorsolve(MATRIX, ROW), "(2, 3) and (3,)");
    type(all, "multiDot of one", () -> Linalg.multiDot(MATRIX), "not 1");
    type(all, "inv", () -> Linalg.inv(MATRIX), "(2, 3)");
    type(all, "cholesky of a vector", () -> Linalg.cholesky(ROW), "(3,)");
    type(all, "eigh of f16", () -> Linalg.eigh(eye(2).astype(DType.F16)), "f64");
    type(all, "cond", () -> Linalg.cond(MATRIX, Linalg.MatrixNorm.ONE), "(2, 3)");
    type(all, "matrixPower", () -> Linalg.matrixPower(MATRIX, 2), "(2, 3)");
    type(all, "tensorinv", () -> Linalg.tensorinv(MATRIX, 1), "(2, 3)");
    type(all, "matrixTranspose", () -> matrixTranspose(ROW), "(3,)");
    type(all, "scalar matmul", () -> matmul(weak(1), ROW), "no scalars");
    type(all, "reshape", () -> ROW.reshape(2, 2), "(3,)");
    type(all, "reshape -1", () -> ROW.reshape(2, -1), "-1");
    type(all, "axis", () -> sum(ROW, 1), "out of range");
    type(all, "axis twice", () -> sum(MATRIX, 0, -2), "twice");
    type(all, "transpose", () -> MATRIX.transpose(0, 0), "twice");
    type(all, "squeeze", () -> squeeze(MATRIX, 0), "(2, 3)");
    type(all, "max of nothing", () -> max(zeros(0)), "initial");
    type(all, "max of a mask", () -> max(ROW, over().where(ROW.gt(9))), "initial");
    type(all, "argmax of nothing", () -> argmax(zeros(0)), "empty");
    type(all, "split", () -> split(ROW, 2), "does not divide");
    type(all, "pad", () -> pad(ROW, new int[][] {{1, 1}, {1, 1}}, 0), "[[1, 1], [1, 1]]");
    type(all, "einsum count", () -> einsum("ij,jk->ik", MATRIX), "2 operands");
    type(all, "einsum rank", () -> einsum("ij->i", ROW), "rank 1");
    type(all, "einsum size", () -> einsum("i,i->", ROW, PAIR), "sizes 3 and 2");
    type(all, "einsum result", () -> einsum("i->j", ROW), "'j'");
    type(all, "power", () -> array(2).pow(-1), "negative power");
    type(all, "clip", () -> clip(astype(ROW, DType.C64), 0, 1), "complex");
    type(all, "minus of bool", () -> array(true).minus(array(true)), "bool");
    type(all, "arange", () -> arange(0, 1, 0), "step");
    type(all, "take by floats", () -> take(ROW, ROW), "integers");
    type(all, "oneHot of floats", () -> Nn.oneHot(ROW, 3), "integers");
    type(all, "glu", () -> Nn.glu(ROW), "(3,)");
    keywords(all);
    scalar(all, "int that does not fit", () -> array(List.of((byte) 1)).plus(300), "300");
    scalar(all, "infinite f16", () -> ROW.astype(DType.F16).times(1e6), "1000000");
    scalar(all, "where", () -> where(ROW.gt(0), ROW.astype(DType.F16), 1e6), "1000000");
    scalar(all, "clip i8", () -> clip(array(List.of((byte) 1)), 0, 300), "300");
    scalar(all, "arange end", () -> arange(1L << 40, (1L << 40) + 1), "i32");
    return all;
  }

  private static void keywords(Map<String, NamedError> all) {
    Array z = astype(ROW, DType.C64);
    type(all, "linalg.cross", () -> Linalg.cross(PAIR, PAIR), "size 3");
    type(all, "linalg.outer", () -> Linalg.outer(MATRIX, ROW), "(2, 3) and (3,)");
    type(all, "real variance of complex", () -> var(z, over().dtype(DType.F32)), "F32");
    type(all, "complex geomspace", () -> geomspace(z, z, 3, true, 0), "real");
    type(all, "geomspace of signs", () -> geomspace(-1, 1, 3, false), "one sign");
    type(all, "median with a mean", () -> nanmedian(ROW, over().mean(PAIR)), "keepDims");
    shape(all, "matmul in f64", () -> matmul(MATRIX, MATRIX, F64), "(2, 3) and (2, 3)");
  }

  private static void shape(Map<String, NamedError> all, String name, Runnable call, String says) {
    all.put(name, new NamedError(call, ShapeMismatchException.class, says));
  }

  private static void type(Map<String, NamedError> all, String name, Runnable call, String says) {
    all.put(name, new NamedError(call, LaxTypeException.class, says));
  }

  private static void scalar(Map<String, NamedError> all, String name, Runnable call, String says) {
    all.put("scalar " + name, new NamedError(call, ScalarRangeException.class, says));
  }

  @TestFactory
  Stream<DynamicTest> errorsAreNamed() {
    return NamedError.tests(misuses(), "JnpErrorsTest.java");
  }

  @Test
  void doublesKeepTheirDigitsBesideDoubleArrays() {
    Array x = array(0.5, 2.0);
    assertThat(x.times(0.1).get(0).item()).isEqualTo(0.05);
    assertThat(where(x.gt(1), x, 0.1).get(0).item()).isEqualTo(0.1);
    assertThat(clip(x, 0.0, 0.7).get(1).item()).isEqualTo(0.7);
    assertThat(x.rem(0.3).get(0).item()).isEqualTo(0.5 % 0.3);
    assertThat(x.at(0).set(0.1).get(0).item()).isEqualTo(0.1);
  }
}
