package dev.jacobi.parallel;

import dev.jacobi.Array;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.lax.Shapes;
import dev.jacobi.sharding.Mesh;
import dev.jacobi.sharding.PartitionSpec;
import dev.jacobi.transform.Axis;
import dev.jacobi.transform.JitFunction;
import dev.jacobi.transform.Mapping;
import dev.jacobi.transform.TreeFn;
import dev.jacobi.transform.Trees;
import dev.jacobi.tree.TreeDef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** {@code pmap}: one compiled program that each device runs on its element of a batch. */
public final class Pmapped {
  private final TreeFn fn;
  private final PmapOptions options;
  private final ConcurrentHashMap<Mesh, JitFunction> programs = new ConcurrentHashMap<>();

  public Pmapped(TreeFn fn, PmapOptions options) {
    this.fn = fn;
    this.options = options;
  }

  /** Calls the function. */
  public Object call(Object... arguments) {
    Mapping.Batch batch = Mapping.Batch.of(options.in(), TreeFn.Args.of(arguments));
    Mesh mesh = mesh(batch.size());
    return programs.computeIfAbsent(mesh, this::program).call(arguments);
  }

  private Mesh mesh(long parts) {
    List<Device> devices = options.devices();
    if (devices.isEmpty()) {
      List<Device> all = Backends.current().devices();
      if (parts < 1 || parts > all.size()) {
        throw new PmapException(
            ("%d parts need %d devices, but there are %d. vmap runs any number on one device;"
                    + " numCpuDevices(%d), or JACOBI_DEVICES=%d, makes more of a CPU.")
                .formatted(parts, parts, all.size(), parts, parts));
      }
      devices = all.subList(0, (int) parts);
    } else if (parts != devices.size()) {
      throw new PmapException(
          "%d parts are for as many devices, not for %s".formatted(parts, devices));
    }
    return Mesh.of(devices, Shape.of(parts), options.axisName());
  }

  private JitFunction program(Mesh mesh) {
    TreeFn each = new TreeFn(fn.source(), arguments -> onDevices(mesh, arguments));
    return new JitFunction(each, options.donated(), 0);
  }

  private Object onDevices(Mesh mesh, Object[] arguments) {
    TreeFn.Args args = TreeFn.Args.of(arguments);
    List<@Nullable Integer> dims = Mapping.Batch.of(options.in(), args).dims();
    List<TreeDef> def = new ArrayList<>();
    ShardMapping.Flat program =
        parts -> {
          List<Array> own = new ArrayList<>();
          for (int i = 0; i < parts.size(); i++) {
            Integer dim = dims.get(i);
            own.add(dim == null ? parts.get(i) : Shapes.squeeze(parts.get(i), Axes.of(dim)));
          }
          Object result = fn.call().apply(TreeFn.unflatten(args.defs(), own));
          TreeFn.Args flat = TreeFn.Args.of(result);
          def.addAll(flat.defs());
          List<@Nullable Integer> out = options.out().axes().dims(flat.defs().getFirst());
          List<Array> wide = new ArrayList<>();
          List<PartitionSpec> specs = new ArrayList<>();
          for (int k = 0; k < out.size(); k++) {
            Array x = flat.leaves().get(k);
            Integer dim = out.get(k);
            int at = dim == null ? 0 : Axis.normal(dim, x.rank() + 1, "result");
            wide.add(dim == null ? x : Shapes.expandDims(x, Axes.of(at)));
            specs.add(spec(dim == null ? null : (Integer) at));
          }
          return new ShardMapping.Results(wide, specs);
        };
    List<PartitionSpec> in = dims.stream().map(this::spec).toList();
    List<Array> outs = ShardMapping.flat(mesh, program, args.leaves(), in);
    return Trees.unflatten(def.getFirst(), outs);
  }

  /** Divided along the one axis at a dimension. */
  private PartitionSpec spec(@Nullable Integer dim) {
    if (dim == null) {
      return PartitionSpec.P();
    }
    List<List<String>> axes = new ArrayList<>(Collections.nCopies(dim, List.of()));
    axes.add(List.of(options.axisName()));
    return new PartitionSpec(axes);
  }
}
