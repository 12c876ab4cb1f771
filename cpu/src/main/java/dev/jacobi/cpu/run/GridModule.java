package dev.jacobi.cpu.run;

/**
 * The native half of collectives, as LLVM IR: how the devices of a group wait for each other, and
 * copies of what they brought. The layout of their memory is that of {@code Meetings}.
 *
 * <p>A device comes to a meeting with the addresses of its operand and its result, goes on when all
 * members have come, does its share, and leaves when all have done theirs: from the first to the
 * second every member's memory is there for the others. Both words count on from call to call, so
 * that a meeting can be held again at once. A waiting device looks at the words for as long as a
 * worker does ({@link ThreadPool}), then sleeps, 10 ms at a time, on the count. While others are
 * still to come it also looks whether the call is given up, takes its coming back, and ends; once
 * all have come nothing can end a meeting but its members.
 */
final class GridModule {
  private GridModule() {}

  /** {@code i32 jacobi_meet(ptr record, ptr row, ptr operand, ptr result)}: 1 if given up. */
  private static final String MEET =
      """

      define internal void @doze_on(ptr %word, i32 %seen) nounwind noinline {
        %time = alloca { i64, i64 }, align 8
        %nanos = getelementptr i8, ptr %time, i64 8
        store i64 0, ptr %time, align 8
        store i64 10000000, ptr %nanos, align 8
        %v = zext i32 %seen to i64
        %r = call i64 (i64, ...) @syscall(i64 $FUTEX, ptr %word, i64 128, i64 %v, ptr %time)
        ret void
      }

      define i32 @jacobi_meet(ptr %record, ptr %row, ptr %operand, ptr %result) nounwind {
      entry:
        %area = load ptr, ptr %record, align 8
        %offset = load i64, ptr %row, align 8
        %placep = getelementptr i8, ptr %row, i64 8
        %place = load i64, ptr %placep, align 8
        %membersp = getelementptr i8, ptr %row, i64 16
        %members = load i64, ptr %membersp, align 8
        %came = getelementptr i8, ptr %area, i64 %offset
        %sleepers = getelementptr i8, ptr %came, i64 8
        %slots = getelementptr i8, ptr %came, i64 128
        %at = shl i64 %place, 4
        %slot = getelementptr i8, ptr %slots, i64 %at
        %slot2 = getelementptr i8, ptr %slot, i64 8
        store ptr %operand, ptr %slot, align 8
        store ptr %result, ptr %slot2, align 8
        call void asm sideeffect "$FENCE", "~{memory}"()
        %old = atomicrmw add ptr %came, i64 1 seq_cst
        %round = udiv i64 %old, %members
        %next = add i64 %round, 1
        %target = mul i64 %next, %members
        %now = add i64 %old, 1
        %last = icmp eq i64 %now, %target
        br i1 %last, label %call, label %begin
      call:
        %s = load atomic i32, ptr %sleepers seq_cst, align 4
        %asleep = icmp ne i32 %s, 0
        br i1 %asleep, label %wake_them, label %met
      wake_them:
        call void @wake(ptr %came, i64 2147483647)
        br label %met
      met:
        ret i32 0

      begin:
        %spinsp = getelementptr i8, ptr %area, i64 4
        %spins = load i32, ptr %spinsp, align 4
        %stop = getelementptr i8, ptr %area, i64 8
        %waiting = getelementptr i8, ptr %record, i64 16
        %targetp = getelementptr i8, ptr %record, i64 24
        br label %look
      look:
        %n = phi i32 [ 0, %begin ], [ %n1, %pause ], [ %n, %slept ]
        %c = load atomic i64, ptr %came seq_cst, align 8
        %all = icmp sge i64 %c, %target
        br i1 %all, label %go, label %ask
      ask:
        %a = load atomic i32, ptr %area monotonic, align 4
        %b = load atomic i32, ptr %stop monotonic, align 4
        %ab = or i32 %a, %b
        %given_up = icmp ne i32 %ab, 0
        br i1 %given_up, label %withdraw, label %spin
      spin:
        %patient = icmp ult i32 %n, %spins
        br i1 %patient, label %pause, label %doze
      pause:
        call void asm sideeffect "$PAUSE", "~{memory}"()
        %n1 = add i32 %n, 1
        br label %look
      doze:
        store atomic i64 %target, ptr %targetp monotonic, align 8
        store atomic i64 %offset, ptr %waiting release, align 8
        %s0 = atomicrmw add ptr %sleepers, i32 1 seq_cst
        %seen = trunc i64 %c to i32
        ; The kernel compares: if somebody has come meanwhile, this returns at once.
        call void @doze_on(ptr %came, i32 %seen)
        %s1 = atomicrmw sub ptr %sleepers, i32 1 seq_cst
        br label %slept
      slept:
        br label %look
      withdraw:
        %less = sub i64 %c, 1
        %x = cmpxchg ptr %came, i64 %c, i64 %less seq_cst seq_cst
        %gone = extractvalue { i64, i1 } %x, 1
        br i1 %gone, label %abandon, label %retry
      retry:
        %c2 = load atomic i64, ptr %came seq_cst, align 8
        %all2 = icmp sge i64 %c2, %target
        br i1 %all2, label %go, label %again
      again:
        %less2 = sub i64 %c2, 1
        %x2 = cmpxchg ptr %came, i64 %c2, i64 %less2 seq_cst seq_cst
        %gone2 = extractvalue { i64, i1 } %x2, 1
        br i1 %gone2, label %abandon, label %retry
      abandon:
        store atomic i64 0, ptr %waiting release, align 8
        %abandoned = getelementptr i8, ptr %record, i64 32
        store i32 1, ptr %abandoned, align 4
        ret i32 1
      go:
        store atomic i64 0, ptr %waiting release, align 8
        ret i32 0
      }
      """;

