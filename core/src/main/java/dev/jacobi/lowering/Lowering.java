package dev.jacobi.lowering;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.ShapeOp;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.UnknownSizeException;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.host.HostCheck;
import dev.jacobi.hlo.host.Hosted;
import dev.jacobi.hlo.partition.Partitioned;
import dev.jacobi.hlo.partition.Partitioner;
import dev.jacobi.hlo.partition.Report;
import dev.jacobi.hlo.partition.Sharding;
import dev.jacobi.hlo.refine.OneSize;
import dev.jacobi.hlo.refine.SymbolicSizeException;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Grid;
import dev.jacobi.jaxpr.GridLayout;
import dev.jacobi.jaxpr.GridPrimitive;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.jaxpr.Primitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Lowers programs to StableHLO. One instance writes one module. */
public final class Lowering {
  /** The decompositions of checks: nothing. */
  private static final ConcurrentHashMap<List<Aval>, Jaxpr> NOTHING = new ConcurrentHashMap<>();

  private final Map<String, HloFunc> funcs = new LinkedHashMap<>();
  private final Map<Jaxpr, Map<Optional<Grid>, String>> written = new IdentityHashMap<>();
  private final Map<HloModule, String> linked = new IdentityHashMap<>();

  private final NanCheck nans = NanCheck.current();

  private final Optional<Grid> devices;
  private final Map<Value, GridLayout> parts = new IdentityHashMap<>();

  private Lowering(Optional<Grid> devices) {
    this.devices = devices;
  }

  /**
   * A program and, if it is one of several devices, how its arguments and results lie on these.
   *
   * @param report what was decided where a program was divided
   */
  public record Program(HloModule module, Optional<GridPlan> plan, Optional<Report> report) {}

  /**
   * A module whose {@code @main} is {@code jaxpr}; donated inputs carry JAX's attributes.
   *
   * @throws dev.jacobi.hlo.refine.SymbolicSizeException if inputs have unknown sizes, and a size is
   *     another function of them
   */
  public static HloModule lower(String name, Jaxpr jaxpr, Set<Integer> donated) {
    if (jaxpr.isManual()) {
      return gridProgram(name, jaxpr, donated, jaxpr.grid().orElseThrow()).module();
    }
    Lowering lowering = new Lowering(Optional.empty());
    Block body = lowering.block(jaxpr, Optional.empty());
    List<Map<String, String>> attrs = donation(body, donated);
    List<Map<String, String>> none = Collections.nCopies(body.results().size(), Map.of());
    HloModule module = lowering.module(name, new HloFunc("main", true, body, attrs, none));
    return OneSize.isIn(module) ? OneSize.reading(module) : module;
  }

  /**
   * The same for arguments that lie on several devices, or a program that says that something does:
   * divided among them.
   *
   * @param given how arguments lie, empty where they are in one piece; no entries if all are
   */
  public static Program program(
      String name, Jaxpr jaxpr, Set<Integer> donated, List<Optional<GridLayout>> given) {
    if (jaxpr.isManual()) {
      return gridProgram(name, jaxpr, donated, jaxpr.grid().orElseThrow());
    }
    HloModule whole = lower(name, jaxpr, donated);
    Optional<Grid> grid =
        jaxpr
            .grid()
            .or(() -> given.stream().flatMap(Optional::stream).map(GridLayout::grid).findFirst());
    return grid.isEmpty()
        ? new Program(whole, Optional.empty(), Optional.empty())
        : divided(whole, grid.get(), given);
  }

