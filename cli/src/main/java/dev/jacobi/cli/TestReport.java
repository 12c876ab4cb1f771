package dev.jacobi.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Counts what Surefire reported for all modules, and names every test that failed or was skipped. A
 * test process that died leaves no report, so it is counted as a failure out of Maven's log.
 */
public final class TestReport {
  private int passed;
  private final List<String> failures = new ArrayList<>();
  private final List<String> skips = new ArrayList<>();

  TestReport() {}

  /** Called by the launcher with Maven's log and the folders of reports. */
  public static void main(String[] args) throws IOException {
    var report = new TestReport();
    report.readLog(Path.of(args[0]));
    for (int i = 1; i < args.length; i++) {
      report.readFolder(Path.of(args[i]));
    }
    System.exit(report.print(System.out));
  }

  void readLog(Path log) throws IOException {
    try (var lines = Files.lines(log)) {
      lines
          .filter(line -> line.startsWith("[ERROR]"))
          .filter(
              line -> line.contains("forked VM terminated") || line.contains("error in the fork"))
          .limit(1)
          .forEach(line -> failures.add("a test process died: " + line + " (see " + log + ")"));
    }
  }

  void readFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder, "TEST-*.xml")) {
      for (var file : files) {
        read(file);
      }
    }
  }

  private void read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var factory = XMLInputFactory.newFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      var xml = factory.createXMLStreamReader(in);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals("testcase")) {
          readCase(xml);
        }
      }
    } catch (XMLStreamException e) {
      failures.add(file + " cannot be read: " + e.getMessage());
    }
  }

  private void readCase(XMLStreamReader xml) throws XMLStreamException {
    var name = attribute(xml, "classname") + "." + attribute(xml, "name");
    boolean good = true;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("testcase")) {
        break;
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "failure", "error" -> {
            failures.add(name + ": " + reason(xml));
            good = false;
          }
          case "skipped" -> {
            skips.add(name + ": " + reason(xml));
            good = false;
          }
          default -> {} // Output and properties.
        }
      }
    }
    passed += good ? 1 : 0;
  }

  /**
   * The first line of the message, which Surefire puts into an attribute or, for aborted tests,
   * into the text.
   */
  private static String reason(XMLStreamReader xml) throws XMLStreamException {
    var message = attribute(xml, "message");
    var text = xml.getElementText();
    return (message + "\n" + text)
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("no reason given");
  }

  private static String attribute(XMLStreamReader xml, String name) {
    var value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  /** Prints the report, whose last line has the counts, and returns the exit code. */
  int print(PrintStream out) {
    skips.stream().sorted().forEach(line -> out.println("SKIPPED " + line));
    failures.stream().sorted().forEach(line -> out.println("FAILED " + line));
    if (passed + failures.size() == 0) {
      failures.add("no test ran");
      out.println("FAILED no test ran");
    }
    out.printf("%d passed, %d failed, %d skipped%n", passed, failures.size(), skips.size());
    return failures.isEmpty() ? 0 : 1;
  }
}
