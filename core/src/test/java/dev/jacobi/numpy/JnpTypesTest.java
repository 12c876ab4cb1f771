package dev.jacobi.numpy;

import static dev.jacobi.numpy.Jnp.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Array;
import dev.jacobi.Dtypes;
import dev.jacobi.Jacobi;
import dev.jacobi.Mode;
import dev.jacobi.OnPlugins;
import dev.jacobi.hlo.DType;
import dev.jacobi.image.Image;
import dev.jacobi.image.ResizeMethod;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.print.PrintOptions;
import dev.jacobi.trace.ConcretizationException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Element types, bits, text, files, and what is refused; expected values are NumPy's. */
class JnpTypesTest {
  private static final List<DType> TYPES = List.of(DType.values());

  /** Rows of {@code numpy.can_cast(row, column)} in the order of {@link #TYPES}. */
  private static final Map<DType, String> SAFE =
      Map.ofEntries(
          Map.entry(DType.BOOL, "111111111111111"),
          Map.entry(DType.I8, "011110000111111"),
          Map.entry(DType.I16, "001110000001111"),
          Map.entry(DType.I32, "000110000000101"),
          Map.entry(DType.I64, "000010000000101"),
          Map.entry(DType.U8, "001111111111111"),
          Map.entry(DType.U16, "000110111001111"),
          Map.entry(DType.U32, "000010011000101"),
          Map.entry(DType.U64, "000000001000101"),
          Map.entry(DType.F16, "000000000101111"),
          Map.entry(DType.BF16, "000000000011111"),
          Map.entry(DType.F32, "000000000001111"),
          Map.entry(DType.F64, "000000000000101"),
          Map.entry(DType.C64, "000000000000011"),
          Map.entry(DType.C128, "000000000000001"));

  @Test
  void safeCasts() {
    for (DType from : TYPES) {
      String row =
          TYPES.stream().map(to -> canCast(from, to) ? "1" : "0").collect(Collectors.joining());
      assertThat(row).as(from.toString()).isEqualTo(SAFE.get(from));
    }
  }

  @Test
  void otherCasts() {
    assertThat(canCast(DType.F64, DType.F32)).isFalse();
    assertThat(canCast(DType.F64, DType.F32, Casting.SAME_KIND)).isTrue();
    assertThat(canCast(DType.U64, DType.I8, Casting.SAME_KIND)).isTrue();
    assertThat(canCast(DType.I8, DType.U8, Casting.SAME_KIND)).isFalse();
    assertThat(canCast(DType.C64, DType.F32, Casting.SAME_KIND)).isFalse();
    assertThat(canCast(DType.C64, DType.BOOL, Casting.UNSAFE)).isTrue();
    assertThat(canCast(DType.I8, DType.I16, Casting.NO)).isFalse();
  }

  @Test
  void joins() {
    assertThat(promoteTypes(DType.I8, DType.U8)).isEqualTo(DType.I16);
    assertThat(promoteTypes(DType.I64, DType.F32)).isEqualTo(DType.F32);
    assertThat(resultType(array(1, 2), weak(1.5))).isEqualTo(DType.F32);
    assertThat(resultType(ones(shape(2), DType.F16), weak(1.5))).isEqualTo(DType.F16);
  }

  @Test
  void limits() {
    Finfo f = finfo(DType.F32);
    assertThat(f.eps()).isEqualTo(Math.ulp(1f));
    assertThat(f.max()).isEqualTo(Float.MAX_VALUE);
    assertThat(f.smallestNormal()).isEqualTo(Float.MIN_NORMAL);
    assertThat(f.smallestSubnormal()).isEqualTo(Float.MIN_VALUE);
    assertThat(List.of(f.bits(), f.exponentBits(), f.mantissaBits(), f.minexp(), f.maxexp()))
        .containsExactly(32, 8, 23, -126, 128);
    assertThat(f.precision()).isEqualTo(6);
    assertThat(finfo(DType.C128).smallestSubnormal()).isEqualTo(Double.MIN_VALUE);
    assertThat(finfo(DType.F64).precision()).isEqualTo(15);
    assertThat(finfo(DType.F16).max()).isEqualTo(65504);
    assertThat(finfo(DType.F16).precision()).isEqualTo(3);
    assertThat(finfo(DType.BF16).epsneg()).isEqualTo(0.00390625);
    assertThat(finfo(DType.BF16).precision()).isEqualTo(2);
    assertThat(iinfo(DType.U64).max()).isEqualTo(new BigInteger("18446744073709551615"));
    assertThat(iinfo(DType.I8).min().intValue()).isEqualTo(-128);
    assertThatThrownBy(() -> iinfo(DType.F32)).isInstanceOf(LaxTypeException.class);
    assertThatThrownBy(() -> finfo(DType.I32)).isInstanceOf(LaxTypeException.class);
  }

