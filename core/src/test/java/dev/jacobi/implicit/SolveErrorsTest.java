package dev.jacobi.implicit;

import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.sum;
import static dev.jacobi.numpy.Jnp.zeros;

import dev.jacobi.Array;
import dev.jacobi.Aux;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.NamedError;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.lax.NotLinearException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What users do wrong with equations and their solvers. */
class SolveErrorsTest {
  private static final Array B = array(1f, 2f, 3f);

  /** Two unknowns. */
  record Pair(Array x, Array y) {}

  @TestFactory
  Stream<DynamicTest> misuses() {
    Map<String, NamedError> all = new LinkedHashMap<>();
    systems(all);
    roots(all);
    return NamedError.tests(all, "SolveErrorsTest.java");
  }

  private static Array half(Fn1<Array, Array> map, Array b) {
    return b.div(2);
  }

  private static Object twice(Fn1<Object, Object> derivative, Object y) {
    return derivative.apply(List.of(y, y));
  }

  private static void systems(Map<String, NamedError> all) {
    all.put(
        "a map to another space",
        new NamedError(
            () -> Lax.customLinearSolve((Array x) -> zeros(4), B, SolveErrorsTest::half),
            SolveException.class,
            "matvec must give what the unknown is like, but of the unknown and what it gives the"
                + " result is f32[3] in the one and f32[4] in the other"));
    Fn2<Fn1<Array, Array>, Array, Array> integers = (map, b) -> b.astype(DType.I32);
    all.put(
        "a solution of another type",
        new NamedError(
            () -> Lax.customLinearSolve((Array x) -> x.times(2), B, integers),
            SolveException.class,
            "solve must give what the unknown is like"));
    Fn2<Fn1<Pair, Pair>, Pair, Aux<Pair, Array>> wrong =
        (map, p) -> new Aux<>(new Pair(p.x(), zeros(2)), scalar(1));
    all.put(
        "a part of the solution beside other data",
        new NamedError(
            () -> Lax.customLinearSolve((Pair p) -> p, new Pair(B, B), wrong),
            SolveException.class,
            "the result.y is f32[3] in the one and f32[2] in the other"));
    Fn2<Fn1<Array, Array>, Array, Array> narrow = (map, b) -> zeros(2);
    all.put(
        "a solver of the transpose",
        new NamedError(
            () -> Lax.customLinearSolve((Array x) -> x.times(2), B, SolveErrorsTest::half, narrow),
            SolveException.class,
            "transposeSolve must give"));
    all.put(
        "no solver of the transpose",
        new NamedError(
            () ->
                grad((Array b) ->
                        sum(
                            Lax.customLinearSolve(
                                (Array x) -> x.times(2), b, SolveErrorsTest::half)))
                    .apply(B),
            SolveException.class,
            "has no solver for the transposed map"));
    all.put(
        "a transposed map called with a number",
        new NamedError(
            () ->
                Lax.customLinearSolve(
                    (Array x) -> x.times(2), B, SolveErrorsTest::half, (f, b) -> f.apply(sum(b))),
            SolveException.class,
            "the function must be given what the unknown is like, but of the unknown and what it is"
                + " given the argument is f32[3] in the one and f32[] in the other"));
    all.put(
        "a map that is not linear",
        new NamedError(
            () ->
                Lax.customLinearSolve(
                    (Array x) -> x.times(x), B, SolveErrorsTest::half, SolveErrorsTest::half),
            NotLinearException.class,
            "is not linear"));
  }

  private static void roots(Map<String, NamedError> all) {
    Fn2<Fn1<Array, Array>, Array, Array> same = (f, x) -> x;
    Fn2<Fn1<Array, Array>, Array, Array> other = (f, x) -> zeros(2);
    all.put(
        "a function to another space",
        new NamedError(
            () -> Lax.customRoot((Array x) -> sum(x), B, same, same),
            SolveException.class,
            "f must give what the unknown is like"));
    all.put(
        "a root of another shape",
        new NamedError(
            () -> Lax.customRoot((Array x) -> x, B, other, same),
            SolveException.class,
            "solve must give what the unknown is like"));
    all.put(
        "a derivative called with a list",
        new NamedError(
            () -> Lax.<Object, Object>customRoot(x -> x, B, (f, x) -> x, SolveErrorsTest::twice),
            SolveException.class,
            "the argument is * in the one and [*, *] in the other"));
    all.put(
        "a tangent of another shape",
        new NamedError(
            () -> Lax.customRoot((Array x) -> x, B, same, other),
            SolveException.class,
            "tangentSolve must give what the unknown is like"));
  }
}
