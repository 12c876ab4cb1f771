package dev.jacobi.hlo.bytecode;

import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.HloFunc;
import dev.jacobi.hlo.HloModule;
import dev.jacobi.hlo.HloTypeException;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.Op;
import dev.jacobi.hlo.TensorType;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.text.Attribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes programs in MLIR bytecode with VHLO, which StableHLO's later releases read: JAX's {@code
 * deserialize_portable_artifact} gives the program back. The same program gives the same bytes.
 */
public final class BytecodeWriter {
  /** The version of MLIR's format that belongs to every version of VHLO that is written. */
  private static final int FORMAT = 6;

  private final Pool pool = new Pool();
  private final BuiltinEncoder builtin = new BuiltinEncoder(pool);
  private final Target target;
  private final VhloEncoder vhlo;
  private final OpEncoder ops;

  private BytecodeWriter(Target target) {
    this.target = target;
    this.vhlo = new VhloEncoder(pool, target, builtin);
    this.ops = new OpEncoder(vhlo, target);
  }

  /**
   * A program in {@link VhloVersion#USUAL} or the first later version that has all it uses.
   *
   * @throws VhloVersionException if no version has it, naming what
   */
  public static byte[] write(HloModule module) {
    Target target = Target.rising();
    new BytecodeWriter(target).module(module);
    return write(module, target.version());
  }

  /**
   * A program in a version of VHLO.
   *
   * @throws VhloVersionException if the version is not written or lacks what the program uses
   */
  public static byte[] write(HloModule module, VhloVersion version) {
    BytecodeWriter writer = new BytecodeWriter(Target.fixed(version));
    Sink ir = writer.module(module);
    return writer.pool.file(FORMAT, "StableHLO_v" + version, ir);
  }

  // --- module and functions ---

  private Sink module(HloModule module) {
    Sink funcs = new Sink().varint(1).varint(0).varint((long) module.funcs().size() << 1);
    module.funcs().values().forEach(func -> function(func, funcs));
    SortedMap<String, Integer> attrs = new TreeMap<>();
    module.attrs().forEach((name, text) -> attrs.put(name, builtin.attr(Attribute.parse(text))));
    long name = module.name().isEmpty() ? 0 : (long) builtin.string(module.name()) << 1 | 1;
    // A symbol's name and its visibility, each of which may be left out.
    int properties = pool.properties(s -> s.varint(name).varint(0));
    Sink out = new Sink().varint(1 << 1);
    new OpWriter("builtin.module", Loc.UNKNOWN)
        .attrs(attrs)
        .properties(properties)
        .regions()
        .to(out);
    return isolated(funcs, out);
  }

  private static Sink isolated(Sink region, Sink out) {
    return out.varint(1 << 1 | 1).section(Section.Id.IR, region);
  }

  private void function(HloFunc func, Sink out) {
    SortedMap<String, Integer> properties = new TreeMap<>();
    properties.put("sym_name", vhlo.string(func.name()));
    properties.put("sym_visibility", vhlo.string(func.isPublic() ? "public" : "private"));
    properties.put("function_type", vhlo.ofType(vhlo.function(func.inputs(), func.outputs())));
    properties.put("arg_attrs", dictionaries(func.argAttrs()));
    properties.put("res_attrs", dictionaries(func.resultAttrs()));
    SortedMap<String, Integer> attrs = vhloAttrs(func.attrs());
    List<Integer> sorted = List.copyOf(properties.values());
    new OpWriter("vhlo.func_v1", Loc.UNKNOWN)
        .attrs(attrs)
        .properties(pool.properties(s -> sorted.forEach(s::varint)))
        .regions()
        .to(out);
    Sink body = new Sink();
    new Body().region(func.body(), 0, body);
    isolated(body, out);
  }

  private int dictionaries(List<Map<String, String>> attrs) {
    if (attrs.stream().allMatch(Map::isEmpty)) {
      return vhlo.array(List.of());
    }
    List<Integer> all = new ArrayList<>();
    for (Map<String, String> each : attrs) {
      all.add(vhlo.dictionary(Attribute.Dictionary.of(each).entries()));
    }
    return vhlo.array(all);
  }

  private SortedMap<String, Integer> vhloAttrs(Map<String, String> texts) {
    SortedMap<String, Integer> attrs = new TreeMap<>();
    texts.forEach((name, text) -> attrs.put(name, vhlo.attr(Attribute.parse(text))));
    return attrs;
  }

  // --- operations ---

  /** What stands before an operation's regions. */
  private final class OpWriter {
    private final int name;
    private final int location;
    private SortedMap<String, Integer> attrs = new TreeMap<>();
    private int properties = -1;
    private List<Integer> results = List.of();
    private List<Integer> operands = List.of();
    private boolean hasRegions;

    OpWriter(String name, Loc loc) {
      this.name = pool.name(name);
      this.location = builtin.location(loc);
    }

    OpWriter attrs(SortedMap<String, Integer> all) {
      attrs = all;
      return this;
    }

    OpWriter properties(int set) {
      properties = set;
      return this;
    }

