"""Goldens of linear algebra: values/linalg.tsv, jax.lax.linalg, and jnp/linalg.tsv, jax.numpy.linalg, with derivatives (x64 on); jaxpr/linalg.tsv, texts (x64 off)."""
import os
import sys

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_backend_optimization_level=0"  # or compiling takes minutes
import jax

TEXTS = "jaxprs" in sys.argv[1:]
jax.config.update("jax_enable_x64", not TEXTS)
import jax.numpy as jnp
import numpy as np
from jax._src.lax import linalg as L  # jax.lax.linalg leaves some out

import golden
import make_jaxprs
import samples
from values import is_differentiable, many


def free(usv):
    """Without the phases that pairs of singular vectors have in common."""
    u, s, v = usv
    return u * v[:, 0], s


N = jnp.linalg
SCOPE = {"L": L, "N": N, "free": free, "jnp": jnp, "jax": jax}
ALL = ("f32", "f64", "c64", "c128")
WIDE = ("f64", "c128")


def operand(rng, spec):
    """`f64[2,3]` is anything, `d` before it a matrix with a large diagonal, `p` a positive definite one, `s` of rank 1, `i` pivots."""
    kind, spec = (spec[0], spec[1:]) if spec[0] in "dpsi" else ("", spec)
    dt, dims = spec[:-1].split("[")
    shape = tuple(int(d) for d in dims.split(",") if d)
    if kind == "i":
        return jnp.asarray(np.stack([rng.integers(i, shape[-1], shape[:-1]) for i in range(shape[-1])], -1).astype(np.int32))
    t = golden.np_dtype(dt)
    x = samples.regular(rng, "f64", shape, -1, 1)
    if dt in golden.COMPLEX:
        x = x + 1j * samples.regular(rng, "f64", shape, -1, 1)
    if kind == "d":
        x = x + 3 * np.eye(*shape[-2:])
    if kind == "p":
        x = x @ np.conj(np.swapaxes(x, -1, -2)) + np.eye(shape[-1])
    if kind == "s":
        x = np.ones(shape) * np.arange(1, shape[-1] + 1)
    return jnp.asarray(x.astype(t))


def each(name, types, dims, source, order=1):
    """The same case in several types: `T` stands for the type."""
    return [(f"{name}/{t}", [d.replace("T", t) for d in dims], source, order if t in WIDE else min(order, 1)) for t in types]


def flags(**kws):
    return ", ".join(f"{k}={v}" for k, v in kws.items())


def solves():
    rows = []
    for left in (True, False):
        for lower in (True, False):
            for transpose in (True, False):
                for conjugate in (True, False):
                    for unit in (True, False):
                        kws = flags(left_side=left, lower=lower, transpose_a=transpose, conjugate_a=conjugate, unit_diagonal=unit)
                        name = "triangular_solve " + "".join("FT"[b] for b in (left, lower, transpose, conjugate, unit))
                        types = ("c128",) if conjugate else ALL if left and lower and not transpose and not unit else ("f64",)
                        b = "T[3,2]" if left else "T[2,3]"
                        rows += each(name, types, ["dT[3,3]", b], f"lambda a, b: L.triangular_solve(a, b, {kws})", 2 if unit == left else 1)
    plain = flags(left_side=True, lower=True)
    rows += each("triangular_solve more columns", ("f64",), ["dT[2,2]", "T[2,4]"], f"lambda a, b: L.triangular_solve(a, b, {plain})", 2)
    rows += each("triangular_solve batch", WIDE, ["dT[2,3,3]", "T[2,3,1]"], f"lambda a, b: L.triangular_solve(a, b, {plain})", 1)
    rows += each("triangular_solve empty", ("f64",), ["T[0,0]", "T[0,2]"], f"lambda a, b: L.triangular_solve(a, b, {plain})", 1)
    rows += each("triangular_solve singular", ("f64",), ["sT[2,2]", "T[2,2]"], f"lambda a, b: L.triangular_solve(a - a[:, :1], b, {plain})", 0)
    rows += each("triangular_solve short", ("bf16", "f16"), ["dT[3,3]", "T[3,2]"], f"lambda a, b: L.triangular_solve(a, b, {plain})", 0)
    return rows


