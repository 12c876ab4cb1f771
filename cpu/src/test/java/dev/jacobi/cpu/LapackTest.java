package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.cpu.lapack.LapackSizeException;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.LinalgOp.Transpose;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.linalg.LapackRoutine;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenBLAS and the kernels for small matrices against the plain algorithms of the interpreter. */
class LapackTest {
  private static HloModule module(HloBuilder b, List<Value> results) {
    return new HloModule(
        "m", Map.of("main", new HloFunc("main", true, b.build(results))), Map.of());
  }

  private static DType dtype(String name) {
    return Stream.of(DType.values())
        .filter(t -> t.shortName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long[] shape(String batch, long... sizes) {
    long[] leading =
        batch.isEmpty()
            ? new long[0]
            : Arrays.stream(batch.split("x")).mapToLong(Long::parseLong).toArray();
    long[] all = Arrays.copyOf(leading, leading.length + sizes.length);
    System.arraycopy(sizes, 0, all, leading.length, sizes.length);
    return all;
  }

  private static void assertEnginesAgree(HloModule module, boolean magnitudes) {
    List<Literal> arguments = Engines.arguments(module, 5);
    List<Literal> want = Engines.run(Engines.interpreter(), module, arguments, 1);
    List<Literal> got = Engines.run(Engines.CPU, module, arguments, 2);
    for (int k = 0; k < want.size(); k++) {
      double tolerance = want.get(k).dtype().real() == DType.F64 ? 1e-9 : 1e-3;
      Literal x = magnitudes ? magnitude(got.get(k)) : got.get(k);
      Literal y = magnitudes ? magnitude(want.get(k)) : want.get(k);
      assertThat(Engines.difference(x, y)).as("result " + k).isLessThan(tolerance);
      assertThat(imaginary(x, y)).as("result " + k).isLessThan(tolerance);
    }
  }

  private static double imaginary(Literal x, Literal y) {
    double most = 0;
    for (long i = 0; i < x.shape().size(); i++) {
      double d = Math.abs(x.getImag(i) - y.getImag(i));
      most = Math.max(most, d);
    }
    return most;
  }

  private static Literal magnitude(Literal x) {
    double[] values = new double[(int) x.shape().size()];
    Arrays.setAll(values, i -> Math.hypot(x.getDouble(i), x.getImag(i)));
    return Literal.ofDoubles(x.shape(), values);
  }

  private static Map<String, String> options(String text) {
    return text.isEmpty()
        ? Map.of()
        : Arrays.stream(text.split(";"))
            .map(s -> s.split("="))
            .collect(Collectors.toMap(s -> s[0], s -> s[1]));
  }

  @ParameterizedTest
  @CsvSource({
    "GETRF, f32, 4, 4, '', ''",
    "GETRF, c128, 5, 3, 2x3, ''",
    "GETRF, f64, 3, 6, 37, ''",
    "GETRF, f32, 6, 6, 37, ''",
    "GETRF, f32, 0, 3, 2, ''",
    "GETRF, f64, 40, 40, 9, ''",
    "GEQRF, f64, 5, 3, 4, ''",
    "GEQRF, c64, 3, 5, '', ''",
    "GEHRD, f64, 6, 6, 2, low=1;high=6",
    "GEHRD, c128, 5, 5, '', low=1;high=5"
  })
  void routinesOfOneMatrix(
      LapackRoutine routine, String dtype, long m, long n, String batch, String options) {
    HloBuilder b = new HloBuilder();
    Value a = b.param(TensorType.of(dtype(dtype), shape(batch, m, n)));
    var op = LapackCall.write(routine, a.dtype(), List.of(a), options(options));
    assertEnginesAgree(module(b, b.addAll(op)), false);
  }

  /** {@code x x^H}: positive definite. */
  private static Value positive(HloBuilder b, Value x, int batch) {
    int[] order = new int[batch + 2];
    Arrays.setAll(order, d -> d < batch ? d : 2 * batch + 1 - d);
    Value t = b.add(new ShapeOp.Transpose(x, Axes.of(order)));
    if (x.dtype().isComplex()) {
      Value im = b.pointwise(Fn.NEG, b.pointwise(Fn.IMAG, t));
      t = b.pointwise(Fn.COMPLEX, b.pointwise(Fn.REAL, t), im);
    }
    var dims =
        new ReductionOp.DotDims(
            Axes.range(batch), Axes.range(batch), Axes.of(batch + 1), Axes.of(batch));
    var highest = ReductionOp.Precision.HIGHEST;
    return b.add(new ReductionOp.DotGeneral(x, t, dims, highest, highest, x.dtype()));
  }

  @ParameterizedTest
  @CsvSource({
    "f32, '', 4, true",
    "f64, 2x2, 5, false",
    "c64, 3, 4, true",
    "c128, '', 6, false",
    "f32, 1000, 6, true",
    "f64, 21, 8, false",
    "f64, 3, 100, true",
    "f64, 2, 0, true"
  })
  void choleskyFactors(String dtype, String batch, long n, boolean lower) {
    HloBuilder b = new HloBuilder();
    Value x = b.param(TensorType.of(dtype(dtype), shape(batch, n, n + 4)));
    Value a = positive(b, x, x.shape().rank() - 2);
    assertEnginesAgree(module(b, List.of(b.add(new LinalgOp.Cholesky(a, lower)))), false);
  }

  @ParameterizedTest
  @CsvSource({"bf16", "f16", "f32", "c64"})
  void aMatrixThatIsNotPositiveGivesNan(String dtype) {
    HloBuilder b = new HloBuilder();
    Value a = b.param(TensorType.of(dtype(dtype), 20, 3, 3));
    HloModule module = module(b, List.of(b.add(new LinalgOp.Cholesky(a, true))));
    List<Literal> arguments = Engines.arguments(module, 1);
    Literal got = Engines.run(Engines.CPU, module, arguments, 1).getFirst();
    Literal want = Engines.run(Engines.interpreter(), module, arguments, 1).getFirst();
    long nans = 0;
    for (long i = 0; i < got.shape().size(); i++) {
      assertThat(Double.isNaN(got.getDouble(i))).isEqualTo(Double.isNaN(want.getDouble(i)));
      nans += Double.isNaN(got.getDouble(i)) ? 1 : 0;
    }
    assertThat(nans).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "f32, '', 4, 3, true, true, false, NO_TRANSPOSE",
    "f64, 37, 5, 2, true, false, false, TRANSPOSE",
    "f64, 37, 5, 2, false, false, true, NO_TRANSPOSE",
    "f64, 37, 5, 1, false, true, false, ADJOINT",
    "c128, 3, 4, 2, true, true, true, ADJOINT",
    "c64, '', 4, 5, false, true, false, TRANSPOSE",
    "f16, 2, 3, 3, true, true, true, NO_TRANSPOSE",
    "f64, 2, 40, 50, false, true, true, NO_TRANSPOSE",
    "f64, 2, 0, 3, true, true, false, NO_TRANSPOSE"
  })
  void triangularSolutions(
      String dtype,
      String batch,
      long n,
      long others,
      boolean left,
      boolean lower,
      boolean unit,
      Transpose op) {
    HloBuilder b = new HloBuilder();
    Value x = b.param(TensorType.of(dtype(dtype), shape(batch, n, n)));
    Value rhs =
        b.param(
            TensorType.of(dtype(dtype), left ? shape(batch, n, others) : shape(batch, others, n)));
    Value quarter = b.full(x.dtype(), x.shape(), 0.25);
    Value row = b.add(new ElementwiseOp.Iota(x.type().withDtype(DType.I32), x.shape().rank() - 2));
    Value col = b.add(new ElementwiseOp.Iota(x.type().withDtype(DType.I32), x.shape().rank() - 1));
    Value diagonal = b.compare(ElementwiseOp.Direction.EQ, row, col);
    Value a =
        b.pointwise(
            Fn.SELECT, diagonal, b.full(x.dtype(), x.shape(), 2), b.pointwise(Fn.MUL, quarter, x));
    Value out = b.add(new LinalgOp.TriangularSolve(a, rhs, left, lower, unit, op));
    assertEnginesAgree(module(b, List.of(out)), false);
  }

  @ParameterizedTest
  @CsvSource({"f64, 5, 3, 2", "c128, 4, 4, ''", "f32, 3, 5, ''", "f64, 90, 70, ''"})
  void orthogonalFactors(String dtype, long m, long n, String batch) {
    HloBuilder b = new HloBuilder();
    Value a = b.param(TensorType.of(dtype(dtype), shape(batch, m, n)));
    Value c = b.param(TensorType.of(dtype(dtype), shape(batch, m, 2)));
    Value pivots = b.full(DType.I32, Shape.of(shape(batch, n)), 0);
    DType t = a.dtype();
    List<Value> qr =
        b.addAll(LapackCall.write(LapackRoutine.GEQP3, t, List.of(a, pivots), Map.of()));
    List<Value> results = new ArrayList<>(qr);
    List<Value> factors = List.of(qr.get(0), qr.get(2), c);
    for (String transpose : List.of("true", "false")) {
      Map<String, String> options = Map.of("left", "true", "transpose", transpose);
      results.addAll(b.addAll(LapackCall.write(LapackRoutine.ORMQR, t, factors, options)));
    }
    if (m >= n) {
      results.addAll(
          b.addAll(LapackCall.write(LapackRoutine.ORGQR, t, factors.subList(0, 2), Map.of())));
    }
    assertEnginesAgree(module(b, results), false);
  }

  private static void spectrum(
      LapackRoutine routine, String dtype, long m, long n, String batch, String options) {
    HloBuilder b = new HloBuilder();
    Value x = b.param(TensorType.of(dtype(dtype), shape(batch, m, n)));
    boolean hermitian = routine == LapackRoutine.SYEVD || routine == LapackRoutine.SYTRD;
    Value a = hermitian ? positive(b, x, x.shape().rank() - 2) : x;
    var op = LapackCall.write(routine, a.dtype(), List.of(a), options(options));
    List<Value> results = b.addAll(op);
    boolean scratch = routine == LapackRoutine.GESDD || routine == LapackRoutine.GESVD;
    assertEnginesAgree(
        module(b, scratch ? results.subList(1, results.size()) : results),
        routine != LapackRoutine.SYTRD);
  }

  /** Vectors are compared up to their phase. */
  @ParameterizedTest
  @CsvSource({
    "GESDD, f64, 5, 3, 2, mode=A",
    "GESDD, c128, 3, 5, '', mode=S",
    "GESDD, f32, 9, 2, 3, mode=S",
    "GESVD, f64, 4, 4, '', mode=A",
    "SYEVD, f64, 4, 4, 3, mode=V;uplo=L",
    "SYEVD, c128, 5, 5, '', mode=V;uplo=U",
    "SYTRD, f64, 5, 5, 2, uplo=L",
    "SYTRD, c128, 4, 4, '', uplo=U",
    "GEEV, f64, 5, 5, 2, compute_left=V;compute_right=V",
    "GEEV, c128, 5, 5, '', compute_left=V;compute_right=V",
    "GEES, c128, 4, 4, 2, mode=V;sort=N",
    "GEES, f64, 4, 4, '', mode=V;sort=N"
  })
  void singularValuesAndEigenvalues(
      LapackRoutine routine, String dtype, long m, long n, String batch, String options) {
    spectrum(routine, dtype, m, n, batch, options);
  }

  @ParameterizedTest
  @CsvSource({"f64, 5, 2", "c128, 4, ''", "f32, 1, 3"})
  void tridiagonalSolutions(String dtype, long n, String batch) {
    HloBuilder b = new HloBuilder();
    List<Value> operands = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      operands.add(b.param(TensorType.of(dtype(dtype), shape(batch, n))));
    }
    operands.add(b.param(TensorType.of(dtype(dtype), shape(batch, n, 2))));
    Value diagonal = operands.get(1);
    Value four = b.full(diagonal.dtype(), diagonal.shape(), 4);
    operands.set(1, b.pointwise(Fn.ADD, diagonal, four));
    var op = LapackCall.write(LapackRoutine.GTSV, diagonal.dtype(), operands, Map.of());
    assertEnginesAgree(module(b, b.addAll(op).subList(3, 5)), false);
  }

