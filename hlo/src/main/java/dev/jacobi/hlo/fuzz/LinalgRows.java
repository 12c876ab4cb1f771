package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.SpectralOp.FftType;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.linalg.LapackRoutine;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Factorisations, of matrices that have them and now and then of others; Fourier transforms. */
final class LinalgRows {
  private static final List<DType> TYPES = List.of(DType.F32, DType.F64, DType.C64, DType.C128);

  private LinalgRows() {}

  static final List<Programs.Row> TRANSFORMS = List.of(LinalgRows::fft);

  static final List<Programs.Row> ALL =
      List.of(LinalgRows::cholesky, LinalgRows::solve, LinalgRows::lapack);

  private static long order(Programs p) {
    return p.draw.oneIn(8) ? p.draw.pick(0L, 17L, 33L) : p.draw.between(1, 10);
  }

  private static Shape batch(Programs p) {
    return p.draw.pick(
        Shape.of(), Shape.of(), Shape.of(3), Shape.of(8), Shape.of(2, 5), Shape.of(0));
  }

  /** Any matrix, of ordinary numbers or not. */
  private static Value matrix(Programs p, DType t, Shape batch, long rows, long cols) {
    TensorType type = new TensorType(t, batch.concat(Shape.of(rows, cols)));
    return p.draw.oneIn(4) ? p.like(type) : p.b.constant(p.draw.gaussian(type));
  }

  /** x x^H + n, which is positive definite and far from singular. */
  private static Value definite(Programs p, DType t, Shape batch, long n) {
    Value x = p.b.constant(p.draw.gaussian(new TensorType(t, batch.concat(Shape.of(n, n)))));
    Value y = t.isComplex() ? p.b.pointwise(Fn.CONJ, x) : x;
    int rank = x.shape().rank();
    Axes batches = Axes.range(batch.rank());
    Axes last = Axes.of(rank - 1);
    Value product =
        p.add(
                new ReductionOp.DotGeneral(
                    x,
                    y,
                    new ReductionOp.DotDims(batches, batches, last, last),
                    Precision.DEFAULT,
                    Precision.DEFAULT,
                    t))
            .getFirst();
    return p.add(
            new ElementwiseOp.Pointwise(
                Fn.ADD, List.of(product, diagonal(p, product.type(), n + 1))))
        .getFirst();
  }

  private static Value diagonal(Programs p, TensorType type, double x) {
    TensorType counts = type.withDtype(DType.I32);
    int rank = type.rank();
    Value rows = p.b.add(new ElementwiseOp.Iota(counts, rank - 2));
    Value cols = p.b.add(new ElementwiseOp.Iota(counts, rank - 1));
    Value on = p.b.compare(ElementwiseOp.Direction.EQ, rows, cols);
    return p.b.pointwise(
        Fn.SELECT,
        on,
        p.b.full(type.dtype(), type.shape(), x),
        p.b.full(type.dtype(), type.shape(), 0));
  }

  private static void cholesky(Programs p) {
    DType t = p.draw.pick(TYPES);
    long n = order(p);
    Shape batch = batch(p);
    Value a = p.draw.oneIn(5) ? matrix(p, t, batch, n, n) : definite(p, t, batch, n);
    p.add(new LinalgOp.Cholesky(a, p.draw.coin()));
  }

  /** A large diagonal makes it easy; what the other triangle holds does not matter. */
  private static Value triangular(Programs p, DType t, Shape batch, long n) {
    Value any = matrix(p, t, batch, n, n);
    return p.add(new ElementwiseOp.Pointwise(Fn.ADD, List.of(any, diagonal(p, any.type(), n + 4))))
        .getFirst();
  }

  private static void solve(Programs p) {
    DType t = p.draw.pick(TYPES);
    long n = order(p);
    long m = p.draw.between(0, 9);
    Shape batch = batch(p);
    boolean left = p.draw.coin();
    p.add(
        new LinalgOp.TriangularSolve(
            triangular(p, t, batch, n),
            left ? matrix(p, t, batch, n, m) : matrix(p, t, batch, m, n),
            left,
            p.draw.coin(),
            p.draw.oneIn(4),
            p.draw.pick(LinalgOp.Transpose.values())));
  }

  /** JAX's custom calls. */
  private static void lapack(Programs p) {
    DType t = p.draw.pick(TYPES);
    long n = order(p) % 12 + 1;
    long m = p.draw.oneIn(3) ? n : p.draw.between(1, 9);
    Shape batch = batch(p);
    switch (p.draw.below(4)) {
      case 0 -> triangles(p, t, batch, n, m);
      case 1 -> orthogonal(p, t, batch, n, m);
      case 2 -> eigen(p, t, batch, n, m);
      default -> solutions(p, t, batch, n, m);
    }
  }

