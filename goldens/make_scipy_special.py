"""Goldens of jax.scipy.special: jnp/special.tsv, values of JAX and of SciPy, and derivatives of JAX (x64 on).

Each function at regular points in f32 and f64, operands broadcast, and at edges; then in the other types. `true` is
SciPy's value in f64 at the same operands, `error` the units in the last place by which JAX misses it at most.
"""
import os
import re
import warnings

os.environ["JAX_PLATFORMS"] = "cpu"
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import jax.scipy.special as S
import numpy as np
import scipy.special as T

import golden
import samples
from values import is_differentiable

P, U, N = (0.2, 6.0), (0.05, 0.95), "n"  # positive, between 0 and 1, 0 1 2 ...
WIDE, FAR = (-8.0, 8.0), (-40.0, 40.0)
CASES = [  # name, domains, derivatives (how often), operands that have them; SciPy's name where another
    ("gamma", [(-4.9, 6.0)], 2), ("gammaln", [P], 2), ("gammasgn", [(-6.0, 6.0)], 1), ("loggamma", [P], 2), ("digamma", [P], 2), ("factorial", [(0.2, 8.0)], 2),
    ("beta", [P, P], 2), ("betaln", [P, (0.2, 40.0)], 2), ("betaln", [(8.0, 90.0), (8.0, 900.0)], 1), ("betainc", [P, P, U], 1, [2]), ("gammainc", [P, P], 1), ("gammaincc", [P, P], 1),
    ("comb", [(5.0, 9.0), (0.5, 4.0)], 2), ("comb", [N, N], 0), ("comb_repetition", [N, N], 0), ("poch", [P, P], 2), ("zeta", [(1.2, 6.0), P], 1), ("polygamma", [N, P], 1, [1]), ("multigammaln", [(3.0, 9.0)], 2),
    ("erf", [(-2.0, 2.0)], 2), ("erfc", [(-2.0, 4.0)], 2), ("erfinv", [(-0.95, 0.95)], 2), ("erfcx", [(-2.0, 30.0)], 2), ("erfcx", [(-5.0, 9.0)], 1), ("dawsn", [(-3.0, 3.0)], 2), ("dawsn", [(-14.0, 14.0)], 1),
    ("fresnel", [(-2.0, 2.0)], 1), ("fresnel", [(-9.0, 9.0)], 0), ("ndtr", [(-6.0, 6.0)], 2), ("log_ndtr", [(-40.0, 6.0)], 0), ("log_ndtr", [(-4.0, 4.0)], 2), ("ndtri", [U], 1), ("ndtri", [(1e-20, 1e-3)], 0), ("owens_t", [(-3.0, 3.0), (-4.0, 4.0)], 1),
    ("exp1", [P], 1), ("expi", [(-6.0, 6.0)], 1), ("expi", [(1.0, 80.0)], 0), ("expn", [N, P], 0), ("expn_2", [P], 1), ("expn", [N, (0.01, 1.5)], 0), ("sici", [(-4.0, 4.0)], 1), ("sici", [FAR], 0), ("spence", [(0.05, 4.0)], 1),
    ("i0", [(-3.0, 3.0)], 1), ("i0e", [WIDE], 1), ("i1", [(-3.0, 3.0)], 1), ("i1e", [WIDE], 1), ("hyp1f1", [P, P, (-3.0, 6.0)], 1), ("hyp1f1", [P, P, (100.0, 120.0)], 0),
    ("hyp2f1", [P, P, P, (-0.6, 0.8)], 1), ("hyp2f1", [(-3.4, 0.4), P, (1.2, 6.0), (-0.6, 0.8)], 0), ("hyp2f1_whole", [P, P, (0.91, 0.99)], 0), ("hyp2f1_polynomial", [N, P, P, (-2.0, 0.95)], 0),
    ("expit", [WIDE], 2), ("logit", [U], 2), ("logit", [(0.49, 0.51)], 1), ("xlogy", [P, P], 2), ("xlog1py", [P, (-0.9, 3.0)], 2), ("entr", [P], 2), ("rel_entr", [P, P], 2), ("kl_div", [P, P], 2),
    ("boxcox", [P, (-2.0, 2.0)], 1), ("boxcox1p", [P, (-2.0, 2.0)], 1), ("lpmn_values", [(-0.95, 0.95)], 1), ("lpmn", [(-0.95, 0.95)], 0), ("lpmn_normalized", [(-0.95, 0.95)], 1),
    ("sph_harm_y", [N, N, (0.1, 3.0), (-3.0, 6.0)], 0), ("sph_harm_y_negative", [N, (0.1, 3.0), (-3.0, 6.0)], 0),
    ("logsumexp", [WIDE], 1), ("softmax", [WIDE], 1), ("log_softmax", [WIDE], 1), ("bernoulli", [], 0),
]
OURS = {  # JAX's call and SciPy's, where they are not the function of that name of both modules
    "gammaln": (S.gammaln, T.gammaln), "comb_repetition": (lambda n, k: S.comb(n, k, repetition=True), lambda n, k: T.comb(n, k, repetition=True)),
    "polygamma": (lambda n, x: S.polygamma(n.astype(np.int32), x), lambda n, x: T.polygamma(n.astype(int), x)), "multigammaln": (lambda a: S.multigammaln(a, 3), lambda a: 1.5 * np.log(np.pi) + T.gammaln(a) + T.gammaln(a - 0.5) + T.gammaln(a - 1)),
    "expn": (lambda n, x: S.expn(n.astype(np.int32), x), lambda n, x: T.expn(n.astype(int), x)), "expn_2": (lambda x: S.expn(2, x), lambda x: T.expn(2, x)), "hyp2f1_whole": (lambda a, b, x: S.hyp2f1(a, b, a + b + 1, x), lambda a, b, x: T.hyp2f1(a, b, a + b + 1, x)),
    "hyp2f1_polynomial": (lambda n, b, c, x: S.hyp2f1(-n, b, c, x), lambda n, b, c, x: T.hyp2f1(-n, b, c, x)),
    "lpmn": (lambda z: S.lpmn(4, 4, z), None), "lpmn_values": (lambda z: S.lpmn_values(4, 4, z, False), None), "lpmn_normalized": (lambda z: S.lpmn_values(4, 4, z, True), None),
    "sph_harm_y": (lambda n, m, t, p: S.sph_harm_y(n.astype(int) + m.astype(int), m.astype(int), t, p, n_max=9), lambda n, m, t, p: T.sph_harm_y(n.astype(int) + m.astype(int), m.astype(int), t, p)),
    "sph_harm_y_negative": (lambda n, t, p: S.sph_harm_y(n.astype(int), -n.astype(int), t, p, n_max=9), lambda n, t, p: T.sph_harm_y(n.astype(int), -n.astype(int), t, p)),
    "softmax": (lambda x: S.softmax(x, axis=0), lambda x: T.softmax(x, axis=0)), "log_softmax": (lambda x: S.log_softmax(x, axis=0), lambda x: T.log_softmax(x, axis=0)),
    "bernoulli": (lambda: S.bernoulli(31), lambda: T.bernoulli(31)),
}
FLAT = {"lpmn", "lpmn_values", "lpmn_normalized", "sph_harm_y", "sph_harm_y_negative"}
NO_EDGES = FLAT | {"expn", "expn_2", "multigammaln", "logsumexp", "softmax", "log_softmax", "bernoulli", "hyp1f1", "hyp2f1", "hyp2f1_whole", "hyp2f1_polynomial", "gammaln", "digamma", "betainc", "gammainc", "gammaincc", "zeta",
                   "polygamma", "erf", "erfc", "erfinv", "i0", "i0e", "i1", "i1e", "expit", "comb_repetition"}  # primitives have theirs in values/; expn of n = inf runs for hours
EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -2.0, 3.0, -2.5, 30.0, np.inf, -np.inf, np.nan]
HALF = {"expn", "expn_2", "hyp1f1", "hyp2f1", "hyp2f1_whole", "hyp2f1_polynomial", "ndtr", "ndtri", "log_ndtr", "spence", "lpmn", "lpmn_values", "lpmn_normalized", "zeta", "polygamma"}  # JAX refuses them there, loses all digits, or never ends (expn)
JIT = True  # whole programs compile faster than one by one; the last bits may differ
VARIANT = r"(_(moved|repetition|whole|polynomial|negative|complex|-?\d|None|keepdims|options|omit|average|min|max|dense|ordinal)(?![a-z\d])|\.(silverman|factor|weights))"
COMPLEX = [("gamma_complex", S.gamma, T.gamma), ("loggamma_complex", S.loggamma, T.loggamma), ("wofz", S.wofz, T.wofz), ("erfcx_complex", S.erfcx, T.erfcx)]


def both(name):
    return OURS[name] if name in OURS else (getattr(S, name), getattr(T, name))


def operands(rng, dt, domains, flat):
    """The last operand varies along columns, all others along rows."""
    result = []
    for i, d in enumerate(domains):
        shape = (6,) if flat else (5,) if len(domains) == 1 else (4,) if i == len(domains) - 1 else (3, 1)
        draw = rng.integers(0 if i else 1, 5, shape) if d == N else rng.uniform(*d, shape)
        result.append(jnp.asarray(draw.astype(golden.np_dtype(dt))))
    return result


def leaves(x):
    return [jnp.asarray(leaf) for leaf in jax.tree.leaves(x)]


def ulps(ours, true):
    """The largest distance in units in the last place of the true value, where both are finite."""
    name = golden.name_of(ours.dtype)
    eps, tiny = (samples.EPS[samples.PART.get(name, name)], samples.TINY[samples.PART.get(name, name)])
    ours = np.asarray(ours).astype(np.complex128 if np.iscomplexobj(true) else np.float64)
    fine = np.isfinite(ours) & np.isfinite(true) & (true != 0)
    size = np.maximum(np.abs(true[fine]), tiny)
    spacing = 2.0 ** np.floor(np.log2(size)) * eps
    return float(np.max(np.abs(ours[fine] - true[fine]) / spacing, initial=0))


