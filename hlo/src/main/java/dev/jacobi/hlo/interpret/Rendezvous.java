package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.grid.CollectiveException;
import dev.jacobi.hlo.grid.Standing;
import dev.jacobi.hlo.spi.CallInterruptedException;
import dev.jacobi.hlo.spi.Device;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the devices of one run meet. Each stands in its place until all of its group have come, and
 * then every member has what all of them brought.
 */
final class Rendezvous<T> {
  /** A device's run ended because others, that it waited for, had failed. */
  static final class AbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final List<Device> devices;
  private final List<Standing> standing;
  private final List<T> brought = new ArrayList<>();
  private final List<List<T>> received = new ArrayList<>();

  Rendezvous(List<Device> devices) {
    this.devices = devices;
    this.standing = Standing.start(devices.size());
    for (int d = 0; d < devices.size(); d++) {
      brought.add(null);
      received.add(null);
    }
  }

  /**
   * Waits for the device's group.
   *
   * @param me the device's place in the program
   * @return what the members brought, in the order of the group
   * @throws CollectiveException if one of them will never come
   */
  synchronized List<T> meet(int me, Standing.Waits place, T mine) {
    standing.set(me, place);
    brought.set(me, mine);
    received.set(me, null);
    if (place.group().stream().allMatch(m -> standing.get(m).equals(place))) {
      List<T> all = place.group().stream().map(brought::get).toList();
      for (int m : place.group()) {
        received.set(m, all);
        standing.set(m, Standing.RUNS);
      }
    }
    notifyAll();
    while (received.get(me) == null) {
      requireHope(me);
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CallInterruptedException();
      }
    }
    return received.get(me);
  }

  /** Whoever finds out that devices wait for ever fails; the others then wait for one that did. */
  private void requireHope(int me) {
    Standing.error(devices, standing)
        .ifPresent(
            e -> {
              throw e;
            });
    if (Standing.stuck(standing).contains(me)) {
      throw new AbandonedException();
    }
  }

  /** The device has ended. */
  synchronized void end(int me, boolean failed) {
    standing.set(me, failed ? Standing.FAILED : Standing.ENDED);
    notifyAll();
  }
}
