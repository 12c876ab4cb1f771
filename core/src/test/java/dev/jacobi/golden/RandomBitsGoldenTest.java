package dev.jacobi.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.dispatch.Backends;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.RandomOp.RngAlgorithm;
import dev.jacobi.hlo.RandomOp.RngBitGenerator;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.trace.ConcreteArray;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The bits of {@code rng_bit_generator} are XLA's. */
@Tag("slow")
class RandomBitsGoldenTest {
  @Test
  void bitsAndStates() {
    List<Case> cases = GoldenFile.read("values/rng_bits.tsv");
    assertThat(cases).hasSizeGreaterThan(200);
    cases.forEach(RandomBitsGoldenTest::check);
  }

  private static void check(Case c) {
    GoldenArray state = c.arrays("in").getFirst();
    GoldenArray bits = c.arrays("out").get(1);
    RngAlgorithm algorithm = RngAlgorithm.valueOf(c.all("param").getFirst().field(1));
    HloBuilder b = new HloBuilder();
    Value s = b.param(new TensorType(DType.U64, state.shape()));
    var type = new TensorType(bits.dtype(), bits.shape());
    HloFunc main =
        new HloFunc("main", true, b.build(b.addAll(new RngBitGenerator(algorithm, s, type))));
    HloModule module = new HloModule("bits", Map.of("main", main), Map.of());
    var backend = Backends.current();
    Buffer in = backend.fromHost(s.type(), MemorySegment.ofArray(state.words()));
    Buffer[] out = backend.compile(module, CompileOptions.DEFAULT).execute(new Buffer[] {in});
    for (int i = 0; i < 2; i++) {
      GoldenArray due = c.arrays("out").get(i);
      Aval aval = Aval.of(out[i].type().dtype(), out[i].type().shape());
      GoldenArray got = GoldenArray.of(new ConcreteArray(aval, out[i]));
      assertThat(new Closeness.Exact().difference(got, due)).as(c.name() + " " + i).isEmpty();
    }
  }
}
