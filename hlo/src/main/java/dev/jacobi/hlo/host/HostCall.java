package dev.jacobi.hlo.host;

import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.util.List;
import java.util.Map;

/**
 * A call of a Java function: {@code custom_call @jacobi.callback} with the function's number. Those
 * with side effects run in the order of the program, each as often as the program says.
 *
 * @param function keeps the function's number known
 */
public record HostCall(
    Hosted function, List<TensorType> operands, List<TensorType> results, Loc loc) {
  public static final String TARGET = "jacobi.callback";

  /** The operation that calls {@code function}. */
  public static ControlOp.CustomCall op(
      Hosted function, List<Value> operands, List<TensorType> results, boolean hasSideEffect) {
    Map<String, String> attrs =
        Map.of(
            "api_version",
            "4 : i32",
            "backend_config",
            "{function = " + function.number() + " : i64}");
    return new ControlOp.CustomCall(TARGET, operands, results, hasSideEffect, attrs);
  }

  public static boolean is(ControlOp.CustomCall op) {
    return op.target().equals(TARGET);
  }

  /**
   * The call that an operation means.
   *
   * @throws UnsupportedOpException if this process has no such function: the program is another's
   */
  public static HostCall of(ControlOp.CustomCall op, Loc loc) {
    String config = op.attrs().getOrDefault("backend_config", "");
    Hosted function =
        Numbers.after("function = ", config)
            .flatMap(number -> Hosted.find(number, HostFunction.class))
            .orElseThrow(
                () ->
                    new UnsupportedOpException(
                        "custom_call @" + TARGET + " of a function of another process",
                        loc.toString()));
    List<TensorType> operands = op.operands().stream().map(Value::type).toList();
    return new HostCall(function, operands, op.types(), loc);
  }

  /** Calls the function; its results are of the types that the program says. */
  public List<Literal> call(List<Literal> arguments) {
    List<Literal> out = ((HostFunction) function.target()).call(arguments);
    List<TensorType> types = out.stream().map(Literal::type).toList();
    if (!types.equals(results)) {
      throw new HloTypeException(
          "the callback at " + loc + " must give " + results + ", but gave " + types);
    }
    return out;
  }
}
