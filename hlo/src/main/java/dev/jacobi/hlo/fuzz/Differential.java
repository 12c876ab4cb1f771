package dev.jacobi.hlo.fuzz;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.hlo.text.UnsupportedOpException;
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
 * between are asked for (that is, fused or not), with one thread or many? Regions and functions are
 * programs again, of which the same is asked.
 */
final class Differential {
  /** What is wrong, and with what: the operation alone, or the whole. */
  record Failure(String what, HloModule program, List<Literal> arguments) {}

  /** What a program gave, and the first thing that is wrong with it. */
  record Verdict(Optional<Failure> failure, List<Literal> results) {}

  private final Backend engine;
  private final boolean foreign;

  /**
   * Questions about an engine.
   *
   * @param foreign whether it is not ours: {@link Foreign} says what it need not promise
   */
  Differential(Backend engine, boolean foreign) {
    this.engine = engine;
    this.foreign = foreign;
  }

  /**
   * The first thing that is wrong.
   *
   * @param eager whether each operation is also compiled alone, which takes its time
   */
  Optional<Failure> check(HloModule program, List<Literal> arguments, boolean eager) {
    try (Subject subject = new Subject(program, eager, true)) {
      return subject.check(arguments).failure();
    }
  }

  /** A part of a program, whose threads are the program's business. */
  Subject part(HloModule program) {
    return new Subject(program, false, false);
  }

  /** A program compiled as it is, and once more with every value in between as a result. */
  final class Subject implements AutoCloseable {
    private final HloModule program;
    private final boolean eager;
    private final List<Value> visible;
    private final Executable whole;
    private final Executable open;

    private Subject(HloModule program, boolean eager, boolean always) {
      this.program = program;
      this.eager = eager;
      Block main = program.main().body();
      this.visible = visible(main);
      HloModule opened =
          Programs.module(new Block(main.params(), main.instrs(), visible), program.funcs());
      if (foreign) { // The program itself is not compared with anything.
        this.open = accepted(opened);
        this.whole = open;
        return;
      }
      this.whole = engine.compile(program, CompileOptions.DEFAULT);
      boolean same = !always && visible.equals(main.results());
      this.open = same ? whole : engine.compile(opened, CompileOptions.DEFAULT.withThreads(1));
    }

    Verdict check(List<Literal> arguments) {
      Map<Value, Literal> values = new HashMap<>();
      Block main = program.main().body();
      List<Literal> given = execute(whole, arguments);
      put(values, main.params(), arguments);
      put(values, visible, open == whole ? given : execute(open, arguments));
      List<Literal> results = foreign ? main.results().stream().map(values::get).toList() : given;
      for (Instr instr : main.instrs()) {
        Optional<Failure> wrong = checkAlone(instr, program.funcs(), values, eager);
        if (wrong.isPresent()) {
          return new Verdict(wrong, results);
        }
      }
      Set<Value> unspecified = UnspecifiedBits.of(main, program.funcs(), values);
      for (int k = 0; k < results.size() && !foreign; k++) {
        if (unspecified.contains(main.results().get(k))) {
          continue;
        }
        Literal apart = values.get(main.results().get(k));
        Optional<String> different = Closeness.exact(apart, results.get(k));
        if (different.isPresent()) {
          String what = "result " + k + " depends on what else is a result: " + different.get();
          return new Verdict(Optional.of(new Failure(what, program, arguments)), results);
        }
      }
      return new Verdict(Optional.empty(), results);
    }

    @Override
    public void close() {
      whole.close();
      open.close();
    }
  }

  /** A plugin may refuse a program with an error, which is no wrong answer. */
  private Executable accepted(HloModule program) {
    try {
      return engine.compile(program, CompileOptions.DEFAULT);
    } catch (RuntimeException e) {
      String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new UnsupportedOpException("refused: " + what, engine.name());
    }
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
    try (var executable = engine.compile(program, options)) {
      return execute(executable, arguments);
    }
  }

  private List<Literal> execute(Executable executable, List<Literal> arguments) {
    Buffer[] in =
        arguments.stream().map(l -> engine.fromHost(l.type(), l.data())).toArray(Buffer[]::new);
    try {
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

  private Optional<Failure> checkAlone(
      Instr instr, Map<String, HloFunc> funcs, Map<Value, Literal> values, boolean eager) {
    if (instr.op() instanceof ElementwiseOp.Constant) {
      return Optional.empty();
    }
    Alone alone = Alone.of(instr, funcs, values);
    Optional<Failure> wrong =
        switch (Bounds.of(instr.op())) {
          case Bounds.WrittenOut _ -> new InParts(this, alone).check();
          case Bounds.Backward _ -> alone.failure(Residuals.check(alone));
          case Bounds bounds when foreign -> Foreign.compare(bounds, alone);
          case Bounds bounds -> compare(bounds, alone);
        };
    return wrong.isPresent() || !eager || foreign ? wrong : checkEagerly(alone);
  }

  private static Optional<Failure> compare(Bounds bounds, Alone alone) {
    return alone.failure(difference(bounds, alone, alone.interpreted()));
  }

  /** The first result that is not as near the expected one as its bounds say. */
  static Optional<String> difference(Bounds bounds, Alone alone, List<Literal> expected) {
    for (int k = 0; k < expected.size(); k++) {
      Optional<String> different =
          compare(
              bounds,
              alone.instr(),
              alone.program(),
              alone.operands(),
              expected.get(k),
              alone.results().get(k));
      if (different.isPresent()) {
        return different;
      }
    }
    return Optional.empty();
  }

  /** Whether results that came in other ways must be the same to the bit. */
  boolean sameBits() {
    return !foreign;
  }

  private Optional<Failure> checkEagerly(Alone alone) {
    List<Literal> results = run(alone.program(), alone.operands(), CompileOptions.DEFAULT);
    return Bounds.of(alone.instr().op()) instanceof Bounds.Backward
        ? alone.failure(Residuals.check(alone.with(results)))
        : alone.same(results, "alone differs from whole");
  }

  private static Optional<String> compare(
      Bounds bounds,
      Instr instr,
      HloModule alone,
      List<Literal> operands,
      Literal expected,
      Literal got) {
    return switch (bounds) {
      case Bounds.WrittenOut _ -> throw new IllegalArgumentException("is checked in parts");
      case Bounds.Backward _ -> throw new IllegalArgumentException("is checked as a whole");
      case Bounds.Exact _ -> Closeness.exact(expected, got);
      case Bounds.Ulps(double n) -> Closeness.ulps(expected, got, n);
      case Bounds.Conditioned(Fn fn, double n) -> {
        List<Value> read = alone.main().body().params();
        List<Literal> all =
            instr.op().operands().stream().map(v -> operands.get(read.indexOf(v))).toList();
        yield Closeness.conditioned(expected, got, n, Conditions.of(fn, all, expected));
      }
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
}
