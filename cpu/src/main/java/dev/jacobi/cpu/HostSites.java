package dev.jacobi.cpu;

import dev.jacobi.cpu.emit.Site;
import dev.jacobi.cpu.run.Host;
import dev.jacobi.cpu.run.HostMemory;
import dev.jacobi.hlo.Literal;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.host.HostCall;
import dev.jacobi.hlo.host.HostCheck;
import java.util.ArrayList;
import java.util.List;

/** Performs what a program asks of Java, by the numbers of its places. */
record HostSites(List<Site> sites) implements Host {
  private static final int SLOT = 16;

  /** Nothing to do for programs that ask nothing. */
  static Host of(List<Site> sites) {
    return sites.isEmpty() ? Host.NONE : new HostSites(sites);
  }

  @Override
  public RuntimeException failure(int site, long values) {
    HostCheck check = ((Site.Check) sites.get(site)).check();
    List<Literal> shown = new ArrayList<>();
    for (int k = 1; k < check.operands().size(); k++) {
      TensorType type = check.operands().get(k);
      long slot = values + (long) SLOT * (k - 1);
      long address = type.shape().isScalar() ? slot : HostMemory.address(slot, 0);
      shown.add(HostMemory.read(type, address));
    }
    return check.failure(shown);
  }

  @Override
  public void call(int site, long arguments, long results) {
    HostCall call = ((Site.Call) sites.get(site)).call();
    List<Literal> in = new ArrayList<>();
    for (int i = 0; i < call.operands().size(); i++) {
      in.add(HostMemory.read(call.operands().get(i), HostMemory.address(arguments, i)));
    }
    List<Literal> out = call.call(in);
    for (int k = 0; k < out.size(); k++) {
      HostMemory.write(out.get(k), HostMemory.address(results, k));
    }
  }
}
