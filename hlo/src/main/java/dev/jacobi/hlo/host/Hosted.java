package dev.jacobi.hlo.host;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Java object with a number by which programs of this process name it. The number is known as
 * long as this object is reachable: whoever compiles a program keeps it. Equality is that of the
 * objects.
 */
public final class Hosted {
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final ConcurrentHashMap<Long, Known> KNOWN = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Hosted> GONE = new ReferenceQueue<>();

  private final long number = NUMBERS.incrementAndGet();
  private final Object target;

  private static final class Known extends WeakReference<Hosted> {
    private final long number;

    Known(Hosted hosted) {
      super(hosted, GONE);
      this.number = hosted.number;
    }
  }

  private Hosted(Object target) {
    this.target = target;
  }

  /** Gives an object a number. */
  public static Hosted of(Object target) {
    Hosted hosted = new Hosted(target);
    while (GONE.poll() instanceof Known gone) {
      KNOWN.remove(gone.number);
    }
    KNOWN.put(hosted.number, new Known(hosted));
    return hosted;
  }

  /** The object of that number, if it is known and of that type. */
  public static Optional<Hosted> find(long number, Class<?> type) {
    return Optional.ofNullable(KNOWN.get(number))
        .map(Known::get)
        .filter(hosted -> type.isInstance(hosted.target));
  }

  /** The objects that a program names, which must be kept as long as the program may run. */
  public static List<Hosted> namedBy(HloModule module) {
    List<Hosted> all = new ArrayList<>();
    module.funcs().values().forEach(f -> collect(f.body(), all));
    return all;
  }

  private static void collect(Block block, List<Hosted> all) {
    for (Instr i : block.instrs()) {
      if (i.op() instanceof ControlOp.CustomCall c && HostCall.is(c)) {
        all.add(HostCall.of(c, i.loc()).function());
      } else if (i.op() instanceof ControlOp.Composite c && HostCheck.is(c)) {
        HostCheck.of(c.operands(), c.attrs(), i.loc()).handler().ifPresent(all::add);
      }
      i.op().regions().forEach(region -> collect(region, all));
    }
  }

  public long number() {
    return number;
  }

  public Object target() {
    return target;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Hosted h && target.equals(h.target);
  }

  @Override
  public int hashCode() {
    return target.hashCode();
  }

  @Override
  public String toString() {
    return target.toString();
  }
}
