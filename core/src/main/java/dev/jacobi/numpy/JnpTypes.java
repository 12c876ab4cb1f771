package dev.jacobi.numpy;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.io.ArrayFiles;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.print.ArrayText;
import dev.jacobi.print.Elements;
import dev.jacobi.print.PrintOptions;
import dev.jacobi.print.Printing;
import dev.jacobi.trace.HostData;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Element types, bits, text and files. */
public abstract class JnpTypes extends JnpApply {
  JnpTypes() {}

  /**
   * The element type that operands of these get together. {@code promoteTypes(DType.I32,
   * DType.F32)} is {@code F32}.
   */
  public static DType promoteTypes(DType... types) {
    return Promotion.join(Arrays.stream(types).map(t -> Aval.of(t, Shape.scalar())).toList())
        .dtype();
  }

  /**
   * The element type that these arrays get together; Java's numbers are weakly typed. {@code
   * resultType(array(1), array(1f))} is {@code F32}.
   */
  public static DType resultType(Array... arrays) {
    return Promotion.join(Arrays.stream(arrays).map(Array::aval).toList()).dtype();
  }

  /**
   * Whether every value of one element type is kept in another; see {@link Casting#SAFE}. {@code
   * canCast(DType.F64, DType.F32)} is {@code false}.
   */
  public static boolean canCast(DType from, DType to) {
    return canCast(from, to, Casting.SAFE);
  }

  /** Whether a conversion of element types is allowed. */
  public static boolean canCast(DType from, DType to, Casting casting) {
    return from == to
        || switch (casting) {
          case NO -> false;
          case SAFE -> isSafe(from, to);
          case SAME_KIND -> isSafe(from, to) || rank(from) <= rank(to);
          case UNSAFE -> true;
        };
  }

  private static int rank(DType t) {
    return switch (t.kind()) {
      case BOOL -> 0;
      case UNSIGNED -> 1;
      case SIGNED -> 2;
      case FLOAT -> 3;
      case COMPLEX -> 4;
    };
  }

  private static boolean isSafe(DType from, DType to) {
    if (from.isBool() || from == to) {
      return true;
    }
    if (from.isInteger()) {
      int digits = from.isUnsigned() ? from.bits() : from.bits() - 1;
      if (to.isInteger()) {
        return to.isUnsigned() ? from.isUnsigned() && to.bits() >= digits : to.bits() - 1 >= digits;
      }
      return to.isInexact()
          && (to.real() == DType.F64
              || FloatBits.of("canCast", to.real()).mantissaBits() + 1 >= digits);
    }
    if (!to.isInexact() || from.isComplex() && !to.isComplex()) {
      return false;
    }
    FloatBits a = FloatBits.of("canCast", from.real());
    FloatBits b = FloatBits.of("canCast", to.real());
    return a.mantissaBits() <= b.mantissaBits() && a.exponentBits() <= b.exponentBits();
  }

  /**
   * Limits of a floating-point or complex element type. {@code finfo(DType.F32).eps()} is {@code
   * 1.1920928955078125E-7}.
   */
  public static Finfo finfo(DType dtype) {
    return Finfo.of(dtype);
  }

  /** Limits of an integer element type. {@code iinfo(DType.I8).max()} is {@code 127}. */
  public static Iinfo iinfo(DType dtype) {
    return Iinfo.of(dtype);
  }

  /**
   * Whether an element type belongs to a class. {@code issubdtype(DType.F32, DTypeClass.FLOATING)}
   * is {@code true}.
   */
  public static boolean issubdtype(DType dtype, DTypeClass type) {
    return type.contains(dtype);
  }

  /**
   * Whether an element type belongs to one of these kinds. {@code isdtype(DType.F32,
   * DTypeClass.INTEGER)} is {@code false}.
   */
  public static boolean isdtype(DType dtype, DTypeClass... kinds) {
    return Arrays.stream(kinds).anyMatch(k -> k.contains(dtype));
  }

  /**
   * Which elements of the flattened array are not zero, as bits of bytes, the first one highest.
   * {@code packbits(array(1, 0, 1).astype(DType.U8))} is {@code [160]}.
   */
  public static Array packbits(Array x) {
    return packbits(ravel(x), 0, BitOrder.BIG);
  }

  /** Which elements are not zero, as bits of bytes along a dimension; zeros fill the last byte. */
  public static Array packbits(Array x, int axis, BitOrder order) {
    if (x.dtype().isInexact()) {
      throw new LaxTypeException("packbits", "takes integers and booleans, not " + x.aval());
    }
    int d = axis("packbits", x.rank(), axis);
    return jitted("packbits", List.of(d, order), a -> packed(a.getFirst(), d, order), x);
  }

