package dev.jacobi.hlo.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.fuzz.Programs;
import dev.jacobi.hlo.interpret.HloInterpretException;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.text.HloParser;
import dev.jacobi.hlo.text.HloPrinter;
import dev.jacobi.hlo.verify.Verifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random programs with random shardings on random meshes give what one device gives. */
class RandomPartitionTest {
  static final List<Mesh> MESHES =
      List.of(
          Mesh.of("x", 1),
          Mesh.of("x", 2),
          Mesh.of("x", 3),
          Mesh.of("x", 4),
          Mesh.of("x", 8),
          Mesh.of("x", 2).and("y", 2),
          Mesh.of("x", 2).and("y", 3),
          Mesh.of("x", 4).and("y", 2),
          Mesh.of("x", 2).and("y", 1).and("z", 2),
          Mesh.of("x", 2).and("y", 2).and("z", 2));

  /** Floating sums keep their order, so that all results are equal to the bit. */
  @Test
  void programsGiveWhatOneDeviceGives() {
    long divided = 0;
    long sent = 0;
    for (long seed = 1; seed <= 400; seed++) {
      Optional<Partitioned> p = check(seed);
      divided += p.stream().filter(RandomPartitionTest::isDivided).count();
      sent += p.map(r -> r.report().collectives().size()).orElse(0);
    }
    assertThat(divided).as("programs that were divided").isGreaterThan(200);
    assertThat(sent).as("collectives").isGreaterThan(400);
  }

  /** The program with all values as results that nobody reads, so that none is left out. */
  private static HloModule everything(HloModule module) {
    HloFunc main = module.main();
    Set<Value> unread = new LinkedHashSet<>();
    for (Instr instr : main.body().instrs()) {
      unread.removeAll(instr.op().operands());
      unread.removeAll(instr.op().captures());
      unread.addAll(instr.results());
    }
    unread.removeAll(main.body().results());
    List<Value> results = new ArrayList<>(main.body().results());
    results.addAll(unread);
    Block body = new Block(main.body().params(), main.body().instrs(), results);
    List<Map<String, String>> none = Collections.nCopies(results.size(), Map.of());
    Map<String, HloFunc> funcs = new LinkedHashMap<>(module.funcs());
    funcs.put("main", new HloFunc("main", true, body, main.argAttrs(), none));
    return new HloModule(module.name(), funcs, module.attrs());
  }

  private static boolean isDivided(Partitioned p) {
    return p.report().operations().stream()
        .anyMatch(o -> o.results().stream().anyMatch(s -> !s.isReplicated()));
  }

  /** Divides the program of a seed, and compares if one device can run it at all. */
  static Optional<Partitioned> check(long seed) {
    Random random = new Random(seed);
    Mesh mesh = MESHES.get(random.nextInt(MESHES.size()));
    HloModule module = everything(Programs.of(seed));
    List<Literal> arguments = Programs.arguments(module, seed);
    if (module.funcs().values().stream().anyMatch(f -> hasCollective(f.body()))) {
      return Optional.empty(); // what one process does alone has no meaning on a mesh
    }
    List<Literal> expected;
    try {
      expected = Interpreter.run(module, arguments);
    } catch (HloInterpretException e) {
      return Optional.empty(); // such as the remainder of complex numbers
    }
    HloModule constrained = new RandomShardings(mesh, random).everywhere(module);
    Partitioned p = Partitioner.partition(constrained, mesh, true);
    check(constrained, p, arguments, expected, 0, "seed " + seed);
    return Optional.of(p);
  }

  static boolean dividesFloatingSums(Partitioned p) {
    return p.report().operations().stream().anyMatch(o -> !o.summed().isEmpty())
        && p.report().collectives().stream()
            .anyMatch(c -> c.type().element().isInexact() && c.mnemonic().contains("reduce"));
  }

  static boolean hasCollective(Block block) {
    return block.instrs().stream()
        .anyMatch(
            i ->
                i.op() instanceof CollectiveOp
                    || i.op().regions().stream().anyMatch(RandomPartitionTest::hasCollective));
  }

  static void check(
      HloModule module,
      Partitioned p,
      List<Literal> arguments,
      List<Literal> expected,
      double error,
      String what) {
    try {
      Verifier.verify(p.module());
      String text = HloPrinter.print(p.module());
      assertThat(HloPrinter.print(HloParser.parse(text))).isEqualTo(text);
      List<Literal> got = Whole.run(p, arguments);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(Whole.difference(expected.get(i), got.get(i), error))
            .as("result %d", i)
            .isEmpty();
      }
    } catch (RuntimeException | AssertionError e) {
      String programs = HloPrinter.print(module) + "\n" + HloPrinter.print(p.module());
      throw new AssertionError(
          what + " on " + p.mesh() + ": " + e.getMessage() + "\n" + programs + "\n" + p.report(),
          e);
    }
  }
}
