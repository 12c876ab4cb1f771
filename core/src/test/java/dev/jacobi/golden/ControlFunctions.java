package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.cos;
import static dev.jacobi.numpy.Jnp.exp;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.sum;
import static dev.jacobi.numpy.Jnp.tanh;
import static dev.jacobi.numpy.Jnp.weak;
import static dev.jacobi.numpy.Jnp.zeros;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.Jacobi;
import dev.jacobi.Mode;
import dev.jacobi.control.ScanOptions;
import dev.jacobi.control.Scanned;
import dev.jacobi.control.Step;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.lax.Lax;
import dev.jacobi.lax.Scalars;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our form of the Python calls of {@code make_control.py}. */
final class ControlFunctions {
  private static final Array ZERO = Scalars.ofLong(DType.I32, 0); // as numbers in Python

  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private ControlFunctions() {
    branches();
    loops();
    scans();
    moreScans();
    elements();
    derivatives();
    higherDerivatives();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    return new ControlFunctions().all;
  }

  private record Two(Array a, Array b) {
    List<Array> list() {
      return List.of(a, b);
    }
  }

  private void one(String name, Fn1<List<Array>, Array> f) {
    all.put(name, a -> List.of(f.apply(a)));
  }

  private void scan(String name, Fn1<List<Array>, Scanned<Array, Array>> f) {
    all.put(
        name,
        a -> {
          Scanned<Array, Array> out = f.apply(a);
          return List.of(out.carry(), out.ys());
        });
  }

  private void branches() {
    one(
        "cond",
        a ->
            Lax.cond(
                a.get(0).gt(0),
                (Array x, Array y) -> sin(x).times(y),
                Array::plus,
                a.get(0),
                a.get(1)));
    one(
        "cond_closure",
        a -> Lax.cond(a.get(0).gt(0), y -> y.times(a.get(0)), y -> y.plus(1), a.get(1)));
    one(
        "cond_two_closures",
        a ->
            Lax.cond(
                a.get(0).gt(0),
                y -> y.times(a.get(1)),
                y -> y.plus(a.get(2).times(a.get(1))),
                a.get(1)));
    all.put(
        "cond_tree",
        a ->
            Lax.cond(
                    a.get(0).gt(0),
                    (Array y) -> new Two(y.times(2), sum(y)),
                    y -> new Two(y, Scalars.of(y.dtype(), 0)),
                    a.get(1))
                .list());
    one("cond_number", a -> Lax.cond(a.get(0), y -> y.times(2), y -> y, a.get(1)));
    one(
        "cond_constant_branch",
        a -> Lax.cond(a.get(0).gt(0), y -> exp(y), y -> zeros(Shape.of(3), y.dtype()), a.get(1)));
    one("switch", a -> Lax.switchCase(a.get(0).minus(1), Mode.CLIP, three(), a.get(1)));
    one("switch_one", a -> Lax.switchCase(a.get(0), Mode.CLIP, List.of(three().get(1)), a.get(1)));
    one(
        "cond_in_cond",
        a ->
            Lax.cond(
                a.get(0).gt(0),
                y -> Lax.cond(a.get(0).gt(1), z -> sin(z), z -> cos(z), y).times(a.get(0)),
                y -> y.times(y),
                a.get(1)));
  }

  private static List<Fn1<Array, Array>> three() {
    return List.of(x -> x.times(2), x -> sin(x), x -> x);
  }

