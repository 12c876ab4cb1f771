"""Goldens of gradient transformations: optax.tsv (x64 off), and optax64.tsv (`python make_optax.py x64`). Needs optax 0.2.8."""
import sys

import make_jnp  # sets the platform
import jax
import jax.numpy as jnp
import numpy as np
import optax

import golden

OPTAX_VERSION = "0.2.8"
STEPS = 12
WRITTEN = (0, 1, 4)  # steps whose updates are written, beside the last
SHAPES = {"b": (3,), "k": (1, 2, 2, 2), "s": (), "w": (2, 3)}
W = "lambda p: {n: n in 'kw' for n in p}"
CASES = [  # name, source
    ("identity", "optax.identity()"), ("set_to_zero", "optax.set_to_zero()"), ("scale", "optax.scale(-0.25)"), ("sign", "optax.scale_by_sign()"), ("centralize", "optax.centralize()"),
    ("clip", "optax.clip(0.5)"), ("clip_by_global_norm", "optax.clip_by_global_norm(1.5)"), ("clip_by_block_rms", "optax.clip_by_block_rms(0.5)"),
    ("clip_by_norm", "each(optax.clip_by_global_norm(1.0))"), ("adaptive_grad_clip", "optax.adaptive_grad_clip(0.5)"), ("adaptive_grad_clip_eps", "optax.adaptive_grad_clip(0.01, 0.5)"),
    ("add_decayed_weights", "optax.add_decayed_weights(0.1)"), ("add_decayed_weights_some", f"optax.add_decayed_weights(0.1, {W})"), ("add_decayed_weights_schedule", "optax.add_decayed_weights(optax.linear_schedule(0.1, 0.0, 7))"),
    ("trace", "optax.trace(0.9)"), ("trace_nesterov", "optax.trace(0.9, nesterov=True)"), ("trace_f32", "optax.trace(0.9, accumulator_dtype=np.float32)"),
    ("ema", "optax.ema(0.9)"), ("ema_biased", "optax.ema(0.9, debias=False)"), ("trust_ratio", "optax.scale_by_trust_ratio()"), ("trust_ratio_min", "optax.scale_by_trust_ratio(0.7, 0.5, 0.01)"),
    ("schedule", "optax.scale_by_schedule(optax.cosine_decay_schedule(0.5, 10))"), ("masked", f"optax.masked(optax.trace(0.5), {W})"),
    ("sgd", "optax.sgd(0.1)"), ("sgd_schedule", "optax.sgd(optax.exponential_decay(0.1, 3, 0.5))"), ("sgd_momentum", "optax.sgd(0.1, 0.9)"), ("sgd_nesterov", "optax.sgd(0.1, 0.9, True)"), ("sign_sgd", "optax.sign_sgd(0.1)"),
    ("adam", "optax.adam(0.1)"), ("adam_options", "optax.adam(0.1, 0.8, 0.99, 1e-4, 1e-3)"), ("adam_mu_f32", "optax.adam(0.1, mu_dtype=np.float32)"), ("adam_schedule", "optax.adam(optax.warmup_cosine_decay_schedule(0.0, 0.1, 3, 10))"),
    ("nadam", "optax.nadam(0.1)"), ("adamw", "optax.adamw(0.1)"), ("adamw_some", f"optax.adamw(0.1, weight_decay=0.05, mask={W})"), ("nadamw", "optax.nadamw(0.1)"),
    ("amsgrad", "optax.amsgrad(0.1)"), ("adamax", "optax.adamax(0.1)"), ("adabelief", "optax.adabelief(0.1)"), ("adabelief_nesterov", "optax.adabelief(0.1, eps=1e-4, nesterov=True)"),
    ("rmsprop", "optax.rmsprop(0.1)"), ("rmsprop_momentum", "optax.rmsprop(0.1, 0.8, 1e-5, 0.5, momentum=0.9)"), ("rmsprop_centered", "optax.rmsprop(0.1, eps=1e-2, centered=True, momentum=0.9, nesterov=True)"),
    ("rmsprop_outside", "optax.rmsprop(0.1, eps=1e-4, eps_in_sqrt=False)"), ("rmsprop_unbiased", "optax.rmsprop(0.1, eps_in_sqrt=False, bias_correction=True)"), ("rmsprop_centered_unbiased", "optax.rmsprop(0.1, eps=1e-2, centered=True, eps_in_sqrt=False, bias_correction=True)"),
    ("adagrad", "optax.adagrad(0.1)"), ("adagrad_zero", "optax.adagrad(0.1, 0.0)"), ("lion", "optax.lion(0.1)"), ("lion_options", "optax.lion(0.1, 0.8, 0.95, mu_dtype=np.float32, weight_decay=0.1)"),
    ("lamb", "optax.lamb(0.1)"), ("lamb_decay", "optax.lamb(0.1, weight_decay=0.1)"), ("chain", "optax.chain(optax.clip_by_global_norm(1.0), optax.adam(0.1), optax.scale(0.5))"),
]
SCHEDULES = [
    ("constant", "optax.constant_schedule(0.3)"), ("linear", "optax.linear_schedule(0.1, 1.0, 7)"), ("linear_begin", "optax.linear_schedule(1.0, 0.1, 7, 5)"),
    ("polynomial", "optax.polynomial_schedule(1.0, 0.1, 2, 10)"), ("polynomial_root", "optax.polynomial_schedule(0.1, 1.0, 0.5, 10, 3)"),
    ("exponential", "optax.exponential_decay(0.1, 5, 0.7)"), ("exponential_staircase", "optax.exponential_decay(0.1, 5, 0.7, 2, True)"),
    ("exponential_end", "optax.exponential_decay(0.1, 5, 0.7, end_value=0.04)"), ("exponential_growth", "optax.exponential_decay(0.1, 5, 1.7, end_value=0.4)"),
    ("cosine", "optax.cosine_decay_schedule(0.3, 12)"), ("cosine_alpha", "optax.cosine_decay_schedule(0.3, 12, 0.1, 1.5)"),
    ("warmup_constant", "optax.warmup_constant_schedule(0.0, 0.3, 6)"), ("warmup_cosine", "optax.warmup_cosine_decay_schedule(0.0, 0.3, 4, 15)"),
    ("warmup_cosine_end", "optax.warmup_cosine_decay_schedule(0.1, 0.3, 4, 15, 0.05, 2.0)"), ("warmup_exponential", "optax.warmup_exponential_decay_schedule(0.0, 0.3, 4, 5, 0.5)"),
    ("piecewise_constant", "optax.piecewise_constant_schedule(0.3, {3: 0.5, 9: 0.1})"), ("piecewise_linear", "optax.piecewise_interpolate_schedule('linear', 0.3, {3: 2.0, 9: 0.1, 14: 1.5})"),
    ("piecewise_cosine", "optax.piecewise_interpolate_schedule('cosine', 0.3, {3: 2.0, 9: 0.1})"), ("linear_onecycle", "optax.linear_onecycle_schedule(16, 0.3)"), ("cosine_onecycle", "optax.cosine_onecycle_schedule(16, 0.3)"),
    ("join", "optax.join_schedules([optax.constant_schedule(0.1), optax.linear_schedule(0.2, 0.4, 5)], [6])"),
    ("sgdr", "optax.sgdr_schedule([dict(init_value=0.0, peak_value=0.3, warmup_steps=2, decay_steps=8, end_value=0.1), dict(init_value=0.1, peak_value=0.2, warmup_steps=1, decay_steps=9)])"),
]


