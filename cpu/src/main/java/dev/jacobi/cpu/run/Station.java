package dev.jacobi.cpu.run;

/**
 * Where one of several devices runs its part of a call.
 *
 * @param pool the threads of the device
 * @param record address of what the device's code knows of the others, see {@code Meetings}
 * @param stop address of the word that ends the call on all devices
 */
public record Station(ThreadPool pool, long record, long stop) {
  /** Offset in the record of a word that is set if others failed for whom the device waited. */
  public static final int ABANDONED = 32;
}
