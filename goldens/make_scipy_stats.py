"""Goldens of jax.scipy.stats: jnp/stats.tsv, as in make_scipy_special.py (x64 on)."""
import make_scipy_special as M  # sets the platform
import jax
import jax.numpy as jnp
import jax.scipy.stats as S
import numpy as np
import scipy.stats as T
from scipy.special import gammaln, xlogy

import golden

P, U, N, R = M.P, M.U, M.N, (-3.0, 3.0)
Q = ["ppf"]
LOC = [(-1.0, 1.0), (0.5, 2.0)]  # location, scale
DISTRIBUTIONS = [  # name, domain of the variable, of the shape parameters, location and scale: 2, location: 1
    ("norm", R, [], 2), ("cauchy", R, [], 2), ("laplace", R, [], 2), ("logistic", R, [], 2), ("gumbel_l", R, [], 2), ("gumbel_r", R, [], 2), ("uniform", (-2.0, 4.0), [], 2),
    ("expon", (-2.0, 6.0), [], 2), ("gamma", (1.0, 6.0), [P], 2), ("chi2", (1.0, 6.0), [P], 2), ("beta", (-1.0, 1.5), [P, P], 2), ("pareto", (0.5, 6.0), [P], 2), ("t", R, [P], 2),
    ("truncnorm", (-1.5, 1.5), [(-3.0, -0.5), (0.5, 3.0)], 2), ("gennorm", R, [(0.5, 3.0)], 0), ("vonmises", R, [P], 0), ("wrapcauchy", (0.1, 6.0), [U], 0),
    ("bernoulli", N, [U], 1), ("binom", N, [(6.0, 9.0), U], 1), ("betabinom", N, [N, P, P], 1), ("geom", N, [U], 1), ("nbinom", N, [P, U], 1), ("poisson", N, [P], 1),
]
FUNCTIONS = ["logpdf", "pdf", "logpmf", "pmf", "cdf", "logcdf", "sf", "logsf", "ppf", "isf"]
TAILS = [("norm", (-12.0, 9.0)), ("cauchy", (-1e4, 1e4)), ("logistic", (-30.0, 30.0)), ("gumbel_l", (-12.0, 3.0)), ("gumbel_r", (-3.0, 12.0)), ("expon", (0.0, 30.0)), ("laplace", (-20.0, 20.0))]
FLOAT0 = {"gumbel_l.ppf", "gumbel_r.ppf"}  # JAX 0.10.2 fails to differentiate them
NO_LOC = {"bernoulli.cdf", "bernoulli.ppf"}
SLOPED = {"logpdf", "pdf", "cdf", "logcdf", "logsf", "ppf", "logpmf"}
V = np.array([0.2, 0.3, 0.5])
A = np.array([[2.0, 0.3, 0.1], [0.3, 1.5, -0.2], [0.1, -0.2, 1.2]])


def one_distribution(out, name, domain, shapes, moved):
    for f in FUNCTIONS:
        ours, truth = getattr(getattr(S, name), f, None), getattr(getattr(T, name), f, None)
        if ours is None:
            continue
        if f"{name}.{f}" in ("norm.ppf", "norm.isf"):  # JAX's default type, whatever comes in
            ours = lambda *a, f=ours: f(*a).astype(jnp.result_type(*a, 0.0))
        where = U if f in ("ppf", "isf") else domain
        loc = 0 if f"{name}.{f}" in NO_LOC else moved
        for dt in ("f32", "f64"):
            label = f"{name}.{f}/{dt} regular"
            rng = np.random.default_rng(golden.seed_of(label))
            sloped = dt == "f64" and f in SLOPED and f"{name}.{f}" not in FLOAT0
            active = list(range(1 if where == N else 0, 1 + len(shapes)))
            active = [i for i in active if not (name == "beta" and f not in ("logpdf", "pdf") and i) and shapes[i - 1:i] != [N]]
            M.case(out, label, ours, truth, M.operands(rng, dt, [where] + shapes, False), int(sloped), active)
            label = f"{name}.{f}_moved/{dt} regular"
            rng = np.random.default_rng(golden.seed_of(label))
            at = [N] if loc == 1 else LOC[:loc]
            if loc and dt == ("f64" if f in ("logpdf", "cdf") else "f32"):
                M.case(out, label, ours, truth, M.operands(rng, dt, [where] + shapes + at, True), int(sloped and loc == 2), active)
        if not shapes:
            M.case(out, f"{name}.{f}/f32 special", ours, truth, M.edges(1, "f32"))
        if not shapes and f in ("logpdf", "cdf"):
            for dt in ("i32", "f16"):
                rng = np.random.default_rng(golden.seed_of(name + f + dt))
                args = [jnp.asarray(np.array([0, 1, 2, 3]).astype(golden.np_dtype(dt)))] if dt == "i32" else M.operands(rng, dt, [where], True)
                if not (name == "norm" and f == "cdf"):  # JAX takes f32 and f64 alone
                    M.case(out, f"{name}.{f}/{dt} type", ours, truth, args)


