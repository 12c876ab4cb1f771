"""What the notebook-sized example programs must print, found by scikit-learn, SciPy and JAX (notebooks.tsv, x64 on): other methods where
there are some, the same random numbers where a program draws some. Data are read from where the programs read them."""
import gzip
import pathlib
import re
import sys

import jax
import jax.numpy as jnp
import numpy as np
import scipy
import sklearn
from PIL import Image
from scipy import fft, ndimage, optimize, signal, stats
from scipy.integrate import solve_ivp
from scipy.special import expit
from sklearn.cluster import KMeans as Lloyd
from sklearn.decomposition import PCA
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from sklearn.linear_model import Lasso, LinearRegression, LogisticRegression, Ridge, RidgeCV
from sklearn.metrics import accuracy_score, log_loss, roc_auc_score
from sklearn.preprocessing import StandardScaler

import golden

jax.config.update("jax_enable_x64", True)
EXAMPLES = pathlib.Path("../examples")
DATA = EXAMPLES / "src/main/resources/dev/jacobi/examples"

# Arrays are printed with eight digits after the point, or of the mantissa.
PRINTED = 1e-8
# Numbers are printed in full; sums of hundreds of numbers in another order.
FULL = 1e-11


def table(name):
    return np.loadtxt(gzip.open(DATA / f"{name}.csv.gz", "rt"), delimiter=",")


def numbers(program, name):
    text = re.search(rf"{name} =\s*array\((.*?)\);", (EXAMPLES / f"{program}.java").read_text(), re.S)[1]
    return np.array(re.findall(r"[\d.]+", text), float)


def least_squares():
    data = table("diabetes")
    x, y = StandardScaler().fit_transform(data[:, :-1]), data[:, -1]
    fit = LinearRegression().fit(x, y)
    rest = ((y - fit.predict(x)) ** 2).sum()
    design = np.column_stack([np.ones(len(x)), x])
    errors = np.sqrt(np.diag(np.linalg.inv(design.T @ design))[1:] * rest / (len(x) - 11))
    chosen = RidgeCV(10 ** np.linspace(-1, 4, 101)).fit(x, y)
    ridge = Ridge(chosen.alpha_, tol=1e-14).fit(x, y).coef_
    # Coordinate descent, and descent along the gradient in the program, to where neither moves.
    lasso = Lasso(2, tol=1e-15, max_iter=100_000).fit(x, y).coef_
    for name, *row in zip("age sex bmi bp tc ldl hdl tch ltg glu".split(), fit.coef_, errors, ridge, lasso):
        yield name, PRINTED, row
    yield "R squared", FULL, fit.score(x, y)
    yield "best penalty", FULL, chosen.alpha_
    yield "error of those left out", FULL, -chosen.best_score_


def farthest(x, k):
    """The first centers: the point nearest to the mean, then always the farthest from all so far."""
    centers = [x[((x - x.mean(0)) ** 2).sum(1).argmin()]]
    while len(centers) < k:
        centers.append(x[np.min([((x - c) ** 2).sum(1) for c in centers], 0).argmax()])
    return np.array(centers)


def clusters():
    for name, count, k in ("wine", 2, 3), ("digits", 12, 10):
        data = table(name)
        x, truth = (StandardScaler().fit_transform(data[:, :-1]) if name == "wine" else data[:, :-1] / 16), data[:, -1].astype(int)
        pca = PCA(count, svd_solver="full").fit(x)
        yield f"{name} ratios", PRINTED, pca.explained_variance_ratio_
        if name == "digits":
            x = pca.transform(x)
        fit = Lloyd(k, init=farthest(x, k), n_init=1, algorithm="lloyd", tol=0, max_iter=1000).fit(x)
        counts = np.array([np.bincount(truth[fit.labels_ == c], minlength=k) for c in range(k)])
        yield f"{name} within clusters", FULL, fit.inertia_
        yield f"{name} sizes", 0, sorted(counts.sum(1))
        yield f"{name} of their cluster's main kind", FULL, counts.max(1).sum() / len(x)


