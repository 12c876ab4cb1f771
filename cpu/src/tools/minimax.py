"""Makes the polynomial coefficients of dev.jacobi.cpu.math: Coefficients, SpecialCoefficients.

Weighted minimax polynomials by the Remez exchange algorithm (mpmath, 60 digits). After the fit the
coefficients are rounded to the target format one after the other, lowest power first, the rest
being fitted anew each time, so that the rounding of the important ones is made good by the others.

    python3 minimax.py            # prints the tables of both files of coefficients
    python3 minimax.py EXP32      # prints one
"""

import functools
import math
import struct
import sys

from mpmath import mp, mpf

mp.dps = 60


def to_single(c):
    return mpf(struct.unpack("f", struct.pack("f", float(c)))[0])


def to_double(c):
    return mpf(float(c))


def remez(f, a, b, powers, weight, fixed=None, rounds=12):
    """Coefficients c_p of least max |weight(x) * (f(x) - sum c_p x^p)| on [a, b]."""
    fixed = fixed or {}
    free = [p for p in powers if p not in fixed]
    n = len(free)
    a, b = mpf(a), mpf(b)
    grid_size = max(600, 40 * (len(powers) + 2))
    grid = [(a + b) / 2 - (b - a) / 2 * mp.cos(mp.pi * (i + mpf(1) / 2) / grid_size)
            for i in range(grid_size)]
    target = [f(x) - sum(c * x**p for p, c in fixed.items()) for x in grid]
    w = [weight(x) for x in grid]
    refs = [min(grid_size - 1, int((1 - mp.cos(mp.pi * i / n)) / 2 * (grid_size - 1)))
            for i in range(n + 1)] if n else []
    best = None
    for _ in range(rounds):
        m = mp.matrix(n + 1, n + 1)
        rhs = mp.matrix(n + 1, 1)
        for row, g in enumerate(refs):
            for col, p in enumerate(free):
                m[row, col] = grid[g]**p * w[g]
            m[row, n] = (-1)**row
            rhs[row] = target[g] * w[g]
        sol = mp.lu_solve(m, rhs)
        coef = {p: sol[i] for i, p in enumerate(free)}
        err = [(target[i] - sum(c * grid[i]**p for p, c in coef.items())) * w[i]
               for i in range(grid_size)]
        worst = max(abs(e) for e in err)
        if best is None or worst < best[0]:
            best = (worst, coef)
        peaks = []
        for i in range(grid_size):
            if peaks and (err[i] > 0) == (err[peaks[-1]] > 0):
                if abs(err[i]) > abs(err[peaks[-1]]):
                    peaks[-1] = i
            else:
                peaks.append(i)
        while len(peaks) > n + 1:
            if len(peaks) == n + 2:
                del peaks[0 if abs(err[peaks[0]]) < abs(err[peaks[-1]]) else -1]
            else:
                k = min(range(len(peaks) - 1),
                        key=lambda j: max(abs(err[peaks[j]]), abs(err[peaks[j + 1]])))
                del peaks[k:k + 2]
        if len(peaks) < n + 1 or peaks == refs:
            break
        refs = peaks
    return best[1], best[0]


def fit(f, a, b, powers, weight, rounding, fixed=None, again=True):
    """Rounded coefficients in order of powers, and the error that is left.

    Fitting again after each rounding fails for long polynomials with all powers; they do without.
    """
    f, weight = functools.cache(f), functools.cache(weight)
    fixed = dict(fixed or {})
    if not again:
        coef, _ = remez(f, a, b, powers, weight, fixed)
        fixed.update({p: rounding(c) for p, c in coef.items()})
    for p in powers:
        if p not in fixed:
            coef, _ = remez(f, a, b, powers, weight, fixed)
            fixed[p] = rounding(coef[p])
    a, b = mpf(a), mpf(b)
    worst = max(abs(weight(x) * (f(x) - sum(c * x**p for p, c in fixed.items())))
                for x in [a + (b - a) * (i + mpf(1) / 2) / 2000 for i in range(2000)])
    return [fixed[p] for p in powers], worst


def java(name, coefs, error, note):
    print(f"  /** {note}; error 2^{float(mp.log(error, 2)):.1f}. */")
    print(f"  static final double[] {name} = {{")
    for c in coefs:
        print(f"    {float(c).hex()},".replace("0x1.0000000000000p", "0x1.0p"))
    print("  };\n")


TABLES = {}


