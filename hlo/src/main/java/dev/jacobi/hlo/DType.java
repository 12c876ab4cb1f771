package dev.jacobi.hlo;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Element types. Booleans take one byte; complex numbers are two consecutive reals. */
public enum DType implements Element {
  BOOL("i1", "bool", 1, Kind.BOOL),
  I8("i8", "int8", 1, Kind.SIGNED),
  I16("i16", "int16", 2, Kind.SIGNED),
  I32("i32", "int32", 4, Kind.SIGNED),
  I64("i64", "int64", 8, Kind.SIGNED),
  U8("ui8", "uint8", 1, Kind.UNSIGNED),
  U16("ui16", "uint16", 2, Kind.UNSIGNED),
  U32("ui32", "uint32", 4, Kind.UNSIGNED),
  U64("ui64", "uint64", 8, Kind.UNSIGNED),
  F16("f16", "float16", 2, Kind.FLOAT),
  BF16("bf16", "bfloat16", 2, Kind.FLOAT),
  F32("f32", "float32", 4, Kind.FLOAT),
  F64("f64", "float64", 8, Kind.FLOAT),
  C64("complex<f32>", "complex64", 8, Kind.COMPLEX),
  C128("complex<f64>", "complex128", 16, Kind.COMPLEX);

  /** The family an element type belongs to. */
  public enum Kind {
    BOOL,
    SIGNED,
    UNSIGNED,
    FLOAT,
    COMPLEX
  }

  private static final Map<String, DType> BY_MLIR = new HashMap<>();

  static {
    for (DType t : values()) {
      BY_MLIR.put(t.mlir, t);
    }
  }

  private final String mlir;
  private final String numpy;
  private final int bytes;
  private final Kind kind;

  DType(String mlir, String numpy, int bytes, Kind kind) {
    this.mlir = mlir;
    this.numpy = numpy;
    this.bytes = bytes;
    this.kind = kind;
  }

  /** The type's name in MLIR text, such as {@code ui8} or {@code complex<f32>}. */
  @Override
  public String mlir() {
    return mlir;
  }

  /** The type's name in NumPy, such as {@code float32}. */
  public String numpyName() {
    return numpy;
  }

  /** JAX's short name, as printed in jaxprs: {@code f32}, {@code u8}, {@code c64}, {@code bool}. */
  public String shortName() {
    return this == BOOL ? "bool" : name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Number of value bits: 1 for booleans, otherwise eight times {@link #bytes()}. */
  @Override
  public int bits() {
    return this == BOOL ? 1 : 8 * bytes;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public DType storage() {
    return this;
  }

  /** The real type of a complex type's parts; every other type is its own. */
  public DType real() {
    return switch (this) {
      case C64 -> F32;
      case C128 -> F64;
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, F16, BF16, F32, F64 -> this;
    };
  }

  /** The complex type whose parts are of this type, if there is one. */
  public Optional<DType> complex() {
    return switch (this) {
      case F32, C64 -> Optional.of(C64);
      case F64, C128 -> Optional.of(C128);
      case BOOL, I8, I16, I32, I64, U8, U16, U32, U64, F16, BF16 -> Optional.empty();
    };
  }

  /** Finds a type by its MLIR name. */
  public static Optional<DType> ofMlir(String name) {
    return Optional.ofNullable(BY_MLIR.get(name));
  }
}
