package dev.jacobi.lax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.OnPlugins;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.verify.Verifier;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lowering.Lowering;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Batching;
import dev.jacobi.transform.Differentiation;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Jit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds of every primitive, on every row of the tables of samples. */
class PrimitiveLawsTest {
  private static final long SEED = 7;
  private static final double STEP = 1e-6;

  static Map<String, List<Sample>> samples() {
    Map<String, List<Sample>> byName = new LinkedHashMap<>();
    Stream.of(
            ElementwiseSamples.all(),
            StructuralSamples.all(),
            WindowSamples.all(),
            LinalgSamples.all(),
            StagedSamples.all())
        .flatMap(List::stream)
        .forEach(s -> byName.computeIfAbsent(s.primitive().name(), n -> new ArrayList<>()).add(s));
    return byName;
  }

  private static Stream<DynamicTest> each(Consumer<Sample> law) {
    return samples().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> e.getValue().forEach(law)));
  }

  private static List<Array> operands(Sample sample) {
    return sample.operands().apply(new Draw(SEED));
  }

  private static List<Aval> avals(List<Array> arrays) {
    return arrays.stream().map(Array::aval).toList();
  }

  /** The sine, with rules that are wrong: its own tangent is its derivative, and lanes swap. */
  private record WrongSine() implements Primitive {
    @Override
    public String name() {
      return "wrong_sine";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      return operands;
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      return Jvp.of(Bind.bind(this, primals).getFirst(), Elementary.sin(tangents.getFirst()));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      Array x = operands.getFirst();
      Array swapped = Concatenation.rev(x, dev.jacobi.hlo.Axes.of(dims.getFirst()));
      return Batched.of(Elementary.sin(swapped), dims.getFirst());
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      return Elementary.SIN.lower(context, operands, outs);
    }
  }

  @Test
  void wrongRulesAreFound() {
    Sample wrong = Sample.of("f64", new WrongSine(), d -> List.of(d.f64(-2, 2, 3)));
    assertThatThrownBy(() -> differences(wrong, operands(wrong)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("derivative");
    assertThatThrownBy(() -> adjoint(wrong, operands(wrong)))
        .isInstanceOf(NotLinearException.class);
    assertThatThrownBy(() -> mapped(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("vmap");
  }

  @TestFactory
  Stream<DynamicTest> theShapeRuleAgreesWithTheResult() {
    return each(
        s -> {
          List<Array> xs = operands(s);
          List<Array> ys = Bind.bind(s.primitive(), xs);
          assertThat(s.primitive().abstractEval(avals(xs))).as("%s", s).isEqualTo(avals(ys));
          HloModule module = Lowering.lower(s.primitive(), avals(xs));
          assertThat(module.main().body().resultTypes())
              .as("%s", s)
              .isEqualTo(ys.stream().map(y -> y.aval().physical()).toList());
        });
  }

  @TestFactory
  Stream<DynamicTest> theLoweredModuleIsValidAndPrintsAndParsesBack() {
    return each(
        s -> {
          HloModule module = Lowering.lower(s.primitive(), avals(operands(s)));
          Verifier.verify(module);
          String text = HloPrinter.print(module);
          assertThat(HloPrinter.print(HloParser.parse(text))).as("%s", s).isEqualTo(text);
        });
  }

  @TestFactory
  Stream<DynamicTest> jitEqualsEagerToTheBit() {
    return each(
        s -> {
          List<Array> xs = operands(s);
          List<Array> eager = s.function().apply(xs);
          Jaxpr jaxpr = Jaxprs.traceClosed(avals(xs), s.function());
          List<Array> jitted = Bind.bind(new Jit("law", jaxpr), xs);
          for (int i = 0; i < eager.size(); i++) {
            boolean same = Host.sameBits(jitted.get(i), eager.get(i));
            if (!same) {
              OnPlugins.skip("jit is not eager to the bit, for example in " + s);
            }
            assertThat(same).as("%s: result %d", s, i).isTrue();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> jvpIsTheLimitOfDifferences() {
    return each(
        s -> {
          List<Array> xs = operands(s);
          if (s.follows() && smooth(xs) && smooth(s.function().apply(xs))) {
            differences(s, xs);
          }
        });
  }

  /** Only in f64 do differences have digits enough. */
  private static boolean smooth(List<Array> arrays) {
    return arrays.stream()
            .allMatch(x -> x.dtype() == DType.F64 || x.dtype() == DType.C128 || !isSmooth(x))
        && arrays.stream().anyMatch(PrimitiveLawsTest::isSmooth);
  }

  private static boolean isSmooth(Array x) {
    return x.aval().isDifferentiable();
  }

  private static void differences(Sample s, List<Array> xs) {
    List<@Nullable Array> vs = directions(s, xs, new Draw(SEED + 1));
    var jvp = Differentiation.jvp(s.function(), xs, vs);
    List<Array> above = s.function().apply(moved(xs, vs, STEP));
    List<Array> below = s.function().apply(moved(xs, vs, -STEP));
    for (int i = 0; i < above.size(); i++) {
      Array dy = jvp.tangents().get(i);
      double[] ours = dy == null ? new double[Host.doubles(above.get(i)).length] : Host.doubles(dy);
      double[] a = Host.doubles(above.get(i));
      double[] b = Host.doubles(below.get(i));
      for (int k = 0; k < ours.length; k++) {
        double slope = (a[k] - b[k]) / (2 * STEP);
        assertThat(Math.abs(ours[k] - slope))
            .as("%s: element %d of the derivative is %s, differences give %s", s, k, ours[k], slope)
            .isLessThanOrEqualTo(1e-6 * Math.max(1, Math.abs(slope)));
      }
    }
  }

  private static List<@Nullable Array> directions(Sample s, List<Array> xs, Draw draw) {
    List<@Nullable Array> vs = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      vs.add(moves(s, xs, i) ? draw.like(xs.get(i)) : null);
    }
    return vs;
  }

  /** Whether an operand may have a tangent. */
  private static boolean moves(Sample s, List<Array> xs, int i) {
    return isSmooth(xs.get(i)) && !s.fixed().contains(i);
  }

  private static List<Array> moved(List<Array> xs, List<@Nullable Array> vs, double h) {
    List<Array> all = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      Array v = vs.get(i);
      all.add(v == null ? xs.get(i) : Host.moved(xs.get(i), v, h));
    }
    return all;
  }

  /** The real part of {@code <J v, w>} equals that of {@code <v, J' w>}, without conjugation. */
  @TestFactory
  Stream<DynamicTest> thePullbackIsTheTransposeOfTheDerivative() {
    return each(
        s -> {
          List<Array> xs = operands(s);
          if (xs.stream().anyMatch(PrimitiveLawsTest::isSmooth)) {
            adjoint(s, xs);
          }
        });
  }

  private static void adjoint(Sample s, List<Array> xs) {
    List<Boolean> linear = IntStream.range(0, xs.size()).mapToObj(i -> moves(s, xs, i)).toList();
    var lin = Differentiation.linearize(s.function(), xs, linear);
    List<Array> vs =
        directions(s, xs, new Draw(SEED + 2)).stream().filter(Objects::nonNull).toList();
    Draw draw = new Draw(SEED + 4);
    List<Array> pushed = lin.push(vs);
    List<Array> outs = new ArrayList<>();
    List<Array> ws = new ArrayList<>();
    List<@Nullable Array> cotangents = new ArrayList<>();
    for (Array dy : pushed) {
      Array w = isSmooth(dy) ? draw.like(dy) : null;
      cotangents.add(w);
      if (w != null) {
        outs.add(dy);
        ws.add(w);
      }
    }
    List<@Nullable Array> pulled = lin.pull(cotangents);
    double right = 0;
    for (int i = 0; i < vs.size(); i++) {
      Array back = pulled.get(i);
      if (back != null) {
        assertThat(back.aval()).as("%s: cotangent %d", s, i).isEqualTo(vs.get(i).aval());
        right += Host.inner(List.of(vs.get(i)), List.of(back));
      }
    }
    double left = Host.inner(outs, ws);
    assertThat(Math.abs(left - right))
        .as("%s: <Jv, w> = %s, <v, J'w> = %s", s, left, right)
        .isLessThanOrEqualTo(tolerance(xs, pushed) * Math.max(1, Math.abs(left)));
  }

  private static double tolerance(List<Array> xs, List<Array> ys) {
    return Stream.concat(xs.stream(), ys.stream())
        .mapToDouble(x -> epsilon(x.dtype()) * 64)
        .max()
        .orElse(0);
  }

  private static double epsilon(DType type) {
    return switch (type.real()) {
      case F16 -> 0x1p-10;
      case BF16 -> 0x1p-7;
      case F32 -> 0x1p-23;
      case F64 -> 0x1p-52;
      default -> 0;
    };
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> vmapEqualsLoopAndStack() {
    // as in JAX, a batch of states is not a loop over them: its bits come from the first state
    return each(
        s -> {
          if (!s.primitive().name().equals("rng_bit_generator")) {
            mapped(s);
          }
        });
  }

  /** Every choice of mapped operands; axes: all first, all last, and one after the other. */
  private static void mapped(Sample s) {
    List<Array> one = operands(s);
    List<Array> two = s.operands().apply(new Draw(SEED + 3));
    int n = one.size();
    for (int mask = 1; mask < 1 << n; mask++) {
      List<Array> other = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        other.add((mask >> i & 1) == 1 ? two.get(i) : one.get(i));
      }
      List<Array> expected = new ArrayList<>();
      List<Array> first = s.function().apply(one);
      List<Array> second = s.function().apply(other);
      for (int i = 0; i < first.size(); i++) {
        expected.add(Host.stack(List.of(first.get(i), second.get(i)), 0));
      }
      for (int pattern = 0; pattern < 3; pattern++) {
        batch(s, one, two, mask, pattern, expected);
      }
    }
  }

  private static void batch(
      Sample s, List<Array> one, List<Array> two, int mask, int pattern, List<Array> expected) {
    List<Array> batches = new ArrayList<>();
    List<@Nullable Integer> dims = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      int rank = one.get(i).rank();
      Integer dim = (mask >> i & 1) == 0 ? null : (Integer) axis(pattern, i, rank);
      dims.add(dim);
      batches.add(dim == null ? one.get(i) : Host.stack(List.of(one.get(i), two.get(i)), dim));
    }
    List<Integer> front = Collections.nCopies(expected.size(), 0);
    List<Array> got = Batching.vmap(s.function(), 2, batches, dims, front);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(got.get(i).aval().physical())
          .as("%s: result %d of vmap over %s", s, i, dims)
          .isEqualTo(expected.get(i).aval().physical());
      close(s, dims, got.get(i), expected.get(i));
    }
  }

  private static int axis(int pattern, int operand, int rank) {
    return switch (pattern) {
      case 0 -> 0;
      case 1 -> rank;
      default -> (operand + 1) % (rank + 1);
    };
  }

  private static void close(Sample s, List<@Nullable Integer> dims, Array ours, Array expected) {
    if (Host.sameBits(ours, expected)) {
      return;
    }
    double[] a = Host.doubles(ours);
    double[] b = Host.doubles(expected);
    double largest = 0;
    for (double x : b) {
      largest = Double.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest;
    }
    for (int i = 0; i < a.length; i++) {
      boolean same = Double.compare(a[i], b[i]) == 0;
      assertThat(
              same
                  || Math.abs(a[i] - b[i])
                      <= OnPlugins.slack() * 16 * epsilon(ours.dtype()) * largest)
          .as("%s: vmap over %s gives %s, the loop %s", s, dims, a[i], b[i])
          .isTrue();
    }
  }
}
