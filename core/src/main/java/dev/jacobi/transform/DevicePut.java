package dev.jacobi.transform;

import dev.jacobi.Array;
import dev.jacobi.dispatch.Backends;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.spi.Device;
import dev.jacobi.hlo.spi.DeviceException;
import dev.jacobi.jaxpr.Aval;
import dev.jacobi.jaxpr.HostPrimitive;
import dev.jacobi.jaxpr.LowerContext;
import dev.jacobi.trace.Bind;
import dev.jacobi.trace.HostData;
import dev.jacobi.trace.UserCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copy of an array on a device, where computations with it run. Linear; its cotangent stays where
 * it is, as in JAX. A compiled program runs on one device: in it this is the identity.
 */
record DevicePut(Device device) implements HostPrimitive {
  static Array put(Array x, Device device) {
    return Bind.bind(new DevicePut(device), x);
  }

  @Override
  public String name() {
    return "device_put";
  }

  @Override
  public Map<String, Object> params() {
    return Map.of("devices", List.of(device));
  }

  @Override
  public List<Aval> abstractEval(List<Aval> operands) {
    return operands;
  }

  @Override
  public List<Array> evaluate(List<Array> operands) {
    return List.of(HostData.put(operands.getFirst(), device));
  }

  @Override
  public Jvp jvp(List<Array> primals, List<@Nullable Array> tangents) {
    Array tangent = tangents.getFirst();
    return Jvp.of(put(primals.getFirst(), device), tangent == null ? null : put(tangent, device));
  }

  @Override
  public List<@Nullable Array> transpose(List<@Nullable Array> cotangents, List<Operand> operands) {
    return cotangents;
  }

  @Override
  public Batched vmap(long size, List<Array> operands, List<@Nullable Integer> dims) {
    return Batched.of(put(operands.getFirst(), device), dims.getFirst());
  }

  @Override
  public List<Value> lower(LowerContext context, List<Value> operands, List<Aval> outs) {
    List<Device> devices = Backends.current().devices();
    if (!devices.equals(List.of(device))) {
      throw new DeviceException(
          ("devicePut to %s in jit at %s: a compiled program runs on one device, that of its"
                  + " arguments (one of %s). Put arguments there before the call.")
              .formatted(device, UserCode.line(), devices));
    }
    return operands;
  }
}
