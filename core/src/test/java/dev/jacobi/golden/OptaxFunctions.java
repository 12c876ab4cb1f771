package dev.jacobi.golden;

import static dev.jacobi.optax.Optax.*;

import dev.jacobi.hlo.DType;
import dev.jacobi.optax.AdamOptions;
import dev.jacobi.optax.Decay;
import dev.jacobi.optax.DecayOptions;
import dev.jacobi.optax.GradientTransformation;
import dev.jacobi.optax.LionOptions;
import dev.jacobi.optax.RmspropOptions;
import dev.jacobi.optax.Schedule;
import dev.jacobi.optax.TraceOptions;
import dev.jacobi.tree.TreePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Our form of the Python calls of {@code make_optax.py}. */
final class OptaxFunctions {
  private OptaxFunctions() {}

  private static final Predicate<TreePath> SOME = p -> !"bs".contains(p.toString());
  private static final AdamOptions ADAM = AdamOptions.DEFAULT;
  private static final RmspropOptions RMS = RmspropOptions.DEFAULT;

  static Map<String, GradientTransformation> transformations() {
    Map<String, GradientTransformation> all = new LinkedHashMap<>();
    parts(all);
    momentum(all);
    adams(all);
    others(all);
    return all;
  }

  private static void parts(Map<String, GradientTransformation> all) {
    all.put("identity", identity());
    all.put("set_to_zero", setToZero());
    all.put("scale", scale(-0.25));
    all.put("sign", scaleBySign());
    all.put("centralize", centralize());
    all.put("clip", clip(0.5));
    all.put("clip_by_global_norm", clipByGlobalNorm(1.5));
    all.put("clip_by_block_rms", clipByBlockRms(0.5));
    all.put("clip_by_norm", clipByNorm(1));
    all.put("adaptive_grad_clip", adaptiveGradClip(0.5));
    all.put("adaptive_grad_clip_eps", adaptiveGradClip(0.01, 0.5));
    all.put("add_decayed_weights", addDecayedWeights(0.1));
    all.put("add_decayed_weights_some", addDecayedWeights(Decay.of(0.1).where(SOME)));
    all.put("add_decayed_weights_schedule", addDecayedWeights(linearSchedule(0.1, 0, 7)));
    all.put("trust_ratio", scaleByTrustRatio());
    all.put("trust_ratio_min", scaleByTrustRatio(0.7, 0.5, 0.01));
    all.put("schedule", scaleBySchedule(cosineDecaySchedule(0.5, 10)));
    all.put("masked", masked(trace(0.5), SOME));
  }

  private static void momentum(Map<String, GradientTransformation> all) {
    all.put("trace", trace(0.9));
    all.put("trace_nesterov", trace(0.9, TraceOptions.DEFAULT.withNesterov()));
    all.put("trace_f32", trace(0.9, TraceOptions.DEFAULT.withAccumulator(DType.F32)));
    all.put("ema", ema(0.9, true));
    all.put("ema_biased", ema(0.9, false));
    all.put("sgd", sgd(0.1));
    all.put("sgd_schedule", sgd(exponentialDecay(0.1, 3, 0.5)));
    all.put("sgd_momentum", sgd(0.1, 0.9));
    all.put("sgd_nesterov", sgd(0.1, 0.9, TraceOptions.DEFAULT.withNesterov()));
    all.put("sign_sgd", signSgd(0.1));
    all.put("lion", lion(0.1));
    all.put(
        "lion_options",
        lion(
            0.1,
            Decay.of(0.1),
            LionOptions.DEFAULT.withB1(0.8).withB2(0.95).withMuDtype(DType.F32)));
  }

  private static void adams(Map<String, GradientTransformation> all) {
    all.put("adam", adam(0.1));
    all.put(
        "adam_options", adam(0.1, ADAM.withB1(0.8).withB2(0.99).withEps(1e-4).withEpsRoot(1e-3)));
    all.put("adam_mu_f32", adam(0.1, ADAM.withMuDtype(DType.F32)));
    all.put("adam_schedule", adam(warmupCosineDecaySchedule(0, 0.1, 3, 10)));
    all.put("nadam", nadam(0.1));
    all.put("adamw", adamw(0.1));
    all.put("adamw_some", adamw(0.1, Decay.of(0.05).where(SOME)));
    all.put("nadamw", adamw(0.1, Decay.of(1e-4), ADAM.withNesterov()));
    all.put("amsgrad", amsgrad(0.1));
    all.put("adamax", adamax(0.1));
    all.put("adabelief", adabelief(0.1));
    all.put(
        "adabelief_nesterov", adabelief(0.1, ADAM.withEps(1e-4).withEpsRoot(1e-16).withNesterov()));
    all.put("lamb", lamb(0.1));
    all.put("lamb_decay", lamb(0.1, Decay.of(0.1), ADAM.withEps(1e-6)));
    all.put("chain", chain(clipByGlobalNorm(1), adam(0.1), scale(0.5)));
  }

