package dev.jacobi.export;

import dev.jacobi.Array;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.ElementwiseOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.bytecode.BytecodeWriter;
import dev.jacobi.hlo.host.HostCheck;
import dev.jacobi.hlo.refine.OneSize;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Zeros;
import dev.jacobi.lowering.Lowering;
import dev.jacobi.trace.HostData;
import dev.jacobi.trace.JaxprTrace;
import dev.jacobi.trace.Tracer;
import dev.jacobi.transform.Differentiation;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.JitFunction;
import dev.jacobi.transform.Staging;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes traced functions as exported ones, with their leaves in Python's order. Captured arrays
 * become constants of the program.
 *
 * @param traced the program, whose first inputs are the captured arrays
 */
record Exporting(
    String name,
    JaxprTrace.Traced traced,
    PyTree inTree,
    List<ShapedArray> inAvals,
    PyTree outTree,
    List<ShapedArray> outAvals,
    ExportOptions options) {
  static Exported export(JitFunction.Lowered lowered, ExportOptions options) {
    if (lowered.captured().stream().anyMatch(Tracer.class::isInstance)) {
      throw new ExportException.NotExportable(
          "the function '"
              + lowered.primitive().function()
              + "' captures a value that is being traced; export it outside of jit, grad and vmap");
    }
    Jaxpr jaxpr = lowered.primitive().jaxpr();
    int captured = lowered.captured().size();
    List<PyTree> args = new ArrayList<>();
    List<Integer> inPlaces = new ArrayList<>();
    for (TreeDef argument : lowered.arguments()) {
      int first = inPlaces.size();
      PythonTree tree = PythonTree.of(argument, "argument " + args.size());
      args.add(tree.tree());
      tree.places().forEach(place -> inPlaces.add(first + place));
    }
    PythonTree result = PythonTree.of(lowered.result(), "the result");
    List<Atom.Var> ins = new ArrayList<>(jaxpr.ins().subList(0, captured));
    ins.addAll(placed(jaxpr.ins().subList(captured, jaxpr.ins().size()), inPlaces));
    List<Atom> outs = placed(jaxpr.outs(), result.places());
    Jaxpr ordered = new Jaxpr(captured, ins, jaxpr.eqns(), outs);
    return new Exporting(
            lowered.primitive().function(),
            new JaxprTrace.Traced(ordered, lowered.captured()),
            inTree(args),
            ins.subList(captured, ins.size()).stream().map(v -> ShapedArray.of(v.aval())).toList(),
            result.tree(),
            outs.stream().map(a -> ShapedArray.of(a.aval())).toList(),
            options)
        .exported();
  }

  /** Positional arguments, and none with names. */
  private static PyTree inTree(List<PyTree> args) {
    return new PyTree.Tuple(List.of(new PyTree.Tuple(args), new PyTree.Dict(List.of(), List.of())));
  }

  private static <T> List<T> placed(List<? extends T> values, List<Integer> places) {
    List<T> all =
        new ArrayList<>(
            Collections.<T>nCopies(values.size(), values.isEmpty() ? null : values.getFirst()));
    for (int i = 0; i < places.size(); i++) {
      all.set(places.get(i), values.get(i));
    }
    return all;
  }

  private Exported exported() {
    List<String> platforms =
        options.platforms().isEmpty() ? List.of(Staging.platform()) : options.platforms();
    HloModule lowered = HostCheck.without(Lowering.lower(name, traced.jaxpr(), Set.of()));
    Signature signature =
        new Signature(
            name,
            inTree,
            inAvals,
            outTree,
            outAvals,
            1,
            platforms,
            List.of(),
            List.of(),
            options.disabledChecks(),
            Exported.NEWEST_CONVENTION,
            IntStream.range(0, inAvals.size()).boxed().toList(),
            OneSize.isIn(lowered));
    HloModule module = module(lowered, platforms.size() > 1);
    StableCalls.check(name, module, options.disabledChecks());
    return new Exported(
        signature, BytecodeWriter.write(module), () -> Optional.of(vjp().exported()));
  }

  /** The program as one takes it by the calling convention, captured arrays being constants. */
  private HloModule module(HloModule lowered, boolean takesPlatform) {
    Block body = lowered.main().body();
    int captured = traced.captured().size();
    List<Value> params = new ArrayList<>(body.params().subList(captured, body.params().size()));
    List<Map<String, String>> paramAttrs =
        new ArrayList<>(Collections.nCopies(params.size(), Map.of()));
    if (takesPlatform) {
      params.addFirst(new Value(TensorType.scalar(DType.I32)));
      paramAttrs.addFirst(Map.of("jax.global_constant", "\"_platform_index\""));
    }
    List<Instr> instrs = new ArrayList<>();
    for (int i = 0; i < captured; i++) {
      instrs.add(
          new Instr(
              new ElementwiseOp.Constant(HostData.of(traced.captured().get(i))),
              List.of(body.params().get(i)),
              Loc.UNKNOWN));
    }
    instrs.addAll(body.instrs());
    Map<String, HloFunc> funcs = new LinkedHashMap<>(lowered.funcs());
    funcs.put(
        "main",
        new HloFunc(
            "main",
            true,
            new Block(params, instrs, body.results()),
            paramAttrs,
            lowered.main().resultAttrs()));
    Map<String, String> attrs = new LinkedHashMap<>(lowered.attrs());
    boolean isSymbolic = OneSize.isIn(lowered);
    attrs.put("jax.uses_shape_polymorphism", Boolean.toString(isSymbolic));
    return new HloModule(lowered.name(), funcs, attrs);
  }

  /** From arguments and cotangents of the results to cotangents of the arguments. */
  private Exporting vjp() {
    int n = inAvals.size();
    List<ShapedArray> ins = new ArrayList<>(inAvals);
    outAvals.forEach(a -> ins.add(a.tangent()));
    List<ShapedArray> outs = inAvals.stream().map(ShapedArray::tangent).toList();
    List<Aval> avals = ins.stream().map(Exporting::traced).toList();
    JaxprTrace.Traced vjp =
        Jaxprs.trace("export", avals, all -> pulled(all.subList(0, n), all.subList(n, all.size())));
    List<PyTree> args = Collections.nCopies(ins.size(), new PyTree.Leaf());
    PyTree result = new PyTree.Tuple(Collections.nCopies(n, new PyTree.Leaf()));
    return new Exporting(name + "_vjp", vjp, inTree(args), ins, result, outs, options);
  }

  /** The type as it is traced: the size of the batch is not known. */
  private static Aval traced(ShapedArray aval) {
    return aval.aval(
        aval.shape().stream()
            .mapToLong(d -> d.isConstant() ? d.evaluate(Map.of()) : Shape.DYNAMIC)
            .toArray());
  }

  private List<Array> pulled(List<Array> primals, List<Array> cotangents) {
    List<Boolean> linear = primals.stream().map(a -> a.aval().isDifferentiable()).toList();
    var lin =
        Differentiation.linearize(
            args -> {
              List<Array> all = new ArrayList<>(traced.captured());
              all.addAll(args);
              return Jaxprs.eval(traced.jaxpr(), all);
            },
            primals,
            linear);
    List<@Nullable Array> cts = new ArrayList<>();
    for (int i = 0; i < cotangents.size(); i++) {
      boolean isFloat0 = outAvals.get(i).tangent().dtype() == JaxDtype.FLOAT0;
      cts.add(isFloat0 ? null : cotangents.get(i));
    }
    List<@Nullable Array> some = lin.pull(cts);
    List<Array> all = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < primals.size(); i++) {
      Array ct = linear.get(i) ? some.get(next++) : null;
      all.add(ct == null ? Zeros.of(traced(inAvals.get(i).tangent())) : ct);
    }
    return all;
  }
}
