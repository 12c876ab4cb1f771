package dev.jacobi.debug;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.host.CheckFailedException;
import dev.jacobi.print.ArrayText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A user's condition with a message.
 *
 * @param template with {@code {}} for each value
 */
record UserCheck(Template template, Loc loc) implements CheckSite {
  @Override
  public String title() {
    return template.text();
  }

  @Override
  public boolean showsCondition() {
    return true;
  }

  @Override
  public boolean fails(List<Literal> values) {
    throw new IllegalStateException("the condition says so");
  }

  @Override
  public RuntimeException failure(List<Literal> condition, List<Literal> values, String lane) {
    String where = lane;
    List<Object> shown = new ArrayList<>();
    long first = condition.isEmpty() ? -1 : CheckSite.firstFalse(condition.getFirst());
    Shape shape = condition.isEmpty() ? Shape.scalar() : condition.getFirst().shape();
    if (first >= 0 && shape.rank() > 0) {
      where += " at " + Longs.of(CheckSite.coordinates(shape, first));
    }
    for (Literal value : values) {
      shown.add(ArrayText.of(at(value, shape, first)));
    }
    return new CheckFailedException(
        "check at " + loc + " failed" + where + ": " + template.format(shown));
  }

  /** Of a value with the condition's dimensions, what belongs to the place; else all of it. */
  private static Literal at(Literal value, Shape condition, long place) {
    int rank = condition.rank();
    long[] sizes = value.shape().toArray();
    boolean fits =
        place >= 0
            && rank > 0
            && sizes.length >= rank
            && Shape.of(Arrays.copyOf(sizes, rank)).equals(condition);
    if (!fits) {
      return value;
    }
    TensorType type =
        value.type().withShape(Shape.of(Arrays.copyOfRange(sizes, rank, sizes.length)));
    return Literal.wrap(type, value.data().asSlice(place * type.byteSize(), type.byteSize()));
  }
}
