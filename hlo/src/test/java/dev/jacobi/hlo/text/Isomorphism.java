package dev.jacobi.hlo.text;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether two programs are equal up to the identity of their values. Compares records component by
 * component, without the printer or the parser, so that it notices what both forget.
 */
final class Isomorphism {
  private final Map<Value, Value> pairs = new IdentityHashMap<>();

  private Isomorphism() {}

  /** Where two programs differ first, if they do. */
  static Optional<String> difference(HloModule a, HloModule b) {
    if (!a.name().equals(b.name()) || !a.attrs().equals(b.attrs())) {
      return Optional.of("module " + a.name() + a.attrs() + " / " + b.name() + b.attrs());
    }
    if (!List.copyOf(a.funcs().keySet()).equals(List.copyOf(b.funcs().keySet()))) {
      return Optional.of("functions " + a.funcs().keySet() + " / " + b.funcs().keySet());
    }
    for (String name : a.funcs().keySet()) {
      HloFunc f = a.func(name);
      HloFunc g = b.func(name);
      if (f.isPublic() != g.isPublic()
          || !f.argAttrs().equals(g.argAttrs())
          || !f.resultAttrs().equals(g.resultAttrs())
          || !f.attrs().equals(g.attrs())) {
        return Optional.of("attributes of @" + name);
      }
      Optional<String> found = new Isomorphism().compare("@" + name, f.body(), g.body());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> compare(String path, Object a, Object b) {
    return switch (a) {
      case Value v -> pair(path, v, b);
      case Block x when b instanceof Block y -> block(path, x, y);
      case List<?> x when b instanceof List<?> y -> list(path, x, y);
      case Op x when b instanceof Op y -> op(path + " " + x.mnemonic(), x, y);
      default -> a.equals(b) ? Optional.empty() : Optional.of(path + ": " + a + " / " + b);
    };
  }

  private Optional<String> pair(String path, Value a, Object b) {
    return pairs.get(a) == b ? Optional.empty() : Optional.of(path + ": other value");
  }

  private Optional<String> list(String path, List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return Optional.of(path + ": " + a.size() + " / " + b.size() + " entries");
    }
    for (int i = 0; i < a.size(); i++) {
      Optional<String> found = compare(path + "[" + i + "]", a.get(i), b.get(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> op(String path, Op a, Op b) {
    if (a.getClass() != b.getClass()) {
      return Optional.of(path + " / " + b.mnemonic());
    }
    try {
      for (RecordComponent c : a.getClass().getRecordComponents()) {
        Optional<String> found =
            compare(path + "." + c.getName(), c.getAccessor().invoke(a), c.getAccessor().invoke(b));
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** What a text says of where an operation is from; its place in the text is not that. */
  private static Loc named(Loc loc) {
    return loc.column() > 0 ? Loc.UNKNOWN : loc;
  }

  private Optional<String> block(String path, Block a, Block b) {
    if (!bind(a.params(), b.params()) || a.instrs().size() != b.instrs().size()) {
      return Optional.of(path + ": parameters or number of instructions");
    }
    for (int i = 0; i < a.instrs().size(); i++) {
      Instr x = a.instrs().get(i);
      Instr y = b.instrs().get(i);
      Optional<String> found = compare(path + "/" + i, x.op(), y.op());
      if (found.isPresent()) {
        return found;
      }
      if (!bind(x.results(), y.results())) {
        return Optional.of(path + "/" + i + " " + x.op().mnemonic() + ": results");
      }
      if (!named(x.loc()).equals(named(y.loc()))) {
        return Optional.of(path + "/" + i + ": " + x.loc() + " / " + y.loc());
      }
    }
    return list(path + " results", new ArrayList<>(a.results()), new ArrayList<>(b.results()));
  }

  private boolean bind(List<Value> a, List<Value> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).type().equals(b.get(i).type())) {
        return false;
      }
      pairs.put(a.get(i), b.get(i));
    }
    return true;
  }
}
