package dev.jacobi.export;

import dev.jacobi.export.FlatWriter.Blob;
import dev.jacobi.export.FlatWriter.Numbers;
import dev.jacobi.export.FlatWriter.Parts;
import dev.jacobi.export.FlatWriter.Table;
import dev.jacobi.export.FlatWriter.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/** Writes the tables of an exported function as JAX 0.10.2 does; see {@link ExportedReader}. */
final class ExportedWriter {
  /** What JAX writes for the sake of old readers, whatever the schema's version. */
  private static final int SERIALIZATION = 3;

  private static final int MEMORY_SPACE_DEVICE = 1;

  private ExportedWriter() {}

  static byte[] write(Exported exported, int vjpOrder) {
    return FlatWriter.write(exported(exported, vjpOrder));
  }

  private static Table exported(Exported exported, int vjpOrder) {
    Signature s = exported.signature();
    List<ShapedArray> all = new ArrayList<>(s.inAvals());
    all.addAll(s.outAvals());
    List<ShapedArray> unique = List.copyOf(new LinkedHashSet<>(all));
    Table table =
        new Table()
            .with(0, SERIALIZATION)
            .with(1, new Text(s.funName()))
            .with(2, tree(s.inTree()))
            .with(3, avals(s.inAvals()))
            .with(4, tree(s.outTree()))
            .with(5, avals(s.outAvals()))
            .with(7, unspecifiedShardings(s.inAvals()))
            .with(8, unspecifiedShardings(s.outAvals()))
            .with(9, Parts.texts(s.platforms()))
            .with(10, effects(s.orderedEffects()))
            .with(11, effects(s.unorderedEffects()))
            .with(12, disabledChecks(s.disabledSafetyChecks()))
            .with(13, new Blob(exported.bytecode()))
            .with(14, s.callingConventionVersion())
            .with(15, new Numbers(2, s.moduleKeptVarIdx()))
            .with(16, s.usesGlobalConstants() ? 1 : 0)
            .with(18, (int) s.nrDevices())
            .with(19, avals(unique))
            .with(20, new Parts(List.of())) // meshes
            .with(21, new Parts(List.of())) // shardings
            .with(22, indices(s.inAvals(), unique))
            .with(23, indices(s.outAvals(), unique))
            .with(24, new Numbers(4, Collections.nCopies(s.inAvals().size(), 0)))
            .with(25, new Numbers(4, Collections.nCopies(s.outAvals().size(), 0)));
    return vjpOrder == 0 ? table : table.with(17, exported(exported.vjp(), vjpOrder - 1));
  }

  private static Parts avals(List<ShapedArray> avals) {
    return new Parts(avals.stream().map(ExportedWriter::aval).toList());
  }

  private static Table aval(ShapedArray aval) {
    return new Table()
        .with(1, Parts.texts(aval.shape().stream().map(DimExpr::toString).toList()))
        .with(2, aval.dtype().ordinal())
        .with(3, MEMORY_SPACE_DEVICE);
  }

  private static Numbers indices(List<ShapedArray> avals, List<ShapedArray> unique) {
    return new Numbers(4, avals.stream().map(unique::indexOf).toList());
  }

  private static Parts unspecifiedShardings(List<ShapedArray> avals) {
    return new Parts(avals.stream().map(a -> new Table()).toList());
  }

  private static Parts effects(List<String> names) {
    return new Parts(names.stream().map(name -> new Table().with(0, new Text(name))).toList());
  }

  private static Parts disabledChecks(List<DisabledSafetyCheck> checks) {
    return new Parts(
        checks.stream()
            .map(
                check ->
                    check
                        .customCall()
                        .map(target -> new Table().with(0, 1).with(1, new Text(target)))
                        .orElseGet(Table::new))
            .toList());
  }

  private static Table tree(PyTree tree) {
    Table table = new Table();
    if (!tree.children().isEmpty()) {
      table.with(1, new Parts(tree.children().stream().map(ExportedWriter::tree).toList()));
    }
    return switch (tree) {
      case PyTree.Leaf leaf -> table;
      case PyTree.None none -> table.with(0, 1);
      case PyTree.Tuple tuple -> table.with(0, 2);
      case PyTree.Sequence list -> table.with(0, 3);
      case PyTree.Dict dict -> table.with(0, 4).with(2, Parts.texts(dict.keys()));
      case PyTree.Custom custom ->
          table
              .with(0, 5)
              .with(3, new Text(custom.name()))
              .with(4, new Blob(custom.aux().text().getBytes(StandardCharsets.ISO_8859_1)));
    };
  }
}