  private static Program divided(HloModule whole, Grid grid, List<Optional<GridLayout>> given) {
    List<Optional<Sharding>> arguments = new ArrayList<>();
    for (int i = 0; i < whole.main().inputs().size(); i++) {
      int rank = whole.main().inputs().get(i).shape().rank();
      Optional<GridLayout> lies = given.isEmpty() ? Optional.empty() : given.get(i);
      arguments.add(lies.filter(l -> l.grid().equals(grid)).map(l -> l.sharding().padded(rank)));
    }
    List<Optional<Sharding>> open =
        Collections.nCopies(whole.main().outputs().size(), Optional.empty());
    Partitioned parts =
        Partitioner.partition(Partitioner.withShardings(whole, arguments, open), grid.mesh());
    return new Program(
        parts.module(),
        Optional.of(
            new GridPlan(
                grid,
                parts.inputs().stream().map(s -> new GridLayout(grid, s)).toList(),
                parts.outputs().stream().map(s -> new GridLayout(grid, s)).toList())),
        Optional.of(parts.report()));
  }

  private static Program gridProgram(String name, Jaxpr jaxpr, Set<Integer> donated, Grid grid) {
    Lowering lowering = new Lowering(Optional.of(grid));
    HloBuilder builder = new HloBuilder();
    List<GridLayout> layouts = GridPlan.inputs(jaxpr, grid);
    List<Value> ins = new ArrayList<>();
    for (int i = 0; i < layouts.size(); i++) {
      TensorType whole = jaxpr.ins().get(i).aval().physical();
      GridLayout layout = layouts.get(i);
      Value in = builder.param(new TensorType(whole.dtype(), layout.local(whole.shape())));
      ins.add(in);
      if (!layout.isReplicated()) {
        lowering.parts.put(in, layout);
      }
    }
    List<Value> outs = lowering.context(builder).inParts(jaxpr, ins);
    List<GridLayout> results = new ArrayList<>();
    for (int i = 0; i < outs.size(); i++) {
      GridLayout replicated = GridLayout.replicated(grid, jaxpr.outs().get(i).aval().rank());
      results.add(lowering.parts.getOrDefault(outs.get(i), replicated));
    }
    Block body = builder.build(outs);
    List<Map<String, String>> none = Collections.nCopies(outs.size(), Map.of());
    HloFunc main = new HloFunc("main", true, body, donation(body, donated), none);
    return new Program(
        lowering.module(name, main),
        Optional.of(new GridPlan(grid, layouts, results)),
        Optional.empty());
  }

  /** A module whose {@code @main} is one primitive. */
  public static HloModule lower(Primitive primitive, List<Aval> operands) {
    Lowering lowering = new Lowering(Optional.empty());
    HloBuilder builder = new HloBuilder();
    List<Value> ins = operands.stream().map(a -> builder.param(a.physical())).toList();
    List<Value> outs =
        primitive.lower(lowering.context(builder), ins, primitive.abstractEval(operands));
    return lowering.module(primitive.name(), new HloFunc("main", true, builder.build(outs)));
  }

  private HloModule module(String name, HloFunc main) {
    Map<String, HloFunc> all = new LinkedHashMap<>();
    all.put("main", main);
    all.putAll(funcs);
    return new HloModule(
        "jit_" + name,
        all,
        Map.of(
            "mhlo.num_partitions",
            devices.map(g -> g.devices().size()).orElse(1) + " : i32",
            "mhlo.num_replicas",
            "1 : i32"));
  }

  private static List<Map<String, String>> donation(Block body, Set<Integer> donated) {
    List<TensorType> free = new ArrayList<>(body.resultTypes());
    List<Map<String, String>> attrs = new ArrayList<>();
    for (int i = 0; i < body.params().size(); i++) {
      int out = donated.contains(i) ? free.indexOf(body.params().get(i).type()) : -1;
      if (out >= 0) {
        free.set(out, null);
        attrs.add(Map.of("tf.aliasing_output", out + " : i32"));
      } else {
        attrs.add(donated.contains(i) ? Map.of("jax.buffer_donor", "true") : Map.of());
      }
    }
    return attrs;
  }

  private Block block(Jaxpr jaxpr, Optional<Grid> over) {
    HloBuilder builder = new HloBuilder();
    List<Value> ins = jaxpr.ins().stream().map(v -> builder.param(v.aval().physical())).toList();
    return builder.build(new Writer(builder, false, over).inline(jaxpr, ins));
  }

  private Writer context(HloBuilder builder) {
    return new Writer(builder, false, Optional.empty());
  }

