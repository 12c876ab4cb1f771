package dev.jacobi.io;

import dev.jacobi.hlo.DType;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A {@code .npy} or {@code .npz} file that cannot be read, and why. */
public abstract sealed class NpyException extends IOException {
  private static final long serialVersionUID = 1L;

  NpyException(String source, String message) {
    super(source + ": " + message);
  }

  /** The file does not begin as its format does. */
  public static final class NotNpy extends NpyException {
    private static final long serialVersionUID = 1L;

    NotNpy(String source, String why) {
      super(source, "this is no file of NumPy arrays: " + why);
    }
  }

  /** The header is damaged, or of a version that does not exist. */
  public static final class BadHeader extends NpyException {
    private static final long serialVersionUID = 1L;

    BadHeader(String source, String why) {
      super(source, "the header of the array is damaged: " + why);
    }
  }

  /** The file ends before the array does. */
  public static final class Truncated extends NpyException {
    private static final long serialVersionUID = 1L;

    Truncated(String source, String what, long needed, long available) {
      super(
          source,
          "the file is truncated: "
              + what
              + " needs "
              + needed
              + " bytes, but only "
              + available
              + " are left. Copy or write the file again.");
    }
  }

  /** The file is longer than its header says. */
  public static final class TrailingBytes extends NpyException {
    private static final long serialVersionUID = 1L;

    TrailingBytes(String source, NpyHeader header, long extra) {
      super(
          source,
          "the header announces "
              + header
              + ", but "
              + extra
              + " bytes follow the array: the header lies about the size, or several arrays were"
              + " written to one file (use .npz for these).");
    }
  }

  /** The shape cannot be that of an array in memory. */
  public static final class AbsurdShape extends NpyException {
    private static final long serialVersionUID = 1L;

    AbsurdShape(String source, String shape, String why) {
      super(source, "the header has the shape " + shape + ", " + why + ".");
    }
  }

  /** The file holds Python objects, which are code. */
  public static final class ObjectArray extends NpyException {
    private static final long serialVersionUID = 1L;

    ObjectArray(String source) {
      super(
          source,
          "the array holds Python objects (pickles), which can run code and are never loaded."
              + " Save it from Python with a numeric dtype: np.save(file, a.astype(...)).");
    }
  }

  /** An element type that arrays do not have. */
  public static final class UnsupportedType extends NpyException {
    private static final long serialVersionUID = 1L;

    UnsupportedType(String source, String descr) {
      super(
          source,
          "the element type "
              + descr
              + " is not one of "
              + Arrays.stream(DType.values()).map(DType::numpyName).collect(Collectors.joining(" "))
              + "."
              + (descr.endsWith("V2")
                  ? " If it is bfloat16, which NumPy writes as raw bytes, say so: read(path,"
                      + " DType.BF16)."
                  : " Convert it in Python with astype."));
    }
  }

  /** A hint that contradicts the file. */
  public static final class WrongHint extends NpyException {
    private static final long serialVersionUID = 1L;

    WrongHint(String source, DType hint, String descr) {
      super(
          source,
          "it was to be read as " + hint.numpyName() + ", but its element type is " + descr + ".");
    }
  }
}
