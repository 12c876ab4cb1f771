"""Goldens of jax.scipy.linalg: jnp/scipy_matrices.tsv, structured matrices, and jnp/scipy_linalg.tsv, the rest, as in make_scipy_special.py (x64 on).

`error` is JAX's largest distance from SciPy's value in units in the last place of the largest true element.
"""
import os

os.environ["XLA_FLAGS"] = "--xla_backend_optimization_level=0"  # or compiling takes minutes
import make_scipy_special as M  # sets the platform
import jax
import jax.numpy as jnp
import jax.scipy.linalg as S
import numpy as np
import scipy
import scipy.linalg as T

import golden
import samples

ALL, WIDE = ("f32", "f64", "c64", "c128"), ("f64", "c128")


def ulps(ours, true):
    """Of the largest element, as roundings of matrices go."""
    name = golden.name_of(ours.dtype)
    eps = samples.EPS[samples.PART.get(name, name)] if name in samples.EPS or name in samples.PART else 1
    ours = np.asarray(ours).astype(np.complex128 if np.iscomplexobj(true) else np.float64)
    fine = np.isfinite(ours) & np.isfinite(true)
    size = np.max(np.abs(true[fine]), initial=0) or 1.0
    return float(np.max(np.abs(ours[fine] - true[fine]), initial=0) / (2.0 ** np.floor(np.log2(size)) * eps))


M.ulps = ulps
M.source_of = lambda name: "jsp.linalg." + name.split("/")[0].split(" ")[0]


def operand(rng, spec):
    """`f64[2,3]` is anything, `d` before it a matrix with a large diagonal, `p` a positive definite one, `u` an upper triangle, `l` a lower one, `h` a Hermitian one."""
    kind, spec = (spec[0], spec[1:]) if spec[0] in "dpulh" and not spec.startswith("u8") else ("", spec)
    dt, dims = spec[:-1].split("[")
    shape = tuple(int(d) for d in dims.split(",") if d)
    if dt in golden.INTS:
        return jnp.asarray(rng.integers(1, 9, shape).astype(golden.np_dtype(dt)))
    x = rng.uniform(-1, 1, shape)
    if dt in golden.COMPLEX:
        x = x + 1j * rng.uniform(-1, 1, shape)
    if kind in ("d", "u", "l"):
        x = x + 3 * np.eye(*shape[-2:])
    if kind == "p":
        x = x @ np.conj(np.swapaxes(x, -1, -2)) + np.eye(shape[-1])
    if kind == "h":
        x = x + np.conj(np.swapaxes(x, -1, -2))
    x = np.triu(x) if kind == "u" else np.tril(x) if kind == "l" else x
    return jnp.asarray(x.astype(golden.np_dtype(dt)))


def each(f, core):
    """SciPy's function of matrices (or vectors) as one of stacks."""
    def g(*args):
        batch = np.broadcast_shapes(*[a.shape[: a.ndim - c] for a, c in zip(args, core)])
        if not batch:
            return f(*args)
        spread = [np.broadcast_to(a, batch + a.shape[a.ndim - c:]) for a, c in zip(args, core)]
        found = [f(*[a[i] for a in spread]) for i in np.ndindex(*batch)]
        if isinstance(found[0], tuple):
            return tuple(np.stack(c).reshape(batch + np.shape(c[0])) for c in zip(*found))
        return np.stack(found).reshape(batch + np.shape(found[0]))
    return g


