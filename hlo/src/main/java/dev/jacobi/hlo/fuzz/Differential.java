package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Two questions about an engine and a program: does each operation agree with the interpreter on
 * the engine's own values, and does the program give the same bits whether or not the values in
 * between are asked for (that is, fused or not), with one thread or many?
 */
final class Differential {
  /** What is wrong, and with what: the operation alone, or the whole. */
  record Failure(String what, HloModule program, List<Literal> arguments) {}

  private final Backend engine;

  Differential(Backend engine) {
    this.engine = engine;
  }

  /**
   * The first thing that is wrong.
   *
   * @param eager whether each operation is also compiled alone, which takes its time
   */
  Optional<Failure> check(HloModule program, List<Literal> arguments, boolean eager) {
    Map<Value, Literal> values = new HashMap<>();
    Block main = program.main().body();
    List<Literal> whole = run(program, arguments, CompileOptions.DEFAULT);
    List<Value> visible = visible(main);
    put(values, main.params(), arguments);
    HloModule open = Programs.module(new Block(main.params(), main.instrs(), visible));
    put(values, visible, run(open, arguments, CompileOptions.DEFAULT.withThreads(1)));
    for (Instr instr : main.instrs()) {
      Optional<Failure> wrong = checkAlone(instr, values, eager);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    for (int k = 0; k < whole.size(); k++) {
      Literal apart = values.get(main.results().get(k));
      Optional<String> different = Closeness.exact(apart, whole.get(k));
      if (different.isPresent()) {
        String what = "result " + k + " depends on what else is a result: " + different.get();
        return Optional.of(new Failure(what, program, arguments));
      }
    }
    return Optional.empty();
  }

  private static List<Value> visible(Block main) {
    Set<Value> all = new LinkedHashSet<>(main.results());
    main.instrs().forEach(i -> all.addAll(i.results()));
    return List.copyOf(all);
  }

  private static void put(Map<Value, Literal> values, List<Value> names, List<Literal> literals) {
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), literals.get(i));
    }
  }

  List<Literal> run(HloModule program, List<Literal> arguments, CompileOptions options) {
    Buffer[] in =
        arguments.stream().map(l -> engine.fromHost(l.type(), l.data())).toArray(Buffer[]::new);
    try (var executable = engine.compile(program, options)) {
      List<Literal> out = new ArrayList<>();
      for (Buffer buffer : executable.execute(in)) {
        out.add(Literal.copyOf(buffer.type(), buffer.toHost()));
        buffer.close();
      }
      return out;
    } finally {
      for (Buffer buffer : in) {
        buffer.close();
      }
    }
  }

  /** The module of one operation; its parameters are what the operation reads. */
  static HloModule alone(Instr instr) {
    Set<Value> reads = new LinkedHashSet<>(instr.op().operands());
    reads.addAll(instr.op().captures());
    return Programs.module(new Block(List.copyOf(reads), List.of(instr), instr.results()));
  }

  private Optional<Failure> checkAlone(Instr instr, Map<Value, Literal> values, boolean eager) {
    if (instr.op() instanceof ElementwiseOp.Constant) {
      return Optional.empty();
    }
    HloModule alone = alone(instr);
    List<Literal> operands = alone.main().body().params().stream().map(values::get).toList();
    List<Literal> expected = Interpreter.run(alone, operands);
    for (int k = 0; k < expected.size(); k++) {
      Literal got = values.get(instr.results().get(k));
      Optional<String> different = compare(instr, alone, operands, expected.get(k), got);
      if (different.isPresent()) {
        String what = instr.op().mnemonic() + ": " + different.get();
        return Optional.of(new Failure(what, alone, operands));
      }
    }
    return eager ? checkEagerly(instr, alone, operands, values) : Optional.empty();
  }

  private Optional<Failure> checkEagerly(
      Instr instr, HloModule alone, List<Literal> operands, Map<Value, Literal> values) {
    List<Literal> eager = run(alone, operands, CompileOptions.DEFAULT);
    for (int k = 0; k < eager.size(); k++) {
      Optional<String> different =
          Closeness.exact(values.get(instr.results().get(k)), eager.get(k));
      if (different.isPresent()) {
        String what = instr.op().mnemonic() + " alone differs from whole: " + different.get();
        return Optional.of(new Failure(what, alone, operands));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> compare(
      Instr instr, HloModule alone, List<Literal> operands, Literal expected, Literal got) {
    return switch (Bounds.of(instr.op())) {
      case Bounds.Exact _ -> Closeness.exact(expected, got);
      case Bounds.Ulps(double n) -> Closeness.ulps(expected, got, n);
      case Bounds.UlpsAbove(double n, double least) -> Closeness.ulpsAbove(expected, got, n, least);
      case Bounds.Sum _ when !expected.dtype().isInexact() -> Closeness.exact(expected, got);
      case Bounds.Sum(long terms) -> {
        List<Literal> magnitudes = Magnitudes.of(instr, alone, operands);
        yield Closeness.sum(expected, got, 2.0 * terms, magnitudes.getFirst()::getDouble);
      }
      case Bounds.Largest(double n) -> {
        double largest = Magnitudes.largest(operands.getFirst());
        // Transforms of prime lengths are convolutions, whose sums need some room.
        boolean near = largest > Closeness.most(expected.dtype()) * 0x1p-24;
        yield near ? Optional.empty() : Closeness.sum(expected, got, n, _ -> largest);
      }
      case Bounds.Product(long factors) ->
          Magnitudes.productsAreSafe(operands.getFirst())
              ? Closeness.ulps(expected, got, 2.0 * factors)
              : Optional.empty();
    };
  }

  /** Absolute values of an array's elements, for bounds of sums and products. */
  private static final class Magnitudes {
    private Magnitudes() {}

    /** The operation on the absolute values of what it sums; what selects stays as it is. */
    static List<Literal> of(Instr instr, HloModule alone, List<Literal> operands) {
      List<Value> read = alone.main().body().params();
      List<Value> params = new ArrayList<>();
      List<Literal> arguments = new ArrayList<>();
      for (Value operand : instr.op().operands()) {
        Literal x = operands.get(read.indexOf(operand));
        boolean selects = params.isEmpty() && instr.op() instanceof WindowOp.SelectAndScatter;
        params.add(new Value(operand.type()));
        arguments.add(selects ? x : of(x));
      }
      var next = params.iterator();
      Op op = instr.op().mapOperands(_ -> next.next());
      List<Value> results = instr.results().stream().map(v -> new Value(v.type())).toList();
      Instr absolute = new Instr(op, results, instr.loc());
      return Interpreter.run(
          Programs.module(new Block(params, List.of(absolute), results)), arguments);
    }

    /** |x|, or of a complex number |re| + |im|, in the array's own type. */
    static Literal of(Literal x) {
      DType t = x.dtype();
      if (!t.isInexact()) {
        return x;
      }
      var data = Literal.allocate(x.type());
      for (long i = 0; i < x.shape().size(); i++) {
        Literal.set(t, data, i, Math.abs(x.getDouble(i)) + Math.abs(x.getImag(i)), 0);
      }
      return Literal.wrap(x.type(), data);
    }

    /** The largest magnitude; NaN if there is one. */
    static double largest(Literal x) {
      double most = 0;
      for (long i = 0; i < x.shape().size(); i++) {
        most = Math.max(most, Math.hypot(x.getDouble(i), x.getImag(i)));
      }
      return most;
    }

    /** Whether no partial product, in whatever order, leaves the range of normal numbers. */
    static boolean productsAreSafe(Literal x) {
      double bits = 0;
      for (long i = 0; i < x.shape().size(); i++) {
        double a = Math.hypot(x.getDouble(i), x.getImag(i));
        if (!(a > 0) || !Double.isFinite(a)) {
          return false;
        }
        bits += Math.abs(Math.log(a));
      }
      return bits < Math.log(Closeness.most(x.dtype())) / 4;
    }
  }
}
