package dev.jacobi.hlo.verify;

import static dev.jacobi.hlo.verify.Site.agree;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Constraints of operations that run regions or functions. Every method returns the constraint that
 * fixes the result types.
 */
final class RegionRules {
  private static final TensorType PRED = TensorType.scalar(DType.BOOL);

  private RegionRules() {}

  static String reduce(ReductionOp.Reduce op, Site at) {
    at.require(
        "c3",
        !op.inputs().isEmpty() && op.inputs().size() == op.inits().size(),
        "%s inputs and %s initial values",
        op.inputs().size(),
        op.inits().size());
    TensorType first = op.inputs().getFirst().type();
    for (int i = 0; i < op.inputs().size(); i++) {
      TensorType x = op.inputs().get(i).type();
      TensorType init = op.inits().get(i).type();
      at.require("c1", agree(x.shape(), first.shape()), "reduces %s and %s", first, x);
      at.require("i2", init.rank() == 0, "an initial value is %s, not a scalar", init);
      at.require("c2", x.element() == init.element(), "reduces %s from %s", x, init);
    }
    at.require("c4", Site.within(op.dims(), first.rank()), "dimensions %s of %s", op.dims(), first);
    at.require("c5", Site.unique(op.dims()), "%s repeats a dimension", op.dims());
    combines("c6", op.body(), op.inputs(), at);
    return "c7";
  }

  /** Whether a body takes 2N scalars and gives N, of types that the inputs' can be promoted to. */
  static void combines(String id, Block body, List<Value> inputs, Site at) {
    List<TensorType> results = body.resultTypes();
    List<TensorType> twice = new ArrayList<>(results);
    twice.addAll(results);
    boolean holds = results.size() == inputs.size() && body.paramTypes().equals(twice);
    for (int i = 0; holds && i < inputs.size(); i++) {
      holds =
          results.get(i).rank() == 0
              && promotable(inputs.get(i).element(), results.get(i).element());
    }
    at.require(id, holds, "the body takes %s and gives %s", body.paramTypes(), body.resultTypes());
  }

  static boolean promotable(Element from, Element to) {
    boolean sameFamily = from.kind() == to.kind() || from.isInteger() && to.isInteger();
    return sameFamily && from.bits() <= to.bits();
  }

  static String whileLoop(ControlOp.While op, Site at) {
    List<TensorType> state = op.inits().stream().map(Value::type).toList();
    at.require(
        "c1",
        agree(op.cond().paramTypes(), state) && op.cond().resultTypes().equals(List.of(PRED)),
        "cond takes %s and gives %s",
        op.cond().paramTypes(),
        op.cond().resultTypes());
    at.require(
        "c2",
        agree(op.body().paramTypes(), state) && agree(op.body().resultTypes(), state),
        "body takes %s and gives %s",
        op.body().paramTypes(),
        op.body().resultTypes());
    return "c3";
  }

  static String caseOf(ControlOp.Case op, Site at) {
    TensorType index = op.index().type();
    at.require("i1", index.equals(TensorType.scalar(DType.I32)), "the index is %s", index);
    at.require("c1", !op.branches().isEmpty(), "there is no branch");
    List<TensorType> results = op.branches().getFirst().resultTypes();
    for (Block branch : op.branches()) {
      at.require("c2", branch.params().isEmpty(), "a branch takes %s", branch.paramTypes());
      at.require(
          "c3",
          agree(branch.resultTypes(), results),
          "branches give %s and %s",
          results,
          branch.resultTypes());
    }
    return "c4";
  }

  static String ifElse(ControlOp.If op, Site at) {
    at.require("i1", op.pred().type().equals(PRED), "pred is %s", op.pred().type());
    at.require(
        "c1",
        op.onTrue().params().isEmpty() && op.onFalse().params().isEmpty(),
        "a branch takes parameters");
    at.require(
        "c2",
        agree(op.onTrue().resultTypes(), op.onFalse().resultTypes()),
        "branches give %s and %s",
        op.onTrue().resultTypes(),
        op.onFalse().resultTypes());
    return "c3";
  }

  static String call(ControlOp.Call op, HloModule module, Site at) {
    HloFunc callee = module.funcs().get(op.callee());
    at.require("callee", callee != null, "the module has no function @%s", op.callee());
    boolean exact =
        op.operands().stream().map(Value::type).toList().equals(callee.inputs())
            && op.types().equals(callee.outputs());
    signature(callee, op.operands(), op.types(), "operands", "results", at);
    at.require("types", exact, "@%s: %s -> %s", op.callee(), callee.inputs(), callee.outputs());
    return "results";
  }

  /** The version of the interface says what kind of attribute the configuration is. */
  static String customCall(ControlOp.CustomCall op, Site at) {
    String version = op.attrs().getOrDefault("api_version", "1").replaceFirst("\\s*:.*", "");
    at.require("api_version", version.matches("[0-4]"), "no version %s", version);
    String config = op.attrs().getOrDefault("backend_config", "");
    boolean fits = config.isEmpty() || config.startsWith(version.equals("4") ? "{" : "\"");
    at.require("backend_config", fits, "version %s with %s", version, config);
    return "results";
  }

  static String barrier(ControlOp.OptimizationBarrier op, Site at) {
    List<TensorType> results = at.instr().results().stream().map(Value::type).toList();
    boolean same = op.operands().stream().map(Value::type).toList().equals(results);
    at.require("c1", same, "gives %s", results);
    return "c1";
  }

  static String composite(ControlOp.Composite op, HloModule module, Site at) {
    at.require(
        "c1", op.name().matches("[A-Za-z_]\\w*(\\.[\\w$]+)+"), "'%s' has no namespace", op.name());
    HloFunc callee = module.funcs().get(op.decomposition());
    at.require("c2", callee != null, "the module has no function @%s", op.decomposition());
    signature(callee, op.operands(), op.types(), "c3", "c4", at);
    return "c4";
  }

  private static void signature(
      HloFunc callee,
      List<Value> operands,
      List<TensorType> types,
      String takes,
      String gives,
      Site at) {
    at.require(
        takes,
        agree(operands.stream().map(Value::type).toList(), callee.inputs()),
        "@%s takes %s",
        callee.name(),
        callee.inputs());
    at.require(
        gives, agree(types, callee.outputs()), "@%s gives %s", callee.name(), callee.outputs());
  }
}
