package dev.jacobi.hlo.spi;

/**
 * One device of a backend; prints as JAX does: {@code CpuDevice(id=0)}.
 *
 * @param platform the kind of device, such as {@code cpu} or {@code cuda}
 * @param id its number among the backend's
 * @param backend the backend's name: two backends may both have the host's processor as a device
 */
public record Device(String platform, int id, String backend) {
  /** A device of the backend that is called like its platform. */
  public Device(String platform, int id) {
    this(platform, id, platform);
  }

  @Override
  public String toString() {
    String name =
        platform.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + platform.substring(1);
    return name + "Device(id=" + id + ")";
  }
}
