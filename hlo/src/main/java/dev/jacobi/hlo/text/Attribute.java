package dev.jacobi.hlo.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An attribute that programs carry as text, such as {@code 0 : i32} or {@code {a = "x", b}}, taken
 * apart.
 */
public sealed interface Attribute {
  /** {@code "text"}. */
  record Str(String value) implements Attribute {}

  /** {@code 3 : i32}; a number without a type is of i64. */
  record Int(long value, String type) implements Attribute {}

  /** {@code 1.5 : f32}, a number of a floating type; without a type it is of f64. */
  record Real(Literal value) implements Attribute {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements Attribute {}

  /** What is there or not, such as {@code b} in {@code {a = 1, b}}. */
  record Unit() implements Attribute {}

  /** {@code [a, b]}. */
  record Sequence(List<Attribute> elements) implements Attribute {
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  /** {@code {a = 1, b}}, ordered by name. */
  record Dictionary(Map<String, Attribute> entries) implements Attribute {
    /** Of attributes that are text by name. */
    public static Dictionary of(Map<String, String> texts) {
      Map<String, Attribute> entries = new TreeMap<>();
      texts.forEach((name, text) -> entries.put(name, parse(text)));
      return new Dictionary(entries);
    }
  }

  /** {@code @name}. */
  record Symbol(String name) implements Attribute {}

  /** {@code dense<[1, 2]> : tensor<2xi32>}. */
  record Dense(Literal value) implements Attribute {}

  /**
   * Whole numbers of a type that arrays of values have not: {@code dense<[1, 0]> :
   * tensor<2xindex>}, as layouts are written.
   */
  record Indices(List<Long> values) implements Attribute {
    public Indices {
      values = List.copyOf(values);
    }
  }

  /** {@code array<i64: 1, 2>}, or numbers of another type. */
  record Numbers(String type, List<Long> values) implements Attribute {
    public Numbers {
      values = List.copyOf(values);
    }
  }

  /** {@code f32}: a type of elements. */
  record ElementType(String mlir) implements Attribute {}

  /** {@code tensor<2xf32>}. */
  record ArrayType(TensorType type) implements Attribute {}

  /** Any other, such as {@code #sdy.sharding<@mesh, []>}, as it stands. */
  record Other(String text) implements Attribute {}

  /**
   * Takes the text of an attribute apart; no text at all is a unit.
   *
   * @throws HloSyntaxException if it is none
   */
  static Attribute parse(String text) {
    return AttributeReader.read(text.getBytes(UTF_8));
  }
}