def tails(out):
    for name, domain in TAILS:
        for f in ("logpdf", "cdf", "logcdf", "sf", "logsf"):
            ours, truth = getattr(getattr(S, name), f, None), getattr(getattr(T, name), f, None)
            for dt in ("f32", "f64"):
                if ours is not None:
                    rng = np.random.default_rng(golden.seed_of(f"tail {name} {f} {dt}"))
                    M.case(out, f"{name}.{f}/{dt} tails", ours, truth, M.operands(rng, dt, [domain], True))


def dirichlet(x, alpha):
    """SciPy's refuses shares that sum to 1 in f32 alone."""
    x = x if len(x) == len(alpha) else np.concatenate([x, 1 - x.sum(0, keepdims=True)])
    norm = gammaln(alpha).sum() - gammaln(alpha.sum())
    return np.where(abs(x.sum(0) - 1) < 1e-6, xlogy(alpha.reshape(-1, *[1] * (x.ndim - 1)) - 1, x).sum(0) - norm, -np.inf)


def shares_of(out, f, dt, rest, alpha):
    g, truth = getattr(S.dirichlet, f), (dirichlet if f == "logpdf" else lambda *a: np.exp(dirichlet(*a)))
    v = V.astype(golden.np_dtype(dt))
    M.case(out, f"dirichlet.{f}/{dt} rest", g, truth, [rest, alpha], 1)
    M.case(out, f"dirichlet.{f}/{dt} vector", g, truth, [jnp.asarray(v), alpha])
    M.case(out, f"dirichlet.{f}/{dt} outside", g, truth, [jnp.asarray(v * 1.5), alpha])


def vectors(out):
    for dt in ("f32", "f64"):
        t = golden.np_dtype(dt)
        rng = np.random.default_rng(golden.seed_of("vectors " + dt))
        draw = lambda *shape: jnp.asarray(rng.uniform(-1, 1, shape).astype(t))
        x, mean, cov = draw(4, 3), draw(3), jnp.asarray(A.astype(t))
        spread = jnp.asarray(np.stack([A, 2 * A, A + np.eye(3), A.T]).astype(t))
        normal = lambda x, m, c: np.array([T.multivariate_normal.logpdf(v, m, c) for v in x])
        each = lambda x, m, c: np.array([T.multivariate_normal.logpdf(v, m, w) for v, w in zip(x, c)])
        for f in ("logpdf", "pdf"):
            g, wrap = getattr(S.multivariate_normal, f), (np.exp if f == "pdf" else lambda v: v)
            M.case(out, f"multivariate_normal.{f}/{dt} regular", g, lambda *a: wrap(normal(*a)), [x, mean, cov], 1 if dt == "f32" else 2)
            M.case(out, f"multivariate_normal.{f}/{dt} batch", g, lambda *a: wrap(each(*a)), [x, mean, spread])
            M.case(out, f"multivariate_normal.{f}/{dt} variance", g, lambda x, m, c: wrap(normal(x, m, c * np.eye(3))), [x, mean, jnp.asarray(1.5, t)], 1)
            M.case(out, f"multivariate_normal.{f}/{dt} scalar", g, lambda x, m, c: wrap(T.norm.logpdf(x, m, np.sqrt(c))), [draw(4), draw(), jnp.asarray(1.5, t)], 1)
            shares = rng.dirichlet([2.0, 3.0, 4.0], 4).T
            shares_of(out, f, dt, jnp.asarray(shares[:2].astype(t)), jnp.asarray(np.array([1.5, 0.7, 3.0], t)))
        for f in ("logpmf", "pmf"):
            g, h = getattr(S.multinomial, f), getattr(T.multinomial, f)
            M.case(out, f"multinomial.{f}/{dt} vector", g, None, [jnp.asarray([1, 3, 2]), jnp.asarray(6), jnp.asarray(V.astype(t))], 1, [2])
            M.case(out, f"multinomial.{f}/{dt} another sum", g, None, [jnp.asarray([1, 3, 2]), jnp.asarray(7), jnp.asarray(V.astype(t))])
    M.case(out, "poisson.entropy/f64 regular", S.poisson.entropy, T.poisson.entropy, [jnp.asarray(np.array([0.5, 3.0, 12.5, 60.0, 250.0]))], 1)
    M.case(out, "poisson.entropy/f64 special", S.poisson.entropy, None, [jnp.asarray(np.array([0.0, 1.0]))])


