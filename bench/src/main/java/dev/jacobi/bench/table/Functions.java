package dev.jacobi.bench.table;

import dev.jacobi.Array;
import dev.jacobi.Jacobi;
import dev.jacobi.JitFn1;
import dev.jacobi.hlo.DType;
import dev.jacobi.lax.Lax;
import dev.jacobi.nn.Nn;
import dev.jacobi.numpy.Fft;
import dev.jacobi.numpy.Jnp;
import dev.jacobi.numpy.Linalg;
import dev.jacobi.scipy.Special;
import dev.jacobi.scipy.stats.Cauchy;
import dev.jacobi.scipy.stats.Expon;
import dev.jacobi.scipy.stats.Gamma;
import dev.jacobi.scipy.stats.Laplace;
import dev.jacobi.scipy.stats.Logistic;
import dev.jacobi.scipy.stats.Norm;
import dev.jacobi.scipy.stats.Poisson;
import dev.jacobi.scipy.stats.T;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The rows of {@code table.tsv}: a public function of arrays, found by its name, and operands. */
record Functions(String row, String java, String operands, boolean hasJax, boolean hasNumpy) {
  private static final List<Class<?>> FACADES =
      List.of(
          Jnp.class,
          Lax.class,
          Nn.class,
          Fft.class,
          Linalg.class,
          Special.class,
          Cauchy.class,
          Expon.class,
          Gamma.class,
          Laplace.class,
          Logistic.class,
          Norm.class,
          Poisson.class,
          T.class);

  static List<Functions> read(Path table) throws IOException {
    return Files.readAllLines(table).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .map(f -> new Functions(f[0], f[1], f[2], !f[3].isEmpty(), !f[4].isEmpty()))
        .toList();
  }

  /** A call of the jitted function on operands of about so many elements. */
  Supplier<?> prepared(int size) {
    List<Array> arguments = Stream.of(operands.split(" ")).map(o -> operand(o, size)).toList();
    Method method = method(arguments.size());
    JitFn1<List<Array>, Object> f = Jacobi.jit((List<Array> xs) -> call(method, xs));
    return () -> f.apply(arguments);
  }

  /** The overload that takes arrays, and perhaps no axes. */
  private Method method(int arity) {
    String type = java.substring(0, java.indexOf('.'));
    String name = java.substring(java.indexOf('.') + 1);
    return FACADES.stream()
        .filter(c -> c.getSimpleName().equals(type))
        .flatMap(c -> Arrays.stream(c.getMethods()))
        .filter(m -> m.getName().equals(name) && takesArrays(m, arity))
        .min((a, b) -> Integer.compare(a.getParameterCount(), b.getParameterCount()))
        .orElseThrow(() -> new IllegalArgumentException("no function of arrays: " + java));
  }

  private static boolean takesArrays(Method m, int arity) {
    Class<?>[] types = m.getParameterTypes();
    boolean axes = types.length == arity + 1 && m.isVarArgs() && types[arity] == int[].class;
    return (types.length == arity || axes)
        && Arrays.stream(types).limit(arity).allMatch(t -> t == Array.class);
  }

  private static Object call(Method method, List<Array> arrays) {
    List<Object> arguments = new ArrayList<>(arrays);
    if (method.isVarArgs()) {
      arguments.add(new int[0]);
    }
    try {
      return method.invoke(null, arguments.toArray());
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As {@code table_peer.py} draws them. */
  private static Array operand(String kind, int size) {
    Random random = new Random(kind.hashCode());
    int side = (int) Math.sqrt(size);
    return switch (kind) {
      case "f" -> floats(size, random::nextGaussian);
      case "p" -> floats(size, () -> Math.abs(random.nextGaussian()) + 0.01);
      case "u" -> floats(size, () -> random.nextDouble(0.01, 0.99));
      case "a" -> floats(size, () -> Math.abs(random.nextGaussian()) + 1.01);
      case "s" -> Jnp.sort(floats(size, random::nextGaussian));
      case "i" -> ints(size, () -> random.nextInt(16));
      case "j" -> ints(size, () -> random.nextInt(size));
      case "b" -> ints(size, () -> random.nextInt(2)).astype(DType.BOOL);
      case "c" ->
          Lax.complex(floats(size, random::nextGaussian), floats(size, random::nextGaussian));
      case "m" -> floats(side * side, random::nextGaussian).reshape(side, side);
      case "h" -> floats(side, random::nextGaussian);
      default -> throw new IllegalArgumentException("no operand is named " + kind);
    };
  }

  private static Array floats(int size, Supplier<Double> draw) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = draw.get().floatValue();
    }
    return Jnp.array(values);
  }

  private static Array ints(int size, Supplier<Integer> draw) {
    int[] values = new int[size];
    Arrays.setAll(values, i -> draw.get());
    return Jnp.array(values);
  }
}
