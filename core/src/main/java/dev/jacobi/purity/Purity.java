package dev.jacobi.purity;

import dev.jacobi.hlo.config.Config;
import dev.jacobi.purity.Frame.Origin;
import dev.jacobi.purity.Frame.Value;
import dev.jacobi.purity.MethodScan.Call;
import java.io.Serializable;
import java.lang.System.Logger.Level;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Checks functions before they are transformed. {@code JACOBI_PURITY} chooses what a finding does:
 * {@code warn} (default) logs it once per function, {@code strict} throws, {@code off} skips the
 * check.
 */
public final class Purity {
  private static final List<String> MODES = List.of("off", "warn", "strict");

  /** A limit on the methods that one check follows: it is a help, not a proof. */
  private static final int MAX_METHODS = 2000;

  /** Per class of function objects, that is, per lambda expression. */
  private static final ClassValue<Site> SITES =
      new ClassValue<>() {
        @Override
        protected Site computeValue(Class<?> type) {
          return new Site();
        }
      };

  /** Per class with code: reports of its methods, so that two lambdas of one method warn once. */
  private static final ClassValue<Map<String, Checked>> CHECKED =
      new ClassValue<>() {
        @Override
        protected Map<String, Checked> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  /** What is remembered of a lambda expression. */
  private static final class Site {
    private volatile Checked checked;
  }

  private record Checked(PurityReport report, AtomicBoolean warned) {
    Checked(PurityReport report) {
      this(report, new AtomicBoolean());
    }
  }

  private Purity() {}

  /**
   * Checks a function that is given to a transformation; cheap after the first time.
   *
   * @param function the user's function
   * @param transform the transformation, for the message
   * @throws ImpureFunctionException in strict mode, if the function is impure
   */
  public static void check(Serializable function, String transform) {
    Site site = SITES.get(function.getClass());
    Checked known = site.checked;
    if (known != null
        && (known.report.isPure() || !known.report.isImpure() && known.warned.get())) {
      return;
    }
    String mode = Config.getWord("purity", MODES, "warn");
    if (mode.equals("off")) {
      return;
    }
    if (known == null) {
      known = checked(function);
      site.checked = known;
    }
    if (mode.equals("strict") && known.report.isImpure()) {
      throw new ImpureFunctionException(transform, known.report);
    }
    if (!known.report.isPure() && known.warned.compareAndSet(false, true)) {
      System.getLogger("dev.jacobi.purity").log(Level.WARNING, known.report.text(transform));
    }
  }

  /** What the check finds, whatever the mode; analyses anew. */
  public static PurityReport report(Serializable function) {
    Optional<Body> body = Body.of(function);
    return body.map(b -> new Purity.Walk(b).run(function))
        .orElseGet(() -> unreadable(function.getClass().getTypeName()));
  }

  private static PurityReport unreadable(String title) {
    Finding finding = new Finding(Impurity.UNREADABLE, title, title, "apply", "Unknown Source", 0);
    return new PurityReport(title, List.of(finding));
  }

  private static Checked checked(Serializable function) {
    Optional<Body> body = Body.of(function);
    if (body.isEmpty()) {
      return new Checked(unreadable(function.getClass().getTypeName()));
    }
    String key = body.get().methods().toString();
    return CHECKED
        .get(body.get().home())
        .computeIfAbsent(key, k -> new Checked(new Walk(body.get()).run(function)));
  }

  /** One check: the methods still to look at, and what was found so far. */
  private static final class Walk {
    private final Body body;
    private final ClassFiles classes;
    private final Hierarchy hierarchy;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Set<Task> seen = new HashSet<>();
    private final Deque<Task> todo = new ArrayDeque<>();

    /** A method and what is known of its arguments. */
    private record Task(String owner, String name, String descriptor, List<Value> arguments) {}

    Walk(Body body) {
      this.body = body;
      this.classes = new ClassFiles(body.home());
      this.hierarchy = new Hierarchy(classes);
    }

    PurityReport run(Serializable function) {
      if (classes.isUsers(body.home())) {
        String home = body.home().getName().replace('.', '/');
        if (classes.find(home).isEmpty()) {
          return unreadable(body.title());
        }
        for (Body.Entry entry : body.methods()) {
          enter(home, entry);
        }
        while (!todo.isEmpty() && seen.size() < MAX_METHODS) {
          method(todo.removeFirst());
        }
      }
      // Functions that a lambda captures run when it does.
      for (Object captured : body.captured()) {
        if (captured instanceof Serializable f && f != function && f.getClass().isHidden()) {
          Body.of(f).ifPresent(b -> findings.addAll(new Walk(b).run(f).findings()));
        }
      }
      return new PurityReport(body.title(), new ArrayList<>(findings));
    }

    private void enter(String owner, Body.Entry entry) {
      List<Value> arguments = new ArrayList<>();
      MethodTypeDesc type = MethodTypeDesc.ofDescriptor(entry.descriptor());
      boolean isStatic =
          classes
              .method(owner, entry.name(), entry.descriptor())
              .map(m -> m.flags().has(AccessFlag.STATIC))
              .orElse(true);
      int captured = 0;
      if (entry.constructor()) {
        arguments.add(Value.of(Origin.FRESH));
      } else if (!isStatic) {
        arguments.add(entry.captured() > 0 ? captured(captured++) : Value.OTHER);
      }
      for (int p = 0; p < type.parameterCount(); p++) {
        int slots = TypeKind.from(type.parameterType(p)).slotSize();
        Value value = captured < entry.captured() ? captured(captured++) : Value.OTHER;
        arguments.addAll(Collections.nCopies(slots, value));
      }
      boolean virtual = !isStatic && !entry.constructor();
      Call call = new Call(owner, entry.name(), entry.descriptor(), virtual, arguments);
      sink(classes.find(owner).orElseThrow(), entry.name()).calls(call, 0);
    }

    /** A captured value, whose class is known since it exists. */
    private Value captured(int index) {
      Object value = body.captured().get(index);
      if (value instanceof Serializable && value.getClass().isHidden()) {
        return new Value(Origin.SHARED, Value.CHECKED); // by run()
      }
      boolean named = value != null && !value.getClass().isHidden();
      return named && classes.isUsers(value.getClass())
          ? new Value(Origin.SHARED, value.getClass().getName().replace('.', '/'))
          : Value.of(Origin.SHARED);
    }

    private void add(Task task) {
      if (seen.add(task)) {
        todo.addLast(task);
      }
    }

    private void method(Task task) {
      Optional<MethodModel> found = classes.method(task.owner, task.name, task.descriptor);
      if (found.isEmpty()) {
        return; // abstract in an interface, or inherited from a library: not the user's code
      }
      MethodModel method = found.get();
      ClassModel owner = method.parent().orElseThrow();
      if (method.code().isEmpty() || classes.isVouchedFor(owner, task.name)) {
        return;
      }
      new MethodScan(classes, method.code().get(), task.arguments, sink(owner, task.name)).scan();
    }

    private MethodScan.Sink sink(ClassModel owner, String method) {
      String name = owner.thisClass().asInternalName().replace('/', '.');
      String file = MethodScan.fileOf(owner);
      return new MethodScan.Sink() {
        @Override
        public void found(Impurity kind, String what, int line) {
          findings.add(new Finding(kind, what, name, Body.readable(method), file, line));
        }

        @Override
        public void calls(Call call, int line) {
          if (classes.find(call.owner()).isEmpty()) {
            found(Impurity.UNREADABLE, call.owner().replace('/', '.') + "." + call.name(), line);
            return;
          }
          var targets = targets(call);
          if (!targets.complete()) {
            found(Impurity.UNRESOLVED, MethodScan.title(call.owner(), call.name()), line);
          }
          for (String target : targets.owners()) {
            add(new Task(target, call.name(), call.descriptor(), call.arguments()));
          }
        }
      };
    }

    private Hierarchy.Targets targets(Call call) {
      if (!call.virtual()) {
        return new Hierarchy.Targets(Set.of(call.owner()), true);
      }
      Value receiver = call.arguments().isEmpty() ? Value.OTHER : call.arguments().getFirst();
      return receiver.isChecked()
          ? new Hierarchy.Targets(Set.of(), true)
          : hierarchy.of(call.owner(), receiver.type(), call.name(), call.descriptor());
    }
  }
}