def reference(out, results, truth, args):
    if truth is None:
        return
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        wide = [np.asarray(a).astype(np.complex128 if np.iscomplexobj(a) else np.float64) for a in args]
        true = truth(*wide)
    true = [np.asarray(t) for t in (true if isinstance(true, (tuple, list)) else [true])]
    for r, t in zip(results, true, strict=True):
        t = np.broadcast_to(t, r.shape)
        out.array("true", t.astype(np.complex128 if np.iscomplexobj(t) else np.float64))
        out.line("error", f"{ulps(r, t):.3g}")


def source_of(name):
    """JAX's name of a case's function, which is named after it and a variant."""
    plain = re.sub(VARIANT, "", name.split("/")[0])
    return "S." + {"lpmn_normalized": "lpmn_values"}.get(plain, plain)


def case(out, name, ours, truth, args, order=0, active=None):
    results = leaves((jax.jit(ours) if JIT else ours)(*args))
    out.case(name)
    out.line("source", source_of(name))
    for a in args:
        out.array("in", a)
    for r in results:
        out.array("out", r)
    reference(out, results, truth, args)
    active = [i for i, a in enumerate(args) if is_differentiable(a)] if active is None else active
    if order and active:
        derivatives(out, name, ours, args, active, results, order)


def derivatives(out, name, f, args, active, results, order):
    rng = np.random.default_rng(golden.seed_of("slope " + name))
    point = [args[i] for i in active]

    def g(*xs):
        full = list(args)
        for i, x in zip(active, xs):
            full[i] = x
        return leaves(f(*full))

    v = [jnp.asarray(samples.direction(rng, x)) for x in point]
    w = [jnp.asarray(samples.direction(rng, r)) for r in results]
    along = lambda *xs: jax.jvp(g, xs, tuple(v))[1]
    out.line("active", " ".join(map(str, active)))
    def slopes():
        rows = {"jvp": along(*point), "vjp": jax.vjp(g, *point)[1](w)}
        return rows if order < 2 else rows | {"jvp2": jax.jvp(along, tuple(point), tuple(v))[1]}

    rows = [("dir", v), ("cot", w), *(jax.jit(slopes) if JIT else slopes)().items()]
    for tag, arrays in rows:
        for a in arrays:
            out.array(tag, a)


def edges(n, dt):
    rows = [EDGES] if n == 1 else [EDGES, EDGES] if n == 2 else [[0.0, 0.5, 2.0, -1.0, np.inf, np.nan]] * n
    return [jnp.asarray(a.reshape(-1).astype(golden.np_dtype(dt))) for a in np.meshgrid(*rows, indexing="ij")]


def complexes(out):
    for name, ours, truth in COMPLEX:
        for dt in golden.COMPLEX:
            rng = np.random.default_rng(golden.seed_of(name + dt))
            z = (rng.uniform(-4, 4, 12) + 1j * rng.uniform(-4, 4, 12)).astype(golden.np_dtype(dt))
            case(out, f"{name}/{dt} regular", ours, truth, [jnp.asarray(z)])
        z = np.array([0.5, -2.5, -2.5 - 0j, 3 + 0j, -1, 0, 0.5j, 2 - 0.5j, -7.25 + 1e-3j, 5 + 5j])
        case(out, f"{name}/c128 special", ours, truth, [jnp.asarray(z)])


def main():
    out = golden.GoldenFile("jnp/special.tsv", True, f"see make_scipy_special.py; SciPy {__import__('scipy').__version__}")
    seen = {}
    for name, domains, order, *active in CASES:
        seen[name] = seen.get(name, 0) + 1
        ours, truth = both(name)
        for dt in ("f32", "f64"):
            label = f"{name}/{dt} regular" + " again" * (seen[name] - 1)
            rng = np.random.default_rng(golden.seed_of(label))
            case(out, label, ours, truth, operands(rng, dt, domains, name in FLAT), order * (dt == "f64"), *active)
            if not domains:
                break
        if seen[name] == 1 and name not in NO_EDGES:
            case(out, f"{name}/f32 special", ours, truth, edges(len(domains), "f32"))
        if seen[name] == 1 and domains and name not in FLAT:
            for dt in ("f16", "bf16", "i32", "u8"):
                if dt in ("f16", "bf16") and name in HALF:
                    continue
                try:
                    rng = np.random.default_rng(golden.seed_of(name + dt))
                    args = [jnp.asarray(rng.integers(2, 5, (4,)).astype(golden.np_dtype(dt))) if dt in golden.INTS else a for a in operands(rng, dt, domains, True)]
                    case(out, f"{name}/{dt} type", ours, truth, args)
                except TypeError as e:
                    print(name, dt, str(e)[:60])
    complexes(out)
    out.close()


if __name__ == "__main__":
    main()
