package dev.jacobi.hlo.bytecode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.text.HloSyntaxException;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes that are no program give an error with an offset, in bounded time and memory. */
class BytecodeFuzzTest {
  private static final int QUICK = 500;
  private static final int MUTATIONS = 10_000;
  private static final int PARSED = 10;

  private static final List<String> FILES =
      List.of(
          "mlp",
          "many",
          "conv",
          "dtypes",
          "symbolic",
          "old/training-0.4.30",
          "old/loops-0.7.2",
          "old/numbers-0.12.0.1",
          "vhlo/0_9_0",
          "vhlo/0_14_0",
          "vhlo/1_20_0");

  private static byte[] resource(String name) throws IOException {
    try (var in = BytecodeFuzzTest.class.getResourceAsStream(name + ".mlirbc")) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @Test
  void someMutations() throws IOException {
    mutate(QUICK);
  }

  @Test
  @Tag("slow")
  @Timeout(120)
  void tenThousandMutations() throws IOException {
    mutate(MUTATIONS);
  }

  private static void mutate(int count) throws IOException {
    var random = new SplittableRandom(20);
    var outcomes = new TreeMap<String, Integer>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = mutated(resource(FILES.get(i % FILES.size())), random);
      outcomes.merge(outcome(bytes, i % PARSED == 0), 1, Integer::sum);
    }
    // Both: errors, and damage that leaves a program.
    assertThat(outcomes).containsKeys("BytecodeException", "text");
    assertThat(outcomes.get("BytecodeException")).isGreaterThan(count / 10);
  }

  private static String outcome(byte[] bytes, boolean parse) {
    try {
      if (parse) {
        BytecodeReader.read("damaged", bytes);
      } else {
        BytecodeReader.text(bytes);
      }
      return "text";
    } catch (BytecodeException e) {
      assertThat(e.offset()).isBetween(0, bytes.length);
      assertThat(e.getMessage()).endsWith("(at byte " + e.offset() + ")");
      return "BytecodeException";
    } catch (HloSyntaxException | UnsupportedOpException | HloTypeException e) {
      assertThat(parse).as(e.toString()).isTrue();
      return "no program";
    }
  }

