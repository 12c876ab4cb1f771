package dev.jacobi.cli.doctor;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./jacobi doctor}: reports what Jacobi stands on; exit code 1 if something is wrong. */
@Command(
    name = "doctor",
    description =
        "Reports JDK, CPU, LLVM, BLAS, devices and cache folder, and what is wrong with each.")
public final class DoctorCommand implements Callable<Integer> {
  private static final List<Probe> PROBES =
      List.of(
          new JdkProbe(),
          new CpuProbe(),
          new LlvmProbe(),
          new BlasProbe(),
          new DevicesProbe(),
          new SettingsProbe(),
          new CacheProbe());

  @Spec private CommandSpec spec;

  private DoctorCommand() {}

  @Override
  public Integer call() {
    return report(PROBES, spec.commandLine().getOut());
  }

  static int report(List<Probe> probes, PrintWriter out) {
    int bad = 0;
    for (var probe : probes) {
      var finding = finding(probe);
      switch (finding) {
        case Finding.Good(var fact) -> print(out, "ok", probe, fact, "");
        case Finding.Poor(var fact, var advice) -> print(out, "note", probe, fact, advice);
        case Finding.Bad(var fact, var advice) -> {
          print(out, "WRONG", probe, fact, advice);
          bad++;
        }
      }
    }
    out.println(
        bad == 0 ? "All is well." : bad == 1 ? "One thing is wrong." : bad + " things are wrong.");
    return bad == 0 ? 0 : 1;
  }

  private static Finding finding(Probe probe) {
    try {
      return probe.look();
    } catch (Exception | LinkageError e) {
      // Whatever a probe meets is what its user would meet.
      return new Finding.Bad("failed", e.toString());
    }
  }

  private static void print(
      PrintWriter out, String status, Probe probe, String fact, String advice) {
    out.printf("%-6s %-9s %s%n", status, probe.name(), fact.replace("\n", "\n" + " ".repeat(17)));
    if (!advice.isEmpty()) {
      out.println(" ".repeat(17) + "-> " + advice);
    }
  }
}
