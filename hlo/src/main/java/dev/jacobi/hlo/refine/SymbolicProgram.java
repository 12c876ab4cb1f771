package dev.jacobi.hlo.refine;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.verify.Verifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A program whose parameters have unknown sizes: it is refined and compiled at the first call for
 * each combination of sizes, and keeps the last {@value #KEPT} of them.
 */
public final class SymbolicProgram implements Executable {
  private static final int KEPT = 64;

  private final HloModule module;
  private final Runner runner;
  private final Function<HloModule, Executable> compiler;
  private boolean closed;

  /** Those that fall out are freed when the calls that run them have ended. */
  private final Map<List<TensorType>, Executable> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<TensorType>, Executable> eldest) {
          return size() > KEPT;
        }
      };

  private SymbolicProgram(
      HloModule module, Runner runner, Function<HloModule, Executable> compiler) {
    this.module = module;
    this.runner = runner;
    this.compiler = compiler;
  }

  /** Compiles a module now, or at its calls if parameters have unknown sizes. */
  public static Executable of(
      HloModule module, Runner runner, Function<HloModule, Executable> compiler) {
    if (module.main().inputs().stream().allMatch(t -> t.shape().isStatic())) {
      return compiler.apply(module);
    }
    Verifier.verify(module);
    return new SymbolicProgram(module, runner, compiler);
  }

  @Override
  public List<TensorType> inputs() {
    return module.main().inputs();
  }

  /** The types that the module states: sizes that follow from the arguments' are unknown. */
  @Override
  public List<TensorType> outputs() {
    return module.main().outputs();
  }

  /**
   * Runs the program.
   *
   * @throws RefineException if the arguments do not fit the parameters
   * @throws ShapeAssertionException if the program refuses their sizes
   */
  @Override
  public Buffer[] execute(Buffer[] arguments) {
    Executable program;
    try {
      program = forTypes(Stream.of(arguments).map(Buffer::type).toList());
    } catch (RuntimeException e) {
      closeDonated(arguments);
      throw e;
    }
    return program.execute(arguments);
  }

  private void closeDonated(Buffer[] arguments) {
    for (int i = 0; i < Math.min(arguments.length, inputs().size()); i++) {
      if (module.main().donates(i)) {
        arguments[i].close();
      }
    }
  }

  private synchronized Executable forTypes(List<TensorType> types) {
    if (closed) {
      throw new IllegalStateException("the program is closed");
    }
    return compiled.computeIfAbsent(types, t -> compiler.apply(Refiner.refine(module, t, runner)));
  }

  @Override
  public synchronized void close() {
    closed = true;
    compiled.values().forEach(Executable::close);
    compiled.clear();
  }
}
