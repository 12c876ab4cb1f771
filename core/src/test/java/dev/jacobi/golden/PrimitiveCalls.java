package dev.jacobi.golden;

import static java.util.Map.entry;

import dev.jacobi.Array;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.IndexOp.GatherDims;
import dev.jacobi.hlo.IndexOp.ScatterDims;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp.DotDims;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.SpectralOp.FftType;
import dev.jacobi.lax.ArgReductions;
import dev.jacobi.lax.Arithmetic;
import dev.jacobi.lax.Bits;
import dev.jacobi.lax.Compare;
import dev.jacobi.lax.Complexes;
import dev.jacobi.lax.Concatenation;
import dev.jacobi.lax.ConvDimensionNumbers;
import dev.jacobi.lax.ConvOptions;
import dev.jacobi.lax.Convert;
import dev.jacobi.lax.Convolution;
import dev.jacobi.lax.Dot;
import dev.jacobi.lax.DynamicSlices;
import dev.jacobi.lax.Elementary;
import dev.jacobi.lax.Fft;
import dev.jacobi.lax.Gather;
import dev.jacobi.lax.GatherScatterMode;
import dev.jacobi.lax.IncompleteBeta;
import dev.jacobi.lax.IncompleteGamma;
import dev.jacobi.lax.Padding;
import dev.jacobi.lax.Powers;
import dev.jacobi.lax.Reductions;
import dev.jacobi.lax.Scatter;
import dev.jacobi.lax.Shapes;
import dev.jacobi.lax.Slices;
import dev.jacobi.lax.SpecialFunctions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** The call that a golden case of one primitive stands for. */
final class PrimitiveCalls {
  /** A primitive with its parameters, applied to its operands. */
  interface Call extends java.io.Serializable {
    Array apply(List<Array> operands);
  }

  private static final Map<String, UnaryOperator<Array>> UNARY =
      Map.ofEntries(
          entry("neg", Arithmetic::neg),
          entry("abs", Arithmetic::abs),
          entry("sign", Arithmetic::sign),
          entry("square", Arithmetic::square),
          entry("exp", Elementary::exp),
          entry("exp2", Elementary::exp2),
          entry("expm1", Elementary::expm1),
          entry("log", Elementary::log),
          entry("log1p", Elementary::log1p),
          entry("sqrt", Powers::sqrt),
          entry("rsqrt", Powers::rsqrt),
          entry("cbrt", Powers::cbrt),
          entry("sin", Elementary::sin),
          entry("cos", Elementary::cos),
          entry("tan", Elementary::tan),
          entry("asin", Elementary::asin),
          entry("acos", Elementary::acos),
          entry("atan", Elementary::atan),
          entry("sinh", Elementary::sinh),
          entry("cosh", Elementary::cosh),
          entry("tanh", Elementary::tanh),
          entry("asinh", Elementary::asinh),
          entry("acosh", Elementary::acosh),
          entry("atanh", Elementary::atanh),
          entry("logistic", Elementary::logistic),
          entry("erf", Elementary::erf),
          entry("erfc", Elementary::erfc),
          entry("erf_inv", Elementary::erfInv),
          entry("lgamma", SpecialFunctions::lgamma),
          entry("digamma", SpecialFunctions::digamma),
          entry("bessel_i0e", SpecialFunctions::besselI0e),
          entry("bessel_i1e", SpecialFunctions::besselI1e),
          entry("floor", Elementary::floor),
          entry("ceil", Elementary::ceil),
          entry("is_finite", Elementary::isFinite),
          entry("real", Complexes::real),
          entry("imag", Complexes::imag),
          entry("conj", Complexes::conj),
          entry("not", Bits::not),
          entry("population_count", Bits::populationCount),
          entry("clz", Bits::clz));

