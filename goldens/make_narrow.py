"""Goldens of narrow floating types: narrow.tsv, from ml_dtypes.

Two lines a type: `values` and the number that each pattern of bits means; `codes` and numbers with
the bits of the nearest element: halfway between elements, next to that, and beyond the ends.
Numbers are floats of single precision, which ml_dtypes rounds once.
"""
import numpy as np
import ml_dtypes

TYPES = {
    "f4E2M1FN": ml_dtypes.float4_e2m1fn,
    "f6E2M3FN": ml_dtypes.float6_e2m3fn,
    "f6E3M2FN": ml_dtypes.float6_e3m2fn,
    "f8E3M4": ml_dtypes.float8_e3m4,
    "f8E4M3": ml_dtypes.float8_e4m3,
    "f8E4M3FN": ml_dtypes.float8_e4m3fn,
    "f8E4M3FNUZ": ml_dtypes.float8_e4m3fnuz,
    "f8E4M3B11FNUZ": ml_dtypes.float8_e4m3b11fnuz,
    "f8E5M2": ml_dtypes.float8_e5m2,
    "f8E5M2FNUZ": ml_dtypes.float8_e5m2fnuz,
    "f8E8M0FNU": ml_dtypes.float8_e8m0fnu,
}


def text(x):
    return repr(float(x))


def row(kind, name, fields):
    return "\t".join([name, kind, " ".join(fields)])


def codes(name, dtype, values, rng):
    info = ml_dtypes.finfo(dtype)
    finite = np.unique(np.abs(values[np.isfinite(values)]))
    least = 2.0**-124 if name == "f8E8M0FNU" else 0  # ml_dtypes rounds subnormal floats otherwise
    middles = (finite[1:] + finite[:-1]) / 2
    middles = middles[middles > least]
    middles = middles[:: max(1, len(middles) // 40)]
    ends = [0.0, np.inf, 1e30] + [float(info.max) * k for k in (1.001, 1.03, 1.07, 1.3, 1.9)]
    x = np.concatenate([middles, middles * (1 + 2**-18), middles * (1 - 2**-18), ends])
    x = np.concatenate([x, np.exp(rng.normal(0, 3, 20))]).astype(np.float32)
    x = np.concatenate([x, -x, [np.float32("nan")]])
    with np.errstate(all="ignore"):
        bits = x.astype(dtype).view(np.uint8)
    return [f"{text(v)}:{b}" for v, b in zip(x, bits)]


def main():
    rng = np.random.default_rng(0)
    lines = [f"# ml_dtypes {ml_dtypes.__version__}"]
    for name, dtype in TYPES.items():
        bits = np.arange(1 << ml_dtypes.finfo(dtype).bits, dtype=np.uint8)
        values = bits.view(dtype).astype(np.float64)
        lines.append(row("values", name, map(text, values)))
        lines.append(row("codes", name, codes(name, dtype, values, rng)))
    with open("narrow.tsv", "w") as f:
        f.write("\n".join(lines) + "\n")


main()
