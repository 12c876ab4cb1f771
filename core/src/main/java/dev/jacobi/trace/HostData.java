package dev.jacobi.trace;

import dev.jacobi.Array;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.dispatch.Eager;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.HostBuffer;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.print.ArrayText;
import dev.jacobi.print.Elements;
import dev.jacobi.print.Printing;
import java.lang.foreign.MemorySegment;

/** Reads arrays' values into Java. */
public final class HostData {
  private HostData() {}

  /** The value; an exception says why a tracer has none. */
  public static Literal of(Array array) {
    return switch (ArrayForm.of(array)) {
      case ConcreteArray c -> read(c);
      case ScalarArray s -> s.lit().literal();
      case AbstractArray a ->
          throw new ConcretizationException(
              "the value of an abstract array "
                  + a.aval()
                  + " is asked for at "
                  + UserCode.line()
                  + "; evalShape computes shapes and element types only");
      case Tracer t -> throw traced(t);
    };
  }

  private static Literal read(ConcreteArray c) {
    return Literal.wrap(c.aval().physical(), EvalTrace.buffer(c).toHost());
  }

  private static ConcretizationException traced(Tracer t) {
    t.trace().checkUse(t);
    String where = " of " + t + " is asked for at " + UserCode.line();
    return t.underlying() == t
        ? new ConcretizationException(
            "the value"
                + where
                + ", but "
                + t.trace().transform()
                + " traces the function without values, once for all inputs of a type. Use where(),"
                + " select or control-flow functions instead of Java's if and loops on values, or"
                + " compute the value outside of the transformed function.")
        : new ConcretizationException(
            "the value"
                + where
                + ", but it is being differentiated, and a Java number would lose"
                + " its derivative. Use stopGradient(x).item() if the derivative does not matter.");
  }

  /** An array over memory of the caller's. */
  public static Array wrapUnsafe(MemorySegment segment, DType dtype, Shape shape) {
    TensorType type = new TensorType(dtype, shape);
    if (!segment.isNative() || segment.byteSize() != type.byteSize()) {
      throw new HostDataException(
          "wrapUnsafe at "
              + UserCode.line()
              + " needs native memory of the "
              + type.byteSize()
              + " bytes of "
              + type
              + ", but got "
              + segment);
    }
    var device = Backends.current().devices().getFirst();
    return new ConcreteArray(
        Aval.of(dtype, shape), new HostBuffer(type, device, Allocation.ofForeign(segment)));
  }

  /** The device that holds the array; for a Java number, the one that will. */
  public static Device device(Array array) {
    return switch (ArrayForm.of(array)) {
      case ConcreteArray c -> c.buffer().device();
      case ScalarArray _ -> Backends.current().devices().getFirst();
      case AbstractArray a -> throw nowhere(a.aval().toString());
      case Tracer t when t.underlying() != t -> device(t.underlying());
      case Tracer t -> throw nowhere(t.toString());
    };
  }

  private static ConcretizationException nowhere(String array) {
    return new ConcretizationException(
        array + ", whose device is asked for at " + UserCode.line() + ", has no value yet");
  }

  /** A copy of an array on a device, where computations with it will run. */
  public static Array put(Array array, Device device) {
    return switch (ArrayForm.of(array)) {
      case ConcreteArray c ->
          new ConcreteArray(c.aval(), Backends.put(EvalTrace.buffer(c), device));
      case ScalarArray s ->
          new ConcreteArray(s.aval(), Backends.put(Eager.copyOf(s.lit()), device));
      case AbstractArray a -> throw nowhere(a.aval().toString());
      case Tracer t -> throw nowhere(t.toString());
    };
  }

  /** Gives an array's memory back; what has no memory of its own stays as it is. */
  public static void close(Array array) {
    if (array instanceof ConcreteArray c) {
      c.buffer().close();
    }
  }

  /** The value of an array with one element. */
  public static Literal item(Array array) {
    if (array.size() != 1) {
      throw new ConcretizationException(
          "item() at "
              + UserCode.line()
              + " needs exactly one element, but the array has shape "
              + array.shape());
    }
    return of(array);
  }

  /** The value of an array with one real element. */
  public static Literal realItem(Array array) {
    Literal item = item(array);
    return array.dtype().isComplex() ? real(array) : item;
  }

  private static Literal real(Array array) {
    if (array.dtype().isComplex()) {
      throw new HostDataException(
          "a Java number at "
              + UserCode.line()
              + " cannot hold the complex values of "
              + array.aval()
              + "; use itemComplex(), or real(x) and imag(x)");
    }
    return of(array);
  }

  public static double[] doubles(Array array) {
    Literal l = real(array);
    double[] values = new double[count(l.type())];
    for (int i = 0; i < values.length; i++) {
      values[i] = l.getDouble(i);
    }
    return values;
  }

  public static float[] floats(Array array) {
    Literal l = real(array);
    float[] values = new float[count(l.type())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) l.getDouble(i);
    }
    return values;
  }

  public static long[] longs(Array array) {
    Literal l = real(array);
    long[] values = new long[count(l.type())];
    for (int i = 0; i < values.length; i++) {
      values[i] = l.getLong(i);
    }
    return values;
  }

  public static int[] ints(Array array) {
    Literal l = real(array);
    int[] values = new int[count(l.type())];
    for (int i = 0; i < values.length; i++) {
      long value = l.getLong(i);
      if (value != (int) value) {
        throw new HostDataException(
            "toIntArray at "
                + UserCode.line()
                + ": element "
                + value
                + " of "
                + array.aval()
                + " does not fit an int; use toLongArray");
      }
      values[i] = (int) value;
    }
    return values;
  }

  public static boolean[] booleans(Array array) {
    Literal l = of(array);
    boolean[] values = new boolean[count(l.type())];
    for (int i = 0; i < values.length; i++) {
      values[i] = l.getDouble(i) != 0;
    }
    return values;
  }

  private static int count(TensorType type) {
    long n = type.shape().size();
    if (n > Integer.MAX_VALUE - 8) {
      throw new HostDataException(
          type + " at " + UserCode.line() + " has more elements than a Java array; use toSegment");
    }
    return (int) n;
  }

  /** The values as text, or the type of an array without values. */
  public static String print(Array array) {
    return switch (ArrayForm.of(array)) {
      // text is for logs and debuggers too, which must not fail
      case ConcreteArray c when EvalTrace.isDeleted(c) -> "DeletedArray(" + c.aval() + ")";
      case ConcreteArray c -> ArrayText.of(Elements.of(read(c)), Printing.current());
      case ScalarArray s -> ArrayText.of(s.lit().literal());
      case AbstractArray a -> "AbstractArray(" + a.aval() + ")";
      case Tracer t -> t.toString();
    };
  }
}