  private static final Map<String, BinaryOperator<Array>> BINARY =
      Map.ofEntries(
          entry("add", Arithmetic::add),
          entry("sub", Arithmetic::sub),
          entry("mul", Arithmetic::mul),
          entry("div", Arithmetic::div),
          entry("rem", Arithmetic::rem),
          entry("max", Arithmetic::max),
          entry("min", Arithmetic::min),
          entry("nextafter", Elementary::nextafter),
          entry("atan2", Elementary::atan2),
          entry("pow", Powers::pow),
          entry("polygamma", SpecialFunctions::polygamma),
          entry("zeta", SpecialFunctions::zeta),
          entry("igamma", IncompleteGamma::igamma),
          entry("igammac", IncompleteGamma::igammac),
          entry("igamma_grad_a", IncompleteGamma::igammaGradA),
          entry("random_gamma_grad", IncompleteGamma::randomGammaGrad),
          entry("complex", Complexes::complex),
          entry("and", Bits::and),
          entry("or", Bits::or),
          entry("xor", Bits::xor),
          entry("shift_left", Bits::shiftLeft),
          entry("shift_right_logical", Bits::shiftRightLogical),
          entry("shift_right_arithmetic", Bits::shiftRightArithmetic),
          entry("mulhi", Bits::mulhi),
          entry("eq", Compare::eq),
          entry("ne", Compare::ne),
          entry("lt", Compare::lt),
          entry("le", Compare::le),
          entry("gt", Compare::gt),
          entry("ge", Compare::ge));

  private PrimitiveCalls() {}

  /** The call, or empty if Jacobi has no such primitive. */
  static Optional<Call> of(String primitive, Parameters p, List<GoldenArray> operands) {
    UnaryOperator<Array> unary = UNARY.get(primitive);
    BinaryOperator<Array> binary = BINARY.get(primitive);
    if (unary != null) {
      return Optional.of(x -> unary.apply(x.get(0)));
    }
    if (binary != null) {
      return Optional.of(x -> binary.apply(x.get(0), x.get(1)));
    }
    return Optional.ofNullable(
        switch (primitive) {
          case "integer_pow" -> x -> Powers.integerPow(x.get(0), (int) p.number("y"));
          case "round" ->
              p.number("rounding_method") == 0
                  ? x -> Elementary.roundAway(x.get(0))
                  : x -> Elementary.roundEven(x.get(0));
          case "regularized_incomplete_beta" ->
              x -> IncompleteBeta.betainc(x.get(0), x.get(1), x.get(2));
          case "clamp" -> x -> Compare.clamp(x.get(0), x.get(1), x.get(2));
          case "select_n" -> x -> Compare.selectN(x.getFirst(), x.subList(1, x.size()));
          case "convert_element_type" ->
              x -> Convert.convertElementType(x.get(0), p.dtype("new_dtype"));
          case "bitcast_convert_type" ->
              x -> Convert.bitcastConvertType(x.get(0), p.dtype("new_dtype"));
          default -> shaped(primitive, p);
        });
  }

  private static Call shaped(String primitive, Parameters p) {
    return switch (primitive) {
      case "broadcast_in_dim" -> {
        Shape shape = Shape.of(p.longs("shape"));
        Axes dims = p.axes("broadcast_dimensions");
        yield x -> Shapes.broadcastInDim(x.get(0), shape, dims);
      }
      case "reshape" -> x -> Shapes.reshape(x.get(0), Shape.of(p.longs("new_sizes")));
      case "transpose" -> x -> Shapes.transpose(x.get(0), p.axes("permutation"));
      case "squeeze" -> x -> Shapes.squeeze(x.get(0), p.axes("dimensions"));
      case "concatenate" -> x -> Concatenation.concatenate(x, (int) p.number("dimension"));
      case "rev" -> x -> Concatenation.rev(x.get(0), p.axes("dimensions"));
      case "pad" -> pad(p.longs("padding_config"));
      case "slice" -> slice(p);
      case "iota" -> {
        Shape shape = Shape.of(p.longs("shape"));
        yield x -> Shapes.iota(p.dtype("dtype"), shape, (int) p.number("dimension"));
      }
      case "dynamic_slice" -> {
        Longs sizes = Longs.of(p.longs("slice_sizes"));
        yield x -> DynamicSlices.dynamicSlice(x.get(0), x.subList(1, x.size()), sizes);
      }
      case "dynamic_update_slice" ->
          x -> DynamicSlices.dynamicUpdateSlice(x.get(0), x.get(1), x.subList(2, x.size()));
      case "dot_general" -> dot(p);
      case "fft" -> fft(p);
      case "conv_general_dilated" -> conv(p);
      case "gather" -> gather(p);
      default -> primitive.startsWith("scatter") ? scatter(primitive, p) : reduction(primitive, p);
    };
  }

