package dev.jacobi.lax;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp.Direction;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.IndexOp.ScatterDims;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.SpectralOp.FftType;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The primitives of this package. A test finds every one that is missing here. */
public final class Primitives {
  private Primitives() {}

  /** Each primitive once; those with parameters with the parameters of an example. */
  public static List<Primitive> all() {
    List<Primitive> all = new ArrayList<>(elementwise());
    all.addAll(structural());
    return List.copyOf(all);
  }

  private static List<Primitive> elementwise() {
    List<Primitive> all = new ArrayList<>();
    all.addAll( // arithmetic
        List.of(
            Arithmetic.NEG,
            Arithmetic.ABS,
            Arithmetic.SIGN,
            Arithmetic.SQUARE,
            Arithmetic.ADD,
            Arithmetic.SUB,
            Arithmetic.MUL,
            Arithmetic.DIV,
            Arithmetic.REM,
            Arithmetic.MAX,
            Arithmetic.MIN,
            Zeros.ADD_ANY));
    all.addAll( // powers
        List.of(
            Powers.SQRT,
            Powers.RSQRT,
            Powers.CBRT,
            new Powers.Pow(),
            new Powers.IntegerPow(3),
            LogAddExp.LOGADDEXP));
    all.addAll( // elementary functions
        List.of(
            Elementary.EXP,
            Elementary.EXP2,
            Elementary.EXPM1,
            Elementary.LOG,
            Elementary.LOG1P,
            Elementary.SIN,
            Elementary.COS,
            Elementary.TAN,
            Elementary.ASIN,
            Elementary.ACOS,
            Elementary.ATAN,
            Elementary.ATAN2,
            Elementary.SINH,
            Elementary.COSH,
            Elementary.TANH,
            Elementary.ASINH,
            Elementary.ACOSH,
            Elementary.ATANH,
            Elementary.LOGISTIC,
            Elementary.ERF,
            Elementary.ERFC,
            Elementary.ERF_INV,
            Elementary.FLOOR,
            Elementary.CEIL,
            Elementary.ROUND_AWAY,
            Elementary.ROUND_EVEN,
            Elementary.IS_FINITE,
            Elementary.NEXTAFTER));
    all.addAll( // special functions
        List.of(
            SpecialFunctions.LGAMMA,
            SpecialFunctions.DIGAMMA,
            SpecialFunctions.POLYGAMMA,
            SpecialFunctions.ZETA,
            SpecialFunctions.BESSEL_I0E,
            SpecialFunctions.BESSEL_I1E,
            IncompleteGamma.IGAMMA,
            IncompleteGamma.IGAMMAC,
            IncompleteGamma.IGAMMA_GRAD_A,
            IncompleteGamma.RANDOM_GAMMA_GRAD,
            new IncompleteBeta.RegularizedIncompleteBeta()));
    all.addAll( // complex numbers
        List.of(Complexes.REAL, Complexes.IMAG, Complexes.COMPLEX, Complexes.CONJ));
    all.addAll( // bits
        List.of(
            Bits.AND,
            Bits.OR,
            Bits.XOR,
            Bits.NOT,
            Bits.SHIFT_LEFT,
            Bits.SHIFT_RIGHT_LOGICAL,
            Bits.SHIFT_RIGHT_ARITHMETIC,
            Bits.MULHI,
            Bits.POPULATION_COUNT,
            Bits.CLZ));
    for (Direction direction : Direction.values()) {
      all.add(new Compare.Comparison(direction));
    }
    all.addAll( // choices and conversions
        List.of(
            new Compare.SelectN(),
            new Compare.Clamp(),
            new Arithmetic.ProductIn(DType.F32),
            new Accurate.WithAccuracy(Accurate.Function.EXP, AccuracyMode.HIGHEST),
            new Convert.ConvertElementType(DType.F32, false),
            new Convert.BitcastConvertType(DType.U32),
            new Convert.ReducePrecision(5, 10),
            new Convert.StopGradient(),
            new Divisors.Gcd(),
            new Threefry.Threefry2x32()));
    return all;
  }

