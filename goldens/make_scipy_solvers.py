"""Goldens of jax.scipy.sparse.linalg, optimize, integrate and cluster: jnp/scipy_solvers.tsv; of spatial.transform: jnp/spatial.tsv (x64 on).

As make_scipy_linalg.py. Where a solver ends early, `error` is how far JAX is from the solution.
"""
import sys

import make_scipy_linalg as L  # sets the platform
import jax
import jax.numpy as jnp
import numpy as np
import scipy.cluster.vq
import scipy.integrate
import scipy.optimize
import scipy.spatial.transform as R
from jax.scipy import cluster, integrate, optimize
from jax.scipy.sparse import linalg as S
from jax.scipy.spatial.transform import Rotation, Slerp

import golden
import make_scipy_special as M

MODULES = {"cg": "sparse.linalg", "bicgstab": "sparse.linalg", "gmres": "sparse.linalg", "minimize": "optimize", "trapezoid": "integrate", "vq": "cluster.vq", "Rotation": "spatial.transform", "Slerp": "spatial.transform"}


def source_of(name):
    plain = name.split("/")[0].split(" ")[0]
    return f"jsp.{MODULES[plain]}.{plain}"


M.source_of = source_of
TIGHT = dict(tol=1e-13)


def tree_map(ab):
    """A definite map of a pair of arrays."""
    u, v = ab["u"], ab["v"]
    return {"u": 3 * u + jnp.sum(v) * 0.1, "v": 2 * v + jnp.sum(u) * 0.1}


def tree_solution(u, v):
    n, m = u.size, v.size
    k = np.diag(np.r_[np.full(n, 3.0), np.full(m, 2.0)])
    k[:n, n:] = k[n:, :n] = 0.1
    x = np.linalg.solve(k, np.r_[u.ravel(), v])
    return x[:n].reshape(u.shape), x[n:]


def tree_cg(u, v):
    x = S.cg(tree_map, {"u": u, "v": v}, tol=1e-12)[0]
    return x["u"], x["v"]


def scaled(a):
    return lambda x: x / jnp.diag(a)


def vq(obs, book):
    """Positions are i32 with us."""
    code, dist = cluster.vq.vq(obs, book)
    return code.astype(np.int32), dist


SOLVERS = [
    *[(f"{f}", [f"{k}T[5,5]", "T[5]"], lambda a, b, f=f: getattr(S, f)(a, b)[0], np.linalg.solve, None, 0, L.ALL) for f, k in (("cg", "p"), ("bicgstab", "d"), ("gmres", "d"))],
    *[(f"{f} tight", [f"{k}T[4,4]", "T[4]"], lambda a, b, f=f: getattr(S, f)(lambda x: a @ x, b, **TIGHT)[0], np.linalg.solve, None, 1, L.WIDE) for f, k in (("cg", "p"), ("bicgstab", "d"), ("gmres", "d"))],
    *[(f"{f} prepared", [f"{k}T[5,5]", "T[5]", "T[5]"], lambda a, b, x, f=f: getattr(S, f)(a, b, x, M=scaled(a), **TIGHT)[0], lambda a, b, x: np.linalg.solve(a, b), None, 0, ("f64",)) for f, k in (("cg", "p"), ("bicgstab", "d"), ("gmres", "d"))],
    ("cg few", ["pT[6,6]", "T[6]"], lambda a, b: S.cg(a, b, maxiter=2)[0], None, None, 0, ("f64",)), ("cg tree", ["T[2,2]", "T[3]"], tree_cg, tree_solution, None, 1, ("f64",)), ("bicgstab few", ["dT[6,6]", "T[6]"], lambda a, b: S.bicgstab(a, b, maxiter=2)[0], None, None, 0, ("f64",)),
    ("gmres restarted", ["dT[6,6]", "T[6]"], lambda a, b: S.gmres(a, b, restart=3, **TIGHT)[0], np.linalg.solve, None, 0, ("f64",)), ("gmres incremental", ["dT[6,6]", "T[6]"], lambda a, b: S.gmres(a, b, solve_method="incremental", **TIGHT)[0], np.linalg.solve, None, 0, ("f64", "c128")),
    ("trapezoid", ["T[3,5]"], integrate.trapezoid, scipy.integrate.trapezoid, None, 1, ("f32", "f64", "i32")), ("trapezoid dx", ["T[3,5]"], lambda y: integrate.trapezoid(y, dx=0.25, axis=0), lambda y: scipy.integrate.trapezoid(y, dx=0.25, axis=0), None, 1, ("f64", "c64")),
    ("trapezoid x", ["T[3,5]", "T[5]"], integrate.trapezoid, scipy.integrate.trapezoid, None, 1, ("f32", "f64")), ("trapezoid x", ["T[2,1]", "T[2,1]"], integrate.trapezoid, scipy.integrate.trapezoid, None, 0, ("f32",)),
    ("vq", ["T[7,3]", "T[4,3]"], vq, scipy.cluster.vq.vq, None, 0, ("f32", "f64")), ("vq", ["T[5]", "T[3]"], vq, None, None, 0, ("f32",)), ("vq", ["i32[5,2]", "T[1,2]"], vq, None, None, 0, ("f32",)), ("vq dist", ["T[7,3]", "T[4,3]"], lambda a, b: cluster.vq.vq(a, b)[1], lambda a, b: scipy.cluster.vq.vq(a, b)[1], None, 1, ("f64",)),
]


