package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.Value;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** What is known where code is being written: scalars in registers, addresses of memory. */
final class Frame {
  private final Frame outer;
  private final Map<Value, Reg> regs = new IdentityHashMap<>();
  private final Map<Object, Val> addresses = new HashMap<>();

  Frame(Frame outer) {
    this.outer = outer;
  }

  Reg reg(Value v) {
    Reg r = regs.get(v);
    return r != null || outer == null ? r : outer.reg(v);
  }

  void put(Value v, Reg r) {
    regs.put(v, r);
  }

  Val address(Object memory) {
    Val a = addresses.get(memory);
    return a != null || outer == null ? a : outer.address(memory);
  }

  void put(Object memory, Val address) {
    addresses.put(memory, address);
  }
}