  private void loops() {
    all.put(
        "while",
        a ->
            Lax.whileLoop(
                    s -> s.a().lt(10),
                    s ->
                        new Two(
                            s.a().times(weak(2).plus(a.get(1).times(a.get(1)))), s.b().plus(s.a())),
                    new Two(a.get(0).times(a.get(0)).plus(1), a.get(1)))
                .list());
    one(
        "while_count",
        a ->
            Lax.whileLoop(
                    s -> s.a().lt(4),
                    s -> new Two(s.a().plus(1), s.b().times(s.b()).minus(s.b())),
                    new Two(ZERO, a.get(0)))
                .b());
    one(
        "while_closure",
        a ->
            Lax.whileLoop(
                s -> sum(s).lt(weak(10).plus(a.get(0))),
                s -> s.times(s).times(a.get(1)).plus(1).plus(a.get(0).times(a.get(0))),
                a.get(1)));
    all.put(
        "while_constant_carry",
        a ->
            Lax.whileLoop(
                    s -> s.b().lt(3),
                    s -> new Two(s.a(), s.b().plus(1).plus(s.a().times(s.a()))),
                    new Two(a.get(0), a.get(1)))
                .list());
    one(
        "fori_static",
        a -> Lax.foriLoop(0, 5, (i, x) -> sin(x).times(i.astype(x.dtype())).plus(x), a.get(0)));
    one(
        "fori_dynamic",
        a -> Lax.foriLoop(ZERO, a.get(0), (i, x) -> sin(x).plus(x.times(a.get(1))), a.get(1)));
  }

  private static Fn2<Array, Array, Step<Array, Array>> cell(Array w) {
    return (h, x) -> new Step<>(tanh(w.matmul(h).plus(x)), h.times(x));
  }

  private static Scanned<Array, Array> rnn(Array h, Array w, Array xs) {
    return Lax.scan(cell(w), h, xs);
  }

  private void scans() {
    scan(
        "scan",
        a ->
            Lax.scan(
                (Array c, Array x) -> new Step<>(c.times(a.get(1)).plus(x), c.minus(x)),
                a.get(0),
                a.get(2)));
    scan("scan_rnn", a -> rnn(a.get(0), a.get(1), a.get(2)));
    ScanOptions reverse = ScanOptions.DEFAULT.reversed();
    scan("scan_reverse", a -> Lax.scan(cell(a.get(1)), a.get(0), a.get(2), reverse));
    ScanOptions unrolled = ScanOptions.DEFAULT.withUnroll(2);
    scan("scan_unroll", a -> Lax.scan(cell(a.get(1)), a.get(0), a.get(2), unrolled));
    scan(
        "scan_no_elements",
        a ->
            Lax.scan(
                (Array c, List<Array> none) -> new Step<>(sin(c), c),
                a.get(0),
                List.<Array>of(),
                ScanOptions.DEFAULT.withLength(4)));
    scan(
        "scan_empty",
        a -> Lax.scan((Array c, Array x) -> new Step<>(c.times(x), c.plus(x)), a.get(0), a.get(1)));
  }

  private void moreScans() {
    scan(
        "scan_constant_work",
        a ->
            Lax.scan(
                (Array h, Array x) -> new Step<>(h.times(exp(a.get(1)).sum(0)).plus(x), h.get(0)),
                a.get(0),
                a.get(2)));
    all.put(
        "scan_two_sequences",
        a -> {
          Scanned<Array, Two> out =
              Lax.scan(
                  (Array c, Two xy) -> new Step<>(c.plus(xy.a().times(xy.b())), new Two(c, xy.a())),
                  a.get(0),
                  new Two(a.get(1), a.get(2)));
          return List.of(out.carry(), out.ys().a(), out.ys().b());
        });
    scan(
        "scan_unused_carry",
        a -> Lax.scan((Array c, Array x) -> new Step<>(c, x.times(x)), a.get(0), a.get(1)));
    scan(
        "scan_in_scan",
        a ->
            Lax.scan(
                (Array h, Array x) -> {
                  Scanned<Array, Array> inner =
                      Lax.scan(
                          (Array k, Array y) -> new Step<>(sin(k).times(y), sum(k)),
                          h,
                          a.get(1).plus(x));
                  return new Step<>(inner.carry(), inner.ys());
                },
                a.get(0),
                a.get(2)));
    scan(
        "scan_while",
        a ->
            Lax.scan(
                (Array c, Array x) ->
                    new Step<>(
                        Lax.whileLoop(
                                k -> k.lt(5),
                                k -> k.times(1.5).plus(x.times(x)),
                                c.times(c).plus(1))
                            .minus(4),
                        c),
                a.get(0),
                a.get(1)));
    scan("three_deep", a -> nest(a.get(0), a.get(1), a.get(2)));
  }

