package dev.jacobi.hlo.shorthand;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.grid.GridArguments;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.GridExecutable;
import java.util.List;

/** A program on several devices and on bytes that takes and gives arrays of narrow types. */
public final class NarrowGrid implements GridExecutable {
  private final GridExecutable bytes;
  private final List<TensorType> inputs;
  private final List<TensorType> outputs;

  private NarrowGrid(GridExecutable bytes, HloModule module) {
    this.bytes = bytes;
    this.inputs = module.main().inputs();
    this.outputs = module.main().outputs();
  }

  /** What {@link Shorthand#expand} made of a module, with the types that the module states. */
  public static GridExecutable of(GridExecutable program, HloModule module) {
    NarrowGrid stated = new NarrowGrid(program, module);
    boolean same =
        stated.inputs.equals(program.inputs()) && stated.outputs.equals(program.outputs());
    return same ? program : stated;
  }

  @Override
  public List<Device> devices() {
    return bytes.devices();
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
  public Buffer[][] execute(Buffer[][] arguments) {
    GridArguments.check(arguments, inputs, devices());
    Buffer[][] given = new Buffer[arguments.length][inputs.size()];
    for (int d = 0; d < given.length; d++) {
      for (int i = 0; i < given[d].length; i++) {
        given[d][i] = arguments[d][i].as(inputs.get(i).storage());
      }
    }
    Buffer[][] results = bytes.execute(given);
    for (Buffer[] row : results) {
      for (int k = 0; k < row.length; k++) {
        row[k] = row[k].as(outputs.get(k));
      }
    }
    return results;
  }

  @Override
  public void close() {
    bytes.close();
  }
}
