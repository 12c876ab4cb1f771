package dev.jacobi.random;

import dev.jacobi.Array;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.lax.Scalars;
import dev.jacobi.numpy.Promotion;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.transform.Flat;
import dev.jacobi.transform.NamedJit;
import java.util.ArrayList;
import java.util.List;

/** What the distributions share: checks of keys, shapes and types, and programs of their own. */
final class Sampling {
  private Sampling() {}

  static Array scalarKey(String function, Key key) {
    NullArgumentException.require(key, function, "the key");
    if (key.shape().rank() != 0) {
      throw new LaxTypeException(
          function,
          "needs one key, but got an array of keys of shape "
              + key.shape()
              + ". Take one with get(i), or use vmap for one sample per key");
    }
    return key.array();
  }

  static void floating(String function, DType dtype) {
    if (!dtype.isFloat()) {
      throw new LaxTypeException(
          function, "gives floating-point numbers, not " + dtype.shortName());
    }
  }

  /** f64 if a parameter is an array of that type, else f32. */
  static DType floatFor(Array... parameters) {
    for (Array p : parameters) {
      if (p.dtype() == DType.F64 && !p.aval().weak()) {
        return DType.F64;
      }
    }
    return DType.F32;
  }

  /** Throws unless the parameters can be converted to an element type without loss of range. */
  static void convertible(String function, DType dtype, Array... parameters) {
    for (Array p : parameters) {
      Aval with = Aval.of(dtype, Shape.scalar());
      if (Promotion.join(List.of(p.aval(), with)).dtype() != dtype) {
        throw new LaxTypeException(
            function,
            "a parameter of type "
                + p.dtype().shortName()
                + " does not fit numbers of type "
                + dtype.shortName()
                + "; astype converts it");
      }
    }
  }

  /** The shape to which all parameters broadcast. */
  static Shape common(String function, Array... parameters) {
    return Promotion.commonShape(function, parameters);
  }

  /** Throws unless the parameters broadcast to {@code shape}. */
  static void broadcastable(String function, Shape shape, Array... parameters) {
    for (Array p : parameters) {
      fits(function, shape, p.shape());
    }
  }

  /** Throws unless {@code from} broadcasts to {@code shape}. */
  static void fits(String function, Shape shape, Shape from) {
    int offset = shape.rank() - from.rank();
    boolean fits = offset >= 0;
    for (int d = 0; fits && d < from.rank(); d++) {
      fits = from.dim(d) == 1 || from.dim(d) == shape.dim(offset + d);
    }
    if (!fits) {
      throw new LaxTypeException(
          function, "parameters of shape " + from + " do not broadcast to the shape " + shape);
    }
  }

  /** Calls a sampler of scalars or arrays, converted to {@code dtype}, as its own program. */
  static Array draw(
      String name, Key key, Shape shape, DType dtype, Body body, Array... parameters) {
    List<Array> operands = new ArrayList<>();
    operands.add(key.array());
    for (Array p : parameters) {
      operands.add(Promotion.convert(p, dtype, false));
    }
    Flat flat =
        in -> {
          Array[] rest = new Array[in.size() - 1];
          for (int i = 0; i < rest.length; i++) {
            rest[i] = Promotion.broadcastTo(in.get(i + 1), shape);
          }
          return List.of(body.sample(Key.of(in.getFirst()), rest));
        };
    return NamedJit.call(name, List.of(shape, dtype), flat, operands).getFirst();
  }

  /** From a key and parameters, repeated to the shape of the result, to numbers. */
  @FunctionalInterface
  interface Body {
    Array sample(Key key, Array... parameters);
  }

  /** A parameter as floating point: a Java number in the width of {@code dtype}. */
  static Array inexact(Array p, DType dtype) {
    boolean wide = p.aval().weak() ? is64(dtype) : is64(p.dtype());
    if (p.dtype().isFloat() && !p.aval().weak()) {
      return p;
    }
    if (p.dtype().isComplex()) {
      throw new LaxTypeException("random", "takes real parameters, not " + p.aval());
    }
    DType to = wide ? DType.F64 : DType.F32;
    return p.aval().weak() ? Promotion.convert(p, to, false) : Convert.convertElementType(p, to);
  }

  static boolean is64(DType t) {
    return t.real().bits() == 64;
  }

  /** The number 1 plus which is the next after 1. */
  static double eps(DType dtype) {
    return Math.scalb(1.0, -Random.mantissaBits(dtype));
  }

  /** The least positive normal number. */
  static Array tiny(DType dtype) {
    int exponent =
        switch (dtype) {
          case F16 -> -14;
          case BF16, F32 -> Float.MIN_EXPONENT;
          case F64 -> Double.MIN_EXPONENT;
          default -> throw new LaxTypeException("uniform", "is not for " + dtype.shortName());
        };
    return Scalars.of(dtype, Math.scalb(1.0, exponent));
  }
}
