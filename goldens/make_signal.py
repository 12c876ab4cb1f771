"""Goldens of jax.scipy.signal, fft, ndimage and interpolate: jnp/FAMILY.tsv for the tables in signal_cases.py, as make_numpy.py writes them."""
import sys

import make_numpy  # sets the platform
import jax.scipy
import scipy.fft
import scipy.interpolate
import scipy.signal

from signal_cases import FAMILIES

make_numpy.SCOPE["jsp"] = jax.scipy
make_numpy.SCOPE["sp"] = scipy  # where JAX has no such option, or is wrong
make_numpy.FAMILIES.update(FAMILIES)

if __name__ == "__main__":
    make_numpy.main(sys.argv[1:] or FAMILIES)