V, W = [1], [1, 1]
PLAIN = [  # name and variant, operands, JAX's call, SciPy's, how many dimensions it takes of each operand, derivatives
    ("toeplitz", ["T[4]"], S.toeplitz, T.toeplitz, V, 1, ("f32", "c128", "i32", "bf16", "bool")), ("toeplitz", ["T[2,3]"], S.toeplitz, T.toeplitz, V, 1, ("f64",)), ("toeplitz two", ["T[4]", "T[3]"], S.toeplitz, T.toeplitz, W, 1, ("f64", "c64", "i32")),
    ("toeplitz two", ["T[2,1,2]", "T[3,4]"], S.toeplitz, T.toeplitz, W, 1, ("f64",)), ("toeplitz two", ["i32[3]", "T[2]"], S.toeplitz, T.toeplitz, W, 0, ("f32", "f64")), ("toeplitz", ["T[]"], S.toeplitz, T.toeplitz, [0], 0, ("f32",)),
    ("toeplitz two", ["T[0]", "T[3]"], S.toeplitz, None, W, 0, ("f32",)), ("toeplitz two", ["T[1]", "T[1]"], S.toeplitz, T.toeplitz, W, 0, ("f32",)),
    ("hankel", ["T[4]"], S.hankel, T.hankel, V, 1, ("f32", "c128", "i32", "f16")), ("hankel two", ["T[4]", "T[3]"], S.hankel, T.hankel, W, 1, ("f64", "c64", "i32")), ("hankel two", ["T[2,1,2]", "T[3,4]"], S.hankel, T.hankel, W, 1, ("f64",)), ("hankel", ["T[0]"], S.hankel, None, V, 0, ("f32",)),
    ("circulant", ["T[4]"], S.circulant, T.circulant, V, 1, ("f32", "f64", "c64", "i32")), ("circulant", ["T[2,3]"], S.circulant, T.circulant, V, 1, ("f64",)), ("circulant", ["T[]"], S.circulant, T.circulant, [0], 0, ("f32",)), ("circulant", ["T[0]"], S.circulant, None, V, 0, ("f32",)),
    ("leslie", ["T[4]", "T[3]"], S.leslie, T.leslie, W, 1, ("f32", "f64", "i32")), ("leslie", ["T[2,1,3]", "T[2,2]"], S.leslie, T.leslie, W, 1, ("f64",)), ("leslie", ["i32[2]", "T[1]"], S.leslie, T.leslie, W, 0, ("f32",)),
    ("companion", ["T[5]"], S.companion, T.companion, V, 2, ("f32", "f64", "c128", "i32")), ("companion", ["T[2,2]"], S.companion, T.companion, V, 1, ("f64",)),
    ("fiedler", ["T[4]"], S.fiedler, T.fiedler, V, 1, ("f32", "f64", "i32")), ("fiedler", ["T[2,3]"], S.fiedler, T.fiedler, V, 1, ("f64",)), ("fiedler", ["T[]"], S.fiedler, None, V, 0, ("f32",)),
    *[("fiedler_companion", [f"T[{n}]"], S.fiedler_companion, T.fiedler_companion, V, 1, t) for n, t in ((1, ("f32",)), (2, ("f64",)), (3, ("f64",)), (4, ("c64",)), (7, ("f32", "f64", "i32")), (8, ("c128",)))],
    ("fiedler_companion", ["T[2,5]"], S.fiedler_companion, T.fiedler_companion, V, 1, ("f64",)),
    *[(f"convolution_matrix {m}_{n}", [f"T[{size}]"], lambda a, m=m, n=n: S.convolution_matrix(a, n, m), lambda a, m=m, n=n: T.convolution_matrix(a, n, m), V, 1, ("f64", "i32") if size == 4 else ("f32",))
      for m in ("full", "same", "valid") for n in (2, 6) for size in (1, 4)],
    ("convolution_matrix full_2", ["T[2,3]"], lambda a: S.convolution_matrix(a, 2), None, V, 1, ("c64",)),
    ("block_diag", ["T[2,3]", "T[]", "T[2]", "T[0,2]", "T[1,1]"], S.block_diag, T.block_diag, None, 1, ("f32", "f64", "i32")), ("block_diag", ["i32[2,1]", "T[1,2]"], S.block_diag, T.block_diag, None, 0, ("f16", "c64")), ("block_diag none", [], S.block_diag, T.block_diag, None, 0, ("f32",)),
]
CONSTANT = [  # name and variant, JAX's call, SciPy's
    *[(f"hilbert {n}", lambda n=n: S.hilbert(n), lambda n=n: T.hilbert(n)) for n in (0, 1, 7)], *[(f"invhilbert {n}", lambda n=n: S.invhilbert(n), lambda n=n: T.invhilbert(n)) for n in (1, 7)],
    *[(f"pascal {k}_{n}", lambda n=n, k=k: S.pascal(n, k), lambda n=n, k=k: T.pascal(n, k)) for k in ("symmetric", "lower", "upper") for n in (1, 8)],
    *[(f"invpascal {k}_{n}", lambda n=n, k=k: S.invpascal(n, k), lambda n=n, k=k: T.invpascal(n, k)) for k in ("symmetric", "lower", "upper") for n in (1, 8)],
    *[(f"helmert {n}", lambda n=n: S.helmert(n), lambda n=n: T.helmert(n)) for n in (1, 2, 6)], ("helmert full", lambda: S.helmert(5, True), lambda: T.helmert(5, True)), ("helmert full_1", lambda: S.helmert(1, True), lambda: T.helmert(1, True)),
    *[(f"hadamard {n}", lambda n=n: S.hadamard(n), lambda n=n: T.hadamard(n)) for n in (1, 2, 8)], ("hadamard c64", lambda: S.hadamard(4, np.complex64), lambda: T.hadamard(4, np.complex128)), ("hadamard f16", lambda: S.hadamard(4, np.float16), lambda: T.hadamard(4, np.float64)),
    *[(f"dft {n}", lambda n=n: S.dft(n), lambda n=n: T.dft(n)) for n in (0, 1, 5, 8)], ("dft sqrtn", lambda: S.dft(6, "sqrtn"), lambda: T.dft(6, "sqrtn")), ("dft n", lambda: S.dft(6, "n"), lambda: T.dft(6, "n")),
]
LONG = [  # constants as f64, which JAX has with its flag
    ("hilbert long", lambda: S.hilbert(6), lambda: T.hilbert(6)), ("invhilbert long", lambda: S.invhilbert(9), lambda: T.invhilbert(9)), ("helmert long", lambda: S.helmert(5), lambda: T.helmert(5)),
    ("dft long", lambda: S.dft(7), lambda: T.dft(7)), ("invpascal long", lambda: S.invpascal(9), lambda: T.invpascal(9)),
]


