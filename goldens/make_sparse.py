"""Goldens of sparse matrices by SciPy: sparse.tsv."""
import make_jnp  # sets the platform
import numpy as np
import scipy
import scipy.sparse
import scipy.sparse.linalg

import golden

MATRICES = [  # name, rows, columns, density, dtype
    ("square", 6, 6, 0.3, "f64"), ("wide", 4, 9, 0.25, "f64"), ("tall", 8, 3, 0.4, "f32"), ("one_row", 1, 7, 0.5, "f32"), ("one_column", 7, 1, 0.5, "f64"),
    ("full", 3, 4, 1.0, "f32"), ("nothing", 3, 5, 0.0, "f32"), ("no_rows", 0, 4, 0.0, "f32"), ("no_columns", 4, 0, 0.0, "f64"), ("whole", 5, 6, 0.4, "i32"), ("complex", 4, 5, 0.4, "c128"),
]


def draw(rng, shape, dtype):
    x = rng.integers(-9, 9, shape) if dtype == "i32" else rng.standard_normal(shape)
    return (x + 1j * rng.standard_normal(shape) if dtype == "c128" else x).astype(golden.np_dtype(dtype))


def main():
    out = golden.GoldenFile("sparse.tsv", True, f"scipy {scipy.__version__}; see make_sparse.py")
    for name, rows, cols, density, dtype in MATRICES:
        rng = np.random.default_rng(golden.seed_of("sparse " + name))
        dense = draw(rng, (rows, cols), dtype) * (rng.random((rows, cols)) < density)
        a = scipy.sparse.csr_array(dense)
        coo = a.tocoo()
        x, y, b, c = draw(rng, (cols,), dtype), draw(rng, (rows,), dtype), draw(rng, (cols, 3), dtype), draw(rng, (rows, 2), dtype)
        other = scipy.sparse.csr_array(draw(rng, (rows, cols), dtype) * (rng.random((rows, cols)) < 0.3))
        out.case(name)
        for tag, value in [
                ("dense", dense), ("data", a.data), ("indices", a.indices.astype(np.int32)), ("indptr", a.indptr.astype(np.int32)), ("row", coo.row.astype(np.int32)), ("col", coo.col.astype(np.int32)),
                ("x", x), ("ax", a @ x), ("y", y), ("aty", a.T @ y), ("b", b), ("ab", a @ b), ("c", c), ("atc", a.T @ c), ("sum", a.sum()), ("sum0", a.sum(0)), ("sum1", a.sum(1)), ("diagonal", a.diagonal()),
                ("other", other.toarray()), ("plus", (a + other).toarray()), ("transpose", a.T.toarray())]:
            value = np.asarray(value)
            out.array(tag, value.astype(golden.np_dtype(dtype)) if tag.startswith("sum") else value)
    rng = np.random.default_rng(golden.seed_of("sparse solve"))
    n = 12
    m = scipy.sparse.random_array((n, n), density=0.2, rng=rng)
    spd = (m @ m.T + 0.5 * scipy.sparse.eye_array(n)).tocsr()
    b = rng.standard_normal(n)
    out.case("solve")
    for tag, value in [("dense", spd.toarray()), ("b", b), ("x", scipy.sparse.linalg.spsolve(spd.tocsc(), b))]:
        out.array(tag, value)
    out.close()


if __name__ == "__main__":
    main()
