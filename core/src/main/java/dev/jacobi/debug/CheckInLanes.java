package dev.jacobi.debug;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.host.FailureHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * A check in a program.
 *
 * @param lanes of the condition and the values
 * @param isScalar whether the condition is one boolean for all lanes
 */
record CheckInLanes(CheckSite site, Lanes lanes, boolean isScalar) implements FailureHandler {
  /** Whether the program passes the condition's elements on beside what they come to. */
  boolean passesCondition() {
    return !isScalar && site.showsCondition();
  }

  @Override
  public RuntimeException failure(List<Literal> shown) {
    List<Literal> condition = passesCondition() ? shown.subList(0, 1) : List.of();
    List<Literal> values = shown.subList(condition.size(), shown.size());
    if (lanes.depth() == 0) {
      return site.failure(condition, values, "");
    }
    if (condition.isEmpty() && site.showsCondition()) {
      return site.failure(condition, values, ""); // true or false for all lanes
    }
    for (long lane = 0; lane < lanes.count(); lane++) {
      long[] at = lanes.coordinates(lane);
      List<Literal> mine = new ArrayList<>();
      for (int i = 0; i < values.size(); i++) {
        mine.add(lanes.slice(1 + i, values.get(i), at));
      }
      List<Literal> own = condition.stream().map(c -> lanes.slice(0, c, at)).toList();
      boolean failed = own.isEmpty() ? site.fails(mine) : CheckSite.firstFalse(own.getFirst()) >= 0;
      if (failed) {
        return site.failure(own, mine, Lanes.text(at));
      }
    }
    return site.failure(condition, values, "");
  }
}
