package dev.jacobi.hlo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A program: functions by name in order, of which {@code main} is the entry.
 *
 * @param attrs the module's attributes by name with their MLIR text
 */
public record HloModule(String name, Map<String, HloFunc> funcs, Map<String, String> attrs) {
  public HloModule {
    funcs = Collections.unmodifiableMap(new LinkedHashMap<>(funcs));
    attrs = Collections.unmodifiableMap(new LinkedHashMap<>(attrs));
  }

  /** The entry function. */
  public HloFunc main() {
    return func("main");
  }

  public HloFunc func(String callee) {
    HloFunc f = funcs.get(callee);
    if (f == null) {
      String module = name.isEmpty() ? "the module" : "module " + name;
      throw new HloTypeException(module + " has no function @" + callee);
    }
    return f;
  }
}
