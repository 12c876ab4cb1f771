package dev.jacobi.hlo.spi;

/** An array is not on the device where it must be, or a backend has no such device. */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeviceException(String message) {
    super(message);
  }

  /** Two arguments of a call that were put on different devices. */
  public static DeviceException apart(int i, Buffer a, int k, Buffer b) {
    return new DeviceException(
        ("incompatible devices for a computation: argument %d, a %s, is on %s, and argument %d, a"
                + " %s, on %s. devicePut(x, device) copies one to the other's device.")
            .formatted(i, a.type(), a.device(), k, b.type(), b.device()));
  }
}
