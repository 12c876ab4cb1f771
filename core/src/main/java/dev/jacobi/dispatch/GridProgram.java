package dev.jacobi.dispatch;

import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.spi.GridExecutable;
import dev.jacobi.jaxpr.GridLayout;
import dev.jacobi.lowering.GridPlan;
import java.util.ArrayList;
import java.util.List;

/** A program of several devices as one of arrays that lie on them. */
public final class GridProgram implements Executable {
  private final GridPlan plan;
  private final GridExecutable program;
  private final List<TensorType> inputs;
  private final List<TensorType> outputs;
  private final boolean[] donated;

  /** Compiles a program for the devices of its plan. */
  public GridProgram(Backend engine, HloModule module, GridPlan plan, CompileOptions options) {
    this.plan = plan;
    this.program = engine.compile(module, options, plan.grid().devices());
    HloFunc main = module.main();
    this.inputs = whole(main.inputs(), plan.arguments());
    this.outputs = whole(main.outputs(), plan.results());
    this.donated = new boolean[inputs.size()];
    for (int i = 0; i < donated.length; i++) {
      donated[i] = main.donates(i);
    }
  }

  private static List<TensorType> whole(List<TensorType> parts, List<GridLayout> layouts) {
    List<TensorType> all = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      TensorType part = parts.get(i);
      all.add(new TensorType(part.element(), layouts.get(i).global(part.shape())));
    }
    return List.copyOf(all);
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
    int devices = plan.grid().devices().size();
    Buffer[][] parts = new Buffer[devices][arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      List<Buffer> divided = ShardedBuffer.of(arguments[i], plan.arguments().get(i)).parts();
      for (int d = 0; d < devices; d++) {
        parts[d][i] = divided.get(d);
      }
    }
    try {
      Buffer[][] results = program.execute(parts);
      Buffer[] whole = new Buffer[outputs.size()];
      for (int k = 0; k < whole.length; k++) {
        List<Buffer> each = new ArrayList<>();
        for (Buffer[] device : results) {
          each.add(device[k]);
        }
        whole[k] = new ShardedBuffer(outputs.get(k), plan.results().get(k), each);
      }
      return whole;
    } finally {
      for (int i = 0; i < donated.length; i++) {
        if (donated[i]) {
          arguments[i].close();
        }
      }
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
