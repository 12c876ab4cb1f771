package dev.jacobi.export;

import dev.jacobi.hlo.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds the values of dimension variables from the sizes of arguments, as JAX does: equations with
 * one unknown variable, linear in it, are solved first, then what becomes such an equation, until
 * all are solved; then every equation must hold.
 */
final class DimSolver {
  private final Map<String, Long> solved = new TreeMap<>();
  private final StringBuilder told = new StringBuilder();
  private final String specifications;

  /** One dimension of an argument: its place in words, what was exported, and its size. */
  private record Equation(String place, DimExpr expr, long size) {}

  private DimSolver(String specifications) {
    this.specifications = specifications;
  }

  /**
   * The variables' values.
   *
   * @param names the arguments' places in words
   * @param actual the arguments' shapes, of the ranks of {@code avals}
   */
  static Map<String, Long> solve(List<String> names, List<ShapedArray> avals, List<Shape> actual) {
    List<Equation> open = new ArrayList<>();
    List<String> specifications = new ArrayList<>();
    for (int i = 0; i < avals.size(); i++) {
      List<DimExpr> shape = avals.get(i).shape();
      for (int d = 0; d < shape.size(); d++) {
        if (!shape.get(d).isConstant()) {
          String place = names.get(i) + ".shape[" + d + "]";
          open.add(new Equation(place, shape.get(d), actual.get(i).dim(d)));
        }
      }
      if (!avals.get(i).isStatic()) {
        specifications.add(
            shape.stream()
                .map(DimExpr::toString)
                .collect(Collectors.joining(", ", names.get(i) + ".shape = (", ")")));
      }
    }
    DimSolver solver = new DimSolver(String.join(",", specifications));
    solver.solveAll(open);
    return solver.solved;
  }

  private void solveAll(List<Equation> equations) {
    List<Equation> open = new ArrayList<>(equations);
    while (open.removeIf(this::solveOne)) {}
    if (!open.isEmpty()) {
      Set<String> unsolved = new HashSet<>();
      open.forEach(e -> unsolved.addAll(e.expr.variables()));
      unsolved.removeAll(solved.keySet());
      throw new ExportException.ArgumentMismatch(
          "Cannot solve for values of dimension variables "
              + unsolved
              + ". We can only solve linear uni-variate constraints. Using the following"
              + " polymorphic shapes specifications: "
              + specifications
              + ". Unprocessed specifications: "
              + open.stream()
                  .map(e -> "'" + e.expr + "' for dimension size " + e.place)
                  .collect(Collectors.joining(", ")));
    }
  }

  /** Solves or checks an equation; false if it must wait for others. */
  private boolean solveOne(Equation equation) {
    try {
      DimExpr.Term unknown = null;
      long rest = equation.size;
      for (DimExpr.Term term : equation.expr.terms()) {
        if (term.variables().allMatch(solved::containsKey)) {
          rest = Math.subtractExact(rest, term.evaluate(solved));
        } else if (unknown == null && term.isVariable()) {
          unknown = term;
        } else {
          return false;
        }
      }
      if (unknown == null) {
        check(equation);
      } else {
        assign(equation, unknown, rest);
      }
      return true;
    } catch (ArithmeticException e) {
      throw mismatch(
          "The size "
              + equation.size
              + " of "
              + equation.place
              + " and the specification '"
              + equation.expr
              + "' cannot be compared: "
              + e.getMessage());
    }
  }

  private void check(Equation equation) {
    long expected = equation.expr.evaluate(solved);
    if (expected != equation.size) {
      throw mismatch(
          "Found inconsistency between dimension size "
              + equation.place
              + " (= "
              + equation.size
              + ") and the specification '"
              + equation.expr
              + "' (= "
              + expected
              + ").");
    }
  }

  private void assign(Equation equation, DimExpr.Term unknown, long rest) {
    String variable = unknown.variables().findFirst().orElseThrow();
    long remainder = Math.floorMod(rest, unknown.coefficient());
    if (remainder != 0) {
      throw mismatch(
          "Division had remainder "
              + remainder
              + " when computing the value of '"
              + variable
              + "'.");
    }
    long value = Math.floorDiv(rest, unknown.coefficient());
    solved.put(variable, value);
    told.append(told.isEmpty() ? " Obtained dimension variables: " : ", ");
    told.append(
        "'%s' = %d from specification '%s' for dimension %s (= %d)"
            .formatted(variable, value, equation.expr, equation.place, equation.size));
    if (value < 1) {
      throw mismatch("Expected value >= 1 for dimension variable '" + variable + "'.");
    }
  }

  private ExportException mismatch(String what) {
    return new ExportException.ArgumentMismatch(
        "Input shapes do not match the polymorphic shapes specification. "
            + what
            + " Using the following polymorphic shapes specifications: "
            + specifications
            + "."
            + told);
  }
}
