package dev.jacobi.pjrt;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.host.HostCall;
import dev.jacobi.hlo.host.HostCheck;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A program as a plugin gets it: calls of LAPACK that it does not have became calls of {@link
 * HostCalls}, and what ends its process is said otherwise.
 *
 * @param calls the operations that the program calls, by their numbers
 */
record PluginProgram(HloModule module, List<Long> calls) {
  /**
   * Rewrites a program.
   *
   * @param hostCalls whether the plugin can call {@link HostCalls}
   */
  static PluginProgram of(HloModule module, boolean hostCalls) {
    Rewriter rewriter = new Rewriter(hostCalls);
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    for (HloFunc f : module.funcs().values()) {
      Block body = rewriter.function(f.body());
      funcs.put(
          f.name(),
          new HloFunc(f.name(), f.isPublic(), body, f.argAttrs(), f.resultAttrs(), f.attrs()));
    }
    HloModule rewritten = new HloModule(module.name(), funcs, module.attrs());
    return new PluginProgram(rewritten, List.copyOf(rewriter.calls));
  }

  /** Whether all arrays of a program are of types that plugins have. */
  static boolean typesAreKnown(HloModule module) {
    return module.funcs().values().stream().allMatch(f -> typesAreKnown(f.body()));
  }

  private static boolean typesAreKnown(Block block) {
    return block.params().stream().allMatch(v -> Elements.has(v.type().element()))
        && block.instrs().stream()
            .allMatch(
                i ->
                    i.results().stream().allMatch(v -> Elements.has(v.type().element()))
                        && i.op().regions().stream().allMatch(PluginProgram::typesAreKnown));
  }

  private static final class Rewriter {
    private final boolean hostCalls;
    private final List<Long> calls = new ArrayList<>();

    Rewriter(boolean hostCalls) {
      this.hostCalls = hostCalls;
    }

    /** Keeps nothing of a program that is refused. */
    Block function(Block body) {
      try {
        return block(body);
      } catch (UnsupportedOpException e) {
        HostCalls.forget(calls);
        throw e;
      }
    }

    private Block block(Block block) {
      List<Instr> instrs = new ArrayList<>();
      for (Instr instr : block.instrs()) {
        Op op = instr.op();
        if (!op.regions().isEmpty()) {
          op = op.withRegions(op.regions().stream().map(this::block).toList());
        }
        Instr now = new Instr(op, instr.results(), instr.loc());
        switch (op) {
          case ControlOp.CustomCall o when hostCalls && LapackCall.of(o).isPresent() ->
              instrs.add(new Instr(hostCall(o), instr.results(), instr.loc()));
          case ControlOp.CustomCall o when HostCall.is(o) ->
              throw new UnsupportedOpException(
                  "a call of Java (debugPrint, debugCallback, pureCallback, ioCallback, breakpoint)"
                      + " on a plugin; run the program on the cpu or the interpreter backend",
                  instr.loc().toString());
          case ControlOp.Composite o when HostCheck.is(o) -> {} // Plugins check nothing.
          case WindowOp.SelectAndScatter o when o.operand().shape().rank() == 0 ->
              instrs.addAll(oneDimensional(o, now));
          case ElementwiseOp.Convert o
              when o.operand().dtype().isComplex() && !o.dtype().isComplex() ->
              instrs.addAll(realFirst(o, now));
          case ElementwiseOp.Pointwise o
              when o.fn() == Fn.REM && o.operands().getFirst().dtype().isComplex() ->
              throw new UnsupportedOpException( // XLA ends the process.
                  "stablehlo.remainder of complex numbers on a plugin", instr.loc().toString());
          default -> instrs.add(now); // Almost all operations are the plugin's business.
        }
      }
      return new Block(block.params(), instrs, block.results());
    }

    private ControlOp.CustomCall hostCall(ControlOp.CustomCall call) {
      long id = HostCalls.keep(call);
      calls.add(id);
      return new ControlOp.CustomCall(
          HostCalls.TARGET,
          call.operands(),
          call.types(),
          call.hasSideEffect(),
          Map.of(
              "api_version",
              "4 : i32",
              "backend_config",
              "{call = " + id + " : i64}",
              "operand_layouts",
              layouts(call.operands().stream().map(Value::type).toList()),
              "result_layouts",
              layouts(call.types())));
    }

    /** Elements row by row, which is what the interpreter reads. */
    private static String layouts(List<TensorType> types) {
      return types.stream().map(Rewriter::layout).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String layout(TensorType type) {
      int rank = type.rank();
      String order =
          IntStream.range(0, rank)
              .mapToObj(i -> Integer.toString(rank - 1 - i))
              .collect(Collectors.joining(", "));
      String list = rank > 1 ? "[" + order + "]" : order;
      return "dense<" + list + "> : tensor<" + rank + "xindex>";
    }

    /** XLA ends the process when it folds a conversion of complex constants to real ones. */
    private static List<Instr> realFirst(ElementwiseOp.Convert op, Instr old) {
      Value real = new Value(op.operand().type().withDtype(op.operand().dtype().real()));
      var part = new ElementwiseOp.Pointwise(Fn.REAL, List.of(op.operand()));
      var rest = op.mapOperands(_ -> real);
      return List.of(
          new Instr(part, List.of(real), old.loc()), new Instr(rest, old.results(), old.loc()));
    }

    /** XLA ends the process over a window without dimensions. */
    private static List<Instr> oneDimensional(WindowOp.SelectAndScatter op, Instr old) {
      Shape one = Shape.of(1);
      List<Instr> out = new ArrayList<>();
      List<Value> vectors = new ArrayList<>();
      for (Value scalar : List.of(op.operand(), op.source())) {
        Value vector = new Value(scalar.type().withShape(one));
        out.add(new Instr(new ShapeOp.Reshape(scalar, one), List.of(vector), old.loc()));
        vectors.add(vector);
      }
      Longs unit = Longs.of(1);
      Longs none = Longs.of(0);
      var window = new WindowOp.Window(unit, unit, none, none);
      var longer =
          new WindowOp.SelectAndScatter(
              vectors.get(0), vectors.get(1), op.init(), window, op.select(), op.scatter());
      Value result = new Value(vectors.getFirst().type());
      out.add(new Instr(longer, List.of(result), old.loc()));
      out.add(new Instr(new ShapeOp.Reshape(result, Shape.scalar()), old.results(), old.loc()));
      return out;
    }
  }
}
