"""Writes npy/: small .npy and .npz files by NumPy, to read and to write again.

Element k (row-major) of every array is k - 3 converted to the dtype, k - 3 + (k / 2)j for complex
numbers, and "k odd" for booleans; the names say dtype, byte order, index order and shape.
Run: python3 make_npy.py   (needs NumPy and ml_dtypes)
"""

import os

import ml_dtypes
import numpy as np

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "npy")


def values(dtype, shape):
    n = int(np.prod(shape))
    k = np.arange(n)
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        v = k % 2 == 1
    elif dtype.kind == "c":
        v = (k - 3) + 0.5j * k
    else:
        v = (k - 3).astype(np.int64)
    return v.astype(dtype).reshape(shape)


def main():
    for t in "b1 i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16".split():
        np.save(f"{OUT}/{t}_little_c_2x3.npy", values("<" + t, (2, 3)))
        np.save(f"{OUT}/{t}_big_f_2x3x2.npy", np.asfortranarray(values(">" + t, (2, 3, 2))))
    np.save(f"{OUT}/f4_little_c_.npy", values("<f4", ()))
    np.save(f"{OUT}/i4_little_c_0x3.npy", values("<i4", (0, 3)))
    np.save(f"{OUT}/i8_little_c_5.npy", values("<i8", (5,)))
    np.save(f"{OUT}/bf16_little_c_2x3.npy", values(ml_dtypes.bfloat16, (2, 3)))
    for version in (2, 3):
        with open(f"{OUT}/f8_little_c_4_v{version}.npy", "wb") as f:
            np.lib.format.write_array(f, values("<f8", (4,)), version=(version, 0))
    arrays = {"weights": values("<f4", (2, 3)), "steps": values("<i4", (4,))}
    np.savez(f"{OUT}/stored.npz", **arrays)
    np.savez_compressed(f"{OUT}/deflated.npz", **arrays)
    np.save(f"{OUT}/refused_object.npy", np.array([1, "a"], object), allow_pickle=True)
    np.save(f"{OUT}/refused_text.npy", np.array(["ab"]))
    np.save(f"{OUT}/refused_struct.npy", np.zeros(2, [("x", "<f4"), ("y", "<i4")]))


main()
