package dev.jacobi;

import dev.jacobi.dispatch.Backends;
import dev.jacobi.dispatch.Region;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.grid.VirtualDevices;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.parallel.Collectives;
import dev.jacobi.parallel.InSpecs;
import dev.jacobi.parallel.OutSpecs;
import dev.jacobi.parallel.PmapOptions;
import dev.jacobi.parallel.Pmapped;
import dev.jacobi.parallel.ShardMapOptions;
import dev.jacobi.parallel.ShardMapping;
import dev.jacobi.parallel.Specs;
import dev.jacobi.sharding.LayoutPicture;
import dev.jacobi.sharding.Mesh;
import dev.jacobi.sharding.NamedSharding;
import dev.jacobi.sharding.PartitionSpec;
import dev.jacobi.transform.TreeFn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions on many devices; part of {@link Jacobi}. */
@SuppressWarnings({
  "overloads", // an implicitly typed lambda means the Op, a typed one or a method reference the Fn
  "unchecked" // a transformed function's result has the structure that its type says
})
public abstract sealed class JacobiParallel extends JacobiDebug permits Jacobi {
  JacobiParallel() {}

  /**
   * Makes this machine's CPU at least {@code n} devices, for the rest of the process, as the
   * setting {@code JACOBI_DEVICES} does from the start.
   *
   * @throws dev.jacobi.hlo.spi.DeviceException if {@code n} is below 1 or above 1024
   */
  public static void numCpuDevices(int n) {
    VirtualDevices.require(n);
  }

  /** How many devices the engine of new computations has. */
  public static int deviceCount() {
    return Backends.current().devices().size();
  }

  /** How many of them belong to this process: all. */
  public static int localDeviceCount() {
    return deviceCount();
  }

  /** The devices of this process. */
  public static List<Device> localDevices() {
    return Backends.current().devices();
  }

  /**
   * The blocks of an array of one or two dimensions as boxes with the devices that have them, as
   * text.
   */
  public static String visualizeArraySharding(Array x) {
    Map<Device, Region> parts = new LinkedHashMap<>();
    x.addressableShards().forEach(s -> parts.put(s.device(), s.index()));
    return LayoutPicture.of(x.shape(), parts);
  }

  /**
   * A mesh of the backend's first devices.
   *
   * @param shape the size of each axis
   * @param axisNames one per axis
   * @throws dev.jacobi.sharding.ShardingException if there are too few devices, or names do not fit
   */
  public static Mesh makeMesh(Shape shape, String... axisNames) {
    return Mesh.of(Backends.current().devices(), shape, axisNames);
  }

  /**
   * The arrays of a tree, divided among the devices of a mesh. What is computed with them then is
   * divided too; derivatives and batches pass through.
   *
   * @throws dev.jacobi.sharding.ShardingException if an array's sizes are no multiples of its parts
   */
  public static <T> T devicePut(T tree, NamedSharding sharding) {
    return Collectives.constrained(tree, sharding);
  }

  /**
   * In a jitted function: how the arrays of a tree lie on a mesh. The program is divided from
   * there; values stay the same. {@code jax.lax.with_sharding_constraint}.
   */
  public static <T> T withShardingConstraint(T tree, NamedSharding sharding) {
    return Collectives.constrained(tree, sharding);
  }

  /**
   * How the arguments of {@link #shardMap} are divided: for each {@code P(...)}, or {@code
   * specs(P(...)).at(path, P(...))} where leaves of a tree differ; one entry alone is for all.
   */
  public static InSpecs inSpecs(Object... specs) {
    return InSpecs.of(specs);
  }

  /** How the result of {@link #shardMap} is divided. */
  public static OutSpecs outSpecs(Object spec) {
    return OutSpecs.of(spec);
  }

  /** One spec for all leaves of a tree; {@code at} gives other ones by path. */
  public static Specs specs(PartitionSpec spec) {
    return Specs.of(spec);
  }

  private static ShardMapping sharded(
      TreeFn fn, Mesh mesh, InSpecs in, OutSpecs out, ShardMapOptions options) {
    return new ShardMapping(fn, mesh, in.specs(), out.specs(), options.checkVma());
  }

