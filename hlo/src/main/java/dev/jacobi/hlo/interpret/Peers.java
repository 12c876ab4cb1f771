package dev.jacobi.hlo.interpret;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.Instr;
import java.util.List;
import java.util.function.Function;

/** Performs an operation together with the other devices that run the program. */
@FunctionalInterface
interface Peers {
  /** For programs on one device, where these operations have been written out. */
  Peers NONE =
      (op, at, operands, body) -> {
        throw new AssertionError(op.mnemonic() + " should be written out in others");
      };

  /**
   * The operation's results on this device.
   *
   * @param combiner makes a function of an operation's body
   */
  List<Tensor> perform(
      CollectiveOp op, Instr at, List<Tensor> operands, Function<Block, Combiner> combiner);
}
