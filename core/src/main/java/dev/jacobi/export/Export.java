package dev.jacobi.export;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.Fn3;
import dev.jacobi.Fn4;
import dev.jacobi.JitFn1;
import dev.jacobi.JitFn2;
import dev.jacobi.JitFn3;
import dev.jacobi.JitFn4;
import dev.jacobi.JitOp1;
import dev.jacobi.JitOp2;
import dev.jacobi.JitOp3;
import dev.jacobi.JitOp4;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.refine.SymbolicSizeException;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.UserCode;
import dev.jacobi.transform.JitFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Functions that travel between Python and Java: {@code jax.export}. {@link #read} gives what JAX
 * exported; {@link #export} lowers a jitted function of Java, which {@link Exported#serialize}
 * writes for both. Trees correspond by position and key:
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><th>Python</th><th>Java</th></tr>
 * <tr><td>array, key</td><td>{@code Array}, {@code Key}</td></tr>
 * <tr><td>None</td><td>an empty {@code Optional}</td></tr>
 * <tr><td>tuple, list</td><td>a list (written as a list), or a record by position</td></tr>
 * <tr><td>dict</td><td>a map by key, or a record by name (both written as a dict)</td></tr>
 * <tr><td>namedtuple</td><td>a record by name, or a map</td></tr>
 * <tr><td>another registered class</td><td>a list, or a record by position</td></tr>
 * </table>
 */
@SuppressWarnings("overloads") // a jitted function is of one kind
public final class Export {
  /**
   * A size in {@code spec(...)} that stands for the size of the batch, the symbol {@code b} of the
   * exported function: it can be called with any. Every size that the function computes must be a
   * number or the batch's.
   */
  public static final long BATCH = Shape.DYNAMIC;

  private Export() {}

  /**
   * Lowers a jitted function for arguments of given types: arrays, or {@code spec(...)}.
   *
   * @throws ExportException.NotExportable if it captures a traced value, takes what Python's trees
   *     cannot hold, or calls a custom target
   */
  public static Fn1<Array, Exported> export(JitOp1 f) {
    return a -> lowered(() -> f.lower(a));
  }

  /** See {@link #export(JitOp1)}. */
  public static Fn2<Array, Array, Exported> export(JitOp2 f) {
    return (a, b) -> lowered(() -> f.lower(a, b));
  }

  /** See {@link #export(JitOp1)}. */
  public static Fn3<Array, Array, Array, Exported> export(JitOp3 f) {
    return (a, b, c) -> lowered(() -> f.lower(a, b, c));
  }

  /** See {@link #export(JitOp1)}. */
  public static Fn4<Array, Array, Array, Array, Exported> export(JitOp4 f) {
    return (a, b, c, d) -> lowered(() -> f.lower(a, b, c, d));
  }

  /** See {@link #export(JitOp1)}. */
  public static <A, R> Fn1<A, Exported> export(JitFn1<A, R> f) {
    return a -> lowered(() -> f.lower(a));
  }

  /** See {@link #export(JitOp1)}. */
  public static <A, B, R> Fn2<A, B, Exported> export(JitFn2<A, B, R> f) {
    return (a, b) -> lowered(() -> f.lower(a, b));
  }

  /** See {@link #export(JitOp1)}. */
  public static <A, B, C, R> Fn3<A, B, C, Exported> export(JitFn3<A, B, C, R> f) {
    return (a, b, c) -> lowered(() -> f.lower(a, b, c));
  }

  /** See {@link #export(JitOp1)}. */
  public static <A, B, C, D, R> Fn4<A, B, C, D, Exported> export(JitFn4<A, B, C, D, R> f) {
    return (a, b, c, d) -> lowered(() -> f.lower(a, b, c, d));
  }

  private static Exported lowered(Supplier<JitFunction.Lowered> lower) {
    try {
      return export(lower.get(), ExportOptions.DEFAULT);
    } catch (SymbolicSizeException e) {
      throw new ExportException.NotExportable(e.getMessage());
    } catch (HloTypeException e) {
      throw new ExportException.NotExportable(
          "the function cannot be traced for these types at "
              + UserCode.line()
              + ": "
              + e.getMessage());
    }
  }

  /** Lowers a function that {@code f.lower(...)} has traced; see {@link #export(JitOp1)}. */
  public static Exported export(JitFunction.Lowered lowered, ExportOptions options) {
    return Exporting.export(lowered, options);
  }

  /**
   * Reads what {@code Exported.serialize} of JAX or of this library wrote. As in JAX the bytes must
   * come from who is trusted: the program in them is run.
   *
   * @throws ExportException.Damaged with the offset, if it is damaged or something else
   * @throws ExportException.Unsupported if a later version wrote it
   */
  public static Exported deserialize(byte[] bytes) {
    NullArgumentException.require(bytes, "deserialize", "the array of bytes");
    return ExportedReader.read(bytes);
  }

  /** Reads a file that holds what {@code Exported.serialize} wrote. */
  public static Exported read(Path file) throws IOException {
    return deserialize(Files.readAllBytes(file));
  }

  /**
   * Lets a record stand for a namedtuple that Python registered under a name: it is written as one,
   * and results that are one become the record where no other class is asked for.
   *
   * @throws ExportException.StructureMismatch if the record or the name is registered otherwise
   */
  public static void registerNamedtupleSerialization(
      Class<? extends Record> type, String serializedName) {
    NodeTypes.register(type, serializedName);
  }
}
