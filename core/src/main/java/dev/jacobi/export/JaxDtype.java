package dev.jacobi.export;

import dev.jacobi.hlo.DType;
import dev.jacobi.hlo.Element;
import dev.jacobi.hlo.Narrow;
import java.util.Optional;

/** JAX's element types in exported functions; a constant's position is its number in the files. */
public enum JaxDtype {
  BOOL("bool", DType.BOOL),
  I8("i8", DType.I8),
  I16("i16", DType.I16),
  I32("i32", DType.I32),
  I64("i64", DType.I64),
  U8("u8", DType.U8),
  U16("u16", DType.U16),
  U32("u32", DType.U32),
  U64("u64", DType.U64),
  F16("f16", DType.F16),
  F32("f32", DType.F32),
  F64("f64", DType.F64),
  C64("c64", DType.C64),
  C128("c128", DType.C128),
  BF16("bf16", DType.BF16),
  I4("i4", Narrow.I4),
  U4("u4", Narrow.U4),
  F8_E4M3B11FNUZ("f8_e4m3b11fnuz", Narrow.F8E4M3B11FNUZ),
  F8_E4M3FN("f8_e4m3fn", Narrow.F8E4M3FN),
  F8_E4M3FNUZ("f8_e4m3fnuz", Narrow.F8E4M3FNUZ),
  F8_E5M2("f8_e5m2", Narrow.F8E5M2),
  F8_E5M2FNUZ("f8_e5m2fnuz", Narrow.F8E5M2FNUZ),
  /** Tangents and cotangents of integers; arrays of booleans, all false. */
  FLOAT0("float0", DType.BOOL),
  F8_E4M3("f8_e4m3", Narrow.F8E4M3),
  F8_E3M4("f8_e3m4", Narrow.F8E3M4),
  F8_E8M0FNU("f8_e8m0fnu", Narrow.F8E8M0FNU),
  F4_E2M1FN("f4_e2m1fn", Narrow.F4E2M1FN),
  /** Keys of threefry, two words each: {@link dev.jacobi.Key}. */
  KEY_FRY("key<fry>", DType.U32),
  KEY_RBG("key<rbg>", DType.U32),
  KEY_UNSAFE_RBG("key<urbg>", DType.U32);

  private final String shortName;
  private final Element element;

  JaxDtype(String shortName, Element element) {
    this.shortName = shortName;
    this.element = element;
  }

  /** JAX's short name, as in jaxprs. */
  public String shortName() {
    return shortName;
  }

  public boolean isKey() {
    return this == KEY_FRY || this == KEY_RBG || this == KEY_UNSAFE_RBG;
  }

  /** The type of Java's arrays with such elements, if there are any. */
  public Optional<DType> dtype() {
    return element instanceof DType dtype && this != KEY_RBG && this != KEY_UNSAFE_RBG
        ? Optional.of(dtype)
        : Optional.empty();
  }

  /** The type of arrays of {@code dtype}. */
  static JaxDtype of(DType dtype) {
    return valueOf(dtype.name());
  }
}