def logistic_regression():
    data = table("breast_cancer")
    x, y, test = data[:, :-1], data[:, -1], np.arange(len(data)) % 4 == 3
    scaler = StandardScaler().fit(x[~test])
    fit = LogisticRegression(C=1, solver="newton-cholesky", tol=1e-13, max_iter=1000).fit(scaler.transform(x[~test]), y[~test])
    chance = fit.predict_proba(scaler.transform(x[test]))[:, 1]
    yield "weights", PRINTED, fit.coef_
    yield "intercept", 1e-10, fit.intercept_
    yield "log loss", 1e-10, log_loss(y[test], chance)
    yield "accuracy", FULL, accuracy_score(y[test], chance > 0.5)
    yield "area under the curve", FULL, roc_auc_score(y[test], chance)


def image_filter():
    image = np.asarray(Image.open(DATA / "hopper.png")) / 255
    keys = jax.random.split(jax.random.key(0))
    u = np.asarray(jax.random.uniform(keys[0], image.shape))
    seasoned = np.where(u < 0.03, 0, np.where(u > 0.97, 1, image))
    clean = ndimage.median_filter(seasoned, 3, mode="reflect")
    blurred = ndimage.gaussian_filter(image, 1.5, mode="reflect") + 0.002 * np.asarray(jax.random.normal(keys[1], image.shape))
    # Between mirrors the blur and the differences are diagonal in cosines, so that the program's linear system has a formula.
    weights = np.exp(-np.arange(-6, 7) ** 2 / 1.5 ** 2 / 2)
    angles = [np.pi * np.arange(n) / n for n in image.shape]
    blur = np.multiply.outer(*[np.cos(np.outer(a, np.arange(-6, 7))) @ weights / weights.sum() for a in angles])
    rough = np.add.outer(*[2 - 2 * np.cos(a) for a in angles])
    restored = fft.idctn(fft.dctn(blurred) * blur / (blur ** 2 + 1e-4 * rough))
    edges = np.hypot(ndimage.sobel(clean, 0, mode="reflect"), ndimage.sobel(clean, 1, mode="reflect"))
    # The program's system is solved to 1e-9 of its right-hand side; the smallest eigenvalue is 1e-4 of the largest.
    pictures = {"seasoned": (seasoned, FULL), "clean": (clean, FULL), "blurred": (blurred, FULL), "restored": (restored, 1e-6)}
    for name, (picture, tolerance) in pictures.items():
        yield f"{name} decibels", tolerance, -10 * np.log10(((picture - image) ** 2).mean())
    for name, (picture, tolerance) in (pictures | {"edges": (edges, FULL)}).items():
        yield f"{name} pixels", max(PRINTED, tolerance), picture[20::60, 20::50]
    yield "edges mean", FULL, edges.mean()


def spectrum():
    x = table("sunspots")[:, 1]
    f, power = signal.periodogram(x, window="hann", nfft=2048)
    _, smooth = signal.welch(x, nperseg=128, noverlap=64, nfft=2048)
    found, _ = signal.find_peaks(power)
    found = found[power[found].argsort()[::-1]][:5]
    window = signal.get_window("hann", len(x))
    centered = x - x.mean()
    a = np.linalg.lstsq(np.column_stack([centered[1:-1], centered[:-2]]), centered[2:])[0]
    yield "power", PRINTED, power[::100]
    yield "smoother", PRINTED, smooth[::100]
    yield "variance", FULL, (window ** 2 * centered ** 2).sum() / (window ** 2).sum()  # Parseval
    yield "highest peaks at years", PRINTED, 1 / f[found]
    yield "smoother at years", FULL, 1 / f[smooth.argmax()]
    yield "Yule's coefficients", PRINTED, a
    yield "Yule's years", 1e-10, 2 * np.pi / abs(np.angle(np.roots([1, *-a])[0]))


