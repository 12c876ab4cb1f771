package dev.jacobi.jaxpr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.Jacobi;
import dev.jacobi.Op1;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Loc;
import dev.jacobi.lax.Elementary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program that breaks a rule is found, whoever made it. */
class JaxprCheckerTest {
  private static final Aval TYPE = Aval.of(DType.F32, 3);

  private static final Jaxpr GOOD =
      Jacobi.makeJaxpr((Op1) x -> Elementary.cos(Elementary.sin(x)), Jacobi.spec(DType.F32, 3));

  @Test
  void aTracedProgramIsWellFormed() {
    assertThat(GOOD.eqns()).hasSize(2);
    JaxprChecker.check(GOOD);
  }

  @Test
  void aVariableIsBoundBeforeItIsRead() {
    broken(GOOD.captured(), GOOD.ins(), GOOD.eqns().reversed(), GOOD.outs(), "before it is bound");
    List<Atom> unbound = List.of(new Atom.Var(TYPE));
    broken(GOOD.captured(), GOOD.ins(), GOOD.eqns(), unbound, "before it is bound");
  }

  @Test
  void aVariableIsBoundOnce() {
    List<Eqn> twice = new ArrayList<>(GOOD.eqns());
    twice.add(GOOD.eqns().getFirst());
    broken(GOOD.captured(), GOOD.ins(), twice, GOOD.outs(), "bound twice");
    List<Atom.Var> inputs = List.of(GOOD.ins().getFirst(), GOOD.ins().getFirst());
    broken(GOOD.captured(), inputs, GOOD.eqns(), GOOD.outs(), "bound twice");
  }

  @Test
  void resultsHaveTheTypesOfTheShapeRule() {
    Eqn sin = GOOD.eqns().getFirst();
    Atom.Var other = new Atom.Var(Aval.of(DType.F32, 4));
    Eqn wrong = new Eqn(sin.primitive(), sin.ins(), List.of(other), Loc.UNKNOWN);
    broken(0, GOOD.ins(), List.of(wrong), List.of(other), "sin gives");
  }

  @Test
  void literalsAreScalars() {
    List<Atom> vector = List.of(Atom.Lit.of(TYPE, 1));
    broken(0, GOOD.ins(), GOOD.eqns(), vector, "no scalar");
  }

  @Test
  void operandsOfCallsHaveTheTypesOfTheProgramsInputs() {
    Jaxpr calls = Jacobi.makeJaxpr(Jacobi.jit((Op1) Elementary::sin), Jacobi.spec(DType.F32, 3));
    Eqn call = calls.eqns().getFirst();
    Atom.Var wide = new Atom.Var(Aval.of(DType.F32, 7));
    Eqn wrong = new Eqn(call.primitive(), List.of(wide), call.outs(), Loc.UNKNOWN);
    broken(0, List.of(wide), List.of(wrong), calls.outs(), "is called with");
  }

  @Test
  void capturedInputsAreInputs() {
    broken(2, GOOD.ins(), GOOD.eqns(), GOOD.outs(), "2 of 1 inputs");
  }

  private static void broken(
      int captured, List<Atom.Var> ins, List<Eqn> eqns, List<Atom> outs, String says) {
    // with assertions on, the constructor itself refuses
    assertThatThrownBy(() -> JaxprChecker.check(new Jaxpr(captured, ins, eqns, outs)))
        .isInstanceOf(IllFormedJaxprException.class)
        .hasMessageContaining(says);
  }
}
