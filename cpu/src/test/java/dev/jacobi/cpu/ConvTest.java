package dev.jacobi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.ConvOp.ConvDims;
import dev.jacobi.hlo.ConvOp.Window;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.verify.Verifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions of every kind: the engine against the interpreter, and against itself. */
class ConvTest {
  private static final DType[] TYPES = {
    DType.F32,
    DType.F32,
    DType.F32,
    DType.F64,
    DType.F16,
    DType.BF16,
    DType.I32,
    DType.I64,
    DType.U8,
    DType.I16,
    DType.BOOL,
    DType.C64,
    DType.C128
  };

  static LongStream few() {
    return LongStream.range(0, 60);
  }

  static LongStream many() {
    return LongStream.range(1000, 3000);
  }

  @ParameterizedTest
  @MethodSource("few")
  void fewRandomOnesAgree(long seed) {
    agree(random(seed), seed);
  }

  @ParameterizedTest
  @MethodSource("many")
  @Tag("long")
  void manyRandomOnesAgree(long seed) {
    agree(random(seed), seed);
  }

  /** Each form of code, at sizes that leave no tile whole and engage every thread. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // matrices: NHWC, joined rows and kernel columns
        "3x19x21x5 3x3x5x37 [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f] pad=[[1, 1], [1, 1]]",
        // places as columns: NCHW with few features
        "2x3x20x70 2x3x5x5 [b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1] pad=[[2, 2], [2, 2]]",
        // turned round: NCHW with many features
        "2x16x9x11 24x16x3x3 [b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1] stride=[2, 1]",
        // gradient by weights
        "4x16x18x9 4x14x16x33 [f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f] pad=[[0, 0], [4, 5]]",
        // gradient by weights of one input feature
        "4x16x18x1 4x14x16x33 [f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f]",
        // depthwise, with a remainder of lanes
        "2x15x17x37 3x3x1x37 [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f] features=37",
        // depthwise, dilated, turned round
        "2x21x15x17 21x1x3x3 [b, f, 0, 1]x[o, i, 0, 1]->[b, f, 0, 1] features=21 rhs=[2, 3]",
        // depthwise with three outputs each
        "2x15x17x7 3x3x1x21 [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f] features=7",
        // gradient by weights of a depthwise one
        "4x12x13x20 4x10x11x20 [f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f] batches=20",
        // groups
        "2x9x10x24 3x3x6x36 [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f] features=4",
        // transposed
        "2x9x10x12 3x4x12x20 [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f] lhs=[2, 3] pad=[[1, 2], [3,"
            + " 1]]",
        // transposed with a stride and a dilated kernel that runs backwards
        "9x2x7 5x7x11 [0, b, f]x[0, i, o]->[f, 0, b] lhs=[6] stride=[4] rhs=[3] pad=[[7, 9]]"
            + " reverse=[true]",
        // too many phases
        "1x2x3x2 4x3x2x9 [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f] lhs=[13, 11] pad=[[4, 4], [5, 2]]",
        // signals
        "1x1x300 1x1x31 [b, f, 0]x[o, i, 0]->[b, f, 0] pad=[[30, 30]]",
        "1x300x1 31x1x1 [b, 0, f]x[0, i, o]->[b, 0, f] stride=[3]",
        // volumes
        "2x5x6x7x3 2x3x2x3x10 [b, 0, 1, 2, f]x[0, 1, 2, i, o]->[b, 0, 1, 2, f] stride=[2, 1, 3]",
        // one place
        "8x24 24x36 [b, f]x[i, o]->[b, f]",
      })
  void formsAgree(String text) {
    agree(parsed(text), 7);
  }

  private static void agree(HloModule module, long seed) {
    Verifier.verify(module);
    List<Literal> arguments = Engines.arguments(module, seed);
    Literal jit = Engines.run(Engines.CPU, module, arguments, 1).getFirst();
    Literal expected = Engines.run(Engines.interpreter(), module, arguments, 1).getFirst();
    String text = "seed " + seed + "\n" + HloPrinter.print(module);
    assertThat(Engines.difference(jit, expected))
        .as(text)
        .isLessThanOrEqualTo(tolerance(jit.dtype()));
    assertThat(Engines.run(Engines.CPU, module, arguments, 0).getFirst()).as(text).isEqualTo(jit);
  }

  private static double tolerance(DType t) {
    return switch (t) {
      case F16 -> 2e-3;
      case BF16 -> 2e-2;
      case F32, C64 -> 2e-5;
      case F64, C128 -> 1e-13;
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64 -> 0;
    };
  }

  private static HloModule parsed(String text) {
    String[] parts = text.split(" ", 3);
    int end = parts[2].lastIndexOf("->");
    int close = parts[2].indexOf(']', end) + 1;
    String dims = parts[2].substring(0, close);
    String rest = parts[2].substring(close);
    String result = "RESULT";
    String program =
        """
        func.func public @main(%%a: tensor<%sxf32>, %%k: tensor<%sxf32>) -> RESULT {
          %%0 = stablehlo.convolution(%%a, %%k) dim_numbers = %s, window = {%s}
              {batch_group_count = %s : i64, feature_group_count = %s : i64}
              : (tensor<%sxf32>, tensor<%sxf32>) -> RESULT
          return %%0 : RESULT
        }
        """
            .formatted(
                parts[0],
                parts[1],
                dims,
                window(rest),
                count(rest, "batches"),
                count(rest, "features"),
                parts[0],
                parts[1]);
    try {
      return HloParser.parse(program.replace(result, "tensor<f32>"));
    } catch (dev.jacobi.hlo.text.HloSyntaxException e) {
      // The message states the type that the operation gives.
      String message = e.getMessage();
      String type = message.replaceFirst("(?s).*but gives \\[(.*?>)\\].*", "$1");
      return HloParser.parse(program.replace(result, type));
    }
  }

  private static String window(String rest) {
    List<String> fields = new ArrayList<>();
    String[][] names = {
      {"stride", "stride"},
      {"pad", "pad"},
      {"lhs", "lhs_dilate"},
      {"rhs", "rhs_dilate"},
      {"reverse", "reverse"}
    };
    for (String[] name : names) {
      int at = rest.indexOf(" " + name[0] + "=");
      if (at >= 0) {
        String value = rest.substring(at + name[0].length() + 2);
        int to = name[0].equals("pad") ? value.indexOf("]]") + 2 : value.indexOf(']') + 1;
        fields.add(name[1] + " = " + value.substring(0, to));
      }
    }
    return String.join(", ", fields);
  }

  private static String count(String rest, String name) {
    return rest.contains(name) ? rest.replaceFirst(".*" + name + "=(\\d+).*", "$1") : "1";
  }

  // --- random ones ---

  private static HloModule random(long seed) {
    Random random = new Random(seed);
    while (true) {
      int rank = random.nextInt(4);
      long featureGroups = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
      long batchGroups = featureGroups == 1 && random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
      long features = random.nextBoolean() ? 1 : 1 + random.nextInt(6);
      ConvDims dims = dims(random, rank);
      Window window = window(random, rank);
      long[] lhs = new long[rank + 2];
      long[] rhs = new long[rank + 2];
      lhs[dims.inputBatch()] = batchGroups * (1 + random.nextInt(3));
      lhs[dims.inputFeature()] = featureGroups * features;
      rhs[dims.kernelInputFeature()] = features;
      rhs[dims.kernelOutputFeature()] =
          featureGroups * batchGroups * (random.nextBoolean() ? 1 : 1 + random.nextInt(20));
      for (int d = 0; d < rank; d++) {
        lhs[dims.inputSpatial().get(d)] = random.nextInt(rank == 1 ? 60 : 13);
        rhs[dims.kernelSpatial().get(d)] = Math.max(1, random.nextInt(5));
      }
      DType from = TYPES[random.nextInt(TYPES.length)];
      DType to = from.isFloat() && random.nextInt(4) == 0 ? DType.F64 : from;
      HloBuilder b = new HloBuilder();
      Value x = b.param(new TensorType(from, dev.jacobi.hlo.Shape.of(lhs)));
      Value k = b.param(new TensorType(from, dev.jacobi.hlo.Shape.of(rhs)));
      Precision p = Precision.DEFAULT;
      var conv = new ConvOp.Convolution(x, k, dims, window, featureGroups, batchGroups, p, p, to);
      if (Infer.resultTypes(conv).getFirst().shape().size() > 0 || random.nextInt(10) == 0) {
        return Engines.module(b.build(b.add(conv)));
      }
    }
  }

  private static ConvDims dims(Random random, int rank) {
    int[] in = permutation(random, rank + 2);
    int[] kernel = permutation(random, rank + 2);
    int[] out = random.nextBoolean() ? in : permutation(random, rank + 2);
    return new ConvDims(
        in[0],
        in[1],
        spatial(in),
        kernel[0],
        kernel[1],
        spatial(kernel),
        out[0],
        out[1],
        spatial(out));
  }

  private static Axes spatial(int[] dims) {
    return Axes.of(IntStream.range(2, dims.length).map(i -> dims[i]).toArray());
  }

  private static int[] permutation(Random random, int n) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(all, random);
    return all.stream().mapToInt(i -> i).toArray();
  }

  private static Window window(Random random, int rank) {
    return new Window(
        longs(random, rank, 1, 3),
        longs(random, rank, -2, 4),
        longs(random, rank, -2, 4),
        random.nextInt(3) == 0 ? longs(random, rank, 1, 4) : Longs.fill(rank, 1),
        random.nextInt(3) == 0 ? longs(random, rank, 1, 3) : Longs.fill(rank, 1),
        IntStream.range(0, rank).mapToObj(i -> random.nextInt(4) == 0).toList());
  }

  private static Longs longs(Random random, int n, int from, int to) {
    return Longs.of(IntStream.range(0, n).mapToLong(i -> random.nextInt(from, to + 1)).toArray());
  }
}
