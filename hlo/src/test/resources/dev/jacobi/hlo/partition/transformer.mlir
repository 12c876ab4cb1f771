// jax 0.10.2, by programs.py
module @jit_step attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<32x16xf32>, %arg1: tensor<2x16xf32>, %arg2: tensor<2x16x16xf32>, %arg3: tensor<2x16x16xf32>, %arg4: tensor<2x16x16xf32>, %arg5: tensor<2x16x16xf32>, %arg6: tensor<2x16xf32>, %arg7: tensor<2x16x64xf32>, %arg8: tensor<2x64xf32>, %arg9: tensor<2x64x16xf32>, %arg10: tensor<2x16xf32>, %arg11: tensor<8x6xi32>, %arg12: tensor<8x6xi32>) -> (tensor<32x16xf32> {jax.result_info = "result[0][0]"}, tensor<2x16xf32> {jax.result_info = "result[0][1][0]"}, tensor<2x16x16xf32> {jax.result_info = "result[0][1][1]"}, tensor<2x16x16xf32> {jax.result_info = "result[0][1][2]"}, tensor<2x16x16xf32> {jax.result_info = "result[0][1][3]"}, tensor<2x16x16xf32> {jax.result_info = "result[0][1][4]"}, tensor<2x16xf32> {jax.result_info = "result[0][1][5]"}, tensor<2x16x64xf32> {jax.result_info = "result[0][1][6]"}, tensor<2x64xf32> {jax.result_info = "result[0][1][7]"}, tensor<2x64x16xf32> {jax.result_info = "result[0][1][8]"}, tensor<2x16xf32> {jax.result_info = "result[0][1][9]"}, tensor<f32> {jax.result_info = "result[1]"}) {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<8x6xi32>
    %1 = stablehlo.compare LT, %arg11, %0, SIGNED : (tensor<8x6xi32>, tensor<8x6xi32>) -> tensor<8x6xi1>
    %c_0 = stablehlo.constant dense<32> : tensor<i32>
    %2 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<8x6xi32>
    %3 = stablehlo.add %arg11, %2 : tensor<8x6xi32>
    %4 = stablehlo.select %1, %3, %arg11 : tensor<8x6xi1>, tensor<8x6xi32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1] : (tensor<8x6xi32>) -> tensor<8x6x1xi32>
    %6 = "stablehlo.gather"(%arg0, %5) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 2>, indices_are_sorted = false, slice_sizes = array<i64: 1, 16>}> : (tensor<32x16xf32>, tensor<8x6x1xi32>) -> tensor<8x6x16xf32>
    %c_1 = stablehlo.constant dense<true> : tensor<i1>
    %7 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<i1>) -> tensor<6x6xi1>
    %8 = call @tril(%7) : (tensor<6x6xi1>) -> tensor<6x6xi1>
    %cst = stablehlo.constant dense<-1.000000e+09> : tensor<f32>
    %9:2 = call @_where(%8, %cst) : (tensor<6x6xi1>, tensor<f32>) -> (tensor<8x4x6x6xi1>, tensor<8x4x6x6xf32>)
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %10 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<2x8x6x16xf32>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %11 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<2x8x6x1xf32>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %12 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f32>) -> tensor<2x8x6x1xf32>
    %cst_5 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %13 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<2x8x6x16xf32>
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %14 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<2x1x1x16xf32>
    %cst_7 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %15 = stablehlo.broadcast_in_dim %cst_7, dims = [] : (tensor<f32>) -> tensor<2x8x6x16xf32>
    %cst_8 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %16 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f32>) -> tensor<2x8x6x16xf32>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %17 = stablehlo.broadcast_in_dim %cst_9, dims = [] : (tensor<f32>) -> tensor<2x8x6x4x4xf32>
    %cst_10 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %18 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f32>) -> tensor<2x8x6x4x4xf32>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %19 = stablehlo.broadcast_in_dim %cst_11, dims = [] : (tensor<f32>) -> tensor<2x8x4x6x6xf32>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %20 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f32>) -> tensor<2x8x4x6x1xf32>
    %cst_13 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %21 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f32>) -> tensor<2x8x4x6x1xf32>
    %cst_14 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %22 = stablehlo.broadcast_in_dim %cst_14, dims = [] : (tensor<f32>) -> tensor<2x8x4x6x6xf32>
    %cst_15 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %23 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<2x8x6x4x4xf32>
    %cst_16 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %24 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<2x8x6x16xf32>
    %cst_17 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %25 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f32>) -> tensor<2x8x6x16xf32>
    %cst_18 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %26 = stablehlo.broadcast_in_dim %cst_18, dims = [] : (tensor<f32>) -> tensor<2x8x6x1xf32>
    %cst_19 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %27 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f32>) -> tensor<2x8x6x1xf32>
    %cst_20 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %28 = stablehlo.broadcast_in_dim %cst_20, dims = [] : (tensor<f32>) -> tensor<2x8x6x16xf32>
    %cst_21 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %29 = stablehlo.broadcast_in_dim %cst_21, dims = [] : (tensor<f32>) -> tensor<2x1x1x16xf32>
    %cst_22 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %30 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f32>) -> tensor<2x8x6x16xf32>
    %cst_23 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %31 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f32>) -> tensor<2x8x6x16xf32>
    %cst_24 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %32 = stablehlo.broadcast_in_dim %cst_24, dims = [] : (tensor<f32>) -> tensor<2x8x6x64xf32>
    %cst_25 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %33 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f32>) -> tensor<2x8x6x64xf32>
    %cst_26 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %34 = stablehlo.broadcast_in_dim %cst_26, dims = [] : (tensor<f32>) -> tensor<2x8x6x64xf32>
    %cst_27 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %35 = stablehlo.broadcast_in_dim %cst_27, dims = [] : (tensor<f32>) -> tensor<2x8x6x64xf32>
    %cst_28 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %36 = stablehlo.broadcast_in_dim %cst_28, dims = [] : (tensor<f32>) -> tensor<2x8x6x64xf32>
    %cst_29 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %37 = stablehlo.broadcast_in_dim %cst_29, dims = [] : (tensor<f32>) -> tensor<2x8x6x64xf32>
    %c_30 = stablehlo.constant dense<0> : tensor<i32>
    %38:42 = stablehlo.while(%iterArg = %arg1, %iterArg_58 = %arg2, %iterArg_59 = %arg3, %iterArg_60 = %arg4, %iterArg_61 = %arg5, %iterArg_62 = %arg6, %iterArg_63 = %arg7, %iterArg_64 = %arg8, %iterArg_65 = %arg9, %iterArg_66 = %arg10, %iterArg_67 = %9#0, %iterArg_68 = %9#1, %iterArg_69 = %c_30, %iterArg_70 = %6, %iterArg_71 = %10, %iterArg_72 = %11, %iterArg_73 = %12, %iterArg_74 = %13, %iterArg_75 = %14, %iterArg_76 = %15, %iterArg_77 = %16, %iterArg_78 = %17, %iterArg_79 = %18, %iterArg_80 = %19, %iterArg_81 = %20, %iterArg_82 = %21, %iterArg_83 = %22, %iterArg_84 = %23, %iterArg_85 = %24, %iterArg_86 = %25, %iterArg_87 = %26, %iterArg_88 = %27, %iterArg_89 = %28, %iterArg_90 = %29, %iterArg_91 = %30, %iterArg_92 = %31, %iterArg_93 = %32, %iterArg_94 = %33, %iterArg_95 = %34, %iterArg_96 = %35, %iterArg_97 = %36, %iterArg_98 = %37) : tensor<2x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16xf32>, tensor<2x16x64xf32>, tensor<2x64xf32>, tensor<2x64x16xf32>, tensor<2x16xf32>, tensor<8x4x6x6xi1>, tensor<8x4x6x6xf32>, tensor<i32>, tensor<8x6x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x16xf32>, tensor<2x1x1x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x4x4xf32>, tensor<2x8x6x4x4xf32>, tensor<2x8x4x6x6xf32>, tensor<2x8x4x6x1xf32>, tensor<2x8x4x6x1xf32>, tensor<2x8x4x6x6xf32>, tensor<2x8x6x4x4xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x16xf32>, tensor<2x1x1x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>
    cond {
      %c_99 = stablehlo.constant dense<2> : tensor<i32>
      %103 = stablehlo.compare LT, %iterArg_69, %c_99, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %103 : tensor<i1>
    } do {
      %103 = func.call @dynamic_index_in_dim(%iterArg, %iterArg_69) : (tensor<2x16xf32>, tensor<i32>) -> tensor<16xf32>
      %104 = func.call @dynamic_index_in_dim_0(%iterArg_58, %iterArg_69) : (tensor<2x16x16xf32>, tensor<i32>) -> tensor<16x16xf32>
      %105 = func.call @dynamic_index_in_dim_0(%iterArg_59, %iterArg_69) : (tensor<2x16x16xf32>, tensor<i32>) -> tensor<16x16xf32>
      %106 = func.call @dynamic_index_in_dim_0(%iterArg_60, %iterArg_69) : (tensor<2x16x16xf32>, tensor<i32>) -> tensor<16x16xf32>
      %107 = func.call @dynamic_index_in_dim_0(%iterArg_61, %iterArg_69) : (tensor<2x16x16xf32>, tensor<i32>) -> tensor<16x16xf32>
      %108 = func.call @dynamic_index_in_dim(%iterArg_62, %iterArg_69) : (tensor<2x16xf32>, tensor<i32>) -> tensor<16xf32>
      %109 = func.call @dynamic_index_in_dim_1(%iterArg_63, %iterArg_69) : (tensor<2x16x64xf32>, tensor<i32>) -> tensor<16x64xf32>
      %110 = func.call @dynamic_index_in_dim_2(%iterArg_64, %iterArg_69) : (tensor<2x64xf32>, tensor<i32>) -> tensor<64xf32>
      %111 = func.call @dynamic_index_in_dim_3(%iterArg_65, %iterArg_69) : (tensor<2x64x16xf32>, tensor<i32>) -> tensor<64x16xf32>
      %112 = func.call @dynamic_index_in_dim(%iterArg_66, %iterArg_69) : (tensor<2x16xf32>, tensor<i32>) -> tensor<16xf32>
      %113:29 = func.call @closed_call(%iterArg_67, %iterArg_68, %iterArg_70, %103, %104, %105, %106, %107, %108, %109, %110, %111, %112) : (tensor<8x4x6x6xi1>, tensor<8x4x6x6xf32>, tensor<8x6x16xf32>, tensor<16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<64xf32>, tensor<64x16xf32>, tensor<16xf32>) -> (tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x1xf32>, tensor<8x6x1xf32>, tensor<8x6x16xf32>, tensor<1x1x16xf32>, tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x4x4xf32>, tensor<8x6x4x4xf32>, tensor<8x4x6x6xf32>, tensor<8x4x6x1xf32>, tensor<8x4x6x1xf32>, tensor<8x4x6x6xf32>, tensor<8x6x4x4xf32>, tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x1xf32>, tensor<8x6x1xf32>, tensor<8x6x16xf32>, tensor<1x1x16xf32>, tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>)
      %114 = func.call @dynamic_update_index_in_dim(%iterArg_71, %113#1, %iterArg_69) : (tensor<2x8x6x16xf32>, tensor<8x6x16xf32>, tensor<i32>) -> tensor<2x8x6x16xf32>
      %115 = func.call @dynamic_update_index_in_dim_5(%iterArg_72, %113#2, %iterArg_69) : (tensor<2x8x6x1xf32>, tensor<8x6x1xf32>, tensor<i32>) -> tensor<2x8x6x1xf32>
      %116 = func.call @dynamic_update_index_in_dim_5(%iterArg_73, %113#3, %iterArg_69) : (tensor<2x8x6x1xf32>, tensor<8x6x1xf32>, tensor<i32>) -> tensor<2x8x6x1xf32>
      %117 = func.call @dynamic_update_index_in_dim(%iterArg_74, %113#4, %iterArg_69) : (tensor<2x8x6x16xf32>, tensor<8x6x16xf32>, tensor<i32>) -> tensor<2x8x6x16xf32>
      %118 = func.call @dynamic_update_index_in_dim_6(%iterArg_75, %113#5, %iterArg_69) : (tensor<2x1x1x16xf32>, tensor<1x1x16xf32>, tensor<i32>) -> tensor<2x1x1x16xf32>
      %119 = func.call @dynamic_update_index_in_dim(%iterArg_76, %113#6, %iterArg_69) : (tensor<2x8x6x16xf32>, tensor<8x6x16xf32>, tensor<i32>) -> tensor<2x8x6x16xf32>
      %120 = func.call @dynamic_update_index_in_dim(%iterArg_77, %113#7, %iterArg_69) : (tensor<2x8x6x16xf32>, tensor<8x6x16xf32>, tensor<i32>) -> tensor<2x8x6x16xf32>
      %121 = func.call @dynamic_update_index_in_dim_7(%iterArg_78, %113#8, %iterArg_69) : (tensor<2x8x6x4x4xf32>, tensor<8x6x4x4xf32>, tensor<i32>) -> tensor<2x8x6x4x4xf32>
      %122 = func.call @dynamic_update_index_in_dim_7(%iterArg_79, %113#9, %iterArg_69) : (tensor<2x8x6x4x4xf32>, tensor<8x6x4x4xf32>, tensor<i32>) -> tensor<2x8x6x4x4xf32>
      %123 = func.call @dynamic_update_index_in_dim_8(%iterArg_80, %113#10, %iterArg_69) : (tensor<2x8x4x6x6xf32>, tensor<8x4x6x6xf32>, tensor<i32>) -> tensor<2x8x4x6x6xf32>
      %124 = func.call @dynamic_update_index_in_dim_9(%iterArg_81, %113#11, %iterArg_69) : (tensor<2x8x4x6x1xf32>, tensor<8x4x6x1xf32>, tensor<i32>) -> tensor<2x8x4x6x1xf32>
      %125 = func.call @dynamic_update_index_in_dim_9(%iterArg_82, %113#12, %iterArg_69) : (tensor<2x8x4x6x1xf32>, tensor<8x4x6x1xf32>, tensor<i32>) -> tensor<2x8x4x6x1xf32>
      %126 = func.call @dynamic_update_index_in_dim_8(%iterArg_83, %113#13, %iterArg_69) : (tensor<2x8x4x6x6xf32>, tensor<8x4x6x6xf32>, tensor<i32>) -> tensor<2x8x4x6x6xf32>
      %127 = func.call @dynamic_update_index_in_dim_7(%iterArg_84, %113#14, %iterArg_69) : (tensor<2x8x6x4x4xf32>, tensor<8x6x4x4xf32>, tensor<i32>) -> tensor<2x8x6x4x4xf32>
      %128 = func.call @dynamic_update_index_in_dim(%iterArg_85, %113#15, %iterArg_69) : (tensor<2x8x6x16xf32>, tensor<8x6x16xf32>, tensor<i32>) -> tensor<2x8x6x16xf32>
      %129 = func.call @dynamic_update_index_in_dim(%iterArg_86, %113#16, %iterArg_69) : (tensor<2x8x6x16xf32>, tensor<8x6x16xf32>, tensor<i32>) -> tensor<2x8x6x16xf32>
      %130 = func.call @dynamic_update_index_in_dim_5(%iterArg_87, %113#17, %iterArg_69) : (tensor<2x8x6x1xf32>, tensor<8x6x1xf32>, tensor<i32>) -> tensor<2x8x6x1xf32>
      %131 = func.call @dynamic_update_index_in_dim_5(%iterArg_88, %113#18, %iterArg_69) : (tensor<2x8x6x1xf32>, tensor<8x6x1xf32>, tensor<i32>) -> tensor<2x8x6x1xf32>
      %132 = func.call @dynamic_update_index_in_dim(%iterArg_89, %113#19, %iterArg_69) : (tensor<2x8x6x16xf32>, tensor<8x6x16xf32>, tensor<i32>) -> tensor<2x8x6x16xf32>
      %133 = func.call @dynamic_update_index_in_dim_6(%iterArg_90, %113#20, %iterArg_69) : (tensor<2x1x1x16xf32>, tensor<1x1x16xf32>, tensor<i32>) -> tensor<2x1x1x16xf32>
      %134 = func.call @dynamic_update_index_in_dim(%iterArg_91, %113#21, %iterArg_69) : (tensor<2x8x6x16xf32>, tensor<8x6x16xf32>, tensor<i32>) -> tensor<2x8x6x16xf32>
      %135 = func.call @dynamic_update_index_in_dim(%iterArg_92, %113#22, %iterArg_69) : (tensor<2x8x6x16xf32>, tensor<8x6x16xf32>, tensor<i32>) -> tensor<2x8x6x16xf32>
      %136 = func.call @dynamic_update_index_in_dim_10(%iterArg_93, %113#23, %iterArg_69) : (tensor<2x8x6x64xf32>, tensor<8x6x64xf32>, tensor<i32>) -> tensor<2x8x6x64xf32>
      %137 = func.call @dynamic_update_index_in_dim_10(%iterArg_94, %113#24, %iterArg_69) : (tensor<2x8x6x64xf32>, tensor<8x6x64xf32>, tensor<i32>) -> tensor<2x8x6x64xf32>
      %138 = func.call @dynamic_update_index_in_dim_10(%iterArg_95, %113#25, %iterArg_69) : (tensor<2x8x6x64xf32>, tensor<8x6x64xf32>, tensor<i32>) -> tensor<2x8x6x64xf32>
      %139 = func.call @dynamic_update_index_in_dim_10(%iterArg_96, %113#26, %iterArg_69) : (tensor<2x8x6x64xf32>, tensor<8x6x64xf32>, tensor<i32>) -> tensor<2x8x6x64xf32>
      %140 = func.call @dynamic_update_index_in_dim_10(%iterArg_97, %113#27, %iterArg_69) : (tensor<2x8x6x64xf32>, tensor<8x6x64xf32>, tensor<i32>) -> tensor<2x8x6x64xf32>
      %141 = func.call @dynamic_update_index_in_dim_10(%iterArg_98, %113#28, %iterArg_69) : (tensor<2x8x6x64xf32>, tensor<8x6x64xf32>, tensor<i32>) -> tensor<2x8x6x64xf32>
      %c_99 = stablehlo.constant dense<1> : tensor<i32>
      %142 = stablehlo.add %iterArg_69, %c_99 : tensor<i32>
      stablehlo.return %iterArg, %iterArg_58, %iterArg_59, %iterArg_60, %iterArg_61, %iterArg_62, %iterArg_63, %iterArg_64, %iterArg_65, %iterArg_66, %iterArg_67, %iterArg_68, %142, %113#0, %114, %115, %116, %117, %118, %119, %120, %121, %122, %123, %124, %125, %126, %127, %128, %129, %130, %131, %132, %133, %134, %135, %136, %137, %138, %139, %140, %141 : tensor<2x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16xf32>, tensor<2x16x64xf32>, tensor<2x64xf32>, tensor<2x64x16xf32>, tensor<2x16xf32>, tensor<8x4x6x6xi1>, tensor<8x4x6x6xf32>, tensor<i32>, tensor<8x6x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x16xf32>, tensor<2x1x1x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x4x4xf32>, tensor<2x8x6x4x4xf32>, tensor<2x8x4x6x6xf32>, tensor<2x8x4x6x1xf32>, tensor<2x8x4x6x1xf32>, tensor<2x8x4x6x6xf32>, tensor<2x8x6x4x4xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x16xf32>, tensor<2x1x1x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>
    }
    %39 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<32x16xf32>) -> tensor<16x32xf32>
    %40 = stablehlo.dot_general %38#13, %39, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<16x32xf32>) -> tensor<8x6x32xf32>
    %41:3 = call @log_softmax(%40) : (tensor<8x6x32xf32>) -> (tensor<8x6x32xf32>, tensor<8x6x32xf32>, tensor<8x6x1xf32>)
    %42 = stablehlo.broadcast_in_dim %arg12, dims = [0, 1] : (tensor<8x6xi32>) -> tensor<8x6x1xi32>
    %43:2 = call @take_along_axis(%41#0, %42) : (tensor<8x6x32xf32>, tensor<8x6x1xi32>) -> (tensor<8x6x1xf32>, tensor<8x6x1x1xi32>)
    %cst_31 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %44 = stablehlo.reduce(%43#0 init: %cst_31) applies stablehlo.add across dimensions = [0, 1, 2] : (tensor<8x6x1xf32>, tensor<f32>) -> tensor<f32>
    %cst_32 = stablehlo.constant dense<4.800000e+01> : tensor<f32>
    %45 = stablehlo.divide %44, %cst_32 : tensor<f32>
    %46 = stablehlo.negate %45 : tensor<f32>
    %cst_33 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %47 = stablehlo.negate %cst_33 : tensor<f32>
    %cst_34 = stablehlo.constant dense<4.800000e+01> : tensor<f32>
    %48 = stablehlo.divide %47, %cst_34 : tensor<f32>
    %49 = stablehlo.broadcast_in_dim %48, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %50 = call @take_along_axis_11(%43#1, %49) : (tensor<8x6x1x1xi32>, tensor<8x6x1xf32>) -> tensor<8x6x32xf32>
    %51 = call @log_softmax_12(%41#1, %41#2, %50) : (tensor<8x6x32xf32>, tensor<8x6x1xf32>, tensor<8x6x32xf32>) -> tensor<8x6x32xf32>
    %52 = stablehlo.dot_general %51, %38#13, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x32xf32>, tensor<8x6x16xf32>) -> tensor<32x16xf32>
    %53 = stablehlo.transpose %52, dims = [1, 0] : (tensor<32x16xf32>) -> tensor<16x32xf32>
    %54 = stablehlo.dot_general %51, %39, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x32xf32>, tensor<16x32xf32>) -> tensor<8x6x16xf32>
    %55 = stablehlo.transpose %53, dims = [1, 0] : (tensor<16x32xf32>) -> tensor<32x16xf32>
    %cst_35 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %56 = stablehlo.broadcast_in_dim %cst_35, dims = [] : (tensor<f32>) -> tensor<2x16xf32>
    %cst_36 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %57 = stablehlo.broadcast_in_dim %cst_36, dims = [] : (tensor<f32>) -> tensor<2x16x16xf32>
    %cst_37 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %58 = stablehlo.broadcast_in_dim %cst_37, dims = [] : (tensor<f32>) -> tensor<2x16x16xf32>
    %cst_38 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %59 = stablehlo.broadcast_in_dim %cst_38, dims = [] : (tensor<f32>) -> tensor<2x16x16xf32>
    %cst_39 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %60 = stablehlo.broadcast_in_dim %cst_39, dims = [] : (tensor<f32>) -> tensor<2x16x16xf32>
    %cst_40 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %61 = stablehlo.broadcast_in_dim %cst_40, dims = [] : (tensor<f32>) -> tensor<2x16xf32>
    %cst_41 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %62 = stablehlo.broadcast_in_dim %cst_41, dims = [] : (tensor<f32>) -> tensor<2x16x64xf32>
    %cst_42 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %63 = stablehlo.broadcast_in_dim %cst_42, dims = [] : (tensor<f32>) -> tensor<2x64xf32>
    %cst_43 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %64 = stablehlo.broadcast_in_dim %cst_43, dims = [] : (tensor<f32>) -> tensor<2x64x16xf32>
    %cst_44 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %65 = stablehlo.broadcast_in_dim %cst_44, dims = [] : (tensor<f32>) -> tensor<2x16xf32>
    %c_45 = stablehlo.constant dense<0> : tensor<i32>
    %66:47 = stablehlo.while(%iterArg = %38#14, %iterArg_58 = %38#15, %iterArg_59 = %38#16, %iterArg_60 = %38#17, %iterArg_61 = %38#18, %iterArg_62 = %38#19, %iterArg_63 = %arg2, %iterArg_64 = %38#20, %iterArg_65 = %arg3, %iterArg_66 = %arg4, %iterArg_67 = %38#21, %iterArg_68 = %38#22, %iterArg_69 = %38#23, %iterArg_70 = %38#24, %iterArg_71 = %38#25, %iterArg_72 = %38#26, %iterArg_73 = %38#27, %iterArg_74 = %arg5, %iterArg_75 = %38#28, %iterArg_76 = %38#29, %iterArg_77 = %38#30, %iterArg_78 = %38#31, %iterArg_79 = %38#32, %iterArg_80 = %38#33, %iterArg_81 = %38#34, %iterArg_82 = %arg7, %iterArg_83 = %38#35, %iterArg_84 = %38#36, %iterArg_85 = %38#37, %iterArg_86 = %38#38, %iterArg_87 = %38#39, %iterArg_88 = %38#40, %iterArg_89 = %arg9, %iterArg_90 = %38#41, %iterArg_91 = %9#0, %iterArg_92 = %c_45, %iterArg_93 = %54, %iterArg_94 = %56, %iterArg_95 = %57, %iterArg_96 = %58, %iterArg_97 = %59, %iterArg_98 = %60, %iterArg_99 = %61, %iterArg_100 = %62, %iterArg_101 = %63, %iterArg_102 = %64, %iterArg_103 = %65) : tensor<2x8x6x16xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x16xf32>, tensor<2x1x1x16xf32>, tensor<2x8x6x16xf32>, tensor<2x16x16xf32>, tensor<2x8x6x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x8x6x4x4xf32>, tensor<2x8x6x4x4xf32>, tensor<2x8x4x6x6xf32>, tensor<2x8x4x6x1xf32>, tensor<2x8x4x6x1xf32>, tensor<2x8x4x6x6xf32>, tensor<2x8x6x4x4xf32>, tensor<2x16x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x16xf32>, tensor<2x1x1x16xf32>, tensor<2x8x6x16xf32>, tensor<2x16x64xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x64x16xf32>, tensor<2x8x6x64xf32>, tensor<8x4x6x6xi1>, tensor<i32>, tensor<8x6x16xf32>, tensor<2x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16xf32>, tensor<2x16x64xf32>, tensor<2x64xf32>, tensor<2x64x16xf32>, tensor<2x16xf32>
    cond {
      %c_104 = stablehlo.constant dense<2> : tensor<i32>
      %103 = stablehlo.compare LT, %iterArg_92, %c_104, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %103 : tensor<i1>
    } do {
      %c_104 = stablehlo.constant dense<2> : tensor<i32>
      %103 = stablehlo.subtract %c_104, %iterArg_92 : tensor<i32>
      %c_105 = stablehlo.constant dense<1> : tensor<i32>
      %104 = stablehlo.subtract %103, %c_105 : tensor<i32>
      %105 = func.call @dynamic_index_in_dim_13(%iterArg, %104) : (tensor<2x8x6x16xf32>, tensor<i32>) -> tensor<8x6x16xf32>
      %106 = func.call @dynamic_index_in_dim_14(%iterArg_58, %104) : (tensor<2x8x6x1xf32>, tensor<i32>) -> tensor<8x6x1xf32>
      %107 = func.call @dynamic_index_in_dim_14(%iterArg_59, %104) : (tensor<2x8x6x1xf32>, tensor<i32>) -> tensor<8x6x1xf32>
      %108 = func.call @dynamic_index_in_dim_13(%iterArg_60, %104) : (tensor<2x8x6x16xf32>, tensor<i32>) -> tensor<8x6x16xf32>
      %109 = func.call @dynamic_index_in_dim_15(%iterArg_61, %104) : (tensor<2x1x1x16xf32>, tensor<i32>) -> tensor<1x1x16xf32>
      %110 = func.call @dynamic_index_in_dim_13(%iterArg_62, %104) : (tensor<2x8x6x16xf32>, tensor<i32>) -> tensor<8x6x16xf32>
      %111 = func.call @dynamic_index_in_dim_0(%iterArg_63, %104) : (tensor<2x16x16xf32>, tensor<i32>) -> tensor<16x16xf32>
      %112 = func.call @dynamic_index_in_dim_13(%iterArg_64, %104) : (tensor<2x8x6x16xf32>, tensor<i32>) -> tensor<8x6x16xf32>
      %113 = func.call @dynamic_index_in_dim_0(%iterArg_65, %104) : (tensor<2x16x16xf32>, tensor<i32>) -> tensor<16x16xf32>
      %114 = func.call @dynamic_index_in_dim_0(%iterArg_66, %104) : (tensor<2x16x16xf32>, tensor<i32>) -> tensor<16x16xf32>
      %115 = func.call @dynamic_index_in_dim_16(%iterArg_67, %104) : (tensor<2x8x6x4x4xf32>, tensor<i32>) -> tensor<8x6x4x4xf32>
      %116 = func.call @dynamic_index_in_dim_16(%iterArg_68, %104) : (tensor<2x8x6x4x4xf32>, tensor<i32>) -> tensor<8x6x4x4xf32>
      %117 = func.call @dynamic_index_in_dim_17(%iterArg_69, %104) : (tensor<2x8x4x6x6xf32>, tensor<i32>) -> tensor<8x4x6x6xf32>
      %118 = func.call @dynamic_index_in_dim_18(%iterArg_70, %104) : (tensor<2x8x4x6x1xf32>, tensor<i32>) -> tensor<8x4x6x1xf32>
      %119 = func.call @dynamic_index_in_dim_18(%iterArg_71, %104) : (tensor<2x8x4x6x1xf32>, tensor<i32>) -> tensor<8x4x6x1xf32>
      %120 = func.call @dynamic_index_in_dim_17(%iterArg_72, %104) : (tensor<2x8x4x6x6xf32>, tensor<i32>) -> tensor<8x4x6x6xf32>
      %121 = func.call @dynamic_index_in_dim_16(%iterArg_73, %104) : (tensor<2x8x6x4x4xf32>, tensor<i32>) -> tensor<8x6x4x4xf32>
      %122 = func.call @dynamic_index_in_dim_0(%iterArg_74, %104) : (tensor<2x16x16xf32>, tensor<i32>) -> tensor<16x16xf32>
      %123 = func.call @dynamic_index_in_dim_13(%iterArg_75, %104) : (tensor<2x8x6x16xf32>, tensor<i32>) -> tensor<8x6x16xf32>
      %124 = func.call @dynamic_index_in_dim_13(%iterArg_76, %104) : (tensor<2x8x6x16xf32>, tensor<i32>) -> tensor<8x6x16xf32>
      %125 = func.call @dynamic_index_in_dim_14(%iterArg_77, %104) : (tensor<2x8x6x1xf32>, tensor<i32>) -> tensor<8x6x1xf32>
      %126 = func.call @dynamic_index_in_dim_14(%iterArg_78, %104) : (tensor<2x8x6x1xf32>, tensor<i32>) -> tensor<8x6x1xf32>
      %127 = func.call @dynamic_index_in_dim_13(%iterArg_79, %104) : (tensor<2x8x6x16xf32>, tensor<i32>) -> tensor<8x6x16xf32>
      %128 = func.call @dynamic_index_in_dim_15(%iterArg_80, %104) : (tensor<2x1x1x16xf32>, tensor<i32>) -> tensor<1x1x16xf32>
      %129 = func.call @dynamic_index_in_dim_13(%iterArg_81, %104) : (tensor<2x8x6x16xf32>, tensor<i32>) -> tensor<8x6x16xf32>
      %130 = func.call @dynamic_index_in_dim_1(%iterArg_82, %104) : (tensor<2x16x64xf32>, tensor<i32>) -> tensor<16x64xf32>
      %131 = func.call @dynamic_index_in_dim_13(%iterArg_83, %104) : (tensor<2x8x6x16xf32>, tensor<i32>) -> tensor<8x6x16xf32>
      %132 = func.call @dynamic_index_in_dim_19(%iterArg_84, %104) : (tensor<2x8x6x64xf32>, tensor<i32>) -> tensor<8x6x64xf32>
      %133 = func.call @dynamic_index_in_dim_19(%iterArg_85, %104) : (tensor<2x8x6x64xf32>, tensor<i32>) -> tensor<8x6x64xf32>
      %134 = func.call @dynamic_index_in_dim_19(%iterArg_86, %104) : (tensor<2x8x6x64xf32>, tensor<i32>) -> tensor<8x6x64xf32>
      %135 = func.call @dynamic_index_in_dim_19(%iterArg_87, %104) : (tensor<2x8x6x64xf32>, tensor<i32>) -> tensor<8x6x64xf32>
      %136 = func.call @dynamic_index_in_dim_19(%iterArg_88, %104) : (tensor<2x8x6x64xf32>, tensor<i32>) -> tensor<8x6x64xf32>
      %137 = func.call @dynamic_index_in_dim_3(%iterArg_89, %104) : (tensor<2x64x16xf32>, tensor<i32>) -> tensor<64x16xf32>
      %138 = func.call @dynamic_index_in_dim_19(%iterArg_90, %104) : (tensor<2x8x6x64xf32>, tensor<i32>) -> tensor<8x6x64xf32>
      %139:11 = func.call @closed_call_20(%iterArg_91, %iterArg_93, %105, %106, %107, %108, %109, %110, %111, %112, %113, %114, %115, %116, %117, %118, %119, %120, %121, %122, %123, %124, %125, %126, %127, %128, %129, %130, %131, %132, %133, %134, %135, %136, %137, %138) : (tensor<8x4x6x6xi1>, tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x1xf32>, tensor<8x6x1xf32>, tensor<8x6x16xf32>, tensor<1x1x16xf32>, tensor<8x6x16xf32>, tensor<16x16xf32>, tensor<8x6x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<8x6x4x4xf32>, tensor<8x6x4x4xf32>, tensor<8x4x6x6xf32>, tensor<8x4x6x1xf32>, tensor<8x4x6x1xf32>, tensor<8x4x6x6xf32>, tensor<8x6x4x4xf32>, tensor<16x16xf32>, tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x1xf32>, tensor<8x6x1xf32>, tensor<8x6x16xf32>, tensor<1x1x16xf32>, tensor<8x6x16xf32>, tensor<16x64xf32>, tensor<8x6x16xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<64x16xf32>, tensor<8x6x64xf32>) -> (tensor<8x6x16xf32>, tensor<16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<64xf32>, tensor<64x16xf32>, tensor<16xf32>)
      %140 = func.call @dynamic_update_index_in_dim_22(%iterArg_94, %139#1, %104) : (tensor<2x16xf32>, tensor<16xf32>, tensor<i32>) -> tensor<2x16xf32>
      %141 = func.call @dynamic_update_index_in_dim_23(%iterArg_95, %139#2, %104) : (tensor<2x16x16xf32>, tensor<16x16xf32>, tensor<i32>) -> tensor<2x16x16xf32>
      %142 = func.call @dynamic_update_index_in_dim_23(%iterArg_96, %139#3, %104) : (tensor<2x16x16xf32>, tensor<16x16xf32>, tensor<i32>) -> tensor<2x16x16xf32>
      %143 = func.call @dynamic_update_index_in_dim_23(%iterArg_97, %139#4, %104) : (tensor<2x16x16xf32>, tensor<16x16xf32>, tensor<i32>) -> tensor<2x16x16xf32>
      %144 = func.call @dynamic_update_index_in_dim_23(%iterArg_98, %139#5, %104) : (tensor<2x16x16xf32>, tensor<16x16xf32>, tensor<i32>) -> tensor<2x16x16xf32>
      %145 = func.call @dynamic_update_index_in_dim_22(%iterArg_99, %139#6, %104) : (tensor<2x16xf32>, tensor<16xf32>, tensor<i32>) -> tensor<2x16xf32>
      %146 = func.call @dynamic_update_index_in_dim_24(%iterArg_100, %139#7, %104) : (tensor<2x16x64xf32>, tensor<16x64xf32>, tensor<i32>) -> tensor<2x16x64xf32>
      %147 = func.call @dynamic_update_index_in_dim_25(%iterArg_101, %139#8, %104) : (tensor<2x64xf32>, tensor<64xf32>, tensor<i32>) -> tensor<2x64xf32>
      %148 = func.call @dynamic_update_index_in_dim_26(%iterArg_102, %139#9, %104) : (tensor<2x64x16xf32>, tensor<64x16xf32>, tensor<i32>) -> tensor<2x64x16xf32>
      %149 = func.call @dynamic_update_index_in_dim_22(%iterArg_103, %139#10, %104) : (tensor<2x16xf32>, tensor<16xf32>, tensor<i32>) -> tensor<2x16xf32>
      %c_106 = stablehlo.constant dense<1> : tensor<i32>
      %150 = stablehlo.add %iterArg_92, %c_106 : tensor<i32>
      stablehlo.return %iterArg, %iterArg_58, %iterArg_59, %iterArg_60, %iterArg_61, %iterArg_62, %iterArg_63, %iterArg_64, %iterArg_65, %iterArg_66, %iterArg_67, %iterArg_68, %iterArg_69, %iterArg_70, %iterArg_71, %iterArg_72, %iterArg_73, %iterArg_74, %iterArg_75, %iterArg_76, %iterArg_77, %iterArg_78, %iterArg_79, %iterArg_80, %iterArg_81, %iterArg_82, %iterArg_83, %iterArg_84, %iterArg_85, %iterArg_86, %iterArg_87, %iterArg_88, %iterArg_89, %iterArg_90, %iterArg_91, %150, %139#0, %140, %141, %142, %143, %144, %145, %146, %147, %148, %149 : tensor<2x8x6x16xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x16xf32>, tensor<2x1x1x16xf32>, tensor<2x8x6x16xf32>, tensor<2x16x16xf32>, tensor<2x8x6x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x8x6x4x4xf32>, tensor<2x8x6x4x4xf32>, tensor<2x8x4x6x6xf32>, tensor<2x8x4x6x1xf32>, tensor<2x8x4x6x1xf32>, tensor<2x8x4x6x6xf32>, tensor<2x8x6x4x4xf32>, tensor<2x16x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x1xf32>, tensor<2x8x6x16xf32>, tensor<2x1x1x16xf32>, tensor<2x8x6x16xf32>, tensor<2x16x64xf32>, tensor<2x8x6x16xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x8x6x64xf32>, tensor<2x64x16xf32>, tensor<2x8x6x64xf32>, tensor<8x4x6x6xi1>, tensor<i32>, tensor<8x6x16xf32>, tensor<2x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16xf32>, tensor<2x16x64xf32>, tensor<2x64xf32>, tensor<2x64x16xf32>, tensor<2x16xf32>
    }
    %cst_46 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %67 = stablehlo.broadcast_in_dim %cst_46, dims = [] : (tensor<f32>) -> tensor<32x16xf32>
    %68 = "stablehlo.scatter"(%67, %5, %66#36) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [2], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 2>, unique_indices = false}> ({
    ^bb0(%arg13: tensor<f32>, %arg14: tensor<f32>):
      %103 = stablehlo.add %arg13, %arg14 : tensor<f32>
      stablehlo.return %103 : tensor<f32>
    }) : (tensor<32x16xf32>, tensor<8x6x1xi32>, tensor<8x6x16xf32>) -> tensor<32x16xf32>
    %69 = stablehlo.add %55, %68 : tensor<32x16xf32>
    %cst_47 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %70 = stablehlo.broadcast_in_dim %cst_47, dims = [] : (tensor<f32>) -> tensor<32x16xf32>
    %71 = stablehlo.multiply %70, %69 : tensor<32x16xf32>
    %72 = stablehlo.subtract %arg0, %71 : tensor<32x16xf32>
    %cst_48 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %73 = stablehlo.broadcast_in_dim %cst_48, dims = [] : (tensor<f32>) -> tensor<2x16xf32>
    %74 = stablehlo.multiply %73, %66#37 : tensor<2x16xf32>
    %75 = stablehlo.subtract %arg1, %74 : tensor<2x16xf32>
    %cst_49 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %76 = stablehlo.broadcast_in_dim %cst_49, dims = [] : (tensor<f32>) -> tensor<2x16x16xf32>
    %77 = stablehlo.multiply %76, %66#38 : tensor<2x16x16xf32>
    %78 = stablehlo.subtract %arg2, %77 : tensor<2x16x16xf32>
    %cst_50 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %79 = stablehlo.broadcast_in_dim %cst_50, dims = [] : (tensor<f32>) -> tensor<2x16x16xf32>
    %80 = stablehlo.multiply %79, %66#39 : tensor<2x16x16xf32>
    %81 = stablehlo.subtract %arg3, %80 : tensor<2x16x16xf32>
    %cst_51 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %82 = stablehlo.broadcast_in_dim %cst_51, dims = [] : (tensor<f32>) -> tensor<2x16x16xf32>
    %83 = stablehlo.multiply %82, %66#40 : tensor<2x16x16xf32>
    %84 = stablehlo.subtract %arg4, %83 : tensor<2x16x16xf32>
    %cst_52 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %85 = stablehlo.broadcast_in_dim %cst_52, dims = [] : (tensor<f32>) -> tensor<2x16x16xf32>
    %86 = stablehlo.multiply %85, %66#41 : tensor<2x16x16xf32>
    %87 = stablehlo.subtract %arg5, %86 : tensor<2x16x16xf32>
    %cst_53 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %88 = stablehlo.broadcast_in_dim %cst_53, dims = [] : (tensor<f32>) -> tensor<2x16xf32>
    %89 = stablehlo.multiply %88, %66#42 : tensor<2x16xf32>
    %90 = stablehlo.subtract %arg6, %89 : tensor<2x16xf32>
    %cst_54 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %91 = stablehlo.broadcast_in_dim %cst_54, dims = [] : (tensor<f32>) -> tensor<2x16x64xf32>
    %92 = stablehlo.multiply %91, %66#43 : tensor<2x16x64xf32>
    %93 = stablehlo.subtract %arg7, %92 : tensor<2x16x64xf32>
    %cst_55 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %94 = stablehlo.broadcast_in_dim %cst_55, dims = [] : (tensor<f32>) -> tensor<2x64xf32>
    %95 = stablehlo.multiply %94, %66#44 : tensor<2x64xf32>
    %96 = stablehlo.subtract %arg8, %95 : tensor<2x64xf32>
    %cst_56 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %97 = stablehlo.broadcast_in_dim %cst_56, dims = [] : (tensor<f32>) -> tensor<2x64x16xf32>
    %98 = stablehlo.multiply %97, %66#45 : tensor<2x64x16xf32>
    %99 = stablehlo.subtract %arg9, %98 : tensor<2x64x16xf32>
    %cst_57 = stablehlo.constant dense<1.000000e-01> : tensor<f32>
    %100 = stablehlo.broadcast_in_dim %cst_57, dims = [] : (tensor<f32>) -> tensor<2x16xf32>
    %101 = stablehlo.multiply %100, %66#46 : tensor<2x16xf32>
    %102 = stablehlo.subtract %arg10, %101 : tensor<2x16xf32>
    return %72, %75, %78, %81, %84, %87, %90, %93, %96, %99, %102, %46 : tensor<32x16xf32>, tensor<2x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16x16xf32>, tensor<2x16xf32>, tensor<2x16x64xf32>, tensor<2x64xf32>, tensor<2x64x16xf32>, tensor<2x16xf32>, tensor<f32>
  }
  func.func private @tril(%arg0: tensor<6x6xi1>) -> tensor<6x6xi1> {
    %0 = stablehlo.iota dim = 0 : tensor<6x6xi32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<6x6xi32>
    %2 = stablehlo.add %0, %1 : tensor<6x6xi32>
    %3 = stablehlo.iota dim = 1 : tensor<6x6xi32>
    %4 = stablehlo.compare GE, %2, %3, SIGNED : (tensor<6x6xi32>, tensor<6x6xi32>) -> tensor<6x6xi1>
    %c_0 = stablehlo.constant dense<false> : tensor<i1>
    %5 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i1>) -> tensor<6x6xi1>
    %6 = stablehlo.select %4, %arg0, %5 : tensor<6x6xi1>, tensor<6x6xi1>
    return %6 : tensor<6x6xi1>
  }
  func.func private @_where(%arg0: tensor<6x6xi1>, %arg1: tensor<f32>) -> (tensor<8x4x6x6xi1>, tensor<8x4x6x6xf32>) {
    %0 = stablehlo.convert %arg1 : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [2, 3] : (tensor<6x6xi1>) -> tensor<8x4x6x6xi1>
    %2 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<8x4x6x6xf32>
    return %1, %2 : tensor<8x4x6x6xi1>, tensor<8x4x6x6xf32>
  }
  func.func private @dynamic_index_in_dim(%arg0: tensor<2x16xf32>, %arg1: tensor<i32>) -> tensor<16xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, sizes = [1, 16] : (tensor<2x16xf32>, tensor<i32>, tensor<i32>) -> tensor<1x16xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x16xf32>) -> tensor<16xf32>
    return %1 : tensor<16xf32>
  }
  func.func private @dynamic_index_in_dim_0(%arg0: tensor<2x16x16xf32>, %arg1: tensor<i32>) -> tensor<16x16xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 16, 16] : (tensor<2x16x16xf32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x16x16xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x16x16xf32>) -> tensor<16x16xf32>
    return %1 : tensor<16x16xf32>
  }
  func.func private @dynamic_index_in_dim_1(%arg0: tensor<2x16x64xf32>, %arg1: tensor<i32>) -> tensor<16x64xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 16, 64] : (tensor<2x16x64xf32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x16x64xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x16x64xf32>) -> tensor<16x64xf32>
    return %1 : tensor<16x64xf32>
  }
  func.func private @dynamic_index_in_dim_2(%arg0: tensor<2x64xf32>, %arg1: tensor<i32>) -> tensor<64xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, sizes = [1, 64] : (tensor<2x64xf32>, tensor<i32>, tensor<i32>) -> tensor<1x64xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x64xf32>) -> tensor<64xf32>
    return %1 : tensor<64xf32>
  }
  func.func private @dynamic_index_in_dim_3(%arg0: tensor<2x64x16xf32>, %arg1: tensor<i32>) -> tensor<64x16xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, sizes = [1, 64, 16] : (tensor<2x64x16xf32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x64x16xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x64x16xf32>) -> tensor<64x16xf32>
    return %1 : tensor<64x16xf32>
  }
  func.func private @closed_call(%arg0: tensor<8x4x6x6xi1>, %arg1: tensor<8x4x6x6xf32>, %arg2: tensor<8x6x16xf32>, %arg3: tensor<16xf32>, %arg4: tensor<16x16xf32>, %arg5: tensor<16x16xf32>, %arg6: tensor<16x16xf32>, %arg7: tensor<16x16xf32>, %arg8: tensor<16xf32>, %arg9: tensor<16x64xf32>, %arg10: tensor<64xf32>, %arg11: tensor<64x16xf32>, %arg12: tensor<16xf32>) -> (tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x1xf32>, tensor<8x6x1xf32>, tensor<8x6x16xf32>, tensor<1x1x16xf32>, tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x4x4xf32>, tensor<8x6x4x4xf32>, tensor<8x4x6x6xf32>, tensor<8x4x6x1xf32>, tensor<8x4x6x1xf32>, tensor<8x4x6x6xf32>, tensor<8x6x4x4xf32>, tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x1xf32>, tensor<8x6x1xf32>, tensor<8x6x16xf32>, tensor<1x1x16xf32>, tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.reduce(%arg2 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<8x6xf32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [0, 1] : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %cst_0 = stablehlo.constant dense<1.600000e+01> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %3 = stablehlo.divide %1, %2 : tensor<8x6x1xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1, 2] : (tensor<8x6x1xf32>) -> tensor<8x6x16xf32>
    %5 = stablehlo.subtract %arg2, %4 : tensor<8x6x16xf32>
    %6 = stablehlo.multiply %5, %5 : tensor<8x6x16xf32>
    %cst_1 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %7 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<8x6x16xf32>
    %8 = stablehlo.multiply %7, %5 : tensor<8x6x16xf32>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %9 = stablehlo.reduce(%6 init: %cst_2) applies stablehlo.add across dimensions = [2] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<8x6xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1] : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %cst_3 = stablehlo.constant dense<1.600000e+01> : tensor<f32>
    %11 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %12 = stablehlo.divide %10, %11 : tensor<8x6x1xf32>
    %13 = stablehlo.broadcast_in_dim %3, dims = [0, 1, 2] : (tensor<8x6x1xf32>) -> tensor<8x6x16xf32>
    %14 = stablehlo.subtract %arg2, %13 : tensor<8x6x16xf32>
    %cst_4 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %15 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %16 = stablehlo.add %12, %15 : tensor<8x6x1xf32>
    %17 = stablehlo.rsqrt %16 : tensor<8x6x1xf32>
    %18 = stablehlo.divide %17, %16 : tensor<8x6x1xf32>
    %cst_5 = stablehlo.constant dense<-5.000000e-01> : tensor<f32>
    %19 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %20 = stablehlo.multiply %19, %18 : tensor<8x6x1xf32>
    %21 = stablehlo.broadcast_in_dim %17, dims = [0, 1, 2] : (tensor<8x6x1xf32>) -> tensor<8x6x16xf32>
    %22 = stablehlo.multiply %14, %21 : tensor<8x6x16xf32>
    %23 = stablehlo.broadcast_in_dim %arg3, dims = [2] : (tensor<16xf32>) -> tensor<1x1x16xf32>
    %24 = stablehlo.broadcast_in_dim %23, dims = [0, 1, 2] : (tensor<1x1x16xf32>) -> tensor<8x6x16xf32>
    %25 = stablehlo.multiply %22, %24 : tensor<8x6x16xf32>
    %26 = stablehlo.dot_general %25, %arg4, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<16x16xf32>) -> tensor<8x6x16xf32>
    %27 = stablehlo.reshape %26 : (tensor<8x6x16xf32>) -> tensor<8x6x4x4xf32>
    %28 = stablehlo.dot_general %25, %arg5, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<16x16xf32>) -> tensor<8x6x16xf32>
    %29 = stablehlo.reshape %28 : (tensor<8x6x16xf32>) -> tensor<8x6x4x4xf32>
    %30 = stablehlo.dot_general %25, %arg6, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<16x16xf32>) -> tensor<8x6x16xf32>
    %31 = stablehlo.reshape %30 : (tensor<8x6x16xf32>) -> tensor<8x6x4x4xf32>
    %32 = stablehlo.dot_general %27, %29, batching_dims = [0, 2] x [0, 2], contracting_dims = [3] x [3], precision = [DEFAULT, DEFAULT] : (tensor<8x6x4x4xf32>, tensor<8x6x4x4xf32>) -> tensor<8x4x6x6xf32>
    %cst_6 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %33 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<8x4x6x6xf32>
    %34 = stablehlo.divide %32, %33 : tensor<8x4x6x6xf32>
    %35 = call @_where_4(%34, %arg0, %arg1) : (tensor<8x4x6x6xf32>, tensor<8x4x6x6xi1>, tensor<8x4x6x6xf32>) -> tensor<8x4x6x6xf32>
    %cst_7 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %36 = stablehlo.reduce(%35 init: %cst_7) applies stablehlo.maximum across dimensions = [3] : (tensor<8x4x6x6xf32>, tensor<f32>) -> tensor<8x4x6xf32>
    %cst_8 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %37 = stablehlo.broadcast_in_dim %cst_8, dims = [] : (tensor<f32>) -> tensor<8x4x6xf32>
    %38 = stablehlo.maximum %37, %36 : tensor<8x4x6xf32>
    %39 = stablehlo.broadcast_in_dim %38, dims = [0, 1, 2] : (tensor<8x4x6xf32>) -> tensor<8x4x6x1xf32>
    %40 = stablehlo.broadcast_in_dim %39, dims = [0, 1, 2, 3] : (tensor<8x4x6x1xf32>) -> tensor<8x4x6x6xf32>
    %41 = stablehlo.subtract %35, %40 : tensor<8x4x6x6xf32>
    %42 = stablehlo.exponential %41 : tensor<8x4x6x6xf32>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %43 = stablehlo.reduce(%42 init: %cst_9) applies stablehlo.add across dimensions = [3] : (tensor<8x4x6x6xf32>, tensor<f32>) -> tensor<8x4x6xf32>
    %44 = stablehlo.broadcast_in_dim %43, dims = [0, 1, 2] : (tensor<8x4x6xf32>) -> tensor<8x4x6x1xf32>
    %45 = stablehlo.broadcast_in_dim %44, dims = [0, 1, 2, 3] : (tensor<8x4x6x1xf32>) -> tensor<8x4x6x6xf32>
    %46 = stablehlo.divide %42, %45 : tensor<8x4x6x6xf32>
    %47 = stablehlo.multiply %44, %44 : tensor<8x4x6x1xf32>
    %cst_10 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %48 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f32>) -> tensor<8x4x6x1xf32>
    %49 = stablehlo.divide %48, %47 : tensor<8x4x6x1xf32>
    %50 = stablehlo.dot_general %31, %46, batching_dims = [0, 2] x [0, 1], contracting_dims = [1] x [3], precision = [DEFAULT, DEFAULT] : (tensor<8x6x4x4xf32>, tensor<8x4x6x6xf32>) -> tensor<8x4x4x6xf32>
    %51 = stablehlo.transpose %50, dims = [0, 3, 1, 2] : (tensor<8x4x4x6xf32>) -> tensor<8x6x4x4xf32>
    %52 = stablehlo.reshape %51 : (tensor<8x6x4x4xf32>) -> tensor<8x6x16xf32>
    %53 = stablehlo.dot_general %52, %arg7, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<16x16xf32>) -> tensor<8x6x16xf32>
    %54 = stablehlo.add %arg2, %53 : tensor<8x6x16xf32>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %55 = stablehlo.reduce(%54 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<8x6xf32>
    %56 = stablehlo.broadcast_in_dim %55, dims = [0, 1] : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %cst_12 = stablehlo.constant dense<1.600000e+01> : tensor<f32>
    %57 = stablehlo.broadcast_in_dim %cst_12, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %58 = stablehlo.divide %56, %57 : tensor<8x6x1xf32>
    %59 = stablehlo.broadcast_in_dim %58, dims = [0, 1, 2] : (tensor<8x6x1xf32>) -> tensor<8x6x16xf32>
    %60 = stablehlo.subtract %54, %59 : tensor<8x6x16xf32>
    %61 = stablehlo.multiply %60, %60 : tensor<8x6x16xf32>
    %cst_13 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %62 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f32>) -> tensor<8x6x16xf32>
    %63 = stablehlo.multiply %62, %60 : tensor<8x6x16xf32>
    %cst_14 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %64 = stablehlo.reduce(%61 init: %cst_14) applies stablehlo.add across dimensions = [2] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<8x6xf32>
    %65 = stablehlo.broadcast_in_dim %64, dims = [0, 1] : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %cst_15 = stablehlo.constant dense<1.600000e+01> : tensor<f32>
    %66 = stablehlo.broadcast_in_dim %cst_15, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %67 = stablehlo.divide %65, %66 : tensor<8x6x1xf32>
    %68 = stablehlo.broadcast_in_dim %58, dims = [0, 1, 2] : (tensor<8x6x1xf32>) -> tensor<8x6x16xf32>
    %69 = stablehlo.subtract %54, %68 : tensor<8x6x16xf32>
    %cst_16 = stablehlo.constant dense<9.99999974E-6> : tensor<f32>
    %70 = stablehlo.broadcast_in_dim %cst_16, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %71 = stablehlo.add %67, %70 : tensor<8x6x1xf32>
    %72 = stablehlo.rsqrt %71 : tensor<8x6x1xf32>
    %73 = stablehlo.divide %72, %71 : tensor<8x6x1xf32>
    %cst_17 = stablehlo.constant dense<-5.000000e-01> : tensor<f32>
    %74 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %75 = stablehlo.multiply %74, %73 : tensor<8x6x1xf32>
    %76 = stablehlo.broadcast_in_dim %72, dims = [0, 1, 2] : (tensor<8x6x1xf32>) -> tensor<8x6x16xf32>
    %77 = stablehlo.multiply %69, %76 : tensor<8x6x16xf32>
    %78 = stablehlo.broadcast_in_dim %arg8, dims = [2] : (tensor<16xf32>) -> tensor<1x1x16xf32>
    %79 = stablehlo.broadcast_in_dim %78, dims = [0, 1, 2] : (tensor<1x1x16xf32>) -> tensor<8x6x16xf32>
    %80 = stablehlo.multiply %77, %79 : tensor<8x6x16xf32>
    %81 = stablehlo.dot_general %80, %arg9, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<16x64xf32>) -> tensor<8x6x64xf32>
    %82 = stablehlo.broadcast_in_dim %arg10, dims = [2] : (tensor<64xf32>) -> tensor<1x1x64xf32>
    %83 = stablehlo.broadcast_in_dim %82, dims = [0, 1, 2] : (tensor<1x1x64xf32>) -> tensor<8x6x64xf32>
    %84 = stablehlo.add %81, %83 : tensor<8x6x64xf32>
    %85 = stablehlo.multiply %84, %84 : tensor<8x6x64xf32>
    %86 = stablehlo.multiply %85, %84 : tensor<8x6x64xf32>
    %87 = stablehlo.multiply %84, %84 : tensor<8x6x64xf32>
    %cst_18 = stablehlo.constant dense<3.000000e+00> : tensor<f32>
    %88 = stablehlo.broadcast_in_dim %cst_18, dims = [] : (tensor<f32>) -> tensor<8x6x64xf32>
    %89 = stablehlo.multiply %88, %87 : tensor<8x6x64xf32>
    %cst_19 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %90 = stablehlo.broadcast_in_dim %cst_19, dims = [] : (tensor<f32>) -> tensor<8x6x64xf32>
    %91 = stablehlo.multiply %90, %86 : tensor<8x6x64xf32>
    %92 = stablehlo.add %84, %91 : tensor<8x6x64xf32>
    %cst_20 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %93 = stablehlo.broadcast_in_dim %cst_20, dims = [] : (tensor<f32>) -> tensor<8x6x64xf32>
    %94 = stablehlo.multiply %93, %92 : tensor<8x6x64xf32>
    %95 = stablehlo.tanh %94 : tensor<8x6x64xf32>
    %cst_21 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %96 = stablehlo.broadcast_in_dim %cst_21, dims = [] : (tensor<f32>) -> tensor<8x6x64xf32>
    %97 = stablehlo.subtract %96, %95 : tensor<8x6x64xf32>
    %cst_22 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %98 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f32>) -> tensor<8x6x64xf32>
    %99 = stablehlo.add %98, %95 : tensor<8x6x64xf32>
    %cst_23 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %100 = stablehlo.broadcast_in_dim %cst_23, dims = [] : (tensor<f32>) -> tensor<8x6x64xf32>
    %101 = stablehlo.multiply %100, %99 : tensor<8x6x64xf32>
    %102 = stablehlo.multiply %84, %101 : tensor<8x6x64xf32>
    %103 = stablehlo.dot_general %102, %arg11, contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<8x6x64xf32>, tensor<64x16xf32>) -> tensor<8x6x16xf32>
    %104 = stablehlo.add %54, %103 : tensor<8x6x16xf32>
    %105 = stablehlo.broadcast_in_dim %arg12, dims = [2] : (tensor<16xf32>) -> tensor<1x1x16xf32>
    %106 = stablehlo.broadcast_in_dim %105, dims = [0, 1, 2] : (tensor<1x1x16xf32>) -> tensor<8x6x16xf32>
    %107 = stablehlo.add %104, %106 : tensor<8x6x16xf32>
    return %107, %8, %20, %17, %14, %23, %22, %25, %29, %27, %42, %44, %49, %46, %31, %52, %63, %75, %72, %69, %78, %77, %80, %89, %95, %97, %101, %84, %102 : tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x1xf32>, tensor<8x6x1xf32>, tensor<8x6x16xf32>, tensor<1x1x16xf32>, tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x4x4xf32>, tensor<8x6x4x4xf32>, tensor<8x4x6x6xf32>, tensor<8x4x6x1xf32>, tensor<8x4x6x1xf32>, tensor<8x4x6x6xf32>, tensor<8x6x4x4xf32>, tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x1xf32>, tensor<8x6x1xf32>, tensor<8x6x16xf32>, tensor<1x1x16xf32>, tensor<8x6x16xf32>, tensor<8x6x16xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>, tensor<8x6x64xf32>
  }
  func.func private @_where_4(%arg0: tensor<8x4x6x6xf32>, %arg1: tensor<8x4x6x6xi1>, %arg2: tensor<8x4x6x6xf32>) -> tensor<8x4x6x6xf32> {
    %0 = stablehlo.select %arg1, %arg0, %arg2 : tensor<8x4x6x6xi1>, tensor<8x4x6x6xf32>
    return %0 : tensor<8x4x6x6xf32>
  }
  func.func private @dynamic_update_index_in_dim(%arg0: tensor<2x8x6x16xf32>, %arg1: tensor<8x6x16xf32>, %arg2: tensor<i32>) -> tensor<2x8x6x16xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2, 3] : (tensor<8x6x16xf32>) -> tensor<1x8x6x16xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0, %c_1 : (tensor<2x8x6x16xf32>, tensor<1x8x6x16xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<2x8x6x16xf32>
    return %1 : tensor<2x8x6x16xf32>
  }
  func.func private @dynamic_update_index_in_dim_5(%arg0: tensor<2x8x6x1xf32>, %arg1: tensor<8x6x1xf32>, %arg2: tensor<i32>) -> tensor<2x8x6x1xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2, 3] : (tensor<8x6x1xf32>) -> tensor<1x8x6x1xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0, %c_1 : (tensor<2x8x6x1xf32>, tensor<1x8x6x1xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<2x8x6x1xf32>
    return %1 : tensor<2x8x6x1xf32>
  }
  func.func private @dynamic_update_index_in_dim_6(%arg0: tensor<2x1x1x16xf32>, %arg1: tensor<1x1x16xf32>, %arg2: tensor<i32>) -> tensor<2x1x1x16xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2, 3] : (tensor<1x1x16xf32>) -> tensor<1x1x1x16xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0, %c_1 : (tensor<2x1x1x16xf32>, tensor<1x1x1x16xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<2x1x1x16xf32>
    return %1 : tensor<2x1x1x16xf32>
  }
  func.func private @dynamic_update_index_in_dim_7(%arg0: tensor<2x8x6x4x4xf32>, %arg1: tensor<8x6x4x4xf32>, %arg2: tensor<i32>) -> tensor<2x8x6x4x4xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2, 3, 4] : (tensor<8x6x4x4xf32>) -> tensor<1x8x6x4x4xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0, %c_1, %c_2 : (tensor<2x8x6x4x4xf32>, tensor<1x8x6x4x4xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<2x8x6x4x4xf32>
    return %1 : tensor<2x8x6x4x4xf32>
  }
  func.func private @dynamic_update_index_in_dim_8(%arg0: tensor<2x8x4x6x6xf32>, %arg1: tensor<8x4x6x6xf32>, %arg2: tensor<i32>) -> tensor<2x8x4x6x6xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2, 3, 4] : (tensor<8x4x6x6xf32>) -> tensor<1x8x4x6x6xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0, %c_1, %c_2 : (tensor<2x8x4x6x6xf32>, tensor<1x8x4x6x6xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<2x8x4x6x6xf32>
    return %1 : tensor<2x8x4x6x6xf32>
  }
  func.func private @dynamic_update_index_in_dim_9(%arg0: tensor<2x8x4x6x1xf32>, %arg1: tensor<8x4x6x1xf32>, %arg2: tensor<i32>) -> tensor<2x8x4x6x1xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2, 3, 4] : (tensor<8x4x6x1xf32>) -> tensor<1x8x4x6x1xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0, %c_1, %c_2 : (tensor<2x8x4x6x1xf32>, tensor<1x8x4x6x1xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<2x8x4x6x1xf32>
    return %1 : tensor<2x8x4x6x1xf32>
  }
  func.func private @dynamic_update_index_in_dim_10(%arg0: tensor<2x8x6x64xf32>, %arg1: tensor<8x6x64xf32>, %arg2: tensor<i32>) -> tensor<2x8x6x64xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2, 3] : (tensor<8x6x64xf32>) -> tensor<1x8x6x64xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0, %c_1 : (tensor<2x8x6x64xf32>, tensor<1x8x6x64xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<2x8x6x64xf32>
    return %1 : tensor<2x8x6x64xf32>
  }
  func.func private @log_softmax(%arg0: tensor<8x6x32xf32>) -> (tensor<8x6x32xf32>, tensor<8x6x32xf32>, tensor<8x6x1xf32>) {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %0 = stablehlo.reduce(%arg0 init: %cst) applies stablehlo.maximum across dimensions = [2] : (tensor<8x6x32xf32>, tensor<f32>) -> tensor<8x6xf32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<8x6xf32>
    %2 = stablehlo.maximum %1, %0 : tensor<8x6xf32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [0, 1] : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1, 2] : (tensor<8x6x1xf32>) -> tensor<8x6x32xf32>
    %5 = stablehlo.subtract %arg0, %4 : tensor<8x6x32xf32>
    %6 = stablehlo.exponential %5 : tensor<8x6x32xf32>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %7 = stablehlo.reduce(%6 init: %cst_1) applies stablehlo.add across dimensions = [2] : (tensor<8x6x32xf32>, tensor<f32>) -> tensor<8x6xf32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [0, 1] : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %9 = stablehlo.log %8 : tensor<8x6x1xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [0, 1, 2] : (tensor<8x6x1xf32>) -> tensor<8x6x32xf32>
    %11 = stablehlo.subtract %5, %10 : tensor<8x6x32xf32>
    return %11, %6, %8 : tensor<8x6x32xf32>, tensor<8x6x32xf32>, tensor<8x6x1xf32>
  }
  func.func private @take_along_axis(%arg0: tensor<8x6x32xf32>, %arg1: tensor<8x6x1xi32>) -> (tensor<8x6x1xf32>, tensor<8x6x1x1xi32>) {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<8x6x1xi32>
    %1 = stablehlo.compare LT, %arg1, %0, SIGNED : (tensor<8x6x1xi32>, tensor<8x6x1xi32>) -> tensor<8x6x1xi1>
    %c_0 = stablehlo.constant dense<32> : tensor<i32>
    %2 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<8x6x1xi32>
    %3 = stablehlo.add %arg1, %2 : tensor<8x6x1xi32>
    %4 = stablehlo.select %1, %3, %arg1 : tensor<8x6x1xi1>, tensor<8x6x1xi32>
    %5 = stablehlo.reshape %4 : (tensor<8x6x1xi32>) -> tensor<8x6x1x1xi32>
    %c_1 = stablehlo.constant dense<31> : tensor<1xi32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %6 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<i32>) -> tensor<8x6x1x1xi32>
    %7 = stablehlo.compare GE, %5, %6, SIGNED : (tensor<8x6x1x1xi32>, tensor<8x6x1x1xi32>) -> tensor<8x6x1x1xi1>
    %8 = stablehlo.broadcast_in_dim %c_1, dims = [3] : (tensor<1xi32>) -> tensor<1x1x1x1xi32>
    %9 = stablehlo.broadcast_in_dim %8, dims = [0, 1, 2, 3] : (tensor<1x1x1x1xi32>) -> tensor<8x6x1x1xi32>
    %10 = stablehlo.compare LE, %5, %9, SIGNED : (tensor<8x6x1x1xi32>, tensor<8x6x1x1xi32>) -> tensor<8x6x1x1xi1>
    %11 = stablehlo.and %7, %10 : tensor<8x6x1x1xi1>
    %c_3 = stablehlo.constant dense<true> : tensor<i1>
    %12 = stablehlo.reduce(%11 init: %c_3) applies stablehlo.and across dimensions = [3] : (tensor<8x6x1x1xi1>, tensor<i1>) -> tensor<8x6x1xi1>
    %13 = "stablehlo.gather"(%arg0, %5) <{dimension_numbers = #stablehlo.gather<collapsed_slice_dims = [2], operand_batching_dims = [0, 1], start_indices_batching_dims = [0, 1], start_index_map = [2], index_vector_dim = 3>, indices_are_sorted = false, slice_sizes = array<i64: 1, 1, 1>}> : (tensor<8x6x32xf32>, tensor<8x6x1x1xi32>) -> tensor<8x6x1xf32>
    %cst = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %14 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %15 = stablehlo.select %12, %13, %14 : tensor<8x6x1xi1>, tensor<8x6x1xf32>
    return %15, %5 : tensor<8x6x1xf32>, tensor<8x6x1x1xi32>
  }
  func.func private @take_along_axis_11(%arg0: tensor<8x6x1x1xi32>, %arg1: tensor<8x6x1xf32>) -> tensor<8x6x32xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<8x6x32xf32>
    %1 = "stablehlo.scatter"(%0, %arg0, %arg1) <{indices_are_sorted = false, scatter_dimension_numbers = #stablehlo.scatter<inserted_window_dims = [2], input_batching_dims = [0, 1], scatter_indices_batching_dims = [0, 1], scatter_dims_to_operand_dims = [2], index_vector_dim = 3>, unique_indices = false}> ({
    ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
      %2 = stablehlo.add %arg2, %arg3 : tensor<f32>
      stablehlo.return %2 : tensor<f32>
    }) : (tensor<8x6x32xf32>, tensor<8x6x1x1xi32>, tensor<8x6x1xf32>) -> tensor<8x6x32xf32>
    return %1 : tensor<8x6x32xf32>
  }
  func.func private @log_softmax_12(%arg0: tensor<8x6x32xf32>, %arg1: tensor<8x6x1xf32>, %arg2: tensor<8x6x32xf32>) -> tensor<8x6x32xf32> {
    %0 = stablehlo.negate %arg2 : tensor<8x6x32xf32>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [2] : (tensor<8x6x32xf32>, tensor<f32>) -> tensor<8x6xf32>
    %2 = stablehlo.reshape %1 : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %3 = stablehlo.divide %2, %arg1 : tensor<8x6x1xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %4 = stablehlo.reduce(%3 init: %cst_0) applies stablehlo.add across dimensions = [2] : (tensor<8x6x1xf32>, tensor<f32>) -> tensor<8x6xf32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1] : (tensor<8x6xf32>) -> tensor<8x6x32xf32>
    %6 = stablehlo.multiply %5, %arg0 : tensor<8x6x32xf32>
    %7 = stablehlo.add %arg2, %6 : tensor<8x6x32xf32>
    return %7 : tensor<8x6x32xf32>
  }
  func.func private @dynamic_index_in_dim_13(%arg0: tensor<2x8x6x16xf32>, %arg1: tensor<i32>) -> tensor<8x6x16xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, %c_1, sizes = [1, 8, 6, 16] : (tensor<2x8x6x16xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x8x6x16xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x8x6x16xf32>) -> tensor<8x6x16xf32>
    return %1 : tensor<8x6x16xf32>
  }
  func.func private @dynamic_index_in_dim_14(%arg0: tensor<2x8x6x1xf32>, %arg1: tensor<i32>) -> tensor<8x6x1xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, %c_1, sizes = [1, 8, 6, 1] : (tensor<2x8x6x1xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x8x6x1xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x8x6x1xf32>) -> tensor<8x6x1xf32>
    return %1 : tensor<8x6x1xf32>
  }
  func.func private @dynamic_index_in_dim_15(%arg0: tensor<2x1x1x16xf32>, %arg1: tensor<i32>) -> tensor<1x1x16xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, %c_1, sizes = [1, 1, 1, 16] : (tensor<2x1x1x16xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x1x1x16xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x1x1x16xf32>) -> tensor<1x1x16xf32>
    return %1 : tensor<1x1x16xf32>
  }
  func.func private @dynamic_index_in_dim_16(%arg0: tensor<2x8x6x4x4xf32>, %arg1: tensor<i32>) -> tensor<8x6x4x4xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, %c_1, %c_2, sizes = [1, 8, 6, 4, 4] : (tensor<2x8x6x4x4xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x8x6x4x4xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x8x6x4x4xf32>) -> tensor<8x6x4x4xf32>
    return %1 : tensor<8x6x4x4xf32>
  }
  func.func private @dynamic_index_in_dim_17(%arg0: tensor<2x8x4x6x6xf32>, %arg1: tensor<i32>) -> tensor<8x4x6x6xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, %c_1, %c_2, sizes = [1, 8, 4, 6, 6] : (tensor<2x8x4x6x6xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x8x4x6x6xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x8x4x6x6xf32>) -> tensor<8x4x6x6xf32>
    return %1 : tensor<8x4x6x6xf32>
  }
  func.func private @dynamic_index_in_dim_18(%arg0: tensor<2x8x4x6x1xf32>, %arg1: tensor<i32>) -> tensor<8x4x6x1xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, %c_1, %c_2, sizes = [1, 8, 4, 6, 1] : (tensor<2x8x4x6x1xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x8x4x6x1xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x8x4x6x1xf32>) -> tensor<8x4x6x1xf32>
    return %1 : tensor<8x4x6x1xf32>
  }
  func.func private @dynamic_index_in_dim_19(%arg0: tensor<2x8x6x64xf32>, %arg1: tensor<i32>) -> tensor<8x6x64xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %c, %c_0, %c_1, sizes = [1, 8, 6, 64] : (tensor<2x8x6x64xf32>, tensor<i32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<1x8x6x64xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x8x6x64xf32>) -> tensor<8x6x64xf32>
    return %1 : tensor<8x6x64xf32>
  }
  func.func private @closed_call_20(%arg0: tensor<8x4x6x6xi1>, %arg1: tensor<8x6x16xf32>, %arg2: tensor<8x6x16xf32>, %arg3: tensor<8x6x1xf32>, %arg4: tensor<8x6x1xf32>, %arg5: tensor<8x6x16xf32>, %arg6: tensor<1x1x16xf32>, %arg7: tensor<8x6x16xf32>, %arg8: tensor<16x16xf32>, %arg9: tensor<8x6x16xf32>, %arg10: tensor<16x16xf32>, %arg11: tensor<16x16xf32>, %arg12: tensor<8x6x4x4xf32>, %arg13: tensor<8x6x4x4xf32>, %arg14: tensor<8x4x6x6xf32>, %arg15: tensor<8x4x6x1xf32>, %arg16: tensor<8x4x6x1xf32>, %arg17: tensor<8x4x6x6xf32>, %arg18: tensor<8x6x4x4xf32>, %arg19: tensor<16x16xf32>, %arg20: tensor<8x6x16xf32>, %arg21: tensor<8x6x16xf32>, %arg22: tensor<8x6x1xf32>, %arg23: tensor<8x6x1xf32>, %arg24: tensor<8x6x16xf32>, %arg25: tensor<1x1x16xf32>, %arg26: tensor<8x6x16xf32>, %arg27: tensor<16x64xf32>, %arg28: tensor<8x6x16xf32>, %arg29: tensor<8x6x64xf32>, %arg30: tensor<8x6x64xf32>, %arg31: tensor<8x6x64xf32>, %arg32: tensor<8x6x64xf32>, %arg33: tensor<8x6x64xf32>, %arg34: tensor<64x16xf32>, %arg35: tensor<8x6x64xf32>) -> (tensor<8x6x16xf32>, tensor<16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<64xf32>, tensor<64x16xf32>, tensor<16xf32>) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.reduce(%arg1 init: %cst) applies stablehlo.add across dimensions = [0, 1] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<16xf32>
    %1 = stablehlo.reshape %0 : (tensor<16xf32>) -> tensor<1x1x16xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %2 = stablehlo.reduce(%1 init: %cst_0) applies stablehlo.add across dimensions = [0, 1] : (tensor<1x1x16xf32>, tensor<f32>) -> tensor<16xf32>
    %3 = stablehlo.dot_general %arg1, %arg35, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<8x6x64xf32>) -> tensor<16x64xf32>
    %4 = stablehlo.transpose %3, dims = [1, 0] : (tensor<16x64xf32>) -> tensor<64x16xf32>
    %5 = stablehlo.dot_general %arg1, %arg34, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<64x16xf32>) -> tensor<8x6x64xf32>
    %6 = stablehlo.multiply %arg33, %5 : tensor<8x6x64xf32>
    %7 = stablehlo.multiply %5, %arg32 : tensor<8x6x64xf32>
    %cst_1 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<8x6x64xf32>
    %9 = stablehlo.multiply %8, %6 : tensor<8x6x64xf32>
    %10 = stablehlo.multiply %9, %arg31 : tensor<8x6x64xf32>
    %11 = stablehlo.multiply %10, %arg30 : tensor<8x6x64xf32>
    %12 = stablehlo.add %10, %11 : tensor<8x6x64xf32>
    %cst_2 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %13 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<8x6x64xf32>
    %14 = stablehlo.multiply %13, %12 : tensor<8x6x64xf32>
    %15 = stablehlo.add %7, %14 : tensor<8x6x64xf32>
    %cst_3 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %16 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<8x6x64xf32>
    %17 = stablehlo.multiply %16, %14 : tensor<8x6x64xf32>
    %18 = stablehlo.multiply %17, %arg29 : tensor<8x6x64xf32>
    %19 = stablehlo.add %15, %18 : tensor<8x6x64xf32>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %20 = stablehlo.reduce(%19 init: %cst_4) applies stablehlo.add across dimensions = [0, 1] : (tensor<8x6x64xf32>, tensor<f32>) -> tensor<64xf32>
    %21 = stablehlo.reshape %20 : (tensor<64xf32>) -> tensor<1x1x64xf32>
    %cst_5 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %22 = stablehlo.reduce(%21 init: %cst_5) applies stablehlo.add across dimensions = [0, 1] : (tensor<1x1x64xf32>, tensor<f32>) -> tensor<64xf32>
    %23 = stablehlo.dot_general %19, %arg28, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x64xf32>, tensor<8x6x16xf32>) -> tensor<64x16xf32>
    %24 = stablehlo.transpose %23, dims = [1, 0] : (tensor<64x16xf32>) -> tensor<16x64xf32>
    %25 = stablehlo.dot_general %19, %arg27, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x64xf32>, tensor<16x64xf32>) -> tensor<8x6x16xf32>
    %26 = stablehlo.multiply %arg26, %25 : tensor<8x6x16xf32>
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %27 = stablehlo.reduce(%26 init: %cst_6) applies stablehlo.add across dimensions = [0, 1] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<16xf32>
    %28 = stablehlo.reshape %27 : (tensor<16xf32>) -> tensor<1x1x16xf32>
    %29 = stablehlo.broadcast_in_dim %arg25, dims = [0, 1, 2] : (tensor<1x1x16xf32>) -> tensor<8x6x16xf32>
    %30 = stablehlo.multiply %25, %29 : tensor<8x6x16xf32>
    %cst_7 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %31 = stablehlo.reduce(%28 init: %cst_7) applies stablehlo.add across dimensions = [0, 1] : (tensor<1x1x16xf32>, tensor<f32>) -> tensor<16xf32>
    %32 = stablehlo.multiply %arg24, %30 : tensor<8x6x16xf32>
    %cst_8 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %33 = stablehlo.reduce(%32 init: %cst_8) applies stablehlo.add across dimensions = [2] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<8x6xf32>
    %34 = stablehlo.reshape %33 : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %35 = stablehlo.broadcast_in_dim %arg23, dims = [0, 1, 2] : (tensor<8x6x1xf32>) -> tensor<8x6x16xf32>
    %36 = stablehlo.multiply %30, %35 : tensor<8x6x16xf32>
    %37 = stablehlo.multiply %34, %arg22 : tensor<8x6x1xf32>
    %38 = stablehlo.negate %36 : tensor<8x6x16xf32>
    %cst_9 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %39 = stablehlo.reduce(%38 init: %cst_9) applies stablehlo.add across dimensions = [2] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<8x6xf32>
    %40 = stablehlo.reshape %39 : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %41 = stablehlo.add %arg1, %36 : tensor<8x6x16xf32>
    %cst_10 = stablehlo.constant dense<1.600000e+01> : tensor<f32>
    %42 = stablehlo.broadcast_in_dim %cst_10, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %43 = stablehlo.divide %37, %42 : tensor<8x6x1xf32>
    %cst_11 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %44 = stablehlo.reduce(%43 init: %cst_11) applies stablehlo.add across dimensions = [2] : (tensor<8x6x1xf32>, tensor<f32>) -> tensor<8x6xf32>
    %45 = stablehlo.broadcast_in_dim %44, dims = [0, 1] : (tensor<8x6xf32>) -> tensor<8x6x16xf32>
    %46 = stablehlo.multiply %45, %arg21 : tensor<8x6x16xf32>
    %47 = stablehlo.negate %46 : tensor<8x6x16xf32>
    %cst_12 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %48 = stablehlo.reduce(%47 init: %cst_12) applies stablehlo.add across dimensions = [2] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<8x6xf32>
    %49 = stablehlo.reshape %48 : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %50 = stablehlo.add %41, %46 : tensor<8x6x16xf32>
    %51 = stablehlo.add %40, %49 : tensor<8x6x1xf32>
    %cst_13 = stablehlo.constant dense<1.600000e+01> : tensor<f32>
    %52 = stablehlo.broadcast_in_dim %cst_13, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %53 = stablehlo.divide %51, %52 : tensor<8x6x1xf32>
    %cst_14 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %54 = stablehlo.reduce(%53 init: %cst_14) applies stablehlo.add across dimensions = [2] : (tensor<8x6x1xf32>, tensor<f32>) -> tensor<8x6xf32>
    %55 = stablehlo.broadcast_in_dim %54, dims = [0, 1] : (tensor<8x6xf32>) -> tensor<8x6x16xf32>
    %56 = stablehlo.add %50, %55 : tensor<8x6x16xf32>
    %57 = stablehlo.dot_general %56, %arg20, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<8x6x16xf32>) -> tensor<16x16xf32>
    %58 = stablehlo.transpose %57, dims = [1, 0] : (tensor<16x16xf32>) -> tensor<16x16xf32>
    %59 = stablehlo.dot_general %56, %arg19, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<16x16xf32>) -> tensor<8x6x16xf32>
    %60 = stablehlo.reshape %59 : (tensor<8x6x16xf32>) -> tensor<8x6x4x4xf32>
    %61 = stablehlo.transpose %60, dims = [0, 2, 3, 1] : (tensor<8x6x4x4xf32>) -> tensor<8x4x4x6xf32>
    %62 = stablehlo.dot_general %61, %arg18, batching_dims = [0, 1] x [0, 2], contracting_dims = [2] x [3], precision = [DEFAULT, DEFAULT] : (tensor<8x4x4x6xf32>, tensor<8x6x4x4xf32>) -> tensor<8x4x6x6xf32>
    %63 = stablehlo.dot_general %61, %arg17, batching_dims = [0, 1] x [0, 1], contracting_dims = [3] x [2], precision = [DEFAULT, DEFAULT] : (tensor<8x4x4x6xf32>, tensor<8x4x6x6xf32>) -> tensor<8x4x4x6xf32>
    %64 = stablehlo.transpose %63, dims = [0, 3, 1, 2] : (tensor<8x4x4x6xf32>) -> tensor<8x6x4x4xf32>
    %65 = stablehlo.broadcast_in_dim %arg16, dims = [0, 1, 2, 3] : (tensor<8x4x6x1xf32>) -> tensor<8x4x6x6xf32>
    %66 = stablehlo.multiply %62, %65 : tensor<8x4x6x6xf32>
    %67 = stablehlo.multiply %66, %arg14 : tensor<8x4x6x6xf32>
    %cst_15 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %68 = stablehlo.reduce(%67 init: %cst_15) applies stablehlo.add across dimensions = [3] : (tensor<8x4x6x6xf32>, tensor<f32>) -> tensor<8x4x6xf32>
    %69 = stablehlo.reshape %68 : (tensor<8x4x6xf32>) -> tensor<8x4x6x1xf32>
    %70 = stablehlo.negate %69 : tensor<8x4x6x1xf32>
    %71 = stablehlo.broadcast_in_dim %arg15, dims = [0, 1, 2, 3] : (tensor<8x4x6x1xf32>) -> tensor<8x4x6x6xf32>
    %72 = stablehlo.divide %62, %71 : tensor<8x4x6x6xf32>
    %cst_16 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %73 = stablehlo.reduce(%70 init: %cst_16) applies stablehlo.add across dimensions = [3] : (tensor<8x4x6x1xf32>, tensor<f32>) -> tensor<8x4x6xf32>
    %74 = stablehlo.broadcast_in_dim %73, dims = [0, 1, 2] : (tensor<8x4x6xf32>) -> tensor<8x4x6x6xf32>
    %75 = stablehlo.add %72, %74 : tensor<8x4x6x6xf32>
    %76 = stablehlo.multiply %75, %arg14 : tensor<8x4x6x6xf32>
    %77 = call @_where_21(%arg0, %76) : (tensor<8x4x6x6xi1>, tensor<8x4x6x6xf32>) -> tensor<8x4x6x6xf32>
    %cst_17 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %78 = stablehlo.broadcast_in_dim %cst_17, dims = [] : (tensor<f32>) -> tensor<8x4x6x6xf32>
    %79 = stablehlo.divide %77, %78 : tensor<8x4x6x6xf32>
    %80 = stablehlo.dot_general %79, %arg13, batching_dims = [0, 1] x [0, 2], contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8x4x6x6xf32>, tensor<8x6x4x4xf32>) -> tensor<8x4x6x4xf32>
    %81 = stablehlo.transpose %80, dims = [0, 2, 1, 3] : (tensor<8x4x6x4xf32>) -> tensor<8x6x4x4xf32>
    %82 = stablehlo.dot_general %79, %arg12, batching_dims = [0, 1] x [0, 2], contracting_dims = [3] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8x4x6x6xf32>, tensor<8x6x4x4xf32>) -> tensor<8x4x6x4xf32>
    %83 = stablehlo.transpose %82, dims = [0, 2, 1, 3] : (tensor<8x4x6x4xf32>) -> tensor<8x6x4x4xf32>
    %84 = stablehlo.reshape %64 : (tensor<8x6x4x4xf32>) -> tensor<8x6x16xf32>
    %85 = stablehlo.dot_general %84, %arg9, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<8x6x16xf32>) -> tensor<16x16xf32>
    %86 = stablehlo.transpose %85, dims = [1, 0] : (tensor<16x16xf32>) -> tensor<16x16xf32>
    %87 = stablehlo.dot_general %84, %arg11, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<16x16xf32>) -> tensor<8x6x16xf32>
    %88 = stablehlo.reshape %81 : (tensor<8x6x4x4xf32>) -> tensor<8x6x16xf32>
    %89 = stablehlo.dot_general %88, %arg9, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<8x6x16xf32>) -> tensor<16x16xf32>
    %90 = stablehlo.transpose %89, dims = [1, 0] : (tensor<16x16xf32>) -> tensor<16x16xf32>
    %91 = stablehlo.dot_general %88, %arg10, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<16x16xf32>) -> tensor<8x6x16xf32>
    %92 = stablehlo.add %87, %91 : tensor<8x6x16xf32>
    %93 = stablehlo.reshape %83 : (tensor<8x6x4x4xf32>) -> tensor<8x6x16xf32>
    %94 = stablehlo.dot_general %93, %arg9, contracting_dims = [0, 1] x [0, 1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<8x6x16xf32>) -> tensor<16x16xf32>
    %95 = stablehlo.transpose %94, dims = [1, 0] : (tensor<16x16xf32>) -> tensor<16x16xf32>
    %96 = stablehlo.dot_general %93, %arg8, contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT] : (tensor<8x6x16xf32>, tensor<16x16xf32>) -> tensor<8x6x16xf32>
    %97 = stablehlo.add %92, %96 : tensor<8x6x16xf32>
    %98 = stablehlo.multiply %arg7, %97 : tensor<8x6x16xf32>
    %cst_18 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %99 = stablehlo.reduce(%98 init: %cst_18) applies stablehlo.add across dimensions = [0, 1] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<16xf32>
    %100 = stablehlo.reshape %99 : (tensor<16xf32>) -> tensor<1x1x16xf32>
    %101 = stablehlo.broadcast_in_dim %arg6, dims = [0, 1, 2] : (tensor<1x1x16xf32>) -> tensor<8x6x16xf32>
    %102 = stablehlo.multiply %97, %101 : tensor<8x6x16xf32>
    %cst_19 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %103 = stablehlo.reduce(%100 init: %cst_19) applies stablehlo.add across dimensions = [0, 1] : (tensor<1x1x16xf32>, tensor<f32>) -> tensor<16xf32>
    %104 = stablehlo.multiply %arg5, %102 : tensor<8x6x16xf32>
    %cst_20 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %105 = stablehlo.reduce(%104 init: %cst_20) applies stablehlo.add across dimensions = [2] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<8x6xf32>
    %106 = stablehlo.reshape %105 : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %107 = stablehlo.broadcast_in_dim %arg4, dims = [0, 1, 2] : (tensor<8x6x1xf32>) -> tensor<8x6x16xf32>
    %108 = stablehlo.multiply %102, %107 : tensor<8x6x16xf32>
    %109 = stablehlo.multiply %106, %arg3 : tensor<8x6x1xf32>
    %110 = stablehlo.negate %108 : tensor<8x6x16xf32>
    %cst_21 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %111 = stablehlo.reduce(%110 init: %cst_21) applies stablehlo.add across dimensions = [2] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<8x6xf32>
    %112 = stablehlo.reshape %111 : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %113 = stablehlo.add %56, %108 : tensor<8x6x16xf32>
    %cst_22 = stablehlo.constant dense<1.600000e+01> : tensor<f32>
    %114 = stablehlo.broadcast_in_dim %cst_22, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %115 = stablehlo.divide %109, %114 : tensor<8x6x1xf32>
    %cst_23 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %116 = stablehlo.reduce(%115 init: %cst_23) applies stablehlo.add across dimensions = [2] : (tensor<8x6x1xf32>, tensor<f32>) -> tensor<8x6xf32>
    %117 = stablehlo.broadcast_in_dim %116, dims = [0, 1] : (tensor<8x6xf32>) -> tensor<8x6x16xf32>
    %118 = stablehlo.multiply %117, %arg2 : tensor<8x6x16xf32>
    %119 = stablehlo.negate %118 : tensor<8x6x16xf32>
    %cst_24 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %120 = stablehlo.reduce(%119 init: %cst_24) applies stablehlo.add across dimensions = [2] : (tensor<8x6x16xf32>, tensor<f32>) -> tensor<8x6xf32>
    %121 = stablehlo.reshape %120 : (tensor<8x6xf32>) -> tensor<8x6x1xf32>
    %122 = stablehlo.add %113, %118 : tensor<8x6x16xf32>
    %123 = stablehlo.add %112, %121 : tensor<8x6x1xf32>
    %cst_25 = stablehlo.constant dense<1.600000e+01> : tensor<f32>
    %124 = stablehlo.broadcast_in_dim %cst_25, dims = [] : (tensor<f32>) -> tensor<8x6x1xf32>
    %125 = stablehlo.divide %123, %124 : tensor<8x6x1xf32>
    %cst_26 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %126 = stablehlo.reduce(%125 init: %cst_26) applies stablehlo.add across dimensions = [2] : (tensor<8x6x1xf32>, tensor<f32>) -> tensor<8x6xf32>
    %127 = stablehlo.broadcast_in_dim %126, dims = [0, 1] : (tensor<8x6xf32>) -> tensor<8x6x16xf32>
    %128 = stablehlo.add %122, %127 : tensor<8x6x16xf32>
    return %128, %103, %95, %90, %86, %58, %31, %24, %22, %4, %2 : tensor<8x6x16xf32>, tensor<16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>, tensor<16xf32>, tensor<16x64xf32>, tensor<64xf32>, tensor<64x16xf32>, tensor<16xf32>
  }
  func.func private @_where_21(%arg0: tensor<8x4x6x6xi1>, %arg1: tensor<8x4x6x6xf32>) -> tensor<8x4x6x6xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<8x4x6x6xf32>
    %1 = stablehlo.select %arg0, %arg1, %0 : tensor<8x4x6x6xi1>, tensor<8x4x6x6xf32>
    return %1 : tensor<8x4x6x6xf32>
  }
  func.func private @dynamic_update_index_in_dim_22(%arg0: tensor<2x16xf32>, %arg1: tensor<16xf32>, %arg2: tensor<i32>) -> tensor<2x16xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1] : (tensor<16xf32>) -> tensor<1x16xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c : (tensor<2x16xf32>, tensor<1x16xf32>, tensor<i32>, tensor<i32>) -> tensor<2x16xf32>
    return %1 : tensor<2x16xf32>
  }
  func.func private @dynamic_update_index_in_dim_23(%arg0: tensor<2x16x16xf32>, %arg1: tensor<16x16xf32>, %arg2: tensor<i32>) -> tensor<2x16x16xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2] : (tensor<16x16xf32>) -> tensor<1x16x16xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0 : (tensor<2x16x16xf32>, tensor<1x16x16xf32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<2x16x16xf32>
    return %1 : tensor<2x16x16xf32>
  }
  func.func private @dynamic_update_index_in_dim_24(%arg0: tensor<2x16x64xf32>, %arg1: tensor<16x64xf32>, %arg2: tensor<i32>) -> tensor<2x16x64xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2] : (tensor<16x64xf32>) -> tensor<1x16x64xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0 : (tensor<2x16x64xf32>, tensor<1x16x64xf32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<2x16x64xf32>
    return %1 : tensor<2x16x64xf32>
  }
  func.func private @dynamic_update_index_in_dim_25(%arg0: tensor<2x64xf32>, %arg1: tensor<64xf32>, %arg2: tensor<i32>) -> tensor<2x64xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1] : (tensor<64xf32>) -> tensor<1x64xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c : (tensor<2x64xf32>, tensor<1x64xf32>, tensor<i32>, tensor<i32>) -> tensor<2x64xf32>
    return %1 : tensor<2x64xf32>
  }
  func.func private @dynamic_update_index_in_dim_26(%arg0: tensor<2x64x16xf32>, %arg1: tensor<64x16xf32>, %arg2: tensor<i32>) -> tensor<2x64x16xf32> {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [1, 2] : (tensor<64x16xf32>) -> tensor<1x64x16xf32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = stablehlo.dynamic_update_slice %arg0, %0, %arg2, %c, %c_0 : (tensor<2x64x16xf32>, tensor<1x64x16xf32>, tensor<i32>, tensor<i32>, tensor<i32>) -> tensor<2x64x16xf32>
    return %1 : tensor<2x64x16xf32>
  }
}
