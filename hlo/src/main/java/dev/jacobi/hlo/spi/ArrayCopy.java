package dev.jacobi.hlo.spi;

import dev.jacobi.hlo.Loc;
import dev.jacobi.hlo.TensorType;
import java.util.List;

/**
 * A copy of a whole array that a compiled program makes, where its text would allow to work in
 * place.
 *
 * @param type of the array
 * @param operation what makes the copy: the mnemonic of an operation, or {@code return}
 * @param line of that operation in the user's program
 * @param loops the lines of the loops around it, from outside to inside: every step of them makes
 *     the copy again; a loop's copy before its first step is not in it
 */
public record ArrayCopy(
    TensorType type, String operation, Loc line, List<Loc> loops, Reason reason) {
  /** Why the array's own memory would not do. */
  public sealed interface Reason {
    /** It is an argument of the program, which the caller has not given away. */
    record Undonated(int argument) implements Reason {
      @Override
      public String toString() {
        return "argument " + argument + " is not donated";
      }
    }

    /** It is an argument that stands for an array which the user's function captured. */
    record Captured() implements Reason {
      @Override
      public String toString() {
        return "the function captured it";
      }
    }

    /** It is a constant of the program. */
    record Constant() implements Reason {
      @Override
      public String toString() {
        return "it is a constant of the program";
      }
    }

    /** Something reads it later. */
    record ReadLater(Loc line) implements Reason {
      @Override
      public String toString() {
        return "it is read later at " + line;
      }
    }

    /** The operation reads it as another operand too. */
    record ReadBeside() implements Reason {
      @Override
      public String toString() {
        return "the same operation reads it in another place too";
      }
    }

    /** The next step of a loop, or what follows a branch, gets it as it is. */
    record HandedOn() implements Reason {
      @Override
      public String toString() {
        return "the next step of the loop, or what follows the branch, reads it too";
      }
    }

    /** It is a result of the program as it is. */
    record Returned() implements Reason {
      @Override
      public String toString() {
        return "it is returned too";
      }
    }

    /** One array is needed twice: as two results, or as what two parts of a carry begin with. */
    record Twice() implements Reason {
      @Override
      public String toString() {
        return "it is needed twice";
      }
    }

    /** A loop hands it on as another part of its carry. */
    record Moved() implements Reason {
      @Override
      public String toString() {
        return "the loop hands it on as another part of what it carries";
      }
    }

    /** A loop or branch hands on an array from outside of it. */
    record Outside() implements Reason {
      @Override
      public String toString() {
        return "it comes from outside of the loop or branch";
      }
    }

    /** A loop reads the array before a step while it writes the one after it. */
    record TwoBuffers() implements Reason {
      @Override
      public String toString() {
        return "steps of the loop compute it in one buffer while they read another";
      }
    }
  }

  public ArrayCopy {
    loops = List.copyOf(loops);
  }

  /** The same for another reason. */
  public ArrayCopy withReason(Reason other) {
    return new ArrayCopy(type, operation, line, loops, other);
  }

  /** Bytes of one copy. */
  public long bytes() {
    return type.byteSize();
  }

  /** Whether steps of a loop make it, and not only the call. */
  public boolean isEachStep() {
    return !loops.isEmpty();
  }

  @Override
  public String toString() {
    String when = loops.isEmpty() ? "once" : "in each step of the loop at " + loops.getLast();
    return "%d bytes (%s) copied %s by %s at %s: %s"
        .formatted(bytes(), type, when, operation, line, reason);
  }
}