  private static Call reduction(String primitive, Parameters p) {
    return switch (primitive) {
      case "reduce_sum" -> x -> Reductions.sum(x.get(0), p.axes("axes"));
      case "reduce_prod" -> x -> Reductions.prod(x.get(0), p.axes("axes"));
      case "reduce_max" -> x -> Reductions.max(x.get(0), p.axes("axes"));
      case "reduce_min" -> x -> Reductions.min(x.get(0), p.axes("axes"));
      case "reduce_and" -> x -> Reductions.and(x.get(0), p.axes("axes"));
      case "reduce_xor" -> x -> Reductions.xor(x.get(0), p.axes("axes"));
      case "reduce_or" -> x -> Reductions.or(x.get(0), p.axes("axes"));
      case "argmax" ->
          x -> ArgReductions.argmax(x.get(0), (int) p.longs("axes")[0], p.dtype("index_dtype"));
      case "argmin" ->
          x -> ArgReductions.argmin(x.get(0), (int) p.longs("axes")[0], p.dtype("index_dtype"));
      default -> WindowCalls.of(primitive, p);
    };
  }

  private static Call pad(long[] config) {
    Longs low = Longs.of(every(config, 3, 0));
    Longs high = Longs.of(every(config, 3, 1));
    Longs interior = Longs.of(every(config, 3, 2));
    return x -> Slices.pad(x.get(0), x.get(1), low, high, interior);
  }

  private static long[] every(long[] values, int step, int from) {
    long[] result = new long[values.length / step];
    Arrays.setAll(result, i -> values[i * step + from]);
    return result;
  }

  private static Call slice(Parameters p) {
    long[] start = p.longs("start_indices");
    Longs limit = Longs.of(p.longs("limit_indices"));
    Longs strides =
        p.isNone("strides") ? Longs.fill(start.length, 1) : Longs.of(p.longs("strides"));
    return x -> Slices.slice(x.get(0), Longs.of(start), limit, strides);
  }

  private static Call fft(Parameters p) {
    FftType type = FftType.values()[(int) p.number("fft_type")];
    Longs lengths = Longs.of(p.longs("fft_lengths"));
    return x -> Fft.fft(x.get(0), type, lengths);
  }

  private static Call dot(Parameters p) {
    List<long[]> lists = p.lists("dimension_numbers");
    DotDims dims =
        new DotDims(
            Parameters.axes(lists.get(2)),
            Parameters.axes(lists.get(3)),
            Parameters.axes(lists.get(0)),
            Parameters.axes(lists.get(1)));
    return p.isNone("preferred_element_type")
        ? x -> Dot.dotGeneral(x.get(0), x.get(1), dims)
        : x -> Dot.dotGeneral(x.get(0), x.get(1), dims, p.dtype("preferred_element_type"));
  }

  private static Call conv(Parameters p) {
    var padding = Padding.of(pairs(p.longs("padding")));
    var d =
        new ConvDimensionNumbers(p.inside("lhs_spec"), p.inside("rhs_spec"), p.inside("out_spec"));
    var options =
        ConvOptions.of(padding, p.longs("window_strides"))
            .withLhsDilation(p.longs("lhs_dilation"))
            .withRhsDilation(p.longs("rhs_dilation"))
            .withDimensionNumbers(d)
            .withGroups(p.number("feature_group_count"), p.number("batch_group_count"));
    var all =
        p.isNone("preferred_element_type")
            ? options
            : options.withPreferredElementType(p.dtype("preferred_element_type"));
    return x -> Convolution.convGeneralDilated(x.get(0), x.get(1), all);
  }

