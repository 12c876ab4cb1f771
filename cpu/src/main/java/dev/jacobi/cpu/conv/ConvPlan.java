package dev.jacobi.cpu.conv;

import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.ConvOp.ConvDims;
import dev.jacobi.hlo.ConvOp.Window;
import dev.jacobi.hlo.Infer;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution as loops over strides.
 *
 * @param group the groups
 * @param feature the output features of a group
 * @param pieces one per phase of the places; together they fill the result
 */
public record ConvPlan(Loop group, Loop feature, List<Piece> pieces) {
  /** Phases beyond which it is better to write the input's dilation out. */
  private static final long MAX_PHASES = 64;

  /** A loop: its length, and how far the input, the kernel and the result move per iteration. */
  public record Loop(long size, long a, long b, long c) {
    /** Whether this loop around {@code inner} is one loop of inner's steps. */
    boolean isOuterOf(Loop inner) {
      return a == inner.a * inner.size && b == inner.b * inner.size && c == inner.c * inner.size;
    }

    Loop times(Loop inner) {
      return new Loop(size * inner.size, inner.a, inner.b, inner.c);
    }
  }

  /**
   * A contraction.
   *
   * @param start where the input, the kernel and the result begin
   * @param places loops over batch and places; they do not move the kernel
   * @param sums loops that are summed over; they do not move the result
   */
  public record Piece(Loop start, List<Loop> places, List<Loop> sums) {
    public Piece {
      places = List.copyOf(places);
      sums = List.copyOf(sums);
    }

    Piece with(Loop moved, Loop place, Loop sum) {
      Loop at = new Loop(1, start.a + moved.a, start.b + moved.b, start.c + moved.c);
      List<Loop> allPlaces = new ArrayList<>(places);
      allPlaces.add(place);
      List<Loop> allSums = new ArrayList<>(sums);
      allSums.add(sum);
      return new Piece(at, allPlaces, allSums);
    }
  }

  public ConvPlan {
    pieces = List.copyOf(pieces);
  }

  /** The number of phases along spatial dimension {@code d}. */
  public static long phases(Window w, int d) {
    return w.lhsDilation().get(d) / gcd(w.lhsDilation().get(d), w.strides().get(d));
  }

  /** Whether the input's dilation needs not be written out. */
  public static boolean hasFewPhases(Window w) {
    double all = 1;
    for (int d = 0; d < w.rank(); d++) {
      all *= phases(w, d);
    }
    return all <= MAX_PHASES;
  }

  /** Whether the groups are one feature each and adjacent everywhere. */
  public boolean isLanes() {
    return group.size > 1 && feature.size == 1 && group.a == 1 && group.b == 1 && group.c == 1;
  }

  /** The loops of a convolution whose windows read nothing outside of the input. */
  public static ConvPlan of(ConvOp.Convolution o) {
    ConvDims d = o.dims();
    long[] ls = o.lhs().shape().strides();
    long[] rs = o.rhs().shape().strides();
    long[] os = Infer.resultTypes(o).getFirst().shape().strides();
    long groups = o.featureGroups() * o.batchGroups();
    long batch = o.lhs().type().dim(d.inputBatch()) / o.batchGroups();
    long features = o.rhs().type().dim(d.kernelInputFeature());
    long outputs = o.rhs().type().dim(d.kernelOutputFeature()) / groups;
    Loop group =
        new Loop(
            groups,
            o.batchGroups() > 1 ? batch * ls[d.inputBatch()] : features * ls[d.inputFeature()],
            outputs * rs[d.kernelOutputFeature()],
            outputs * os[d.outputFeature()]);
    Loop feature = new Loop(outputs, 0, rs[d.kernelOutputFeature()], os[d.outputFeature()]);
    Loop sum = new Loop(features, ls[d.inputFeature()], rs[d.kernelInputFeature()], 0);
    Loop rows = new Loop(batch, ls[d.inputBatch()], 0, os[d.outputBatch()]);
    List<Piece> pieces = List.of(new Piece(new Loop(1, 0, 0, 0), List.of(rows), List.of()));
    for (int i = 0; i < o.window().rank(); i++) {
      List<Piece> next = new ArrayList<>();
      for (Piece piece : pieces) {
        for (long phase = 0; phase < phases(o.window(), i); phase++) {
          next.add(phase(piece, o, i, phase));
        }
      }
      pieces = next;
    }
    return new ConvPlan(
        group,
        feature,
        pieces.stream().map(p -> p.with(new Loop(1, 0, 0, 0), new Loop(1, 0, 0, 0), sum)).toList());
  }

  /**
   * The places {@code phase, phase + phases, ...} along spatial dimension {@code i}. Place p and
   * kernel element k meet the input's element {@code (p * stride + k * rhsDilation - low) /
   * lhsDilation} where that is an integer: for each phase at every n-th k.
   */
  private static Piece phase(Piece piece, ConvOp.Convolution o, int i, long phase) {
    Window w = o.window();
    long stride = w.strides().get(i);
    long apart = w.lhsDilation().get(i);
    long tap = w.rhsDilation().get(i);
    int in = o.dims().inputSpatial().get(i);
    int kernelDim = o.dims().kernelSpatial().get(i);
    int out = o.dims().outputSpatial().get(i);
    long kernel = o.rhs().type().dim(kernelDim);
    long places = Infer.resultTypes(o).getFirst().dim(out);
    long a = o.lhs().shape().strides()[in];
    long b = o.rhs().shape().strides()[kernelDim];
    long c = Infer.resultTypes(o).getFirst().shape().strides()[out];
    long phases = phases(w, i);
    long every = apart / gcd(apart, tap);
    long start = phase * stride - w.low().get(i);
    long first = 0;
    while (first < every && Math.floorMod(start + first * tap, apart) != 0) {
      first++;
    }
    long taps = first == every ? 0 : Math.max(0, Math.ceilDiv(kernel - first, every));
    boolean backwards = w.reversal().get(i);
    long from = taps == 0 ? 0 : (start + first * tap) / apart;
    long kernelStart = taps == 0 ? 0 : backwards ? kernel - 1 - first : first;
    return piece.with(
        new Loop(1, from * a, kernelStart * b, phase * c),
        new Loop(
            Math.max(0, Math.ceilDiv(places - phase, phases)),
            phases * stride / apart * a,
            0,
            phases * c),
        new Loop(taps, every * tap / apart * a, (backwards ? -every : every) * b, 0));
  }

  /** Loops of more than one iteration; those that are one loop of the same steps are joined. */
  static List<Loop> joined(List<Loop> loops) {
    List<Loop> left = new ArrayList<>(loops.stream().filter(l -> l.size != 1).toList());
    for (int i = 0; i < left.size(); i++) {
      for (int j = 0; j < left.size(); j++) {
        if (i != j && left.get(i).isOuterOf(left.get(j))) {
          left.set(i, left.get(i).times(left.get(j)));
          left.remove(j);
          return joined(left);
        }
      }
    }
    return left;
  }

  static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