def table(name, note, f, a, b, count, weight, start=0, step=1, fixed=None, again=True):
    rounding = to_single if name.endswith("32") else to_double
    powers = [start + step * i for i in range(count)]
    TABLES[name] = lambda: java(
        name, *fit(f, a, b, powers, weight, rounding, fixed, again), note)


HALF_LN2 = mp.log(2) / 2 * mpf("1.0002")


def expq(r):
    return (mp.exp(r) - 1 - r) / r**2


for fmt, terms in (("32", 5), ("64", 10)):
    table("EXP" + fmt, "(exp(r) - 1 - r) / r^2 on |r| <= ln(2)/2", expq, -HALF_LN2, HALF_LN2,
          terms, lambda r: r**2 / mp.exp(r))


for fmt, terms in (("32", 5), ("64", 11)):
    table("EXPM1_" + fmt, "the same, by the error of exp(r) - 1", expq, -HALF_LN2, HALF_LN2,
          terms, lambda r: abs(r**2 / mp.expm1(r)))


def log_rest(f):
    return (mp.log1p(f) - f + f * f / 2) / f**3


table("LOG32", "(log(1+f) - f + f^2/2) / f^3 on sqrt(1/2) <= 1+f <= sqrt(2)", log_rest,
      mp.sqrt(mpf(1) / 2) - 1, mp.sqrt(2) - 1, 9, lambda f: abs(f**3 / mp.log1p(f)))


def atanh_rest(z):  # z = s^2; log((1+s)/(1-s)) = 2 s + s z R(z)
    s = mp.sqrt(z)
    return (mp.log((1 + s) / (1 - s)) - 2 * s) / (s * z)


table("LOG64", "(log((1+s)/(1-s)) - 2s) / s^3 in z = s^2, |s| <= 3 - sqrt(8)", atanh_rest,
      mpf(10)**-12, (3 - mp.sqrt(8))**2 * mpf("1.001"), 7, lambda z: z)


def log_tail(z):  # log((1+s)/(1-s)) = 2 s + 2/3 s^3 + s^5 R(z)
    s = mp.sqrt(z)
    return (mp.log((1 + s) / (1 - s)) - 2 * s - 2 * s**3 / 3) / s**5


table("LOG_TAIL64", "(log((1+s)/(1-s)) - 2s - 2/3 s^3) / s^5 in z = s^2, |s| <= 3 - sqrt(8)",
      log_tail, mpf(10)**-8, (3 - mp.sqrt(8))**2 * mpf("1.001"), 8, lambda z: z * z)


def tanh_rest(u):
    x = mp.sqrt(u)
    return (mp.tanh(x) - x) / (x * u)


table("TANH32", "(tanh(x) - x) / x^3 in u = x^2, |x| <= 0.65", tanh_rest, mpf(10)**-12,
      mpf("0.4226"), 5, lambda u: u)

QUARTER_PI = mp.pi / 4 * mpf("1.001")


def sin_rest(u):
    x = mp.sqrt(u)
    return (mp.sin(x) - x) / (x * u)


def cos_rest(u):
    return (mp.cos(mp.sqrt(u)) - 1 + u / 2) / u**2


def tan_rest(u):
    x = mp.sqrt(u)
    return (mp.tan(x) - x) / (x * u)


for fmt, sines, cosines, tangents in (("32", 3, 3, 7), ("64", 6, 6, 14)):
    table("SIN" + fmt, "(sin(r) - r) / r^3 in u = r^2, |r| <= pi/4", sin_rest, mpf(10)**-12,
          QUARTER_PI**2, sines, lambda u: u)
    table("COS" + fmt, "(cos(r) - 1 + u/2) / u^2 in u = r^2, |r| <= pi/4", cos_rest, mpf(10)**-12,
          QUARTER_PI**2, cosines, lambda u: u**2)
    table("TAN" + fmt, "(tan(r) - r) / r^3 in u = r^2, |r| <= pi/4", tan_rest, mpf(10)**-12,
          QUARTER_PI**2, tangents, lambda u: u)


def erf_rest(u):  # erf(x) = x + x R(u)
    x = mp.sqrt(u)
    return mp.erf(x) / x - 1


for fmt, terms, limit in (("32", 6, "0.9688"), ("64", 12, "0.8751")):
    table("ERF" + fmt, "erf(x)/x - 1 in u = x^2, |x| <= " + limit[:-1], erf_rest, mpf(10)**-12,
          mpf(limit)**2, terms, lambda u: mp.sqrt(u) / mp.erf(mp.sqrt(u)))

