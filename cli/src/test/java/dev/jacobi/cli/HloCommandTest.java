package dev.jacobi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.io.Npy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./jacobi hlo run}, {@code print} and {@code verify}. */
class HloCommandTest {
  private static final String PROGRAM =
      """
      module @double {
        func.func public @main(%arg0: tensor<2xf32>) -> (tensor<2xf32>, tensor<2xi1>) {
          %0 = stablehlo.add %arg0, %arg0 : tensor<2xf32>
          %1 = stablehlo.is_finite %0 : (tensor<2xf32>) -> tensor<2xi1>
          return %0, %1 : tensor<2xf32>, tensor<2xi1>
        }
      }
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int hlo(String command, Object... args) {
    String[] all = new String[args.length + 2];
    all[0] = "hlo";
    all[1] = command;
    for (int i = 0; i < args.length; i++) {
      all[i + 2] = args[i].toString();
    }
    return Main.run(new PrintWriter(out), new PrintWriter(err, true), all);
  }

  private Path program(String text) throws IOException {
    return Files.writeString(folder.resolve("program.mlir"), text);
  }

  private Path input(DType dtype, double... values) throws IOException {
    TensorType type = TensorType.of(dtype, values.length);
    MemorySegment data = Literal.allocate(type);
    for (int i = 0; i < values.length; i++) {
      Literal.set(dtype, data, i, values[i], 0);
    }
    Path file = folder.resolve("input.npy");
    Npy.write(file, Literal.wrap(type, data));
    return file;
  }

  @Test
  void runsAProgramOnFiles() throws IOException {
    Path results = folder.resolve("results");
    Path x = input(DType.F32, 1.5, -3);
    int code = hlo("run", program(PROGRAM), x, "--backend", "interpreter", "--out", results);
    assertThat(code).as(err.toString()).isZero();
    Literal doubled = Npy.read(results.resolve("0.npy"));
    assertThat(doubled.type()).isEqualTo(TensorType.of(DType.F32, 2));
    assertThat(doubled.getDouble(1)).isEqualTo(-6);
    assertThat(Npy.read(results.resolve("1.npy")).dtype()).isEqualTo(DType.BOOL);
    assertThat(out.toString()).contains("0: tensor<2xf32>", "1: tensor<2xi1>");
  }

  @Test
  void inputsMustFit() throws IOException {
    Path file = program(PROGRAM);
    assertThat(hlo("run", file)).isEqualTo(2);
    assertThat(err.toString()).contains("@main takes 1 input, but got 0.");
    assertThat(hlo("run", file, input(DType.F32, 1, 2, 3))).isEqualTo(2);
    assertThat(err.toString()).contains("tensor<3xf32>", "@main takes tensor<2xf32>");
    assertThat(hlo("run", file, folder.resolve("input.npy"), "--backend", "gpu")).isEqualTo(2);
    assertThat(err.toString()).contains("there is no backend 'gpu'");
    assertThat(hlo("run", folder.resolve("nothing.mlir"))).isEqualTo(2);
  }

  /**
   * Files that are none, that lie, that cannot be written: one line with the file and the reason.
   */
  @Test
  void filesThatCannotBeReadOrWritten() throws IOException {
    Path file = program(PROGRAM);
    Path wide = Files.move(input(DType.F64, 1, 2), folder.resolve("wide.npy"));
    Path x = input(DType.F32, 1, 2);
    byte[] whole = Files.readAllBytes(x);
    Path cut = Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, whole.length - 1));
    record Row(int code, String says, Object... args) {}
    List<Row> rows =
        List.of(
            new Row(2, "nothing.npy does not exist.", file, folder.resolve("nothing.npy")),
            new Row(2, folder + " is not a file.", file, folder),
            new Row(2, folder + " is not a file.", folder),
            new Row(1, file + ": this is no file of NumPy arrays", file, file),
            new Row(1, cut + ": the file is truncated", file, cut),
            new Row(1, wide + ": it was to be read as", file, wide),
            new Row(1, file + ": this is no folder", file, x, "--out", file));
    for (Row row : rows) {
      err.getBuffer().setLength(0);
      assertThat(hlo("run", row.args)).as(err.toString()).isEqualTo(row.code);
      assertThat(err.toString().lines().findFirst().orElseThrow()).contains(row.says);
      assertThat(err.toString()).doesNotContain("Exception");
    }
    err.getBuffer().setLength(0);
    assertThat(hlo("print", file, "-o", folder)).isEqualTo(1);
    assertThat(err.toString().strip()).isEqualTo(folder + ": Is a directory");
  }

  @Test
  void sizesMayBeUnknown() throws IOException {
    Path file = program(PROGRAM.replace("<2x", "<?x"));
    assertThat(hlo("run", file, input(DType.F32, 1, 2, 3), "--backend", "interpreter")).isZero();
    assertThat(out.toString()).contains("0: tensor<3xf32>", "1: tensor<3xi1>");
    Path pairs = program(PROGRAM.replace("<2x", "<?x2x"));
    assertThat(hlo("run", pairs, folder.resolve("input.npy"), "--backend", "interpreter"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("@main takes [tensor<?x2xf32>], but got [tensor<3xf32>]");
  }

  @Test
  void bytecodeIsWrittenAndReadLikeText() throws IOException {
    Path bytecode = folder.resolve("program.mlirbc");
    Path old = folder.resolve("old.mlirbc");
    int code = hlo("print", program(PROGRAM), "--bytecode", "-o", bytecode);
    assertThat(code).as(err.toString()).isZero();
    assertThat(Files.readAllBytes(bytecode)).startsWith('M', 'L', 0xEF, 'R');
    assertThat(hlo("print", bytecode)).isZero();
    assertThat(out.toString().strip()).isEqualTo(PROGRAM.strip());
    assertThat(hlo("verify", bytecode)).isZero();
    Path results = folder.resolve("results");
    Path x = input(DType.F32, 1.5, -3);
    assertThat(hlo("run", bytecode, x, "--backend", "interpreter", "--out", results)).isZero();
    assertThat(Npy.read(results.resolve("0.npy")).getDouble(1)).isEqualTo(-6);
    assertThat(hlo("print", bytecode, "--bytecode", "--target", "1.0.0", "-o", old)).isZero();
    assertThat(new String(Files.readAllBytes(old), 5, 16, StandardCharsets.US_ASCII))
        .isEqualTo("StableHLO_v1.0.0");
  }

  @Test
  void badBytecodeAndVersionsAreErrors() throws IOException {
    Path bytecode = folder.resolve("program.mlirbc");
    assertThat(hlo("print", program(PROGRAM), "--bytecode")).isEqualTo(2);
    assertThat(hlo("print", program(PROGRAM), "--target", "1.0.0")).isEqualTo(2);
    assertThat(err.toString()).contains("--bytecode needs -o FILE", "--target needs --bytecode");
    int code = hlo("print", program(PROGRAM), "--bytecode", "-o", bytecode, "--target", "9.0.0");
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("not 9.0.0");
    Files.write(bytecode, new byte[] {'M', 'L', (byte) 0xEF, 'R', 13, 'x'});
    assertThat(hlo("verify", bytecode)).isEqualTo(1);
    assertThat(err.toString()).contains("the bytes end too early (at byte ");
  }

  @Test
  void printsThePrettyForm() throws IOException {
    assertThat(hlo("print", program(PROGRAM))).isZero();
    assertThat(out.toString().strip()).isEqualTo(PROGRAM.strip());
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    assertThat(hlo("verify", program(PROGRAM))).isZero();
    assertThat(out.toString()).contains("is valid");
    assertThat(hlo("verify", program(PROGRAM.replace("@main", "@other")))).isEqualTo(1);
    assertThat(err.toString()).contains("func_main");
    assertThat(hlo("print", program(PROGRAM.replace("return %0", "return %7")))).isEqualTo(1);
    assertThat(err.toString()).contains("program.mlir:5:12: %7 is not defined here");
    assertThat(hlo("verify", program(PROGRAM.replace(".add", ".frob")))).isEqualTo(1);
    assertThat(err.toString()).contains("not supported: stablehlo.frob");
  }
}
