package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Atom;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Memo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How a linearized step becomes two scans. What the linear step needs of the values is a constant
 * if it depends on constants only, an operand's element if it is one, and else stacked.
 *
 * @param primal the values' steps, which give the stacked residuals last
 * @param linear the tangents' steps: fixed residuals and tangents of constants, tangents of the
 *     carry, changing residuals and tangents of elements
 * @param invariant from the constants to the fixed residuals
 * @param order where each changing residual comes from: an operand, or {@code -1 - i} for stacked
 *     result {@code i}
 */
record ScanSplit(Jaxpr primal, Jaxpr linear, Jaxpr invariant, List<Integer> order, int numConsts) {
  private static final Memo<ScanSplit> SPLITS = new Memo<>();

  static ScanSplit of(Scan scan, Derived.Split split) {
    return SPLITS.get(
        split.primal(),
        List.of(scan.numConsts(), scan.numCarry(), split.residuals()),
        () -> make(scan, split));
  }

  private static ScanSplit make(Scan scan, Derived.Split split) {
    int n = scan.jaxpr().outs().size();
    Jaxpr primal = split.primal();
    Set<Atom> constant = Programs.constants(primal, scan.numConsts());
    List<Integer> fixed = new ArrayList<>();
    List<Integer> changing = new ArrayList<>();
    List<Atom> invariant = new ArrayList<>();
    List<Atom> stacked = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    int firstXs = scan.numConsts() + scan.numCarry();
    for (int r = 0; r < split.residuals().size(); r++) {
      int source = split.residuals().get(r);
      Atom atom = source >= 0 ? primal.ins().get(source) : primal.outs().get(n - 1 - source);
      if (atom instanceof Atom.Lit || constant.contains(atom)) {
        fixed.add(r);
        invariant.add(atom);
      } else if (source >= firstXs) {
        changing.add(r);
        order.add(source);
      } else {
        changing.add(r);
        order.add(-1 - stacked.size());
        stacked.add(atom);
      }
    }
    List<Atom> outs = new ArrayList<>(primal.outs().subList(0, n));
    outs.addAll(stacked);
    Jaxpr values = new Jaxpr(0, primal.ins(), primal.eqns(), outs).eliminateDeadCode();
    return new ScanSplit(
        values,
        ordered(scan, split, fixed, changing),
        Programs.invariant(primal, scan.numConsts(), constant, invariant),
        List.copyOf(order),
        scan.numConsts());
  }

  /** The linear step with its inputs in a scan's order. */
  private static Jaxpr ordered(
      Scan scan, Derived.Split split, List<Integer> fixed, List<Integer> changing) {
    Jaxpr linear = split.linear();
    int first = split.residuals().size();
    int consts = 0;
    int carry = 0;
    List<Boolean> mask = split.mask();
    for (int i = 0; i < scan.numConsts() + scan.numCarry(); i++) {
      consts += mask.get(i) && i < scan.numConsts() ? 1 : 0;
      carry += mask.get(i) && i >= scan.numConsts() ? 1 : 0;
    }
    List<Integer> order = new ArrayList<>(fixed);
    add(order, first, first + consts);
    add(order, first + consts, first + consts + carry);
    order.addAll(changing);
    add(order, first + consts + carry, linear.ins().size());
    return Programs.withInputs(linear, List.copyOf(order));
  }

  private static void add(List<Integer> order, int from, int to) {
    for (int i = from; i < to; i++) {
      order.add(i);
    }
  }

  /** How many residuals are the same in every step. */
  int fixed() {
    return invariant.outs().size();
  }

  /** All residuals, the fixed ones first. */
  List<Array> residuals(List<Array> operands, List<Array> stacked) {
    List<Array> all = new ArrayList<>(Jaxprs.eval(invariant, operands.subList(0, numConsts)));
    for (int source : order) {
      all.add(source >= 0 ? operands.get(source) : stacked.get(-1 - source));
    }
    return all;
  }
}
