#loc1 = loc("x")
module @locations {
  func.func public @main(%arg0: tensor<f32> loc("x")) -> tensor<f32> {
    %0 = stablehlo.sine %arg0 : tensor<f32> loc("a.py":3:5)
    %1 = stablehlo.sine %0 : tensor<f32> loc("jit(f)/sin"("a.py":4:5 to :9))
    %2 = stablehlo.sine %1 : tensor<f32> loc(callsite("b.py":5:1 at "a.py":9:1))
    %3 = stablehlo.sine %2 : tensor<f32> loc(fused<"x">[unknown, #loc5])
    %4 = stablehlo.sine %3 : tensor<f32> loc(#loc4)
    %5 = stablehlo.sine %4 : tensor<f32> loc(unknown)
    %6 = stablehlo.sine %5 : tensor<f32>
    return %6 : tensor<f32> loc(#loc1)
  } loc(#loc1)
} loc(#loc1)
#loc2 = loc("c.py":7:3 to :10)
#loc3 = loc(callsite(#loc2 at #loc6))
#loc4 = loc("name"(#loc3))
#loc5 = loc("d.py":8:1)
#loc6 = loc("a.py":1:1)
