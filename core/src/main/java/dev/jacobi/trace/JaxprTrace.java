package dev.jacobi.trace;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Eqn;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes every primitive into a jaxpr. Arrays from outside become captured inputs. */
public final class JaxprTrace extends Trace {
  /** A value of the program being written. */
  private static final class Staged extends Tracer {
    private final Atom.Var variable;

    Staged(JaxprTrace trace, Atom.Var variable) {
      super(trace, variable.aval());
      this.variable = variable;
    }
  }

  /** A finished program and the arrays that it captured, which are its first inputs. */
  public record Traced(Jaxpr jaxpr, List<Array> captured) {
    /** Without the captured arrays that only dead code read. */
    public Traced pruned() {
      List<Boolean> used = jaxpr.usedInputs();
      int n = captured.size();
      if (!used.subList(0, n).contains(false)) {
        return this;
      }
      List<Atom.Var> ins = new ArrayList<>();
      List<Array> kept = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        if (used.get(i)) {
          ins.add(jaxpr.ins().get(i));
          kept.add(captured.get(i));
        }
      }
      ins.addAll(jaxpr.ins().subList(n, jaxpr.ins().size()));
      return new Traced(new Jaxpr(kept.size(), ins, jaxpr.eqns(), jaxpr.outs()), kept);
    }
  }

  private final String transform;
  private final List<Atom.Var> ins = new ArrayList<>();
  private final List<Eqn> eqns = new ArrayList<>();
  private final Map<Array, Atom.Var> captured = new IdentityHashMap<>();
  private final List<Array> capturedInOrder = new ArrayList<>();

  public JaxprTrace(String transform, int level) {
    super(level);
    this.transform = transform;
  }

  @Override
  public String transform() {
    return transform;
  }

  /** Adds an input. */
  public Array input(Aval aval) {
    Atom.Var v = new Atom.Var(aval);
    ins.add(v);
    return new Staged(this, v);
  }

  @Override
  public List<Array> process(Primitive primitive, List<Array> operands) {
    List<Atom> atoms = new ArrayList<>(operands.size());
    List<Aval> avals = new ArrayList<>(operands.size());
    for (Array operand : operands) {
      atoms.add(atom(operand));
      avals.add(operand.aval());
    }
    List<Atom.Var> outs = new ArrayList<>();
    List<Array> results = new ArrayList<>();
    for (Aval aval : primitive.outAvals(avals)) {
      Atom.Var v = new Atom.Var(aval);
      outs.add(v);
      results.add(new Staged(this, v));
    }
    eqns.add(new Eqn(primitive, atoms, outs, UserCode.loc()));
    Observer.notify(primitive, operands, results);
    return results;
  }

  /** Ends the program with these results. */
  public Traced finish(List<Array> results) {
    List<Atom> outs = results.stream().map(this::atom).toList();
    List<Atom.Var> all = new ArrayList<>();
    capturedInOrder.forEach(a -> all.add(captured.get(a)));
    all.addAll(ins);
    Jaxpr jaxpr = new Jaxpr(capturedInOrder.size(), all, eqns, outs).eliminateDeadCode();
    return new Traced(jaxpr, List.copyOf(capturedInOrder));
  }

  private Atom atom(Array array) {
    return switch (ArrayForm.of(array)) {
      case Staged s when s.trace() == this -> s.variable;
      case ScalarArray s -> s.lit();
      case ConcreteArray c -> capture(c);
      case Tracer t -> captureTracer(t);
      case AbstractArray a ->
          throw new dev.jacobi.trace.ConcretizationException(
              "an abstract array "
                  + a.aval()
                  + " has no value to compute with at "
                  + UserCode.line()
                  + "; evalShape computes with types only");
    };
  }

  private Atom captureTracer(Tracer tracer) {
    tracer.trace().checkUse(tracer);
    return capture(tracer);
  }

  private Atom.Var capture(Array array) {
    return captured.computeIfAbsent(
        array,
        a -> {
          capturedInOrder.add(a);
          return new Atom.Var(a.aval());
        });
  }
}
