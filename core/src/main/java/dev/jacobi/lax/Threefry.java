package dev.jacobi.lax;

import dev.jacobi.Array;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.Value;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.trace.Bind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Threefry-2x32 block function with 20 rounds (Salmon et al., "Parallel random numbers: as easy
 * as 1, 2, 3", 2011): two key words and two counter words give two random words.
 */
public final class Threefry {
  private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};
  private static final long PARITY = 0x1BD11BDAL;

  private Threefry() {}

  /** Operands: u32 key words and counter words of one shape (or scalars of the program text). */
  record Threefry2x32() implements Primitive {
    @Override
    public String name() {
      return "threefry2x32";
    }

    @Override
    public List<Aval> abstractEval(List<Aval> operands) {
      Shape shape = Shape.scalar();
      for (Aval operand : operands) {
        boolean fits = operand.rank() == 0 || shape.isScalar() || operand.shape().equals(shape);
        if (operand.dtype() != DType.U32 || !fits) {
          throw new LaxTypeException(name(), "needs u32 words of one shape, not " + operands);
        }
        shape = operand.rank() == 0 ? shape : operand.shape();
      }
      Aval word = Aval.of(DType.U32, shape);
      return List.of(word, word);
    }

    @Override
    public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
      throw new NotLinearException(this);
    }

    @Override
    public List<@Nullable Array> transpose(
        List<@Nullable Array> cotangents, List<Operand> operands) {
      throw new NotLinearException(this);
    }

    @Override
    public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
      Shape lane = Shape.scalar();
      for (int i = 0; i < dims.size(); i++) {
        Shape shape = operands.get(i).shape();
        Integer dim = dims.get(i);
        Shape own = dim == null ? shape : shape.without(dev.jacobi.hlo.Axes.of(dim));
        lane = own.isScalar() ? lane : own;
      }
      Shape full = lane.insert(0, size);
      List<Array> front = new ArrayList<>();
      for (int i = 0; i < dims.size(); i++) {
        Array word = Dims.batchAt(operands.get(i), dims.get(i), size, 0);
        front.add(
            word.rank() == 1 ? Shapes.broadcastInDim(word, full, dev.jacobi.hlo.Axes.of(0)) : word);
      }
      return new Batched(Bind.bind(this, front), Arrays.asList(0, 0));
    }

    @Override
    public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
      HloBuilder b = context.builder();
      Shape shape = outs.getFirst().shape();
      List<Value> words =
          operands.stream().map(v -> v.shape().equals(shape) ? v : b.broadcast(v, shape)).toList();
      return rounds(b, words.get(0), words.get(1), words.get(2), words.get(3));
    }
  }

  private static List<Value> rounds(HloBuilder b, Value k0, Value k1, Value c0, Value c1) {
    Value parity = word(b, k0.shape(), PARITY);
    Value k2 = b.pointwise(Fn.XOR, b.pointwise(Fn.XOR, k0, k1), parity);
    Value[] keys = {k0, k1, k2};
    Value x0 = b.pointwise(Fn.ADD, c0, k0);
    Value x1 = b.pointwise(Fn.ADD, c1, k1);
    for (int group = 0; group < 5; group++) {
      for (int rotation : ROTATIONS[group % 2]) {
        x0 = b.pointwise(Fn.ADD, x0, x1);
        x1 = b.pointwise(Fn.XOR, x0, rotateLeft(b, x1, rotation));
      }
      x0 = b.pointwise(Fn.ADD, x0, keys[(group + 1) % 3]);
      Value injected = b.pointwise(Fn.ADD, keys[(group + 2) % 3], word(b, x1.shape(), group + 1));
      x1 = b.pointwise(Fn.ADD, x1, injected);
    }
    return List.of(x0, x1);
  }

  private static Value rotateLeft(HloBuilder b, Value x, int bits) {
    return b.pointwise(
        Fn.OR,
        b.pointwise(Fn.SHIFT_LEFT, x, word(b, x.shape(), bits)),
        b.pointwise(Fn.SHIFT_RIGHT_LOGICAL, x, word(b, x.shape(), 32 - bits)));
  }

  private static Value word(HloBuilder b, Shape shape, long value) {
    return b.broadcast(b.constant(dev.jacobi.hlo.Literal.scalar(DType.U32, value)), shape);
  }

  /** Two random words for each element. */
  public static List<Array> threefry2x32(Array k0, Array k1, Array c0, Array c1) {
    return Bind.bind(new Threefry2x32(), List.of(k0, k1, c0, c1));
  }
}