  /** Operands that the program still needs are not overwritten. */
  @Test
  void operandsAreKept() {
    HloBuilder b = new HloBuilder();
    Value a = b.param(TensorType.of(DType.F64, 4, 4));
    List<Value> lu =
        b.addAll(LapackCall.write(LapackRoutine.GETRF, DType.F64, List.of(a), Map.of()));
    Map<String, String> lower = Map.of("side", "L", "uplo", "L", "trans_x", "N", "diag", "U");
    List<Value> same = List.of(lu.getFirst(), lu.getFirst());
    Value x = b.add(LapackCall.write(LapackRoutine.TRSM, DType.F64, same, lower));
    assertEnginesAgree(module(b, List.of(a, lu.getFirst(), x)), false);
  }

  /** LAPACK's own loops may not end on them. */
  @ParameterizedTest
  @CsvSource({
    "GEEV, 'compute_left=N;compute_right=N'",
    "GEES, 'mode=V;sort=N'",
    "GESDD, mode=A",
    "GESVD, mode=S"
  })
  void infinitiesEndAsAStatus(LapackRoutine routine, String options) {
    HloBuilder b = new HloBuilder();
    Value a = b.full(DType.F64, Shape.of(3, 3), Double.POSITIVE_INFINITY);
    List<Value> all = b.addAll(LapackCall.write(routine, DType.F64, List.of(a), options(options)));
    HloModule module = module(b, List.of(all.getLast()));
    for (var engine : List.of(Engines.CPU, Engines.interpreter())) {
      assertThat(Engines.run(engine, module, List.of(), 1).getFirst().getLong(0)).isEqualTo(-4);
    }
  }

