package dev.jacobi.jaxpr;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What tracing knows of an array: element type, shape, and whether the type is weak.
 *
 * @param weak made from Java scalars only; yields to the type of any other operand
 * @param key elements are random keys (each two u32 words, which the shape does not show)
 * @param varying the mesh axes along which devices may hold different values, sorted; only inside
 *     {@code shard_map}
 */
public record Aval(DType dtype, Shape shape, boolean weak, boolean key, List<String> varying) {
  /** The same on all devices. */
  public Aval(DType dtype, Shape shape, boolean weak, boolean key) {
    this(dtype, shape, weak, key, List.of());
  }

  public static Aval of(DType dtype, Shape shape) {
    return new Aval(dtype, shape, false, false);
  }

  public static Aval of(DType dtype, long... sizes) {
    return of(dtype, Shape.of(sizes));
  }

  /** An array of random keys. */
  public static Aval key(Shape shape) {
    return new Aval(DType.U32, shape, false, true);
  }

  public int rank() {
    return shape.rank();
  }

  public long dim(int d) {
    return shape.dim(d);
  }

  public Aval withShape(Shape other) {
    return new Aval(dtype, other, weak, key, varying);
  }

  public Aval withDtype(DType other) {
    return new Aval(other, shape, weak, false, varying);
  }

  public Aval withWeak(boolean isWeak) {
    return weak == isWeak ? this : new Aval(dtype, shape, isWeak, key, varying);
  }

  /** The same, different along other mesh axes. */
  public Aval withVarying(List<String> axes) {
    return varying.equals(axes) ? this : new Aval(dtype, shape, weak, key, axes);
  }

  /** The mesh axes along which any of these differs, sorted. */
  public static List<String> varying(List<Aval> avals) {
    if (avals.stream().allMatch(a -> a.varying.isEmpty())) {
      return List.of();
    }
    TreeSet<String> all = new TreeSet<>();
    avals.forEach(a -> all.addAll(a.varying));
    return List.copyOf(all);
  }

  /** The same with a strong type. */
  public Aval strong() {
    return withWeak(false);
  }

  /** The array that represents this on a device: keys have a last dimension of two words. */
  public TensorType physical() {
    return new TensorType(dtype, key ? shape.insert(shape.rank(), 2) : shape);
  }

  /** Whether a tangent of this value can be anything but zero. */
  public boolean isDifferentiable() {
    return dtype.isInexact() && !key;
  }

  /** JAX's notation without the weak mark: {@code f32[2,3]}, {@code key<fry>[]}, {@code {V:x}}. */
  @Override
  public String toString() {
    String name = key ? "key<fry>" : dtype.shortName();
    return Arrays.stream(shape.toArray())
            .mapToObj(Shape::text)
            .collect(Collectors.joining(",", name + "[", "]"))
        + switch (varying.size()) {
          case 0 -> "";
          case 1 -> "{V:" + varying.getFirst() + "}";
          default -> "{V:(" + String.join(",", varying) + ")}";
        };
  }
}
