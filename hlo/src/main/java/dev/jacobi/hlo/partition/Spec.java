package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program says about an array's sharding, in Shardy's text: {@code #sdy.sharding<@mesh,
 * [{"x"}, {"y", ?}]>}. Instead of the mesh's name the mesh itself may stand there: {@code
 * mesh<["x"=2, "y"=4]>}.
 *
 * @param open per dimension, whether propagation may divide it further, written {@code ?}
 * @param mesh the mesh that is written out
 */
public record Spec(Sharding sharding, List<Boolean> open, Optional<Mesh> mesh) {
  /** The attribute of arguments, results and {@code custom_call @Sharding}. */
  public static final String ATTRIBUTE = "sdy.sharding";

  /** Attributes that say how the whole lies, which mean nothing for a device's part. */
  static final Set<String> ATTRIBUTES = Set.of(ATTRIBUTE, "mhlo.sharding");

  private static final String CONSTRAINT = "Sharding";

  private static final Pattern WHOLE =
      Pattern.compile(
          "#sdy\\.sharding<\\s*(?:@[\\w$.]+|@\"[^\"]*\"|mesh<\\[([^\\]]*)\\]>)\\s*,"
              + "\\s*\\[([^\\]]*)\\]\\s*(?:,\\s*replicated\\s*=\\s*\\{[^}]*\\}\\s*)?>");
  private static final Pattern DIM = Pattern.compile("\\s*\\{([^}]*)\\}\\s*(?:p\\d+)?\\s*");
  private static final Pattern NAME = Pattern.compile("\\s*\"([^\"]*)\"\\s*");
  private static final Pattern AXIS = Pattern.compile("\\s*\"([^\"]*)\"\\s*=\\s*(\\d{1,9})\\s*");

  public Spec {
    open = List.copyOf(open);
  }

  /** Exactly this sharding. */
  public static Spec of(Sharding sharding) {
    return new Spec(sharding, Collections.nCopies(sharding.rank(), false), Optional.empty());
  }

  /** Nothing is known: propagation decides. */
  static Spec unknown(int rank) {
    return new Spec(Sharding.replicated(rank), Collections.nCopies(rank, true), Optional.empty());
  }

  /** The specification among attributes, if one is there. */
  static Optional<Spec> in(Map<String, String> attrs) {
    return Optional.ofNullable(attrs.get(ATTRIBUTE)).map(Spec::parse);
  }

  /**
   * Reads Shardy's text.
   *
   * @throws ShardingException if it is none, or divides an axis
   */
  public static Spec parse(String text) {
    Matcher m = WHOLE.matcher(text.strip());
    if (!m.matches()) {
      String why = "expected #sdy.sharding<@mesh, [{\"x\"}, {}]>, with whole axes";
      throw ShardingException.notation(text, why);
    }
    List<List<String>> dims = new ArrayList<>();
    List<Boolean> open = new ArrayList<>();
    String list = m.group(2);
    Matcher dim = DIM.matcher(list);
    int end = 0;
    while (end < list.length()) {
      if (!dim.find(end) || dim.start() != end) {
        throw ShardingException.notation(text, "expected {axes} at " + list.substring(end));
      }
      dims.add(new ArrayList<>());
      open.add(axes(text, dim.group(1), dims.getLast()));
      end = dim.end();
      if (end < list.length() && list.charAt(end++) != ',') {
        throw ShardingException.notation(text, "expected a comma at " + list.substring(end - 1));
      }
    }
    return new Spec(
        new Sharding(dims), open, Optional.ofNullable(m.group(1)).map(axes -> mesh(text, axes)));
  }

  /** Reads the axes of a dimension, and whether more may follow. */
  private static boolean axes(String text, String list, List<String> axes) {
    boolean open = false;
    for (String axis : list.isBlank() ? new String[0] : list.split(",", -1)) {
      Matcher name = NAME.matcher(axis);
      if (axis.strip().equals("?")) {
        open = true;
      } else if (name.matches()) {
        axes.add(name.group(1));
      } else {
        throw ShardingException.notation(text, axis.strip() + " is no axis");
      }
    }
    return open;
  }

  private static Mesh mesh(String text, String axes) {
    List<Mesh.Axis> list = new ArrayList<>();
    for (String axis : axes.isBlank() ? new String[0] : axes.split(",", -1)) {
      Matcher m = AXIS.matcher(axis);
      if (!m.matches()) {
        throw ShardingException.notation(text, axis.strip() + " is no axis of a mesh");
      }
      list.add(new Mesh.Axis(m.group(1), Integer.parseInt(m.group(2))));
    }
    return new Mesh(list);
  }

  /** Shardy's text, with the name of a mesh. */
  public String text(String meshName) {
    StringBuilder out = new StringBuilder("#sdy.sharding<@").append(meshName).append(", [");
    for (int d = 0; d < sharding.rank(); d++) {
      List<String> axes = new ArrayList<>();
      sharding.axes(d).forEach(a -> axes.add('"' + a + '"'));
      if (open.get(d)) {
        axes.add("?");
      }
      out.append(d == 0 ? "{" : ", {").append(String.join(", ", axes)).append('}');
    }
    return out.append("]>").toString();
  }

  /** The operation that says in the middle of a program how a value lies: it gives the value. */
  public ControlOp.CustomCall constraint(Value value, String meshName) {
    Map<String, String> attrs = Map.of(ATTRIBUTE, text(meshName));
    return new ControlOp.CustomCall(
        CONSTRAINT, List.of(value), List.of(value.type()), false, attrs);
  }

  /** Whether an operation says how its operand lies. */
  static boolean isConstraint(ControlOp.CustomCall op) {
    return op.target().equals(CONSTRAINT)
        && op.operands().size() == 1
        && op.types().equals(List.of(op.operands().getFirst().type()));
  }
}
