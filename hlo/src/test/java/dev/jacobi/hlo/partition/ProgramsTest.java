package dev.jacobi.hlo.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Fn;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.bytecode.BytecodeReader;
import dev.jacobi.hlo.host.HostCall;
import dev.jacobi.hlo.host.HostFunction;
import dev.jacobi.hlo.host.Hosted;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.hlo.text.HloParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole programs of JAX with random shardings at their ends; effects; what stays undivided. */
class ProgramsTest {
  private static final List<Mesh> MESHES =
      List.of(
          Mesh.of("x", 2),
          Mesh.of("x", 4),
          Mesh.of("x", 2).and("y", 2),
          Mesh.of("x", 2).and("y", 3));

  static List<Path> programs() {
    Path here = Path.of("").toAbsolutePath();
    Path root = here.endsWith("hlo") ? here.getParent() : here;
    try (Stream<Path> all = Files.list(root.resolve("goldens").resolve("programs"))) {
      return all.filter(f -> f.toString().endsWith(".mlirbc")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void programsOfJaxGiveWhatOneDeviceGives(Path file) throws IOException {
    HloModule module = unchecked(BytecodeReader.read(file.toString(), Files.readAllBytes(file)));
    List<Literal> expected = Interpreter.run(module, List.of());
    Random random = new Random(file.getFileName().toString().hashCode());
    Mesh mesh = MESHES.get(random.nextInt(MESHES.size()));
    HloModule sharded = new RandomShardings(mesh, random).everywhere(module);
    String name = file.getFileName().toString();
    Partitioned exact = Partitioner.partition(sharded, mesh, true);
    RandomPartitionTest.check(sharded, exact, List.of(), expected, 0, name);
    Partitioned fast = Partitioner.partition(sharded, mesh);
    if (RandomPartitionTest.dividesFloatingSums(fast)) {
      // what steps of training amplify: sums in another order
      RandomPartitionTest.check(sharded, fast, List.of(), expected, 1e-3, name);
    }
  }

  /** These programs compare their results themselves; here what they compare are the results. */
  private static HloModule unchecked(HloModule module) {
    List<Instr> instrs = new ArrayList<>();
    List<Value> results = new ArrayList<>();
    for (Instr i : module.main().body().instrs()) {
      if (i.op() instanceof ControlOp.CustomCall call && call.target().startsWith("check.")) {
        results.add(call.operands().getFirst());
      } else {
        instrs.add(i);
      }
    }
    Map<String, HloFunc> funcs = new LinkedHashMap<>(module.funcs());
    funcs.put("main", new HloFunc("main", true, new Block(List.of(), instrs, results)));
    return new HloModule(module.name(), funcs, module.attrs());
  }

  /** Java is called once and not once on each device, and all devices get what it gives. */
  @Test
  void effectsHappenOnce() {
    AtomicInteger calls = new AtomicInteger();
    HostFunction twice =
        in -> {
          calls.incrementAndGet();
          MemorySegment data = Literal.allocate(in.getFirst().type());
          for (long i = 0; i < in.getFirst().shape().size(); i++) {
            Literal.setLong(DType.I32, data, i, 2 * in.getFirst().getLong(i));
          }
          return List.of(Literal.wrap(in.getFirst().type(), data));
        };
    Hosted function = Hosted.of(twice);
    HloBuilder b = new HloBuilder();
    Value x = b.param(new TensorType(DType.I32, Shape.of(8)));
    List<Value> results = b.addAll(HostCall.op(function, List.of(x), List.of(x.type()), true));
    HloModule module =
        new HloModule("", Map.of("main", new HloFunc("main", true, b.build(results))), Map.of());
    List<Optional<Sharding>> divided = List.of(Optional.of(Sharding.of("x")));
    Partitioned p =
        Partitioner.partition(Partitioner.withShardings(module, divided, divided), Mesh.of("x", 4));
    Literal argument = Literal.ofInts(Shape.of(8), 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(Whole.run(p, List.of(argument)))
        .containsExactly(Literal.ofInts(Shape.of(8), 2, 4, 6, 8, 10, 12, 14, 16));
    assertThat(calls).hasValue(1);
  }

  /**
   * A constraint that does not divide evenly leaves the dimension whole, and the report says so.
   */
  @Test
  void unevenConstraintsAreNoted() {
    HloBuilder b = new HloBuilder();
    Value x = b.param(new TensorType(DType.I32, Shape.of(6, 8)));
    Value y = b.add(Spec.of(Sharding.of("x", "y")).constraint(x, "mesh"));
    Value z = b.pointwise(Fn.NEG, y);
    HloModule module =
        new HloModule("", Map.of("main", new HloFunc("main", true, b.build(z))), Map.of());
    Mesh mesh = Mesh.of("x", 4).and("y", 2);
    Partitioned p = Partitioner.partition(module, mesh);
    assertThat(p.outputs()).containsExactly(Sharding.of("", "y"));
    HloBuilder c = new HloBuilder();
    Value w = c.param(new TensorType(DType.I32, Shape.of(6, 8)));
    Value v = c.add(Spec.of(Sharding.of("z", "")).constraint(w, "mesh"));
    HloModule unknown =
        new HloModule("", Map.of("main", new HloFunc("main", true, c.build(v))), Map.of());
    assertThatThrownBy(() -> Partitioner.partition(unknown, mesh))
        .isInstanceOf(ShardingException.class)
        .hasMessage("the constraint names axis \"z\", but the mesh has [\"x\"=4, \"y\"=2]");
  }

  /** What is carried on by a loop lies alike in all steps, and is divided as it comes in. */
  @Test
  void loopsCarryParts() {
    HloModule module =
        HloParser.parse(
            """
            func.func @main(%arg0: tensor<8x4xi32>) -> tensor<8x4xi32> {
              %c = stablehlo.constant dense<0> : tensor<i32>
              %0:2 = stablehlo.while(%i = %c, %x = %arg0) : tensor<i32>, tensor<8x4xi32>
              cond {
                %n = stablehlo.constant dense<3> : tensor<i32>
                %1 = stablehlo.compare LT, %i, %n, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
                stablehlo.return %1 : tensor<i1>
              } do {
                %one = stablehlo.constant dense<1> : tensor<i32>
                %1 = stablehlo.add %i, %one : tensor<i32>
                %2 = stablehlo.add %x, %x : tensor<8x4xi32>
                stablehlo.return %1, %2 : tensor<i32>, tensor<8x4xi32>
              }
              return %0#1 : tensor<8x4xi32>
            }
            """);
    Partitioned p =
        Partitioner.partition(
            Partitioner.withShardings(
                module, List.of(Optional.of(Sharding.of("x", ""))), List.of(Optional.empty())),
            Mesh.of("x", 4));
    assertThat(p.outputs()).containsExactly(Sharding.of("x", ""));
    assertThat(p.report().collectives()).isEmpty();
    assertThat(p.module().main().outputs()).containsExactly(TensorType.of(DType.I32, 2, 4));
  }
}