table("LOG2_ERFC32", "log2(erfc(x)) on 0.96875 <= x <= 4", lambda x: mp.log(mp.erfc(x)) / mp.log(2),
      "0.968", "4.001", 6, lambda x: mp.erfc(x) / mp.erf(x) * mp.log(2))


def erfcx(a):
    return mp.exp(a * a) * mp.erfc(a)


def erfcx32(t):  # in t = 1/(1.5 + 1.5a) - 0.2318: (1.5 + 1.5a) exp(a^2) erfc(a) - 1
    d = 1 / (t + mpf(to_single("0.2318")))
    return d * erfcx(d / 1.5 - 1) - 1


def erfcx64(t):  # in t = (a - 3.5) / (a + 3.5): (1 + 2a) exp(a^2) erfc(a) - 1
    a = mpf("3.5") * (1 + t) / (1 - t)
    return (1 + 2 * a) * erfcx(a) - 1


table("ERFCX32", "(1.5+1.5a) exp(a^2) erfc(a) - 1 in t = 1/(1.5+1.5a) - 0.2318", erfcx32,
      1 / (mpf("1.5") * mpf("11.2")) - to_single("0.2318"),
      1 / (mpf("1.5") * mpf("1.65")) - to_single("0.2318"), 11, lambda t: 1 / (1 + erfcx32(t)))
table("ERFCX64", "(1+2a) exp(a^2) erfc(a) - 1 in t = (a-3.5)/(a+3.5)", erfcx64,
      (mpf("0.476") - mpf("3.5")) / (mpf("0.476") + mpf("3.5")), mpf("24.5") / mpf("31.5"), 24,
      lambda t: 1 / (1 + erfcx64(t)))


def log2_rest(f):  # log2(1+f) = f R(f)
    return mp.log1p(f) / mp.log(2) / f


table("LOG2_64", "log2(1+f)/f on sqrt(1/2) <= 1+f <= sqrt(2), to 35 bits", log2_rest,
      mp.sqrt(mpf(1) / 2) - 1, mp.sqrt(2) - 1, 13, lambda f: 1 / log2_rest(f))

for fmt, terms in (("32", 6), ("64", 12)):
    table("EXP2_" + fmt, "(2^r - 1) / r on |r| <= 1/2", lambda r: (mp.power(2, r) - 1) / r,
          mpf("-0.5001"), mpf("0.5001"), terms, lambda r: abs(r) / mp.power(2, r))


def sinh_rest(u):
    r = mp.sqrt(u)
    return (mp.sinh(r) - r) / (r * u)


def cosh_rest(u):
    return (mp.cosh(mp.sqrt(u)) - 1) / u


for fmt, sines, cosines in (("32", 3, 3), ("64", 6, 6)):
    table("SINH" + fmt, "(sinh(r) - r) / r^3 in u = r^2, |r| <= ln(2)/2", sinh_rest, mpf(10)**-12,
          HALF_LN2**2, sines, lambda u: u)
    table("COSH" + fmt, "(cosh(r) - 1) / u in u = r^2, |r| <= ln(2)/2", cosh_rest, mpf(10)**-12,
          HALF_LN2**2, cosines, lambda u: u)


def atan_rest(u):
    z = mp.sqrt(u)
    return (mp.atan(z) - z) / (z * u)


def asin_rest(u):
    z = mp.sqrt(u)
    return (mp.asin(z) - z) / (z * u)


for fmt, tangents, sines in (("32", 9, 6), ("64", 20, 13)):
    table("ATAN" + fmt, "(atan(z) - z) / z^3 in u = z^2, |z| <= 1", atan_rest, mpf(10)**-12, 1,
          tangents, lambda u: u * mp.sqrt(u) / mp.atan(mp.sqrt(u)))
    table("ASIN" + fmt, "(asin(z) - z) / z^3 in u = z^2, |z| <= 1/2", asin_rest, mpf(10)**-12,
          mpf("0.2501"), sines, lambda u: u)


def erf_inv_of(w):  # erf_inv(x) / x, w = -log(1 - x^2)
    x = mp.sqrt(-mp.expm1(-w))
    return mp.erfinv(x) / x


table("ERF_INV_SMALL64", "erf_inv(x)/x in u = x^2 up to 0.45",
      lambda u: mp.erfinv(mp.sqrt(u)) / mp.sqrt(u), mpf(10)**-12, "0.4501", 20,
      lambda u: mp.sqrt(u) / mp.erfinv(mp.sqrt(u)))

