package dev.jacobi.hlo.grid;

import dev.jacobi.hlo.spi.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where one device of a running program stands. All of them together tell whether one waits for
 * what cannot happen: its group is not complete, and a member has ended, or waits elsewhere for
 * what cannot happen either.
 */
public sealed interface Standing {
  /** It computes. */
  record Runs() implements Standing {}

  /**
   * It waits in a collective.
   *
   * @param site the collective; equal for devices that are in the same one
   * @param what the collective and the user's line, for messages
   * @param group the devices that must come there, in any order
   */
  record Waits(Object site, String what, List<Integer> group) implements Standing {
    boolean isMet(Standing other) {
      return other instanceof Waits w && w.site.equals(site);
    }
  }

  /** It has come to the end of the program. */
  record Ended() implements Standing {}

  /** It has ended with an exception. */
  record Failed() implements Standing {}

  Standing RUNS = new Runs();
  Standing ENDED = new Ended();
  Standing FAILED = new Failed();

  /** For each device whether it can come to the program's end, or has, as far as that is known. */
  static boolean[] live(List<Standing> all) {
    boolean[] live = new boolean[all.size()];
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int d = 0; d < live.length; d++) {
        boolean now =
            switch (all.get(d)) {
              case Runs _ -> true;
              case Waits w -> w.group.stream().allMatch(m -> w.isMet(all.get(m)) || live[m]);
              case Ended _, Failed _ -> false;
            };
        changed |= now && !live[d];
        live[d] |= now;
      }
    }
    return live;
  }

  /** Devices that wait for ever. */
  static List<Integer> stuck(List<Standing> all) {
    boolean[] live = live(all);
    List<Integer> stuck = new ArrayList<>();
    for (int d = 0; d < live.length; d++) {
      if (!live[d] && all.get(d) instanceof Waits) {
        stuck.add(d);
      }
    }
    return stuck;
  }

  /** The error of a program in which a device waits for ever though none has failed. */
  static Optional<CollectiveException> error(List<Device> devices, List<Standing> all) {
    if (all.contains(FAILED) || stuck(all).isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    for (int d = 0; d < all.size(); d++) {
      lines.add(devices.get(d) + " " + text(devices, all, d));
    }
    return Optional.of(
        new CollectiveException(
            "devices run different collectives and would wait for ever: "
                + String.join("; ", lines)
                + ". All devices of a group must run the same collectives equally often and in one"
                + " order: what decides a branch or ends a loop with a collective in it must be"
                + " the same on all of them."));
  }

  private static String text(List<Device> devices, List<Standing> all, int d) {
    return switch (all.get(d)) {
      case Runs _ -> "runs";
      case Ended _ -> "has ended";
      case Failed _ -> "has failed";
      case Waits w ->
          w.group.stream()
              .filter(m -> !w.isMet(all.get(m)))
              .map(m -> devices.get(m).toString())
              .collect(Collectors.joining(", ", "waits in " + w.what + " for ", ""));
    };
  }

  /** As many devices that have all begun. */
  static List<Standing> start(int n) {
    Standing[] all = new Standing[n];
    Arrays.fill(all, RUNS);
    return Arrays.asList(all);
  }
}