  /** {@code jacobi_part(ptr record, ptr row)}: waits until all members have done their share. */
  private static final String PART =
      """

      define void @jacobi_part(ptr %record, ptr %row) nounwind {
      entry:
        %area = load ptr, ptr %record, align 8
        %offset = load i64, ptr %row, align 8
        %membersp = getelementptr i8, ptr %row, i64 16
        %members = load i64, ptr %membersp, align 8
        %meeting = getelementptr i8, ptr %area, i64 %offset
        %left = getelementptr i8, ptr %meeting, i64 64
        %sleepers = getelementptr i8, ptr %meeting, i64 72
        call void asm sideeffect "$FENCE", "~{memory}"()
        %old = atomicrmw add ptr %left, i64 1 seq_cst
        %round = udiv i64 %old, %members
        %next = add i64 %round, 1
        %target = mul i64 %next, %members
        %now = add i64 %old, 1
        %last = icmp eq i64 %now, %target
        br i1 %last, label %call, label %begin
      call:
        %s = load atomic i32, ptr %sleepers seq_cst, align 4
        %asleep = icmp ne i32 %s, 0
        br i1 %asleep, label %wake_them, label %parted
      wake_them:
        call void @wake(ptr %left, i64 2147483647)
        br label %parted
      parted:
        ret void

      begin:
        %spinsp = getelementptr i8, ptr %area, i64 4
        %spins = load i32, ptr %spinsp, align 4
        br label %look
      look:
        %n = phi i32 [ 0, %begin ], [ %n1, %pause ], [ %n, %doze ]
        %c = load atomic i64, ptr %left seq_cst, align 8
        %all = icmp sge i64 %c, %target
        br i1 %all, label %parted, label %spin
      spin:
        %patient = icmp ult i32 %n, %spins
        br i1 %patient, label %pause, label %doze
      pause:
        call void asm sideeffect "$PAUSE", "~{memory}"()
        %n1 = add i32 %n, 1
        br label %look
      doze:
        %s0 = atomicrmw add ptr %sleepers, i32 1 seq_cst
        %seen = trunc i64 %c to i32
        call void @doze_on(ptr %left, i32 %seen)
        %s1 = atomicrmw sub ptr %sleepers, i32 1 seq_cst
        br label %look
      }
      """;

  /**
   * {@code jacobi_collect(ptr slots, i64 members, i64 place, i64 from, i64 bytes, ptr to, i64
   * stride)}: so many bytes from an offset of each operand, a stride apart; every member begins
   * with its own. {@code jacobi_fetch(ptr slots, i64 source, i64 from, i64 bytes, ptr to)}: bytes
   * from an offset of one operand, or zeros.
   */
  private static final String COPY =
      """

      declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
      declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)

      define void @jacobi_collect(ptr %slots, i64 %members, i64 %place, i64 %from, i64 %bytes,
          ptr %to, i64 %stride) nounwind {
      entry:
        br label %loop
      loop:
        %j = phi i64 [ 0, %entry ], [ %j1, %loop ]
        %k = add i64 %place, %j
        %over = icmp sge i64 %k, %members
        %k2 = sub i64 %k, %members
        %m = select i1 %over, i64 %k2, i64 %k
        %at = shl i64 %m, 4
        %slot = getelementptr i8, ptr %slots, i64 %at
        %operand = load ptr, ptr %slot, align 8
        %source = getelementptr i8, ptr %operand, i64 %from
        %offset = mul i64 %m, %stride
        %target = getelementptr i8, ptr %to, i64 %offset
        call void @llvm.memcpy.p0.p0.i64(ptr %target, ptr %source, i64 %bytes, i1 false)
        %j1 = add i64 %j, 1
        %more = icmp slt i64 %j1, %members
        br i1 %more, label %loop, label %done
      done:
        ret void
      }

      define void @jacobi_fetch(ptr %slots, i64 %source, i64 %from, i64 %bytes, ptr %to) nounwind {
      entry:
        %none = icmp slt i64 %source, 0
        br i1 %none, label %zeros, label %copy
      zeros:
        call void @llvm.memset.p0.i64(ptr %to, i8 0, i64 %bytes, i1 false)
        ret void
      copy:
        %at = shl i64 %source, 4
        %slot = getelementptr i8, ptr %slots, i64 %at
        %operand = load ptr, ptr %slot, align 8
        %start = getelementptr i8, ptr %operand, i64 %from
        call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %start, i64 %bytes, i1 false)
        ret void
      }
      """;

  /** For {@link RuntimeModule}, which has {@code wake} and replaces what begins with a dollar. */
  static final String TEXT = MEET + PART + COPY;
}
