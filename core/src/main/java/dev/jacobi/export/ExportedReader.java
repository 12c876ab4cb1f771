package dev.jacobi.export;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads the tables of an exported function. The schema is that of jax/_src/export/serialization.fbs
 * up to version 11, whose fields are numbered here in its order; versions from 2 on only added
 * some.
 */
final class ExportedReader {
  private static final int NEWEST_SERIALIZATION = 11;
  private static final int DEPTH = 200;

  private ExportedReader() {}

  static Exported read(byte[] bytes) {
    return exported(FlatTable.root(bytes), 0);
  }

  private static Exported exported(FlatTable table, int order) {
    if (order > DEPTH) {
      throw table.error("derivatives of more than order " + DEPTH);
    }
    int version = table.u16(0);
    if (version > NEWEST_SERIALIZATION) {
      throw new ExportException.Unsupported(
          "the file is of serialization version "
              + version
              + "; versions up to "
              + NEWEST_SERIALIZATION
              + " are known (JAX 0.10.2)");
    }
    Signature signature = signature(table);
    check(table, signature);
    Optional<Exported> vjp = table.table(17).map(t -> exported(t, order + 1));
    return new Exported(signature, table.bytes(13), () -> vjp);
  }

  private static Signature signature(FlatTable table) {
    List<ShapedArray> unique = table.tables(19).stream().map(ExportedReader::aval).toList();
    boolean isWide = table.u32(18) != 0; // since serialization version 5
    return new Signature(
        table.string(1),
        tree(table.required(2, "tree of arguments"), 0),
        avals(table, unique, 22, 3),
        tree(table.required(4, "tree of results"), 0),
        avals(table, unique, 23, 5),
        isWide ? table.u32(18) : table.u16(6),
        table.strings(9),
        table.tables(10).stream().map(t -> t.string(0)).toList(),
        table.tables(11).stream().map(t -> t.string(0)).toList(),
        table.tables(12).stream().map(ExportedReader::disabledCheck).toList(),
        table.u16(14),
        table.u16s(15),
        table.u8(16) != 0);
  }

  /** Types by their numbers among the unique ones, or as files before version 10 have them. */
  private static List<ShapedArray> avals(
      FlatTable table, List<ShapedArray> unique, int indices, int whole) {
    if (!table.has(indices)) {
      return table.tables(whole).stream().map(ExportedReader::aval).toList();
    }
    List<ShapedArray> all = new ArrayList<>();
    for (long index : table.u32s(indices)) {
      if (index >= unique.size()) {
        throw table.error("there is no type " + index + " among " + unique.size());
      }
      all.add(unique.get((int) index));
    }
    return all;
  }

  private static ShapedArray aval(FlatTable table) {
    if (table.u8(0) != 0) {
      throw new ExportException.Unsupported("tokens as arguments or results");
    }
    int dtype = table.u8(2);
    if (dtype >= JaxDtype.values().length) {
      throw table.error("there is no element type " + dtype);
    }
    List<DimExpr> shape = table.strings(1).stream().map(DimExpr::parse).toList();
    return new ShapedArray(JaxDtype.values()[dtype], shape);
  }

  private static DisabledSafetyCheck disabledCheck(FlatTable table) {
    return switch (table.u8(0)) {
      case 0 -> DisabledSafetyCheck.platform();
      case 1 -> DisabledSafetyCheck.customCall(table.string(1));
      default -> throw table.error("there is no safety check " + table.u8(0));
    };
  }

  private static PyTree tree(FlatTable table, int depth) {
    if (depth > DEPTH) {
      throw table.error("trees nested more than " + DEPTH + " deep");
    }
    List<PyTree> children = table.tables(1).stream().map(t -> tree(t, depth + 1)).toList();
    int kind = table.u8(0);
    if (kind <= 1 && !children.isEmpty()) {
      throw table.error("a leaf or None has children");
    }
    return switch (kind) {
      case 0 -> new PyTree.Leaf();
      case 1 -> new PyTree.None();
      case 2 -> new PyTree.Tuple(children);
      case 3 -> new PyTree.Sequence(children);
      case 4 -> new PyTree.Dict(keys(table, children.size()), children);
      case 5 -> {
        String aux = new String(table.bytes(4), StandardCharsets.ISO_8859_1);
        yield new PyTree.Custom(table.string(3), new PyTree.Aux(aux), children);
      }
      default -> throw table.error("there is no kind of tree " + kind);
    };
  }

  private static List<String> keys(FlatTable table, int count) {
    List<String> keys = table.strings(2);
    if (keys.size() != count || new HashSet<>(keys).size() != count) {
      throw table.error("a dict of " + count + " entries has the keys " + keys);
    }
    return keys;
  }

  /** What the tables say of each other must agree. */
  private static void check(FlatTable table, Signature signature) {
    int version = signature.callingConventionVersion();
    if (version < Exported.OLDEST_CONVENTION || version > Exported.NEWEST_CONVENTION) {
      throw new ExportException.Unsupported(
          "'"
              + signature.funName()
              + "' is of calling convention version "
              + version
              + "; known are "
              + Exported.OLDEST_CONVENTION
              + " and "
              + Exported.NEWEST_CONVENTION);
    }
    int leaves = signature.inTree().leafCount();
    if (leaves != signature.inAvals().size()) {
      throw table.error(leaves + " arguments have " + signature.inAvals().size() + " types");
    }
    leaves = signature.outTree().leafCount();
    if (leaves != signature.outAvals().size()) {
      throw table.error(leaves + " results have " + signature.outAvals().size() + " types");
    }
    List<PyTree> args = signature.inTree().children();
    boolean isCall =
        args.size() == 2
            && args.get(0) instanceof PyTree.Tuple
            && args.get(1) instanceof PyTree.Dict;
    if (!isCall || !(signature.inTree() instanceof PyTree.Tuple)) {
      throw table.error("the arguments are no tuple and dict: " + signature.inTree());
    }
    List<Integer> kept = signature.moduleKeptVarIdx();
    boolean rising = IntStream.range(1, kept.size()).allMatch(i -> kept.get(i - 1) < kept.get(i));
    if (!rising || !kept.isEmpty() && kept.getLast() >= signature.inAvals().size()) {
      throw table.error("the arguments that the program takes are " + kept);
    }
    if (signature.platforms().isEmpty()) {
      throw table.error("there is no platform");
    }
  }
}
