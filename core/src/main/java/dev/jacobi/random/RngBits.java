package dev.jacobi.random;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lax.Dims;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.NotLinearException;
import dev.jacobi.lax.RandomAlgorithm;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.trace.Bind;
import dev.jacobi.transform.InDim;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bits straight from a generator of StableHLO's, outside of the world of keys. */
public final class RngBits {
  private RngBits() {}

  /** From a state (four words of 32 bits or two of 64) to the next state and bits. */
  record RngBitGenerator(Shape shape, DType dtype, RandomAlgorithm algorithm) implements Primitive {
    @Override
    public String name() {
      return "rng_bit_generator";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Aval key = operands.getFirst();
      boolean narrow = key.dtype() == DType.U32 && key.shape().equals(Shape.of(4));
      boolean wide = key.dtype() == DType.U64 && key.shape().equals(Shape.of(2));
      if (key.key() || !narrow && !wide) {
        throw new LaxTypeException(name(), "a state is u32[4] or u64[2], not " + key);
      }
      if (!dtype.isUnsigned()) {
        throw new LaxTypeException(name(), "bits are unsigned integers, not " + dtype.shortName());
      }
      return List.of(key, Aval.of(dtype, shape));
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      return new Jvp(Bind.bind(this, primals), Arrays.asList(null, null));
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    /** All bits come from the first state, which alone moves on: JAX's rule, unlike a loop. */
    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      Array states = Dims.move(operands.getFirst(), dims.getFirst(), 0);
      if (size == 0) {
        Aval none = Aval.of(dtype, shape.insert(0, 0));
        return new Batched(List.of(states, dev.jacobi.lax.Zeros.of(none)), List.of(0, 0));
      }
      long words = states.shape().dim(1);
      Longs one = Longs.of(1, 1);
      Array first = Slices.slice(states, Longs.of(0, 0), Longs.of(1, words), one);
      RngBitGenerator all = new RngBitGenerator(shape.insert(0, size), dtype, algorithm);
      List<Array> next = Bind.bind(all, List.of(Shapes.squeeze(first, Axes.of(0))));
      Array moved = InDim.dynamicUpdateIndex(states, next.get(0), Jnp.weak(0), 0);
      return new Batched(List.of(moved, next.get(1)), List.of(0, 0));
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Value key = operands.getFirst();
      boolean narrow = key.dtype() == DType.U32;
      TensorType wide = TensorType.of(DType.U64, 2);
      Value state =
          narrow
              ? b.add(
                  new ElementwiseOp.BitcastConvert(
                      b.add(new ShapeOp.Reshape(key, Shape.of(2, 2))), wide))
              : key;
      TensorType bits = new TensorType(dtype, shape);
      List<Value> out = b.addAll(new RandomOp.RngBitGenerator(hlo(algorithm), state, bits));
      if (!narrow) {
        return out;
      }
      TensorType pairs = TensorType.of(DType.U32, 2, 2);
      Value next = b.add(new ElementwiseOp.BitcastConvert(out.get(0), pairs));
      return List.of(b.add(new ShapeOp.Reshape(next, Shape.of(4))), out.get(1));
    }
  }

  private static RandomOp.RngAlgorithm hlo(RandomAlgorithm algorithm) {
    return switch (algorithm) {
      case RNG_DEFAULT -> RandomOp.RngAlgorithm.DEFAULT;
      case RNG_THREE_FRY -> RandomOp.RngAlgorithm.THREE_FRY;
      case RNG_PHILOX -> RandomOp.RngAlgorithm.PHILOX;
    };
  }

  /** The next state and bits in a shape. */
  public static List<Array> generate(
      Array state, Shape shape, DType dtype, RandomAlgorithm algorithm) {
    return Bind.bind(new RngBitGenerator(shape, dtype, algorithm), List.of(state));
  }
}
