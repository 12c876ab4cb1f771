package dev.jacobi.cpu.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** Lanes and memory: splats, shuffles, fixed-tree reductions, loads, stores, masks, gathers. */
abstract sealed class EmitVector extends EmitArith permits FnEmitter {
  EmitVector(IrModule module) {
    super(module);
  }

  /** The scalar in every lane; the scalar itself for 0 lanes. */
  public Val splat(Val scalar, int lanes) {
    if (lanes == 0) {
      return scalar;
    }
    LType type = scalar.type().lanes(lanes);
    if (scalar.isConstant()) {
      return new Val(type, "splat (" + scalar.typed() + ")");
    }
    Val one = insert(Val.poison(type), scalar, 0);
    return pure(
        type,
        "shufflevector "
            + one.typed()
            + ", "
            + type
            + " poison, <"
            + lanes
            + " x i32> zeroinitializer");
  }

  public Val insert(Val vector, Val scalar, int lane) {
    String operands = vector.typed() + ", " + scalar.typed() + ", i32 " + lane;
    return pure(vector.type(), "insertelement " + operands);
  }

  public Val extract(Val vector, int lane) {
    return pure(vector.type().scalar(), "extractelement " + vector.typed() + ", i32 " + lane);
  }

  /** The scalars as a vector. */
  public Val vector(List<Val> scalars) {
    Val v = Val.poison(scalars.getFirst().type().lanes(scalars.size()));
    for (int i = 0; i < scalars.size(); i++) {
      v = insert(v, scalars.get(i), i);
    }
    return v;
  }

  /** Lanes chosen from {@code a} then {@code b}; -1 leaves a lane undefined. */
  public Val shuffle(Val a, Val b, int... lanes) {
    sameType(a, b);
    List<String> mask =
        IntStream.of(lanes).mapToObj(i -> i < 0 ? "i32 poison" : "i32 " + i).toList();
    String indices = "<" + lanes.length + " x i32> <" + String.join(", ", mask) + ">";
    return pure(
        a.type().lanes(lanes.length),
        "shufflevector " + a.typed() + ", " + b.typed() + ", " + indices);
  }

  /** Lanes chosen from one vector. */
  public Val shuffle(Val a, int... lanes) {
    return shuffle(a, Val.poison(a.type()), lanes);
  }

  /** {@code count} lanes from {@code first} on. */
  public Val slice(Val a, int first, int count) {
    return shuffle(a, IntStream.range(first, first + count).toArray());
  }

  /** Two vectors end to end. */
  public Val concat(Val a, Val b) {
    return shuffle(a, b, IntStream.range(0, 2 * a.type().lanes()).toArray());
  }

  /** Folds a power of two of lanes to a scalar, the high half onto the low half each time. */
  public Val reduceTree(Val v, BinaryOperator<Val> op) {
    int lanes = v.type().lanes();
    if (Integer.bitCount(lanes) > 1) {
      throw new IllegalArgumentException("tree over " + lanes + " lanes");
    }
    Val x = v;
    for (int half = lanes / 2; half > 1; half /= 2) {
      x = op.apply(slice(x, 0, half), slice(x, half, half));
    }
    return switch (lanes) {
      case 0 -> x;
      case 1 -> extract(x, 0);
      default -> op.apply(extract(x, 0), extract(x, 1));
    };
  }

  /** IEEE 754-2019 minimum: NaN wins, -0 is below +0. */
  public Val fmin(Val a, Val b) {
    return extreme("minimum", 0b0100, a, b);
  }

  /** IEEE 754-2019 maximum: NaN wins, +0 is above -0. */
  public Val fmax(Val a, Val b) {
    return extreme("maximum", 0b0101, a, b);
  }

  /** VRANGE knows the order of zeros but drops a NaN; with a constant LLVM does better. */
  private Val extreme(String name, int select, Val a, Val b) {
    if (!fillsRegisters(a.type()) || a.isConstant() || b.isConstant()) {
      return intrinsic(name, a, b);
    }
    Val one = avx512("range", a, b, List.of(Val.i32(select)));
    return select(cmp(Cmp.UNO, a, b), add(a, b), one);
  }

  /** Whether values of this floating type are whole registers of a machine with AVX-512. */
  public boolean fillsRegisters(LType type) {
    boolean known = type.elem() == LType.Elem.FLOAT || type.elem() == LType.Elem.DOUBLE;
    return module().target().avx512() && known && type.isVector() && type.bytes() >= 16;
  }

  /** {@code a * 2^n} rounded once, for whole n of any size that {@link #fillsRegisters}. */
  public Val scale(Val a, Val n) {
    return avx512("scalef", a, n, List.of());
  }