def rosen(x):
    return ((1 - x[:-1]) ** 2 + 100 * (x[1:] - x[:-1] ** 2) ** 2).sum()


def bowl(x):
    return ((x - jnp.arange(len(x))) ** 2 * (1 + jnp.arange(len(x)))).sum() + 0.1 * (x.sum() - 1) ** 4


def minima(out):
    for name, f, start in (("rosen", rosen, [0.5, 0.8, 1.2]), ("bowl", bowl, [3.0, -2.0, 0.5, 1.0])):
        x0 = jnp.asarray(np.array(start))
        found = scipy.optimize.minimize(lambda x: float(f(jnp.asarray(x))), np.array(start), jac=lambda x: np.asarray(jax.grad(f)(jnp.asarray(x))), method="BFGS", options={"gtol": 1e-12})
        inverse = np.linalg.inv(np.asarray(jax.hessian(f)(jnp.asarray(found.x))))
        for method, label in (("BFGS", "bfgs"), ("l-bfgs-experimental-do-not-rely-on-this", "lbfgs")):
            r = optimize.minimize(f, x0, method=method)
            print(name, label, r.success, r.status, r.nit, r.nfev)
            out.case(f"minimize {label}_{name}/f64").line("source", "jsp.optimize.minimize")
            out.array("in", x0)
            rows = [(r.x, found.x), (r.fun, np.asarray(found.fun)), *([(r.hess_inv, inverse)] if label == "bfgs" else [])]
            for a, _ in rows:
                out.array("out", a)
            counts = [r.success, jnp.asarray(r.status).astype(np.int32), jnp.asarray(r.nit).astype(np.int32), jnp.asarray(r.nfev).astype(np.int32)]
            for a in counts:
                out.array("out", a)
            for a, t in rows + [(a, np.asarray(a).astype(np.float64)) for a in counts]:
                out.array("true", t)
                out.line("error", f"{L.ulps(jnp.asarray(a), t):.3g}")
        for adaptive in (False, True):
            r = scipy.optimize.minimize(lambda x: float(f(jnp.asarray(x))), np.array(start), method="Nelder-Mead", options={"adaptive": adaptive})
            print(name, "nelder-mead", r.status, r.nit, r.nfev)
            out.case(f"minimize neldermead_{name}{'_adaptive' if adaptive else ''}/f64").line("source", "jsp.optimize.minimize")
            out.array("in", x0)
            for a in (r.x, np.float64(r.fun), np.bool_(r.success), np.int32(r.status), np.int32(r.nit), np.int32(r.nfev)):
                out.array("out", a)
            for a, error in ((r.x, 1e5), (np.float64(r.fun), 1e5), (np.float64(r.success), 0), (np.float64(r.status), 0), (np.float64(r.nit), 0), (np.float64(r.nfev), 0)):  # roundings grow over a hundred steps
                out.array("true", a)
                out.line("error", f"{error:g}")


def q(f, scipy_f=None):
    """A function of a quaternion's rotation."""
    return lambda x, *a: f(Rotation(x), *a), lambda x, *a: (scipy_f or f)(R.Rotation.from_quat(x), *a)


def both(name, *args, result=lambda r: r, **kws):
    """A constructor's quaternion."""
    return (lambda x: getattr(Rotation, name)(*args, x, **kws).as_quat()), (lambda x: getattr(R.Rotation, name)(*args, x, **kws).as_quat())


