package dev.jacobi.debug;

import dev.jacobi.Array;
import dev.jacobi.lax.LaxTypeException;
import dev.jacobi.trace.NullArgumentException;
import dev.jacobi.trace.UserCode;
import dev.jacobi.transform.TreeFn;
import java.util.ArrayList;
import java.util.List;

/** Conditions that programs check while they run. */
public final class Checks {
  private Checks() {}

  /** Throws with the message and the values unless all elements of the condition are true. */
  public static void check(Array condition, String message, Object... values) {
    NullArgumentException.require(condition, "check", "the condition");
    NullArgumentException.require(message, "check", "the message");
    NullArgumentException.require(values, "check", "the array of values");
    if (!condition.dtype().isBool()) {
      throw new LaxTypeException(
          "check", "takes a boolean condition, such as x.gt(0), not " + condition.aval());
    }
    List<Array> shown = new ArrayList<>();
    List<Object> places = new ArrayList<>(); // a number of an array, or a text
    for (Object value : values) {
      List<Array> leaves = TreeFn.Args.of(value).leaves();
      if (leaves.size() > 1) {
        throw new LaxTypeException(
            "check",
            "shows arrays and plain values, but a "
                + value.getClass().getName()
                + " has "
                + leaves.size()
                + " arrays; pass each by itself");
      }
      places.add(leaves.isEmpty() ? String.valueOf(value) : (Object) shown.size());
      shown.addAll(leaves);
    }
    Template template = Template.of("check", message, values.length).with(places);
    require(new UserCheck(template, UserCode.loc()), condition, shown);
  }

  /** Throws what a site says unless all elements of the condition are true. */
  public static void require(CheckSite site, Array condition, List<Array> values) {
    Check.bind(site, condition, values);
  }
}
