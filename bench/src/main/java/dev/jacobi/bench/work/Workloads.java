package dev.jacobi.bench.work;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** All rows by name, in the order in which they are shown. */
public final class Workloads {
  private Workloads() {}

  /** Every workload; preparing one is left to its measurement. */
  public static SequencedMap<String, Workload> all() {
    var all = new LinkedHashMap<String, Workload>();
    List<Map<String, Workload>> families =
        List.of(
            CallRows.all(),
            MemoryRows.all(),
            MathRows.all(),
            IndexRows.all(),
            RandomRows.all(),
            MatmulRows.all(),
            ConvRows.all(),
            LinalgRows.all(),
            ModelRows.all(),
            LoopRows.all(),
            ParallelRows.all(),
            ProgramRows.all());
    families.forEach(all::putAll);
    return all;
  }

  /** The names that contain one of the words; all of them without words. */
  public static List<String> matching(List<String> words) {
    return all().sequencedKeySet().stream()
        .filter(name -> words.isEmpty() || words.stream().anyMatch(name::contains))
        .toList();
  }
}