def kron_sylvester(a, b, c):
    """The solution by one large system: JAX's has no derivative."""
    m, n = c.shape
    k = jnp.kron(a, jnp.eye(n)) + jnp.kron(jnp.eye(m), b.T)
    return jnp.linalg.solve(k, c.reshape(-1)).reshape(m, n)


@jax.custom_jvp
def root(a):
    return S.sqrtm(a)


@root.defjvp
def _(primals, tangents):
    r = root(primals[0])
    return r, kron_sylvester(r, r, tangents[0].astype(r.dtype))


def hermitian(d, e):
    return jnp.diag(jnp.real(d)) + jnp.diag(e, 1) + jnp.diag(jnp.conj(e), -1)


def dense(d, e):
    """Eigenvalues and the squares of the vectors' elements, whatever their phases."""
    w, v = jnp.linalg.eigh(hermitian(d, e))
    return w, jnp.abs(v) ** 2


def squares(wv):
    return wv[0], abs(wv[1]) ** 2


def sizes(f):
    """Without the signs and phases of Schur's vectors, which nothing fixes."""
    return lambda a: tuple(abs(x) for x in f(a))


def numpy_dense(d, e):
    return squares(np.linalg.eigh(np.diag(d.real) + np.diag(e, 1) + np.diag(np.conj(e), -1)))


def solve_truth(a, b):
    return np.linalg.solve(a, b[..., None])[..., 0] if b.ndim == 1 or b.ndim + 1 == a.ndim and b.shape[-1] == a.shape[-1] else np.linalg.solve(a, b)


def triangle_truth(t, lower, unit):
    def truth(a, b):
        a = np.tril(a) if lower else np.triu(a)
        a = a - unit * (np.einsum("...ii->...i", a)[..., None] * np.eye(a.shape[-1])) + unit * np.eye(a.shape[-1])
        return solve_truth({"N": lambda x: x, "T": lambda x: np.swapaxes(x, -1, -2), "C": lambda x: np.conj(np.swapaxes(x, -1, -2))}[t](a), b)
    return truth