    OpWriter results(List<Integer> types) {
      results = types;
      return this;
    }

    OpWriter operands(List<Integer> values) {
      operands = values;
      return this;
    }

    OpWriter regions() {
      hasRegions = true;
      return this;
    }

    void to(Sink out) {
      int mask =
          (attrs.isEmpty() ? 0 : BytecodeReader.HAS_ATTRIBUTES)
              | (results.isEmpty() ? 0 : BytecodeReader.HAS_RESULTS)
              | (operands.isEmpty() ? 0 : BytecodeReader.HAS_OPERANDS)
              | (hasRegions ? BytecodeReader.HAS_REGIONS : 0)
              | (properties < 0 ? 0 : BytecodeReader.HAS_PROPERTIES);
      out.varint(name).u8(mask).varint(location);
      if (!attrs.isEmpty()) {
        out.varint(builtin.dictionary(attrs));
      }
      if (properties >= 0) {
        out.varint(properties);
      }
      if (!results.isEmpty()) {
        out.list(results);
      }
      if (!operands.isEmpty()) {
        out.list(operands);
      }
    }
  }

  /** A function's body: values are numbered region by region, inner ones behind the outer. */
  private final class Body {
    private final Map<Value, Integer> numbers = new HashMap<>();
    private int next;

    /** A region of one block whose first value gets the number {@code base}. */
    void region(Block block, int base, Sink out) {
      int outer = next;
      next = base;
      int count = block.params().size();
      for (Instr instr : block.instrs()) {
        count += instr.results().size() + casts(instr);
      }
      boolean hasParams = !block.params().isEmpty();
      out.varint(1).varint(count);
      int steps = block.instrs().stream().mapToInt(this::casts).sum();
      out.varint((long) (block.instrs().size() + steps + 1) << 1 | (hasParams ? 1 : 0));
      if (hasParams) {
        out.varint(block.params().size());
        for (Value param : block.params()) {
          numbers.put(param, next++);
          out.varint((long) vhlo.tensorType(param.type()) << 1);
        }
        out.u8(0);
      }
      for (Instr instr : block.instrs()) {
        instruction(instr, base + count, out);
      }
      new OpWriter("vhlo.return_v1", Loc.UNKNOWN).operands(refs(block.results())).to(out);
      next = outer;
    }

    /** The casts around an operation of another dialect. */
    private int casts(Instr instr) {
      return Chlo.is(instr.op()) ? instr.op().operands().size() + instr.results().size() : 0;
    }

    private void instruction(Instr instr, int inner, Sink out) {
      Op op = instr.op();
      if (Chlo.is(op)) {
        chlo(instr, out);
        return;
      }
      Properties properties = ops.encode(op);
      List<Integer> sorted = List.copyOf(properties.values().values());
      OpWriter writer =
          new OpWriter(properties.name(), instr.loc())
              .attrs(vhloAttrs(CallEncoder.others(op)))
              .properties(sorted.isEmpty() ? -1 : pool.properties(s -> sorted.forEach(s::varint)))
              .results(types(instr.results()))
              .operands(refs(op.operands()));
      List<Block> regions = op.regions();
      if (!regions.isEmpty()) {
        writer.regions();
      }
      writer.to(out);
      define(instr.results());
      if (!regions.isEmpty()) {
        out.varint((long) regions.size() << 1);
        regions.forEach(r -> region(r, inner, out));
      }
    }

    private void chlo(Instr instr, Sink out) {
      Op op = instr.op();
      target.need(Target.MIXED, op.mnemonic());
      List<Integer> operands = new ArrayList<>();
      for (Value operand : op.operands()) {
        cast(refs(List.of(operand)).getFirst(), builtin.tensor(operand.type()), instr.loc(), out);
        operands.add(next++);
      }
      new OpWriter(op.mnemonic(), instr.loc())
          .attrs(Chlo.attributes(op, pool, builtin))
          .results(instr.results().stream().map(r -> builtin.tensor(r.type())).toList())
          .operands(operands)
          .to(out);
      int first = next;
      next += instr.results().size();
      for (int i = 0; i < instr.results().size(); i++) {
        TensorType type = instr.results().get(i).type();
        cast(first + i, vhlo.tensorType(type), instr.loc(), out);
        define(instr.results().subList(i, i + 1));
      }
    }

    private void cast(int operand, int type, Loc loc, Sink out) {
      new OpWriter("builtin.unrealized_conversion_cast", loc)
          .results(List.of(type))
          .operands(List.of(operand))
          .to(out);
    }

    private void define(List<Value> results) {
      results.forEach(r -> numbers.put(r, next++));
    }

    private List<Integer> types(List<Value> values) {
      return values.stream().map(v -> vhlo.tensorType(v.type())).toList();
    }

    private List<Integer> refs(List<Value> values) {
      List<Integer> refs = new ArrayList<>();
      for (Value value : values) {
        Integer number = numbers.get(value);
        if (number == null) {
          throw new HloTypeException("a value is used before it is defined: " + value);
        }
        refs.add(number);
      }
      return refs;
    }
  }
}