  private static void triangles(Programs p, DType t, Shape batch, long n, long m) {
    String uplo = p.draw.pick("L", "U");
    if (p.draw.coin()) {
      call(p, LapackRoutine.POTRF, Map.of("uplo", uplo), definite(p, t, batch, n));
      return;
    }
    boolean left = p.draw.coin();
    Map<String, String> options =
        Map.of(
            "uplo",
            uplo,
            "side",
            left ? "L" : "R",
            "diag",
            p.draw.pick("N", "U"),
            "trans_x",
            p.draw.pick("N", "T", "C"));
    Value b = left ? matrix(p, t, batch, n, m) : matrix(p, t, batch, m, n);
    call(p, LapackRoutine.TRSM, options, triangular(p, t, batch, n), b);
  }

  private static void orthogonal(Programs p, DType t, Shape batch, long n, long m) {
    if (p.draw.oneIn(3)) {
      Value free = p.b.full(DType.I32, batch.concat(Shape.of(n)), 0);
      call(p, LapackRoutine.GEQP3, Map.of(), matrix(p, t, batch, m, n), free);
      return;
    }
    long rows = Math.max(m, n);
    List<Value> qr = call(p, LapackRoutine.GEQRF, Map.of(), matrix(p, t, batch, rows, n));
    call(p, LapackRoutine.ORGQR, Map.of(), qr.getFirst(), qr.getLast());
    Map<String, String> options = Map.of("left", "true", "transpose", "" + p.draw.coin());
    Value c = matrix(p, t, batch, rows, m);
    call(p, LapackRoutine.ORMQR, options, qr.getFirst(), qr.getLast(), c);
  }

  private static void eigen(Programs p, DType t, Shape batch, long n, long m) {
    String uplo = p.draw.pick("L", "U");
    String mode = p.draw.pick("N", "V");
    Value a = matrix(p, t, batch, n, n);
    switch (p.draw.below(6)) {
      case 0 -> call(p, LapackRoutine.SYEVD, Map.of("uplo", uplo, "mode", mode), a);
      case 1 -> call(p, LapackRoutine.GEES, Map.of("mode", mode, "sort", "N"), a);
      case 2 -> {
        String right = p.draw.pick("N", "V");
        call(p, LapackRoutine.GEEV, Map.of("compute_left", mode, "compute_right", right), a);
      }
      case 3 -> call(p, LapackRoutine.GEHRD, Map.of("low", "1", "high", "" + n), a);
      case 4 -> call(p, LapackRoutine.SYTRD, Map.of("uplo", "L"), a);
      default -> {
        LapackRoutine routine = p.draw.pick(LapackRoutine.GESDD, LapackRoutine.GESVD);
        call(p, routine, Map.of("mode", p.draw.pick("A", "S", "N")), matrix(p, t, batch, m, n));
      }
    }
  }

  private static void solutions(Programs p, DType t, Shape batch, long n, long m) {
    if (p.draw.coin()) {
      call(p, LapackRoutine.GETRF, Map.of(), matrix(p, t, batch, m, n));
      return;
    }
    TensorType line = new TensorType(t, batch.concat(Shape.of(n)));
    Value below = p.b.constant(p.draw.gaussian(line));
    Value above = p.b.constant(p.draw.gaussian(line));
    Value eight = p.b.full(t, line.shape(), 8);
    Value diagonal = p.b.pointwise(Fn.ADD, p.b.constant(p.draw.gaussian(line)), eight);
    call(p, LapackRoutine.GTSV, Map.of(), below, diagonal, above, matrix(p, t, batch, n, m));
  }

  private static List<Value> call(
      Programs p, LapackRoutine routine, Map<String, String> options, Value... operands) {
    ControlOp.CustomCall call =
        LapackCall.write(routine, operands[0].dtype(), List.of(operands), options);
    LapackCall lapack = LapackCall.of(call).orElseThrow();
    return p.add(call, lapack::isDefined);
  }

  /** One to three dimensions of any size, small primes and large ones among them. */
  private static void fft(Programs p) {
    FftType type = p.draw.pick(FftType.values());
    long[] length =
        LongStream.generate(() -> p.draw.between(1, 13)).limit(p.draw.between(1, 3)).toArray();
    if (length.length == 1) {
      length[0] = p.draw.pick(1L, 2L, 8L, 30L, 64L, 97L, 210L, 256L, 1000L);
    }
    long[] sizes = length.clone();
    int last = sizes.length - 1;
    sizes[last] = type == FftType.IRFFT ? length[last] / 2 + 1 : length[last];
    Shape shape = p.draw.coin() ? Shape.of(sizes) : Shape.of(3).concat(Shape.of(sizes));
    DType real = p.draw.pick(DType.F32, DType.F64);
    DType dtype = type == FftType.RFFT ? real : real.complex().orElseThrow();
    Value x = p.like(new TensorType(dtype, shape));
    p.add(new SpectralOp.Fft(x, type, Longs.of(length)));
  }
}
