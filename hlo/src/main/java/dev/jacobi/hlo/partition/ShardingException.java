package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Shape;
import java.util.List;

/** A mesh or a sharding that cannot be, or a program that cannot be divided. */
public final class ShardingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ShardingException(String message) {
    super(message);
  }

  static ShardingException mesh(Mesh.Axis axis, List<Mesh.Axis> axes) {
    return new ShardingException(
        (axis.size() < 1
                    ? "axis \"%s\" of the mesh has %d devices; it needs one at least"
                    : "the mesh has two axes called \"%s\" (one of size %d); names must differ")
                .formatted(axis.name(), axis.size())
            + (axes.size() > 1 ? ": " + axes : ""));
  }

  static ShardingException unknownAxis(String where, String axis, Mesh mesh) {
    return new ShardingException(
        "%s names axis \"%s\", but the mesh has %s".formatted(where, axis, mesh));
  }

  static ShardingException axisTwice(String where, Sharding sharding, String axis, Loc loc) {
    return new ShardingException(
        "%s%s uses axis \"%s\" twice: %s. An axis divides one dimension of an array at most"
            .formatted(where, at(loc), axis, sharding));
  }

  static ShardingException rank(String where, Sharding sharding, Shape shape, Loc loc) {
    return new ShardingException(
        "%s%s has %d dimensions, %s, but its sharding %s has %d"
            .formatted(where, at(loc), shape.rank(), shape, sharding, sharding.rank()));
  }

  static ShardingException uneven(
      String where, Sharding sharding, int d, Shape shape, Mesh mesh, Loc loc) {
    return new ShardingException(
        ("%s%s: dimension %d of %s has size %d, which %d devices along %s cannot divide evenly."
                + " Pad it to a multiple, or leave it whole")
            .formatted(
                where,
                at(loc),
                d,
                shape,
                shape.dim(d),
                mesh.size(sharding.axes(d)),
                sharding.axes(d)));
  }

  static ShardingException notation(String text, String why) {
    return new ShardingException("the sharding " + text + " cannot be read: " + why);
  }

  static ShardingException otherMesh(String where, Mesh named, Mesh mesh) {
    return new ShardingException(
        "%s is for the mesh %s, but the program is divided over %s".formatted(where, named, mesh));
  }

  static ShardingException unknownSize(Op op, Loc loc) {
    return new ShardingException(
        "%s%s has a size that is known only when the program runs; such programs are not divided"
            .formatted(op.mnemonic(), at(loc)));
  }

  static ShardingException collective(Op op, Loc loc) {
    return new ShardingException(
        "%s%s is an operation among devices, but the program to be divided is that of one"
            .formatted(op.mnemonic(), at(loc)));
  }

  static String at(Loc loc) {
    return loc.isKnown() ? " at " + loc : "";
  }
}
