package dev.jacobi.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.golden.GoldenFile;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.bytecode.BytecodeException;
import dev.jacobi.hlo.text.HloSyntaxException;
import dev.jacobi.hlo.text.UnsupportedOpException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged files give a named error, soon, and nothing else. */
class ExportFuzzTest {
  private static List<byte[]> files() throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (var paths = Files.list(GoldenFile.folder().resolve("export"))) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".jaxexport")).sorted().toList()) {
        files.add(Files.readAllBytes(path));
      }
    }
    return files;
  }

  @Test
  void everyTruncationIsDamage() throws IOException {
    byte[] file = files().getFirst();
    for (int length = 0; length < file.length; length += length < 200 ? 1 : 37) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> Export.deserialize(cut))
          .as("%d bytes of %d", length, file.length)
          .isInstanceOf(ExportException.Damaged.class)
          .hasMessageContaining("at byte");
    }
  }

  @Test
  void someMutationsAreReadOrRefused() throws IOException {
    mutations(1000, 5);
  }

  @Test
  @Tag("slow")
  @Timeout(60)
  void mutationsAreReadOrRefused() throws IOException {
    mutations(10_000, 100);
  }

  private static void mutations(int count, int readPrograms) throws IOException {
    List<byte[]> files = files();
    Random random = new Random(7);
    int refused = 0;
    int programs = 0;
    for (int i = 0; i < count; i++) {
      byte[] bytes = mutated(files, random);
      try {
        Exported exported = Export.deserialize(bytes);
        if (programs < readPrograms) {
          programs++;
          program(exported);
        }
      } catch (ExportException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(count / 10, count);
    assertThat(programs).isEqualTo(readPrograms);
  }

  private static void program(Exported exported) {
    try {
      assertThat(exported.mlirModule()).contains("module");
    } catch (BytecodeException | HloSyntaxException | UnsupportedOpException | HloTypeException e) {
      assertThat(e).hasMessageContaining(" ");
    }
  }

  private static byte[] mutated(List<byte[]> files, Random random) {
    byte[] bytes = files.get(random.nextInt(files.size())).clone();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      // tables and trees come first and last; bytecode, which is most of the file, in between
      int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(600, bytes.length));
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> {
          int[] lengths = {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, bytes.length, 1 << 20};
          ByteBuffer.wrap(bytes)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(Math.max(0, (at & ~3) - 4), lengths[random.nextInt(lengths.length)]);
        }
        default -> {
          byte[] other = files.get(random.nextInt(files.size()));
          int from = random.nextInt(other.length);
          int count = Math.min(Math.min(other.length - from, bytes.length - at), 40);
          System.arraycopy(other, from, bytes, at, count);
        }
      }
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  /** Thirty lists, each of twice the same list: 2^30 trees in two thousand bytes. */
  @Test
  void sharedTablesEnd() {
    FlatWriter.Table tree = new FlatWriter.Table();
    for (int i = 0; i < 30; i++) {
      List<FlatWriter.Table> both = List.of(tree, new FlatWriter.Table());
      tree = new FlatWriter.Table().with(0, 3).with(1, new FlatWriter.Parts(both));
    }
    byte[] bytes = FlatWriter.write(new FlatWriter.Table().with(2, tree));
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + 12 <= bytes.length; at += 4) {
      if (file.getInt(at) == 2) {
        file.putInt(at + 8, file.getInt(at + 4) - 4); // the second is the first
      }
    }
    assertThatThrownBy(() -> Export.deserialize(bytes))
        .isInstanceOf(ExportException.Damaged.class)
        .hasMessageContaining("contain each other");
  }

  @Test
  void laterVersionsAreNamed() throws IOException {
    assertThatThrownBy(() -> Export.deserialize(withVersions(12, 10)))
        .isExactlyInstanceOf(ExportException.Unsupported.class)
        .hasMessageContaining("serialization version 12");
    for (int convention : List.of(8, 11)) {
      assertThatThrownBy(() -> Export.deserialize(withVersions(3, convention)))
          .isExactlyInstanceOf(ExportException.Unsupported.class)
          .hasMessageContaining("calling convention version " + convention);
    }
  }

  private static byte[] withVersions(int serialization, int convention) {
    FlatWriter.Table args =
        new FlatWriter.Table()
            .with(0, 2)
            .with(
                1,
                new FlatWriter.Parts(
                    List.of(new FlatWriter.Table().with(0, 2), new FlatWriter.Table().with(0, 4))));
    return FlatWriter.write(
        new FlatWriter.Table()
            .with(0, serialization)
            .with(2, args)
            .with(4, new FlatWriter.Table().with(0, 1))
            .with(9, FlatWriter.Parts.texts(List.of("cpu")))
            .with(14, convention)
            .with(18, 1));
  }
}
