package dev.jacobi.hlo.spi;

import dev.jacobi.hlo.TensorType;
import java.util.List;
import java.util.Optional;

/** A compiled program. Any number of threads may execute it at once. */
public interface Executable extends AutoCloseable {
  List<TensorType> inputs();

  List<TensorType> outputs();

  /**
   * Runs the program. Arguments whose parameter carries {@code tf.aliasing_output} or {@code
   * jax.buffer_donor} are consumed: closed whether or not the call succeeds. Arguments stay alive
   * until the call has ended, even if another thread closes them.
   *
   * @param arguments one buffer per input, of its type
   * @return one new buffer per output
   */
  Buffer[] execute(Buffer[] arguments);

  /**
   * The copies of whole arrays that the program makes where it could have worked in place; empty if
   * the engine does not tell.
   */
  default Optional<List<ArrayCopy>> copies() {
    return Optional.empty();
  }

  /** Frees the program's code and scratch memory once no call runs any more. */
  @Override
  void close();
}