def statistics(out):
    rng = np.random.default_rng(5)
    x = rng.integers(0, 4, (5, 3)).astype(np.float32)
    for dt in ("f32", "f64", "i32", "f16"):
        y = jnp.asarray(x.astype(golden.np_dtype(dt)))
        for axis in (0, 1, -1, None):
            M.case(out, f"mode_{axis}/{dt} values", lambda a: S.mode(a, axis=axis), None, [y])
            M.case(out, f"mode_{axis}_keepdims/{dt} values", lambda a: S.mode(a, axis=axis, keepdims=True), None, [y])
            M.case(out, f"sem_{axis}/{dt} values", lambda a: S.sem(a, axis=axis), None, [y], int(dt == "f64"))
        M.case(out, f"sem_options/{dt} values", lambda a: S.sem(a, axis=1, ddof=0, keepdims=True), None, [y])
        if dt in ("f32", "i32"):
            with jax.enable_x64(False):  # ranks are of the default type
                for m in ("average", "min", "max", "dense", "ordinal"):
                    M.case(out, f"rankdata_{m}/{dt} values", lambda a: S.rankdata(a, m), None, [y])
                    M.case(out, f"rankdata_{m}_0/{dt} values", lambda a: S.rankdata(a, m, axis=0), None, [y])
    nan = jnp.asarray(np.array([[1, np.nan, np.nan, 3], [2, 2, 1, 3]], np.float32))
    M.case(out, "mode_1/f32 nan", lambda a: S.mode(a, axis=1), None, [nan])
    M.case(out, "sem_omit/f32 nan", lambda a: S.sem(a, axis=1, nan_policy="omit"), None, [nan])
    with jax.enable_x64(False):
        M.case(out, "rankdata_average_1/f32 nan", lambda a: S.rankdata(a, axis=1), None, [nan])


def densities(out):
    for dt in ("f32", "f64"):
        t = golden.np_dtype(dt)
        rng = np.random.default_rng(golden.seed_of("kde " + dt))
        draw = lambda *shape: jnp.asarray(rng.normal(size=shape).astype(t))
        for label, data, at in (("line", draw(12), draw(5)), ("plane", draw(2, 15), draw(2, 4))):
            kde, ref = S.gaussian_kde, T.gaussian_kde
            for f in ("pdf", "logpdf", "evaluate"):
                M.case(out, f"gaussian_kde.{f}/{dt} {label}", lambda d, x: getattr(kde(d), f)(x), lambda d, x: getattr(ref(d), f)(x), [data, at], 1)
            M.case(out, f"gaussian_kde.silverman/{dt} {label}", lambda d, x: kde(d, "silverman").pdf(x), lambda d, x: ref(d, "silverman").pdf(x), [data, at])
            M.case(out, f"gaussian_kde.factor/{dt} {label}", lambda d, x: kde(d, 0.3).pdf(x), lambda d, x: ref(d, 0.3).pdf(x), [data, at])
            w = jnp.asarray(rng.uniform(0.5, 2, data.shape[-1]).astype(t))
            M.case(out, f"gaussian_kde.weights/{dt} {label}", lambda d, x, w: kde(d, weights=w).pdf(x), lambda d, x, w: ref(d, weights=w).pdf(x), [data, at, w], 1)
            M.case(out, f"gaussian_kde.integrate_kde/{dt} {label}", lambda d, x: kde(d).integrate_kde(kde(x)), lambda d, x: ref(d).integrate_kde(ref(x)), [data, at])
            if label == "line":
                M.case(out, f"gaussian_kde.integrate_box_1d/{dt} {label}", lambda d: kde(d).integrate_box_1d(-0.5, 1.0), lambda d: ref(d).integrate_box_1d(-0.5, 1.0), [data], 1)
                M.case(out, f"gaussian_kde.integrate_gaussian_1/{dt} {label}", lambda d: kde(d).integrate_gaussian(jnp.asarray(0.3, t), jnp.asarray(0.7, t)), lambda d: ref(d).integrate_gaussian(0.3, 0.7), [data])
            else:
                mean, cov = jnp.asarray(V[:2].astype(t)), jnp.asarray(A[:2, :2].astype(t))
                M.case(out, f"gaussian_kde.integrate_gaussian/{dt} {label}", lambda d, m, c: kde(d).integrate_gaussian(m, c), lambda d, m, c: ref(d).integrate_gaussian(m, c), [data, mean, cov])
            M.case(out, f"gaussian_kde.resample/{dt} {label}", lambda d: kde(d).resample(jax.random.key(7), (3,)), None, [data])


def main():
    out = golden.GoldenFile("jnp/stats.tsv", True, f"see make_scipy_stats.py; SciPy {__import__('scipy').__version__}")
    for row in DISTRIBUTIONS:
        one_distribution(out, *row)
    tails(out)
    vectors(out)
    statistics(out)
    densities(out)
    out.close()


if __name__ == "__main__":
    main()
