package dev.jacobi.pjrt;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import dev.jacobi.hlo.host.HostCall;
import dev.jacobi.hlo.host.HostCheck;
import dev.jacobi.hlo.linalg.LapackCall;
import dev.jacobi.hlo.text.UnsupportedOpException;
import dev.jacobi.pjrt.rewrite.ComplexOrder;
import dev.jacobi.pjrt.rewrite.Substitutes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        instrs.addAll(inPlaceOf(op, new Instr(op, instr.results(), instr.loc())));
      }
      return new Block(block.params(), instrs, block.results());
    }

    /** Almost all operations are the plugin's business. */
    private List<Instr> inPlaceOf(Op op, Instr instr) {
      return switch (op) {
        case ControlOp.CustomCall o when hostCalls && LapackCall.of(o).isPresent() ->
            List.of(new Instr(hostCall(o), instr.results(), instr.loc()));
        case ControlOp.CustomCall o when HostCall.is(o) ->
            throw new UnsupportedOpException(
                "a call of Java (debugPrint, debugCallback, pureCallback, ioCallback, breakpoint)"
                    + " on a plugin; run the program on the cpu or the interpreter backend",
                instr.loc().toString());
        case ControlOp.Composite o when HostCheck.is(o) -> List.of(); // Plugins check nothing.
        case WindowOp.SelectAndScatter o when o.operand().shape().rank() == 0 ->
            Substitutes.oneDimensional(o, instr);
        case ElementwiseOp.Convert o
            when o.operand().dtype().isComplex() && !o.dtype().isComplex() ->
            Substitutes.realFirst(o, instr);
        case ElementwiseOp.Compare o when ComplexOrder.isOrder(o) ->
            ComplexOrder.compared(o, instr);
        case ElementwiseOp.BitcastConvert o when putsTogether(o, instr) ->
            Substitutes.shiftedTogether(o, instr);
        case RandomOp.RngBitGenerator o when readsOtherBits(o.type().dtype()) && isPlain(instr) ->
            Substitutes.unsignedBits(o, instr);
        case IndexOp.DynamicSlice o when o.starts().isEmpty() -> Substitutes.scalarSlice(o, instr);
        case ElementwiseOp.Pointwise o -> inPlaceOf(o, instr);
        default -> List.of(instr);
      };
    }

    private static List<Instr> inPlaceOf(ElementwiseOp.Pointwise op, Instr instr) {
      DType t = op.operands().getFirst().dtype();
      return switch (op.fn()) {
        case CONJ -> t.isComplex() ? List.of(instr) : Substitutes.realConjugate(op, instr);
        case MAX, MIN -> t.isComplex() ? ComplexOrder.extreme(op, instr) : List.of(instr);
        case MULHI -> isPlain(instr) ? Substitutes.upperHalf(op, instr) : List.of(instr);
        case REM -> {
          if (t.isComplex()) { // XLA ends the process.
            throw new UnsupportedOpException(
                "stablehlo.remainder of complex numbers on a plugin", instr.loc().toString());
          }
          yield List.of(instr);
        }
        default -> List.of(instr);
      };
    }

    private static boolean readsOtherBits(DType drawn) {
      return drawn.isSigned() || drawn.isFloat();
    }

    /** Whether whole bytes become wider elements. */
    private static boolean putsTogether(ElementwiseOp.BitcastConvert op, Instr instr) {
      TensorType from = op.operand().type();
      return from.rank() > op.type().rank()
          && isPlain(instr)
          && !from.dtype().isBool()
          && !op.type().dtype().isComplex();
    }

    /** Whether sizes are known and elements are whole bytes. */
    private static boolean isPlain(Instr instr) {
      return Stream.concat(instr.op().operands().stream(), instr.results().stream())
          .allMatch(v -> v.shape().isStatic() && !v.type().isNarrow());
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
  }
}
