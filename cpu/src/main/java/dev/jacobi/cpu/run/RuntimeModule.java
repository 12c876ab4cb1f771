package dev.jacobi.cpu.run;

import dev.jacobi.cpu.llvm.Isa;
import dev.jacobi.cpu.llvm.Target;

/**
 * The native half of the runtime, as LLVM IR: dividing work among threads and recording errors. One
 * module per process; compiled once per machine, then from the disk cache.
 *
 * <p>The words of the shared pool, each on a cache line of its own because different threads write
 * them:
 *
 * <pre>
 *    0  state    i32  bit 0: a job is open; bits 1-10: workers that joined it; above: job number
 *    4  spins    i32  how often an idle thread looks before it sleeps
 *    8  fn, 16 ctx, 24 tasks   the job, written by its owner before it opens it
 *   64  busy     i32  1 while a job has an owner
 *  128  next     i64  the first task that nobody has claimed
 *  192  left     i32  workers that have left the job; 196 waiting i32: its owner sleeps on left
 *  256  sleepers i32  workers that sleep on state, or are about to
 * </pre>
 *
 * <p>What generated code gets is a view of the pool, {@code {ptr shared, i32 threads}}, so that
 * each call has its own limit. An owner never waits for a worker that has not joined, and only one
 * job has workers at a time: a second caller, or a nested call, runs its tasks itself. So nobody
 * can deadlock.
 */
final class RuntimeModule {
  static final int POOL_BYTES = 320;
  static final int SPINS_OFFSET = 4;

  private RuntimeModule() {}

  /**
   * The module's text.
   *
   * @param threads whether the system has futexes; without, all tasks run on the calling thread
   */
  static String text(Target target, boolean threads) {
    boolean arm = target.isa() == Isa.NEON;
    return (INLINE + (threads ? PARALLEL + WORKER + SPIN + GridModule.TEXT : ALONE) + ERROR)
        .replace("$PAUSE", arm ? "isb" : "pause")
        .replace("$FENCE", arm ? "dmb ish" : "sfence") // after stores past the cache
        .replace("$FUTEX", arm ? "98" : "202");
  }

  /** {@code i64 jacobi_spin(i64 n)}: n looks, to learn how long one takes. */
  private static final String SPIN =
      """

      define i64 @jacobi_spin(ptr %word, i64 %n) nounwind {
      entry:
        br label %loop
      loop:
        %i = phi i64 [ 0, %entry ], [ %j, %loop ]
        %w = load atomic i32, ptr %word acquire, align 4
        call void asm sideeffect "$PAUSE", "~{memory}"()
        %j = add i64 %i, 1
        %more = icmp ult i64 %j, %n
        br i1 %more, label %loop, label %done
      done:
        ret i64 %j
      }
      """;

  private static final String INLINE =
      """
      declare i64 @llvm.umin.i64(i64, i64)
      declare i32 @llvm.umin.i32(i32, i32)

      define internal void @inline_tasks(ptr %fn, ptr %ctx, i64 %tasks) nounwind {
      entry:
        %any = icmp sgt i64 %tasks, 0
        br i1 %any, label %loop, label %done
      loop:
        %i = phi i64 [ 0, %entry ], [ %j, %loop ]
        call void %fn(ptr %ctx, i64 %i)
        %j = add i64 %i, 1
        %more = icmp slt i64 %j, %tasks
        br i1 %more, label %loop, label %done
      done:
        ret void
      }
      """;

  private static final String ALONE =
      """

      define void @jacobi_parallel(ptr %view, ptr %fn, ptr %ctx, i64 %tasks) nounwind {
        call void @inline_tasks(ptr %fn, ptr %ctx, i64 %tasks)
        ret void
      }
      """;