def epidemic(boys=763):
    seen = numbers("Epidemic", "IN_BED")

    def ill(p):
        infection, recovery, first = p

        def change(t, s):
            return [-infection * s[0] * s[1] / boys, infection * s[0] * s[1] / boys - recovery * s[1]]
        return solve_ivp(change, (0, 13), [boys - first, first], "DOP853", rtol=1e-13, atol=1e-11, t_eval=np.arange(14)).y[1]
    fit = optimize.least_squares(lambda p: ill(p) - seen, [2, 0.5, 2], "3-point", x_scale=[1, 0.3, 2], method="lm", xtol=1e-15, ftol=1e-15, gtol=1e-15)
    variance = 2 * fit.cost / (14 - 3)
    # The program takes 24 steps a day by a method of the fourth order.
    yield "converged", "text", "True"
    yield "rates and the first day's ill", 1e-6, fit.x
    yield "standard errors", 1e-5, np.sqrt(np.diag(np.linalg.inv(fit.jac.T @ fit.jac)) * variance)
    yield "infected by each", 1e-6, fit.x[0] / fit.x[1]
    yield "standard deviation", 1e-8, np.sqrt(variance)
    yield "in bed by the model", 1e-6, ill(fit.x)


def gaussian_process():
    keys = jax.random.split(jax.random.key(0))
    x = np.asarray(jax.random.uniform(keys[0], (30,), minval=0, maxval=10))
    y = np.sin(x) + x / 5 + 0.2 * np.asarray(jax.random.normal(keys[1], (30,)))
    at = np.linspace(0, 12, 7)[:, None]

    def regression(size, length, noise):
        kernel = ConstantKernel(size ** 2) * RBF(length)
        return GaussianProcessRegressor(kernel, alpha=noise ** 2, optimizer=None).fit(x[:, None], y)

    def report(name, tolerance, *p):
        model = regression(*p)
        mean, deviation = model.predict(at, return_std=True)
        yield f"{name} evidence", FULL, model.log_marginal_likelihood_value_
        yield f"{name} mean", tolerance, mean
        yield f"{name} deviation", tolerance, deviation
    yield from report("guess", PRINTED, 1, 1, 0.1)
    whole = GaussianProcessRegressor(ConstantKernel(1) * RBF(1) + WhiteKernel(0.01), optimizer=None).fit(x[:, None], y)

    def loss(theta):
        value, slope = whole.log_marginal_likelihood(theta, eval_gradient=True)
        return -value, -slope
    best = optimize.minimize(loss, whole.kernel_.theta, jac=True, method="BFGS", options={"gtol": 1e-9})
    size, length, noise = np.exp(best.x / [2, 1, 2])
    # The search ends where the slope is 1e-8: places of the minimum are that exact.
    yield "converged", "text", "True"
    yield "size, length, noise", 1e-7, [size, length, noise]
    yield from report("fit", 1e-7, size, length, noise)


