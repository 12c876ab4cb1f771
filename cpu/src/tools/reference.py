"""Makes cpu/src/test/resources/math/reference.tsv: values of the mathematical functions at doubles.

One line: name, arguments, the nearest double to the value, and what is left of the value as a
double; numbers in hexadecimal. Evaluated by mpmath with 260 bits.

    python3 reference.py > ../test/resources/math/reference.tsv
"""

import random

from mpmath import mp, mpf

mp.prec = 260
POINTS = 120
INF, NAN = mpf("inf"), mpf("nan")
LARGEST = 1.7976931348623157e308


def logistic(x):
    return 1 / (1 + mp.exp(-x))


def erf_inv(x):
    return mp.erfinv(x)


def unary(f, low, high, extra=()):
    return ("unary", f, low, high, list(extra))



FUNCTIONS = {
    "exp": unary(mp.exp, -760, 720, [709.782712893384, -745.1332191019411, -708.4]),
    "exp2": unary(lambda x: mpf(2) ** x, -1080, 1025, [1023.9999999999999, -1074, -1022.5]),
    "expm1": unary(mp.expm1, -45, 720),
    "logistic": unary(logistic, -760, 760),
    "log": unary(mp.log, 0, 4),
    "log1p": unary(mp.log1p, -1, 4),
    "sqrt": unary(mp.sqrt, 0, 4),
    "rsqrt": unary(lambda x: 1 / mp.sqrt(x), 0, 4),
    "cbrt": unary(lambda x: mp.sign(x) * mp.cbrt(abs(x)), -9, 9),
    "sin": unary(mp.sin, -40, 40, [1e22, 6381956970095103 * 2.0 ** 797, 1e300, LARGEST]),
    "cos": unary(mp.cos, -40, 40, [1e22, 6381956970095103 * 2.0 ** 797, 1e300, LARGEST]),
    "tan": unary(mp.tan, -40, 40, [1e22, 6381956970095103 * 2.0 ** 797, 1e300, LARGEST]),
    "asin": unary(mp.asin, -1, 1),
    "acos": unary(mp.acos, -1, 1),
    "atan": unary(mp.atan, -20, 20),
    "sinh": unary(mp.sinh, -712, 712, [710.4758600739439]),
    "cosh": unary(mp.cosh, -712, 712, [710.4758600739439]),
    "tanh": unary(mp.tanh, -21, 21),
    "asinh": unary(mp.asinh, -40, 40),
    "acosh": unary(mp.acosh, 1, 40),
    "atanh": unary(mp.atanh, -1, 1),
    "erf": unary(mp.erf, -6.5, 6.5),
    "erfc": unary(mp.erfc, -6, 27.5),
    "erfInv": unary(erf_inv, -1, 1, [1 - 2.0 ** -53, 1 - 2.0 ** -40, 1e-300]),
}
BINARY = {
    "pow": lambda x, y: x ** y,
    "atan2": lambda y, x: mp.atan2(y, x),
}


def split(value):
    """The nearest double and the rest, or None where the value is not a real number."""
    if isinstance(value, mp.mpc) or value != value:
        return None
    high = float(value)
    if high in (float("inf"), float("-inf")) and abs(value) != INF:
        if abs(value) < mpf(2) ** 1024 - mpf(2) ** 970:
            raise ValueError("rounding of " + str(value))
        return high, 0.0
    return high, (0.0 if abs(value) == INF else float(value - mpf(high)))


def points(rng, low, high, extra):
    yield from map(float, extra)
    for _ in range(POINTS // 3):
        yield rng.uniform(low, high)
    for _ in range(POINTS // 3):  # every size that the domain has
        x = rng.choice((-1, 1)) * rng.uniform(1, 2) * 2.0 ** rng.randint(-1074, 1023)
        if low <= x and (x <= high or high >= 4):
            yield x
    for _ in range(POINTS // 3):  # near zero and one
        step = rng.choice((-1, 1)) * 2.0 ** -rng.uniform(1, 52)
        for x in (step, 1 + step):
            if low <= x <= high:
                yield x


def evaluate(f, *arguments):
    try:
        return split(f(*map(mpf, arguments)))
    except (ZeroDivisionError, OverflowError):
        return None


def main():
    rng = random.Random(2026)
    for name, (_, f, low, high, extra) in FUNCTIONS.items():
        for x in points(rng, low, high, extra):
            if name in ("exp", "exp2", "expm1", "sinh", "cosh", "logistic", "erfc", "tanh") \
                    and abs(x) > 2000:
                continue
            result = evaluate(f, x)
            if result is not None:
                print(name, x.hex(), "-", result[0].hex(), result[1].hex(), sep="\t")
    for name, f in BINARY.items():
        for _ in range(3 * POINTS):
            x = rng.uniform(0, 10) * 2.0 ** rng.choice((0, 0, 0, rng.randint(-1000, 1000)))
            y = rng.uniform(-10, 10)
            if name == "pow" and rng.random() < 0.5:
                y = rng.uniform(-1080, 1030) / float(mp.log(x, 2))
            if name == "pow" and rng.random() < 0.3:
                x = 1 + rng.uniform(-1, 1) * 2.0 ** -rng.randint(1, 40)
                y *= 2.0 ** rng.randint(0, 45)
            if name == "atan2":
                x, y = x * rng.choice((-1, 1)), y * 2.0 ** rng.choice((0, rng.randint(-600, 600)))
            if name == "pow" and abs(y * mp.log(x)) > 800:
                continue
            result = evaluate(f, x, y)
            if result is not None:
                print(name, x.hex(), y.hex(), result[0].hex(), result[1].hex(), sep="\t")


if __name__ == "__main__":
    main()