  private static final String PARALLEL =
      """

      declare i64 @syscall(i64, ...)

      define internal void @claim_tasks(ptr %pool, ptr %fn, ptr %ctx, i64 %tasks) nounwind {
      entry:
        %next = getelementptr i8, ptr %pool, i64 128
        br label %claim
      claim:
        %i = atomicrmw add ptr %next, i64 1 acq_rel
        %mine = icmp slt i64 %i, %tasks
        br i1 %mine, label %run, label %done
      run:
        call void %fn(ptr %ctx, i64 %i)
        br label %claim
      done:
        ret void
      }

      ; Futex operations are private to the process: 128 waits, 129 wakes.
      define internal void @sleep_on(ptr %word, i32 %seen) nounwind noinline {
        %v = zext i32 %seen to i64
        %r = call i64 (i64, ...) @syscall(i64 $FUTEX, ptr %word, i64 128, i64 %v, ptr null)
        ret void
      }

      define internal void @wake(ptr %word, i64 %n) nounwind noinline {
        %r = call i64 (i64, ...) @syscall(i64 $FUTEX, ptr %word, i64 129, i64 %n)
        ret void
      }

      define void @jacobi_parallel(ptr %view, ptr %fn, ptr %ctx, i64 %tasks) nounwind {
      entry:
        %limitp = getelementptr i8, ptr %view, i64 8
        %limit = load i32, ptr %limitp, align 4
        %alone = icmp sle i32 %limit, 1
        %few = icmp sle i64 %tasks, 1
        %inline = or i1 %alone, %few
        br i1 %inline, label %self, label %own
      own:
        %pool = load ptr, ptr %view, align 8
        %busy = getelementptr i8, ptr %pool, i64 64
        %taken = load atomic i32, ptr %busy monotonic, align 4
        %free = icmp eq i32 %taken, 0
        br i1 %free, label %try, label %self
      try:
        %x = cmpxchg ptr %busy, i32 0, i32 1 acquire monotonic
        %got = extractvalue { i32, i1 } %x, 1
        br i1 %got, label %publish, label %self
      self:
        call void @inline_tasks(ptr %fn, ptr %ctx, i64 %tasks)
        ret void

      publish:
        %fnp = getelementptr i8, ptr %pool, i64 8
        %ctxp = getelementptr i8, ptr %pool, i64 16
        %tasksp = getelementptr i8, ptr %pool, i64 24
        %next = getelementptr i8, ptr %pool, i64 128
        %left = getelementptr i8, ptr %pool, i64 192
        %waiting = getelementptr i8, ptr %pool, i64 196
        %sleepers = getelementptr i8, ptr %pool, i64 256
        store ptr %fn, ptr %fnp, align 8
        store ptr %ctx, ptr %ctxp, align 8
        store i64 %tasks, ptr %tasksp, align 8
        store atomic i64 0, ptr %next monotonic, align 8
        store atomic i32 0, ptr %left monotonic, align 4
        ; Workers that may join: one less than the limit and than the tasks. They are counted down in
        ; the joined field from the top, so that one comparison tells a worker that the job is full.
        %helpers0 = add i32 %limit, -1
        %tasksm = add i64 %tasks, -1
        %cap = call i64 @llvm.umin.i64(i64 %tasksm, i64 1023)
        %cap32 = trunc i64 %cap to i32
        %helpers = call i32 @llvm.umin.i32(i32 %helpers0, i32 %cap32)
        %start = sub i32 1023, %helpers
        %old = load atomic i32, ptr %pool monotonic, align 4
        %number = and i32 %old, -2048
        %bumped = add i32 %number, 2048
        %start2 = shl i32 %start, 1
        %a = or i32 %bumped, %start2
        %open = or i32 %a, 1
        store atomic i32 %open, ptr %pool seq_cst, align 4
        %s = load atomic i32, ptr %sleepers seq_cst, align 4
        %asleep = icmp ne i32 %s, 0
        br i1 %asleep, label %wake_them, label %work
      wake_them:
        %h64 = zext i32 %helpers to i64
        call void @wake(ptr %pool, i64 %h64)
        br label %work
      work:
        call void @claim_tasks(ptr %pool, ptr %fn, ptr %ctx, i64 %tasks)
        %before = atomicrmw and ptr %pool, i32 -2 seq_cst
        %j0 = lshr i32 %before, 1
        %j1 = and i32 %j0, 1023
        %joined = sub i32 %j1, %start
        %spinsp = getelementptr i8, ptr %pool, i64 4
        %spins = load i32, ptr %spinsp, align 4
        br label %look
      look:
        %n = phi i32 [ 0, %work ], [ %n1, %pause ], [ 0, %slept ]
        %l = load atomic i32, ptr %left seq_cst, align 4
        %all = icmp eq i32 %l, %joined
        br i1 %all, label %finish, label %spin
      spin:
        %patient = icmp ult i32 %n, %spins
        br i1 %patient, label %pause, label %doze
      pause:
        call void asm sideeffect "$PAUSE", "~{memory}"()
        %n1 = add i32 %n, 1
        br label %look
      doze:
        store atomic i32 1, ptr %waiting seq_cst, align 4
        %l2 = load atomic i32, ptr %left seq_cst, align 4
        %all2 = icmp eq i32 %l2, %joined
        br i1 %all2, label %finish, label %doze2
      doze2:
        call void @sleep_on(ptr %left, i32 %l2)
        br label %slept
      slept:
        br label %look
      finish:
        store atomic i32 0, ptr %waiting monotonic, align 4
        store atomic i32 0, ptr %busy release, align 4
        ret void
      }
      """;