  /**
   * The elements of a table of 16 floats that the low four bits of {@code index} choose, looked up
   * in a register of AVX-512.
   */
  public Val lookUp(Val table, Val index) {
    int lanes = index.type().lanes();
    if (lanes == 0) {
      return extract(lookUp(table, insert(Val.poison(LType.I32.lanes(16)), index, 0)), 0);
    }
    if (lanes > 16) {
      int half = lanes / 2;
      return concat(lookUp(table, slice(index, 0, half)), lookUp(table, slice(index, half, half)));
    }
    if (lanes < 16) {
      int[] all = IntStream.range(0, 16).map(i -> i < lanes ? i : -1).toArray();
      return slice(lookUp(table, shuffle(index, all)), 0, lanes);
    }
    String name = "llvm.x86.avx512.permvar.sf.512";
    return pureCall(name, table.type(), List.of(table, index));
  }

  /**
   * {@code c} plus two products of bfloat16 per lane: the upper halves' first, each rounded once.
   * Reads subnormal numbers as 0 and writes 0 for them. Needs {@link IrTarget#pairs}.
   *
   * @param a 16 words of two bfloat16 each; {@code b} likewise
   */
  public Val addPairs(Val c, Val a, Val b) {
    LType pairs = LType.BFLOAT.lanes(32);
    List<Val> operands = List.of(c, bitcast(a, pairs), bitcast(b, pairs));
    return pureCall("llvm.x86.avx512bf16.dpbf16ps.512", c.type(), operands);
  }

  /** An instruction that LLVM only has as an intrinsic with a mask; longer vectors in halves. */
  private Val avx512(String name, Val a, Val b, List<Val> immediate) {
    LType type = a.type();
    int lanes = type.lanes();
    if (type.bytes() > 64) {
      int half = lanes / 2;
      Val low = avx512(name, slice(a, 0, half), slice(b, 0, half), immediate);
      return concat(low, avx512(name, slice(a, half, half), slice(b, half, half), immediate));
    }
    List<Val> operands = new ArrayList<>(List.of(a, b));
    operands.addAll(immediate);
    operands.add(Val.poison(type));
    operands.add(Val.integer(lanes == 16 ? LType.I16 : LType.I8, -1)); // every lane
    if (type.bytes() == 64) {
      operands.add(Val.i32(4)); // round as usual
    }
    String form = (type.bits() == 32 ? "ps." : "pd.") + 8 * type.bytes();
    return pureCall("llvm.x86.avx512.mask." + name + "." + form, type, operands);
  }

  /** Whether any lane of an {@code i1} value is set; the value itself if it is scalar. */
  public Val any(Val mask) {
    return mask.type().isVector()
        ? pureCall("llvm.vector.reduce.or." + mask.type().suffix(), LType.I1, List.of(mask))
        : mask;
  }

  /** Whether every lane of an {@code i1} value is set. */
  public Val all(Val mask) {
    return mask.type().isVector()
        ? pureCall("llvm.vector.reduce.and." + mask.type().suffix(), LType.I1, List.of(mask))
        : mask;
  }

  /** The lanes whose mask is set, in the lowest lanes; the others are undefined. */
  public Val compress(Val v, Val mask) {
    String name = "llvm.experimental.vector.compress." + v.type().suffix();
    return pureCall(name, v.type(), List.of(v, mask, Val.poison(v.type())));
  }

  /** How many lanes of a mask are set, as an i64. */
  public Val count(Val mask) {
    LType bits = new LType(lanesAsInt(mask.type().lanes()), 0);
    return zext(intrinsic("ctpop", bitcast(mask, bits)), LType.I64);
  }

  private static LType.Elem lanesAsInt(int lanes) {
    return switch (lanes) {
      case 8 -> LType.Elem.I8;
      case 16 -> LType.Elem.I16;
      case 32 -> LType.Elem.I32;
      default -> throw new IllegalArgumentException("a mask of " + lanes + " lanes");
    };
  }

  /** Lane i set where {@code i < count}, for the last, partial vector; count is an i64. */
  public Val tailMask(int lanes, Val count) {
    LType index = LType.I32.lanes(lanes);
    Val bound = trunc(intrinsic("umin", count, Val.i64(lanes)), LType.I32);
    return cmp(Cmp.ULT, Val.iota(index), splat(bound, lanes));
  }

  /** The address of element {@code index} of an array of {@code elem} at {@code base}. */
  public Val gep(LType elem, Val base, Val index) {
    boolean here = !index.type().isVector() && index.asLong().orElse(1) == 0;
    LType result = LType.PTR.lanes(Math.max(base.type().lanes(), index.type().lanes()));
    String operands = elem + ", " + base.typed() + ", " + index.typed();
    return here ? base : pure(result, "getelementptr inbounds " + operands);
  }

