package dev.jacobi.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.interpret.Interpreter;
import dev.jacobi.pjrt.struct.Native;
import dev.jacobi.pjrt.struct.Struct;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Custom calls that a plugin on the host gets from us: the program calls back into Java, where the
 * interpreter runs the operation. All go through one foreign function of XLA's, which an attribute
 * tells which operation is meant.
 */
final class HostCalls {
  /** The name of the foreign function, as programs call it. */
  static final String TARGET = "jacobi.host";

  private static final int FFI_EXTENSION = 5;
  private static final int METADATA_EXTENSION = 1;
  private static final int INTERNAL = 13;

  private static final AtomicLong NEXT = new AtomicLong();
  private static final Map<Long, HloModule> CALLS = new ConcurrentHashMap<>();

  /** One stub for all plugins: a handler is told by which it is called. */
  private static final MemorySegment STUB = stub();

  private HostCalls() {}

  /**
   * Registers the foreign function with a plugin.
   *
   * @return whether the plugin takes such functions
   */
  static boolean register(PjrtApi api) {
    var found = api.extension(FFI_EXTENSION, "FfiExtension");
    if (found.isEmpty()) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      Struct arguments =
          Struct.make("FfiRegisterHandler", arena)
              .setBytes("target_name", "target_name_size", bytes(TARGET), arena)
              .setBytes("platform_name", "platform_name_size", bytes("Host"), arena)
              .set("handler", STUB);
      long function = found.get().get("register_handler");
      api.callAt("FFI_Register_Handler", MemorySegment.ofAddress(function), arguments);
      return true;
    }
  }

  /** Keeps an operation for programs that call it by the number that is returned. */
  static long keep(ControlOp.CustomCall op) {
    List<Value> params = op.operands().stream().map(v -> new Value(v.type())).toList();
    List<Value> results = op.types().stream().map(Value::new).toList();
    var call =
        new ControlOp.CustomCall(op.target(), params, op.types(), op.hasSideEffect(), op.attrs());
    Block body = new Block(params, List.of(new Instr(call, results, Loc.UNKNOWN)), results);
    HloFunc main = new HloFunc("main", true, body);
    long id = NEXT.getAndIncrement();
    CALLS.put(id, new HloModule(op.target(), Map.of("main", main), Map.of()));
    return id;
  }

  /** The operations that a program calls, until it is closed or unreachable. */
  static final class Kept implements AutoCloseable {
    private static final Kept NONE = new Kept();
    private static final Cleaner CLEANER = Cleaner.create();

    private final boolean isEmpty;
    private final Runnable forget;

    private Kept() {
      isEmpty = true;
      forget = () -> {};
    }

    private Kept(List<Long> ids) {
      isEmpty = false;
      forget = CLEANER.register(this, () -> HostCalls.forget(ids))::clean;
    }

    static Kept of(List<Long> ids) {
      return ids.isEmpty() ? NONE : new Kept(ids);
    }

    boolean isEmpty() {
      return isEmpty;
    }

    /** Forgets them. */
    @Override
    public void close() {
      forget.run();
    }
  }

  /** Forgets operations whose program is gone. */
  static void forget(List<Long> ids) {
    ids.forEach(CALLS::remove);
  }

  /** How many operations programs may still call. */
  static int kept() {
    return CALLS.size();
  }

  @SuppressWarnings("restricted")
  private static MemorySegment stub() {
    try {
      var method =
          MethodHandles.lookup()
              .findStatic(HostCalls.class, "handle", MethodType.methodType(long.class, long.class));
      return Linker.nativeLinker()
          .upcallStub(method, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG), Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** The foreign function, called by the stub: takes a call frame, returns an error or null. */
  static long handle(long address) {
    Struct frame = Struct.at("FfiCallFrame", address);
    try {
      if (isQuery(frame)) {
        return 0;
      }
      run(frame);
      return 0;
    } catch (Throwable e) { // An exception that leaves an upcall ends the process.
      return error(frame, e);
    }
  }

  /** At its registration a handler is asked for the version that it speaks: the asker's. */
  private static boolean isQuery(Struct frame) {
    long next = frame.extensions();
    while (next != 0) {
      Struct extension = Struct.at("Extension", next);
      if (extension.get("type") == METADATA_EXTENSION) {
        Struct api = Struct.at("FfiApi", frame.get("api"));
        Struct.at("FfiMetadata", Struct.at("FfiMetadataExtension", next).get("metadata"))
            .set("major_version", api.get("major_version"))
            .set("minor_version", api.get("minor_version"))
            .set("traits", 0);
        return true;
      }
      next = extension.get("next");
    }
    return false;
  }

  private static void run(Struct frame) {
    long attribute = frame.pointers("attrs", "attrs.size")[0];
    long id = Native.at(Struct.at("FfiScalar", attribute).get("value"), 8).get(JAVA_LONG, 0);
    HloModule program = Objects.requireNonNull(CALLS.get(id), "a call of a program that is gone");
    List<TensorType> types = program.main().inputs();
    long[] given = frame.pointers("args", "args.size");
    List<Literal> operands = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      operands.add(Literal.copyOf(types.get(i), elements(given[i], types.get(i))));
    }
    List<Literal> results = Interpreter.run(program, operands);
    long[] wanted = frame.pointers("rets", "rets.size");
    for (int i = 0; i < wanted.length; i++) {
      TensorType type = results.get(i).type();
      elements(wanted[i], type).copyFrom(results.get(i).data().asSlice(0, type.byteSize()));
    }
  }

  private static MemorySegment elements(long buffer, TensorType type) {
    return Native.at(Struct.at("FfiBuffer", buffer).get("data"), type.byteSize());
  }

  private static long error(Struct frame, Throwable e) {
    try (Arena arena = Arena.ofConfined()) {
      byte[] text = bytes(e + "\0");
      MemorySegment message = arena.allocate(text.length);
      MemorySegment.copy(text, 0, message, JAVA_BYTE, 0, text.length);
      Struct arguments =
          Struct.make("FfiErrorCreate", arena).set("message", message).set("errc", INTERNAL);
      long create = Struct.at("FfiApi", frame.get("api")).get("error_create");
      return dev.jacobi.hlo.memory.NativeCall.call(
          MemorySegment.ofAddress(create), arguments.address());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
