package dev.jacobi.cpu.fft;

import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.List;

/** Transforms of few points in registers. */
record Butterflies(Cx.Math m) {
  List<Cx> transform(List<Cx> x) {
    return switch (x.size()) {
      case 2 -> List.of(m.add(x.get(0), x.get(1)), m.sub(x.get(0), x.get(1)));
      case 4 -> four(x);
      case 8 -> eight(x);
      default -> odd(x);
    };
  }

  private List<Cx> four(List<Cx> x) {
    Cx a = m.add(x.get(0), x.get(2));
    Cx b = m.sub(x.get(0), x.get(2));
    Cx c = m.add(x.get(1), x.get(3));
    Cx d = m.turn(m.sub(x.get(1), x.get(3)));
    return List.of(m.add(a, c), m.add(b, d), m.sub(a, c), m.sub(b, d));
  }

  /** Even and odd points by fours, joined by the eighth roots. */
  private List<Cx> eight(List<Cx> x) {
    List<Cx> even = four(List.of(x.get(0), x.get(2), x.get(4), x.get(6)));
    List<Cx> odd = four(List.of(x.get(1), x.get(3), x.get(5), x.get(7)));
    Val half = Val.fp(x.getFirst().re().type(), Math.sqrt(0.5));
    List<Cx> turned = new ArrayList<>();
    turned.add(odd.get(0));
    turned.add(m.scale(m.add(odd.get(1), m.turn(odd.get(1))), half)); // (1 - i)/sqrt 2
    turned.add(m.turn(odd.get(2)));
    turned.add(m.scale(m.sub(m.turn(odd.get(3)), odd.get(3)), half)); // (-1 - i)/sqrt 2
    List<Cx> out = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      out.add(m.add(even.get(k), turned.get(k)));
    }
    for (int k = 0; k < 4; k++) {
      out.add(m.sub(even.get(k), turned.get(k)));
    }
    return out;
  }

  /** By pairs of points k and p - k, which share cosine and sine. */
  private List<Cx> odd(List<Cx> x) {
    int p = x.size();
    List<Cx> sums = new ArrayList<>();
    List<Cx> differences = new ArrayList<>();
    Cx all = x.getFirst();
    for (int k = 1; k <= p / 2; k++) {
      sums.add(m.add(x.get(k), x.get(p - k)));
      differences.add(m.turn(m.sub(x.get(k), x.get(p - k))));
      all = m.add(all, sums.getLast());
    }
    Cx[] out = new Cx[p];
    out[0] = all;
    for (int j = 1; j <= p / 2; j++) {
      Cx even = x.getFirst();
      Cx odd = null;
      for (int k = 1; k <= p / 2; k++) {
        even = plus(even, sums.get(k - 1), FftSpec.cos((long) j * k, p));
        Cx d = differences.get(k - 1);
        double sine = FftSpec.sin((long) j * k, p);
        odd = odd == null ? m.scale(d, constant(d, sine)) : plus(odd, d, sine);
      }
      out[j] = m.add(even, odd);
      out[p - j] = m.sub(even, odd);
    }
    return List.of(out);
  }

  private Cx plus(Cx to, Cx x, double factor) {
    Val c = constant(x, factor);
    return new Cx(m.multiplyAdd(x.re(), c, to.re()), m.multiplyAdd(x.im(), c, to.im()));
  }

  private static Val constant(Cx like, double value) {
    return Val.fp(like.re().type(), value);
  }
}
