"""The golden file format, shared by the scripts beside it. FORMAT.md describes it for the reader in Java."""
import platform
import sys
import zlib

import jax
import ml_dtypes
import numpy as np

JAX_VERSION = "0.10.2"

SHORT = {
    "bool": "bool", "int8": "i8", "int16": "i16", "int32": "i32", "int64": "i64",
    "uint8": "u8", "uint16": "u16", "uint32": "u32", "uint64": "u64",
    "float16": "f16", "bfloat16": "bf16", "float32": "f32", "float64": "f64",
    "complex64": "c64", "complex128": "c128", "float0": "float0",
}
LONG = {short: long for long, short in SHORT.items()}
BITS = {"float16": np.uint16, "bfloat16": np.uint16, "float32": np.uint32, "float64": np.uint64}
QUIET_NAN = {"float16": 0x7E00, "bfloat16": 0x7FC0, "float32": 0x7FC00000, "float64": 0x7FF8000000000000}
FLOATS = ["f16", "bf16", "f32", "f64"]
COMPLEX = ["c64", "c128"]
SIGNED = ["i8", "i16", "i32", "i64"]
UNSIGNED = ["u8", "u16", "u32", "u64"]
INTS = SIGNED + UNSIGNED
ALL = ["bool"] + INTS + FLOATS + COMPLEX


def np_dtype(short):
    long = LONG[short]
    return np.dtype(getattr(ml_dtypes, long)) if long == "bfloat16" else np.dtype(long)


def name_of(dtype):
    return SHORT["float0"] if dtype == jax.dtypes.float0 else SHORT[np.dtype(dtype).name]


def type_text(x):
    return f"{name_of(x.dtype)}[{','.join(map(str, x.shape))}]"


def _float_bits(flat):
    """The elements' bits as Python ints; every NaN is written as the one quiet NaN."""
    name = flat.dtype.name
    bits = flat.view(BITS[name])
    return np.where(np.isnan(flat), BITS[name](QUIET_NAN[name]), bits)


def elements(x):
    """The elements of an array in row-major order, separated by blanks: floats as hex bits, integers in decimal."""
    x = np.asarray(x)
    if x.dtype == jax.dtypes.float0:
        return "-"
    flat = np.ascontiguousarray(x).reshape(-1)
    kind = flat.dtype.name
    if kind == "bool":
        return " ".join("1" if e else "0" for e in flat)
    if kind in ("complex64", "complex128"):
        re, im = (_hex(np.ascontiguousarray(p)) for p in (flat.real, flat.imag))
        return " ".join(f"{a},{b}" for a, b in zip(re, im))
    if kind in BITS:
        return " ".join(_hex(flat))
    return " ".join(str(int(e)) for e in flat)


def _hex(flat):
    width = flat.dtype.itemsize * 2
    return [format(int(b), f"0{width}x") for b in _float_bits(flat)]


def words(x):
    """Each element as an unsigned 64-bit word: bits of floats, two's complement of integers."""
    flat = np.ascontiguousarray(np.asarray(x)).reshape(-1)
    if flat.dtype.name in BITS:
        return _float_bits(flat).astype(np.uint64)
    return flat.astype(np.int64).view(np.uint64) if flat.dtype.kind == "i" else flat.astype(np.uint64)


def hash64(x):
    """h = 31 * h + word over all elements, modulo 2^64, from h = 1 (java.util.Arrays.hashCode on 64 bits)."""
    w = words(x)
    n = len(w)
    powers = np.ones(n + 1, np.uint64)
    with np.errstate(over="ignore"):
        powers[1:] = np.cumprod(np.full(n, 31, np.uint64))
        total = powers[n] + np.sum(w * powers[:n][::-1], dtype=np.uint64)
    return format(int(total), "016x")


def seed_of(text):
    return zlib.crc32(text.encode())


class GoldenFile:
    """Cases of one file: a case is lines of tab-separated fields, cases are separated by an empty line."""

    def __init__(self, path, x64, note):
        assert jax.__version__ == JAX_VERSION, f"goldens are made with JAX {JAX_VERSION}, not {jax.__version__}"
        self.out = open(path, "w", newline="\n")
        self.cases = 0
        import jaxlib
        self.out.write(f"#jacobi-golden 1\n#note {note}\n#jax {jax.__version__}\n#jaxlib {jaxlib.__version__}\n")
        self.out.write(f"#python {platform.python_version()}\n#numpy {np.__version__}\n#platform cpu\n#x64 {int(x64)}\n")

    def case(self, name):
        assert "\t" not in name
        self.cases += 1
        self.line("\ncase", name)
        return self

    def line(self, tag, *fields):
        fields = [str(f) for f in fields]
        assert not any("\t" in f or "\n" in f for f in fields), (tag, fields)
        self.out.write("\t".join((tag, *fields)) + "\n")

    def array(self, tag, x):
        x = np.asarray(x)
        self.line(tag, type_text(x), elements(x))

    def text(self, tag, text):
        """A text of many lines: one line of the file per line of text."""
        for row in text.split("\n"):
            self.line(tag, row.rstrip())

    def close(self):
        self.out.close()
        print(f"{self.out.name}: {self.cases} cases", file=sys.stderr)
