package dev.jacobi.io;

import dev.jacobi.Array;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.trace.ConcreteArray;
import dev.jacobi.trace.HostData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arrays from and to NumPy's files and nested Java data. */
public final class ArrayFiles {
  private ArrayFiles() {}

  /** Reads a {@code .npy} file; see {@link Npy#read(Path)}. */
  public static Array load(Path file) throws IOException {
    return toArray(Npy.read(file));
  }

  /** Reads a {@code .npy} file whose element type is known; needed for bfloat16. */
  public static Array load(Path file, DType dtype) throws IOException {
    return toArray(Npy.read(file, dtype));
  }

  /** Reads a {@code .npz} file; see {@link Npz#read(Path)}. */
  public static Map<String, Array> loadAll(Path file) throws IOException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    Npz.read(file).forEach((name, literal) -> arrays.put(name, toArray(literal)));
    return Collections.unmodifiableMap(arrays);
  }

  /** Writes a {@code .npy} file as {@code numpy.save} does. */
  public static void save(Path file, Array array) throws IOException {
    Npy.write(file, HostData.of(array));
  }

  /** Writes a {@code .npz} file as {@code numpy.savez} does. */
  public static void saveAll(Path file, Map<String, Array> arrays) throws IOException {
    Npz.write(file, literals(arrays));
  }

  /** Writes a {@code .npz} file as {@code numpy.savez_compressed} does. */
  public static void saveAllCompressed(Path file, Map<String, Array> arrays) throws IOException {
    Npz.writeCompressed(file, literals(arrays));
  }

  /** Copies nested Java arrays or lists; see {@link Nested#of(Object)}. */
  public static Array fromNested(Object data) {
    return toArray(Nested.of(data));
  }

  /** Copies an array into nested Java arrays; see {@link Nested#toJava}. */
  public static Object toNested(Array array) {
    return Nested.toJava(HostData.of(array));
  }

  private static Map<String, Literal> literals(Map<String, Array> arrays) {
    Map<String, Literal> literals = new LinkedHashMap<>();
    arrays.forEach((name, array) -> literals.put(name, HostData.of(array)));
    return literals;
  }

  private static Array toArray(Literal literal) {
    return new ConcreteArray(
        Aval.of(literal.dtype(), literal.shape()),
        Backends.current().fromHost(literal.type(), literal.data()));
  }
}
