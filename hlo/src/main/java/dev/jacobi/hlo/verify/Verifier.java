package dev.jacobi.hlo.verify;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.ConvOp;
import dev.jacobi.hlo.DynamicOp;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.IndexOp;
import dev.jacobi.hlo.Infer;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.LinalgOp;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.OrderOp;
import dev.jacobi.hlo.RandomOp;
import dev.jacobi.hlo.ReductionOp;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.ShorthandOp;
import dev.jacobi.hlo.SpectralOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.WindowOp;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks a module against the StableHLO specification and the rules of the representation. */
public final class Verifier {
  /** Calls that may be open at once: passes walk them on the stack. */
  private static final int MAX_DEPTH = 500;

  private final HloModule module;
  private final Set<Value> defined = new HashSet<>();
  private final Set<String> checkedForRecursion = new HashSet<>();
  private String func = "";

  private Verifier(HloModule module) {
    this.module = module;
  }

  /**
   * Accepts a module or names the first rule that it breaks.
   *
   * @throws HloVerifyException with the constraint's name, the operation and the user's line
   */
  public static void verify(HloModule module) {
    Verifier verifier = new Verifier(module);
    verifier.module();
  }

  private void module() {
    requireFunc("func_main", module.funcs().containsKey("main"), "the module has no @main");
    module.funcs().forEach(this::func);
    module.funcs().keySet().forEach(name -> noRecursion(name, new ArrayDeque<>()));
  }

  private void requireFunc(String rule, boolean holds, String detail) {
    if (!holds) {
      throw new HloVerifyException(rule, detail, "@" + func, Loc.UNKNOWN);
    }
  }

  private void func(String name, HloFunc f) {
    func = name;
    requireFunc("func_name", f.name().equals(name), "stands in the module as @" + name);
    for (int i = 0; i < f.argAttrs().size(); i++) {
      String output = f.argAttrs().get(i).get("tf.aliasing_output");
      if (output != null) {
        donation(f, f.inputs().get(i), output);
      }
    }
    block(f.body(), new Scope(null));
  }

  /** A donated parameter names a result of its own type. */
  private void donation(HloFunc f, TensorType input, String output) {
    String digits = output.replaceFirst("\\s*:.*", "");
    boolean names = digits.matches("\\d{1,9}") && Integer.parseInt(digits) < f.outputs().size();
    requireFunc("func_aliasing", names, "tf.aliasing_output = " + output + " names no result");
    TensorType type = f.outputs().get(Integer.parseInt(digits));
    requireFunc("func_aliasing", type.equals(input), input + " cannot become " + type);
  }

  /** The values that a block can see. */
  private record Scope(Scope outer, Set<Value> values) {
    Scope(Scope outer) {
      this(outer, new HashSet<>());
    }

    boolean sees(Value v) {
      return values.contains(v) || outer != null && outer.sees(v);
    }
  }

  private void block(Block block, Scope scope) {
    block.params().forEach(v -> define(v, scope, "a parameter", Loc.UNKNOWN));
    for (Instr instr : block.instrs()) {
      instr(instr, scope);
    }
    block.results().forEach(v -> use(v, scope, "the results of a block", Loc.UNKNOWN));
  }

  private void define(Value v, Scope scope, String where, Loc loc) {
    if (!defined.add(v)) {
      throw new HloVerifyException("ssa_once", v + " is defined twice", where(where), loc);
    }
    scope.values.add(v);
  }

  private void use(Value v, Scope scope, String where, Loc loc) {
    if (!scope.sees(v)) {
      String rule = defined.contains(v) ? "ssa_scope" : "ssa_before_use";
      String detail =
          defined.contains(v) ? " is not visible here" : " is not defined before its use";
      throw new HloVerifyException(rule, v + detail, where(where), loc);
    }
  }

  private String where(String what) {
    return what + " of @" + func;
  }

  private void instr(Instr instr, Scope scope) {
    String mnemonic = instr.op().mnemonic();
    instr.op().operands().forEach(v -> use(v, scope, mnemonic, instr.loc()));
    Site at = new Site(instr);
    String resultRule = constraints(instr.op(), at);
    instr.op().regions().forEach(region -> block(region, new Scope(scope)));
    List<TensorType> actual = instr.results().stream().map(Value::type).toList();
    List<TensorType> expected = inferred(instr.op(), resultRule, at);
    at.require(resultRule, Site.agree(actual, expected), "the results should be %s", expected);
    instr.results().forEach(v -> define(v, scope, mnemonic, instr.loc()));
  }