def posterior(chains=16, samples=2000, skipped=200):
    degrees, damaged = numbers("Posterior", "DEGREES"), numbers("Posterior", "DAMAGED")

    def log_density(q):
        z = q[0] + q[1] * (degrees - 70) / 10
        return jnp.sum(damaged * z - jax.nn.softplus(z)) - q @ q / 50

    def choose(key, q, there, log_chance):
        accepted = jnp.log(jax.random.uniform(key)) < log_chance
        return jnp.where(accepted, there, q), accepted

    def metropolis(key, q):
        step, chance = jax.random.split(key)
        there = q + jax.random.normal(step, (2,))
        return choose(chance, q, there, log_density(there) - log_density(q))

    def hamiltonian(key, q, h=0.3):
        step, chance = jax.random.split(key)
        start = jax.random.normal(step, (2,))
        there, p = q, start
        for _ in range(8):
            p = p + h / 2 * jax.grad(log_density)(there)
            there = there + h * p
            p = p + h / 2 * jax.grad(log_density)(there)
        return choose(chance, q, there, log_density(there) - log_density(q) + (start @ start - p @ p) / 2)

    def sample(move, key):
        first, rest = jax.random.split(key)
        starts = jax.random.normal(first, (chains, 2))

        def chain(key, start):
            def step(q, k):
                q, accepted = move(k, q)
                return q, (q, accepted)
            return jax.lax.scan(step, start, jax.random.split(key, samples))[1]
        return map(np.asarray, jax.jit(jax.vmap(chain))(jax.random.split(rest, chains), starts))

    # The posterior itself, on a grid so fine that sums are integrals.
    a, b = np.meshgrid(np.linspace(-7, 4, 1101), np.linspace(-14, 6, 1001), indexing="ij")
    weight = np.asarray(jax.jit(jax.vmap(log_density))(np.stack([a.ravel(), b.ravel()], 1)))
    weight = np.exp(weight - weight.max()).reshape(a.shape)
    weight /= weight.sum()
    assert max(weight[0].sum(), weight[-1].sum(), weight[:, 0].sum(), weight[:, -1].sum()) < 1e-9

    def mean(f):
        return (weight * f).sum()
    center = np.array([mean(a), mean(b)])
    spread = np.sqrt([mean((a - center[0]) ** 2), mean((b - center[1]) ** 2)])
    together = mean((a - center[0]) * (b - center[1])) / spread.prod()
    cold = mean(expit(a - 3.9 * b))

    for name, move, key in ("Metropolis", metropolis, 1), ("Hamiltonian", hamiltonian, 2):
        q, accepted = sample(move, jax.random.key(key))
        q = q[:, skipped:]
        rows = q.reshape(-1, 2)
        x = q - rows.mean(0)
        chance = expit(q[..., 0] - 3.9 * q[..., 1])
        # The same chains: rounding errors grow from sample to sample, and fade where chains forget.
        yield f"{name} accepted", FULL, accepted.mean()
        yield f"{name} mean", PRINTED, rows.mean(0)
        yield f"{name} deviation", PRINTED, rows.std(0)
        yield f"{name} correlation", 1e-9, np.corrcoef(rows.T)[0, 1]
        yield f"{name} correlation with the next", PRINTED, (x[:, 1:] * x[:, :-1]).mean((0, 1)) / (x ** 2).mean((0, 1))
        yield f"{name} damage at 31 degrees", 1e-9, chance.mean()
        # The posterior: four standard errors, as chains that know nothing of one another differ.
        for what, of_chains, exact in (("mean", q.mean(1), center), ("deviation", q.std(1), spread),
                                       ("correlation", np.array([np.corrcoef(c.T)[0, 1] for c in q]), together),
                                       ("damage at 31 degrees", chance.mean(1), cold)):
            allowed = np.max(4 * of_chains.std(0, ddof=1) / np.sqrt(chains) / np.maximum(1, np.abs(exact)))
            yield f"{name} {what}", f"{allowed:.2g}", exact


def option_pricer(rate=0.05, volatility=0.2, time=1.0):
    def call(spot, strike):
        """The price, delta, gamma, vega, theta and rho, by their formulas."""
        d1 = (np.log(spot / strike) + (rate + volatility ** 2 / 2) * time) / (volatility * np.sqrt(time))
        d2, density, discount = d1 - volatility * np.sqrt(time), stats.norm.pdf(d1), np.exp(-rate * time)
        return {"price": spot * stats.norm.cdf(d1) - strike * discount * stats.norm.cdf(d2), "delta": stats.norm.cdf(d1),
                "gamma": density / (spot * volatility * np.sqrt(time)), "vega": spot * density * np.sqrt(time),
                "theta": -spot * density * volatility / 2 / np.sqrt(time) - rate * strike * discount * stats.norm.cdf(d2),
                "rho": strike * time * discount * stats.norm.cdf(d2)}
    strikes = np.arange(80.0, 121, 10)
    yield "strike", 0, strikes
    greeks = call(100.0, strikes)
    for name, value in greeks.items():
        yield name, PRINTED, value

    def price(v, strike):
        d1 = (np.log(100 / strike) + (rate + v ** 2 / 2) * time) / (v * np.sqrt(time))
        return 100 * stats.norm.cdf(d1) - strike * np.exp(-rate * time) * stats.norm.cdf(d1 - v * np.sqrt(time))
    yield "implied volatility", PRINTED, [optimize.brentq(lambda v: price(v, k) - p - 1, 0.01, 1, xtol=1e-14) for k, p in zip(strikes, greeks["price"])]
    g = call(100.0, 105.0)
    yield "European call", PRINTED, [g["price"], g["delta"], g["vega"], g["rho"], -g["theta"]]

    def larger(x, y):
        return np.where(np.real(x) > np.real(y), x, y)

    def american(spot, volatility, rate, time, strike=105.0, steps=500):
        h = time / steps
        up, growth = np.exp(volatility * np.sqrt(h)), np.exp(rate * h)
        chance = (growth - 1 / up) / (up - 1 / up)
        value = larger(strike - spot * up ** np.arange(-steps, steps + 1, 2), 0)
        for n in range(steps - 1, -1, -1):
            value = larger((chance * value[1:] + (1 - chance) * value[:-1]) / growth, strike - spot * up ** np.arange(-n, n + 1, 2))
        return value[0]

    normals = np.asarray(jax.random.normal(jax.random.key(0), (20_000, 50)))

    def asian(spot, volatility, rate, time, strike=105.0, days=50):
        steps = (rate - volatility ** 2 / 2) * time / days + volatility * np.sqrt(time / days) * normals
        return np.exp(-rate * time) * larger((spot * np.exp(np.cumsum(steps, 1))).mean(1) - strike, 0).mean()
    for name, f in ("American put", american), ("Asian call", asian):
        # Derivatives by complex steps: f(x + ih) is f(x) + ih f'(x), exactly for a tiny h.
        at = np.array([100.0, volatility, rate, time])
        yield name, PRINTED, [f(*at), *(f(*(at + 1e-30j * e)).imag * 1e30 for e in np.eye(4))]