RIGHT = [("vector", "T[3]"), ("columns", "T[3,2]")]
M2 = [2]
FACTORS = [  # as PLAIN; then what has derivatives where JAX's function has none
    *[(f"cholesky {w}", [s], lambda a, w=w: S.cholesky(a, lower=w == "lower"), lambda a, w=w: T.cholesky(a, lower=w == "lower"), M2, o, t) for w in ("upper", "lower") for s, o, t in (("pT[4,4]", 1, ALL), ("pT[2,2,2]", 0, ("f32",)))],
    ("cho_factor", ["pT[3,3]"], lambda a: S.cho_factor(a)[0], None, M2, 0, ("c128",)), ("cho_factor lower", ["pT[3,3]"], lambda a: S.cho_factor(a, lower=True)[0], None, M2, 0, ("c128",)),
    *[(f"cho_solve {w}", ["pT[3,3]", b], lambda a, b, w=w: S.cho_solve(S.cho_factor(a, w == "lower"), b), solve_truth, None, 1, t)
      for w in ("upper", "lower") for b, t in (("T[3]", ALL), ("T[3,2]", WIDE), ("T[2,3,2]", ("f64",)))],
    ("cho_solve upper", ["pT[2,3,3]", "T[2,3]"], lambda a, b: S.cho_solve(S.cho_factor(a), b), solve_truth, None, 1, ("f64",)), ("cho_solve upper", ["pT[2,1,3,3]", "T[2,3,1]"], lambda a, b: S.cho_solve(S.cho_factor(a), b), solve_truth, None, 0, ("f32",)),
    *[(f"solve_triangular {t}{'L' if lower else 'U'}{'1' if unit else ''}", ["dT[3,3]", b], lambda a, b, t=t, lower=lower, unit=unit: S.solve_triangular(a, b, trans=t, lower=lower, unit_diagonal=unit), triangle_truth(t, lower, unit), None, 1, types)
      for t in "NTC" for lower in (False, True) for unit in (False, True) for b, types in ([("T[3]", ALL), ("T[3,2]", ("f64",))] if not unit else [("T[3,2]", ("c128",))])],
    ("solve_triangular NU", ["dT[2,3,3]", "T[2,3]"], S.solve_triangular, triangle_truth("N", False, False), None, 1, ("f64",)), ("solve_triangular NU", ["dT[2,1,3,3]", "T[2,3,2]"], S.solve_triangular, triangle_truth("N", False, False), None, 0, ("f32",)), ("solve_triangular NU", ["dT[2,2]", "i32[2]"], S.solve_triangular, triangle_truth("N", False, False), None, 0, ("f32",)),
    *[("solve", ["dT[3,3]", b], S.solve, solve_truth, None, 2, t) for b, t in (("T[3]", ALL), ("T[3,2]", ("f64",)))], ("solve", ["T[2,3,3]", "T[3,2]"], S.solve, np.linalg.solve, None, 1, ("f64",)), ("solve", ["i32[2,2]", "i32[2]"], S.solve, solve_truth, None, 0, ("f32",)),
    *[(f"solve {k}", ["hT[3,3]", "T[3,2]"], lambda a, b, k=k: S.solve(a, b, assume_a=k), np.linalg.solve, None, 1, ("f64",)) for k in ("sym", "her")],
    *[(f"solve pos_{w}", ["pT[3,3]", b], lambda a, b, w=w: S.solve(a, b, lower=w == "lower", assume_a="pos"), solve_truth, None, o, t) for w in ("upper", "lower") for b, o, t in (("T[3]", 2, ("f32", "f64")), ("T[3,2]", 1, ("f64",)), ("T[3,2]", 0, ("c128",)))],
    ("solve pos_upper", ["pT[2,3,3]", "T[2,3,2]"], lambda a, b: jax.vmap(lambda a, b: S.solve(a, b, assume_a="pos"))(a, b), np.linalg.solve, None, 1, ("f64",)),
    *[("lu_factor", [f"T[{d}]"], S.lu_factor, None, M2, 0, t) for d, t in (("3,3", ALL), ("4,2", ("f64",)), ("2,3,3", ("f32",)))],
    *[(f"lu_solve {w}", ["T[3,3]", b], lambda a, b, i=i: S.lu_solve(S.lu_factor(a), b, trans=i), lambda a, b, i=i: solve_truth([a, a.T, a.conj().T][i], b), None, 1, t) for i, w in enumerate(("none", "transpose", "adjoint")) for b, t in (("T[3]", ("f32", "c128")), ("T[3,2]", ("f64", "c64")))],
    ("lu_solve none", ["T[2,3,3]", "T[2,3]"], lambda a, b: S.lu_solve(S.lu_factor(a), b), solve_truth, None, 1, ("f64",)), ("lu_solve none", ["T[2,3,3]", "T[3,2]"], lambda a, b: S.lu_solve(S.lu_factor(a), b), np.linalg.solve, None, 0, ("f32",)),
    *[("lu", [f"T[{d}]"], S.lu, T.lu, M2, 1, t) for d, t in (("3,3", ALL), ("4,2", ("f64",)), ("2,4", ("f64",)), ("0,0", ("f32",)))], ("lu permuted", ["T[4,3]"], lambda a: S.lu(a, permute_l=True), lambda a: T.lu(a, permute_l=True), M2, 1, WIDE),
    *[(f"qr {m}", [f"T[{d}]"], lambda a, m=m: S.qr(a, mode=m), lambda a, m=m: T.qr(a, mode=m), M2, o, t) for m, d, o, t in (("full", "3,3", 1, ALL), ("full", "4,2", 0, ("f64",)), ("economic", "4,2", 1, WIDE), ("economic", "2,4", 1, ("f64",)), ("economic", "2,3,2", 0, ("f32",)))],
    *[(f"qr pivoting_{m}", ["T[4,3]"], lambda a, m=m: S.qr(a, mode=m, pivoting=True), lambda a, m=m: T.qr(a, mode=m, pivoting=True), M2, 0, WIDE) for m in ("full", "economic")],
    *[(f"qr_multiply {m}{'_conj' if c else ''}{'_pivoting' if p else ''}", ["T[4,3]" if m == "right" else "T[4,3]", {"right": "T[2,4]", "left": "T[3,2]"}[m]], lambda a, b, m=m, p=p, c=c: S.qr_multiply(a, b, m, p, c), lambda a, b, m=m, p=p, c=c: T.qr_multiply(a, b, m, p, c), None, 0, WIDE)
      for m in ("right", "left") for p in (False, True) for c in (False, True)],
    ("qr_multiply right", ["T[2,3]", "T[2]"], S.qr_multiply, T.qr_multiply, None, 0, ("f32",)), ("qr_multiply left", ["T[3,3]", "T[3]"], lambda a, b: S.qr_multiply(a, b, "left"), lambda a, b: T.qr_multiply(a, b, "left"), None, 0, ("c64",)),
    ("qr_multiply right", ["T[2,3,2]", "T[1,3]"], S.qr_multiply, None, None, 0, ("f64",)),
    *[("schur", [f"T[{d}]"], sizes(S.schur), sizes(T.schur), M2, 0, t) for d, t in (("4,4", ALL), ("2,3,3", ("f64",)), ("1,1", ("f32",)))], ("schur complex", ["T[4,4]"], sizes(lambda a: S.schur(a, "complex")), sizes(lambda a: T.schur(a, "complex")), M2, 0, ("f32", "f64", "c128")),
    *[("rsf2csf", [f"T[{d}]"], sizes(lambda a: S.rsf2csf(*S.schur(a))), sizes(lambda a: T.rsf2csf(*T.schur(a))), M2, 0, t) for d, t in (("5,5", ("f32", "f64")), ("2,3,3", ("f64",)), ("1,1", ("f32",)))],
    *[("hessenberg", [f"T[{d}]"], S.hessenberg, T.hessenberg, M2, 0, t) for d, t in (("4,4", ALL), ("2,3,3", ("f64",)), ("0,0", ("f32",)))], *[("hessenberg q", [f"T[{d}]"], lambda a: S.hessenberg(a, calc_q=True), lambda a: T.hessenberg(a, calc_q=True), M2, 0, t) for d, t in (("4,4", WIDE), ("1,1", ("f32",)))],
    *[(f"polar {side}_svd", [f"T[{d}]"], lambda a, side=side: S.polar(a, side, method="svd"), lambda a, side=side: T.polar(a, side), M2, 1, t) for side in ("right", "left") for d, t in (("3,3", ALL), ("4,2", ("f64",)), ("2,4", ("f64",)))],
    *[(f"polar {side}_qdwh", [f"dT[{d}]"], f, lambda a, side=side: T.polar(a, side), M2, 1, t, lambda a, side=side: S.polar(a, side, method="svd"))
      for side, d, f, t in (("right", "3,3", S.polar, ALL), ("right", "4,2", S.polar, ("f64",)), ("left", "2,4", lambda a: S.polar(a, "left"), WIDE), ("left", "4,2", lambda a: S.polar(a, "left", method="svd"), ("f64",)), ("right", "2,4", lambda a: S.polar(a, method="svd"), ("f64",)))],
    *[("expm", [f"T[{d}]"], S.expm, T.expm, M2, 2, t) for d, t in (("3,3", ALL), ("1,1", ("f64",)), ("2,3,3", ("f64",)), ("9,9", ("f32", "f64")))], *[(f"expm times_{k}", ["T[3,3]"], lambda a, k=k: S.expm(a * k), lambda a, k=k: T.expm(a * k), M2, o, ("f32", "f64")) for k, o in ((0.01, 1), (0.3, 1), (5, 1), (30, 0))],
    ("expm upper", ["uT[3,3]"], lambda a: S.expm(jnp.triu(a), upper_triangular=True), T.expm, M2, 1, WIDE), ("expm few", ["T[3,3]"], lambda a: S.expm(a * jnp.array([[[1.0]], [[99.0]]], a.dtype), max_squarings=3), None, M2, 0, ("f32", "f64")), ("expm", ["i32[2,2]"], S.expm, T.expm, M2, 0, ("f32",)),
    ("expm_frechet", ["T[3,3]", "T[3,3]"], S.expm_frechet, T.expm_frechet, None, 1, ALL),
    ("funm", ["T[4,4]"], lambda a: S.funm(a, jnp.exp), lambda a: T.expm(a).astype(complex), M2, 0, ALL), ("funm cube", ["T[3,3]"], lambda a: S.funm(a, lambda x: x ** 3), lambda a: (a @ a @ a).astype(complex), M2, 0, ("f64", "c128")), ("funm estimated", ["T[4,4]"], lambda a: S.funm(a, jnp.exp, disp=False), None, M2, 0, ("f32", "f64")),
    *[("sqrtm", [f"dT[{d}]"], f, lambda a: T.sqrtm(a).astype(complex), M2, 2, t, root) for d, f, t in (("3,3", S.sqrtm, ALL), ("1,1", S.sqrtm, ("f32",)), ("7,7", S.sqrtm, ("f64",)))], ("sqrtm", ["pT[2,3,3]"], jax.vmap(S.sqrtm), lambda a: T.sqrtm(a).astype(complex), M2, 1, ("f64",), jax.vmap(root)),
    ("sqrtm rank", ["T[2,2]"], lambda a: S.sqrtm(jnp.diag(a[0] ** 2) * jnp.array([1, 0], a.dtype)), None, M2, 0, ("f64",)),
    *[(f"solve_sylvester {m}", ["dT[3,3]", "dT[2,2]", "T[3,2]"], lambda a, b, c, m=m: S.solve_sylvester(a, b, c, method=m), T.solve_sylvester, [2, 2, 2], 2, ("f64", "c128"), kron_sylvester) for m in ("schur", "eigen")], ("solve_sylvester schur", ["dT[3,3]", "dT[2,2]", "T[3,2]"], S.solve_sylvester, T.solve_sylvester, [2, 2, 2], 0, ("f32", "c64")),
    ("solve_sylvester schur", ["dT[2,3,3]", "dT[2,2]", "T[2,3,2]"], S.solve_sylvester, T.solve_sylvester, [2, 2, 2], 0, ("f64",)), ("solve_sylvester singular", ["T[2,2]", "T[2,2]"], lambda a, c: S.solve_sylvester(a, -a, c), None, None, 0, ("f64",)),
    *[("eigh_tridiagonal", [f"T[{n}]", f"T[{n - 1}]"], lambda d, e: squares(S.eigh_tridiagonal(d, e)), numpy_dense, None, 1, t, dense) for n, t in ((5, ALL), (2, ("f64",)), (12, ("f64",)))],
    *[("eigh_tridiagonal values", [f"T[{n}]", f"T[{n - 1}]"], lambda d, e: S.eigh_tridiagonal(d, e, eigvals_only=True), lambda d, e: numpy_dense(d, e)[0], None, 1, t, lambda d, e: dense(d, e)[0]) for n, t in ((5, ALL), (20, ("f32", "f64")))], ("eigh_tridiagonal one", ["T[1]", "T[0]"], lambda d, e: S.eigh_tridiagonal(d, e, eigvals_only=True), None, None, 0, ("f32",)),
    ("eigh_tridiagonal some", ["T[6]", "T[5]"], lambda d, e: S.eigh_tridiagonal(d, e, eigvals_only=True, select="i", select_range=(1, 3)), lambda d, e: numpy_dense(d, e)[0][1:4], None, 1, ("f64",), lambda d, e: dense(d, e)[0][1:4]),
    ("det", ["T[3,3]"], S.det, T.det, M2, 1, ("f64",)), ("inv", ["dT[3,3]"], S.inv, T.inv, M2, 1, ("c128",)), ("svd", ["T[3,2]"], lambda a: S.svd(a, full_matrices=False), None, M2, 1, ("f64",)), ("svd full", ["T[3,2]"], S.svd, None, M2, 0, ("f32",)), ("svd values", ["T[3,2]"], lambda a: S.svd(a, compute_uv=False), T.svdvals, M2, 1, ("f64",)),
    ("eigh", ["hT[3,3]"], S.eigh, None, M2, 1, ("f64",)), ("eigh upper", ["hT[3,3]"], lambda a: S.eigh(a, lower=False), None, M2, 0, ("f64",)), ("eigh values", ["hT[3,3]"], lambda a: S.eigh(a, eigvals_only=True), T.eigvalsh, M2, 1, ("c128",)),
]


