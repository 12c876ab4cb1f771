package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Random bits as XLA makes them from a state, which starts with the key and goes on with a counter
 * (ciphers: Salmon and others, "Parallel random numbers: as easy as 1, 2, 3", 2011).
 */
final class RandomBits {
  private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};

  private final HloBuilder out;

  private RandomBits(HloBuilder out) {
    this.out = out;
  }

  static List<Value> expand(RandomOp op, HloBuilder out, Loc loc) {
    return switch (op) {
      case RandomOp.RngBitGenerator o -> new RandomBits(out).generate(o);
      case RandomOp.Rng o ->
          throw Shorthand.unsupported(o, "whose numbers would be anybody's choice", loc);
    };
  }

  private List<Value> generate(RandomOp.RngBitGenerator op) {
    DType t = op.type().dtype();
    DType word = t.bits() == 64 ? DType.U64 : DType.U32;
    Value key = entry(op.state(), 0);
    Shape shape = op.type().shape();
    Bits bits =
        switch (op.algorithm()) {
          case THREE_FRY -> threeFry(key, entry(op.state(), 1), word, shape);
          case DEFAULT, PHILOX -> philox(key, op.state(), word, shape);
        };
    Value state =
        out.add(
            new ShapeOp.Concatenate(
                Stream.concat(Stream.of(key), bits.counter.stream()).map(this::vector).toList(),
                0));
    DType whole = unsigned(t.bits());
    Value value =
        whole == word ? bits.value : out.add(new ElementwiseOp.Convert(bits.value, whole));
    return List.of(
        state, whole == t ? value : out.add(new ElementwiseOp.BitcastConvert(value, op.type())));
  }

  /** Bits, and the counter that follows, as words of 64. */
  private record Bits(Value value, List<Value> counter) {}

  private static DType unsigned(int bits) {
    return switch (bits) {
      case 8 -> DType.U8;
      case 16 -> DType.U16;
      case 32 -> DType.U32;
      default -> DType.U64;
    };
  }

  // --- Threefry ---

  private Bits threeFry(Value key, Value counter, DType word, Shape shape) {
    if (word == DType.U64) {
      Value[] y = threeFry(halves(counted(counter, shape)), halves(key), shape);
      return new Bits(whole(y[0], y[1]), List.of(plus(counter, shape.size())));
    }
    // Both words of an output are used: they halve a dimension, an even one if there is one.
    Shape array = shape.isScalar() ? Shape.of(1) : shape;
    int d = halved(array);
    long n = array.dim(d);
    Shape half = array.with(d, Math.ceilDiv(n, 2));
    Value[] y = threeFry(halves(counted(counter, half)), halves(key), half);
    Shape apart = half.insert(d + 1, 1);
    Value pairs =
        out.add(
            new ShapeOp.Concatenate(List.of(reshaped(y[0], apart), reshaped(y[1], apart)), d + 1));
    Value joined = reshaped(pairs, array.with(d, 2 * half.dim(d)));
    Value value = reshaped(first(joined, array), shape);
    return new Bits(value, List.of(plus(counter, half.size())));
  }

  private static int halved(Shape shape) {
    int largest = 0;
    for (int d = 0; d < shape.rank(); d++) {
      if (shape.dim(d) % 2 == 0) {
        return d;
      }
      largest = shape.dim(d) > shape.dim(largest) ? d : largest;
    }
    return largest;
  }

  /** Twenty rounds of Threefry-2x32. */
  private Value[] threeFry(Value[] x, Value[] key, Shape shape) {
    Value k0 = out.broadcast(key[0], shape);
    Value k1 = out.broadcast(key[1], shape);
    Value parity = out.full(DType.U32, shape, 0x1BD11BDAL);
    Value[] keys = {k0, k1, xor(xor(k0, k1), parity)};
    Value a = add(x[0], keys[0]);
    Value b = add(x[1], keys[1]);
    for (int group = 0; group < 5; group++) {
      for (int r : ROTATIONS[group % 2]) {
        a = add(a, b);
        b = xor(a, rotated(b, r, shape));
      }
      a = add(a, keys[(group + 1) % 3]);
      b = add(add(b, keys[(group + 2) % 3]), out.full(DType.U32, shape, group + 1));
    }
    return new Value[] {a, b};
  }

  private Value rotated(Value x, int by, Shape shape) {
    return out.pointwise(
        Fn.OR,
        out.pointwise(Fn.SHIFT_LEFT, x, out.full(DType.U32, shape, by)),
        out.pointwise(Fn.SHIFT_RIGHT_LOGICAL, x, out.full(DType.U32, shape, 32 - by)));
  }

  // --- Philox ---

  private Bits philox(Value key, Value state, DType word, Shape shape) {
    long words = Math.multiplyExact(shape.size(), word == DType.U64 ? 2 : 1);
    Shape blocks = Shape.of(Math.ceilDiv(words, 4));
    Value low = entry(state, 1);
    Value high = state.type().dim(0) == 3 ? entry(state, 2) : key; // the key counts too
    Value[] counter = carried(low, high, counted(out.constant(DType.U64, 0), blocks), blocks);
    Value[] x = concat(halves(counter[0]), halves(counter[1]));
    Value[] y = philox(x, halves(key), blocks);
    Value[] parts = word == DType.U32 ? y : new Value[] {whole(y[0], y[1]), whole(y[2], y[3])};
    Shape columns = Shape.of(blocks.dim(0), 1);
    Value table =
        out.add(
            new ShapeOp.Concatenate(
                Arrays.stream(parts).map(v -> reshaped(v, columns)).toList(), 1));
    Value line = reshaped(table, Shape.of(blocks.dim(0) * parts.length));
    Value[] next = carried(low, high, out.constant(DType.U64, blocks.dim(0)), Shape.scalar());
    List<Value> after = state.type().dim(0) == 3 ? List.of(next[0], next[1]) : List.of(next[0]);
    return new Bits(reshaped(first(line, Shape.of(shape.size())), shape), after);
  }

  /** The 128-bit sum of a scalar counter and an array of 64 bits. */
  private Value[] carried(Value low, Value high, Value by, Shape shape) {
    Value wideLow = out.broadcast(low, shape);
    Value wideHigh = out.broadcast(high, shape);
    Value sum = add(wideLow, by);
    Value carry = out.compare(ElementwiseOp.Direction.LT, sum, wideLow);
    Value one = out.full(DType.U64, shape, 1);
    return new Value[] {sum, out.pointwise(Fn.SELECT, carry, add(wideHigh, one), wideHigh)};
  }

  /** Ten rounds of Philox-4x32. */
  private Value[] philox(Value[] counter, Value[] key, Shape shape) {
    Value[] x = counter;
    Value k0 = key[0];
    Value k1 = key[1];
    for (int round = 0; round < 10; round++) {
      Value[] a = product(x[0], 0xD2511F53L, shape);
      Value[] b = product(x[2], 0xCD9E8D57L, shape);
      Value wide0 = out.broadcast(k0, shape);
      Value wide1 = out.broadcast(k1, shape);
      x = new Value[] {xor(xor(b[1], x[1]), wide0), b[0], xor(xor(a[1], x[3]), wide1), a[0]};
      k0 = add(k0, out.constant(DType.U32, 0x9E3779B9L));
      k1 = add(k1, out.constant(DType.U32, 0xBB67AE85L));
    }
    return x;
  }

  /** The low and high words of a product. */
  private Value[] product(Value x, long factor, Shape shape) {
    Value wide = out.add(new ElementwiseOp.Convert(x, DType.U64));
    return halves(out.pointwise(Fn.MUL, wide, out.full(DType.U64, shape, factor)));
  }

  // --- words ---

  private Value add(Value a, Value b) {
    return out.pointwise(Fn.ADD, a, b);
  }

  private Value xor(Value a, Value b) {
    return out.pointwise(Fn.XOR, a, b);
  }

  private Value plus(Value counter, long n) {
    return add(counter, out.constant(DType.U64, n));
  }

  /** The counter, plus the row-major position of each element. */
  private Value counted(Value counter, Shape shape) {
    Value line = out.add(new ElementwiseOp.Iota(TensorType.of(DType.U64, shape.size()), 0));
    return add(out.broadcast(counter, shape), reshaped(line, shape));
  }

  /** Low and high words. */
  private Value[] halves(Value x) {
    Value shift = out.full(DType.U64, x.shape(), 32);
    return new Value[] {
      out.add(new ElementwiseOp.Convert(x, DType.U32)),
      out.add(new ElementwiseOp.Convert(out.pointwise(Fn.SHIFT_RIGHT_LOGICAL, x, shift), DType.U32))
    };
  }

  private Value whole(Value low, Value high) {
    Value shift = out.full(DType.U64, low.shape(), 32);
    Value up = out.add(new ElementwiseOp.Convert(high, DType.U64));
    return out.pointwise(
        Fn.OR,
        out.add(new ElementwiseOp.Convert(low, DType.U64)),
        out.pointwise(Fn.SHIFT_LEFT, up, shift));
  }

  private Value entry(Value state, long i) {
    Longs one = Longs.of(1);
    Value cut = out.add(new ShapeOp.Slice(state, Longs.of(i), Longs.of(i + 1), one));
    return reshaped(cut, Shape.scalar());
  }

  private Value vector(Value scalar) {
    return reshaped(scalar, Shape.of(1));
  }

  private Value reshaped(Value x, Shape shape) {
    return x.shape().equals(shape) ? x : out.add(new ShapeOp.Reshape(x, shape));
  }

  /** The first elements along each dimension. */
  private Value first(Value x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    int rank = shape.rank();
    return out.add(new ShapeOp.Slice(x, Longs.fill(rank, 0), shape.sizes(), Longs.fill(rank, 1)));
  }

  private static Value[] concat(Value[] a, Value[] b) {
    Value[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }
}
