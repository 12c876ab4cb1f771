package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Op;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The text of one operation, both ways.
 *
 * @param pretty reads the pretty form into an {@link OpText}; the generic form needs no help
 * @param builder makes the record from either form
 * @param printer writes what follows the mnemonic in the form that StableHLO's printer uses
 */
record Form<T extends Op>(
    String mnemonic, Pretty pretty, Function<OpText, Op> builder, BiConsumer<T, Writer> printer) {

  /** Reads a pretty form after its mnemonic, types included. */
  interface Pretty {
    void read(OpReader in, OpText op);
  }

  /** An operation with the usual pretty form. */
  static <T extends Op> Form<T> of(
      String mnemonic, Function<OpText, Op> builder, BiConsumer<T, Writer> printer) {
    return new Form<>(mnemonic, OpReader::plain, builder, printer);
  }

  Op build(OpText text) {
    return builder.apply(text);
  }

  void write(T op, Writer out) {
    printer.accept(op, out);
  }
}