ERF_INV_PARTS = (("A", "0", "6.25", "3.125", 26), ("B", "2.5", "4", "3.25", 21),
                 ("C", "4", "6.1", "5.05", 19))

for part, low, high, center, terms in ERF_INV_PARTS:
    middle = mpf(center)

    def erf_inv_part(v, part=part, middle=middle):
        w = v + middle
        return erf_inv_of(w if part == "A" else w * w)

    table("ERF_INV_" + part + "64",
          f"erf_inv(x)/x in {'w' if part == 'A' else 'sqrt(w)'} - {float(middle)}, "
          f"w = -log(1-x^2), from {float(low)} to {float(high)}", erf_inv_part,
          mpf(low) - middle, mpf(high) - middle, terms, lambda v, g=erf_inv_part: 1 / g(v))


for fmt, ones, twos, tails, least in (("32", 9, 10, 2, "4.25"), ("64", 19, 20, 6, "8.25")):
    table("LGAMMA_ONE" + fmt, "lgamma(1+z)/z on |z| <= 1/4", lambda z: mp.loggamma(1 + z) / z,
          mpf("-0.25"), mpf("0.25"), ones, lambda z: z / mp.loggamma(1 + z))
    table("LGAMMA_TWO" + fmt, "lgamma(2+z)/z on -3/4 <= z <= 1/4", lambda z: mp.loggamma(2 + z) / z,
          mpf("-0.75"), mpf("0.25"), twos, lambda z: z / mp.loggamma(2 + z))
    table("STIRLING" + fmt, f"y (log Gamma(y) - (y-1/2) log y + y - log(2 pi)/2), u = 1/y^2, "
          f"y >= {least}", lambda u: stirling_rest(1 / mp.sqrt(u)), mpf(10)**-8,
          1 / mpf(least)**2, tails, lambda u: mp.sqrt(u) / mp.loggamma(1 / mp.sqrt(u)))


def stirling_rest(y):
    return y * (mp.loggamma(y) - (y - mpf(1) / 2) * mp.log(y) + y - mp.log(2 * mp.pi) / 2)


DIGAMMA_ROOT = mp.findroot(mp.digamma, mpf("1.4616"))


def digamma_tail(u):  # digamma(y) = log(y) - 1/(2y) - u D(u)
    y = 1 / mp.sqrt(u)
    return (mp.log(y) - y**-1 / 2 - mp.digamma(y)) / u


for fmt, terms, tails, least in (("32", 11, 2, "4"), ("64", 23, 7, "8")):
    table("DIGAMMA" + fmt, f"digamma(1.5+z)/(1.5+z-r) on |z| <= 1/2, r the root "
          f"{mp.nstr(DIGAMMA_ROOT, 17)}", lambda z: mp.digamma(z + 1.5) / (z + 1.5 - DIGAMMA_ROOT),
          mpf("-0.5"), mpf("0.5"), terms,
          lambda z: (z + 1.5 - DIGAMMA_ROOT) / mp.digamma(z + 1.5), again=fmt == "32")
    table("DIGAMMA_TAIL" + fmt, f"(log(y) - 1/(2y) - digamma(y)) y^2, u = 1/y^2, y >= {least}",
          digamma_tail, mpf(10)**-6, 1 / mpf(least)**2, tails,
          lambda u: u / mp.digamma(1 / mp.sqrt(u)))


def bessel_tail(v):
    return mp.sqrt(1 / v) * mp.besseli(1, 1 / v) * mp.exp(-1 / v)


for fmt, terms, tails, limit in (("32", 8, 7, "6"), ("64", 17, 23, "8")):
    table("BESSEL_I1" + fmt, f"I1(x)/x in u = x^2, x <= {limit}",
          lambda u: mp.besseli(1, mp.sqrt(u)) / mp.sqrt(u), mpf(10)**-8, mpf(limit)**2, terms,
          lambda u: mp.sqrt(u) / mp.besseli(1, mp.sqrt(u)))
    table("BESSEL_I1_TAIL" + fmt, f"sqrt(x) exp(-x) I1(x) in v = 1/x, x >= {limit}", bessel_tail,
          mpf(10)**-7, 1 / mpf(limit), tails, lambda v: 1 / bessel_tail(v), again=fmt == "32")