  private String function(String name, Jaxpr jaxpr, Optional<Grid> over) {
    Map<Optional<Grid>, String> known = written.computeIfAbsent(jaxpr, j -> new HashMap<>());
    Optional<Grid> along = jaxpr.axisNames().isEmpty() ? Optional.empty() : over;
    String before = known.get(along);
    if (before != null) {
      return before;
    }
    Block body = block(jaxpr, over);
    String unique = unique(name);
    funcs.put(unique, new HloFunc(unique, false, body));
    known.put(along, unique);
    return unique;
  }

  private String unique(String name) {
    String unique = name;
    for (int i = 0; unique.equals("main") || funcs.containsKey(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
  }

  private String link(String name, HloModule module) {
    String known = linked.get(module);
    if (known == null) {
      Map<String, String> names = new HashMap<>();
      for (HloFunc func : module.funcs().values()) {
        String unique = unique(func.name().equals("main") ? name : func.name());
        names.put(func.name(), unique);
        funcs.put(unique, func); // holds the name
      }
      module.funcs().values().forEach(f -> rename(f, names));
      known = names.get("main");
      linked.put(module, known);
    }
    return known;
  }

  private void rename(HloFunc func, Map<String, String> names) {
    String name = names.get(func.name());
    funcs.put(name, new HloFunc(name, false, Callees.renamed(func.body(), names)));
  }

  /** Writes one block of the module. */
  private final class Writer implements LowerContext {
    private final HloBuilder builder;
    private final boolean flat; // without calls
    private final Optional<Grid> over;
    private final Map<Value, Value> gathered = new IdentityHashMap<>();

    Writer(HloBuilder builder, boolean flat, Optional<Grid> over) {
      this.builder = builder;
      this.flat = flat;
      this.over = over;
    }

    @Override
    public Grid grid() {
      return over.orElseThrow(
          () -> new IllegalStateException("a collective outside of a program of several devices"));
    }

    @Override
    public boolean isManual() {
      return devices.isPresent();
    }

    @Override
    public LowerContext over(Grid grid) {
      return new Writer(builder, flat, Optional.of(grid));
    }

    @Override
    public Value part(Value operand, GridLayout layout) {
      return layout.equals(parts.get(operand))
          ? operand
          : GridOps.part(builder, whole(operand), layout);
    }

    @Override
    public Value parted(Value part, GridLayout layout) {
      Value own = builder.add(new ShapeOp.Reshape(part, part.shape())); // may lie otherwise too
      if (!layout.isReplicated()) {
        parts.put(own, layout);
      }
      return own;
    }

    /** All of an operand; a device that works by itself has only its part. */
    private Value whole(Value operand) {
      GridLayout layout = over.isPresent() ? null : parts.get(operand);
      return layout == null
          ? operand
          : gathered.computeIfAbsent(operand, v -> GridOps.whole(builder, v, layout));
    }

    @Override
    public HloBuilder builder() {
      return builder;
    }

    @Override
    public List<Value> call(String name, Jaxpr jaxpr, List<Value> operands) {
      if (flat) {
        return inline(jaxpr, operands);
      }
      if (jaxpr.grid().isPresent()) {
        return inParts(jaxpr, operands);
      }
      String callee = function(name, jaxpr, over);
      return builder.addAll(new ControlOp.Call(callee, operands, funcs.get(callee).outputs()));
    }

    @Override
    public List<Value> call(String name, HloModule module, List<Value> operands) {
      if (flat) {
        throw new IllegalStateException("a reduction's body calls @" + name);
      }
      String callee = link(name, module);
      return builder.addAll(new ControlOp.Call(callee, operands, funcs.get(callee).outputs()));
    }

    @Override
    public List<Value> composite(
        String name,
        int version,
        Map<String, String> attributes,
        Jaxpr jaxpr,
        List<Value> operands) {
      if (flat) {
        return inline(jaxpr, operands);
      }
      String meaning = function(name, jaxpr, over);
      List<TensorType> types = funcs.get(meaning).outputs();
      return builder.addAll(
          new ControlOp.Composite(name, operands, types, meaning, version, attributes));
    }

    @Override
    public void check(Hosted handler, String title, List<Value> operands) {
      if (flat) {
        throw new IllegalStateException("a reduction's body checks that " + title);
      }
      Jaxpr nothing =
          NOTHING.computeIfAbsent(
              operands.stream().map(v -> Aval.of(v.dtype(), v.shape())).toList(),
              avals ->
                  new Jaxpr(0, avals.stream().map(Atom.Var::new).toList(), List.of(), List.of()));
      composite(HostCheck.NAME, 0, HostCheck.attributes(handler, title), nothing, operands);
    }

    @Override
    public Block body(Jaxpr jaxpr) {
      HloBuilder inner = new HloBuilder();
      List<Value> ins = jaxpr.ins().stream().map(v -> inner.param(v.aval().physical())).toList();
      return inner.build(new Writer(inner, true, over).inline(jaxpr, ins));
    }

    @Override
    public Block region(
        List<TensorType> params, BiFunction<LowerContext, List<Value>, List<Value>> write) {
      HloBuilder inner = new HloBuilder();
      List<Value> ins = params.stream().map(inner::param).toList();
      return inner.build(write.apply(new Writer(inner, flat, over), ins));
    }

    @Override
    public List<Value> inline(Jaxpr jaxpr, List<Value> operands) {
      return inParts(jaxpr, operands).stream().map(this::whole).toList();
    }

    /** The same with results that are in parts. */
    private List<Value> inParts(Jaxpr jaxpr, List<Value> operands) {
      Map<Atom, Value> env = new HashMap<>();
      for (int i = 0; i < operands.size(); i++) {
        env.put(jaxpr.ins().get(i), operands.get(i));
      }
      for (Eqn eqn : jaxpr.eqns()) {
        boolean inParts = eqn.primitive() instanceof GridPrimitive p && p.grid().isPresent();
        builder.at(eqn.loc());
        List<Value> ins =
            eqn.ins().stream().map(a -> read(env, a)).map(v -> inParts ? v : whole(v)).toList();
        List<Value> outs = lowered(eqn, ins);
        for (int i = 0; i < outs.size(); i++) {
          env.put(eqn.outs().get(i), outs.get(i));
        }
        if (nans != NanCheck.OFF && !flat && !holdsPrograms(eqn)) {
          requireFinite(eqn, ins, outs);
        }
      }
      builder.at(Loc.UNKNOWN);
      return jaxpr.outs().stream().map(a -> read(env, a)).toList();
    }

    private List<Value> lowered(Eqn eqn, List<Value> ins) {
      try {
        return eqn.primitive().lower(this, ins, eqn.outAvals());
      } catch (UnknownSizeException e) {
        throw new SymbolicSizeException(eqn.primitive().name(), eqn.loc(), e.getMessage());
      }
    }

    private void requireFinite(Eqn eqn, List<Value> ins, List<Value> outs) {
      for (int i = 0; i < outs.size(); i++) {
        if (eqn.outs().get(i).aval().isDifferentiable()) {
          builder.at(eqn.loc());
          FiniteResult site = new FiniteResult(nans, eqn.primitive().name(), eqn.loc());
          check(site.hosted(), site.title(), site.operands(builder, outs.get(i), ins));
        }
      }
    }

    /** Whether an equation's operations are those of programs, which are looked at one by one. */
    private static boolean holdsPrograms(Eqn eqn) {
      return eqn.primitive().params().values().stream()
          .anyMatch(
              p ->
                  p instanceof Jaxpr
                      || p instanceof List<?> l && !l.isEmpty() && l.getFirst() instanceof Jaxpr);
    }

    private Value read(Map<Atom, Value> env, Atom atom) {
      return switch (atom) {
        case Atom.Var v -> env.get(v);
        case Atom.Lit l -> env.computeIfAbsent(l, k -> builder.constant(l.literal()));
      };
    }
  }
}