def each(inner):
    """A transformation applied to every leaf for itself."""
    update = lambda g, state, params=None: ({n: inner.update(x, optax.EmptyState())[0] for n, x in g.items()}, state)
    return optax.GradientTransformation(lambda params: optax.EmptyState(), update)


class Precise:
    """Optax whose schedules count in i64, so that their values have 64 bits where all else has; counting in i32 gives 32."""

    def __getattr__(self, name):
        f = getattr(optax, name)
        if not any(word in name for word in ("schedule", "decay")) or name.startswith(("add", "scale")):
            return f
        return lambda *args, **kwargs: (lambda g: lambda count: g(jnp.asarray(count, jnp.int64)))(f(*args, **kwargs))


def draw(rng, dtype):
    tree = {n: rng.standard_normal(s) * 2.0 ** int(rng.integers(-2, 2)) for n, s in SHAPES.items()}
    if dtype == "c64":
        tree = {n: x + 1j * rng.standard_normal(np.shape(x)) for n, x in tree.items()}
    return {n: jnp.asarray(np.asarray(x), golden.np_dtype(dtype)) for n, x in tree.items()}


def floating(tree):
    return [x for x in jax.tree.leaves(tree) if jnp.issubdtype(x.dtype, jnp.inexact)]


def case(out, name, source, dtype, params, gradients):
    f = eval(source, {"optax": Precise() if dtype == "f64" else optax, "np": np, "each": each})
    state = f.init(params)
    out.case(f"{name}/{dtype}").line("source", source)
    for i, g in enumerate(gradients):
        updates, state = f.update(g, state, params)
        params = optax.apply_updates(params, updates)
        if i in WRITTEN or i == STEPS - 1:
            for x in jax.tree.leaves(updates):
                out.array(f"step {i}", x)
    for x in jax.tree.leaves(params):
        out.array("params", x)
    for x in floating(state):
        out.array("state", x)


def main(x64):
    assert optax.__version__ == OPTAX_VERSION, optax.__version__
    jax.config.update("jax_enable_x64", x64)
    out = golden.GoldenFile("optax64.tsv" if x64 else "optax.tsv", x64, f"optax {OPTAX_VERSION}; see FORMAT.md")
    for dtype in ["f64"] if x64 else ["f32", "bf16"]:
        rng = np.random.default_rng(golden.seed_of("optax " + dtype))
        params = draw(rng, dtype)
        gradients = [draw(rng, dtype) for _ in range(STEPS)]
        gradients[3] = jax.tree.map(jnp.zeros_like, params)
        out.case(f"data/{dtype}")
        for x in jax.tree.leaves(params):
            out.array("params", x)
        for g in gradients:
            for x in jax.tree.leaves(g):
                out.array("gradient", x)
        for name, source in CASES:
            case(out, name, source, dtype, params, gradients)
    for name, source in SCHEDULES:
        f = eval(source, {"optax": Precise() if x64 else optax})
        out.case(f"schedule {name}").line("source", source)
        out.array("values", jnp.stack([jnp.asarray(f(jnp.asarray(i, jnp.int32)), jnp.float64 if x64 else jnp.float32) for i in range(20)]))
    out.close()


if __name__ == "__main__":
    main(sys.argv[1:] == ["x64"])
