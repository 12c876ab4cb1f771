package dev.jacobi.dispatch;

import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Executable;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.CallPrimitive;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.GridLayout;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.lowering.Lowering;
import dev.jacobi.lowering.NanCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** The cache of compiled primitives, by primitive and operand types. */
public final class Eager {
  private static final int MAX_SCALARS = 4096;
  private static final ConcurrentHashMap<Key, Compiled> PRIMITIVES = new ConcurrentHashMap<>();

  /** Whole programs live as long as their jaxpr: a jitted lambda that is dropped frees its code. */
  private static final Map<Jaxpr, Map<Set<Object>, Compiled>> PROGRAMS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private static final ConcurrentHashMap<Atom.Lit, Buffer> SCALARS = new ConcurrentHashMap<>();

  private static final ConcurrentHashMap<Object, Executable> DIVIDED = new ConcurrentHashMap<>();
  private static final Map<Jaxpr, Map<Object, Executable>> DIVIDED_PROGRAMS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private Eager() {}

  /** A program with the types of its results, the engine that it is for, and what it checks. */
  public record Compiled(Executable executable, List<Aval> outs, Backend engine, NanCheck checks) {
    /** Whether it is the program for here and now. */
    public boolean isCurrent() {
      return engine == Backends.current() && checks == NanCheck.current();
    }
  }

  /** The compiled form of a primitive for these operands. */
  public static Compiled compiled(Primitive primitive, Aval[] operands) {
    if (primitive instanceof CallPrimitive call) {
      return PROGRAMS
          .computeIfAbsent(call.jaxpr(), j -> new ConcurrentHashMap<>())
          .computeIfAbsent(
              Set.of(call.donated(), call.threads(), NanCheck.current()), o -> compile(call));
    }
    Key key = new Key(primitive, operands);
    Compiled known = PRIMITIVES.get(key);
    return known != null ? known : PRIMITIVES.computeIfAbsent(key, Eager::compile);
  }

  /** The memory of a scalar constant, shared by its uses. */
  public static Buffer scalar(Atom.Lit lit) {
    Buffer known = SCALARS.get(lit);
    if (known != null) {
      return known;
    }
    Buffer fresh = copyOf(lit);
    if (SCALARS.size() < MAX_SCALARS) {
      SCALARS.put(lit, fresh);
    }
    return fresh;
  }

  /** Memory of its own for a scalar constant. */
  public static Buffer copyOf(Atom.Lit lit) {
    return Backends.current().fromHost(lit.aval().physical(), lit.literal().data());
  }

  /** Drops every compiled primitive and shared scalar. */
  public static void clear() {
    PRIMITIVES.clear();
    PROGRAMS.clear();
    SCALARS.clear();
    DIVIDED.clear();
    DIVIDED_PROGRAMS.clear();
  }

  private static Compiled compile(Key key) {
    List<Aval> operands = List.of(key.operands);
    List<Aval> outs = key.primitive.abstractEval(operands);
    Backend engine = Backends.current();
    Executable executable =
        key.primitive.grid().isPresent()
            ? divided(key.primitive, operands, List.of())
            : engine.compile(Lowering.lower(key.primitive, operands), CompileOptions.DEFAULT);
    return new Compiled(executable, outs, engine, NanCheck.current());
  }

  private static Compiled compile(CallPrimitive call) {
    Backend engine = Backends.current();
    CompileOptions options = CompileOptions.DEFAULT.withThreads(call.threads());
    Executable executable =
        call.jaxpr().grid().isPresent()
            ? divided(call, call.jaxpr().inAvals(), List.of())
            : engine.compile(
                Lowering.lower(call.function(), call.jaxpr(), call.donated()), options);
    return new Compiled(executable, call.jaxpr().outAvals(), engine, NanCheck.current());
  }

  /** Whether some of the arrays lie on several devices. */
  public static boolean areDivided(Buffer[] buffers) {
    for (Buffer b : buffers) {
      if (b instanceof ShardedBuffer) {
        return true;
      }
    }
    return false;
  }

  /** The program for arguments some of which lie on several devices: it is divided among these. */
  public static Executable divided(Primitive primitive, List<Aval> operands, Buffer[] arguments) {
    List<Optional<GridLayout>> given = new ArrayList<>();
    for (Buffer b : arguments) {
      given.add(b instanceof ShardedBuffer s ? Optional.of(s.layout()) : Optional.empty());
    }
    Object key = List.of(given, Backends.current().name(), NanCheck.current());
    if (primitive instanceof CallPrimitive call) {
      return DIVIDED_PROGRAMS
          .computeIfAbsent(call.jaxpr(), j -> new ConcurrentHashMap<>())
          .computeIfAbsent(List.of(key, call.donated()), k -> divided(call, operands, given));
    }
    return DIVIDED.computeIfAbsent(
        List.of(key, primitive, operands), k -> divided(primitive, operands, given));
  }

  private static Executable divided(
      Primitive primitive, List<Aval> operands, List<Optional<GridLayout>> given) {
    Lowering.Program program =
        primitive instanceof CallPrimitive call
            ? Lowering.program(call.function(), call.jaxpr(), call.donated(), given)
            : Lowering.program(primitive.name(), alone(primitive, operands), Set.of(), given);
    return new GridProgram(
        Backends.current(), program.module(), program.plan().orElseThrow(), CompileOptions.DEFAULT);
  }

  /** The program of one equation. */
  private static Jaxpr alone(Primitive primitive, List<Aval> operands) {
    List<Atom.Var> ins = operands.stream().map(Atom.Var::new).toList();
    List<Atom.Var> outs = primitive.abstractEval(operands).stream().map(Atom.Var::new).toList();
    Eqn only = new Eqn(primitive, List.copyOf(ins), outs, Loc.UNKNOWN);
    return new Jaxpr(0, ins, List.of(only), List.copyOf(outs));
  }

  private static final class Key {
    private final Primitive primitive;
    private final Aval[] operands;
    private final NanCheck checks = NanCheck.current();
    private final int hash;

    Key(Primitive primitive, Aval[] operands) {
      this.primitive = primitive;
      this.operands = operands;
      this.hash = 31 * primitive.hashCode() + Arrays.hashCode(operands);
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Key k
          && hash == k.hash
          && checks == k.checks
          && primitive.equals(k.primitive)
          && Arrays.equals(operands, k.operands);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