  private static Array packed(Array x, int d, BitOrder order) {
    int last = x.rank() - 1;
    Array bits = Convert.convertElementType(swapaxes(truth(x), d, last), DType.U8);
    long n = bits.dim(last);
    long bytes = (n + 7) / 8;
    long[] none = new long[x.rank()];
    long[] behind = none.clone();
    behind[last] = 8 * bytes - n;
    Array zero = Scalars.ofLong(DType.U8, 0);
    Array full = Slices.pad(bits, zero, Longs.of(none), Longs.of(behind), Longs.of(none));
    Array split = Shapes.reshape(full, full.shape().with(last, bytes).insert(last + 1, 8));
    Array shifted = Bits.shiftLeft(split, places(order, split.shape()));
    return swapaxes(Reductions.sum(shifted, Axes.of(last + 1)), d, last);
  }

  private static Array places(BitOrder order, Shape shape) {
    Array up = Shapes.iota(DType.U8, shape, shape.rank() - 1);
    return order == BitOrder.LITTLE ? up : subtract(weak(7), up);
  }

  /**
   * The bits of the flattened bytes as 0 and 1, the highest first. {@code
   * unpackbits(array(160).astype(DType.U8))} is {@code [1 0 1 0 0 0 0 0]}.
   */
  public static Array unpackbits(Array x) {
    return unpackbits(ravel(x), 0, null, BitOrder.BIG);
  }

  /** The bits of bytes as 0 and 1 along a dimension; {@code count} of them, or all if null. */
  public static Array unpackbits(Array x, int axis, @Nullable Long count, BitOrder order) {
    if (x.dtype() != DType.U8 || count != null && count < 0) {
      throw new LaxTypeException("unpackbits", count + " bits of " + x.aval() + "; takes bytes");
    }
    int d = axis("unpackbits", x.rank(), axis);
    int last = x.rank() - 1;
    Array bytes = Shapes.expandDims(swapaxes(x, d, last), Axes.of(last + 1));
    Shape shape = bytes.shape().with(last + 1, 8);
    Array all = Shapes.broadcastInDim(bytes, shape, Axes.range(last + 2));
    Array bits = Bits.and(Bits.shiftRightLogical(all, places(order, shape)), ones(shape, DType.U8));
    long n = 8 * shape.dim(last);
    Array flat = Shapes.reshape(bits, shape.without(Axes.of(last + 1)).with(last, n));
    if (count != null && count > n) {
      long[] none = new long[x.rank()];
      long[] behind = none.clone();
      behind[last] = count - n;
      Array zero = Scalars.ofLong(DType.U8, 0);
      flat = Slices.pad(flat, zero, Longs.of(none), Longs.of(behind), Longs.of(none));
    }
    return swapaxes(count == null ? flat : part(flat, last, until(count)), d, last);
  }

  /**
   * The same bytes as elements of another type: the last dimension grows or shrinks if the size of
   * elements differs. {@code view(array(1f), DType.I32)} is {@code [1065353216]}.
   */
  public static Array view(Array x, DType dtype) {
    if (dtype == x.dtype()) {
      return x;
    }
    if (x.dtype().isBool()) {
      return view(Convert.convertElementType(x, DType.U8), dtype);
    }
    if (dtype.isBool()) {
      return notEqual(view(x, DType.U8), weak(0));
    }
    if (x.dtype().isComplex()) {
      Array parts = stack(List.of(JnpMath.real(x), imag(x)), -1);
      return view(merged(parts), dtype);
    }
    int end = x.rank() - 1;
    int ratio = dtype.bytes() / x.dtype().bytes();
    if (ratio > 1 && (end < 0 || x.dim(end) % ratio != 0)) {
      throw new LaxTypeException(
          "view", "the last dimension of " + x.aval() + " is no multiple of " + ratio);
    }
    if (dtype.isComplex()) {
      Array parts = view(x, dtype.real());
      Array pairs =
          Shapes.reshape(parts, parts.shape().with(end, parts.dim(end) / 2).insert(end + 1, 2));
      Array re = Shapes.squeeze(part(pairs, end + 1, until(1)), Axes.of(end + 1));
      Array im = Shapes.squeeze(part(pairs, end + 1, from(1)), Axes.of(end + 1));
      return dev.jacobi.lax.Complexes.complex(re, im);
    }
    if (ratio > 1) {
      Shape wide = x.shape().with(end, x.dim(end) / ratio).insert(end + 1, ratio);
      return Convert.bitcastConvertType(Shapes.reshape(x, wide), dtype);
    }
    Array bits = Convert.bitcastConvertType(x, dtype);
    return bits.rank() > x.rank() ? merged(bits) : bits;
  }

  /** The last two dimensions as one. */
  private static Array merged(Array x) {
    int end = x.rank() - 1;
    if (end == 0) {
      return x;
    }
    Shape less = x.shape().without(Axes.of(end));
    return Shapes.reshape(x, less.with(end - 1, less.dim(end - 1) * x.dim(end)));
  }

  /** The values as NumPy prints them. {@code arrayStr(array(1, 2))} is {@code [1 2]}. */
  public static String arrayStr(Array x) {
    return x.toString();
  }

