package dev.jacobi.jaxpr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A traced program: inputs, equations in order, outputs. Arrays that the function captured are the
 * inputs that come first; there are {@code captured} of them. Equality is identity.
 */
public final class Jaxpr {
  private final int captured;
  private final List<Atom.Var> ins;
  private final List<Eqn> eqns;
  private final List<Atom> outs;
  private final Effect effect;
  private final boolean mayNotEnd;
  private final Set<String> axisNames;
  private final @Nullable Grid grid;
  private final boolean manual;
  private final boolean costly;

  public Jaxpr(int captured, List<Atom.Var> ins, List<Eqn> eqns, List<Atom> outs) {
    this.captured = captured;
    this.ins = List.copyOf(ins);
    this.eqns = List.copyOf(eqns);
    this.outs = List.copyOf(outs);
    this.effect = eqns.stream().map(e -> e.primitive().effect()).reduce(Effect.NONE, Effect::and);
    this.mayNotEnd = eqns.stream().anyMatch(e -> e.primitive().mayNotEnd());
    this.axisNames = axisNames(this.eqns);
    this.grid =
        this.eqns.stream()
            .flatMap(e -> e.primitive().grid().stream())
            .reduce(Grid::same)
            .orElse(null);
    this.manual = eqns.stream().anyMatch(e -> e.primitive().isManual());
    this.costly = eqns.stream().anyMatch(e -> e.primitive().isCostly());
    assert JaxprChecker.holds(this); // whoever produced it: tests run with assertions on
  }

  private static Set<String> axisNames(List<Eqn> eqns) {
    Set<String> names = new TreeSet<>();
    eqns.forEach(e -> names.addAll(e.primitive().axisNames()));
    return names.isEmpty() ? Set.of() : names;
  }

  /** The named axes that its equations work along. */
  public Set<String> axisNames() {
    return axisNames;
  }

  /** The devices that it needs, if it runs on several. */
  public Optional<Grid> grid() {
    return Optional.ofNullable(grid);
  }

  /** Whether it says what each device does, so that nothing is left to divide. */
  public boolean isManual() {
    return manual;
  }

  /** How many of the inputs are captured arrays. */
  public int captured() {
    return captured;
  }

  public List<Atom.Var> ins() {
    return ins;
  }

  public List<Eqn> eqns() {
    return eqns;
  }

  public List<Atom> outs() {
    return outs;
  }

  public List<Aval> inAvals() {
    return ins.stream().map(Atom::aval).toList();
  }

  public List<Aval> outAvals() {
    return outs.stream().map(Atom::aval).toList();
  }

  /** What it does besides computing its results. */
  public Effect effect() {
    return effect;
  }

  /** Whether it holds a loop whose end nobody knows before. */
  public boolean mayNotEnd() {
    return mayNotEnd;
  }

  /** Whether some primitive is worth a branch, so that it runs only if it must. */
  public boolean isCostly() {
    return costly;
  }

  /** The same program without effects, for what is repeated. */
  public Jaxpr silent() {
    if (effect == Effect.NONE) {
      return this;
    }
    List<Eqn> kept = new ArrayList<>();
    for (Eqn eqn : eqns) {
      eqn.primitive()
          .silent()
          .ifPresent(p -> kept.add(new Eqn(p, eqn.ins(), eqn.outs(), eqn.loc())));
    }
    return new Jaxpr(captured, ins, kept, outs).eliminateDeadCode();
  }

  /** The same program with all inputs counted as arguments. */
  public Jaxpr closed() {
    return captured == 0 ? this : new Jaxpr(0, ins, eqns, outs);
  }

  /** Without the equations whose results nobody reads. */
  public Jaxpr eliminateDeadCode() {
    Set<Atom> live = Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    live.addAll(outs);
    Deque<Eqn> kept = new ArrayDeque<>();
    for (Eqn eqn : eqns.reversed()) {
      if (eqn.primitive().hasEffects() || eqn.outs().stream().anyMatch(live::contains)) {
        kept.addFirst(eqn);
        live.addAll(eqn.ins());
      }
    }
    return kept.size() == eqns.size()
        ? this
        : new Jaxpr(captured, ins, new ArrayList<>(kept), outs);
  }

  /** Which of the inputs are read by an equation or returned. */
  public List<Boolean> usedInputs() {
    Set<Atom> used = new HashSet<>(outs);
    eqns.forEach(eqn -> used.addAll(eqn.ins()));
    return ins.stream().map(used::contains).toList();
  }

  /** JAX's text: {@code { lambda ; a:f32[]. let b:f32[] = sin a in (b,) }}. */
  @Override
  public String toString() {
    return JaxprPrinter.print(this);
  }
}