  /**
   * A function that every device of a mesh runs on its parts of the arguments. In it collectives
   * ({@code psum}, ...) work along the axes of the mesh.
   *
   * @param in how arguments are divided; sizes must be multiples of their parts
   * @param out how the result is put together
   * @throws dev.jacobi.sharding.ShardingException when called, if specs and arrays do not fit, or
   *     if a result that devices should share may differ between them
   */
  public static Op1 shardMap(Op1 f, Mesh mesh, InSpecs in, OutSpecs out) {
    return shardMap(f, mesh, in, out, ShardMapOptions.DEFAULT);
  }

  /** The same with options. */
  public static Op1 shardMap(Op1 f, Mesh mesh, InSpecs in, OutSpecs out, ShardMapOptions options) {
    ShardMapping s = sharded(new TreeFn(f, x -> f.apply((Array) x[0])), mesh, in, out, options);
    return a -> (Array) s.call(a);
  }

  /** The same for a function of one tree. */
  public static <A, R> Fn1<A, R> shardMap(Fn1<A, R> f, Mesh mesh, InSpecs in, OutSpecs out) {
    return shardMap(f, mesh, in, out, ShardMapOptions.DEFAULT);
  }

  /** The same with options. */
  public static <A, R> Fn1<A, R> shardMap(
      Fn1<A, R> f, Mesh mesh, InSpecs in, OutSpecs out, ShardMapOptions options) {
    ShardMapping s = sharded(new TreeFn(f, x -> f.apply((A) x[0])), mesh, in, out, options);
    return a -> (R) s.call(a);
  }

  /** The same for a function of two arrays. */
  public static Op2 shardMap(Op2 f, Mesh mesh, InSpecs in, OutSpecs out) {
    return shardMap(f, mesh, in, out, ShardMapOptions.DEFAULT);
  }

  /** The same with options. */
  public static Op2 shardMap(Op2 f, Mesh mesh, InSpecs in, OutSpecs out, ShardMapOptions options) {
    ShardMapping s =
        sharded(new TreeFn(f, x -> f.apply((Array) x[0], (Array) x[1])), mesh, in, out, options);
    return (a, b) -> (Array) s.call(a, b);
  }

  /** The same for a function of two trees. */
  public static <A, B, R> Fn2<A, B, R> shardMap(
      Fn2<A, B, R> f, Mesh mesh, InSpecs in, OutSpecs out) {
    return shardMap(f, mesh, in, out, ShardMapOptions.DEFAULT);
  }

  /** The same with options. */
  public static <A, B, R> Fn2<A, B, R> shardMap(
      Fn2<A, B, R> f, Mesh mesh, InSpecs in, OutSpecs out, ShardMapOptions options) {
    ShardMapping s =
        sharded(new TreeFn(f, x -> f.apply((A) x[0], (B) x[1])), mesh, in, out, options);
    return (a, b) -> (R) s.call(a, b);
  }

  /** The same for a function of three arrays. */
  public static Op3 shardMap(Op3 f, Mesh mesh, InSpecs in, OutSpecs out) {
    return shardMap(f, mesh, in, out, ShardMapOptions.DEFAULT);
  }

  /** The same with options. */
  public static Op3 shardMap(Op3 f, Mesh mesh, InSpecs in, OutSpecs out, ShardMapOptions options) {
    ShardMapping s =
        sharded(
            new TreeFn(f, x -> f.apply((Array) x[0], (Array) x[1], (Array) x[2])),
            mesh,
            in,
            out,
            options);
    return (a, b, c) -> (Array) s.call(a, b, c);
  }

  /** The same for a function of three trees. */
  public static <A, B, C, R> Fn3<A, B, C, R> shardMap(
      Fn3<A, B, C, R> f, Mesh mesh, InSpecs in, OutSpecs out) {
    return shardMap(f, mesh, in, out, ShardMapOptions.DEFAULT);
  }