  /**
   * The values as an expression with their element type, as JAX shows an array. {@code
   * arrayRepr(array(1, 2))} is {@code Array([1, 2], dtype=int32)}.
   */
  public static String arrayRepr(Array x) {
    return ArrayText.repr(Elements.of(HostData.of(x)), Printing.current(), x.aval().weak());
  }

  /**
   * The values as text with options, and with what stands between elements. {@code
   * array2string(array(1, 2), getPrintoptions(), ", ")} is {@code [1, 2]}.
   */
  public static String array2string(Array x, PrintOptions options, String separator) {
    return ArrayText.of(Elements.of(HostData.of(x)), options, separator);
  }

  /** Options to print arrays with, in all threads from now on. */
  public static void setPrintoptions(PrintOptions options) {
    Printing.set(options);
  }

  /**
   * The options that arrays are printed with here. {@code getPrintoptions().precision()} is {@code
   * 8}.
   */
  public static PrintOptions getPrintoptions() {
    return Printing.current();
  }

  /** Runs a function that prints arrays with these options in this thread. */
  public static <T> T printoptions(PrintOptions options, Supplier<T> body) {
    return Printing.with(options, body);
  }

  /** Writes a {@code .npy} file. */
  public static void save(Path file, Array x) throws IOException {
    ArrayFiles.save(file, x);
  }

  /** Writes a {@code .npz} file of arrays by name. */
  public static void savez(Path file, Map<String, Array> arrays) throws IOException {
    ArrayFiles.saveAll(file, arrays);
  }

  /** Reads a {@code .npy} file. */
  public static Array load(Path file) throws IOException {
    return ArrayFiles.load(file);
  }

  /** Reads a {@code .npz} file. */
  public static Map<String, Array> loadz(Path file) throws IOException {
    return ArrayFiles.loadAll(file);
  }

  /**
   * A vector of the elements that bytes hold, in the machine's byte order. {@code frombuffer(new
   * byte[] {1, 0, 2, 0}, DType.I16)} is {@code [1 2]}.
   */
  public static Array frombuffer(byte[] bytes, DType dtype) {
    return frombuffer(bytes, dtype, -1, 0);
  }

  /** A vector of so many elements (-1 for all) from an offset in bytes. */
  public static Array frombuffer(byte[] bytes, DType dtype, long count, long offset) {
    long rest = bytes.length - offset;
    long n = count == -1 ? rest / dtype.bytes() : count;
    boolean whole = count != -1 || rest % dtype.bytes() == 0;
    if (offset < 0 || rest < 0 || n < 0 || n > rest / dtype.bytes() || !whole) {
      throw new LaxTypeException(
          "frombuffer",
          bytes.length
              + " bytes do not hold "
              + (count == -1 ? "whole" : count)
              + " "
              + dtype
              + " from "
              + offset);
    }
    MemorySegment part = MemorySegment.ofArray(bytes).asSlice(offset, n * dtype.bytes());
    return array(part, dtype, n);
  }

  /** A vector of the elements that a file holds without any head, in the machine's byte order. */
  public static Array fromfile(Path file, DType dtype) throws IOException {
    return frombuffer(Files.readAllBytes(file), dtype);
  }

  /**
   * A vector of the numbers in a text, with a separator between them; a blank is any space. {@code
   * fromstring("1 2", DType.I32, " ")} is {@code [1 2]}.
   */
  public static Array fromstring(String text, DType dtype, String separator) {
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      return zeros(Shape.of(0), dtype);
    }
    String between =
        separator.isBlank()
            ? "\\s+"
            : "\\s*" + java.util.regex.Pattern.quote(separator.strip()) + "\\s*";
    List<Number> numbers = new ArrayList<>();
    for (String word : trimmed.split(between, -1)) {
      numbers.add(number(word, dtype));
    }
    return fromiter(numbers, dtype);
  }

  private static Number number(String word, DType dtype) {
    try {
      if (dtype.isInexact()) {
        return Double.valueOf(word);
      }
      return dtype == DType.U64 ? Long.parseUnsignedLong(word) : Long.valueOf(word);
    } catch (NumberFormatException e) {
      throw new LaxTypeException("fromstring", "\"" + word + "\" is no number of type " + dtype);
    }
  }

  /** A vector of Java numbers. {@code fromiter(List.of(1, 2), DType.F32)} is {@code [1. 2.]}. */
  public static Array fromiter(Iterable<? extends Number> numbers, DType dtype) {
    if (dtype.isInexact()) {
      List<Double> all = new ArrayList<>();
      numbers.forEach(n -> all.add(n.doubleValue()));
      return astype(array(all.stream().mapToDouble(d -> d).toArray()), dtype);
    }
    List<Long> all = new ArrayList<>();
    for (Number n : numbers) {
      long v = n.longValue();
      if (dtype != DType.U64) {
        Promotion.convert(weak(v), dtype, false); // throws if it does not fit
      }
      all.add(v);
    }
    return astype(array(all.stream().mapToLong(v -> v).toArray()), dtype);
  }
}