def table(out, rows):
    for name, specs, f, truth, core, order, types, *slope in rows:
        for t in types:
            mine = [s.replace("T", t) for s in specs]
            label = f"{name}/{','.join(mine)} regular"
            rng = np.random.default_rng(golden.seed_of(label))
            args = [operand(rng, s) if not s.startswith("bool") else jnp.asarray(rng.integers(0, 2, 4) > 0) for s in mine]
            whole = truth if truth is None or core is None else each(truth, core)
            often = order if t in WIDE else 0
            M.case(out, label, f, whole, args, 0 if slope else often)
            if slope and often:
                M.derivatives(out, label, slope[0], args, list(range(len(args))), M.leaves(slope[0](*args)), often)


def matrices(out):
    table(out, PLAIN)
    with jax.enable_x64(False):
        for name, f, truth in CONSTANT:
            M.case(out, f"{name}/constant", f, truth, [])
    for name, f, truth in LONG:  # an operand of 64 bits says that they are meant
        M.case(out, f"{name}/constant", lambda x: f(), lambda x: truth(), [jnp.asarray(0.0)])


def main():
    note = f"see make_scipy_linalg.py; SciPy {scipy.__version__}"
    for path, make in (("jnp/scipy_matrices.tsv", matrices), ("jnp/scipy_linalg.tsv", lambda out: table(out, FACTORS))):
        out = golden.GoldenFile(path, True, note)
        make(out)
        out.close()


if __name__ == "__main__":
    main()