CASES = [
    *each("cholesky", ALL, ["pT[3,3]"], "L.cholesky", 2),
    *each("cholesky any", WIDE, ["dT[3,3]"], "L.cholesky", 2),
    *each("cholesky lower", WIDE, ["pT[3,3]"], "lambda x: L.cholesky(x, symmetrize_input=False)", 1),
    *each("cholesky one", ("f32",), ["pT[1,1]"], "L.cholesky"),
    *each("cholesky batch", ("f32", "c128"), ["pT[2,2,3,3]"], "L.cholesky"),
    *each("cholesky nine", ("f32", "f64"), ["pT[9,9]"], "L.cholesky", 1),
    *each("cholesky empty", ("f32",), ["T[0,0]"], "L.cholesky"),
    *each("cholesky indefinite", ALL, ["sT[2,2]"], "lambda x: L.cholesky(jnp.stack([x, jnp.eye(2, dtype=x.dtype)]))", 0),
    *solves(),
    *each("lu", ALL, ["T[4,4]"], "L.lu", 2),
    *each("lu tall", WIDE, ["T[5,3]"], "L.lu", 2),
    *each("lu wide", WIDE, ["T[3,5]"], "L.lu", 2),
    *each("lu batch", ("f32", "c128"), ["T[2,1,3,3]"], "L.lu"),
    *each("lu nine", ("f32", "f64"), ["T[9,9]"], "L.lu", 1),
    *each("lu many", ("f32",), ["T[20,20]"], "L.lu", 0),
    *each("lu singular", ("f32", "c64"), ["sT[3,3]"], "L.lu", 0),
    *each("lu empty", ("f64",), ["T[0,3]"], "L.lu", 1),
    *each("lu no columns", ("f64",), ["T[3,0]"], "L.lu", 1),
    ("lu_pivots_to_permutation/square", ["ii32[4]"], "lambda x: L.lu_pivots_to_permutation(x, 4)", 0),
    ("lu_pivots_to_permutation/more", ["ii32[2,3]"], "lambda x: L.lu_pivots_to_permutation(x, 6)", 0),
    ("lu_pivots_to_permutation/many", ["ii32[2,30]"], "lambda x: L.lu_pivots_to_permutation(x, 30)", 0),
    *[c for i, of in enumerate(("matrix", "transpose", "adjoint")) for c in
      each(f"lu_solve {of}", WIDE, ["T[2,3,3]", "T[2,3,2]"], f"lambda a, b: L.lu_solve(*L.lu(a)[::2], b, trans={i})", 1)],
    *each("qr", ALL, ["T[3,3]"], "lambda x: L.qr(x, full_matrices=False)", 1),
    *each("qr tall", ALL, ["T[5,3]"], "lambda x: L.qr(x, full_matrices=False)", 2),
    *each("qr wide", ALL, ["T[3,5]"], "lambda x: L.qr(x, full_matrices=False)", 2),
    *each("qr full", WIDE, ["T[4,2]"], "lambda x: L.qr(x, full_matrices=True)", 1),
    *each("qr full wide", WIDE, ["T[2,4]"], "lambda x: L.qr(x, full_matrices=True)", 1),
    *each("qr pivoting", ALL, ["T[4,3]"], "lambda x: L.qr(x, full_matrices=False, pivoting=True)", 1),
    # JAX's derivative of this one is wrong: it takes x[:, m:] before the columns move
    *each("qr pivoting wide", WIDE, ["T[3,5]"], "lambda x: L.qr(x, full_matrices=False, pivoting=True)", 0),
    *each("qr pivoting full", WIDE, ["T[4,2]"], "lambda x: L.qr(x, full_matrices=True, pivoting=True)", 1),
    *each("qr batch", ("f32", "c128"), ["T[2,1,3,2]"], "lambda x: L.qr(x, full_matrices=True)"),
    *each("qr empty", ("f32",), ["T[3,0]"], "lambda x: L.qr(x, full_matrices=True)", 0),
    *each("qr no rows", ("f32",), ["T[0,3]"], "lambda x: L.qr(x, full_matrices=False, pivoting=True)", 0),
    *each("geqrf", ALL, ["T[4,3]"], "L.geqrf", 0),
    *each("geqrf wide", WIDE, ["T[2,2,4]"], "L.geqrf", 0),
    *each("geqp3", ALL, ["T[4,3]"], "lambda a: L.geqp3(a, jnp.array([0, 0, 1], 'int32'))", 0),
    *each("householder_product", ALL, ["T[4,3]", "T[2]"], "L.householder_product", 0),
    *each("householder_product batch", ("c128",), ["T[2,3,3]", "T[2,3]"], "L.householder_product", 0),
    *each("eigh", ("f64", "c64", "c128"), ["dT[4,4]"], "L.eigh", 2),
    *each("eigh lower", WIDE, ["T[3,3]"], "lambda x: L.eigh(x, symmetrize_input=False)", 1),
    *each("eigh upper", WIDE, ["T[3,3]"], "lambda x: L.eigh(x, lower=False, symmetrize_input=False)", 1),
    *each("eigh one", ("c64",), ["T[1,1]"], "L.eigh"),
    *each("eigh batch", ("f32", "c128"), ["T[2,1,3,3]"], "L.eigh"),
    *each("eigh nine", ("f64", "c128"), ["T[9,9]"], "L.eigh", 1),
    *each("eigh empty", ("f32",), ["T[0,0]"], "L.eigh", 0),
    *each("svd", ALL, ["T[3,3]"], "lambda x: L.svd(x, full_matrices=False)", 2),
    *each("svd tall", ALL, ["T[4,2]"], "lambda x: L.svd(x, full_matrices=False)", 2),
    *each("svd wide", ALL, ["T[2,4]"], "lambda x: L.svd(x, full_matrices=False)", 2),
    *each("svd full", ALL, ["T[4,2]"], "lambda x: L.svd(x, full_matrices=True)", 0),
    *each("svd full square", WIDE, ["T[3,3]"], "lambda x: L.svd(x, full_matrices=True)", 1),
    *each("svd values", ALL, ["T[3,4]"], "lambda x: L.svd(x, compute_uv=False)", 2),
    *each("svd qr", WIDE, ["T[4,3]"], "lambda x: free(L.svd(x, full_matrices=False, algorithm=L.SvdAlgorithm.QR))", 1),
    *each("svd batch", ("f32", "c128"), ["T[2,1,3,2]"], "lambda x: L.svd(x, full_matrices=False)"),
    *each("svd values of rank one", ("f64",), ["sT[3,3]"], "lambda x: L.svd(x, compute_uv=False)", 0),
    *each("svd empty", ("f32",), ["T[3,0]"], "lambda x: L.svd(x, full_matrices=False)", 0),
    *each("svd full, no rows", ("f32",), ["T[0,3]"], "lambda x: L.svd(x, full_matrices=True)", 0),
]


