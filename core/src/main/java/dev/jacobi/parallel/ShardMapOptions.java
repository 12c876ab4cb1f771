package dev.jacobi.parallel;

/**
 * What {@code shardMap} may be told besides its specs.
 *
 * @param checkVma whether types say along which axes of the mesh values differ: then a result that
 *     its spec calls shared must be, and gradients inside the function are of all devices' work
 */
public record ShardMapOptions(boolean checkVma) {
  public static final ShardMapOptions DEFAULT = new ShardMapOptions(true);

  public ShardMapOptions withCheckVma(boolean isChecked) {
    return new ShardMapOptions(isChecked);
  }
}
