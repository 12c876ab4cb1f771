package dev.jacobi.control;

import static dev.jacobi.Jacobi.check;
import static dev.jacobi.Jacobi.checkpoint;
import static dev.jacobi.Jacobi.debugNans;
import static dev.jacobi.Jacobi.debugPrint;
import static dev.jacobi.Jacobi.disableJit;
import static dev.jacobi.numpy.Jnp.arange;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.concatenate;
import static dev.jacobi.numpy.Jnp.scalar;
import static dev.jacobi.numpy.Jnp.stack;
import static dev.jacobi.numpy.Jnp.where;
import static dev.jacobi.numpy.Jnp.zeros;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.NamedError;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.tree.TreeException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What users do wrong with conditionals and loops. */
class ControlErrorsTest {
  private static final Array X = array(1f, 2f, 3f);

  /** Something to carry. */
  record Dense(Array w, Array b) {}

  /** The same in another. */
  record Net(Dense hidden, Array count) {}

  @TestFactory
  Stream<DynamicTest> misuses() {
    return NamedError.tests(all(), "ControlErrorsTest.java");
  }

  private static Map<String, NamedError> all() {
    Map<String, NamedError> all = new LinkedHashMap<>();
    branches(all);
    carries(all);
    elements(all);
    nulls(all);
    return all;
  }

  private static void branches(Map<String, NamedError> all) {
    all.put(
        "branches of two shapes",
        new NamedError(
            () -> Lax.cond(scalar(true), x -> x, x -> zeros(4), X),
            BranchException.class,
            "of branch 0 and branch 1 the result is f32[4] in the one and f32[3] in the other"));
    all.put(
        "branches of two types",
        new NamedError(
            () ->
                Lax.cond(
                    scalar(true),
                    (Array x) -> new Dense(x, x),
                    x -> new Dense(x, x.astype(DType.I32)),
                    X),
            BranchException.class,
            "the result.b is i32[3] in the one and f32[3] in the other"));
    all.put(
        "a predicate that is no scalar",
        new NamedError(
            () -> Lax.cond(X.gt(0), x -> x, x -> x, X),
            LaxTypeException.class,
            "takes one boolean or number, not bool[3]"));
    all.put(
        "an index that is no integer",
        new NamedError(
            () -> Lax.switchCase(scalar(1f), List.<Fn1<Array, Array>>of(x -> x, x -> x), X),
            LaxTypeException.class,
            "takes one integer, not f32[]"));
    all.put(
        "no branches",
        new NamedError(
            () -> Lax.switchCase(scalar(1), List.<Fn1<Array, Array>>of(), X),
            LaxTypeException.class,
            "needs at least one branch"));
  }

  private static void carries(Map<String, NamedError> all) {
    Net net = new Net(new Dense(zeros(3), zeros(3)), scalar(0));
    all.put(
        "a carry that changes its shape",
        new NamedError(
            () ->
                Lax.whileLoop(
                    n -> n.count().lt(3),
                    n -> new Net(new Dense(zeros(4), n.hidden().b()), n.count().plus(1)),
                    net),
            CarryException.class,
            "the carry.hidden.w is f32[3] in the one and f32[4] in the other"));
    all.put(
        "a carry that changes its type",
        new NamedError(
            () -> Lax.foriLoop(0, 3, (i, c) -> c.times(0.5), scalar(1)),
            CarryException.class,
            "the carry is i32[] in the one and f32[] in the other"));
    all.put(
        "a condition that is no boolean",
        new NamedError(
            () -> Lax.whileLoop(c -> c, c -> c, scalar(1f)),
            LaxTypeException.class,
            "its condition must give one boolean"));
    all.put(
        "a condition of many",
        new NamedError(
            () -> Lax.whileLoop(c -> c.gt(0), c -> c, X),
            LaxTypeException.class,
            "its condition must give one boolean"));
    all.put(
        "bounds of two types",
        new NamedError(
            () -> Lax.foriLoop(scalar(0), scalar(3L), (i, c) -> c, X),
            LaxTypeException.class,
            "must be integers of one type"));
  }

