package dev.jacobi.cpu.llvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The bottom of the emitter: blocks, names, and instructions of which an equal one in a dominating
 * place is taken instead of being written again (LLVM runs no pass that would).
 */
abstract sealed class EmitCore permits EmitArith {
  private final IrModule module;
  private final List<Block> blocks = new ArrayList<>();
  private Block current;
  private Known known = new Known(null);
  private int values;
  private int labels;
  private int computing; // instructions that are neither addresses nor memory accesses

  EmitCore(IrModule module) {
    this.module = module;
    this.current = new Block("entry");
    current.placed = true;
    blocks.add(current);
  }

  /** A basic block, in text order of the calls to {@link #enter}. */
  public static final class Block {
    private final String label;
    private final List<Phi> phis = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private boolean placed;
    private boolean closed;

    private Block(String label) {
      this.label = label;
    }

    /** The label as an operand of a branch. */
    @Override
    public String toString() {
      return "label %" + label;
    }
  }

  /** A phi whose incoming edges are added when they are known. */
  public static final class Phi {
    private final Val value;
    private final List<String> edges = new ArrayList<>();

    private Phi(Val value) {
      this.value = value;
    }

    public Val value() {
      return value;
    }

    /** The value on the edge from {@code block}. */
    public Phi from(Val incoming, Block block) {
      if (!incoming.type().equals(value.type())) {
        throw new IllegalArgumentException(incoming.typed() + " into phi of " + value.type());
      }
      edges.add("[ " + incoming + ", %" + block.label + " ]");
      return this;
    }

    private String line() {
      return "  " + value + " = phi " + value.type() + " " + String.join(", ", edges);
    }
  }

  /** Instructions already computed in blocks that dominate the present place. */
  private record Known(Known outer, Map<String, Val> values) {
    Known(Known outer) {
      this(outer, new HashMap<>());
    }

    Val find(String text) {
      for (Known k = this; k != null; k = k.outer) {
        Val v = k.values.get(text);
        if (v != null) {
          return v;
        }
      }
      return null;
    }
  }

  /** A place in the code; what was computed before it is known wherever it dominates. */
  public static final class Place {
    private final Known known;

    private Place(Known known) {
      this.known = known;
    }
  }

  public IrModule module() {
    return module;
  }

  /** A block to be entered later. */
  public Block newBlock(String hint) {
    return new Block(hint + labels++);
  }

  /** The block being written. */
  public Block block() {
    return current;
  }

  /** Continues in {@code block}, knowing nothing of what was computed before. */
  public void enter(Block block) {
    place(block, new Known(null));
  }

  /** Continues in {@code block}, which {@code dominator} dominates. */
  public void enter(Block block, Place dominator) {
    place(block, new Known(dominator.known));
  }

  /** The present place, for {@link #enter(Block, Place)}. */
  public Place here() {
    return new Place(known);
  }

  private void place(Block block, Known start) {
    if (block.placed || !current.closed) {
      throw new IllegalStateException(
          block.placed ? block.label + " is entered twice" : current.label + " is still open");
    }
    block.placed = true;
    blocks.add(block);
    current = block;
    known = start;
  }

  /** A phi at the head of the current block. */
  public Phi phi(LType type) {
    Phi phi = new Phi(fresh(type));
    current.phis.add(phi);
    return phi;
  }

  private Val fresh(LType type) {
    return new Val(type, "%v" + values++);
  }

  /** A pure instruction: written once, found again by its text. */
  public Val pure(LType type, String rhs) {
    Val old = known.find(rhs);
    if (old != null) {
      return old;
    }
    Val v = effect(type, rhs);
    if (!rhs.startsWith("getelementptr") && !rhs.startsWith("load")) {
      computing++;
    }
    known.values.put(rhs, v);
    return v;
  }

  /** An instruction with a result that may depend on memory or change it. */
  public Val effect(LType type, String rhs) {
    Val v = fresh(type);
    line(v + " = " + rhs);
    return v;
  }

  /** An instruction without a result. */
  public void effect(String text) {
    line(text);
  }

  /** The last instruction of the current block. */
  void terminate(String text) {
    line(text);
    current.closed = true;
  }

  private void line(String text) {
    if (current.closed) {
      throw new IllegalStateException(current.label + " has ended; enter a block first");
    }
    current.lines.add(text);
  }

  static void sameType(Val a, Val b) {
    if (!Objects.equals(a.type(), b.type())) {
      throw new IllegalArgumentException(a.typed() + " with " + b.typed());
    }
  }

  /** Whether there are no branches, and at most {@code most} instructions that compute. */
  final boolean isStraight(int most) {
    return blocks.size() == 1 && computing <= most;
  }

  /** The blocks as text. */
  String body() {
    StringBuilder out = new StringBuilder();
    for (Block b : blocks) {
      if (!b.closed) {
        throw new IllegalStateException("block " + b.label + " has no terminator");
      }
      out.append(b.label).append(":\n");
      b.phis.forEach(p -> out.append(p.line()).append('\n'));
      b.lines.forEach(l -> out.append("  ").append(l).append('\n'));
    }
    return out.toString();
  }
}