  private static final String WORKER =
      """

      define void @jacobi_worker(ptr %pool) nounwind {
      entry:
        %fnp = getelementptr i8, ptr %pool, i64 8
        %ctxp = getelementptr i8, ptr %pool, i64 16
        %tasksp = getelementptr i8, ptr %pool, i64 24
        %left = getelementptr i8, ptr %pool, i64 192
        %waiting = getelementptr i8, ptr %pool, i64 196
        %sleepers = getelementptr i8, ptr %pool, i64 256
        %spinsp = getelementptr i8, ptr %pool, i64 4
        %spins = load i32, ptr %spinsp, align 4
        br label %wait
      wait:                                     ; %done: the number of the last job looked at
        %done = phi i32 [ 0, %entry ], [ %done, %retry ], [ %done, %pause ], [ %done, %woken ],
                        [ %number, %next_job ], [ %number, %full ]
        %n = phi i32 [ 0, %entry ], [ %n, %retry ], [ %n1, %pause ], [ 0, %woken ],
                     [ 0, %next_job ], [ 0, %full ]
        %state = load atomic i32, ptr %pool seq_cst, align 4
        %number = and i32 %state, -2048
        %bit = and i32 %state, 1
        %is_open = icmp ne i32 %bit, 0
        %is_new = icmp ne i32 %number, %done
        %go = and i1 %is_open, %is_new
        br i1 %go, label %check, label %idle
      check:
        %j0 = lshr i32 %state, 1
        %j = and i32 %j0, 1023
        %room = icmp ult i32 %j, 1023
        br i1 %room, label %join, label %full
      full:
        br label %wait
      join:
        %joined = add i32 %state, 2
        %x = cmpxchg ptr %pool, i32 %state, i32 %joined seq_cst seq_cst
        %ok = extractvalue { i32, i1 } %x, 1
        br i1 %ok, label %work, label %retry
      retry:
        br label %wait
      work:
        %fn = load ptr, ptr %fnp, align 8
        %ctx = load ptr, ptr %ctxp, align 8
        %tasks = load i64, ptr %tasksp, align 8
        call void @claim_tasks(ptr %pool, ptr %fn, ptr %ctx, i64 %tasks)
        ; After this addition the owner may return: only the pool may be touched.
        %l = atomicrmw add ptr %left, i32 1 seq_cst
        %w = load atomic i32, ptr %waiting seq_cst, align 4
        %owner_sleeps = icmp ne i32 %w, 0
        br i1 %owner_sleeps, label %wake_owner, label %next_job
      wake_owner:
        call void @wake(ptr %left, i64 1)
        br label %next_job
      next_job:
        br label %wait
      idle:
        %patient = icmp ult i32 %n, %spins
        br i1 %patient, label %pause, label %doze
      pause:
        call void asm sideeffect "$PAUSE", "~{memory}"()
        %n1 = add i32 %n, 1
        br label %wait
      doze:
        %s0 = atomicrmw add ptr %sleepers, i32 1 seq_cst
        ; The kernel compares: if the state has changed, this returns at once.
        call void @sleep_on(ptr %pool, i32 %state)
        %s1 = atomicrmw sub ptr %sleepers, i32 1 seq_cst
        br label %woken
      woken:
        br label %wait
      }
      """;

  /**
   * {@code jacobi_fail(record, order, site, values, count)}: keeps the error that is first in
   * program order, whichever thread finds it first. {@link ErrorRecord} has the layout.
   */
  private static final String ERROR =
      """

      define void @jacobi_fail(ptr %record, i64 %order, i32 %site, ptr %values, i32 %count)
          nounwind noinline cold {
      entry:
        br label %lock
      lock:
        %x = cmpxchg ptr %record, i32 0, i32 1 acquire monotonic
        %got = extractvalue { i32, i1 } %x, 1
        br i1 %got, label %locked, label %pause
      pause:
        call void asm sideeffect "$PAUSE", "~{memory}"()
        br label %lock
      locked:
        %setp = getelementptr i8, ptr %record, i64 4
        %orderp = getelementptr i8, ptr %record, i64 8
        %sitep = getelementptr i8, ptr %record, i64 16
        %countp = getelementptr i8, ptr %record, i64 20
        %out = getelementptr i8, ptr %record, i64 24
        %set = load i32, ptr %setp, align 4
        %old = load i64, ptr %orderp, align 8
        %empty = icmp eq i32 %set, 0
        %earlier = icmp slt i64 %order, %old
        %take = or i1 %empty, %earlier
        br i1 %take, label %write, label %unlock
      write:
        store i32 1, ptr %setp, align 4
        store i64 %order, ptr %orderp, align 8
        store i32 %site, ptr %sitep, align 4
        %n = call i32 @llvm.umin.i32(i32 %count, i32 8)
        store i32 %n, ptr %countp, align 4
        %any = icmp ne i32 %n, 0
        br i1 %any, label %copy, label %unlock
      copy:
        %i = phi i32 [ 0, %write ], [ %j, %copy ]
        %from = getelementptr i64, ptr %values, i32 %i
        %to = getelementptr i64, ptr %out, i32 %i
        %v = load i64, ptr %from, align 8
        store i64 %v, ptr %to, align 8
        %j = add i32 %i, 1
        %more = icmp ult i32 %j, %n
        br i1 %more, label %copy, label %unlock
      unlock:
        store atomic i32 0, ptr %record release, align 4
        ret void
      }
      """;
}
