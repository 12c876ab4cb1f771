"""What the example programs with loops must find, to the tolerance of their methods, by other methods (examples.tsv, x64 on): SciPy's solver for
smooth problems with sensitivity equations and least squares, JAX's random numbers under a chain in NumPy, and Viterbi's algorithm in NumPy."""
import pathlib
import re

import jax
import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import least_squares

import golden

jax.config.update("jax_enable_x64", True)
EXAMPLES = pathlib.Path("../examples")


def source(name):
    return (EXAMPLES / f"{name}.java").read_text()


def adaptive_ode():
    """Prey and predators; a loss and its gradient by the equations of the sensitivities."""
    times = np.linspace(0, 10, 21)

    def states(p):
        a, b, c, d = p

        def f(t, z):
            (x, y), s = z[:2], z[2:].reshape(2, 4)
            by_state = np.array([[a - b * y, -b * x], [d * y, d * x - c]])
            by_parameters = np.array([[x, -x * y, 0, 0], [0, 0, -y, x * y]])
            return np.concatenate([[a * x - b * x * y, d * x * y - c * y], (by_state @ s + by_parameters).ravel()])
        z = solve_ivp(f, (0, 10), [10, 5] + [0] * 8, "DOP853", rtol=1e-13, atol=1e-13, t_eval=times).y.T
        return z[:, :2], z[:, 2:].reshape(-1, 2, 4)
    seen, _ = states([1.5, 1.0, 3.0, 1.0])
    ys, by_parameters = states([1.4, 1.1, 2.8, 0.9])
    gradient = 2 * np.einsum("ti,tip->p", ys - seen, by_parameters) / ys.size
    yield "state at the end", 1e-6, seen[-1]
    yield "prey on the way", 1e-6, seen[:, 0]
    yield "loss", 1e-6, np.mean((ys - seen) ** 2)
    yield "discrete gradient", 1e-5, gradient
    yield "adjoint gradient", 1e-5, gradient


def hamiltonian_monte_carlo(chains=16, samples=1000, leapfrogs=12, step=0.25):
    """The same chains, all at once in NumPy, with JAX's random numbers."""
    starts, keys = jax.random.split(jax.random.key(0))
    keys = jax.vmap(lambda k: jax.vmap(jax.random.split)(jax.random.split(k, samples)))(jax.random.split(keys, chains))
    draw = jax.jit(jax.vmap(jax.vmap(lambda k: (jax.random.normal(k[0], (2,)), jax.random.uniform(k[1])))))
    momenta, chances = map(np.asarray, draw(keys))

    def log_density(q):
        return -q[:, 0] ** 2 / 8 - (q[:, 1] - 1 + q[:, 0] ** 2 / 4) ** 2 / 2

    def force(q):
        bend = q[:, 1] - 1 + q[:, 0] ** 2 / 4
        return np.stack([-q[:, 0] / 4 - bend * q[:, 0] / 2, -bend], 1)
    q = np.asarray(jax.random.normal(starts, (chains, 2)))
    found, accepted = [], []
    for i in range(samples):
        p, there = momenta[:, i], q
        energy = (p ** 2).sum(1) / 2 - log_density(q)
        for _ in range(leapfrogs):
            p = p + force(there) * step / 2
            there = there + p * step
            p = p + force(there) * step / 2
        taken = chances[:, i] < np.exp(energy - (p ** 2).sum(1) / 2 + log_density(there))
        q = np.where(taken[:, None], there, q)
        found.append(q)
        accepted.append(taken)
    found = np.stack(found, 1)  # (chains, samples, 2)
    yield "accepted", 1e-9, np.mean(accepted)
    yield "mean", 1e-8, found.mean((0, 1))
    yield "standard deviation", 1e-8, found.std((0, 1))
    yield "disagreement", 1e-8, np.sqrt(found.mean(1).var(0, ddof=1) / found.var(1, ddof=1).mean(0) + 1 - 1 / samples)
    yield "first chain's end", 1e-7, found[0, -1]


def letters(text):
    return np.array([ord(c) - ord("a") + 1 if c.isalpha() else 0 for c in text])


