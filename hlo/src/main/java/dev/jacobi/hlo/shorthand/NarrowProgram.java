package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.ArrayCopy;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Executable;
import java.util.List;
import java.util.Optional;

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
      given[i] = given[i].as(inputs.get(i).storage());
    }
    Buffer[] results = bytes.execute(given);
    for (int i = 0; i < results.length; i++) {
      results[i] = results[i].as(outputs.get(i));
    }
    return results;
  }

  @Override
  public Optional<List<ArrayCopy>> copies() {
    return bytes.copies();
  }

  @Override
  public void close() {
    bytes.close();
  }
}
