"""Writes print/print.txt: arrays and what numpy.array_str prints for them.

A case is a line "# dtype shape option=value ...", a line with the elements' bits in hexadecimal,
row-major (complex numbers: real, imaginary), and the text, each line behind a "|".
Run: python3 make_print.py   (needs NumPy; its version stands in the file's first line)
"""

import os

import numpy as np

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "print", "print.txt")
NAMES = {"?": "BOOL", "b": "I8", "h": "I16", "i": "I32", "l": "I64", "B": "U8", "H": "U16",
         "I": "U32", "L": "U64", "e": "F16", "f": "F32", "d": "F64", "F": "C64", "D": "C128"}


def bits(a):
    if a.dtype.kind == "c":
        a = np.ascontiguousarray(a).reshape(-1).view(a.real.dtype)
    width = a.dtype.itemsize
    return " ".join(f"{int(v):x}" for v in np.ascontiguousarray(a).reshape(-1).view(f"u{width}"))


def case(out, a, **options):
    a = np.asarray(a)
    with np.printoptions(**options):
        text = str(a)
    shape = ",".join(map(str, a.shape)) or "-"
    opts = "".join(f" {k}={int(v)}" for k, v in options.items())
    out.write(f"# {NAMES[a.dtype.char]} {shape}{opts}\n{bits(a)}\n")
    out.writelines(f"|{line}\n" for line in text.split("\n"))


def specials(dtype):
    info = np.finfo(dtype)
    return np.array([0, -0.0, 1, -1, 0.1, 1 / 3, 2 / 3, 1e-4, 9.999e-5, 1e4, 12345.678, 0.5, 0.25,
                     1.5, 9.5, 99.5, 999.5, np.nan, np.inf, -np.inf, info.max, info.tiny,
                     info.smallest_subnormal, -info.smallest_subnormal, info.eps]).astype(dtype)


def floats(out, rng):
    for t in (np.float16, np.float32, np.float64):
        s = specials(t)
        for v in s:  # scalars and arrays of one and two elements
            case(out, v)
            case(out, [v])
            case(out, np.array([v, 1], t))
        case(out, s)
        case(out, s[np.isfinite(s)])
        case(out, np.array([np.nan, np.nan], t))
        case(out, np.array([-np.inf, 1], t))
        case(out, np.array([np.inf, 1.5], t))
        for shape in ((5,), (3, 4), (2, 3, 4), (30,), (1, 1), (2, 1, 2, 2), (17, 2)):
            case(out, rng.normal(size=shape).astype(t))
            case(out, (10 ** rng.uniform(-3, 3, size=shape)).astype(t))
            case(out, (10 ** rng.uniform(-7, 4, size=shape)).astype(t))
            case(out, rng.integers(-50, 50, size=shape).astype(t))
            case(out, (rng.integers(-5000, 5000, size=shape) / 8).astype(t))
        for scale in (1e-4, 1e-3, 1, 99999, 1e7):
            case(out, np.array([scale, scale * 2, scale * 999.99], t))
            case(out, np.array([scale, scale * 1000.5], t))
        for precision in (0, 2, 4, 17):
            case(out, rng.normal(size=6).astype(t), precision=precision)
            case(out, (10 ** rng.uniform(-7, 4, size=4)).astype(t), precision=precision)
        case(out, rng.normal(size=(40, 30)).astype(t))
        case(out, rng.normal(size=(1200,)).astype(t))
    for e in range(-12, 12, 2):
        case(out, np.array([10.0**e, -(10.0**e) / 3]))
        case(out, np.array([10.0**e, 1.0]), suppress=True)
    case(out, np.array([1e22, 1e23, 5e-324, 1.7976931348623157e308, 2.0**-1074 * 3]))
    case(out, np.array([123456789.0, 1.0]))
    case(out, np.array([99999999.0, 99999999.5]))
    case(out, np.array([1.0, 1e-9, 123.456]), suppress=True)
    for v in (1e15, 1e16, 1.5e16, 123456.75, 1e-4, 9e-5, -1e-300):
        case(out, v)
    for v in (1e8, 16777216.0, 1e16, 3e-5, 1e-4, 999999.9, 1e6):
        case(out, np.float32(v))


def complexes(out, rng):
    for t in (np.complex64, np.complex128):
        for v in (0, 1, 1j, -1j, 1 + 2j, complex(-0.0, 1), complex(np.nan, np.inf),
                  complex(0, np.nan), complex(1, -np.inf), 1e20 + 1e-20j, 0.1 - 0.3j):
            case(out, t(v))
            case(out, [t(v)])
            case(out, np.array([v, 1.5 - 2j], t))
        for shape in ((4,), (2, 3), (9,)):
            case(out, (rng.normal(size=shape) + 1j * rng.normal(size=shape)).astype(t))
            case(out, (1e-6 * rng.normal(size=shape) + 100j).astype(t))


def integers(out, rng):
    for t in "bhilBHIL":
        info = np.iinfo(t)
        case(out, np.array(info.max, t))
        case(out, np.array(info.min, t))
        case(out, np.array([info.min, 0, info.max], t))
        case(out, np.array([[0, 1], [10, 100]], t))
        case(out, np.arange(40, dtype=t))
    case(out, np.arange(1000, dtype=np.int32))
    case(out, np.arange(1001, dtype=np.int32))
    case(out, np.arange(1001, dtype=np.int64).reshape(7, 11, 13))
    case(out, np.zeros((100, 4, 3), np.int8))
    case(out, np.arange(24).reshape(2, 3, 4).astype(np.int16), threshold=10, edgeitems=1)
    case(out, np.arange(24).reshape(4, 6).astype(np.int16), threshold=10, edgeitems=2)
    case(out, np.arange(50).astype(np.uint8), linewidth=20)
    case(out, np.arange(5).astype(np.int32) * 100000, linewidth=5)
    for shape in ((0,), (0, 3), (3, 0), (2, 0, 2)):
        case(out, np.zeros(shape, np.float32))
    for v in (True, False):
        case(out, np.array(v))
        case(out, np.array([v]))
    case(out, rng.integers(0, 2, size=(3, 4)).astype(bool))
    case(out, rng.integers(0, 2, size=1500).astype(bool))


def main():
    rng = np.random.default_rng(0)
    with open(OUT, "w", encoding="ascii") as out:
        out.write(f"numpy {np.__version__}\n")
        floats(out, rng)
        complexes(out, rng)
        integers(out, rng)


main()
