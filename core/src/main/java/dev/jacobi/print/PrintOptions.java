package dev.jacobi.print;

/**
 * How arrays are printed; the defaults are NumPy's.
 *
 * @param precision the most digits after the decimal point
 * @param threshold arrays with more elements are summarised
 * @param edgeItems how many elements a summary shows at either end of each axis
 * @param lineWidth the most characters of a line
 * @param suppress whether small numbers are printed in fixed point, if need be as 0
 */
public record PrintOptions(
    int precision, long threshold, int edgeItems, int lineWidth, boolean suppress) {
  public static final PrintOptions DEFAULT = new PrintOptions(8, 1000, 3, 75, false);

  public PrintOptions {
    if (precision < 0 || threshold < 0 || edgeItems < 0 || lineWidth < 0) {
      throw new IllegalArgumentException("print options must not be negative");
    }
  }

  public PrintOptions withPrecision(int digits) {
    return new PrintOptions(digits, threshold, edgeItems, lineWidth, suppress);
  }

  public PrintOptions withThreshold(long elements) {
    return new PrintOptions(precision, elements, edgeItems, lineWidth, suppress);
  }

  public PrintOptions withEdgeItems(int items) {
    return new PrintOptions(precision, threshold, items, lineWidth, suppress);
  }

  public PrintOptions withLineWidth(int characters) {
    return new PrintOptions(precision, threshold, edgeItems, characters, suppress);
  }

  public PrintOptions withSuppress(boolean small) {
    return new PrintOptions(precision, threshold, edgeItems, lineWidth, small);
  }
}