def answers(name, f, args, order):
    """All results of a case, by tag; derivatives as in values.py, of those results that have derivatives."""
    rng = np.random.default_rng(golden.seed_of(name + " directions"))
    draw = lambda x: jnp.asarray(samples.direction(rng, x))
    smooth = lambda *xs: [r for r in many(f(*xs)) if is_differentiable(r)]
    types = jax.eval_shape(smooth, *args)
    v = tuple(map(draw, args)) if order else ()
    w = list(map(draw, types)) if order else []

    def all_of(v, w, *args):  # in one program: compiling takes most of the time
        found = {"out": many(f(*args))}
        if order:
            found |= {"jvp": jax.jvp(smooth, args, v)[1], "vjp": jax.vjp(smooth, *args)[1](w)}
        if order > 1:
            along = lambda *xs: jax.jvp(smooth, xs, v)[1]
            found |= {"jvp2": jax.jvp(along, args, v)[1], "vjp2": jax.vjp(along, *args)[1](w)}
        return found

    found = jax.jit(all_of)(v, w, *args)
    return {"in": args, "dir": v, "cot": w} | {tag: found[tag] for tag in ("out", "jvp", "vjp", "jvp2", "vjp2") if tag in found}


FUNCTIONS = [
    ("cholesky", ["pf64[3,3]"], "N.cholesky", 1), ("cholesky_upper", ["pc128[3,3]"], "lambda a: N.cholesky(a, upper=True)", 1),
    ("solve", ["f64[3,3]", "f64[3,2]"], "N.solve", 2), ("solve_vector", ["c128[3,3]", "c128[3]"], "N.solve", 1), ("solve_batch", ["f32[2,3,3]", "f32[2,3,1]"], "N.solve", 1),
    ("solve_many_sides", ["f64[3,3]", "f64[2,3,2]"], "N.solve", 1), ("solve_broadcast", ["f64[2,1,3,3]", "f64[2,3,2]"], "N.solve", 1), ("solve_stack_vector", ["f64[2,3,3]", "f64[3]"], "N.solve", 1),
    ("solve_mixed", ["f32[2,2]", "f64[2,1]"], "N.solve", 0), ("solve_empty", ["f64[0,0]", "f64[0,2]"], "N.solve", 0),
    ("inv", ["f64[3,3]"], "N.inv", 2), ("inv_batch", ["c64[2,2,2]"], "N.inv", 1),
    *[(f"det_{n}", [f"f64[{n},{n}]"], "N.det", min(n, 2)) for n in range(5)], ("det_complex", ["c128[2,4,4]"], "N.det", 1), ("det_singular", ["f64[4,4]"], "lambda a: N.det(a * jnp.array([1.0, 2.0, 1.0, 0.0]))", 1),
    *[(f"slogdet_{n}", [f"f64[{n},{n}]"], "N.slogdet", min(n, 1)) for n in range(5)], ("slogdet_complex_2", ["c128[2,2]"], "N.slogdet", 1), ("slogdet_complex_3", ["c128[2,3,3]"], "N.slogdet", 1),
    ("slogdet_singular", ["f64[3,3]"], "lambda a: N.slogdet(a * 0)", 0),
    ("qr", ["f32[4,3]"], "N.qr", 1), ("qr_complete", ["f64[4,2]"], "lambda a: N.qr(a, 'complete')", 0),
    ("eigh", ["f64[3,3]"], "N.eigh", 1), ("eigh_upper", ["f64[3,3]"], "lambda a: N.eigh(a, 'U', symmetrize_input=False)", 0), ("eigvalsh", ["c128[3,3]"], "N.eigvalsh", 1),
    ("svd", ["f64[3,2]"], "N.svd", 0), ("svd_thin", ["f64[3,2]"], "lambda a: N.svd(a, full_matrices=False)", 1), ("svdvals", ["f32[2,3,2]"], "N.svdvals", 1),
    *[(f"matrix_power_{n}".replace("-", "minus_"), ["f64[3,3]"], f"lambda a: N.matrix_power(a, {n})", 1) for n in (0, 1, 5, -2)],
    ("pinv", ["f64[4,3]"], "N.pinv", 2), ("pinv_wide", ["c128[2,3]"], "N.pinv", 1), ("pinv_batch", ["f32[2,3,2]"], "N.pinv", 1), ("pinv_rank_one", ["sf64[3,3]"], "N.pinv", 0),
    ("pinv_rtol", ["df64[3,3]"], "lambda a: N.pinv(a, rtol=0.8)", 0), ("pinv_empty", ["f64[0,3]"], "N.pinv", 0),
    ("lstsq", ["f64[4,3]", "f64[4,2]"], "N.lstsq", 1), ("lstsq_vector", ["c128[4,2]", "c128[4]"], "N.lstsq", 0), ("lstsq_wide", ["f64[2,3]", "f64[2]"], "lambda a, b: N.lstsq(a, b)[::2]", 0),
    ("lstsq_rank_one", ["sf64[3,3]", "f64[3,1]"], "N.lstsq", 0), ("lstsq_rcond", ["df64[3,3]", "f64[3,1]"], "lambda a, b: N.lstsq(a, b, rcond=0.8)", 0), ("lstsq_empty", ["f64[0,2]", "f64[0]"], "N.lstsq", 0),
    ("matrix_rank", ["f64[2,4,3]"], "N.matrix_rank", 0), ("matrix_rank_one", ["sf32[3,3]"], "N.matrix_rank", 0), ("matrix_rank_vector", ["f32[3]"], "N.matrix_rank", 0), ("matrix_rank_tol", ["df64[3,3]"], "lambda a: N.matrix_rank(a, 3.0)", 0),
    ("cond", ["f64[4,3]"], "N.cond", 1), ("cond_minus_2", ["c128[2,2]"], "lambda a: N.cond(a, -2)", 0), ("cond_1", ["f64[2,2,2]"], "lambda a: N.cond(a, 1)", 0), ("cond_fro", ["f64[3,3]"], "lambda a: N.cond(a, 'fro')", 1),
    ("cond_zero", ["f64[2,2]"], "lambda a: N.cond(a * 0, 1)", 0),
    *[(f"matrix_norm_{k}", ["c128[3,2]" if i % 2 else "f64[2,2,3]"], f"lambda a: N.matrix_norm(a, ord={v})", 1) for i, (k, v) in enumerate(
        (("fro", "'fro'"), ("nuc", "'nuc'"), ("1", 1), ("minus_1", -1), ("2", 2), ("minus_2", -2), ("inf", "jnp.inf"), ("minus_inf", "-jnp.inf")))],
    *[(f"vector_norm_{k}", ["f64[2,3]"], f"lambda a: N.vector_norm(a, ord={v}, axis=1)", 1) for k, v in (("3", 3), ("half", 0.5), ("0", 0), ("1", 1), ("inf", "jnp.inf"), ("minus_inf", "-jnp.inf"))],
    ("vector_norm_all", ["c128[2,3]"], "N.vector_norm", 1), ("vector_norm_keep", ["f64[2,3]"], "lambda a: N.vector_norm(a, ord=3, axis=0, keepdims=True)", 0),
    ("multi_dot", ["f64[2,5]", "f64[5,3]", "f64[3,4]"], "lambda *a: N.multi_dot(a)", 1), ("multi_dot_vectors", ["f64[3]", "f64[3,2]", "f64[2,4]", "f64[4]"], "lambda *a: N.multi_dot(a)", 1),
    ("tensorinv", ["f64[2,3,6]"], "N.tensorinv", 0), ("tensorsolve", ["f64[2,3,6]", "f64[2,3]"], "N.tensorsolve", 1),
    ("vecdot", ["c128[2,3]", "c128[3]"], "N.vecdot", 1), ("vecdot_axis", ["f64[3,2]", "f64[3,2]"], "lambda a, b: N.vecdot(a, b, axis=0)", 0),
    ("matrix_transpose", ["f64[2,3,2]"], "N.matrix_transpose", 0), ("diagonal", ["f64[2,3,4]"], "lambda a: N.diagonal(a, offset=1)", 1), ("trace", ["f64[2,3,4]"], "lambda a: N.trace(a, offset=-1)", 1),
]


