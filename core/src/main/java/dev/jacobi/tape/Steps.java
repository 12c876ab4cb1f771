package dev.jacobi.tape;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.jaxpr.Primitive;
import dev.jacobi.transform.Flat;
import java.util.List;
import java.util.OptionalLong;

/**
 * A loop as a tape sees it: steps forward that hand on what they carry, and steps back that hand on
 * cotangents. Equal for equal loops.
 */
public interface Steps {
  /** The loop. */
  Primitive loop();

  /** A program that lives as long as the loop does; what is derived from the loop hangs on it. */
  Jaxpr anchor();

  /** What tells loops with one anchor apart; does not hold the anchor. */
  Object key();

  List<Aval> operands();

  List<Aval> results();

  /** Which operands have tangents. */
  List<Boolean> mask();

  /** Which results have tangents in some step. */
  List<Boolean> resultMask();

  /** The loop without effects, for steps that are repeated. */
  Steps silent();

  /** How many steps there are, if that is known before. */
  OptionalLong length();

  /** Before the first step: what is carried, then results that steps only write. */
  List<Array> start(List<Array> operands);

  /** How many arrays of the state are carried. */
  int carries();

  /** Whether there is a step after this state; asked only of loops of unknown length. */
  Array goesOn(List<Array> operands, List<Array> state);

  /** Step number {@code i}: the next state, which in the end is the loop's results. */
  List<Array> step(List<Array> operands, Array i, List<Array> state);

  /** The same of what is carried alone. */
  List<Array> advance(List<Array> operands, Array i, List<Array> carry);

  /**
   * What the way back begins with.
   *
   * @param cotangents of the results that have tangents
   */
  List<Array> end(List<Array> operands, List<Array> cotangents);

  /**
   * Step number {@code i} backwards.
   *
   * @param carry before the step
   * @param cotangents of the results that have tangents
   * @param back what the way back carries
   */
  List<Array> pull(
      List<Array> operands, Array i, List<Array> carry, List<Array> cotangents, List<Array> back);

  /** Cotangents of the operands that have tangents, at the end of the way back. */
  List<Array> cotangents(List<Array> back);

  /** Binds a loop of functions that may read any other arrays. */
  List<Array> repeat(Flat goesOn, Flat body, List<Array> init);
}
