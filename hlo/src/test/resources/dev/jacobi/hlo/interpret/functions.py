"""Writes functions.csv: values of elementary functions, correctly rounded to double.

Run with mpmath 1.4.1: python functions.py > functions.csv
"""
import mpmath as mp

mp.mp.dps = 500

REAL = {
    'ACOS': (mp.acos, [-1.0, -0.999999, -0.5, -1e-9, 0.0, 0.3, 0.75, 0.9999999, 1.0]),
    'ACOSH': (mp.acosh, [1.0, 1.0000001, 1.5, 2.0, 10.0, 1e8, 1e200]),
    'ASIN': (mp.asin, [-1.0, -0.7, -1e-12, 0.2, 0.5, 0.999999, 1.0]),
    'ASINH': (mp.asinh, [-1e300, -100.0, -1.0, -1e-3, -1e-20, 1e-300, 0.1, 0.5, 2.0, 3e8, 1e10]),
    'ATAN': (mp.atan, [-1e20, -1.0, -1e-8, 0.3, 0.6875, 1.5, 3.0]),
    'ATANH': (mp.atanh, [-0.999999, -0.5, -1e-15, 1e-300, 0.1, 0.4999, 0.75]),
    'CBRT': (lambda x: mp.sign(x) * mp.root(abs(x), 3), [-27.0, -0.1, 1e-310, 2.0, 3.0, 1e300]),
    'COS': (mp.cos, [0.0, 1e-9, 0.5, 1.5707963267948966, 3.0, 100.0, 1e15, 1e300]),
    'COSH': (mp.cosh, [0.0, 1e-5, 0.3, 1.0, -20.0, 700.0, 710.4]),
    'ERF': (mp.erf, [1e-300, 1e-20, 0.1, 0.4999, 0.84375, 1.25, 2.0, 2.9999, 3.0, 3.5, -0.3, -2.5]),
    'ERFC': (mp.erfc, [1e-20, 0.1, 0.4999, 1.25, 2.0, 2.9999, 3.0, 3.5, 5.9, 10.0, 26.5, -0.3, -2.5]),
    'ERF_INV': (mp.erfinv, [1e-300, 1e-10, 1e-7, 1e-3, 0.1, -0.5, 0.7, 0.9, 0.999, 0.999999, 0.9999999999, 1 - 2.0**-53]),
    'EXP': (mp.exp, [-745.0, -708.5, -1.0, -1e-10, 0.5, 1.0, 10.0, 709.7]),
    'EXPM1': (mp.expm1, [-50.0, -1.0, -1e-10, 1e-300, 0.3, 1.0, 700.0]),
    'LOG': (mp.log, [5e-324, 1e-300, 0.5, 0.9999999, 1.0000001, 2.0, 1e300]),
    'LOG1P': (mp.log1p, [-0.999999, -0.5, -1e-10, 1e-300, 0.3, 1.0, 1e10]),
    'LOGISTIC': (lambda x: 1 / (1 + mp.exp(-x)), [-744.0, -40.0, -1.0, -1e-9, 0.0, 1.0, 30.0, 800.0]),
    'RSQRT': (lambda x: 1 / mp.sqrt(x), [1e-300, 0.3, 2.0, 3.0, 1e300]),
    'SIN': (mp.sin, [1e-300, 1e-9, 0.5, 3.141592653589793, 100.0, 1e15, 1e300]),
    'SINH': (mp.sinh, [-710.4, -1.0, -1e-5, 1e-300, 0.3, 20.0]),
    'TAN': (mp.tan, [1e-300, 0.5, 1.5707963267948966, 100.0, 1e15]),
    'TANH': (mp.tanh, [-20.0, -1.0, -1e-5, 1e-300, 0.3, 0.55, 30.0]),
}

POINTS = [
    (0.3, 0.4), (-0.3, 0.4), (0.3, -0.4), (-1.5, -2.5), (2.0, 1e-8), (0.5, 1e-8), (-3.0, 1e-20),
    (1.0, 1e-10), (0.6, 0.8), (1e-8, 1e-8), (1e-8, 3.0), (20.0, 1.0), (-20.0, 2.0), (1e-200, 1e-200),
    (0.0, 0.7), (1e10, 1e10), (-0.999, 0.001),
]

COMPLEX = {
    'ACOS': mp.acos, 'ACOSH': mp.acosh, 'ASIN': mp.asin, 'ASINH': mp.asinh, 'ATAN': mp.atan,
    'ATANH': mp.atanh, 'CBRT': mp.cbrt, 'COS': mp.cos, 'COSH': mp.cosh, 'EXP': mp.exp,
    'EXPM1': mp.expm1, 'LOG': mp.log, 'LOG1P': mp.log1p,
    'LOGISTIC': lambda z: 1 / (1 + mp.exp(-z)), 'RSQRT': lambda z: 1 / mp.sqrt(z), 'SIN': mp.sin,
    'SINH': mp.sinh, 'SQRT': mp.sqrt, 'TAN': mp.tan, 'TANH': mp.tanh,
}


def main():
    print('function,re,im,result_re,result_im')
    for name, (f, xs) in REAL.items():
        for x in xs:
            print(f'{name},{x!r},,{float(f(mp.mpf(x)))!r},')
    for name, f in COMPLEX.items():
        for re, im in POINTS:
            if abs(complex(re, im)) > 1000 and name in ('COS', 'COSH', 'SIN', 'SINH', 'EXP', 'EXPM1', 'TAN', 'TANH', 'LOGISTIC'):
                continue
            w = mp.mpc(f(mp.mpc(re, im)))
            print(f'{name},{re!r},{im!r},{float(w.real)!r},{float(w.imag)!r}')


main()
