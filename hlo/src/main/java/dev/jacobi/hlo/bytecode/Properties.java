package dev.jacobi.hlo.bytecode;

import dev.jacobi.hlo.Axes;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Longs;
import dev.jacobi.hlo.ReductionOp.Precision;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.bytecode.Vhlo.Word;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** An operation of VHLO: its name with the version, and its attributes in the order of names. */
final class Properties {
  private final VhloEncoder encoder;
  private final String name;
  private final SortedMap<String, Integer> values = new TreeMap<>();

  Properties(VhloEncoder encoder, String name) {
    this.encoder = encoder;
    this.name = name;
  }

  String name() {
    return name;
  }

  SortedMap<String, Integer> values() {
    return values;
  }

  /** An attribute by its number. */
  Properties put(String attribute, int value) {
    values.put(attribute, value);
    return this;
  }

  Properties number(String attribute, long value) {
    return put(attribute, encoder.integer(value, "i64"));
  }

  Properties int32(String attribute, long value) {
    return put(attribute, encoder.integer(value, "i32"));
  }

  Properties flag(String attribute, boolean value) {
    return put(attribute, encoder.bool(value));
  }

  Properties string(String attribute, String value) {
    return put(attribute, encoder.string(value));
  }

  Properties word(String attribute, Word word, Enum<?> constant) {
    return put(attribute, encoder.word(word, constant.name()));
  }

  Properties float32(String attribute, float value) {
    return put(attribute, encoder.real(Literal.ofFloats(Shape.scalar(), value)));
  }

  Properties axes(String attribute, Axes axes) {
    return put(attribute, encoder.longs(axes.stream().asLongStream().toArray()));
  }

  Properties longs(String attribute, Longs values) {
    return put(attribute, encoder.longs(values.toArray()));
  }

  Properties tensor(String attribute, Literal value) {
    return put(attribute, encoder.tensor(value));
  }

  /** Rows of two numbers. */
  Properties rows(String attribute, Longs first, Longs second) {
    long[] rows = new long[2 * first.size()];
    for (int i = 0; i < first.size(); i++) {
      rows[2 * i] = first.get(i);
      rows[2 * i + 1] = second.get(i);
    }
    return tensor(attribute, Literal.ofLongs(Shape.of(first.size(), 2), rows));
  }

  Properties precisions(Precision... precisions) {
    return put(
        "precision_config",
        encoder.array(
            List.of(precisions).stream()
                .map(p -> encoder.word(Word.PRECISION, p.name()))
                .toList()));
  }
}