  private static void elements(Map<String, NamedError> all) {
    all.put(
        "sequences of two lengths",
        new NamedError(
            () ->
                Lax.scan(
                    (Array c, Dense x) -> new Step<>(c, x.w()),
                    scalar(0f),
                    new Dense(zeros(3), zeros(4))),
            LaxTypeException.class,
            "3 elements"));
    all.put(
        "nothing to run over",
        new NamedError(
            () ->
                Lax.scan(
                    (Array c, List<Array> x) -> new Step<>(c, c), scalar(0f), List.<Array>of()),
            LaxTypeException.class,
            "say how often"));
    all.put(
        "a scalar to run over",
        new NamedError(
            () -> Lax.scan((Array c, Array x) -> new Step<>(c, x), scalar(0f), scalar(1f)),
            LaxTypeException.class,
            "a leading axis"));
    all.put(
        "a batch of none",
        new NamedError(
            () -> Lax.map(x -> x, arange(4), 0), LaxTypeException.class, "at least 1, not 0"));
    all.put(
        "an associative scan of a scalar",
        new NamedError(
            () -> Lax.associativeScan(Array::plus, scalar(1f)),
            LaxTypeException.class,
            "an axis to run along"));
    all.put(
        "an associative scan that grows",
        new NamedError(
            () -> Lax.associativeScan((a, b) -> concatenate(List.of(a, b), 0), X),
            LaxTypeException.class,
            "the result is f32[1] in the one and f32[2] in the other"));
    all.put(
        "an associative scan of sums",
        new NamedError(
            () -> Lax.associativeScan((a, b) -> a.plus(b).sum(), X),
            LaxTypeException.class,
            "the result is f32[1] in the one and f32[] in the other"));
    all.put(
        "an associative scan of another structure",
        new NamedError(
            () -> Lax.<Object>associativeScan((a, b) -> List.of(a, b), X),
            LaxTypeException.class,
            "the result is * in the one"));
    all.put(
        "a negative length",
        new NamedError(
            () -> ScanOptions.DEFAULT.withLength(-1),
            LaxTypeException.class,
            "cannot have -1 steps"));
    all.put(
        "more results than can be counted",
        new NamedError(
            () ->
                Lax.scan(
                    (Array c, List<Array> x) -> new Step<>(c.plus(1), c),
                    X,
                    List.of(),
                    ScanOptions.DEFAULT.withLength(Long.MAX_VALUE)),
            LaxTypeException.class,
            "stacks too much: shape (9223372036854775807, 3)"));
    all.put(
        "no step a turn",
        new NamedError(
            () -> ScanOptions.DEFAULT.withUnroll(0), LaxTypeException.class, "at least 1, not 0"));
  }

  private static void nulls(Map<String, NamedError> all) {
    Array none = null;
    Fn1<Array, Array> noFn = null;
    Class<? extends Exception> result = TreeException.NullComponent.class;
    Map<Class<? extends Exception>, List<Runnable>> calls =
        Map.of(
            result,
            List.of(
                () -> Lax.cond(scalar(true), x -> x, x -> none, X),
                () -> Lax.cond(scalar(true), x -> x, x -> x, none),
                () -> Lax.whileLoop(c -> none, c -> c, X),
                () -> Lax.whileLoop(c -> scalar(false), c -> none, X),
                () -> Lax.foriLoop(0, 3, (i, c) -> none, X),
                () -> Lax.foriLoop(scalar(0), scalar(3), (i, c) -> none, X),
                () -> Lax.scan((Array c, Array x) -> new Step<>(c, none), X, X),
                () -> Lax.map(x -> none, X, 2),
                () -> Lax.associativeScan((a, b) -> none, X),
                () -> disableJit(() -> Lax.whileLoop(c -> scalar(true), c -> none, X)),
                () -> checkpoint((Array x) -> none).apply(X)),
            NullArgumentException.class,
            List.of(
                () -> Lax.cond(none, x -> x, x -> x, X),
                () -> Lax.cond(scalar(true), noFn, x -> x, X),
                () -> Lax.switchCase(none, List.<Fn1<Array, Array>>of(x -> x), X),
                () -> Lax.switchCase(scalar(0), (List<Fn1<Array, Array>>) null, X),
                () -> Lax.foriLoop(none, scalar(3), (i, c) -> c, X),
                () -> Lax.foriLoop(0, 3, (i, c) -> c, none),
                () -> Lax.foriLoop(scalar(0), scalar(3), (i, c) -> c, none),
                () -> Lax.whileLoop(c -> scalar(false), c -> c, X, null),
                () -> Lax.foriLoop(0, 3, (i, c) -> c, X, null),
                () -> Lax.foriLoop(scalar(0), scalar(3), (i, c) -> c, X, null),
                () -> Lax.scan((Array c, Array x) -> new Step<>(c, c), X, X, null),
                () -> checkpoint((Array x) -> x, null).apply(X),
                () -> Lax.customRoot(noFn, X, (f, x) -> x, (g, y) -> y),
                () -> debugPrint(null, X),
                () -> check(none, "no condition"),
                () -> X.plus(none),
                () -> X.at(0).set(none),
                () -> where(none, X, X),
                () -> stack(Arrays.asList(X, none)),
                () -> disableJit(null),
                () -> debugNans(null)));
    calls.forEach(
        (error, runs) -> {
          for (int k = 0; k < runs.size(); k++) {
            String what = error == result ? "null among what is given, " : "nothing given, ";
            all.put(what + k, new NamedError(runs.get(k), error, "null"));
          }
        });
    all.put(
        "no step",
        new NamedError(
            () -> Lax.scan((Array c, Array x) -> (Step<Array, Array>) null, X, X),
            LaxTypeException.class,
            "must give new Step<>(carry, y)"));
  }
}