  private static void others(Map<String, GradientTransformation> all) {
    all.put("rmsprop", rmsprop(0.1));
    all.put(
        "rmsprop_momentum",
        rmsprop(0.1, RMS.withDecay(0.8).withEps(1e-5).withInitialScale(0.5).withMomentum(0.9)));
    all.put(
        "rmsprop_centered",
        rmsprop(0.1, RMS.withEps(1e-2).withCentered().withMomentum(0.9).withNesterov()));
    all.put("rmsprop_outside", rmsprop(0.1, RMS.withEpsOutside(1e-4)));
    all.put("rmsprop_unbiased", rmsprop(0.1, RMS.withEpsOutside(1e-8).withBiasCorrection()));
    all.put(
        "rmsprop_centered_unbiased",
        rmsprop(0.1, RMS.withEpsOutside(1e-2).withCentered().withBiasCorrection()));
    all.put("adagrad", adagrad(0.1));
    all.put("adagrad_zero", adagrad(0.1, 0, 1e-7));
  }

  static Map<String, Schedule> schedules() {
    Map<String, Schedule> all = new LinkedHashMap<>();
    all.put("constant", constantSchedule(0.3));
    all.put("linear", linearSchedule(0.1, 1, 7));
    all.put("linear_begin", polynomialSchedule(1, 0.1, 1, 7, 5));
    all.put("polynomial", polynomialSchedule(1, 0.1, 2, 10, 0));
    all.put("polynomial_root", polynomialSchedule(0.1, 1, 0.5, 10, 3));
    all.put("exponential", exponentialDecay(0.1, 5, 0.7));
    all.put(
        "exponential_staircase",
        exponentialDecay(0.1, 5, 0.7, DecayOptions.DEFAULT.withBegin(2).withStaircase()));
    all.put("exponential_end", exponentialDecay(0.1, 5, 0.7, ending(0.04)));
    all.put("exponential_growth", exponentialDecay(0.1, 5, 1.7, ending(0.4)));
    all.put("cosine", cosineDecaySchedule(0.3, 12));
    all.put("cosine_alpha", cosineDecaySchedule(0.3, 12, 0.1, 1.5));
    all.put("warmup_constant", warmupConstantSchedule(0, 0.3, 6));
    all.put("warmup_cosine", warmupCosineDecaySchedule(0, 0.3, 4, 15));
    all.put("warmup_cosine_end", warmupCosineDecaySchedule(0.1, 0.3, 4, 15, 0.05, 2));
    all.put("warmup_exponential", warmupExponentialDecaySchedule(0, 0.3, 4, 5, 0.5));
    all.put("piecewise_constant", piecewiseConstantSchedule(0.3, Map.of(3L, 0.5, 9L, 0.1)));
    all.put(
        "piecewise_linear",
        piecewiseInterpolateSchedule(
            Interpolation.LINEAR, 0.3, Map.of(3L, 2.0, 9L, 0.1, 14L, 1.5)));
    all.put(
        "piecewise_cosine",
        piecewiseInterpolateSchedule(Interpolation.COSINE, 0.3, Map.of(3L, 2.0, 9L, 0.1)));
    all.put("linear_onecycle", linearOnecycleSchedule(16, 0.3));
    all.put("cosine_onecycle", cosineOnecycleSchedule(16, 0.3));
    all.put(
        "join",
        joinSchedules(List.of(constantSchedule(0.1), linearSchedule(0.2, 0.4, 5)), List.of(6L)));
    all.put(
        "sgdr", sgdrSchedule(List.of(new Cycle(0, 0.3, 2, 8, 0.1), new Cycle(0.1, 0.2, 1, 9, 0))));
    return all;
  }

  private static DecayOptions ending(double value) {
    return DecayOptions.DEFAULT.withEndValue(value);
  }
}
