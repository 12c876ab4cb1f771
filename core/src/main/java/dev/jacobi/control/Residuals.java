package dev.jacobi.control;

import dev.jacobi.Array;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.Jaxpr;
import dev.jacobi.lax.Zeros;
import dev.jacobi.transform.Derived;
import dev.jacobi.transform.Jaxprs;
import dev.jacobi.transform.Memo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where the residuals of linearized branches are kept: places that the branches share, because only
 * one of them runs.
 *
 * @param places types of the places
 * @param used per branch the place of each of its residuals that is no input
 * @param outs how many results a branch has before its residuals
 */
record Residuals(List<Aval> places, List<List<Integer>> used, int outs) {
  private static final Memo<Jaxpr> PRIMALS = new Memo<>();
  private static final Memo<Jaxpr> LINEARS = new Memo<>();

  static Residuals of(List<Derived.Split> splits, int outs) {
    List<Aval> places = new ArrayList<>();
    List<List<Integer>> used = new ArrayList<>();
    for (Derived.Split split : splits) {
      List<Aval> avals = split.primal().outAvals();
      List<Boolean> free = new ArrayList<>(Collections.nCopies(places.size(), true));
      List<Integer> mine = new ArrayList<>();
      for (Aval aval : avals.subList(outs, avals.size())) {
        int place = find(places, free, aval.strong());
        free.set(place, false);
        mine.add(place);
      }
      used.add(List.copyOf(mine));
    }
    return new Residuals(List.copyOf(places), List.copyOf(used), outs);
  }

  private static int find(List<Aval> places, List<Boolean> free, Aval aval) {
    for (int i = 0; i < places.size(); i++) {
      if (free.get(i) && places.get(i).equals(aval)) {
        return i;
      }
    }
    places.add(aval);
    free.add(true);
    return places.size() - 1;
  }

  /** The branches' values, then all places. */
  List<Jaxpr> primals(List<Derived.Split> splits) {
    List<Jaxpr> all = new ArrayList<>();
    for (int b = 0; b < splits.size(); b++) {
      Jaxpr primal = splits.get(b).primal();
      List<Integer> mine = used.get(b);
      all.add(PRIMALS.get(primal, List.of(places, mine, outs), () -> primal(primal, mine)));
    }
    return all;
  }

  private Jaxpr primal(Jaxpr primal, List<Integer> mine) {
    return Jaxprs.traceClosed(
        primal.inAvals(),
        ins -> {
          List<Array> values = Jaxprs.eval(primal, ins);
          List<Array> results = new ArrayList<>(values.subList(0, outs));
          places.forEach(p -> results.add(Zeros.of(p)));
          for (int k = 0; k < mine.size(); k++) {
            results.set(outs + mine.get(k), values.get(outs + k));
          }
          return results;
        });
  }

  /** The branches' linear programs, which take the branch's inputs, all places, and tangents. */
  List<Jaxpr> linears(List<Derived.Split> splits) {
    List<Jaxpr> all = new ArrayList<>();
    for (int b = 0; b < splits.size(); b++) {
      Derived.Split split = splits.get(b);
      List<Integer> mine = used.get(b);
      all.add(
          LINEARS.get(
              split.linear(), List.of(places, mine, split.residuals()), () -> linear(split, mine)));
    }
    return all;
  }

  private Jaxpr linear(Derived.Split split, List<Integer> mine) {
    List<Aval> avals = new ArrayList<>(split.primal().inAvals());
    int n = avals.size();
    avals.addAll(places);
    List<Aval> linear = split.linear().inAvals();
    avals.addAll(linear.subList(split.residuals().size(), linear.size()));
    return Jaxprs.traceClosed(
        avals,
        ins -> {
          List<Array> args = new ArrayList<>();
          for (int source : split.residuals()) {
            args.add(ins.get(source >= 0 ? source : n + mine.get(-1 - source)));
          }
          args.addAll(ins.subList(n + places.size(), ins.size()));
          return Jaxprs.eval(split.linear(), args);
        });
  }
}
