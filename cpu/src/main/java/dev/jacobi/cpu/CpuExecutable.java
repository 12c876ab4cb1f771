package dev.jacobi.cpu;

import dev.jacobi.cpu.emit.ProgramEmitter;
import dev.jacobi.cpu.gemm.GemmLibrary;
import dev.jacobi.cpu.lapack.LapackEmitter;
import dev.jacobi.cpu.llvm.Lazy;
import dev.jacobi.cpu.run.ElfLoader;
import dev.jacobi.cpu.run.LaneCheckException;
import dev.jacobi.cpu.run.NativeRuntime;
import dev.jacobi.cpu.run.Program;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.HostBuffer;
import dev.jacobi.hlo.memory.Pool;
import dev.jacobi.hlo.spi.ArrayCopy;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.Executable;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A compiled program. Large constants are further arguments of its entry. */
final class CpuExecutable implements Executable {
  private final List<TensorType> inputs;
  private final List<TensorType> outputs;
  private final TensorType[] types; // of the outputs
  private final Allocation[] constants;
  private final boolean[] donated;
  private final boolean donates;
  private final int[] donatedFor;
  private final int threads;
  private final Program program;
  private final Lazy<Executable> stepwise;
  private final List<ArrayCopy> copies;

  private CpuExecutable(
      HloFunc main,
      ProgramEmitter.Program compiled,
      Program program,
      int threads,
      Lazy<Executable> stepwise) {
    this.stepwise = stepwise;
    this.inputs = main.inputs();
    this.outputs = main.outputs();
    this.types = outputs.toArray(TensorType[]::new);
    this.constants = constants(compiled);
    this.donated = new boolean[inputs.size()];
    boolean any = false;
    for (int i = 0; i < donated.length; i++) {
      donated[i] = main.donates(i);
      any |= donated[i];
    }
    this.donates = any;
    this.donatedFor = compiled.donatedFor().stream().mapToInt(k -> k).toArray();
    this.copies = compiled.copies();
    this.program = program;
    this.threads = threads;
  }

  /**
   * Loads a program.
   *
   * @param stepwise makes the same program with loops that run step by step if they check something
   */
  static CpuExecutable of(
      HloFunc main, Pipeline.Result result, CompileOptions options, Supplier<Executable> stepwise) {
    return new CpuExecutable(
        main, result.program(), load(main, result), options.threads(), new Lazy<>(stepwise));
  }

  static Program load(HloFunc main, Pipeline.Result result) {
    long[] bytes = main.outputs().stream().mapToLong(TensorType::byteSize).toArray();
    return Program.of(
        ElfLoader.load(
            result.objects(),
            NativeRuntime.symbols().or(GemmLibrary.symbols()).or(LapackEmitter.symbols())),
        HostSites.of(result.program().sites()),
        "entry",
        result.program().arenaBytes(),
        bytes);
  }

  /** Large constants in memory, which are further arguments. */
  static Allocation[] constants(ProgramEmitter.Program program) {
    return program.constants().stream().map(CpuExecutable::copy).toArray(Allocation[]::new);
  }

  private static Allocation copy(Literal l) {
    Allocation a = Pool.shared().allocate(l.data().byteSize());
    a.copyFrom(0, l.data());
    return a;
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
  public Optional<List<ArrayCopy>> copies() {
    return Optional.of(copies);
  }

  @Override
  public Buffer[] execute(Buffer[] arguments) {
    if (arguments.length != donated.length) {
      throw new IllegalArgumentException(
          "the program takes " + donated.length + " arguments, not " + arguments.length);
    }
    Allocation[] in = new Allocation[arguments.length + constants.length];
    boolean bound = false;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof HostBuffer host) {
        requireType(host, i);
        in[i] = host.allocation();
        bound |= host.isBound();
      } else {
        in[i] = copyOf(arguments[i], i);
      }
    }
    int decides = bound ? HostBuffer.bound(arguments, CpuBackend.NAME) : -1;
    Device device = decides < 0 ? CpuBackend.DEVICE : arguments[decides].device();
    System.arraycopy(constants, 0, in, arguments.length, constants.length);
    Allocation[] out = new Allocation[types.length];
    if (donates) {
      return consuming(arguments, in, out, device, decides >= 0);
    }
    try {
      program.call(in, out, threads);
    } catch (LaneCheckException e) {
      return stepwise.get().execute(arguments);
    }
    return buffers(out, device, decides >= 0);
  }

  private Allocation copyOf(Buffer b, int i) {
    requireType(b, i);
    Allocation copy = Pool.shared().allocate(b.type().byteSize());
    copy.copyFrom(0, b.toHost());
    return copy;
  }

  private void requireType(Buffer b, int i) {
    if (b.type() != inputs.get(i) && !b.type().equals(inputs.get(i))) {
      throw new IllegalArgumentException(
          "argument " + i + " is a " + inputs.get(i) + ", not a " + b.type());
    }
  }

  private Buffer[] buffers(Allocation[] out, Device device, boolean bound) {
    Buffer[] results = new Buffer[out.length];
    for (int i = 0; i < out.length; i++) {
      results[i] = new HostBuffer(types[i], device, out[i], bound);
    }
    return results;
  }

  /** The argument's memory, or a copy of it while a view or another call needs it. */
  static Allocation taken(Allocation argument) {
    Allocation moved = argument.tryMove();
    return moved == null ? copy(argument) : moved;
  }

  static Allocation copy(Allocation argument) {
    Allocation copy = Pool.shared().allocate(argument.bytes());
    copy.copyFrom(0, argument.segment());
    return copy;
  }

  /** A call that uses up its donated arguments, whether or not it succeeds. */
  private Buffer[] consuming(
      Buffer[] arguments, Allocation[] in, Allocation[] out, Device device, boolean bound) {
    try {
      for (int k = 0; k < out.length; k++) {
        int i = donatedFor[k];
        if (i >= 0) {
          in[i] = taken(in[i]);
          out[k] = in[i];
        }
      }
      program.call(in, out, threads);
      return buffers(out, device, bound);
    } finally {
      for (int i = 0; i < arguments.length; i++) {
        if (donated[i]) {
          arguments[i].close();
        }
      }
    }
  }

  @Override
  public void close() {
    program.trim();
  }
}
