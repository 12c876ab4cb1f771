package dev.jacobi.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that NumPy wrote, see {@code goldens/make_npy.py}, and files that nobody should write. */
class NpyTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("jacobi.root", ".."), "goldens", "npy");

  @TempDir Path temporary;

  static List<String> goldens() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> names =
          files
              .map(f -> f.getFileName().toString())
              .filter(n -> n.endsWith(".npy") && !n.startsWith("refused"))
              .sorted()
              .toList();
      assertThat(names).hasSizeGreaterThan(30);
      return names;
    }
  }

  /** What the script says is in a file with this name. */
  private static Literal expected(String name) {
    String[] words = name.substring(0, name.length() - 4).split("_", -1);
    DType dtype = dtype(words[0]);
    Shape shape =
        words[3].isEmpty()
            ? Shape.scalar()
            : Shape.of(Arrays.stream(words[3].split("x")).mapToLong(Long::parseLong).toArray());
    return pattern(dtype, shape);
  }

  private static DType dtype(String numpy) {
    int bits = 8 * Integer.parseInt(numpy.replaceAll("\\D", ""));
    return switch (numpy.replaceAll("\\d", "")) {
      case "b" -> DType.BOOL;
      case "bf" -> DType.BF16;
      default -> DType.valueOf(numpy.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + bits);
    };
  }

  private static Literal pattern(DType dtype, Shape shape) {
    TensorType type = new TensorType(dtype, shape);
    MemorySegment data = Literal.allocate(type);
    for (long k = 0; k < shape.size(); k++) {
      switch (dtype.kind()) {
        case BOOL -> Literal.setLong(dtype, data, k, k % 2);
        case SIGNED, UNSIGNED -> Literal.setLong(dtype, data, k, k - 3);
        case FLOAT, COMPLEX -> Literal.set(dtype, data, k, k - 3, 0.5 * k);
      }
    }
    return Literal.wrap(type, data);
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void readsWhatNumPyWroteAndWritesTheSameBytes(String name) throws IOException {
    Literal expected = expected(name.startsWith("bf16") ? name.replace("bf16", "bf2") : name);
    Path file = FOLDER.resolve(name);
    Literal read = expected.dtype() == DType.BF16 ? Npy.read(file, DType.BF16) : Npy.read(file);
    assertThat(read).isEqualTo(expected);
    Path copy = temporary.resolve("copy.npy");
    Npy.write(copy, read);
    if (name.contains("_little_c_") && !name.contains("_v")) {
      assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(file));
    } else {
      assertThat(Npy.read(copy)).isEqualTo(expected);
    }
  }

  @Test
  void readsAndWritesArchives() throws IOException {
    Map<String, Literal> expected = new LinkedHashMap<>();
    expected.put("weights", pattern(DType.F32, Shape.of(2, 3)));
    expected.put("steps", pattern(DType.I32, Shape.of(4)));
    for (String name : List.of("stored.npz", "deflated.npz")) {
      Map<String, Literal> read = Npz.read(FOLDER.resolve(name));
      assertThat(read).isEqualTo(expected);
      assertThat(read.keySet()).containsExactly("weights", "steps");
    }
    Path file = temporary.resolve("a.npz");
    Npz.write(file, expected);
    assertThat(Npz.read(file)).isEqualTo(expected);
    Npz.writeCompressed(file, expected);
    assertThat(Npz.read(file)).isEqualTo(expected);
    Npz.write(file, Map.of());
    assertThat(Npz.read(file)).isEmpty();
  }

  @Test
  void readsBfloat16OutOfAnArchive() throws IOException {
    Path file = temporary.resolve("b.npz");
    Map<String, Literal> arrays = Map.of("x", pattern(DType.BF16, Shape.of(3)));
    Npz.write(file, arrays);
    assertThat(Npz.read(file, Map.of("x", DType.BF16))).isEqualTo(arrays);
    assertThatThrownBy(() -> Npz.read(file))
        .isInstanceOf(NpyException.UnsupportedType.class)
        .hasMessageContaining("b.npz!x.npy")
        .hasMessageContaining("read(path, DType.BF16)");
  }

  record Bad(String name, byte[] file, Class<? extends NpyException> error, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static byte[] npy(String header, int dataBytes) {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    byte[] file =
        Arrays.copyOf(
            new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, 10 + text.length + dataBytes);
    file[8] = (byte) text.length;
    file[9] = (byte) (text.length >> 8);
    System.arraycopy(text, 0, file, 10, text.length);
    return file;
  }

  private static byte[] npy(String descr, String shape, int dataBytes) {
    return npy(
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr, shape),
        dataBytes);
  }

  private static byte[] version(int major) {
    byte[] file = npy("<f4", "()", 4);
    file[6] = (byte) major;
    return file;
  }

  static List<Bad> bad() throws IOException {
    byte[] good = npy("<f4", "(2, 3)", 24);
    return List.of(
        new Bad("empty", new byte[0], NpyException.Truncated.class, "the header"),
        new Bad("tiny", new byte[5], NpyException.NotNpy.class, "only 5 bytes"),
        new Bad("text", new byte[100], NpyException.NotNpy.class, "\\x93NUMPY"),
        new Bad("version", version(4), NpyException.BadHeader.class, "no version 4"),
        new Bad("long header", version(2), NpyException.BadHeader.class, "claims to have"),
        new Bad(
            "cut in header", Arrays.copyOf(good, 30), NpyException.Truncated.class, "the header"),
        new Bad(
            "cut in data",
            Arrays.copyOf(good, good.length - 1),
            NpyException.Truncated.class,
            "needs 24 bytes, but only 23 are left"),
        new Bad(
            "too long",
            Arrays.copyOf(good, good.length + 1),
            NpyException.TrailingBytes.class,
            "(2, 3), but 1 bytes follow"),
        new Bad(
            "claims terabytes",
            npy("<f8", "(1000000, 1000000)", 8),
            NpyException.Truncated.class,
            "needs 8000000000000 bytes"),
        new Bad(
            "overflow",
            npy("<f8", "(4294967296, 4294967296)", 0),
            NpyException.AbsurdShape.class,
            "more than 2^63"),
        new Bad(
            "size beyond long",
            npy("<f8", "(99999999999999999999,)", 0),
            NpyException.AbsurdShape.class,
            "out of range"),
        new Bad("negative", npy("<f8", "(-1,)", 0), NpyException.AbsurdShape.class, "-1"),
        new Bad("no tuple", npy("<f8", "(a,)", 0), NpyException.BadHeader.class, "no tuple"),
        new Bad("no dictionary", npy("[1, 2]", 0), NpyException.BadHeader.class, "dictionary"),
        new Bad(
            "shape missing",
            npy("{'descr': '<f4', 'fortran_order': False}", 4),
            NpyException.BadHeader.class,
            "needs descr"),
        new Bad("hostile", npy("{" + " ,".repeat(4000), 0), NpyException.BadHeader.class, ""),
        new Bad("objects", npy("|O", "(1,)", 8), NpyException.ObjectArray.class, "never loaded"),
        new Bad("dates", npy("<M8[ns]", "(1,)", 8), NpyException.UnsupportedType.class, "<M8[ns]"),
        new Bad("long double", npy("<f16", "()", 16), NpyException.UnsupportedType.class, "<f16"),
        new Bad(
            "pickled",
            Files.readAllBytes(FOLDER.resolve("refused_object.npy")),
            NpyException.ObjectArray.class,
            "pickles"),
        new Bad(
            "unicode",
            Files.readAllBytes(FOLDER.resolve("refused_text.npy")),
            NpyException.UnsupportedType.class,
            "<U2"),
        new Bad(
            "records",
            Files.readAllBytes(FOLDER.resolve("refused_struct.npy")),
            NpyException.UnsupportedType.class,
            "[('x', '<f4')"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void refusesByName(Bad bad) {
    assertThatThrownBy(() -> Npy.read(bad.file))
        .isExactlyInstanceOf(bad.error)
        .hasMessageContaining(bad.message);
  }

  @Test
  void aHintMustFit() {
    assertThatThrownBy(() -> Npy.read(FOLDER.resolve("f4_little_c_2x3.npy"), DType.F64))
        .isInstanceOf(NpyException.WrongHint.class)
        .hasMessageContaining("float64");
  }

  @Test
  void archivesThatAreNoneOrLieAreRefused() throws IOException {
    Path file = temporary.resolve("x.npz");
    Files.write(file, new byte[100]);
    assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(NpyException.NotNpy.class);
    zip(file, "readme.txt", new byte[3]);
    assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(NpyException.NotNpy.class);
    zip(file, "a.npy", npy("<f8", "(1000000, 1000000)", 8));
    assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(NpyException.Truncated.class);
    byte[] cut = Files.readAllBytes(FOLDER.resolve("stored.npz"));
    Files.write(file, Arrays.copyOf(cut, cut.length - 30));
    assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(NpyException.NotNpy.class);
  }

  @Test
  void aDamagedByteIsReadOrNamed() throws IOException {
    Path file = temporary.resolve("x.npz");
    byte[] whole = Files.readAllBytes(FOLDER.resolve("stored.npz"));
    int refused = 0;
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) 0xFF;
      Files.write(file, damaged);
      refused += refuses(file);
      Files.write(file, Arrays.copyOf(whole, i));
      refused += refuses(file);
    }
    assertThat(refused).isGreaterThan(whole.length);
  }

  /** 1 for a named error, 0 if the file can be read; any other exception is the test's failure. */
  private static int refuses(Path file) throws IOException {
    try {
      Npz.read(file);
      return 0;
    } catch (NpyException e) {
      return 1;
    }
  }

  private static void zip(Path file, String name, byte[] content) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    }
  }
}
