package dev.jacobi.cpu.emit;

import dev.jacobi.cpu.gemm.Parallel;
import dev.jacobi.cpu.grid.CollectiveForms;
import dev.jacobi.cpu.grid.Meetings;
import dev.jacobi.cpu.llvm.FnEmitter;
import dev.jacobi.cpu.llvm.LType;
import dev.jacobi.cpu.llvm.Val;
import dev.jacobi.hlo.Block;
import dev.jacobi.hlo.CollectiveOp;
import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Instr;
import dev.jacobi.hlo.Value;
import dev.jacobi.hlo.grid.Grouping;
import java.util.List;

/**
 * Emits collectives in the forms that {@link CollectiveForms} leaves: the device comes to a meeting
 * of its group, does its share while everybody's memory is there, and parts.
 */
final class CollectiveEmitter {
  private static final int CTX_RECORD = 32;

  /** A reduction is divided so that no two devices write to one cache line. */
  private static final long LINE = 64;

  /**
   * Larger results of the program, and larger ones that it reads, bypass the caches: all devices'
   * operands and results together are then larger than these. 4 MiB on two devices took 310 us past
   * the caches, and 150 us in them.
   */
  private static final long STREAMED_RESULT = 8 << 20;

  private static final long STREAMED = 32 << 20;

  /** Bytes that one of a device's threads copies at a time. */
  static final long PIECE = 128 << 10;

  private final FunctionEmitter function;
  private final FnEmitter f;

  CollectiveEmitter(FunctionEmitter function) {
    this.function = function;
    this.f = function.code();
  }

  /** What a device has at a meeting. */
  private record Seat(Val record, Val row, Val slots, Val place, Val members) {}

  void emit(Instr instr, CollectiveOp op) {
    switch (op) {
      case CollectiveOp.ProcessId _ -> {
        Val number = f.load(LType.I64, f.offset(record(), 8));
        function.frame().put(instr.result(), Reg.of(DType.U32, f.trunc(number, LType.I32)));
      }
      case CollectiveOp.AllReduce o -> {
        Value x = o.operands().getFirst();
        Seat seat = meet(instr, op, x);
        reduce(o.body(), x, instr.result(), seat);
        part(seat);
      }
      case CollectiveOp.ReduceScatter o -> {
        Seat seat = meet(instr, op, o.operand());
        scatter(o.body(), instr.result(), seat);
        part(seat);
      }
      case CollectiveOp.AllGather o -> {
        Value x = o.operands().getFirst();
        Seat seat = meet(instr, op, x);
        collect(seat, Val.i64(0), x.type().byteSize(), instr.result());
        part(seat);
      }
      case CollectiveOp.AllToAll o -> {
        Value x = o.operands().getFirst();
        Seat seat = meet(instr, op, x);
        long bytes = x.type().byteSize() / o.count();
        collect(seat, f.mulNsw(seat.place, Val.i64(bytes)), bytes, instr.result());
        part(seat);
      }
      case CollectiveOp.CollectivePermute o -> fetch(instr, op, o.operand());
      case CollectiveOp.CollectiveBroadcast o -> fetch(instr, op, o.operand());
      case CollectiveOp.CrossReplicaSum _ ->
          throw new IllegalStateException(op.mnemonic() + " should be gone");
    }
  }

  private Val record() {
    return f.load(LType.PTR, f.offset(function.context().ctx(), CTX_RECORD));
  }

  private Seat meet(Instr instr, CollectiveOp op, Value operand) {
    Meetings meetings = function.context().meetings();
    Grouping grouping = Grouping.of(op, meetings.devices(), instr.loc());
    String what = op.mnemonic() + (instr.loc().isKnown() ? " at " + instr.loc() : "");
    Val record = record();
    Val area = f.load(LType.PTR, record);
    Val device = f.load(LType.I64, f.offset(record, 8));
    Val table = f.offset(area, meetings.add(grouping, what));
    Val row = f.gep(LType.I8, table, f.mulNsw(device, Val.i64(Meetings.ROW)));
    Val status =
        f.call(
            "jacobi_meet",
            LType.I32,
            record,
            row,
            function.address(operand),
            function.address(instr.result()));
    new HostEmitter(function).leaveUnlessZero(status);
    Val meeting = f.gep(LType.I8, area, f.load(LType.I64, row));
    return new Seat(
        record,
        row,
        f.offset(meeting, Meetings.MEMBERS),
        f.load(LType.I64, f.offset(row, 8)),
        f.load(LType.I64, f.offset(row, 16)));
  }

