package dev.jacobi.hlo;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A function of a module.
 *
 * @param argAttrs per parameter, attributes by name with their MLIR text, such as {@code
 *     tf.aliasing_output -> "0 : i32"}; empty maps where there are none
 * @param resultAttrs the same per result
 * @param attrs the function's own
 */
public record HloFunc(
    String name,
    boolean isPublic,
    Block body,
    List<Map<String, String>> argAttrs,
    List<Map<String, String>> resultAttrs,
    Map<String, String> attrs) {
  /** Whether a call consumes argument {@code i}: its memory may become a result's. */
  public boolean donates(int i) {
    Map<String, String> attributes = argAttrs.get(i);
    return attributes.containsKey("tf.aliasing_output")
        || attributes.containsKey("jax.buffer_donor");
  }

  public HloFunc {
    attrs = Map.copyOf(attrs);
    argAttrs = List.copyOf(argAttrs);
    resultAttrs = List.copyOf(resultAttrs);
    if (argAttrs.size() != body.params().size() || resultAttrs.size() != body.results().size()) {
      throw new HloTypeException("@" + name + ": one attribute map per parameter and result");
    }
  }

  public HloFunc(
      String name,
      boolean isPublic,
      Block body,
      List<Map<String, String>> argAttrs,
      List<Map<String, String>> resultAttrs) {
    this(name, isPublic, body, argAttrs, resultAttrs, Map.of());
  }

  public HloFunc(String name, boolean isPublic, Block body) {
    this(
        name,
        isPublic,
        body,
        Collections.nCopies(body.params().size(), Map.of()),
        Collections.nCopies(body.results().size(), Map.of()));
  }

  public List<TensorType> inputs() {
    return body.paramTypes();
  }

  public List<TensorType> outputs() {
    return body.resultTypes();
  }
}
