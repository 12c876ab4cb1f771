package dev.jacobi.hlo.verify;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.text.HloParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constraints of random numbers, older forms, dynamic shapes and operations among processes. */
class OtherConstraintsTest {
  private static final String ADD =
      "({^bb0(%p: T, %q: T): %r = stablehlo.add %p, %q : T stablehlo.return %r : T})";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rng_bit_generator_i2 | \"stablehlo.rng_bit_generator\"(%v) <{rng_algorithm ="
            + " #stablehlo<rng_algorithm PHILOX>}> : (tensor<3xf32>) -> (tensor<3xf32>,"
            + " tensor<4xui32>)",
        "rng_bit_generator_c2 | \"stablehlo.rng_bit_generator\"(%s) <{rng_algorithm ="
            + " #stablehlo<rng_algorithm THREE_FRY>}> : (tensor<3xui64>) -> (tensor<3xui64>,"
            + " tensor<4xui32>)",
        "rng_bit_generator_o2 | \"stablehlo.rng_bit_generator\"(%s) <{rng_algorithm ="
            + " #stablehlo<rng_algorithm PHILOX>}> : (tensor<3xui64>) -> (tensor<3xui64>,"
            + " tensor<4xi1>)",
        "rng_c1 | stablehlo.rng %f, %f, %n, distribution = NORMAL : (tensor<f32>, tensor<f32>,"
            + " tensor<2xi64>) -> tensor<2x2xf64>",
        "rng_c3 | stablehlo.rng %f, %f, %n, distribution = NORMAL : (tensor<f32>, tensor<f32>,"
            + " tensor<2xi64>) -> tensor<2xf32>",
        "rng_i1 | stablehlo.rng %v, %f, %n, distribution = NORMAL : (tensor<3xf32>, tensor<f32>,"
            + " tensor<2xi64>) -> tensor<2x2xf32>",
        "dot_c1 | stablehlo.dot %x, %x : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>",
        "dot_c2 | stablehlo.dot %v, %s : (tensor<3xf32>, tensor<3xui64>) -> tensor<f32>",
        "ragged_dot_type | \"chlo.ragged_dot\"(%x, %s, %n)"
            + " <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions"
            + " = [1], rhs_contracting_dimensions = [0], lhs_ragged_dimensions = [0]>}> :"
            + " (tensor<2x3xf32>, tensor<3xui64>, tensor<2xi64>) -> tensor<2xf32>",
        "ragged_dot_group | \"chlo.ragged_dot\"(%x, %x, %n)"
            + " <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions"
            + " = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0]>}> :"
            + " (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x2xf32>",
        "ragged_dot_groups | \"chlo.ragged_dot\"(%x, %x, %v)"
            + " <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions"
            + " = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [1]>}> :"
            + " (tensor<2x3xf32>, tensor<2x3xf32>, tensor<3xf32>) -> tensor<3x2x2xf32>",
        "ragged_dot_ragged | \"chlo.ragged_dot\"(%x, %x, %n)"
            + " <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions"
            + " = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [2]>}> :"
            + " (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x2xf32>",
        "ragged_dot_sizes | \"chlo.ragged_dot\"(%x, %x, %n)"
            + " <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions"
            + " = [1], rhs_contracting_dimensions = [0], lhs_ragged_dimensions = [1]>}> :"
            + " (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x2x3xf32>",
        "ragged_dot_lhs | \"chlo.ragged_dot\"(%x, %x, %n)"
            + " <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions"
            + " = [5], rhs_contracting_dimensions = [0], lhs_ragged_dimensions = [1]>}> :"
            + " (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2xi64>) -> tensor<2x3x3xf32>",
        "ragged_dot_contract | \"chlo.ragged_dot\"(%x, %x, %n)"
            + " <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions"
            + " = [1], lhs_ragged_dimensions = [1]>}> : (tensor<2x3xf32>, tensor<2x3xf32>,"
            + " tensor<2xi64>) -> tensor<2x2x2x3xf32>",
        "einsum_c1 | stablehlo.einsum %x, %x, config = \"ij,ij\" : (tensor<2x3xf32>,"
            + " tensor<2x3xf32>) -> tensor<f32>",
        "einsum_c2 | stablehlo.einsum %x, %x, config = \"ij,i->i\" : (tensor<2x3xf32>,"
            + " tensor<2x3xf32>) -> tensor<2xf32>",
        "einsum_c3 | stablehlo.einsum %x, %x, config = \"ij,ji->i\" : (tensor<2x3xf32>,"
            + " tensor<2x3xf32>) -> tensor<2xf32>",
        "unary_einsum_c4 | stablehlo.unary_einsum %x, config = \"ij->j\" : (tensor<2x3xf32>) ->"
            + " tensor<2xf32>",
        "map_c1 | \"stablehlo.map\"(%x, %v) <{dimensions = array<i64: 0, 1>}> ADD :"
            + " (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>",
        "map_c3 | \"stablehlo.map\"(%x, %x) <{dimensions = array<i64: 0>}> ADD :"
            + " (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>",
        "map_c4 | \"stablehlo.map\"(%x) <{dimensions = array<i64: 0, 1>}> ADD :"
            + " (tensor<2x3xf32>) -> tensor<2x3xf32>",
        "dynamic_reshape_c1 | stablehlo.dynamic_reshape %x, %n : (tensor<2x3xf32>,"
            + " tensor<2xi64>) -> tensor<3x2xf64>",
        "dynamic_reshape_c2 | stablehlo.dynamic_reshape %x, %n : (tensor<2x3xf32>,"
            + " tensor<2xi64>) -> tensor<3x3xf32>",
        "dynamic_reshape_c4 | stablehlo.dynamic_reshape %x, %n : (tensor<2x3xf32>,"
            + " tensor<2xi64>) -> tensor<6xf32>",
        "dynamic_broadcast_in_dim_c5 | stablehlo.dynamic_broadcast_in_dim %v, %n, dims = [0] :"
            + " (tensor<3xf32>, tensor<2xi64>) -> tensor<2x3xf32>",
        "dynamic_broadcast_in_dim_c8 | stablehlo.dynamic_broadcast_in_dim %v, %n, dims = [1]"
            + " {known_expanding_dimensions = array<i64: 0>, known_nonexpanding_dimensions ="
            + " array<i64: 0>} : (tensor<3xf32>, tensor<2xi64>) -> tensor<2x3xf32>",
        "dynamic_iota_c1 | stablehlo.dynamic_iota %n, dim = 2 : (tensor<2xi64>) ->"
            + " tensor<2x2xi32>",
        "dynamic_pad_c2 | stablehlo.dynamic_pad %v, %f, %n, %n, %n : (tensor<3xf32>,"
            + " tensor<f32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<4xf32>",
        "real_dynamic_slice_c1 | stablehlo.real_dynamic_slice %x, %n, %n, %n : (tensor<2x3xf32>,"
            + " tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<1x1xf64>",
        "rng_i3 | stablehlo.rng %f, %f, %u, distribution = NORMAL : (tensor<f32>,"
            + " tensor<f32>, tensor<?xi64>) -> tensor<2x2xf32>",
        "rng_bit_generator_o2 | \"stablehlo.rng_bit_generator\"(%s) <{rng_algorithm ="
            + " #stablehlo<rng_algorithm PHILOX>}> : (tensor<3xui64>) -> (tensor<3xui64>,"
            + " tensor<?xui32>)",
        "iota_o1 | stablehlo.iota dim = 0 : tensor<?xi32>",
        "reshape_o1 | stablehlo.reshape %v : (tensor<3xf32>) -> tensor<?xf32>",
        "broadcast_in_dim_o1 | stablehlo.broadcast_in_dim %v, dims = [1] : (tensor<3xf32>)"
            + " -> tensor<?x3xf32>",
        "add_c1 | stablehlo.add %d, %v : (tensor<?xf32>, tensor<3xf32>) -> tensor<4xf32>",
        "compare_c2 | stablehlo.compare LT, %d, %v, FLOAT : (tensor<?xf32>, tensor<3xf32>)"
            + " -> tensor<4xi1>",
        "dynamic_reshape_i2 | stablehlo.dynamic_reshape %x, %u : (tensor<2x3xf32>,"
            + " tensor<?xi64>) -> tensor<3x2xf32>",
        "dynamic_pad_c2 | stablehlo.dynamic_pad %x, %f, %n, %n, %w : (tensor<2x3xf32>,"
            + " tensor<f32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi32>) -> tensor<2x3xf32>",
        "real_dynamic_slice_c2 | stablehlo.real_dynamic_slice %x, %n, %n, %w :"
            + " (tensor<2x3xf32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi32>) -> tensor<1x1xf32>",
        "dynamic_gather_c1 | \"stablehlo.dynamic_gather\"(%x, %n, %n) <{dimension_numbers ="
            + " #stablehlo.gather<offset_dims = [1, 2], collapsed_slice_dims = [0],"
            + " start_index_map = [0], index_vector_dim = 1>}> : (tensor<2x3xf32>, tensor<2xi64>,"
            + " tensor<2xi64>) -> tensor<2x3xf32>",
        "dynamic_gather_c22 | \"stablehlo.dynamic_gather\"(%x, %n, %n) <{dimension_numbers ="
            + " #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map ="
            + " [0], index_vector_dim = 1>}> : (tensor<2x3xf32>, tensor<2xi64>, tensor<2xi64>) ->"
            + " tensor<3x3xf32>",
        "set_dimension_size_i2 | stablehlo.set_dimension_size %v, %f, dim = 0 :"
            + " (tensor<3xf32>, tensor<f32>) -> tensor<?xf32>",
        "set_dimension_size_c2 | stablehlo.set_dimension_size %v, %i, dim = 0 :"
            + " (tensor<3xf32>, tensor<i32>) -> tensor<4xf32>",
        "all_reduce_c3 | \"stablehlo.all_reduce\"(%f) <{replica_groups = dense<[[0, 2]]> :"
            + " tensor<1x2xi64>}> ADD : (tensor<f32>) -> tensor<f32>",
        "all_gather_c4 | \"stablehlo.all_gather\"(%v) <{all_gather_dim = 0 : i64,"
            + " replica_groups = dense<[[0, -1]]> : tensor<1x2xi64>}> : (tensor<3xf32>) ->"
            + " tensor<6xf32>",
        "collective_broadcast_c2 | \"stablehlo.collective_broadcast\"(%v) <{replica_groups ="
            + " dense<[[0, -1]]> : tensor<1x2xi64>}> : (tensor<3xf32>) -> tensor<3xf32>",
        "reduce_scatter_c9 | \"stablehlo.reduce_scatter\"(%v) <{replica_groups = dense<0> :"
            + " tensor<1x1xi64>, scatter_dimension = 0 : i64}> ADD : (tensor<3xf32>) ->"
            + " tensor<3xf64>",
        "reduce_scatter_c8 | \"stablehlo.reduce_scatter\"(%v) <{replica_groups = dense<0> :"
            + " tensor<1x1xi64>, scatter_dimension = 0 : i64}> ADD : (tensor<3xf32>) ->"
            + " tensor<f32>",
        "optimization_barrier_c1 | \"stablehlo.optimization_barrier\"(%v) : (tensor<3xf32>)"
            + " -> tensor<?xf32>",
        "custom_call_api_version | stablehlo.custom_call @f(%v) {api_version = 5 : i32} :"
            + " (tensor<3xf32>) -> tensor<3xf32>",
        "custom_call_backend_config | stablehlo.custom_call @f(%v) {api_version = 4 : i32,"
            + " backend_config = \"x\"} : (tensor<3xf32>) -> tensor<3xf32>",
        "square_i1 | chlo.square %i : tensor<i32> -> tensor<i32>",
        "call_types | func.call @g(%d) : (tensor<?xf32>) -> tensor<?xf32>",
        "get_dimension_size_c1 | stablehlo.get_dimension_size %v, dim = 1 : (tensor<3xf32>) ->"
            + " tensor<i32>",
        "all_reduce_c1 | \"stablehlo.all_reduce\"(%f) <{replica_groups = dense<[[0, 0]]> :"
            + " tensor<1x2xi64>}> ADD : (tensor<f32>) -> tensor<f32>",
        "all_reduce_c3 | \"stablehlo.all_reduce\"(%f) <{replica_groups = dense<-2> :"
            + " tensor<1x1xi64>}> ADD : (tensor<f32>) -> tensor<f32>",
        "all_reduce_c4 | \"stablehlo.all_reduce\"(%f) <{replica_groups = dense<0> :"
            + " tensor<1x1xi64>, use_global_device_ids}> ADD : (tensor<f32>) -> tensor<f32>",
        "all_reduce_c5 | \"stablehlo.all_reduce\"(%s) <{replica_groups = dense<0> :"
            + " tensor<1x1xi64>}> ADD : (tensor<3xui64>) -> tensor<3xf32>",
        "all_gather_c1 | \"stablehlo.all_gather\"(%v) <{all_gather_dim = 1 : i64, replica_groups ="
            + " dense<0> : tensor<1x1xi64>}> : (tensor<3xf32>) -> tensor<3xf32>",
        "all_gather_c6 | \"stablehlo.all_gather\"(%v) <{all_gather_dim = 0 : i64, replica_groups ="
            + " dense<0> : tensor<1x1xi64>}> : (tensor<3xf32>) -> tensor<4xf32>",
        "all_to_all_c8 | \"stablehlo.all_to_all\"(%v) <{concat_dimension = 0 : i64,"
            + " replica_groups = dense<0> : tensor<1x1xi64>, split_count = 3 : i64,"
            + " split_dimension = 0 : i64}> : (tensor<3xf32>) -> tensor<3xf32>",
        "reduce_scatter_c2 | \"stablehlo.reduce_scatter\"(%v) <{replica_groups = dense<0> :"
            + " tensor<1x1xi64>, scatter_dimension = 1 : i64}> ADD : (tensor<3xf32>) ->"
            + " tensor<3xf32>",
        "collective_permute_c1 | \"stablehlo.collective_permute\"(%v) <{source_target_pairs ="
            + " dense<0> : tensor<1x3xi64>}> : (tensor<3xf32>) -> tensor<3xf32>",
        "collective_permute_c2 | \"stablehlo.collective_permute\"(%v) <{source_target_pairs ="
            + " dense<[[0, 0], [0, 1]]> : tensor<2x2xi64>}> : (tensor<3xf32>) -> tensor<3xf32>"
      })
  void constraint(String id, String op) {
    HloModule module =
        HloParser.parse(
            """
            func.func @main(%%x: tensor<2x3xf32>, %%v: tensor<3xf32>, %%f: tensor<f32>,
                %%n: tensor<2xi64>, %%s: tensor<3xui64>, %%i: tensor<i32>, %%w: tensor<2xi32>,
                %%d: tensor<?xf32>, %%u: tensor<?xi64>) {
              %s
              return
            }
            func.func @g(%%v: tensor<3xf32>) -> tensor<3xf32> {
              return %%v : tensor<3xf32>
            }
            """
                .formatted(op.replace("ADD", ADD.replace("T", "tensor<f32>"))));
    assertThatThrownBy(() -> Verifier.verify(module))
        .isInstanceOf(HloVerifyException.class)
        .hasMessageStartingWith(id + ":");
  }
}
