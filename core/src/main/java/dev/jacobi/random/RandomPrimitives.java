package dev.jacobi.random;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.lax.RandomAlgorithm;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.lax.Threefry;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.Jaxprs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The primitives over arrays of keys. Everything else is built on them. */
public final class RandomPrimitives {
  private RandomPrimitives() {}

  /** Each of them once; those with parameters with the parameters of an example. */
  public static List<Primitive> all() {
    Shape three = Shape.of(3);
    return List.of(
        new RandomSeed(),
        new RandomSplit(three),
        new RandomFoldIn(),
        new RandomBits(32, three),
        new RandomWrap(),
        new RandomUnwrap(),
        new RandomGamma(true),
        new RngBits.RngBitGenerator(three, DType.U32, RandomAlgorithm.RNG_DEFAULT));
  }

  /** What they share: no derivatives, batches in front, a body of ordinary operations. */
  sealed interface KeyPrimitive extends Primitive {
    /** The operation on the words behind the operands. */
    Array words(List<Array> operands);

    Aval shape(List<Aval> operands);

    @Override
    default List<Aval> abstractEval(List<Aval> operands) {
      return List.of(shape(operands));
    }

    @Override
    default Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      return Jvp.of(Bind.bind(this, primals).getFirst(), null);
    }

    @Override
    default List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    @Override
    default Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      List<Array> front = new ArrayList<>();
      for (int i = 0; i < operands.size(); i++) {
        front.add(Dims.batchAt(operands.get(i), dims.get(i), size, 0));
      }
      return Batched.of(Bind.bind(this, front).getFirst(), 0);
    }

    @Override
    default List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      List<Aval> avals = operands.stream().map(v -> Aval.of(v.dtype(), v.shape())).toList();
      Jaxpr body = Jaxprs.traceClosed(avals, ins -> List.of(words(ins)));
      return context.inline(body, operands);
    }
  }

  private static Aval keys(String name, Aval operand) {
    if (!operand.key()) {
      throw new LaxTypeException(name, "takes keys of random numbers, not " + operand);
    }
    return operand;
  }

  /** Keys from integer seeds. */
  record RandomSeed() implements KeyPrimitive {
    @Override
    public String name() {
      return "random_seed";
    }

    @Override
    public java.util.Map<String, Object> params() {
      return java.util.Map.of("impl", "fry");
    }

    @Override
    public Aval shape(List<Aval> operands) {
      if (!operands.getFirst().dtype().isInteger()) {
        throw new LaxTypeException(name(), "a seed is an integer, not " + operands.getFirst());
      }
      return Aval.key(operands.getFirst().shape());
    }

    @Override
    public Array words(List<Array> operands) {
      Array seed = Convert.convertElementType(operands.getFirst(), DType.I64);
      Array high = Bits.shiftRightLogical(seed, Scalars.ofLong(DType.I64, 32));
      return pair(
          Convert.convertElementType(high, DType.U32), Convert.convertElementType(seed, DType.U32));
    }
  }

  /** New keys: the dimensions of the operand, then {@code shape}. */
  record RandomSplit(Shape shape) implements KeyPrimitive {
    @Override
    public String name() {
      return "random_split";
    }

    @Override
    public Aval shape(List<Aval> operands) {
      return Aval.key(keys(name(), operands.getFirst()).shape().concat(shape));
    }

    @Override
    public Array words(List<Array> operands) {
      List<Array> blocks = blocks(operands.getFirst(), shape);
      return pair(blocks.get(0), blocks.get(1));
    }
  }

  /** New keys from keys and numbers of the same shape, or one number for all. */
  record RandomFoldIn() implements KeyPrimitive {
    @Override
    public String name() {
      return "random_fold_in";
    }

    @Override
    public Aval shape(List<Aval> operands) {
      Aval keys = keys(name(), operands.get(0));
      Aval data = operands.get(1);
      boolean fits = data.shape().isScalar() || data.shape().equals(keys.shape());
      if (data.dtype() != DType.U32 || !fits) {
        throw new LaxTypeException(name(), "needs one u32 number per key, not " + operands);
      }
      return keys;
    }

    /** A number that all lanes share stays one. */
    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      Array keys = Dims.batchAt(operands.getFirst(), dims.getFirst(), size, 0);
      Array data = operands.get(1);
      if (data.rank() > 0) {
        data = Dims.batchAt(data, dims.get(1), size, 0);
        data =
            data.rank() < keys.rank() // one number per lane
                ? Shapes.broadcastInDim(data, keys.shape(), Axes.of(0))
                : data;
      }
      return Batched.of(Bind.bind(this, keys, data), 0);
    }

    @Override
    public Array words(List<Array> operands) {
      Array keys = operands.getFirst();
      Array zero = Scalars.ofLong(DType.U32, 0);
      List<Array> words =
          Threefry.threefry2x32(word(keys, 0), word(keys, 1), zero, operands.get(1));
      return pair(words.get(0), words.get(1));
    }
  }

  /** Random bits: the dimensions of the keys, then {@code shape}. */
  record RandomBits(int bitWidth, Shape shape) implements KeyPrimitive {
    @Override
    public String name() {
      return "random_bits";
    }

    @Override
    public Aval shape(List<Aval> operands) {
      Shape all = keys(name(), operands.getFirst()).shape().concat(shape);
      return Aval.of(unsigned(bitWidth), all);
    }

    @Override
    public Array words(List<Array> operands) {
      List<Array> blocks = blocks(operands.getFirst(), shape);
      if (bitWidth == 64) {
        Array high = Convert.convertElementType(blocks.get(0), DType.U64);
        Array low = Convert.convertElementType(blocks.get(1), DType.U64);
        return Bits.or(Bits.shiftLeft(high, Scalars.ofLong(DType.U64, 32)), low);
      }
      Array word = Bits.xor(blocks.get(0), blocks.get(1));
      return Convert.convertElementType(word, unsigned(bitWidth));
    }
  }

  /** Keys from their words. */
  record RandomWrap() implements KeyPrimitive {
    @Override
    public String name() {
      return "random_wrap";
    }

    @Override
    public java.util.Map<String, Object> params() {
      return java.util.Map.of("impl", "fry");
    }

    @Override
    public Aval shape(List<Aval> operands) {
      Aval words = operands.getFirst();
      int last = words.rank() - 1;
      if (words.dtype() != DType.U32 || last < 0 || words.dim(last) != 2) {
        throw new LaxTypeException(name(), "needs u32 words of shape (..., 2), not " + words);
      }
      return Aval.key(words.shape().without(Axes.of(last)));
    }

    @Override
    public Array words(List<Array> operands) {
      return operands.getFirst();
    }
  }

  /** The words of keys. */
  record RandomUnwrap() implements KeyPrimitive {
    @Override
    public String name() {
      return "random_unwrap";
    }

    @Override
    public Aval shape(List<Aval> operands) {
      Aval keys = keys(name(), operands.getFirst());
      return Aval.of(DType.U32, keys.physical().shape());
    }

    @Override
    public Array words(List<Array> operands) {
      return operands.getFirst();
    }
  }

  /** The unsigned type of a width in bits. */
  static DType unsigned(int width) {
    return switch (width) {
      case 8 -> DType.U8;
      case 16 -> DType.U16;
      case 32 -> DType.U32;
      case 64 -> DType.U64;
      default -> throw new LaxTypeException("random_bits", "there are no bits of width " + width);
    };
  }

  /** Word 0 or 1 of keys given as words. */
  private static Array word(Array keys, int which) {
    int last = keys.rank() - 1;
    long[] start = new long[keys.rank()];
    long[] limit = keys.shape().toArray();
    start[last] = which;
    limit[last] = which + 1L;
    Array column = Slices.slice(keys, Longs.of(start), Longs.of(limit), Longs.fill(keys.rank(), 1));
    return Shapes.squeeze(column, Axes.of(last));
  }

  private static Array pair(Array first, Array second) {
    Axes last = Axes.of(first.rank());
    return Concatenation.concatenate(
        List.of(Shapes.expandDims(first, last), Shapes.expandDims(second, last)), first.rank());
  }

  /** The block function of every key at the counters 0, 1, ... over {@code shape}. */
  private static List<Array> blocks(Array keys, Shape shape) {
    Shape outer = keys.shape().without(Axes.of(keys.rank() - 1));
    Shape all = outer.concat(shape);
    Axes own = Axes.range(outer.rank());
    Axes inner = Axes.range(outer.rank(), all.rank());
    Array k0 = Shapes.broadcastInDim(word(keys, 0), all, own);
    Array k1 = Shapes.broadcastInDim(word(keys, 1), all, own);
    boolean wide = !shape.isStatic() || shape.size() > 0xFFFFFFFFL;
    Array count = counters(wide ? DType.U64 : DType.U32, shape);
    Array low = Convert.convertElementType(count, DType.U32);
    Array high =
        wide
            ? Convert.convertElementType(
                Bits.shiftRightLogical(count, Scalars.ofLong(DType.U64, 32)), DType.U32)
            : Scalars.ofLong(DType.U32, 0);
    Array c0 = wide ? Shapes.broadcastInDim(high, all, inner) : high;
    return Threefry.threefry2x32(k0, k1, c0, Shapes.broadcastInDim(low, all, inner));
  }

  /** 0, 1, ... in row-major order. */
  private static Array counters(DType dtype, Shape shape) {
    if (shape.isStatic()) {
      return Shapes.reshape(Shapes.iota(dtype, Shape.of(shape.size()), 0), shape);
    }
    Shape row = shape.without(Axes.of(0));
    Array within = Shapes.reshape(Shapes.iota(dtype, Shape.of(row.size()), 0), row);
    Array before = Arithmetic.mul(Shapes.iota(dtype, shape, 0), Scalars.ofLong(dtype, row.size()));
    Array all = Shapes.broadcastInDim(within, shape, Axes.range(1, shape.rank()));
    return Arithmetic.add(before, all);
  }

  public static Array seed(Array seed) {
    return Bind.bind(new RandomSeed(), seed);
  }

  public static Array split(Array keys, Shape shape) {
    return Bind.bind(new RandomSplit(shape), keys);
  }

  /** New keys from keys and numbers, which are taken modulo 2^32. */
  public static Array foldIn(Array keys, Array data) {
    return Bind.bind(new RandomFoldIn(), keys, Convert.convertElementType(data, DType.U32));
  }

  public static Array bits(Array keys, int bitWidth, Shape shape) {
    return Bind.bind(new RandomBits(bitWidth, shape), keys);
  }

  public static Array wrap(Array words) {
    return Bind.bind(new RandomWrap(), words);
  }

  public static Array unwrap(Array keys) {
    return Bind.bind(new RandomUnwrap(), keys);
  }
}