  private void part(Seat seat) {
    f.call("jacobi_part", LType.VOID, seat.record, seat.row);
  }

  /** Each device combines one slice of all operands, and writes it to all results. */
  private void reduce(Block body, Value operand, Value result, Seat seat) {
    boolean inPlace = function.plan().memory(operand) == function.plan().memory(result);
    GroupReducer reducer = reducer(body, result, !inPlace && streams(result));
    Val count = Val.i64(reducer.count(operand.shape().size()));
    Val even = f.udiv(f.add(count, f.sub(seat.members, Val.i64(1))), seat.members);
    long line = LINE / reducer.elementBytes();
    Val slice = f.and(f.add(even, Val.i64(line - 1)), Val.i64(-line));
    Val first = f.umin(f.mulNsw(seat.place, slice), count);
    Val end = f.umin(f.addNsw(first, slice), count);
    Val own = f.sub(end, first);
    reducer.call(function, seat.slots, seat.members, seat.slots, seat.members, first, first, own);
  }

  /** Each device combines its block of all operands, and writes it to its result. */
  private void scatter(Block body, Value result, Seat seat) {
    GroupReducer reducer = reducer(body, result, streams(result));
    Val count = Val.i64(reducer.count(result.shape().size()));
    Val own = f.gep(LType.I8, seat.slots, f.mulNsw(seat.place, Val.i64(16)));
    Val first = f.mulNsw(seat.place, count);
    reducer.call(function, seat.slots, seat.members, own, Val.i64(1), first, Val.i64(0), count);
  }

  private GroupReducer reducer(Block body, Value result, boolean streams) {
    return GroupReducer.of(f.module(), function.kernels().isa(), body, result, streams);
  }

  private boolean streams(Value result) {
    long bytes = result.type().byteSize();
    return !result.dtype().isBool()
        && switch (function.plan().home(result)) {
          case Home.Output _ -> bytes >= STREAMED_RESULT;
          case Home.Arena _, Home.Elsewhere _ -> bytes >= STREAMED;
          case Home.Argument _, Home.Constant _ -> false;
        };
  }

  /** So many bytes of every member's operand, one after the other. */
  private void collect(Seat seat, Val from, long bytes, Value result) {
    Val to = function.address(result);
    List<Val> words = List.of(seat.slots, seat.members, seat.place, from, to);
    pieces(
        "grid_collect_" + bytes,
        bytes,
        words,
        (g, w, piece) ->
            g.call(
                "jacobi_collect",
                LType.VOID,
                Parallel.pointer(g, w.get(0)),
                w.get(1),
                w.get(2),
                g.addNsw(w.get(3), piece.first),
                piece.bytes,
                g.gep(LType.I8, Parallel.pointer(g, w.get(4)), piece.first),
                Val.i64(bytes)));
  }

  private void fetch(Instr instr, CollectiveOp op, Value operand) {
    Seat seat = meet(instr, op, operand);
    long bytes = operand.type().byteSize();
    Val source = f.load(LType.I64, f.offset(seat.row, 24));
    List<Val> words = List.of(seat.slots, source, function.address(instr.result()));
    pieces(
        "grid_fetch_" + bytes,
        bytes,
        words,
        (g, w, piece) ->
            g.call(
                "jacobi_fetch",
                LType.VOID,
                Parallel.pointer(g, w.get(0)),
                w.get(1),
                piece.first,
                piece.bytes,
                g.gep(LType.I8, Parallel.pointer(g, w.get(2)), piece.first)));
    part(seat);
  }

  /** Some of the bytes to copy. */
  private record Piece(Val first, Val bytes) {}

  private interface Copy {
    void write(FnEmitter g, List<Val> words, Piece piece);
  }

  /** Copies bytes, many of them in pieces on the device's threads. */
  private void pieces(String name, long bytes, List<Val> words, Copy copy) {
    Parallel parallel = new Parallel(f.module(), function.kernels().threads());
    long piece = bytes < 2 * PIECE || !parallel.threads() ? Math.max(1, bytes) : PIECE;
    parallel.task(
        name,
        words.size(),
        (g, w) -> {
          Val first = g.mulNsw(w.get(words.size()), Val.i64(piece));
          Val own = g.umin(Val.i64(piece), g.sub(Val.i64(bytes), first));
          copy.write(g, w, new Piece(first, own));
        });
    long rounds = Math.ceilDiv(bytes, piece);
    parallel.run(f, name, function.context().pool(), Parallel.words(f, words), rounds, rounds > 1);
  }
}
