package dev.jacobi.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the files in {@code goldens/}, whose format FORMAT.md there describes. */
public final class GoldenFile {
  private GoldenFile() {}

  /** A line: its tag and its fields. */
  public record Line(String tag, List<String> fields) {
    public String field(int i) {
      return fields.get(i);
    }
  }

  /** A case: its name and its other lines in order. */
  public record Case(String name, List<Line> lines) {
    public List<Line> all(String tag) {
      return lines.stream().filter(line -> line.tag().equals(tag)).toList();
    }

    public boolean has(String tag) {
      return lines.stream().anyMatch(line -> line.tag().equals(tag));
    }

    /** The first field of the only line with this tag. */
    public String text(String tag) {
      return all(tag).getFirst().field(0);
    }

    /** The arrays that lines with this tag hold. */
    public List<GoldenArray> arrays(String tag) {
      return all(tag).stream().map(line -> GoldenArray.of(line.field(0), line.field(1))).toList();
    }
  }

  /** All cases of a file, named by its path below {@code goldens/}. */
  public static List<Case> read(String path) {
    var cases = new ArrayList<Case>();
    for (Line line : lines(path)) {
      if (line.tag().equals("case")) {
        cases.add(new Case(line.field(0), new ArrayList<>()));
      } else if (!cases.isEmpty()) {
        cases.getLast().lines().add(line);
      }
    }
    return cases;
  }

  /** All lines of a file without its head. */
  public static List<Line> lines(String path) {
    try (var text = Files.lines(folder().resolve(path))) {
      return text.filter(row -> !row.isEmpty() && !row.startsWith("#"))
          .map(GoldenFile::line)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Line line(String row) {
    var fields = Arrays.asList(row.split("\t", -1));
    return new Line(fields.getFirst(), fields.subList(1, fields.size()));
  }

  /** Tests run in the module's folder or in the checkout's. */
  public static Path folder() {
    Path beside = Path.of("..", "goldens");
    return Files.exists(beside.resolve("FORMAT.md")) ? beside : Path.of("goldens");
  }
}
