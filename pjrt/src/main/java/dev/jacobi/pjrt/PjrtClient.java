package dev.jacobi.pjrt;

import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.memory.Allocation;
import dev.jacobi.hlo.memory.HostBuffer;
import dev.jacobi.hlo.memory.SystemMemory;
import dev.jacobi.hlo.spi.Buffer;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.pjrt.struct.Native;
import dev.jacobi.pjrt.struct.Struct;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plugin with its devices, ready to compile. Lives as long as the process. */
final class PjrtClient {
  /** {@code PJRT_HostBufferSemantics}: the plugin copies the bytes before its call ends. */
  private static final int ONLY_DURING_CALL = 0;

  /** The plugin may use the bytes, and not change them, until the array is destroyed. */
  private static final int IMMUTABLE_ZERO_COPY = 2;

  /** What XLA asks of memory that it uses in place. */
  private static final long ALIGNMENT = 64;

  /**
   * A device of this process.
   *
   * @param memories the kinds of memory that it can reach, such as {@code pinned_host}
   */
  record LocalDevice(Device device, long handle, String kind, String text, List<String> memories) {}

  private final String name;
  private final PjrtApi api;
  private final long handle;
  private final Destroyer buffers;
  private final LoadedPrograms programs;
  private final String platform;
  private final String platformVersion;
  private final List<LocalDevice> devices;

  private PjrtClient(String name, PjrtApi api, long handle, int mostPrograms) {
    this.name = name;
    this.api = api;
    this.handle = handle;
    this.buffers = new Destroyer(api, "Buffer_Destroy", "buffer");
    var destroyer = new Destroyer(api, "LoadedExecutable_Destroy", "executable");
    this.programs = new LoadedPrograms(destroyer, mostPrograms, SystemMemory::mappingsTaken);
    try (Arena arena = Arena.ofConfined()) {
      platform = call("Client_PlatformName", arena).text("platform_name", "platform_name_size");
      platformVersion =
          call("Client_PlatformVersion", arena).text("platform_version", "platform_version_size");
      List<LocalDevice> found = new ArrayList<>();
      for (long d :
          call("Client_AddressableDevices", arena)
              .pointers("addressable_devices", "num_addressable_devices")) {
        found.add(device(d, arena));
      }
      devices = List.copyOf(found);
    }
    if (devices.isEmpty()) {
      throw new PluginException(api.path() + " has no device on this machine");
    }
  }

  /**
   * Starts a plugin.
   *
   * @param name the backend's
   * @param deviceCount devices to ask a CPU plugin for; 0 leaves it to the plugin
   * @param mostPrograms how many compiled programs the plugin may hold
   */
  static PjrtClient create(String name, PjrtApi api, int deviceCount, int mostPrograms) {
    try (Arena arena = Arena.ofConfined()) {
      Struct arguments = Struct.make("Client_Create", arena);
      if (deviceCount > 0) {
        Struct option =
            Struct.make("NamedValue", arena)
                .setBytes("name", "name_size", bytes("cpu_device_count"), arena)
                .set("type", 1) // int64
                .set("value", deviceCount)
                .set("value_size", 1);
        arguments.set("create_options", option.memory()).set("num_options", 1);
      }
      long client = api.call("Client_Create", arguments).get("client");
      return new PjrtClient(name, api, client, mostPrograms);
    }
  }

  private LocalDevice device(long device, Arena arena) {
    long description =
        api.call(
                "Device_GetDescription",
                Struct.make("Device_GetDescription", arena).set("device", device))
            .get("device_description");
    Struct id = describe("DeviceDescription_Id", description, arena);
    Struct kind = describe("DeviceDescription_Kind", description, arena);
    Struct text = describe("DeviceDescription_DebugString", description, arena);
    return new LocalDevice(
        new Device(platform, (int) id.get("id"), name),
        device,
        kind.text("device_kind", "device_kind_size"),
        text.text("debug_string", "debug_string_size"),
        memories(device, arena));
  }

  private List<String> memories(long device, Arena arena) {
    if (!api.has("Device_AddressableMemories")) {
      return List.of();
    }
    Struct found =
        api.call(
            "Device_AddressableMemories",
            Struct.make("Device_AddressableMemories", arena).set("device", device));
    List<String> kinds = new ArrayList<>();
    for (long memory : found.pointers("memories", "num_memories")) {
      kinds.add(
          api.call("Memory_Kind", Struct.make("Memory_Kind", arena).set("memory", memory))
              .text("kind", "kind_size"));
    }
    return List.copyOf(kinds);
  }

  private Struct describe(String function, long description, Arena arena) {
    return api.call(function, Struct.make(function, arena).set("device_description", description));
  }

  private Struct call(String function, Arena arena) {
    return api.call(function, Struct.make(function, arena).set("client", handle));
  }

  String name() {
    return name;
  }

  Destroyer buffers() {
    return buffers;
  }

  LoadedPrograms programs() {
    return programs;
  }

  PjrtApi api() {
    return api;
  }

  /** What the plugin calls its kind of device, such as {@code cpu} or {@code cuda}. */
  String platform() {
    return platform;
  }

  /** More about the platform, such as the version of CUDA. */
  String platformVersion() {
    return platformVersion;
  }

  /** The devices of this process. */
  List<LocalDevice> devices() {
    return devices;
  }

  /** Whether programs are compiled for any device, to be told at each call. */
  boolean isPortable() {
    return devices.size() > 1;
  }

  /** The device of this client that is meant. */
  Optional<LocalDevice> find(Device device) {
    return devices.stream().filter(d -> d.device().equals(device)).findFirst();
  }

