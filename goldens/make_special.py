"""Makes special/functions.tsv: values of special functions at doubles, by mpmath with 260 bits.

One line: name, arguments (a - where there is no second one), the nearest double to the value, what
is left of it, and the size to which errors are relative: the value's, or where the value is a
difference (negative arguments), that of the terms. Numbers in hexadecimal.

    python3 make_special.py > special/functions.tsv        # mpmath 1.4.1
"""

import random
import struct

from mpmath import mp, mpf

mp.prec = 260
ROOT = 1.4616321449683622


def points(rng):
    yield from (1.0, 2.0, 0.5, 1.5, 2.5, 0.25, 0.75, 1.25, 2.25, 4.25, 8.25, 10.0, 171.0, ROOT)
    for _ in range(60):
        yield rng.uniform(0, 12)
    for _ in range(40):
        yield rng.uniform(1, 2) * 2.0 ** rng.randint(-60, 60)
    for _ in range(12):
        yield rng.uniform(1, 2) * 2.0 ** rng.randint(-900, 900)
    for center in (1, 2, ROOT):
        for _ in range(14):
            yield center + rng.choice((-1, 1)) * 2.0 ** -rng.uniform(1, 50)
    for _ in range(40):
        yield -rng.uniform(0, 12)
    for _ in range(20):
        yield -rng.uniform(1, 2) * 2.0 ** rng.randint(-60, 30)
    for _ in range(8):
        yield -rng.randint(1, 9) + rng.choice((-1, 1)) * 2.0 ** -rng.randint(5, 45)


def lgamma(x):
    x = mpf(x)
    if x > 0:
        value = mp.loggamma(x).real
        return value, abs(value)
    sine, gamma = mp.log(abs(mp.sinpi(x)) / mp.pi), mp.loggamma(1 - x).real
    return -sine - gamma, max(abs(sine), abs(gamma))


def digamma(x):
    x = mpf(x)
    if x > 0:
        value = mp.digamma(x)
        return value, abs(value)
    gamma, cotangent = mp.digamma(1 - x), mp.pi * mp.cospi(x) / mp.sinpi(x)
    return gamma - cotangent, max(abs(gamma), abs(cotangent))


def bessel_i1e(x):
    x = mpf(x)
    value = mp.besseli(1, x) * mp.exp(-abs(x)) if abs(x) < 1e4 else mp.sign(x) * i1e_series(abs(x))
    return value, abs(value)


def i1e_series(x):
    term = total = mpf(1)
    for k in range(1, 60):
        term *= mpf((2 * k - 1) ** 2 - 4) / (8 * k * x)
        total += term
    return total / mp.sqrt(2 * mp.pi * x)


def positive_zeta(s, q):
    """Euler's and Maclaurin's formula; mpmath's zeta loses most digits of small values."""
    a = q + 100
    total = a ** (1 - s) / (s - 1) + a ** -s / 2
    term = s * a ** (-s - 1)
    for k in range(1, 60):
        total += mp.bernoulli(2 * k) / mp.factorial(2 * k) * term
        term *= (s + 2 * k - 1) * (s + 2 * k) / a**2
    return mp.fsum([total] + [(q + k) ** -s for k in range(100)])


def zeta(s, q):
    s, q = mpf(s), mpf(q)
    if q > 0:
        value = positive_zeta(s, q)
        return value, abs(value)
    steps = int(mp.floor(-q)) + 2
    first = [(q + k) ** -s for k in range(steps)]
    rest = positive_zeta(s, q + steps)
    return mp.fsum(first) + rest, max([abs(rest)] + [abs(t) for t in first])


def polygamma(n, x):
    """Where n! and zeta are doubles: their product is what the function computes."""
    value, size = zeta(mpf(n) + 1, x) if n else digamma(x)
    if abs(value) < 2.0 ** -1020:
        return mpf(0), mpf(0)
    factor = (-1) ** (int(n) + 1) * mp.factorial(int(n)) if n else 1
    return value * factor, size * abs(factor)


def pairs(rng, whole):
    for q in (1.0, 0.5, 2.0, 8.0, 100.0):
        for s in (2.0, 3.0, 20.0):
            yield s, q
    for _ in range(90):
        s = float(rng.randint(2, 12)) if whole else 1 + 2.0 ** rng.uniform(-40, 7)
        yield s, 2.0 ** rng.uniform(-12, 12)
    for _ in range(30):
        yield float(rng.randint(2, 60)), rng.uniform(0, 20)
    for _ in range(20):
        yield float(rng.randint(2, 171 if whole else 2000)), rng.uniform(1, 2) * 2.0 ** rng.randint(0, 12)
    for _ in range(40):
        yield float(rng.randint(2, 12)), -rng.uniform(0, 40)


def some_single(rng, x):
    """Every second point is a float too, for the tests of that type."""
    return struct.unpack("f", struct.pack("f", x))[0] if rng.random() < 0.5 and abs(x) < 1e38 else x


def line(name, x, y, value, size):
    if not 2.0 ** -1020 < abs(value) < 2.0 ** 1020:
        return
    high = float(value)
    second = "-" if y is None else float(y).hex()
    print(name, float(x).hex(), second, high.hex(), float(value - mpf(high)).hex(),
          float(size).hex(), sep="\t")


def main():
    rng = random.Random(2026)
    for name, f in (("LGAMMA", lgamma), ("DIGAMMA", digamma), ("BESSEL_I1E", bessel_i1e)):
        for x in points(rng):
            x = some_single(rng, x)
            if x != round(x) or x > 0:
                line(name, x, None, *f(x))
    for s, q in pairs(rng, False):
        s, q = some_single(rng, s), some_single(rng, q)
        if s > 1:
            line("ZETA", s, q, *zeta(s, q))
    for s, x in pairs(rng, True):
        n = s - 1 if s > 2 or x < 50 else 0.0
        x = some_single(rng, x)
        line("POLYGAMMA", n, x, *polygamma(n, x))


if __name__ == "__main__":
    main()
