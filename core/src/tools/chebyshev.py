"""Makes the tables of dev.jacobi.lax.Chebyshev: Chebyshev series of a Bessel function (mpmath).

    python3 chebyshev.py

For |x| <= 8 of exp(-x) I0(x) in x/4 - 1, beyond of sqrt(x) exp(-x) I0(x) in 16/x - 1: the highest
term first, the constant term doubled, as Clenshaw's recurrence takes them.
"""

from mpmath import mp, mpf

mp.dps = 50
NODES = 80


def near(t):
    x = 4 * (t + 1)
    return mp.exp(-x) * mp.besseli(0, x)


def far(t):
    x = 16 / (t + 1)
    return mp.sqrt(x) * mp.exp(-x) * mp.besseli(0, x)


def series(f, terms):
    angles = [mp.pi * (k + mpf(1) / 2) / NODES for k in range(NODES)]
    values = [f(mp.cos(a)) for a in angles]
    return [2 * mp.fsum(v * mp.cos(n * a) for v, a in zip(values, angles)) / NODES
            for n in reversed(range(terms))]


def main():
    for name, f, terms in (("I0E_NEAR32", near, 18), ("I0E_FAR32", far, 7),
                           ("I0E_NEAR64", near, 30), ("I0E_FAR64", far, 25)):
        print(f"  static final double[] {name} = {{")
        for c in series(f, terms):
            print(f"    {mp.nstr(c, 17)},")
        print("  };\n")


if __name__ == "__main__":
    main()
