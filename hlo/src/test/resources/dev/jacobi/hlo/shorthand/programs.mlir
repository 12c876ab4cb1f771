// What operations mean that are written out in others; arrays are small enough to check by hand.
module @shorthand {
  func.func public @main() {
    %x = stablehlo.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>
    %y = stablehlo.constant dense<[[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]]> : tensor<3x2xf32>
    %v = stablehlo.constant dense<[1.0, -1.0, 2.0]> : tensor<3xf32>

    %dot = stablehlo.dot %x, %y : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
    %product = stablehlo.constant dense<[[4.0, 7.0], [10.0, 16.0]]> : tensor<2x2xf32>
    stablehlo.custom_call @check.expect_eq(%dot, %product) {has_side_effect = true} : (tensor<2x2xf32>, tensor<2x2xf32>) -> ()
    %dot_v = stablehlo.dot %v, %v, precision = [HIGH, DEFAULT] : (tensor<3xf32>, tensor<3xf32>) -> tensor<f32>
    %six = stablehlo.constant dense<6.0> : tensor<f32>
    stablehlo.custom_call @check.expect_eq(%dot_v, %six) {has_side_effect = true} : (tensor<f32>, tensor<f32>) -> ()

    %einsum = stablehlo.einsum %x, %y, config = "ij,jk->ki" : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
    %turned = stablehlo.constant dense<[[4.0, 10.0], [7.0, 16.0]]> : tensor<2x2xf32>
    stablehlo.custom_call @check.expect_eq(%einsum, %turned) {has_side_effect = true} : (tensor<2x2xf32>, tensor<2x2xf32>) -> ()
    %batched = stablehlo.einsum %x, %x, config = "ij,ij->j" : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<3xf32>
    %squares = stablehlo.constant dense<[17.0, 29.0, 45.0]> : tensor<3xf32>
    stablehlo.custom_call @check.expect_eq(%batched, %squares) {has_side_effect = true} : (tensor<3xf32>, tensor<3xf32>) -> ()
    %alone = stablehlo.einsum %x, %v, config = "ij,k->ki" : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<3x2xf32>
    %outer = stablehlo.constant dense<[[6.0, 15.0], [-6.0, -15.0], [12.0, 30.0]]> : tensor<3x2xf32>
    stablehlo.custom_call @check.expect_eq(%alone, %outer) {has_side_effect = true} : (tensor<3x2xf32>, tensor<3x2xf32>) -> ()
    %columns = stablehlo.unary_einsum %x, config = "ij->j" : (tensor<2x3xf32>) -> tensor<3xf32>
    %sums = stablehlo.constant dense<[5.0, 7.0, 9.0]> : tensor<3xf32>
    stablehlo.custom_call @check.expect_eq(%columns, %sums) {has_side_effect = true} : (tensor<3xf32>, tensor<3xf32>) -> ()

    %index = stablehlo.constant dense<[[2, 0], [1, 1]]> : tensor<2x2xi32>
    %selected = "stablehlo.torch_index_select"(%x, %index) <{batch_dims = 1 : i64, dim = 1 : i64}> : (tensor<2x3xf32>, tensor<2x2xi32>) -> tensor<2x2xf32>
    %chosen = stablehlo.constant dense<[[3.0, 1.0], [5.0, 5.0]]> : tensor<2x2xf32>
    stablehlo.custom_call @check.expect_eq(%selected, %chosen) {has_side_effect = true} : (tensor<2x2xf32>, tensor<2x2xf32>) -> ()
    %place = stablehlo.constant dense<1> : tensor<1xi32>
    %row = "stablehlo.torch_index_select"(%x, %place) <{batch_dims = 0 : i64, dim = 0 : i64}> : (tensor<2x3xf32>, tensor<1xi32>) -> tensor<1x3xf32>
    %second = stablehlo.constant dense<[[4.0, 5.0, 6.0]]> : tensor<1x3xf32>
    stablehlo.custom_call @check.expect_eq(%row, %second) {has_side_effect = true} : (tensor<1x3xf32>, tensor<1x3xf32>) -> ()

    %broadcast = stablehlo.broadcast %v, sizes = [2, 1] : (tensor<3xf32>) -> tensor<2x1x3xf32>
    %repeated = stablehlo.constant dense<[[[1.0, -1.0, 2.0]], [[1.0, -1.0, 2.0]]]> : tensor<2x1x3xf32>
    stablehlo.custom_call @check.expect_eq(%broadcast, %repeated) {has_side_effect = true} : (tensor<2x1x3xf32>, tensor<2x1x3xf32>) -> ()
    %map = "stablehlo.map"(%x, %x) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %one = stablehlo.constant dense<1.0> : tensor<f32>
      %ab = stablehlo.multiply %a, %b : tensor<f32>
      %ab1 = stablehlo.add %ab, %one : tensor<f32>
      stablehlo.return %ab1 : tensor<f32>
    }) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
    %mapped = stablehlo.constant dense<[[2.0, 5.0, 10.0], [17.0, 26.0, 37.0]]> : tensor<2x3xf32>
    stablehlo.custom_call @check.expect_eq(%map, %mapped) {has_side_effect = true} : (tensor<2x3xf32>, tensor<2x3xf32>) -> ()

    // Shapes made of constants; a size that is asked for is one too.
    %size = stablehlo.get_dimension_size %x, dim = 1 : (tensor<2x3xf32>) -> tensor<i32>
    %sizes = stablehlo.reshape %size : (tensor<i32>) -> tensor<1xi32>
    %two = stablehlo.constant dense<2> : tensor<1xi32>
    %shape = stablehlo.concatenate %sizes, %two, dim = 0 : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>
    %reshaped = stablehlo.dynamic_reshape %x, %shape : (tensor<2x3xf32>, tensor<2xi32>) -> tensor<?x?xf32>
    %doubled = stablehlo.add %reshaped, %reshaped : tensor<?x?xf32>
    %tall = stablehlo.constant dense<[[2.0, 4.0], [6.0, 8.0], [10.0, 12.0]]> : tensor<3x2xf32>
    %known = stablehlo.dynamic_reshape %doubled, %shape : (tensor<?x?xf32>, tensor<2xi32>) -> tensor<3x2xf32>
    stablehlo.custom_call @check.expect_eq(%known, %tall) {has_side_effect = true} : (tensor<3x2xf32>, tensor<3x2xf32>) -> ()
    %wide = stablehlo.dynamic_broadcast_in_dim %two, %shape, dims = [1] : (tensor<1xi32>, tensor<2xi32>) -> tensor<3x2xi32>
    %twos = stablehlo.constant dense<2> : tensor<3x2xi32>
    stablehlo.custom_call @check.expect_eq(%wide, %twos) {has_side_effect = true} : (tensor<3x2xi32>, tensor<3x2xi32>) -> ()
    %iota = stablehlo.dynamic_iota %shape, dim = 0 : (tensor<2xi32>) -> tensor<3x2xi32>
    %counted = stablehlo.constant dense<[[0, 0], [1, 1], [2, 2]]> : tensor<3x2xi32>
    stablehlo.custom_call @check.expect_eq(%iota, %counted) {has_side_effect = true} : (tensor<3x2xi32>, tensor<3x2xi32>) -> ()
    %low = stablehlo.constant dense<1> : tensor<1xi64>
    %high = stablehlo.constant dense<0> : tensor<1xi64>
    %padded = stablehlo.dynamic_pad %v, %six, %low, %high, %low : (tensor<3xf32>, tensor<f32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<6xf32>
    %spread = stablehlo.constant dense<[6.0, 1.0, 6.0, -1.0, 6.0, 2.0]> : tensor<6xf32>
    stablehlo.custom_call @check.expect_eq(%padded, %spread) {has_side_effect = true} : (tensor<6xf32>, tensor<6xf32>) -> ()
    %limit = stablehlo.constant dense<3> : tensor<1xi64>
    %step = stablehlo.constant dense<2> : tensor<1xi64>
    %cut = stablehlo.real_dynamic_slice %v, %high, %limit, %step : (tensor<3xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<2xf32>
    %ends = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
    stablehlo.custom_call @check.expect_eq(%cut, %ends) {has_side_effect = true} : (tensor<2xf32>, tensor<2xf32>) -> ()
    %slice = stablehlo.constant dense<[1, 3]> : tensor<2xi64>
    %rows = stablehlo.constant dense<[[1], [0]]> : tensor<2x1xi32>
    %gathered = "stablehlo.dynamic_gather"(%x, %rows, %slice) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false}> : (tensor<2x3xf32>, tensor<2x1xi32>, tensor<2xi64>) -> tensor<2x3xf32>
    %swapped = stablehlo.constant dense<[[4.0, 5.0, 6.0], [1.0, 2.0, 3.0]]> : tensor<2x3xf32>
    stablehlo.custom_call @check.expect_eq(%gathered, %swapped) {has_side_effect = true} : (tensor<2x3xf32>, tensor<2x3xf32>) -> ()
    %resized = stablehlo.set_dimension_size %x, %size, dim = 1 : (tensor<2x3xf32>, tensor<i32>) -> tensor<2x3xf32>
    stablehlo.custom_call @check.expect_eq(%resized, %x) {has_side_effect = true} : (tensor<2x3xf32>, tensor<2x3xf32>) -> ()

    // Groups of 2, 0 and 1 of four rows; the last row belongs to none.
    %rag = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]> : tensor<4x2xf32>
    %parts = stablehlo.constant dense<[[[1.0], [10.0]], [[9.0], [9.0]], [[2.0], [3.0]]]> : tensor<3x2x1xf32>
    %counts = stablehlo.constant dense<[2, 0, 1]> : tensor<3xi32>
    %ragged = "chlo.ragged_dot"(%rag, %parts, %counts) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<4x2xf32>, tensor<3x2x1xf32>, tensor<3xi32>) -> tensor<4x1xf32>
    %each = stablehlo.constant dense<[[21.0], [43.0], [28.0], [0.0]]> : tensor<4x1xf32>
    stablehlo.custom_call @check.expect_eq(%ragged, %each) {has_side_effect = true} : (tensor<4x1xf32>, tensor<4x1xf32>) -> ()
    // Two bits count the groups' rows, though not all rows.
    %few = stablehlo.constant dense<[1, 0, 1]> : tensor<3xi2>
    %alike = "chlo.ragged_dot"(%rag, %parts, %few) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]>}> : (tensor<4x2xf32>, tensor<3x2x1xf32>, tensor<3xi2>) -> tensor<4x1xf32>
    %alikeeach = stablehlo.constant dense<[[21.0], [18.0], [0.0], [0.0]]> : tensor<4x1xf32>
    stablehlo.custom_call @check.expect_eq(%alike, %alikeeach) {has_side_effect = true} : (tensor<4x1xf32>, tensor<4x1xf32>) -> ()
    %groupsums = "chlo.ragged_dot"(%rag, %each, %counts) <{ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_contracting_dimensions = [0], rhs_contracting_dimensions = [0], lhs_ragged_dimensions = [0]>}> : (tensor<4x2xf32>, tensor<4x1xf32>, tensor<3xi32>) -> tensor<3x2x1xf32>
    %sumseach = stablehlo.constant dense<[[[150.0], [214.0]], [[0.0], [0.0]], [[140.0], [168.0]]]> : tensor<3x2x1xf32>
    stablehlo.custom_call @check.expect_eq(%groupsums, %sumseach) {has_side_effect = true} : (tensor<3x2x1xf32>, tensor<3x2x1xf32>) -> ()

    // A grid of one process.
    %reduced = "stablehlo.all_reduce"(%x) <{replica_groups = dense<0> : tensor<1x1xi64>}> ({
    ^bb0(%a: tensor<f64>, %b: tensor<f64>):
      %sum = stablehlo.add %a, %b : tensor<f64>
      stablehlo.return %sum : tensor<f64>
    }) : (tensor<2x3xf32>) -> tensor<2x3xf64>
    %x64 = stablehlo.convert %x : (tensor<2x3xf32>) -> tensor<2x3xf64>
    stablehlo.custom_call @check.expect_eq(%reduced, %x64) {has_side_effect = true} : (tensor<2x3xf64>, tensor<2x3xf64>) -> ()
    %nowhere = "stablehlo.collective_permute"(%v) <{source_target_pairs = dense<> : tensor<0x2xi64>}> : (tensor<3xf32>) -> tensor<3xf32>
    %zeros = stablehlo.constant dense<0.0> : tensor<3xf32>
    stablehlo.custom_call @check.expect_eq(%nowhere, %zeros) {has_side_effect = true} : (tensor<3xf32>, tensor<3xf32>) -> ()
    %here = "stablehlo.collective_permute"(%v) <{source_target_pairs = dense<0> : tensor<1x2xi64>}> : (tensor<3xf32>) -> tensor<3xf32>
    stablehlo.custom_call @check.expect_eq(%here, %v) {has_side_effect = true} : (tensor<3xf32>, tensor<3xf32>) -> ()
    %exchanged = "stablehlo.all_to_all"(%x) <{concat_dimension = 1 : i64, replica_groups = dense<0> : tensor<1x1xi64>, split_count = 1 : i64, split_dimension = 0 : i64}> : (tensor<2x3xf32>) -> tensor<2x3xf32>
    stablehlo.custom_call @check.expect_eq(%exchanged, %x) {has_side_effect = true} : (tensor<2x3xf32>, tensor<2x3xf32>) -> ()
    %me = stablehlo.replica_id : tensor<ui32>
    %first = stablehlo.constant dense<0> : tensor<ui32>
    stablehlo.custom_call @check.expect_eq(%me, %first) {has_side_effect = true} : (tensor<ui32>, tensor<ui32>) -> ()
    return
  }
}
