package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.memory.HostBuffer;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Executable;
import java.util.List;

/** A program on bytes that takes and gives arrays of narrow types. */
public final class NarrowProgram implements Executable {
  private final Executable bytes;
  private final List<TensorType> inputs;
  private final List<TensorType> outputs;

  private NarrowProgram(Executable bytes, HloModule module) {
    this.bytes = bytes;
    this.inputs = module.main().inputs();
    this.outputs = module.main().outputs();
  }

  /** What {@link Shorthand#expand} made of a module, with the types that the module states. */
  public static Executable of(Executable program, HloModule module) {
    List<TensorType> inputs = module.main().inputs();
    boolean narrow =
        inputs.stream().anyMatch(TensorType::isNarrow)
            || module.main().outputs().stream().anyMatch(TensorType::isNarrow);
    return narrow ? new NarrowProgram(program, module) : program;
  }

  @Override
  public List<TensorType> inputs() {
    return inputs;
  }

  @Override
  public List<TensorType> outputs() {
    return outputs;
  }

  @Override
  public Buffer[] execute(Buffer[] arguments) {
    Buffer[] given = arguments.clone();
    for (int i = 0; i < Math.min(given.length, inputs.size()); i++) {
      if (!given[i].type().equals(inputs.get(i))) {
        throw new IllegalArgumentException(
            "argument " + i + " is a " + inputs.get(i) + ", not a " + given[i].type());
      }
      given[i] = as(given[i], inputs.get(i).storage());
    }
    Buffer[] results = bytes.execute(given);
    for (int i = 0; i < results.length; i++) {
      results[i] = as(results[i], outputs.get(i));
    }
    return results;
  }

  /** The same memory under another type. */
  private static Buffer as(Buffer buffer, TensorType type) {
    if (buffer.type().equals(type)) {
      return buffer;
    }
    if (buffer instanceof HostBuffer host) {
      return new HostBuffer(type, host.device(), host.allocation());
    }
    throw new IllegalArgumentException("a " + buffer.type() + " is not in this machine's memory");
  }

  @Override
  public void close() {
    bytes.close();
  }
}
