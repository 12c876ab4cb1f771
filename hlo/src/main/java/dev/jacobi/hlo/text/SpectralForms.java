package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.SpectralOp;
import java.util.List;

/** Fourier transforms. */
final class SpectralForms {
  private SpectralForms() {}

  /** {@code stablehlo.fft %0, type = RFFT, length = [8] : (t) -> t}. */
  static final Form<SpectralOp.Fft> FFT =
      Form.of(
          "stablehlo.fft",
          SpectralForms::fft,
          (op, out) ->
              out.text(" ")
                  .operands()
                  .text(", type = " + op.fftType() + ", length = ")
                  .list(op.length())
                  .signature());

  private static Op fft(OpText in) {
    List<String> words = in.words("type", "fft_type");
    return new SpectralOp.Fft(
        in.operand(0),
        in.constant(SpectralOp.FftType.class, words.isEmpty() ? "" : words.getLast()),
        in.longs("length", "fft_length"));
  }

  static final List<Form<?>> ALL = List.of(FFT);
}