  /** Bytes changed, inserted, dropped, repeated, or made lengths that lie; or the end cut off. */
  private static byte[] mutated(byte[] bytes, SplittableRandom random) {
    byte[] out = bytes;
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(out.length);
      int length = Math.min(1 + random.nextInt(8), out.length - at);
      out =
          switch (random.nextInt(7)) {
            case 0, 1 -> with(out, at, (byte) random.nextInt(256));
            case 2 -> with(out, at, (byte) (out[at] ^ 1 << random.nextInt(8)));
            case 3 -> spliced(out, at, 0, number(random));
            case 4 -> spliced(out, at, length, new byte[0]);
            case 5 -> spliced(out, at, 0, Arrays.copyOfRange(out, at, at + length));
            default -> random.nextInt(4) > 0 ? with(out, at, (byte) 0) : Arrays.copyOf(out, at + 1);
          };
    }
    return out;
  }

  /** A number of up to nine bytes. */
  private static byte[] number(SplittableRandom random) {
    return new Sink().varint(random.nextLong() >>> random.nextInt(64)).bytes();
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    byte[] out = bytes.clone();
    out[at] = value;
    return out;
  }

  private static byte[] spliced(byte[] bytes, int at, int drop, byte[] insert) {
    byte[] out = Arrays.copyOf(bytes, bytes.length - drop + insert.length);
    System.arraycopy(insert, 0, out, at, insert.length);
    int rest = bytes.length - at - drop;
    System.arraycopy(bytes, at + drop, out, at + insert.length, rest);
    return out;
  }

  @Test
  void everyTruncationOfEveryVersion() throws IOException {
    for (String file : List.of("dtypes", "old/training-0.4.30", "vhlo/0_9_0")) {
      byte[] whole = resource(file);
      for (int n = 0; n < whole.length; n += 1 + whole.length / 500) {
        byte[] part = Arrays.copyOf(whole, n);
        assertThatThrownBy(() -> BytecodeReader.text(part))
            .isInstanceOf(BytecodeException.class)
            .hasMessageContaining("(at byte ");
      }
    }
  }

  // --- files that are made to hurt ---

  /** A module whose only attribute is the last one that the pool was given. */
  private static byte[] module(Pool pool, int attr) {
    BuiltinEncoder builtin = new BuiltinEncoder(pool);
    int name = builtin.string("my.a");
    int attrs = pool.attr("builtin", s -> s.varint(1).varint(1).varint(name).varint(attr));
    int unknown = pool.attr("builtin", s -> s.varint(15));
    int properties = pool.properties(s -> s.varint(0).varint(0));
    int op = pool.name("builtin.module");
    Sink ir = new Sink().varint(2).varint(op);
    ir.u8(
        BytecodeReader.HAS_ATTRIBUTES | BytecodeReader.HAS_PROPERTIES | BytecodeReader.HAS_REGIONS);
    ir.varint(unknown).varint(attrs).varint(properties).varint(1 << 1 | 1);
    ir.section(Section.Id.IR, new Sink().varint(1).varint(0).varint(0));
    return pool.file(6, "test", ir);
  }

  @Test
  void attributesThatDoubleThirtyTimes() {
    Pool pool = new Pool();
    int attr = new BuiltinEncoder(pool).string("x".repeat(50));
    for (int i = 0; i < 30; i++) {
      int half = attr;
      attr = pool.attr("builtin", s -> s.varint(0).list(List.of(half, half)));
    }
    byte[] bytes = module(pool, attr);
    assertThatThrownBy(() -> BytecodeReader.text(bytes))
        .isInstanceOf(BytecodeException.class)
        .hasMessageContaining("an attribute whose text would have more than");
  }

  @Test
  void attributesThatHoldThemselves() {
    Pool pool = new Pool();
    int attr = pool.attr("builtin", s -> s.varint(0).list(List.of(0)));
    byte[] bytes = module(pool, attr);
    assertThatThrownBy(() -> BytecodeReader.text(bytes))
        .isInstanceOf(BytecodeException.class)
        .hasMessageContaining("nested more than 200 deep, or in a circle");
  }

  @Test
  void typesThatHoldThemselves() {
    Pool pool = new Pool();
    int type = pool.type("builtin", s -> s.varint(9).varint(0));
    int attr = pool.attr("builtin", s -> s.varint(6).varint(type));
    byte[] bytes = module(pool, attr);
    assertThatThrownBy(() -> BytecodeReader.text(bytes))
        .isInstanceOf(BytecodeException.class)
        .hasMessageContaining("nested more than 200 deep, or in a circle");
  }

  @Test
  void countsAndConstantsThatAreHuge() {
    Pool pool = new Pool();
    int list = pool.attr("builtin", s -> s.varint(0).varint(Long.MAX_VALUE >> 1));
    byte[] counted = module(pool, list);
    assertThatThrownBy(() -> BytecodeReader.text(counted))
        .isInstanceOf(BytecodeException.class)
        .hasMessageContaining("a length of 4611686018427387903 with");
    Pool other = new Pool();
    int f32 = other.type("builtin", s -> s.varint(5));
    int huge =
        other.type("builtin", s -> s.varint(13).signedList(new long[] {1 << 30}).varint(f32));
    int splat = other.attr("builtin", s -> s.varint(18).varint(huge).blob(new byte[4]));
    byte[] constant = module(other, splat);
    assertThatThrownBy(() -> BytecodeReader.text(constant))
        .isInstanceOf(BytecodeException.class)
        .hasMessageContaining("a constant of type tensor<1073741824xf32> from one element");
  }

  @Test
  void manyUsesOfALongAttribute() {
    Pool pool = new Pool();
    BuiltinEncoder builtin = new BuiltinEncoder(pool);
    int text = builtin.string("x".repeat(1 << 14));
    int attr = pool.attr("builtin", s -> s.varint(0).list(Collections.nCopies(60, text)));
    int name = builtin.string("my.a");
    int attrs = pool.attr("builtin", s -> s.varint(1).varint(1).varint(name).varint(attr));
    int unknown = pool.attr("builtin", s -> s.varint(15));
    int op = pool.name("vhlo.return_v1");
    Sink ir = new Sink().varint(1000 << 1);
    for (int i = 0; i < 1000; i++) {
      ir.varint(op).u8(BytecodeReader.HAS_ATTRIBUTES).varint(unknown).varint(attrs);
    }
    byte[] bytes = pool.file(6, "test", ir);
    assertThatThrownBy(() -> BytecodeReader.text(bytes))
        .isInstanceOf(BytecodeException.class)
        .hasMessageContaining("a program whose text would have more than");
  }
}
