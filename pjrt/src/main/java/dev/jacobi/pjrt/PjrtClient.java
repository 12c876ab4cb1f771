package dev.jacobi.pjrt;

import dev.jacobi.hlo.Shape;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.spi.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A plugin with its devices, ready to compile. Lives as long as the process. */
final class PjrtClient {
  /** {@code PJRT_HostBufferSemantics}: the plugin copies the bytes before its call ends. */
  private static final int ONLY_DURING_CALL = 0;

  /** A device of this process. */
  record LocalDevice(Device device, long handle, String kind, String text) {}

  private final PjrtApi api;
  private final long handle;
  private final String platform;
  private final String platformVersion;
  private final List<LocalDevice> devices;

  private PjrtClient(PjrtApi api, long handle) {
    this.api = api;
    this.handle = handle;
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
   * @param deviceCount devices to ask a CPU plugin for; 0 leaves it to the plugin
   */
  static PjrtClient create(PjrtApi api, int deviceCount) {
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
      return new PjrtClient(api, api.call("Client_Create", arguments).get("client"));
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
        new Device(platform, (int) id.get("id")),
        device,
        kind.text("device_kind", "device_kind_size"),
        text.text("debug_string", "debug_string_size"));
  }

  private Struct describe(String function, long description, Arena arena) {
    return api.call(function, Struct.make(function, arena).set("device_description", description));
  }

  private Struct call(String function, Arena arena) {
    return api.call(function, Struct.make(function, arena).set("client", handle));
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

  /**
   * Compiles a program for one device.
   *
   * @param text StableHLO, as text or MLIR bytecode
   */
  long compile(byte[] text) {
    // xla.CompileOptionsProto: executable_build_options = 3; in it device_ordinal = 1 (-1: any),
    // num_replicas = 4, num_partitions = 5.
    Proto build = new Proto().number(1, -1).number(4, 1).number(5, 1);
    byte[] options = new Proto().message(3, build).bytes();
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

  /** Copies row-major elements to a device. */
  PjrtBuffer fromHost(TensorType type, MemorySegment bytes, LocalDevice device) {
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
              .set("type", Elements.number(type.dtype()))
              .set("dims", dims)
              .set("num_dims", shape.rank())
              .set("host_buffer_semantics", ONLY_DURING_CALL)
              .set("device", device.handle());
      api.call("Client_BufferFromHostBuffer", arguments);
      destroyEvent(arguments.get("done_with_host_buffer"));
      return new PjrtBuffer(this, type, device.device(), arguments.get("buffer"));
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
