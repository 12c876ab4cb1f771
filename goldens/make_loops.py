"""Goldens of whole algorithms with loops: the functions of ../bench/peers/jax_loops.py on inputs drawn from keys (loops.tsv, x64 off)."""
import sys

sys.path.insert(0, "../bench/peers")
import jax
import jax.numpy as jnp
import jax_loops as loops
import golden

KEY = jax.random.key(0)
LANES = 4  # of batches only the first are kept


def van_der_pol(y, t):
    return loops.dopri5(loops.van_der_pol, y, t)


def table():
    weights = jax.random.exponential(KEY, (100, 100))
    return jnp.log(weights / weights.sum(1, keepdims=True))


def fit():
    t = jnp.linspace(0, 5, 200)
    y = 3 * jnp.exp(-0.5 * t) + 1.5 * jnp.exp(-2.5 * t) + 0.2 + 0.01 * jax.random.normal(KEY, (200,))
    return t, y, jnp.asarray([1.0, 1.0, 1.0, 3.0, 0.0])


def lanes():
    n = jnp.exp(jax.random.uniform(KEY, (1024,)) * jnp.log(1000.0)).astype(jnp.int32)
    return n, jax.random.normal(jax.random.key(1), (1024,))


PROGRAMS = {
    "ode_dopri5": (van_der_pol, lambda: (jnp.asarray([2.0, 0.0]), jnp.float32(20))),
    "ode_dopri5_vmap_256": (jax.vmap(van_der_pol, in_axes=(0, None)), lambda: (jax.random.normal(KEY, (256, 2)), jnp.float32(20))),
    "hmc": (loops.hmc, lambda: (KEY, jnp.zeros(10))),
    "hmc_vmap_64": (jax.vmap(loops.hmc), lambda: (jax.random.split(KEY, 64), jnp.zeros((64, 10)))),
    "beam_search": (loops.beam_search, lambda: (table(),)),
    "levenberg_marquardt": (loops.levenberg_marquardt, fit),
    "while_lanes_1024": (loops.while_lanes, lanes),
}


def main():
    out = golden.GoldenFile("loops.tsv", False, "results of bench/peers/jax_loops.py, the first lanes of batches")
    for name, (program, inputs) in PROGRAMS.items():
        out.case(name)
        batch = name[-1].isdigit() and name != "ode_dopri5"
        for result in jax.tree.leaves(jax.jit(program)(*inputs())):
            out.array("out", result[:LANES] if batch else result)
    out.close()


if __name__ == "__main__":
    main()