def beam_search(symbols=27):
    """The best meaning, by Viterbi's algorithm over the last two symbols; wide beams must find it."""
    text = source("BeamSearch")
    typed = letters(re.search(r'TYPED = "(.*)"', text)[1])
    corpus = letters("".join(line.strip() + "\n" for line in re.search(r'"""\n(.*?)"""', text, re.S)[1].splitlines()[:-1]))
    three = np.zeros((symbols,) * 3)
    np.add.at(three, (corpus[:-2], corpus[1:-1], corpus[2:]), 1)
    two = three.sum(0)
    one = two.sum(0)
    rough = (one + 1) / (one + 1).sum()
    finer = (two + 3 * rough) / (two.sum(1, keepdims=True) + 3)
    following = np.log((three + 3 * finer) / (three.sum(2, keepdims=True) + 3))
    place = {c: (x + y / 2, y) for y, row in enumerate(["qwertyuiop", "asdfghjkl", "zxcvbnm"]) for x, c in enumerate(row)}
    chance = np.zeros((symbols, symbols))
    chance[0, 0] = 1
    for c, (x, y) in place.items():
        near = [d for d, (u, v) in place.items() if d != c and abs(y - v) <= 1 and (x - u) ** 2 + (y - v) ** 2 < 1.5]
        chance[letters(c), letters(c)] = 0.875
        chance[letters(c), letters(near)] = 0.125 / len(near)
    with np.errstate(divide="ignore"):
        hit = np.log(chance)
    score, origins = np.full((symbols, symbols), -np.inf), []
    score[0, 0] = 0
    for key in typed:
        candidates = score[:, :, None] + following  # (before, last, next)
        origins.append(candidates.argmax(0))
        score = candidates.max(0) + hit[:, key]
    last, now = np.unravel_index(score.argmax(), score.shape)
    meaning = []
    for origin in reversed(origins):
        meaning.append(now)
        last, now = origin[last, now], last
    meant = "".join(" " if s == 0 else chr(ord("a") + s - 1) for s in reversed(meaning))
    for beams in (8, 16, 32):
        yield f"{beams} beams", "text", meant
    yield "best", 1e-10, score.max()


def levenberg_marquardt():
    """NIST's problem "Thurber", by MINPACK; its certified values are the same."""
    x, y = (np.array(re.findall(r"-?\d+\.\d+", re.search(rf"Array {name} = array\((.*?)\);", source("LevenbergMarquardt"), re.S)[1]), float)
            for name in "XY")

    def residual(b):
        return (b[0] + b[1] * x + b[2] * x ** 2 + b[3] * x ** 3) / (1 + b[4] * x + b[5] * x ** 2 + b[6] * x ** 3) - y
    fit = least_squares(residual, [1000, 1000, 400, 40, 0.7, 0.3, 0.03], "3-point", method="lm", xtol=1e-15, ftol=1e-15, gtol=1e-15)
    certified = [1288.1396800, 1491.0792535, 583.23836877, 75.416644291, 0.96629502864, 0.39797285797, 0.049727297349]
    assert np.allclose(fit.x, certified, rtol=1e-7, atol=0), fit.x
    cost = 2 * fit.cost
    yield "parameters", 1e-7, fit.x
    yield "standard errors", 1e-6, np.sqrt(np.diag(np.linalg.inv(fit.jac.T @ fit.jac)) * cost / (len(x) - 7))
    yield "sum of squares", 1e-10, cost


def main():
    out = golden.GoldenFile("examples.tsv", True, "what example programs print: name, relative tolerance, numbers; made by make_examples.py")
    for name, program in {"AdaptiveOde": adaptive_ode, "HamiltonianMonteCarlo": hamiltonian_monte_carlo, "BeamSearch": beam_search,
                          "LevenbergMarquardt": levenberg_marquardt}.items():
        out.case(name)
        for what, tolerance, value in program():
            value = value if tolerance == "text" else " ".join(repr(float(v)) for v in np.ravel(value))
            out.line("prints", what, tolerance, value)
    out.close()


if __name__ == "__main__":
    main()
