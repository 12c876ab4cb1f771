package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.partition.Sharding;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Grid;
import dev.jacobi.jaxpr.GridLayout;
import dev.jacobi.jaxpr.GridPrimitive;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.jaxpr.ProgramPrimitive;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Scalars;
import dev.jacobi.lax.Shapes;
import dev.jacobi.sharding.Mesh;
import dev.jacobi.sharding.PartitionSpec;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.Context;
import dev.jacobi.trace.NamedAxis;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Masks;
import dev.jacobi.transform.Memo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A program that every device of a mesh runs on its parts of the operands.
 *
 * @param jaxpr from parts to parts
 * @param checkVma whether types say along which axes values differ: then what they say is checked,
 *     and the transpose sums what flows back to a value that all devices share
 */
record ShardMap(
    Mesh mesh,
    List<PartitionSpec> inSpecs,
    Jaxpr jaxpr,
    List<PartitionSpec> outSpecs,
    boolean checkVma)
    implements ProgramPrimitive, GridPrimitive {
  private static final Memo<Jaxpr> RESIDUALS_OUT = new Memo<>();
  private static final Memo<Jaxpr> RESIDUALS_IN = new Memo<>();
  private static final Memo<Jaxpr> SCALED = new Memo<>();

  ShardMap {
    inSpecs = List.copyOf(inSpecs);
    outSpecs = List.copyOf(outSpecs);
  }

  @Override
  public String name() {
    return "shard_map";
  }

  @Override
  public Map<String, Object> params() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("check_vma", checkVma);
    params.put("in_specs", inSpecs);
    params.put("jaxpr", jaxpr);
    params.put("mesh", mesh);
    params.put(
        "newly_manual_axes",
        mesh.axisNames().stream().collect(Collectors.joining("', '", "frozenset({'", "'})")));
    params.put("out_specs", outSpecs);
    return params;
  }

  @Override
  public Set<String> axisNames() {
    return jaxpr.axisNames().stream()
        .filter(a -> !mesh.axisNames().contains(a))
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<Grid> grid() {
    return Optional.of(mesh.grid());
  }

  @Override
  public boolean isManual() {
    return true;
  }

  private static GridLayout layout(Mesh mesh, PartitionSpec spec, Aval part) {
    return new GridLayout(mesh.grid(), new Sharding(spec.padded(part.rank())));
  }

  @Override
  public List<Optional<GridLayout>> operandLayouts() {
    return IntStream.range(0, inSpecs.size())
        .mapToObj(i -> Optional.of(layout(mesh, inSpecs.get(i), jaxpr.ins().get(i).aval())))
        .toList();
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    List<Aval> outs = new ArrayList<>();
    for (int i = 0; i < outSpecs.size(); i++) {
      Aval part = jaxpr.outs().get(i).aval();
      GridLayout layout = layout(mesh, outSpecs.get(i), part);
      outs.add(part.withShape(layout.global(part.shape())).withVarying(List.of()));
    }
    return outs;
  }

  /** Where the axes of a mesh have their names. */
  static <R> R inside(Mesh mesh, boolean checkVma, Supplier<R> body) {
    NamedAxis.Cast cast = checkVma ? Collectives.PVARY : null;
    List<NamedAxis> axes = new ArrayList<>();
    mesh.shape().forEach((name, size) -> axes.add(new NamedAxis(name, size, null, cast)));
    return Context.naming(axes, body);
  }

  private <R> R inside(Supplier<R> body) {
    return inside(mesh, checkVma, body);
  }

  private List<Array> bind(
      List<PartitionSpec> in, Jaxpr program, List<PartitionSpec> out, List<Array> operands) {
    return Bind.bind(new ShardMap(mesh, in, program, out, checkVma), operands);
  }

  private static <T> List<T> join(List<? extends T> a, List<? extends T> b) {
    List<T> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    List<Boolean> mask = Masks.of(tangents);
    var derived = inside(() -> Derived.jvp(jaxpr, mask, List.of()));
    List<Array> outs =
        bind(
            join(inSpecs, Masks.select(inSpecs, mask, true)),
            derived.jaxpr(),
            join(outSpecs, Masks.select(outSpecs, derived.nonzero(), true)),
            join(primals, Masks.present(tangents)));
    int n = outSpecs.size();
    return new Jvp(
        outs.subList(0, n), Masks.spread(outs.subList(n, outs.size()), derived.nonzero()));
  }

  /** Residuals leave as parts along a new leading dimension of all axes along which they differ. */
  @Override
  public Jvp linearize(List<Array> primals, List<@Nullable Array> tangents) {
    List<Boolean> mask = Masks.of(tangents);
    var split = inside(() -> Derived.linearize(jaxpr, mask, List.of()));
    int n = outSpecs.size();
    List<Aval> extra = split.primal().outAvals().subList(n, split.primal().outs().size());
    List<PartitionSpec> kept = extra.stream().map(this::leading).toList();
    List<Array> outs =
        bind(inSpecs, inside(() -> leadingOut(split.primal(), n)), join(outSpecs, kept), primals);
    List<Array> values = outs.subList(0, n);
    if (split.linear().outs().isEmpty()) {
      return new Jvp(values, Masks.spread(List.of(), split.nonzero()));
    }
    List<PartitionSpec> specs = new ArrayList<>();
    List<Array> operands = new ArrayList<>();
    for (int source : split.residuals()) {
      specs.add(source >= 0 ? inSpecs.get(source) : kept.get(-1 - source));
      operands.add(source >= 0 ? primals.get(source) : outs.get(n - 1 - source));
    }
    specs.addAll(Masks.select(inSpecs, mask, true));
    operands.addAll(Masks.present(tangents));
    Jaxpr linear = inside(() -> leadingIn(split.linear(), split.residuals()));
    List<Array> pushed =
        bind(specs, linear, Masks.select(outSpecs, split.nonzero(), true), operands);
    return new Jvp(values, Masks.spread(pushed, split.nonzero()));
  }

  private PartitionSpec leading(Aval residual) {
    List<String> axes =
        mesh.axisNames().stream().filter(a -> !checkVma || residual.varying().contains(a)).toList();
    return new PartitionSpec(List.of(axes));
  }

  private static Jaxpr leadingOut(Jaxpr primal, int n) {
    return RESIDUALS_OUT.get(
        primal,
        n,
        () ->
            Jaxprs.traceClosed(
                primal.inAvals(),
                ins -> {
                  List<Array> outs = new ArrayList<>(Jaxprs.eval(primal, ins));
                  for (int i = n; i < outs.size(); i++) {
                    outs.set(i, Shapes.expandDims(outs.get(i), Axes.of(0)));
                  }
                  return outs;
                }));
  }

  private static Jaxpr leadingIn(Jaxpr linear, List<Integer> residuals) {
    return RESIDUALS_IN.get(
        linear,
        residuals,
        () -> {
          List<Aval> avals = new ArrayList<>(linear.inAvals());
          for (int i = 0; i < residuals.size(); i++) {
            Aval aval = avals.get(i);
            boolean extra = residuals.get(i) < 0;
            avals.set(i, extra ? aval.withShape(aval.shape().insert(0, 1)) : aval);
          }
          return Jaxprs.traceClosed(
              avals,
              ins -> {
                List<Array> all = new ArrayList<>(ins);
                for (int i = 0; i < residuals.size(); i++) {
                  if (residuals.get(i) < 0) {
                    all.set(i, Shapes.squeeze(all.get(i), Axes.of(0)));
                  }
                }
                return Jaxprs.eval(linear, all);
              });
        });
  }

  /**
   * The same backwards. Without types that say what devices share, a result that all have is taken
   * from one of them in equal shares, and what flows back to a shared operand is summed.
   */
  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    List<Boolean> linear = operands.stream().map(Operand::isLinear).toList();
    List<Boolean> mask = Masks.of(cotangents);
    var derived = inside(() -> Derived.transpose(jaxpr, linear, mask, List.of()));
    List<PartitionSpec> known = Masks.select(inSpecs, linear, false);
    List<PartitionSpec> given = Masks.select(outSpecs, mask, true);
    List<PartitionSpec> pulledSpecs =
        Masks.select(Masks.select(inSpecs, linear, true), derived.nonzero(), true);
    Jaxpr program =
        checkVma
            ? derived.jaxpr()
            : inside(() -> shared(derived.jaxpr(), known.size(), given, pulledSpecs));
    List<Array> args = new ArrayList<>();
    operands.stream().filter(o -> !o.isLinear()).forEach(o -> args.add(o.known()));
    args.addAll(Masks.present(cotangents));
    List<@Nullable Array> pulled =
        derived.nonzero().contains(true)
            ? bind(join(known, given), program, pulledSpecs, args)
            : List.of();
    return Masks.spread(Masks.spread(pulled, derived.nonzero()), linear);
  }

  private List<String> unmentioned(PartitionSpec spec) {
    return mesh.axisNames().stream().filter(a -> !spec.used().contains(a)).toList();
  }

  private Jaxpr shared(
      Jaxpr pull, int known, List<PartitionSpec> given, List<PartitionSpec> pulled) {
    return SCALED.get(
        pull,
        List.of(mesh, known, given, pulled),
        () ->
            Jaxprs.traceClosed(
                pull.inAvals(),
                ins -> {
                  List<Array> all = new ArrayList<>(ins);
                  for (int i = 0; i < given.size(); i++) {
                    Array ct = all.get(known + i);
                    int copies = mesh.grid().size(unmentioned(given.get(i)));
                    all.set(
                        known + i, copies == 1 ? ct : Arithmetic.div(ct, Scalars.like(ct, copies)));
                  }
                  List<Array> outs = new ArrayList<>(Jaxprs.eval(pull, all));
                  for (int i = 0; i < outs.size(); i++) {
                    List<String> axes = unmentioned(pulled.get(i));
                    outs.set(i, axes.isEmpty() ? outs.get(i) : summed(outs.get(i), axes));
                  }
                  return outs;
                }));
  }

  private static Array summed(Array x, List<String> axes) {
    return Bind.bind(new AllReduce(AllReduce.Kind.SUM, axes, Groups.ALL, false), x);
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    var mapped = inside(() -> Derived.vmap(jaxpr, size, dims));
    List<Array> outs =
        bind(inserted(inSpecs, dims), mapped.jaxpr(), inserted(outSpecs, mapped.dims()), operands);
    return new Batched(outs, mapped.dims());
  }

  private static List<PartitionSpec> inserted(
      List<PartitionSpec> specs, List<@Nullable Integer> dims) {
    List<PartitionSpec> all = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      Integer dim = dims.get(i);
      all.add(dim == null ? specs.get(i) : specs.get(i).insert(dim));
    }
    return all;
  }

  @Override
  public List<Array> bindWhere(Array active, List<Array> operands) {
    throw new CollectiveException(
        name(), "cannot run for some lanes of a batch only: devices would wait for each other");
  }

  @Override
  public Optional<Primitive> silent() {
    return Optional.of(new ShardMap(mesh, inSpecs, jaxpr.silent(), outSpecs, checkVma));
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      parts.add(
          context.part(operands.get(i), layout(mesh, inSpecs.get(i), jaxpr.ins().get(i).aval())));
    }
    List<Value> results = context.over(mesh.grid()).inline(jaxpr, parts);
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      GridLayout layout = layout(mesh, outSpecs.get(i), jaxpr.outs().get(i).aval());
      all.add(context.parted(results.get(i), layout));
    }
    return all;
  }
}