  public Val gep(LType elem, Val base, long index) {
    return gep(elem, base, Val.i64(index));
  }

  /** {@code bytes} beyond {@code base}. */
  public Val offset(Val base, long bytes) {
    return gep(LType.I8, base, bytes);
  }

  private String details(Mem mem) {
    StringBuilder text = new StringBuilder();
    if (mem.nontemporal()) {
      text.append(", !nontemporal ").append(module().metadata("!{i32 1}"));
    }
    if (mem.invariant()) {
      text.append(", !invariant.load ").append(module().metadata("!{}"));
    }
    if (!mem.scopes().isEmpty()) {
      text.append(", !alias.scope ").append(mem.scopes());
    }
    if (!mem.notScopes().isEmpty()) {
      text.append(", !noalias ").append(mem.notScopes());
    }
    return text.toString();
  }

  public Val load(LType type, Val ptr, Mem mem) {
    String text = "load " + type + ", " + ptr.typed() + ", align " + mem.alignOf(type);
    return mem.invariant() ? pure(type, text + details(mem)) : effect(type, text + details(mem));
  }

  public Val load(LType type, Val ptr) {
    return load(type, ptr, Mem.PLAIN);
  }

  /** Loads what other threads change: read anew each time, in loops too. */
  public Val loadShared(LType type, Val ptr) {
    return effect(
        type, "load atomic " + type + ", " + ptr.typed() + " monotonic, align " + type.bytes());
  }

  /** Stores what other threads read, in loops too. */
  public void storeShared(Val value, Val ptr) {
    effect(
        "store atomic "
            + value.typed()
            + ", "
            + ptr.typed()
            + " monotonic, align "
            + value.type().bytes());
  }

  public void store(Val value, Val ptr, Mem mem) {
    int align = mem.alignOf(value.type());
    effect("store " + value.typed() + ", " + ptr.typed() + ", align " + align + details(mem));
  }

  public void store(Val value, Val ptr) {
    store(value, ptr, Mem.PLAIN);
  }

  /** Loads the lanes whose mask is set and touches no other memory; the others are {@code or}. */
  public Val maskedLoad(Val ptr, Val mask, Val or, Mem mem) {
    LType type = or.type();
    List<Val> operands = List.of(ptr, Val.i32(mem.alignOf(type)), mask, or);
    String name = "llvm.masked.load." + type.suffix() + ".p0";
    return impureCall(name, type, operands, details(mem));
  }

  /** Stores the lanes whose mask is set. */
  public void maskedStore(Val value, Val ptr, Val mask, Mem mem) {
    List<Val> operands = List.of(value, ptr, Val.i32(mem.alignOf(value.type())), mask);
    String name = "llvm.masked.store." + value.type().suffix() + ".p0";
    impureCall(name, LType.VOID, operands, details(mem));
  }

  /** Loads one element per lane from a vector of addresses, where the mask is set. */
  public Val gather(Val pointers, Val mask, Val or, Mem mem) {
    LType type = or.type();
    List<Val> operands = List.of(pointers, Val.i32(mem.alignOf(type)), mask, or);
    String name = "llvm.masked.gather." + type.suffix() + ".v" + type.lanes() + "p0";
    return impureCall(name, type, operands, details(mem));
  }

  /** Stores one element per lane to a vector of addresses, where the mask is set, in lane order. */
  public void scatter(Val value, Val pointers, Val mask, Mem mem) {
    LType type = value.type();
    List<Val> operands = List.of(value, pointers, Val.i32(mem.alignOf(type)), mask);
    String name = "llvm.masked.scatter." + type.suffix() + ".v" + type.lanes() + "p0";
    impureCall(name, LType.VOID, operands, details(mem));
  }

  private Val impureCall(String name, LType result, List<Val> operands, String details) {
    module().declare(name, result, operands.stream().map(Val::type).toList());
    String text = callText(name, result, operands) + details;
    if (result.equals(LType.VOID)) {
      effect(text);
      return Val.poison(result);
    }
    return effect(result, text);
  }

  /** A call that may read and write memory; poison of void for a procedure. */
  public Val call(String name, LType result, Val... operands) {
    return impureCall(name, result, List.of(operands), "");
  }

  /** A call through a function pointer. */
  public Val callPointer(Val function, LType result, Val... operands) {
    String list = String.join(", ", List.of(operands).stream().map(Val::typed).toList());
    String text = "call " + result + " " + function + "(" + list + ")";
    if (result.equals(LType.VOID)) {
      effect(text);
      return Val.poison(result);
    }
    return effect(result, text);
  }
}
