package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.Val;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The values of several arrays at one place, such as a combiner takes them. */
record Regs(List<Reg> list) {
  Regs {
    list = List.copyOf(list);
  }

  Regs map(UnaryOperator<Reg> f) {
    return new Regs(list.stream().map(f).toList());
  }

  /** Each vector or part of one changed alike. */
  Regs mapParts(UnaryOperator<Val> f) {
    return map(r -> r.map(f));
  }

  /** The values that a loop carries. */
  List<Val> flat() {
    List<Val> all = new ArrayList<>();
    for (Reg r : list) {
      all.add(r.re());
      if (r.im() != null) {
        all.add(r.im());
      }
    }
    return all;
  }

  /** Values of the same types as these. */
  Regs with(List<Val> flat) {
    var next = flat.iterator();
    return map(r -> new Reg(r.dtype(), next.next(), r.im() == null ? null : next.next()));
  }

  /** Per lane, the values of {@code yes} or {@code no}. */
  static Regs select(FnEmitter f, Val condition, Regs yes, Regs no) {
    return new Regs(
        IntStream.range(0, yes.list.size())
            .mapToObj(
                k -> {
                  Reg a = yes.list.get(k);
                  Reg b = no.list.get(k);
                  return new Reg(
                      a.dtype(),
                      f.select(condition, a.re(), b.re()),
                      a.im() == null ? null : f.select(condition, a.im(), b.im()));
                })
            .toList());
  }
}
