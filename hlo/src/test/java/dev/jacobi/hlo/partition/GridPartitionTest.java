package dev.jacobi.hlo.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.fuzz.Programs;
import dev.jacobi.hlo.grid.VirtualDevices;
import dev.jacobi.hlo.interpret.InterpreterBackend;
import dev.jacobi.hlo.spi.Backend;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.CompileOptions;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.GridExecutable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Divided programs on the interpreter's devices, each in its own thread, give what one gives. */
class GridPartitionTest {
  @Test
  void devicesGiveWhatTheyGiveInLockstep() {
    int collectives = 0;
    for (long seed = 5001; seed <= 5100; seed++) {
      Random random = new Random(seed);
      Mesh mesh = RandomPartitionTest.MESHES.get(random.nextInt(RandomPartitionTest.MESHES.size()));
      HloModule module = Programs.of(seed);
      if (module.funcs().values().stream()
          .anyMatch(f -> RandomPartitionTest.hasCollective(f.body()))) {
        continue; // what one process does alone has no meaning on a mesh
      }
      HloModule sharded = new RandomShardings(mesh, random).everywhere(module);
      Partitioned p = Partitioner.partition(sharded, mesh);
      List<List<Literal>> parts = new ArrayList<>();
      List<Literal> arguments = Programs.arguments(module, seed);
      for (int k = 0; k < mesh.devices(); k++) {
        List<Literal> own = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
          own.add(Whole.part(arguments.get(i), p.inputs().get(i), k, mesh));
        }
        parts.add(own);
      }
      List<Literal> expected = Whole.joinedAll(p, Lockstep.run(p.module(), parts));
      List<Literal> got = Whole.joinedAll(p, run(p, parts));
      for (int i = 0; i < expected.size(); i++) {
        assertThat(Whole.difference(expected.get(i), got.get(i), 0))
            .as("result %d of seed %d on %s", i, seed, mesh)
            .isEmpty();
      }
      collectives += p.report().collectives().size();
    }
    assertThat(collectives).isGreaterThan(30);
  }

  private static List<List<Literal>> run(Partitioned p, List<List<Literal>> parts) {
    int n = p.mesh().devices();
    VirtualDevices.require(n);
    Backend backend = new InterpreterBackend();
    List<Device> devices = backend.devices().subList(0, n);
    try (GridExecutable grid = backend.compile(p.module(), CompileOptions.DEFAULT, devices)) {
      Buffer[][] arguments = new Buffer[n][];
      for (int k = 0; k < n; k++) {
        Device device = devices.get(k);
        arguments[k] =
            parts.get(k).stream()
                .map(x -> backend.put(backend.fromHost(x.type(), x.data()), device))
                .toArray(Buffer[]::new);
      }
      List<List<Literal>> results = new ArrayList<>();
      for (Buffer[] own : grid.execute(arguments)) {
        List<Literal> read = new ArrayList<>();
        for (Buffer b : own) {
          read.add(Literal.copyOf(b.type(), b.toHost()));
        }
        results.add(read);
      }
      return results;
    }
  }
}