  @Test
  void classes() {
    assertThat(issubdtype(DType.BF16, DTypeClass.FLOATING)).isTrue();
    assertThat(issubdtype(DType.C64, DTypeClass.FLOATING)).isFalse();
    assertThat(issubdtype(DType.BOOL, DTypeClass.NUMBER)).isFalse();
    assertThat(issubdtype(DType.U8, DTypeClass.SIGNED_INTEGER)).isFalse();
    assertThat(isdtype(DType.U8, DTypeClass.BOOL, DTypeClass.INTEGER)).isTrue();
    assertThat(isdtype(DType.F32, DTypeClass.BOOL, DTypeClass.INTEGER)).isFalse();
  }

  @Test
  void questions() {
    Array x = zeros(2, 3);
    assertThat(List.of(ndim(x), size(x), size(x, -1))).containsExactly(2, 6L, 3L);
    assertThat(shape(x)).isEqualTo(shape(2, 3));
    assertThat(isscalar(x)).isFalse();
    assertThat(iscomplexobj(x)).isFalse();
    assertThat(isrealobj(ones(shape(1), DType.C64))).isFalse();
    assertThat(Dtypes.canonicalizeDtype(DType.F64)).isEqualTo(DType.F64);
    assertThat(Dtypes.itemsizeBits(DType.BOOL)).isEqualTo(8);
    assertThat(Dtypes.issubdtype(DType.I8, DTypeClass.INTEGER)).isTrue();
    assertThat(Dtypes.resultType(array(1), weak(2.0))).isEqualTo(DType.F32);
  }

  @Test
  void reprs() {
    assertThat(arrayRepr(arange(3))).isEqualTo("Array([0, 1, 2], dtype=int32)");
    assertThat(arrayRepr(scalar(2f))).isEqualTo("Array(2., dtype=float32)");
    assertThat(arrayRepr(zeros(0, 3))).isEqualTo("Array([], shape=(0, 3), dtype=float32)");
    assertThat(arrayRepr(ones(shape(2, 2), DType.F16)))
        .isEqualTo("Array([[1., 1.],\n       [1., 1.]], dtype=float16)");
    assertThat(arrayRepr(arange(30.0)))
        .isEqualTo(
            """
            Array([ 0.,  1.,  2.,  3.,  4.,  5.,  6.,  7.,  8.,  9., 10., 11., 12.,
                   13., 14., 15., 16., 17., 18., 19., 20., 21., 22., 23., 24., 25.,
                   26., 27., 28., 29.], dtype=float32)\
            """);
    assertThat(arrayStr(arange(3.0))).isEqualTo("[0. 1. 2.]");
  }

  @Test
  void printOptions() {
    Array x = array(1 / 3f, 2f);
    assertThat(array2string(x, PrintOptions.DEFAULT.withPrecision(2), ","))
        .isEqualTo("[0.33,2.  ]");
    PrintOptions three = PrintOptions.DEFAULT.withPrecision(3);
    assertThat(printoptions(three, x::toString)).isEqualTo("[0.333 2.   ]");
    assertThat(getPrintoptions()).isEqualTo(PrintOptions.DEFAULT);
    assertThat(x).hasToString("[0.33333334 2.        ]");
  }

  @Test
  void files(@TempDir Path folder) throws IOException {
    Array x = arange(6).reshape(2, 3);
    save(folder.resolve("x.npy"), x);
    assertThat(arrayEqual(load(folder.resolve("x.npy")), x).itemBoolean()).isTrue();
    savez(folder.resolve("x.npz"), Map.of("a", x));
    assertThat(loadz(folder.resolve("x.npz"))).containsOnlyKeys("a");
    Files.write(folder.resolve("raw"), new byte[] {1, 0, 2, 0});
    assertThat(fromfile(folder.resolve("raw"), DType.I16).toIntArray()).containsExactly(1, 2);
  }

  @Test
  void texts() {
    assertThat(fromstring("1, 2,-3", DType.I32, ",").toIntArray()).containsExactly(1, 2, -3);
    assertThat(fromstring(" 1.5  2\n3 ", DType.F32, " ").toFloatArray())
        .containsExactly(1.5f, 2f, 3f);
    assertThat(fromstring("", DType.F32, " ").size()).isZero();
    assertThat(fromiter(List.of(1, 2), DType.F16).dtype()).isEqualTo(DType.F16);
    assertThat(frombuffer(new byte[] {9, 1, 0, 0, 0}, DType.I32, 1, 1).toIntArray())
        .containsExactly(1);
    assertThatThrownBy(() -> fromstring("1 x", DType.I32, " "))
        .isInstanceOf(LaxTypeException.class)
        .hasMessageContaining("\"x\" is no number");
  }