  /** The same with options. */
  public static <A, B, C, R> Fn3<A, B, C, R> shardMap(
      Fn3<A, B, C, R> f, Mesh mesh, InSpecs in, OutSpecs out, ShardMapOptions options) {
    ShardMapping s =
        sharded(new TreeFn(f, x -> f.apply((A) x[0], (B) x[1], (C) x[2])), mesh, in, out, options);
    return (a, b, c) -> (R) s.call(a, b, c);
  }

  /** The same for a function of four arrays. */
  public static Op4 shardMap(Op4 f, Mesh mesh, InSpecs in, OutSpecs out) {
    return shardMap(f, mesh, in, out, ShardMapOptions.DEFAULT);
  }

  /** The same with options. */
  public static Op4 shardMap(Op4 f, Mesh mesh, InSpecs in, OutSpecs out, ShardMapOptions options) {
    ShardMapping s =
        sharded(
            new TreeFn(f, x -> f.apply((Array) x[0], (Array) x[1], (Array) x[2], (Array) x[3])),
            mesh,
            in,
            out,
            options);
    return (a, b, c, d) -> (Array) s.call(a, b, c, d);
  }

  /** The same for a function of four trees. */
  public static <A, B, C, D, R> Fn4<A, B, C, D, R> shardMap(
      Fn4<A, B, C, D, R> f, Mesh mesh, InSpecs in, OutSpecs out) {
    return shardMap(f, mesh, in, out, ShardMapOptions.DEFAULT);
  }

  /** The same with options. */
  public static <A, B, C, D, R> Fn4<A, B, C, D, R> shardMap(
      Fn4<A, B, C, D, R> f, Mesh mesh, InSpecs in, OutSpecs out, ShardMapOptions options) {
    ShardMapping s =
        sharded(
            new TreeFn(f, x -> f.apply((A) x[0], (B) x[1], (C) x[2], (D) x[3])),
            mesh,
            in,
            out,
            options);
    return (a, b, c, d) -> (R) s.call(a, b, c, d);
  }

  /**
   * Maps over the leading axis of all arguments with one device for each element: compiled once,
   * run by all at once. The results stay on their devices.
   *
   * @throws dev.jacobi.parallel.PmapException when called, if there are fewer devices than elements
   */
  public static Op1 pmap(Op1 f) {
    return pmap(f, PmapOptions.DEFAULT);
  }

  /** The same with a name for the axis of devices, along which collectives work. */
  public static Op1 pmap(Op1 f, String axisName) {
    return pmap(f, PmapOptions.DEFAULT.withAxisName(axisName));
  }

  /** The same with options. */
  public static Op1 pmap(Op1 f, PmapOptions options) {
    Pmapped p = new Pmapped(new TreeFn(f, x -> f.apply((Array) x[0])), options);
    return a -> (Array) p.call(a);
  }

  /** The same for a function of one tree. */
  public static <A, R> Fn1<A, R> pmap(Fn1<A, R> f) {
    return pmap(f, PmapOptions.DEFAULT);
  }

  /** The same with a name for the axis of devices, along which collectives work. */
  public static <A, R> Fn1<A, R> pmap(Fn1<A, R> f, String axisName) {
    return pmap(f, PmapOptions.DEFAULT.withAxisName(axisName));
  }

  /** The same with options. */
  public static <A, R> Fn1<A, R> pmap(Fn1<A, R> f, PmapOptions options) {
    Pmapped p = new Pmapped(new TreeFn(f, x -> f.apply((A) x[0])), options);
    return a -> (R) p.call(a);
  }

  /** The same for a function of two arrays. */
  public static Op2 pmap(Op2 f) {
    return pmap(f, PmapOptions.DEFAULT);
  }

  /** The same with a name for the axis of devices, along which collectives work. */
  public static Op2 pmap(Op2 f, String axisName) {
    return pmap(f, PmapOptions.DEFAULT.withAxisName(axisName));
  }

  /** The same with options. */
  public static Op2 pmap(Op2 f, PmapOptions options) {
    Pmapped p = new Pmapped(new TreeFn(f, x -> f.apply((Array) x[0], (Array) x[1])), options);
    return (a, b) -> (Array) p.call(a, b);
  }

