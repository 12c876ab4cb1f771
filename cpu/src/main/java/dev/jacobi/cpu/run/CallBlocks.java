package dev.jacobi.cpu.run;

import java.util.ArrayList;

/** A thread's blocks. A callback may call a program again, so they are a stack. */
final class CallBlocks {
  private static final ThreadLocal<CallBlocks> OF_THREAD = ThreadLocal.withInitial(CallBlocks::new);

  private final ArrayList<CallBlock> blocks = new ArrayList<>();
  private int depth;
  private long calls;

  private CallBlocks() {}

  static CallBlocks ofThread() {
    return OF_THREAD.get();
  }

  /** A block with room for so many pointers; {@link #pop} must follow. */
  CallBlock push(int pointers) {
    if (depth == blocks.size()) {
      blocks.add(Watcher.watch(new CallBlock(pointers)));
    }
    var block = blocks.get(depth);
    if (!block.holds(pointers)) {
      block = Watcher.watch(new CallBlock(pointers));
      blocks.set(depth, block);
    }
    depth++;
    block.begin(++calls);
    return block;
  }

  /** The block of the innermost call. */
  CallBlock top() {
    return blocks.get(depth - 1);
  }

  void pop(CallBlock block) {
    block.end();
    depth--;
  }
}