def kalman_filter():
    """All years are one normal vector, of which some are known."""
    flow = numbers("KalmanFilter", "FLOW")
    years = np.arange(110)
    seen = len(flow)

    def loss(p):
        noise, wander = jnp.exp(p)
        cov = 1e7 + wander * np.minimum.outer(years, years)[:seen, :seen] + noise * np.eye(seen)
        return -jax.scipy.stats.multivariate_normal.logpdf(flow, jnp.zeros(seen), cov)
    best = optimize.minimize(jax.jit(jax.value_and_grad(loss)), [9.0, 7.0], jac=True, method="BFGS", options={"gtol": 1e-8})
    noise, wander = np.exp(best.x)
    # Harvey's and Durbin and Koopman's books have 15099 and 1469.1.
    assert np.allclose([noise, wander], [15099, 1469.1], rtol=1e-3), best
    level = 1e7 + wander * np.minimum.outer(years, years)

    def known(year, count):
        """Mean and variance of a year's level by the first flows."""
        gain = np.linalg.solve(level[:count, :count] + noise * np.eye(count), level[:count, year])
        return gain @ flow[:count], level[year, year] - gain @ level[:count, year]
    filtered = np.array([known(t, min(t + 1, seen)) for t in years])
    smoothed = np.array([known(t, seen) for t in years])
    # Where the likelihood is flattest its logarithm has a second derivative of 2: gtol gives p to 1e-8, and the noise's formula here to 1e-7.
    yield "converged", "text", "True"
    yield "variances of noise and wander", 1e-6, [noise, wander]
    yield "log likelihood", 1e-10, -best.fun
    for name, values in ("filtered levels", filtered[:, 0]), ("their variances", filtered[:, 1]), ("smoothed levels", smoothed[:, 0]), \
            ("their variances now", smoothed[:, 1]):
        yield name, 1e-6, values[::10]
    yield "flow in 1980 and its deviation", 1e-6, [filtered[-1, 0], np.sqrt(filtered[-1, 1] + noise)]


PROGRAMS = {"LeastSquares": least_squares, "Clusters": clusters, "LogisticRegression": logistic_regression, "ImageFilter": image_filter,
            "Spectrum": spectrum, "Epidemic": epidemic, "GaussianProcess": gaussian_process, "Posterior": posterior,
            "OptionPricer": option_pricer, "KalmanFilter": kalman_filter}


def main():
    out = golden.GoldenFile("notebooks.tsv", True, "what example programs print: name, relative tolerance, numbers; made by make_notebooks.py")
    out.out.write(f"#scipy {scipy.__version__}\n#scikit-learn {sklearn.__version__}\n")
    for name, program in PROGRAMS.items():
        out.case(name)
        print(name, file=sys.stderr, flush=True)
        for what, tolerance, value in program():
            value = value if tolerance == "text" else " ".join(repr(float(v)) for v in np.ravel(value))
            out.line("prints", what, tolerance, value)
    out.close()


if __name__ == "__main__":
    main()