  /** The same for a function of two trees. */
  public static <A, B, R> Fn2<A, B, R> pmap(Fn2<A, B, R> f) {
    return pmap(f, PmapOptions.DEFAULT);
  }

  /** The same with a name for the axis of devices, along which collectives work. */
  public static <A, B, R> Fn2<A, B, R> pmap(Fn2<A, B, R> f, String axisName) {
    return pmap(f, PmapOptions.DEFAULT.withAxisName(axisName));
  }

  /** The same with options. */
  public static <A, B, R> Fn2<A, B, R> pmap(Fn2<A, B, R> f, PmapOptions options) {
    Pmapped p = new Pmapped(new TreeFn(f, x -> f.apply((A) x[0], (B) x[1])), options);
    return (a, b) -> (R) p.call(a, b);
  }

  /** The same for a function of three arrays. */
  public static Op3 pmap(Op3 f) {
    return pmap(f, PmapOptions.DEFAULT);
  }

  /** The same with a name for the axis of devices, along which collectives work. */
  public static Op3 pmap(Op3 f, String axisName) {
    return pmap(f, PmapOptions.DEFAULT.withAxisName(axisName));
  }

  /** The same with options. */
  public static Op3 pmap(Op3 f, PmapOptions options) {
    Pmapped p =
        new Pmapped(new TreeFn(f, x -> f.apply((Array) x[0], (Array) x[1], (Array) x[2])), options);
    return (a, b, c) -> (Array) p.call(a, b, c);
  }

  /** The same for a function of three trees. */
  public static <A, B, C, R> Fn3<A, B, C, R> pmap(Fn3<A, B, C, R> f) {
    return pmap(f, PmapOptions.DEFAULT);
  }

  /** The same with a name for the axis of devices, along which collectives work. */
  public static <A, B, C, R> Fn3<A, B, C, R> pmap(Fn3<A, B, C, R> f, String axisName) {
    return pmap(f, PmapOptions.DEFAULT.withAxisName(axisName));
  }

  /** The same with options. */
  public static <A, B, C, R> Fn3<A, B, C, R> pmap(Fn3<A, B, C, R> f, PmapOptions options) {
    Pmapped p = new Pmapped(new TreeFn(f, x -> f.apply((A) x[0], (B) x[1], (C) x[2])), options);
    return (a, b, c) -> (R) p.call(a, b, c);
  }

  /** The same for a function of four arrays. */
  public static Op4 pmap(Op4 f) {
    return pmap(f, PmapOptions.DEFAULT);
  }

  /** The same with a name for the axis of devices, along which collectives work. */
  public static Op4 pmap(Op4 f, String axisName) {
    return pmap(f, PmapOptions.DEFAULT.withAxisName(axisName));
  }

  /** The same with options. */
  public static Op4 pmap(Op4 f, PmapOptions options) {
    Pmapped p =
        new Pmapped(
            new TreeFn(f, x -> f.apply((Array) x[0], (Array) x[1], (Array) x[2], (Array) x[3])),
            options);
    return (a, b, c, d) -> (Array) p.call(a, b, c, d);
  }

  /** The same for a function of four trees. */
  public static <A, B, C, D, R> Fn4<A, B, C, D, R> pmap(Fn4<A, B, C, D, R> f) {
    return pmap(f, PmapOptions.DEFAULT);
  }

  /** The same with a name for the axis of devices, along which collectives work. */
  public static <A, B, C, D, R> Fn4<A, B, C, D, R> pmap(Fn4<A, B, C, D, R> f, String axisName) {
    return pmap(f, PmapOptions.DEFAULT.withAxisName(axisName));
  }

  /** The same with options. */
  public static <A, B, C, D, R> Fn4<A, B, C, D, R> pmap(Fn4<A, B, C, D, R> f, PmapOptions options) {
    Pmapped p =
        new Pmapped(new TreeFn(f, x -> f.apply((A) x[0], (B) x[1], (C) x[2], (D) x[3])), options);
    return (a, b, c, d) -> (R) p.call(a, b, c, d);
  }
}
