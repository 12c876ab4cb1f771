package dev.jacobi.parallel;

import dev.jacobi.hlo.spi.Device;
import dev.jacobi.transform.InAxes;
import dev.jacobi.transform.OutAxes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code pmap} may be told besides its function.
 *
 * @param axisName the name of the axis of devices for collectives
 * @param in where the devices' parts lie in each argument; {@code NONE} gives all devices the same
 * @param out where they go in the result
 * @param devices the devices, one per part; empty for the first ones of the backend
 * @param donated arguments whose memory the function may take over
 */
public record PmapOptions(
    String axisName, InAxes in, OutAxes out, List<Device> devices, Set<Integer> donated) {
  public static final PmapOptions DEFAULT =
      new PmapOptions("devices", InAxes.LEADING, OutAxes.LEADING, List.of(), Set.of());

  public PmapOptions {
    devices = List.copyOf(devices);
    donated = Set.copyOf(donated);
  }

  public PmapOptions withAxisName(String name) {
    return new PmapOptions(name, in, out, devices, donated);
  }

  public PmapOptions withInAxes(InAxes axes) {
    return new PmapOptions(axisName, axes, out, devices, donated);
  }

  public PmapOptions withOutAxes(OutAxes axes) {
    return new PmapOptions(axisName, in, axes, devices, donated);
  }

  public PmapOptions withDevices(List<Device> chosen) {
    return new PmapOptions(axisName, in, out, chosen, donated);
  }

  /** With another argument donated. */
  public PmapOptions withDonated(int argument) {
    Set<Integer> more = new HashSet<>(donated);
    more.add(argument);
    return new PmapOptions(axisName, in, out, devices, more);
  }
}
