package dev.jacobi.hlo.partition;

import dev.jacobi.hlo.BatchNorm;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.ControlOp;
import dev.jacobi.hlo.HloBuilder;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.NormOp;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.host.HostCheck;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program as one block, every value of its own: calls are replaced by what they call, each for
 * itself, since each may be divided otherwise; composites by their decomposition; normalisations
 * are written out.
 */
final class Flat {
  private final HloModule module;

  /** Functions that stay: the empty ones behind checks, and those that custom calls name. */
  private final Map<String, HloFunc> kept = new LinkedHashMap<>();

  private Flat(HloModule module) {
    this.module = module;
  }

  /** The program's block and the functions that it still names. */
  record Program(Block block, Map<String, HloFunc> kept) {}

  static Program of(HloModule module) {
    Flat flat = new Flat(module);
    Block main = flat.copy(module.main().body(), new HashMap<>());
    return new Program(main, flat.kept);
  }

  /** A copy of a region without calls, with values of its own and others around it. */
  static Block region(Block region, Map<Value, Value> around) {
    return new Flat(new HloModule("", Map.of(), Map.of())).copy(region, new HashMap<>(around));
  }

  /**
   * A copy of a block.
   *
   * @param now what values of the old block are; those of blocks around it that are not there stay
   */
  private Block copy(Block block, Map<Value, Value> now) {
    HloBuilder out = new HloBuilder();
    block.params().forEach(v -> now.put(v, out.param(v.type())));
    instrs(block, now, out);
    return out.build(block.results().stream().map(v -> now.getOrDefault(v, v)).toList());
  }

  private void instrs(Block block, Map<Value, Value> now, HloBuilder out) {
    for (Instr instr : block.instrs()) {
      out.at(instr.loc());
      requireDivisible(instr);
      Op op = instr.op().mapOperands(v -> now.getOrDefault(v, v));
      List<Value> results =
          switch (op) {
            case ControlOp.Call o -> inline(o.callee(), o.operands(), out);
            case ControlOp.Composite o when HostCheck.is(o) -> {
              kept.put(o.decomposition(), module.func(o.decomposition()));
              yield add(op, instr, out);
            }
            case ControlOp.CustomCall o -> {
              module.funcs().values().stream()
                  .filter(f -> o.attrs().values().stream().anyMatch(text -> names(text, f.name())))
                  .forEach(f -> kept.put(f.name(), f));
              yield add(op, instr, out);
            }
            case ControlOp.Composite o -> inline(o.decomposition(), o.operands(), out);
            case NormOp o -> BatchNorm.expand(o, out);
            default -> {
              List<Block> regions =
                  op.regions().stream().map(r -> copy(r, new HashMap<>(now))).toList();
              yield add(regions.isEmpty() ? op : op.withRegions(regions), instr, out);
            }
          };
      for (int i = 0; i < results.size(); i++) {
        now.put(instr.results().get(i), results.get(i));
      }
    }
  }

  private static boolean names(String text, String function) {
    return text.matches("(?s).*@" + Pattern.quote(function) + "\\b.*");
  }

  private static List<Value> add(Op op, Instr old, HloBuilder out) {
    List<Value> results = old.results().stream().map(v -> new Value(v.type())).toList();
    out.append(new Instr(op, results, old.loc()));
    return results;
  }

  private List<Value> inline(String callee, List<Value> arguments, HloBuilder out) {
    Block body = module.func(callee).body();
    Map<Value, Value> now = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      now.put(body.params().get(i), arguments.get(i));
    }
    instrs(body, now, out);
    return body.results().stream().map(v -> now.getOrDefault(v, v)).toList();
  }

  private static void requireDivisible(Instr instr) {
    Op op = instr.op();
    if (op instanceof CollectiveOp) {
      throw ShardingException.collective(op, instr.loc());
    }
    boolean known =
        Stream.concat(op.operands().stream(), instr.results().stream())
            .allMatch(v -> v.shape().isStatic());
    if (!known) {
      throw ShardingException.unknownSize(op, instr.loc());
    }
  }
}