  private static List<TensorType> inferred(Op op, String rule, Site at) {
    try {
      return Infer.resultTypes(op);
    } catch (HloTypeException | ArithmeticException e) {
      at.require(rule, false, "the results have no type: %s", e.getMessage());
      throw e;
    }
  }

  /** Checks everything but the result types; gives the name of the constraint that fixes those. */
  private String constraints(Op op, Site at) {
    return switch (op) {
      case ElementwiseOp.Constant _ -> "c1";
      case ElementwiseOp.Iota o -> ShapeRules.iota(o, at);
      case ElementwiseOp.Pointwise o -> ElementwiseRules.pointwise(o, at);
      case ElementwiseOp.Compare o -> ElementwiseRules.compare(o, at);
      case ElementwiseOp.Convert _ -> "c1";
      case ElementwiseOp.ReducePrecision o -> ElementwiseRules.reducePrecision(o, at);
      case ElementwiseOp.BitcastConvert o -> ElementwiseRules.bitcastConvert(o, at);
      case ShapeOp.BroadcastInDim o -> ShapeRules.broadcastInDim(o, at);
      case ShapeOp.Reshape o -> ShapeRules.reshape(o, at);
      case ShapeOp.Transpose o -> ShapeRules.transpose(o, at);
      case ShapeOp.Concatenate o -> ShapeRules.concatenate(o, at);
      case ShapeOp.Pad o -> ShapeRules.pad(o, at);
      case ShapeOp.Slice o -> ShapeRules.slice(o, at);
      case IndexOp.DynamicSlice o -> ShapeRules.dynamicSlice(o, at);
      case IndexOp.DynamicUpdateSlice o -> ShapeRules.dynamicUpdateSlice(o, at);
      case ShapeOp.Reverse o -> ShapeRules.reverse(o, at);
      case ReductionOp.Reduce o -> RegionRules.reduce(o, at);
      case ReductionOp.DotGeneral o -> IndexRules.dotGeneral(o, at);
      case ConvOp.Convolution o -> ConvRules.convolution(o, at);
      case NormOp.BatchNormTraining o -> ConvRules.batchNormTraining(o, at);
      case NormOp.BatchNormInference o -> ConvRules.batchNormInference(o, at);
      case NormOp.BatchNormGrad o -> ConvRules.batchNormGrad(o, at);
      case OrderOp.Sort o -> OrderRules.sort(o, at);
      case OrderOp.TopK o -> OrderRules.topK(o, at);
      case IndexOp.Gather o -> IndexRules.gather(o, at);
      case IndexOp.Scatter o -> IndexRules.scatter(o, at);
      case WindowOp.ReduceWindow o -> WindowRules.reduceWindow(o, at);
      case WindowOp.SelectAndScatter o -> WindowRules.selectAndScatter(o, at);
      case SpectralOp.Fft o -> SpectralRules.fft(o, at);
      case RandomOp o -> ShorthandRules.random(o, at);
      case ShorthandOp o -> ShorthandRules.shorthand(o, at);
      case DynamicOp o -> DynamicRules.dynamic(o, at);
      case CollectiveOp o -> CollectiveRules.collective(o, at);
      case LinalgOp.Cholesky o -> LinalgRules.cholesky(o, at);
      case LinalgOp.TriangularSolve o -> LinalgRules.triangularSolve(o, at);
      case ControlOp.While o -> RegionRules.whileLoop(o, at);
      case ControlOp.Case o -> RegionRules.caseOf(o, at);
      case ControlOp.If o -> RegionRules.ifElse(o, at);
      case ControlOp.Call o -> RegionRules.call(o, module, at);
      case ControlOp.CustomCall o -> RegionRules.customCall(o, at);
      case ControlOp.Composite o -> RegionRules.composite(o, module, at);
      case ControlOp.OptimizationBarrier o -> RegionRules.barrier(o, at);
    };
  }

  /** Functions must not call themselves, directly or through others. */
  private void noRecursion(String name, Deque<String> callers) {
    func = name;
    if (callers.contains(name)) {
      requireFunc("call_recursion", false, "calls itself through " + callers);
    }
    requireFunc("call_depth", callers.size() < MAX_DEPTH, "is called through too many others");
    if (checkedForRecursion.add(name)) {
      callers.push(name);
      callees(module.func(name).body(), callers);
      callers.pop();
    }
  }

  private void callees(Block block, Deque<String> callers) {
    for (Instr instr : block.instrs()) {
      if (instr.op() instanceof ControlOp.Call call) {
        noRecursion(call.callee(), callers);
      } else if (instr.op() instanceof ControlOp.Composite composite) {
        noRecursion(composite.decomposition(), callers);
      }
      instr.op().regions().forEach(region -> callees(region, callers));
    }
  }
}