def center_of(f, low, high):
    """A float near the middle whose value is within 1/500 of its last place a float, and that."""
    middle = (low + high) / 2
    start = to_single(f(middle))
    unit = mp.ldexp(1, mp.frexp(start)[1] - 24)
    for step in range(20000):
        y = start + unit * ((step + 1) // 2) * (-1)**step
        x = to_single(mp.findroot(lambda v: f(v) - y, middle))
        if abs(f(x) - y) < unit / 500:
            return x, y
    raise ValueError("no center")


def lawson(xs, ys, ws, n, rounds=120):
    """Coefficients of least max |w (y - p(x))| on the points, where weights may vanish: Lawson's
    iteration of weighted least squares, in double (the results are rounded to single)."""
    unit = max(map(abs, xs))
    powers = [[(x / unit)**k for k in range(n)] for x in xs]
    load, best = [1 / len(xs)] * len(xs), None
    for _ in range(rounds):
        mass = [v * w * w for v, w in zip(load, ws)]
        m = mp.matrix(n, n)
        rhs = mp.matrix(n, 1)
        for i in range(n):
            rhs[i] = math.fsum(q * p[i] * y for q, p, y in zip(mass, powers, ys))
            for j in range(n):
                m[i, j] = math.fsum(q * p[i] * p[j] for q, p in zip(mass, powers))
        coef = [float(c) for c in mp.lu_solve(m, rhs)]
        err = [abs(w * (y - sum(c * q for c, q in zip(coef, p))))
               for w, y, p in zip(ws, ys, powers)]
        if best is None or max(err) < best[0]:
            best = max(err), coef
        load = [v * e for v, e in zip(load, err)]
        total = sum(load)
        load = [v / total for v in load]
    return [c / unit**k for k, c in enumerate(best[1])]


def fit_piece(f, center, base, low, high, count):
    """Coefficients of (f(center + t) - base) / t, rounded one after the other, and the error."""
    points = []
    for i in range(160):
        x = (low + high) / 2 - (high - low) / 2 * mp.cos(mp.pi * (i + mpf(1) / 2) / 160)
        t, y = x - center, f(x)
        if abs(t) > mpf(10)**-6:
            points.append((float(t), float((y - (base if base is not None else t)) / t),
                           float(abs(t / y))))
    xs, ys, ws = zip(*points)
    fixed = []
    for k in range(count):
        rest = [(y - sum(c * x**i for i, c in enumerate(fixed))) / x**k for x, y in zip(xs, ys)]
        weights = [w * abs(x)**k for x, w in zip(xs, ws)]
        fixed.append(float(to_single(lawson(xs, rest, weights, count - k)[0])))
    return fixed, max(abs(w * (y - sum(c * x**i for i, c in enumerate(fixed))))
                      for x, y, w in points)


def pieces(name, note, f, bounds, count, odd=False):
    """On the i-th interval f(x) = base + t (c0 + c1 t + ...), t = x - center; columns of i. The
    first base of an odd function is t itself."""
    def make():
        rows, worst = [], 0
        for i, (low, high) in enumerate(bounds):
            center, base = (mpf(0), None) if odd and i == 0 else center_of(f, low, high)
            coefs, error = fit_piece(f, center, base, low, high, count)
            rows.append([center, base or 0, *coefs])
            worst = max(worst, error)
        print(f"  /** {note}; error 2^{float(mp.log(worst, 2)):.1f}. */")
        print(f"  static final float[][] {name.removesuffix('_PIECES')} = {{")
        for column in zip(*rows):
            print("    {" + ", ".join(float(c).hex() + "f" for c in column) + "},")
        print("  };\n")
    TABLES[name] = make


ERF_STEP = mpf("0.25390625")
pieces("ERF_PIECES", "erf(x) in 16 pieces: centers, values, coefficients; the first is erf(x) - x",
       mp.erf, [(max(mpf(10)**-12, (k - mpf("0.5004")) * ERF_STEP), (k + mpf("0.5004")) * ERF_STEP)
                for k in range(16)], 5, odd=True)


def octaves():
    """[z, z + 2^(e-2)) - 1 for z from 1 to 16, in the order of two bits of exponent, two of z."""
    all = [(mp.ldexp(4 + m, e - 2) - 1, mp.ldexp(5 + m, e - 2) - 1)
           for e in range(4) for m in range(4)]
    return all[4:] + all[:4]


pieces("ERFCX_PIECES", "exp(x^2) erfc(x) in 16 pieces: centers, values, coefficients",
       erfcx, octaves(), 6)


if __name__ == "__main__":
    wanted = sys.argv[1:] or list(TABLES)
    for name in wanted:
        TABLES[name]()