  /** Subnormal numbers, which XLA flushes. */
  @Test
  void subnormalParts() {
    OnPlugins.skip("subnormal numbers are zeros");
    Jnp.Frexp parts = frexp(array(0x1p-140f, -0x1.8p-149f, 0x1p-126f));
    assertThat(parts.exponent().toIntArray()).containsExactly(-139, -147, -125);
    assertThat(parts.mantissa().toFloatArray()).containsExactly(0.5f, -0.5f, 0.5f);
    Array back = ldexp(parts.mantissa(), parts.exponent());
    assertThat(back.toFloatArray()).containsExactly(0x1p-140f, -0x1p-148f, 0x1p-126f);
    assertThat(ldexp(array(3f, 1f), array(-150, -149)).toFloatArray())
        .containsExactly(0x1p-148f, 0x1p-149f); // 3 2^-150 is half-way: to even
    assertThat(spacing(array(0f)).toFloatArray()).containsExactly(Float.MIN_VALUE);
  }

  /** Calls that throw, and what their messages say. */
  @TestFactory
  Stream<DynamicTest> misuse() {
    Array x = zeros(3, 4);
    return Stream.of(
        refused("takes real numbers", () -> fabs(ones(shape(2), DType.C64))),
        refused("exponents must be integers", () -> ldexp(x, x)),
        refused("see atleast1d", () -> nonzero(scalar(1)).getFirst()),
        refused("a size is negative", () -> nonzero(x, -1).getFirst()),
        refused("values to fill with", () -> nonzero(x, 2, 1, 2, 3).getFirst()),
        refused("takes matrices", () -> trilIndicesFrom(zeros(3), 0).getFirst()),
        refused("two or more equal dimensions", () -> diagIndicesFrom(x).getFirst()),
        refused("out of bounds", () -> ravelMultiIndex(List.of(array(3), array(0)), shape(3, 4))),
        refused("has no mode DROP", () -> choose(array(0), List.of(x), Mode.DROP)),
        refused("the mask is a vector", () -> compress(x, x, 0)),
        refused("size 9 is not in 0 to 3", () -> compress(array(true), x, 0, 9, 0)),
        refused("same number of elements", () -> place(x, array(true), x)),
        refused("masks for", () -> piecewise(x, List.of(), List.of(v -> v, v -> v))),
        refused("different depths", () -> block(List.of(x, List.of(x)))),
        refused("lists that are not empty", () -> block(List.of())),
        refused("needs 3 dimensions", () -> dsplit(x, 2).getFirst()),
        refused("is not in -2 to 2", () -> rollaxis(x, 0, 3)),
        refused("takes vectors of integers", () -> bincount(x)),
        refused("cannot have 0 bins", () -> histogramBinEdges(x, bins(0))),
        refused("takes a matrix of points", () -> histogramdd(zeros(3)).counts()),
        refused("for 4 observations", () -> cov(x, CovOptions.DEFAULT.withWeights(ones(3)))),
        refused("takes vectors of coefficients", () -> polyadd(x, x)),
        refused("degree -1", () -> polyfit(zeros(3), zeros(3), -1)),
        refused("along dimension 0", () -> gradient(zeros(1)).getFirst()),
        refused("no signature", () -> vectorize(a -> a, "(n").apply(List.of(x)).getFirst()),
        refused("does not fit", () -> vectorize(a -> a, "(n,n)->()").apply(List.of(x)).getFirst()),
        refused("takes bytes", () -> unpackbits(x)),
        refused("takes integers and booleans", () -> packbits(x)),
        refused("of another rank", () -> Image.resize(x, shape(2), ResizeMethod.LINEAR)));
  }

  private static HistogramOptions bins(long n) {
    return HistogramOptions.DEFAULT.withBins(n);
  }

  private static DynamicTest refused(String message, Supplier<Array> call) {
    return DynamicTest.dynamicTest(
        message, () -> assertThatThrownBy(call::get).hasMessageContaining(message));
  }

  /** What looks at values names what to do instead. */
  @Test
  void tracedValues() {
    Array x = array(1f, 0f, 2f);
    assertThatThrownBy(() -> Jacobi.jit(v -> unique(v)).apply(x))
        .isInstanceOf(ConcretizationException.class)
        .hasMessageContaining("Give a size in the options");
    assertThatThrownBy(() -> Jacobi.jit(v -> roots(v)).apply(x))
        .isInstanceOf(ConcretizationException.class)
        .hasMessageContaining("rootsOf");
    assertThatThrownBy(() -> Jacobi.jit(v -> bincount(v)).apply(array(1, 2)))
        .hasMessageContaining("bincountOf");
  }
}
