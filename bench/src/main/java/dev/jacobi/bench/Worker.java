package dev.jacobi.bench;

import dev.jacobi.bench.work.Workload;
import dev.jacobi.bench.work.Workloads;
import java.util.LinkedHashMap;
import java.util.Map;

/** The process that measures Jacobi: prints what the peers' scripts print. */
public final class Worker {
  static final String VERSION = "0.1.0";

  private Worker() {}

  /** Measures the rows that {@code names} names exactly. */
  public static void main(String[] names) {
    Map<String, Workload> all = Workloads.all();
    for (String name : names) {
      Workload workload = all.get(name);
      if (workload == null) {
        throw new IllegalArgumentException("no row of the benchmark is named " + name);
      }
      var figure = workload.measure();
      var fields = new LinkedHashMap<String, Object>();
      fields.put("peer", "jacobi");
      fields.put("version", VERSION);
      fields.put("name", name);
      fields.put("us", figure.micros());
      if (!Double.isNaN(figure.firstMicros())) {
        fields.put("first_us", figure.firstMicros());
      }
      System.out.println(Report.line(fields));
    }
  }
}
