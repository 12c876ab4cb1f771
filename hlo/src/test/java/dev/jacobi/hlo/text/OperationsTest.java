package dev.jacobi.hlo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every operation of StableHLO and CHLO, as jaxlib 0.10.2 registers them, is read or named with a
 * reason. What is read is printed, verified and run: the switches over operations are exhaustive.
 */
class OperationsTest {
  private static final String STABLEHLO =
      """
      abs add after_all all_gather all_reduce all_to_all and async_done async_start atan2
      batch_norm_grad batch_norm_inference batch_norm_training bitcast_convert broadcast
      broadcast_in_dim case cbrt ceil cholesky clamp collective_broadcast collective_permute
      compare complex composite concatenate constant convert convolution cosine
      count_leading_zeros create_token cross-replica-sum custom_call divide dot dot_general
      dynamic_broadcast_in_dim dynamic_conv dynamic_gather dynamic_iota dynamic_pad
      dynamic_reshape dynamic_slice dynamic_update_slice einsum exponential exponential_minus_one
      fft floor gather get_dimension_size get_tuple_element if imag infeed iota is_finite log
      log_plus_one logistic map maximum minimum multiply negate not optimization_barrier or
      outfeed pad partition_id popcnt power real real_dynamic_slice recv reduce reduce_precision
      reduce_scatter reduce_window remainder replica_id reshape return reverse rng
      rng_bit_generator round_nearest_afz round_nearest_even rsqrt scatter select
      select_and_scatter send set_dimension_size shift_left shift_right_arithmetic
      shift_right_logical sign sine slice sort sqrt subtract tan tanh torch_index_select
      transpose triangular_solve tuple unary_einsum uniform_dequantize uniform_quantize while xor
      """;

  private static final String CHLO =
      """
      _asin_acos_kernel acos acosh asin asinh atan atanh bessel_i1e broadcast_add broadcast_and
      broadcast_atan2 broadcast_compare broadcast_complex broadcast_divide broadcast_maximum
      broadcast_minimum broadcast_multiply broadcast_next_after broadcast_or broadcast_polygamma
      broadcast_power broadcast_remainder broadcast_select broadcast_shift_left
      broadcast_shift_right_arithmetic broadcast_shift_right_logical broadcast_subtract
      broadcast_xor broadcast_zeta conj constant constant_like cosh digamma erf erf_inv erfc
      is_inf is_neg_inf is_pos_inf lgamma mulhi next_after polygamma ragged_dot scan sinh square
      tan top_k zeta
      """;

  private static final String TOKENS = "orders effects of devices, of which there is one here";
  private static final String TUPLES = "values are arrays; JAX makes no tuples";
  private static final String ASYNC = "belongs to schedulers of several devices";
  private static final String QUANTISED = "quantised types are not built; JAX makes none";

  /** Operations that are not built, and why. */
  private static final Map<String, String> WITHOUT =
      Map.ofEntries(
          Map.entry("stablehlo.after_all", TOKENS),
          Map.entry("stablehlo.create_token", TOKENS),
          Map.entry("stablehlo.infeed", TOKENS),
          Map.entry("stablehlo.outfeed", TOKENS),
          Map.entry("stablehlo.recv", TOKENS),
          Map.entry("stablehlo.send", TOKENS),
          Map.entry("stablehlo.get_tuple_element", TUPLES),
          Map.entry("stablehlo.tuple", TUPLES),
          Map.entry("stablehlo.async_done", ASYNC),
          Map.entry("stablehlo.async_start", ASYNC),
          Map.entry("stablehlo.uniform_dequantize", QUANTISED),
          Map.entry("stablehlo.uniform_quantize", QUANTISED),
          Map.entry("chlo._asin_acos_kernel", "a step of CHLO's own expansion"),
          Map.entry("chlo.scan", "not built yet; JAX lowers its scan to while"));

  private static boolean isRead(String op) {
    try {
      HloParser.parse("func.func @main() {\n\"" + op + "\"() : () -> ()\nreturn\n}");
      return true;
    } catch (HloSyntaxException e) {
      return true; // for want of operands
    } catch (UnsupportedOpException e) {
      return !e.what().equals(op);
    }
  }

  @Test
  void everyOperationIsReadOrNamed() {
    List<String> all =
        Stream.concat(
                STABLEHLO.lines().flatMap(l -> Stream.of(l.split(" "))).map("stablehlo."::concat),
                CHLO.lines().flatMap(l -> Stream.of(l.split(" "))).map("chlo."::concat))
            .toList();
    assertThat(all).hasSize(168).containsAll(WITHOUT.keySet());
    List<String> wrong = new ArrayList<>();
    for (String op : all) {
      if (!op.equals("stablehlo.return") && isRead(op) == WITHOUT.containsKey(op)) {
        wrong.add(op);
      }
    }
    assertThat(wrong).as("read, though listed, or neither read nor listed").isEmpty();
  }
}