def values(path, cases):
    out = golden.GoldenFile(path, True, "see FORMAT.md")
    for name, specs, source, order in cases:
        rng = np.random.default_rng(golden.seed_of("linalg " + name))
        args = [operand(rng, s) for s in specs]
        found = answers(name, eval(source, SCOPE), args, order)
        out.case(name).line("source", source)
        for tag, arrays in found.items():
            for a in arrays:
                out.array(tag, a)
    out.close()


PROGRAMS = [
    ("cholesky", ["f32[3,3]"], "L.cholesky"), ("cholesky_complex", ["c64[3,3]"], "L.cholesky"), ("cholesky_lower", ["f32[2,3,3]"], "lambda x: L.cholesky(x, symmetrize_input=False)"),
    ("triangular_solve", ["f32[3,3]", "f32[3,2]"], "lambda a, b: L.triangular_solve(a, b, left_side=True, lower=True)"),
    ("triangular_solve_right", ["c64[3,3]", "c64[4,3]"], "lambda a, b: L.triangular_solve(a, b, transpose_a=True, conjugate_a=True, unit_diagonal=True)"),
    ("lu", ["f32[3,3]"], "L.lu"), ("lu_tall", ["f32[4,2]"], "L.lu"), ("lu_wide", ["f32[2,4]"], "L.lu"),
    ("qr", ["f32[4,3]"], "lambda x: L.qr(x, full_matrices=False)"), ("qr_complex", ["c64[4,3]"], "lambda x: L.qr(x, full_matrices=False)"),
    ("qr_wide", ["f32[2,4]"], "lambda x: L.qr(x, full_matrices=False)"), ("qr_pivoting", ["f32[4,3]"], "lambda x: L.qr(x, full_matrices=False, pivoting=True)"),
    ("qr_full", ["f32[4,3]"], "lambda x: L.qr(x, full_matrices=True)"),
    ("eigh", ["f32[3,3]"], "L.eigh"), ("eigh_upper", ["c64[3,3]"], "lambda x: L.eigh(x, lower=False, symmetrize_input=False)"),
    ("svd", ["f32[3,3]"], "lambda x: L.svd(x, full_matrices=True)"), ("svd_tall", ["f32[4,3]"], "lambda x: L.svd(x, full_matrices=False)"),
    ("svd_wide", ["c64[2,3]"], "lambda x: L.svd(x, full_matrices=False)"), ("svd_values", ["f32[4,3]"], "lambda x: L.svd(x, compute_uv=False)"),
    ("geqrf", ["f32[4,3]"], "L.geqrf"), ("householder_product", ["f32[4,3]", "f32[3]"], "L.householder_product"),
    ("lu_pivots_to_permutation", ["i32[3]"], "lambda x: L.lu_pivots_to_permutation(x, 5)"),
]
# Elsewhere JAX's texts pad by nothing and wrap indices of diagonals; values show that derivatives agree.
PUSHED = ("cholesky", "cholesky_complex", "triangular_solve", "triangular_solve_right")


def texts():
    make_jaxprs.SCOPE["L"] = L
    out = golden.GoldenFile("jaxpr/linalg.tsv", False, "see FORMAT.md")
    for name, *rest in PROGRAMS:
        row = ("lax_" + name, *rest)
        make_jaxprs.forward(out, *row)
        make_jaxprs.batched(out, *row)
        if name in PUSHED:
            make_jaxprs.pushed(out, *row)
    out.close()


if __name__ == "__main__":
    if TEXTS:
        texts()
    elif "functions" in sys.argv[1:]:
        values("jnp/linalg.tsv", FUNCTIONS)
    else:
        values("values/linalg.tsv", CASES)
