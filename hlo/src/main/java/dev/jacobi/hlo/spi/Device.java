package dev.jacobi.hlo.spi;

/** One device of a backend; prints as JAX does: {@code CpuDevice(id=0)}. */
public record Device(String platform, int id) {
  @Override
  public String toString() {
    String name =
        platform.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + platform.substring(1);
    return name + "Device(id=" + id + ")";
  }
}
