package dev.jacobi.hlo.linalg;

import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A custom call {@code lapack_*_ffi} as JAX writes it, checked: operands and results have the types
 * that the routine demands, matrices are handed over column by column, options are known. Leading
 * dimensions are batches.
 *
 * @param batch the leading dimensions
 * @param options by name, letters as such: {@code uplo} is {@code L}
 */
public record LapackCall(
    LapackRoutine routine,
    DType dtype,
    Shape batch,
    List<TensorType> operands,
    List<TensorType> results,
    Map<String, String> options) {
  private static final Pattern TARGET = Pattern.compile("lapack_([sdcz])([a-z0-9]{4,5})_ffi");
  private static final Pattern OPTION =
      Pattern.compile("([a-z_]+) = (true|false|-?[0-9]+)(?: : (ui8|i32))?");
  private static final Pattern LAYOUT = Pattern.compile("dense<\\[?([0-9, ]*)]?>");

  public LapackCall {
    operands = List.copyOf(operands);
    results = List.copyOf(results);
    options = Map.copyOf(options);
  }

  /**
   * Marks a call, in a compiler, whose matrices stand transposed: row by row as Fortran sees them
   * column by column. It has no layouts.
   */
  public static final String TRANSPOSED = "jacobi.transposed";

  /**
   * What a custom call asks of LAPACK; empty if it asks something else.
   *
   * @throws HloTypeException if types, options or layouts are not those of the routine
   */
  public static Optional<LapackCall> of(ControlOp.CustomCall op) {
    Matcher m = TARGET.matcher(op.target());
    if (!m.matches()) {
      return Optional.empty();
    }
    DType dtype =
        switch (m.group(1)) {
          case "s" -> DType.F32;
          case "d" -> DType.F64;
          case "c" -> DType.C64;
          default -> DType.C128;
        };
    return LapackRoutine.find(m.group(2), dtype.isComplex()).map(r -> of(op, r, dtype));
  }

  private static LapackCall of(ControlOp.CustomCall op, LapackRoutine routine, DType dtype) {
    List<TensorType> operands = op.operands().stream().map(Value::type).toList();
    require(op, operands.size() == routine.operands(), "takes " + routine.operands() + " operands");
    for (TensorType t : operands) {
      require(op, t.shape().isStatic(), t + " is not static");
    }
    int rank = operands.stream().mapToInt(TensorType::rank).max().orElse(0);
    require(op, rank >= 2, "needs a matrix");
    boolean turned = op.attrs().containsKey(TRANSPOSED);
    List<TensorType> given = turned ? transposed(operands, rank) : operands;
    List<TensorType> results = turned ? transposed(op.types(), rank) : op.types();
    LapackCall call = new LapackCall(routine, dtype, batch(given), given, results, options(op));
    List<TensorType> want = LapackTypes.results(call);
    require(op, want.equals(results), "gives " + want + ", not " + results);
    if (!turned) {
      call.layouts(op, "operand_layouts", operands);
      call.layouts(op, "result_layouts", op.types());
    }
    return call;
  }

  private static List<TensorType> transposed(List<TensorType> types, int rank) {
    return types.stream().map(t -> t.rank() == rank ? transposed(t) : t).toList();
  }

  /** A type with its last two dimensions exchanged. */
  public static TensorType transposed(TensorType t) {
    long[] sizes = t.shape().toArray();
    int last = sizes.length - 1;
    long rows = sizes[last - 1];
    sizes[last - 1] = sizes[last];
    sizes[last] = rows;
    return t.withShape(Shape.of(sizes));
  }

  /** What comes before the two dimensions of the operands that are matrices. */
  private static Shape batch(List<TensorType> operands) {
    TensorType last = operands.getLast();
    TensorType matrix = last.rank() > operands.getFirst().rank() ? last : operands.getFirst();
    return Shape.of(Arrays.copyOf(matrix.shape().toArray(), matrix.rank() - 2));
  }

  /**
   * A call as JAX writes it; result types follow from the operands.
   *
   * @param options values by name: one letter, {@code true}, {@code false} or an integer
   */
  public static ControlOp.CustomCall write(
      LapackRoutine routine, DType dtype, List<Value> operands, Map<String, String> options) {
    List<TensorType> types = operands.stream().map(Value::type).toList();
    LapackCall open = new LapackCall(routine, dtype, batch(types), types, List.of(), options);
    List<TensorType> results = LapackTypes.results(open);
    Map<String, String> attrs = new TreeMap<>();
    attrs.put("backend_config", "\"\"");
    attrs.put("mhlo.backend_config", optionText(options));
    attrs.put("mhlo.frontend_attributes", "{num_batch_dims = \"" + open.batch.rank() + "\"}");
    attrs.put("operand_layouts", open.layoutText(types));
    attrs.put("result_layouts", open.layoutText(results));
    return new ControlOp.CustomCall(open.target(), operands, results, false, attrs);
  }

  /** The options of a call in MLIR, with some of them changed. */
  public static String changed(ControlOp.CustomCall op, Map<String, String> changes) {
    Map<String, String> options = options(op);
    options.putAll(changes);
    return optionText(options);
  }

  private static String optionText(Map<String, String> options) {
    return new TreeMap<>(options)
        .entrySet().stream()
            .map(
                e ->
                    e.getKey()
                        + " = "
                        + (e.getValue().matches("[A-Z]")
                            ? (int) e.getValue().charAt(0) + " : ui8"
                            : e.getValue().matches("true|false")
                                ? e.getValue()
                                : e.getValue() + " : i32"))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  private String layoutText(List<TensorType> types) {
    return types.stream()
        .map(
            t -> {
              String order = layout(t).replace(",", ", ");
              String list = t.rank() > 1 ? "[" + order + "]" : order;
              return "dense<" + list + "> : tensor<" + t.rank() + "xindex>";
            })
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static void require(ControlOp.CustomCall op, boolean holds, String why) {
    if (!holds) {
      throw new HloTypeException("custom_call @" + op.target() + " " + why);
    }
  }

  /** Integers of one byte are letters. */
  private static Map<String, String> options(ControlOp.CustomCall op) {
    Map<String, String> options = new TreeMap<>();
    Matcher m = OPTION.matcher(op.attrs().getOrDefault("mhlo.backend_config", "{}"));
    while (m.find()) {
      boolean letter = "ui8".equals(m.group(3));
      options.put(
          m.group(1),
          letter ? String.valueOf((char) (Integer.parseInt(m.group(2)) & 0xFF)) : m.group(2));
    }
    return options;
  }

  private void layouts(ControlOp.CustomCall op, String name, List<TensorType> types) {
    List<String> found = new ArrayList<>();
    Matcher m = LAYOUT.matcher(op.attrs().getOrDefault(name, ""));
    while (m.find()) {
      found.add(m.group(1).replace(" ", ""));
    }
    List<String> want = types.stream().map(this::layout).toList();
    require(op, found.equals(want), "has " + name + " " + found + ", but only knows " + want);
  }

  /** Dimensions from the fastest to the slowest: matrices by columns, all else by rows. */
  private String layout(TensorType t) {
    List<String> order = new ArrayList<>();
    for (int d = t.rank() - 1; d >= 0; d--) {
      order.add(Integer.toString(d));
    }
    if (isMatrix(t)) {
      order.set(0, Integer.toString(t.rank() - 2));
      order.set(1, Integer.toString(t.rank() - 1));
    }
    return String.join(",", order);
  }

  /** Whether an operand or result is a batch of matrices; others are vectors or numbers. */
  public boolean isMatrix(TensorType t) {
    return t.rank() == batch.rank() + 2;
  }

  /** Rows of a matrix, length of a vector, 1 for a number. */
  public int rows(TensorType t) {
    return t.rank() == batch.rank() ? 1 : Math.toIntExact(t.dim(batch.rank()));
  }

  public int cols(TensorType t) {
    return isMatrix(t) ? Math.toIntExact(t.dim(batch.rank() + 1)) : 1;
  }

  /** A one-letter option, which must be one of some. */
  public char letter(String name, String allowed) {
    String value = options.getOrDefault(name, "");
    if (value.length() != 1 || allowed.indexOf(value.charAt(0)) < 0) {
      throw new HloTypeException(this + ": " + name + " is '" + value + "', not one of " + allowed);
    }
    return value.charAt(0);
  }

  public boolean flag(String name) {
    return options.getOrDefault(name, "false").equals("true");
  }

  public int number(String name) {
    String value = options.getOrDefault(name, "");
    if (!value.matches("-?[0-9]{1,9}")) {
      throw new HloTypeException(this + ": needs the integer " + name);
    }
    return Integer.parseInt(value);
  }

  /**
   * The operand whose memory becomes a result's, as LAPACK overwrites it; -1 if the result is new.
   */
  public int overwrites(int result) {
    return switch (routine) {
      case TRSM -> 1;
      case ORMQR -> 2;
      case GETRF, POTRF, GEQRF, ORGQR, GESDD, GESVD, SYEVD, GEES, GEHRD, SYTRD ->
          result == 0 ? 0 : -1;
      case GEQP3 -> result < 2 ? result : -1;
      case GTSV -> result < 4 ? result : -1;
      case GEEV -> -1;
    };
  }

  /** Whether the routine fixes a result; vectors that were not asked for hold anything. */
  public boolean isDefined(int result) {
    return switch (routine) {
      case GESDD, GESVD -> result == 1 || result > 3 || result > 0 && letter("mode", "ASN") != 'N';
      case SYEVD -> result > 0 || letter("mode", "NV") == 'V';
      case GEES -> result != 1 || letter("mode", "NV") == 'V';
      case GEEV -> {
        int fromEnd = results.size() - result;
        yield (fromEnd != 3 || letter("compute_left", "NV") == 'V')
            && (fromEnd != 2 || letter("compute_right", "NV") == 'V');
      }
      case TRSM, GETRF, POTRF, GEQRF, GEQP3, ORGQR, ORMQR, GEHRD, SYTRD, GTSV -> true;
    };
  }

  /** LAPACK's name, such as {@code zheevd}. */
  public String name() {
    return prefix() + routine.lapackName(dtype.isComplex());
  }

  private String target() {
    return "lapack_" + name() + "_ffi";
  }

  private String prefix() {
    return switch (dtype) {
      case F32 -> "s";
      case F64 -> "d";
      case C64 -> "c";
      case C128 -> "z";
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, F16, BF16 -> throw new AssertionError(dtype);
    };
  }

  @Override
  public String toString() {
    return "custom_call @" + target();
  }
}