  private static long[][] pairs(long[] values) {
    long[][] pairs = new long[values.length / 2][];
    Arrays.setAll(pairs, i -> new long[] {values[2 * i], values[2 * i + 1]});
    return pairs;
  }

  private static Call gather(Parameters p) {
    Longs sizes = Longs.of(p.longs("slice_sizes"));
    Double fill = p.isNone("fill_value") ? null : p.scalar("fill_value");
    return x -> {
      var dims =
          new GatherDims(
              p.inside("offset_dims"),
              p.inside("collapsed_slice_dims"),
              p.inside("operand_batching_dims"),
              p.inside("start_indices_batching_dims"),
              p.inside("start_index_map"),
              x.get(1).rank() - 1);
      return Gather.gather(x.get(0), x.get(1), dims, sizes, p.mode(), fill);
    };
  }

  private static Call scatter(String primitive, Parameters p) {
    Scatter.Kind kind =
        primitive.equals("scatter")
            ? Scatter.Kind.SET
            : Scatter.Kind.valueOf(primitive.substring(8).toUpperCase(java.util.Locale.ROOT));
    boolean sorted = p.text("indices_are_sorted").equals("True");
    boolean unique = p.text("unique_indices").equals("True");
    return x -> {
      var dims =
          new ScatterDims(
              p.inside("update_window_dims"),
              p.inside("inserted_window_dims"),
              p.inside("operand_batching_dims"),
              p.inside("scatter_indices_batching_dims"),
              p.inside("scatter_dims_to_operand_dims"),
              x.get(1).rank() - 1);
      return Scatter.scatter(kind, x.get(0), x.get(1), x.get(2), dims, p.mode(), sorted, unique);
    };
  }

  /** The parameters of a case, in JAX's text. */
  record Parameters(Map<String, String> byName) implements java.io.Serializable {
    static Parameters of(GoldenFile.Case c) {
      var byName = new HashMap<String, String>();
      c.all("param").forEach(line -> byName.put(line.field(0), line.field(1)));
      return new Parameters(byName);
    }

    String text(String name) {
      return byName.get(name);
    }

    boolean isNone(String name) {
      return byName.getOrDefault(name, "None").equals("None");
    }

    long number(String name) {
      return Long.parseLong(text(name));
    }

    double scalar(String name) {
      return switch (text(name)) {
        case "nan" -> Double.NaN;
        case "True" -> 1;
        case "False" -> 0;
        default -> Double.parseDouble(text(name));
      };
    }

    DType dtype(String name) {
      String wanted = text(name);
      return Arrays.stream(DType.values())
          .filter(type -> type.numpyName().equals(wanted))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(text(name)));
    }

    /** Every whole number in the parameter's text, in order. */
    long[] longs(String name) {
      return numbers(text(name));
    }

    Axes axes(String name) {
      return axes(longs(name));
    }

    static Axes axes(long[] values) {
      return Axes.of(Arrays.stream(values).mapToInt(Math::toIntExact).toArray());
    }

    /** The innermost lists, such as four of {@code (((1,), (0,)), ((), ()))}. */
    List<long[]> lists(String name) {
      var matcher =
          java.util.regex.Pattern.compile("[(\\[]([^()\\[\\]]*)[)\\]]").matcher(text(name));
      return matcher.results().map(found -> numbers(found.group(1))).toList();
    }

    /** A named tuple within {@code dimension_numbers}. */
    Axes inside(String field) {
      String all = text("dimension_numbers");
      int start = all.indexOf(field + "=(") + field.length() + 2;
      return axes(numbers(all.substring(start, all.indexOf(')', start))));
    }

    GatherScatterMode mode() {
      String text = text("mode");
      for (GatherScatterMode mode : GatherScatterMode.values()) {
        if (text.contains(mode.name())) {
          return mode;
        }
      }
      throw new IllegalArgumentException(text);
    }

    private static long[] numbers(String text) {
      var matcher =
          java.util.regex.Pattern.compile("-?\\d+").matcher(text.replaceAll("int\\d+\\(", "("));
      return matcher.results().mapToLong(found -> Long.parseLong(found.group())).toArray();
    }
  }
}