  private static Scanned<Array, Array> nest(Array c, Array w, Array xs) {
    return Lax.scan(
        (Array k, Array x) ->
            new Step<>(
                Lax.foriLoop(
                    0,
                    3,
                    (i, d) ->
                        Lax.cond(sum(d).gt(0), e -> sin(e).times(x), e -> e.times(w).plus(i), d),
                    k),
                sum(k)),
        c,
        xs);
  }

  private void elements() {
    one("map", a -> Lax.map(r -> sum(sin(r)), a.get(0)));
    one("map_batches", a -> Lax.map(r -> sum(sin(r)), a.get(0), 2));
    all.put(
        "map_pair",
        a ->
            Lax.map((Two p) -> new Two(p.a().times(p.b()), sum(p.b())), new Two(a.get(0), a.get(1)))
                .list());
    one("associative_scan", a -> Lax.associativeScan(Array::plus, a.get(0)));
    one("associative_scan_even", a -> Lax.associativeScan(Array::times, a.get(0)));
    one("associative_scan_reverse", a -> Lax.associativeScan(Array::times, a.get(0), true, 1));
    all.put(
        "associative_scan_affine",
        a ->
            Lax.associativeScan(
                    (p, q) -> new Two(q.a().times(p.a()), q.a().times(p.b()).plus(q.b())),
                    new Two(a.get(0), a.get(1)))
                .list());
  }

  private void derivatives() {
    one(
        "grad_cond",
        a ->
            Jacobi.grad((Array y) -> sum(Lax.cond(a.get(0).gt(0), z -> sin(z), z -> exp(z), y)))
                .apply(a.get(1)));
    one(
        "grad_fori",
        a ->
            Jacobi.grad((Array x) -> sum(Lax.foriLoop(0, 4, (i, y) -> sin(y), x))).apply(a.get(0)));
    one(
        "grad_rnn",
        a -> Jacobi.grad((Array w) -> sum(rnn(a.get(0), w, a.get(2)).carry())).apply(a.get(1)));
    one(
        "grad_rnn_ys",
        a -> Jacobi.grad((Array w) -> sum(rnn(a.get(0), w, a.get(2)).ys())).apply(a.get(1)));
  }

  private void higherDerivatives() {
    one(
        "scan_grad_grad",
        a ->
            Jacobi.grad(
                    Jacobi.grad(
                        (Array c) ->
                            Lax.scan(
                                    (Array k, Array x) -> new Step<>(sin(k).times(x), k),
                                    c,
                                    a.get(1))
                                .carry()))
                .apply(a.get(0)));
    one(
        "grad_three_deep",
        a -> Jacobi.grad((Array w) -> sum(nest(a.get(0), w, a.get(2)).carry())).apply(a.get(1)));
    one(
        "hessian_vector",
        a ->
            Jacobi.jvp(
                    Jacobi.grad((Array w) -> sum(rnn(a.get(0), w, a.get(2)).carry())),
                    a.get(1),
                    a.get(1))
                .tangent());
    one(
        "vmap_grad",
        a ->
            Jacobi.vmap(
                    Jacobi.grad(
                        (Array x) ->
                            sum(
                                Lax.foriLoop(
                                    0,
                                    3,
                                    (i, y) ->
                                        Lax.cond(sum(y).gt(0), z -> sin(z), z -> z.times(z), y),
                                    x))))
                .apply(a.get(0)));
    one(
        "vmap_cond",
        a ->
            Jacobi.vmap((Array r) -> Lax.cond(sum(r).gt(0), z -> z.times(a.get(1)), z -> exp(z), r))
                .apply(a.get(0)));
    all.put(
        "vmap_while",
        a ->
            Jacobi.vmap(
                    (Array x) ->
                        Lax.whileLoop(
                            s -> s.b().lt(5),
                            s -> new Two(s.a().plus(1), s.b().times(1.5).plus(0.1)),
                            new Two(Scalars.of(x.dtype(), 0), x.times(x))))
                .apply(a.get(0))
                .list());
  }
}