  /** What a routine does not write is 0 and not what the memory held before. */
  @ParameterizedTest
  @CsvSource({
    "GEEV, f64, compute_left=V;compute_right=N",
    "GEEV, c64, compute_left=N;compute_right=N",
    "GEES, f32, mode=V;sort=N",
    "GEES, c128, mode=V;sort=N",
    "GESDD, f32, mode=N",
    "GESVD, f64, mode=N"
  })
  void resultsThatNothingWritesAreZero(LapackRoutine routine, String dtype, String options) {
    HloBuilder b = new HloBuilder();
    boolean svd = routine == LapackRoutine.GESDD || routine == LapackRoutine.GESVD;
    Value a = b.full(dtype(dtype), Shape.of(8, 8), svd ? 1 : Double.NaN);
    List<Value> all = b.addAll(LapackCall.write(routine, a.dtype(), List.of(a), options(options)));
    List<Value> unwritten = svd ? all.subList(2, 4) : all.subList(1, all.size() - 1);
    HloModule module = module(b, unwritten);
    for (Value v : unwritten) {
      dirty(v.type());
    }
    for (Literal result : Engines.run(Engines.CPU, module, List.of(), 1)) {
      assertThat(
              Engines.difference(
                  result, Literal.wrap(result.type(), Literal.allocate(result.type()))))
          .isZero();
    }
  }

  /** Freed memory that results of a type get next. */
  private static void dirty(TensorType t) {
    MemorySegment ones = Literal.allocate(t);
    ones.fill((byte) 1);
    Stream.generate(() -> Engines.CPU.fromHost(t, ones)).limit(100).toList().forEach(Buffer::close);
  }

  @Test
  void matricesThatLapackCannotCountAreAnError() {
    Function<Long, HloModule> program =
        n -> {
          HloBuilder b = new HloBuilder();
          Value a = b.full(DType.F32, Shape.of(n, n), 1);
          return module(b, List.of(b.add(new LinalgOp.Cholesky(a, true))));
        };
    assertThatThrownBy(() -> Engines.CPU.compile(program.apply(50_000L), CompileOptions.DEFAULT))
        .isInstanceOf(LapackSizeException.class)
        .hasMessageContaining("2500000000 elements");
  }
}