  private static List<Primitive> structural() {
    Axes first = Axes.of(0);
    Axes none = Axes.of();
    Longs one = Longs.of(1);
    List<Primitive> all = new ArrayList<>();
    all.addAll( // shapes
        List.of(
            new Shapes.BroadcastInDim(Shape.of(2, 3), Axes.of(1)),
            new Shapes.Reshape(Shape.of(6)),
            new Shapes.Transpose(Axes.of(1, 0)),
            new Shapes.Squeeze(first),
            new Shapes.Iota(DType.I32, Shape.of(3), 0),
            new Sizes.DimensionSize(0),
            new Concatenation.Concatenate(0),
            new Concatenation.Rev(first),
            new Stacking.Stack(0),
            new Stacking.Unstack(0),
            new Stacking.Split(0, Longs.of(1, 2)),
            new Stacking.Tile(Longs.of(2)),
            new Barrier.OptimizationBarrier(),
            new Barrier.Empty(DType.F32, Shape.of(3))));
    all.addAll( // slices
        List.of(
            new Slices.Slice(Longs.of(0), Longs.of(2), one), new Slices.Pad(one, one, one),
            new DynamicSlices.DynamicSlice(one), new DynamicSlices.DynamicUpdateSlice()));
    all.addAll(reductions(first));
    all.addAll(List.of(new Sort.SortOp(0, true, 1), new Sort.TopK(0, 1))); // order
    DotDims matmul = new DotDims(none, none, Axes.of(1), first);
    all.add(new Dot.DotGeneral(matmul, Optional.empty(), Optional.empty()));
    all.add(
        new RaggedDot.RaggedDotGeneral(
            new RaggedDotDimensionNumbers(
                new DotDims(none, none, Axes.of(1), Axes.of(1)), first, first),
            Optional.empty(),
            Optional.empty()));
    all.add(new ScaledDot.ScaledDotOp(matmul, DType.BF16));
    all.add(new Fft.FftOp(FftType.FFT, one));
    all.add(
        new Conv.ConvGeneralDilated(
            one,
            List.of(Longs.of(0, 0)),
            one,
            one,
            ConvDimensionNumbers.plain(3),
            1,
            1,
            Optional.empty(),
            Optional.empty()));
    GatherDims rows = new GatherDims(none, first, none, none, first, 1);
    all.add(new Gather.GatherOp(rows, one, GatherScatterMode.CLIP, false, false, null));
    ScatterDims places = new ScatterDims(none, first, none, none, first, 1);
    Arrays.stream(Scatter.Kind.values())
        .map(kind -> new Scatter.ScatterOp(kind, places, GatherScatterMode.CLIP, false, false))
        .forEach(all::add);
    Scatter.ScatterOp written =
        new Scatter.ScatterOp(Scatter.Kind.SET, places, GatherScatterMode.CLIP, false, false);
    all.add(new ScatterApply(written, identity()));
    return all;
  }

  /** Of the two scalars that a scatter's body takes, the one that is there. */
  private static Jaxpr identity() {
    Aval scalar = Aval.of(DType.F32, Shape.scalar());
    Atom.Var there = new Atom.Var(scalar);
    return new Jaxpr(0, List.of(there, new Atom.Var(scalar)), List.of(), List.of(there));
  }

  private static List<Primitive> reductions(Axes first) {
    List<Primitive> all = new ArrayList<>();
    all.addAll( // reductions
        List.of(
            new Reductions.ReduceSum(first),
            new Reductions.ReduceProd(first),
            new Reductions.ReduceMax(first),
            new Reductions.ReduceMin(first),
            new Reductions.ReduceAnd(first),
            new Reductions.ReduceOr(first),
            new Reductions.ReduceXor(first),
            new ArgReductions.ArgReduce(true, first, DType.I32),
            new ArgReductions.ArgReduce(false, first, DType.I32)));
    all.addAll( // windows
        List.of(
            new Cumulative.Cumsum(0, false),
            new Cumulative.Cumprod(0, false),
            new Cumulative.Cummax(0, false),
            new Cumulative.Cummin(0, false),
            new Cumulative.Cumlogsumexp(0, false),
            new Windows.ReduceWindowSum(Window.of(2)),
            new Windows.ReduceWindowMax(Window.of(2)),
            new Windows.ReduceWindowMin(Window.of(2)),
            new Windows.SelectAndScatterAdd(Direction.GE, Window.of(2)),
            new Windows.SelectAndGatherAdd(Direction.GE, Window.of(2))));
    return all;
  }
}