  /**
   * Compiles a program for one device, any if there are several; {@link #programs} have room for
   * it.
   *
   * @param text StableHLO, as text or MLIR bytecode
   */
  long compile(byte[] text) {
    return compile(text, compileOptions(List.of()));
  }

  /** The same for several devices, which are its replicas. */
  long compile(byte[] text, List<LocalDevice> replicas) {
    return compile(text, compileOptions(replicas));
  }

  private long compile(byte[] text, byte[] options) {
    try (Arena arena = Arena.ofConfined()) {
      Struct program =
          Struct.make("Program", arena)
              .setBytes("code", "code_size", text, arena)
              .setBytes("format", "format_size", bytes("mlir"), arena);
      Struct arguments =
          Struct.make("Client_Compile", arena)
              .set("client", handle)
              .set("program", program.memory())
              .setBytes("compile_options", "compile_options_size", options, arena);
      return api.call("Client_Compile", arguments).get("executable");
    }
  }

  /**
   * {@code xla.CompileOptionsProto}: executable_build_options = 3, in it device_ordinal = 1 (-1 is
   * any), num_replicas = 4, num_partitions = 5, device_assignment = 9 (replica_count = 1,
   * computation_count = 2, computation_devices = 3, whose replica_device_ids = 1);
   * compile_portable_executable = 4; env_option_overrides = 7, a map from text to a choice of which
   * bool_field is 2.
   *
   * @param replicas the devices of a program on several, else none
   */
  private byte[] compileOptions(List<LocalDevice> replicas) {
    int count = Math.max(1, replicas.size());
    Proto build = new Proto().number(1, -1).number(4, count).number(5, 1);
    if (!replicas.isEmpty()) {
      Proto ids = new Proto();
      replicas.forEach(d -> ids.number(1, d.device().id()));
      build.message(9, new Proto().number(1, count).number(2, 1).message(3, ids));
    }
    Proto options = new Proto().message(3, build);
    if (isPortable() && replicas.isEmpty()) {
      options.number(4, 1);
    }
    if (platform.equals("cpu")) {
      // Else max and min may lose a NaN; jaxlib says so too.
      Proto no = new Proto().number(2, 0);
      options.message(7, new Proto().text(1, "xla_cpu_enable_fast_min_max").message(2, no));
    }
    return options.bytes();
  }

  /**
   * An array of another backend on a device: a CPU's plugin reads it where it lies, if the address
   * suits it.
   */
  PjrtBuffer from(Buffer other, LocalDevice device, boolean bound) {
    if (!(other instanceof HostBuffer host)
        || !platform.equals("cpu")
        || host.type().byteSize() == 0
        || host.allocation().address() % ALIGNMENT != 0) {
      return fromHost(other.type(), other.toHost(), device, bound);
    }
    Allocation memory = host.allocation();
    memory.pin();
    boolean taken = false;
    try {
      MemorySegment data = Native.at(memory.address(), host.type().byteSize());
      PjrtBuffer alias =
          fromHost(host.type(), data, device, bound, IMMUTABLE_ZERO_COPY, memory::unpin);
      taken = true;
      return alias;
    } finally {
      if (!taken) {
        memory.unpin();
      }
    }
  }

  /** Copies row-major elements to a device. */
  PjrtBuffer fromHost(TensorType type, MemorySegment bytes, LocalDevice device, boolean bound) {
    return fromHost(type, bytes, device, bound, ONLY_DURING_CALL, PjrtBuffer.NOTHING);
  }

  private PjrtBuffer fromHost(
      TensorType type,
      MemorySegment bytes,
      LocalDevice device,
      boolean bound,
      int semantics,
      Runnable freed) {
    Pressure.relieve();
    try (Arena arena = Arena.ofConfined()) {
      // The plugin reads an address, so bytes of the Java heap need a place outside.
      MemorySegment data =
          bytes.isNative() ? bytes : arena.allocate(bytes.byteSize(), 64).copyFrom(bytes);
      Shape shape = type.shape();
      MemorySegment dims = arena.allocate(8L * Math.max(shape.rank(), 1), 8);
      for (int i = 0; i < shape.rank(); i++) {
        dims.setAtIndex(ValueLayout.JAVA_LONG, i, shape.dim(i));
      }
      Struct arguments =
          Struct.make("Client_BufferFromHostBuffer", arena)
              .set("client", handle)
              .set("data", data)
              .set("type", Elements.number(type.element()))
              .set("dims", dims)
              .set("num_dims", shape.rank())
              .set("host_buffer_semantics", semantics)
              .set("device", device.handle());
      api.call("Client_BufferFromHostBuffer", arguments);
      destroyEvent(arguments.get("done_with_host_buffer"));
      long buffer = arguments.get("buffer");
      return new PjrtBuffer(this, type, device, bound, buffer, bytes.byteSize(), freed);
    }
  }

  /** Waits for an event, frees it, and throws the error that it brings. */
  void await(String function, long event) {
    try (Arena arena = Arena.ofConfined()) {
      Struct arguments = Struct.make("Event_Await", arena).set("event", event);
      long error =
          dev.jacobi.hlo.memory.NativeCall.call(api.function("Event_Await"), arguments.address());
      destroyEvent(event);
      api.check(function, error);
    }
  }

  private void destroyEvent(long event) {
    if (event != 0) {
      try (Arena arena = Arena.ofConfined()) {
        api.call("Event_Destroy", Struct.make("Event_Destroy", arena).set("event", event));
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
