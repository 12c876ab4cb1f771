package dev.jacobi.debug;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
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
    Lanes now = sized(passesCondition() ? 0 : 1, shown);
    for (long lane = 0; lane < now.count(); lane++) {
      long[] at = now.coordinates(lane);
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

  /** The lanes that there are, where a program leaves their number open. */
  private Lanes sized(int first, List<Literal> shown) {
    for (int i = 0; i < shown.size(); i++) {
      Shape open = lanes.wide(first + i, Shape.scalar());
      for (int d = 0; d < open.rank(); d++) {
        if (!open.isStatic(d)) {
          return lanes.filled(shown.get(i).shape().dim(d));
        }
      }
    }
    return lanes;
  }
}
