package dev.jacobi.cpu;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;

/** Runs programs on an engine, whole or one operation at a time. */
final class Engines {
  static final Backend CPU = new CpuBackend();

  private Engines() {}

  static Backend interpreter() {
    return ServiceLoader.load(Backend.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(b -> b.name().equals("interpreter"))
        .findFirst()
        .orElseThrow();
  }

  /** A module whose main function has this body. */
  static HloModule module(Block body) {
    return new HloModule("test", Map.of("main", new HloFunc("main", true, body)), Map.of());
  }

  /** Arguments for a program: a function of the seed. */
  static List<Literal> arguments(HloModule module, long seed) {
    Random random = new Random(seed);
    List<Literal> all = new ArrayList<>();
    for (TensorType t : module.main().inputs()) {
      MemorySegment data = Literal.allocate(t);
      for (long i = 0; i < t.shape().size(); i++) {
        double x = t.dtype().isInexact() ? random.nextGaussian() : random.nextInt(-3, 9);
        Literal.set(t.dtype(), data, i, x, random.nextGaussian());
      }
      all.add(Literal.wrap(t, data));
    }
    return all;
  }

  static List<Literal> run(Backend engine, HloModule module, List<Literal> arguments, int threads) {
    Buffer[] in =
        arguments.stream().map(l -> engine.fromHost(l.type(), l.data())).toArray(Buffer[]::new);
    try (var program = engine.compile(module, CompileOptions.DEFAULT.withThreads(threads))) {
      List<Literal> out = new ArrayList<>();
      for (Buffer b : program.execute(in)) {
        out.add(Literal.copyOf(b.type(), b.toHost()));
      }
      return out;
    }
  }

  /** The same, every operation compiled and run alone, as eager code does. */
  static List<Literal> runEagerly(HloModule module, List<Literal> arguments) {
    Map<Value, Literal> known = new HashMap<>();
    Block block = module.main().body();
    for (int i = 0; i < arguments.size(); i++) {
      known.put(block.params().get(i), arguments.get(i));
    }
    for (Instr instr : block.instrs()) {
      List<Value> operands = instr.op().operands().stream().distinct().toList();
      Block alone = new Block(operands, List.of(instr), instr.results());
      HloModule one = module(alone);
      List<Literal> values = run(CPU, one, operands.stream().map(known::get).toList(), 1);
      for (int k = 0; k < values.size(); k++) {
        known.put(instr.results().get(k), values.get(k));
      }
    }
    return block.results().stream().map(known::get).toList();
  }

  /** The largest difference relative to the largest magnitude; 0 if all bits are equal. */
  static double difference(Literal x, Literal y) {
    if (x.equals(y)) {
      return 0;
    }
    double most = 0;
    double scale = 1e-30;
    DType t = x.dtype();
    for (long i = 0; i < x.shape().size(); i++) {
      double a = x.getDouble(i);
      double b = y.getDouble(i);
      boolean same = a == b || a != a && b != b;
      scale = Math.max(scale, Double.isFinite(b) ? Math.abs(b) : 0);
      most = Math.max(most, same ? 0 : Double.isFinite(a - b) ? Math.abs(a - b) : 1e300);
    }
    return t.isInexact() ? most / scale : most;
  }
}
