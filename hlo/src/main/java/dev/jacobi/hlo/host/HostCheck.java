package dev.jacobi.hlo.host;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A check: {@code composite "jacobi.check"} of a boolean, which must be true, and of values that
 * are shown if it is not. Its decomposition is empty, so that other compilers do without it. The
 * first check that fails, in the order of the program, ends the program with an exception.
 *
 * @param handler makes the exception; empty if the program is another process's
 * @param message what is said without a handler
 * @param operands types of the boolean and the values
 */
public record HostCheck(
    Optional<Hosted> handler, String message, List<TensorType> operands, Loc loc) {
  public static final String NAME = "jacobi.check";

  /** More values than fit the record of an error are refused when a check is written. */
  public static final int MAX_VALUES = 16;

  /** The attributes of a check. */
  public static Map<String, String> attributes(Hosted handler, String message) {
    String text = message.replace("\\", "\\5C").replace("\"", "\\22").replace("\n", "\\0A");
    return Map.of("handler", handler.number() + " : i64", "message", '"' + text + '"');
  }

  public static boolean is(Op op) {
    return op instanceof ControlOp.Composite c && c.name().equals(NAME) && isWellFormed(c);
  }

  /** The program for engines that check nothing. */
  public static HloModule without(HloModule module) {
    Map<String, HloFunc> funcs = new LinkedHashMap<>();
    for (HloFunc f : module.funcs().values()) {
      funcs.put(
          f.name(),
          new HloFunc(
              f.name(), f.isPublic(), without(f.body()), f.argAttrs(), f.resultAttrs(), f.attrs()));
    }
    return new HloModule(module.name(), funcs, module.attrs());
  }

  private static Block without(Block block) {
    List<Instr> kept = new ArrayList<>();
    for (Instr i : block.instrs()) {
      if (!is(i.op())) {
        List<Block> regions = i.op().regions().stream().map(HostCheck::without).toList();
        Op op = regions.isEmpty() ? i.op() : i.op().withRegions(regions);
        kept.add(new Instr(op, i.results(), i.loc()));
      }
    }
    return new Block(block.params(), kept, block.results());
  }

  private static boolean isWellFormed(ControlOp.Composite c) {
    return c.types().isEmpty()
        && !c.operands().isEmpty()
        && c.operands().size() <= 1 + MAX_VALUES
        && c.operands().getFirst().shape().isScalar()
        && c.operands().getFirst().dtype().isBool();
  }

  /** The check that an operation means. */
  public static HostCheck of(List<Value> operands, Map<String, String> attrs, Loc loc) {
    Optional<Hosted> handler =
        Numbers.after("", attrs.getOrDefault("handler", ""))
            .flatMap(number -> Hosted.find(number, FailureHandler.class));
    List<TensorType> types = operands.stream().map(Value::type).toList();
    return new HostCheck(handler, attrs.getOrDefault("message", "\"\""), types, loc);
  }

  /** The exception for a check that failed. */
  public RuntimeException failure(List<Literal> values) {
    return handler
        .map(h -> ((FailureHandler) h.target()).failure(values))
        .orElseGet(
            () ->
                new CheckFailedException(
                    "the check at "
                        + loc
                        + " failed: "
                        + message
                        + " with values "
                        + values.stream().map(HostCheck::text).toList()));
  }

  private static String text(Literal value) {
    boolean scalar = value.shape().isScalar() && !value.dtype().isComplex();
    return scalar ? Double.toString(value.getDouble(0)) : value.toString();
  }
}