def spatial_rows():
    rows = [("from_quat", ["T[2,4]"], *both("from_quat")), ("from_matrix", ["mT[3]"], *both("from_matrix")), ("from_mrp", ["T[2,3]"], *both("from_mrp")), ("from_rotvec", ["T[2,3]"], *both("from_rotvec")), ("from_rotvec degrees", ["T[3]"], *both("from_rotvec", degrees=True)),
            *[(f"from_euler {s}", [f"T[2,{len(s)}]"], *both("from_euler", s)) for s in ("xyz", "XYZ", "zxz", "YXY", "Zy".upper(), "z")], ("from_euler degrees", ["T[3]"], *both("from_euler", "zyx", degrees=True))]
    rows += [(f"as_euler {s}", ["qT[3]"], *q(lambda r, s=s: r.as_euler(s))) for s in ("xyz", "zyx", "XYZ", "ZYX", "zxz", "YXY")] + [("as_euler degrees", ["qT[1]"], *q(lambda r: r.as_euler("yzx", degrees=True)))]
    rows += [("as_matrix", ["qT[2]"], *q(lambda r: r.as_matrix())), ("as_mrp", ["qT[3]"], *q(lambda r: r.as_mrp())), ("as_rotvec", ["qT[3]"], *q(lambda r: r.as_rotvec())), ("as_rotvec degrees", ["qT[1]"], *q(lambda r: r.as_rotvec(degrees=True))),
             ("as_quat canonical", ["qT[3]"], *q(lambda r: r.as_quat(canonical=True))), ("as_quat first", ["qT[2]"], *q(lambda r: r.as_quat(scalar_first=True))), ("inv", ["qT[2]"], *q(lambda r: r.inv().as_quat())), ("magnitude", ["qT[3]"], *q(lambda r: r.magnitude())),
             ("mean", ["qT[3]"], *q(lambda r: abs(r.mean().as_quat()))), ("mean weights", ["qT[3]", "aT[3]"], *q(lambda r, w: abs(r.mean(w).as_quat()))), ("apply", ["qT[2]", "T[2,3]"], *q(lambda r, v: r.apply(v))), ("apply inverse", ["qT[2]", "T[3]"], *q(lambda r, v: r.apply(v, inverse=True))),
             ("times", ["qT[2]", "qT[2]"], lambda a, b: (Rotation(a) * Rotation(b)).as_quat(), lambda a, b: (R.Rotation.from_quat(a) * R.Rotation.from_quat(b)).as_quat())]
    return rows


def rotation_operand(rng, spec):
    kind, dt = spec[0], spec.split("[")[0].lstrip("qma")
    if spec[0] not in "qma":
        return L.operand(rng, spec)
    n = int(spec[:-1].split("[")[1])
    if kind == "a":
        return jnp.asarray(rng.uniform(0.5, 2, n).astype(golden.np_dtype(dt)))
    quat = rng.normal(size=(n, 4))
    quat /= np.linalg.norm(quat, axis=1, keepdims=True)
    return jnp.asarray((quat if kind == "q" else R.Rotation.from_quat(quat).as_matrix()).astype(golden.np_dtype(dt)))


def spatial(out):
    for name, specs, f, truth in spatial_rows():
        for dt in ("f32", "f64") if name in ("from_quat", "as_euler xyz", "as_matrix", "apply", "from_matrix", "as_rotvec") else ("f64",):
            mine = [s.replace("T", dt) for s in specs]
            label = f"Rotation {name}/{','.join(mine)} regular"
            rng = np.random.default_rng(golden.seed_of(label))
            args = [rotation_operand(rng, s) for s in mine]
            M.case(out, label, f, truth, args, int(dt == "f64" and not name.startswith("mean")))
    edge = jnp.asarray(np.array([[0, 0, 0, 1.0], [1, 0, 0, 0], [0, 1e-9, 0, 1], [0.0, 0.6, 0, -0.8], [0, 0, 1, 0]]))
    for name, f in (("as_rotvec", lambda r: r.as_rotvec()), ("magnitude", lambda r: r.magnitude()), ("as_quat canonical", lambda r: r.as_quat(canonical=True)), ("as_euler zxz", lambda r: r.as_euler("zxz"))):
        M.case(out, f"Rotation {name}/f64 special", *q(f), [edge])
    M.case(out, "Rotation from_rotvec/f64 special", *both("from_rotvec"), [jnp.asarray(np.array([[0, 0, 0], [1e-9, 0, 0], [1e-4, 2e-4, 0], [0, 3.5, 0], [9.0, 1, 2]]))])
    half = np.pi / 2
    M.case(out, "Rotation as_euler xyz/f64 locked", *q(lambda r: r.as_euler("xyz")), [jnp.asarray(R.Rotation.from_euler("xyz", [[0.3, half, 0.2], [0.3, -half, -0.4]]).as_quat())])
    rng = np.random.default_rng(3)
    for label, when in (("", np.array([0.2, 1.0, 1.7, 2.6])), (" one", np.array(0.7))):
        quat = rng.normal(size=(3, 4))
        quat /= np.linalg.norm(quat, axis=1, keepdims=True)
        args = [jnp.asarray(np.array([0.0, 1.5, 3.0])), jnp.asarray(quat), jnp.asarray(when)]
        M.case(out, f"Slerp{label}/f64 regular", lambda t, x, w: Slerp.init(t, Rotation(x))(w).as_quat(), lambda t, x, w: R.Slerp(t, R.Rotation.from_quat(x))(w).as_quat(), args, 1, [1])


def main():
    note = f"see make_scipy_solvers.py; SciPy {scipy.__version__}"
    if "spatial" not in sys.argv[1:]:
        out = golden.GoldenFile("jnp/scipy_solvers.tsv", True, note)
        L.table(out, SOLVERS)
        minima(out)
        out.close()
    if "solvers" not in sys.argv[1:]:
        out = golden.GoldenFile("jnp/spatial.tsv", True, note)
        spatial(out)
        out.close()


if __name__ == "__main__":
    main()
