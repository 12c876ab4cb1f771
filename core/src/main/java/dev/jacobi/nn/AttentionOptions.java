package dev.jacobi.nn;

import dev.jacobi.Array;
import dev.jacobi.lax.LaxTypeException;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link Nn#dotProductAttention(Array, Array, Array, AttentionOptions)}.
 *
 * @param bias what is added to the logits; broadcasts to (batch, heads, t, s)
 * @param mask booleans that say which keys count; broadcasts like the bias
 * @param scale factor of the logits; null for one over the root of the width
 * @param causal whether query t sees only keys up to t
 * @param queryLengths (batch), how many queries count; the others give zeros
 * @param keyLengths (batch), how many keys and values count
 * @param window how many keys before and after a query's own place it sees; null for all
 */
public record AttentionOptions(
    @Nullable Array bias,
    @Nullable Array mask,
    @Nullable Double scale,
    boolean causal,
    @Nullable Array queryLengths,
    @Nullable Array keyLengths,
    @Nullable Window window) {
  public static final AttentionOptions DEFAULT =
      new AttentionOptions(null, null, null, false, null, null, null);

  /** How many keys count on both sides. */
  public record Window(long before, long after) {
    public Window {
      if (before < 0 || after < 0) {
        throw new LaxTypeException(
            "dotProductAttention", "a window of " + before + " before, " + after + " after");
      }
    }
  }

  public AttentionOptions withBias(Array added) {
    return new AttentionOptions(added, mask, scale, causal, queryLengths, keyLengths, window);
  }

  public AttentionOptions withMask(Array counts) {
    if (!counts.dtype().isBool()) {
      throw new LaxTypeException(
          "dotProductAttention", "a mask is of booleans, not " + counts.aval());
    }
    return new AttentionOptions(bias, counts, scale, causal, queryLengths, keyLengths, window);
  }

  public AttentionOptions withScale(double factor) {
    return new AttentionOptions(bias, mask, factor, causal, queryLengths, keyLengths, window);
  }

  public AttentionOptions withCausal() {
    return new AttentionOptions(bias, mask, scale, true, queryLengths, keyLengths, window);
  }

  public AttentionOptions withQueryLengths(Array lengths) {
    return new AttentionOptions(bias, mask, scale, causal, lengths, keyLengths, window);
  }

  public AttentionOptions withKeyLengths(Array lengths) {
    return new AttentionOptions(bias, mask, scale, causal, queryLengths, lengths, window);
  }

  public AttentionOptions withWindow(long before, long after) {
    return new AttentionOptions(
        bias, mask, scale, causal, queryLengths, keyLengths, new Window(before, after));
  }
}
