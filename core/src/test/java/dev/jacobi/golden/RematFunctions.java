package dev.jacobi.golden;

import static dev.jacobi.Jacobi.checkpoint;
import static dev.jacobi.Jacobi.checkpointName;
import static dev.jacobi.Jacobi.grad;
import static dev.jacobi.Jacobi.hessian;
import static dev.jacobi.Jacobi.jacfwd;
import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.Jacobi.vmap;
import static dev.jacobi.numpy.Jnp.cos;
import static dev.jacobi.numpy.Jnp.exp;
import static dev.jacobi.numpy.Jnp.sin;
import static dev.jacobi.numpy.Jnp.sum;
import static dev.jacobi.numpy.Jnp.tanh;

import dev.jacobi.Array;
import dev.jacobi.Fn1;
import dev.jacobi.Fn2;
import dev.jacobi.Op1;
import dev.jacobi.Op2;
import dev.jacobi.Op3;
import dev.jacobi.control.Step;
import dev.jacobi.lax.Lax;
import dev.jacobi.lax.Padding;
import dev.jacobi.nn.Nn;
import dev.jacobi.remat.CheckpointOptions;
import dev.jacobi.remat.CheckpointPolicies;
import dev.jacobi.remat.CheckpointPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our form of the Python calls of {@code make_remat.py}. */
final class RematFunctions {
  private static final CheckpointOptions ONLY_A = with(CheckpointPolicies.saveOnlyTheseNames("a"));
  private static final Map<String, CheckpointPolicy> POLICIES =
      Map.of(
          "everything_saveable", CheckpointPolicies.everythingSaveable(),
          "nothing_saveable", CheckpointPolicies.nothingSaveable(),
          "dots_saveable", CheckpointPolicies.dotsSaveable(),
          "dots_with_no_batch_dims_saveable", CheckpointPolicies.dotsWithNoBatchDimsSaveable());

  private final Map<String, Fn1<List<Array>, List<Array>>> all = new LinkedHashMap<>();

  private RematFunctions() {
    calls();
    policies();
    names();
    programs();
    scans();
    branches();
    nested();
    derivatives();
  }

  static Map<String, Fn1<List<Array>, List<Array>>> functions() {
    return new RematFunctions().all;
  }

  private static CheckpointOptions with(CheckpointPolicy policy) {
    return CheckpointOptions.DEFAULT.withPolicy(policy);
  }

  private void one(String name, Op1 f) {
    all.put(name, a -> List.of(f.apply(a.getFirst())));
  }

  private void two(String name, Op2 f) {
    all.put(name, a -> List.of(f.apply(a.get(0), a.get(1))));
  }

  private void three(String name, Op3 f) {
    all.put(name, a -> List.of(f.apply(a.get(0), a.get(1), a.get(2))));
  }

  private void calls() {
    one("two_sines", checkpoint((Array x) -> sin(sin(x))));
    one("without", x -> sin(sin(x)));
    two("closure", (x, y) -> checkpoint((Array a) -> sin(a.times(y))).apply(x));
    one("linear", checkpoint((Array x) -> x.times(2)));
    Fn2<Array, Array, List<Array>> unused =
        checkpoint((Array x, Array y) -> List.of(sin(x), y.times(2)));
    all.put("unused", a -> unused.apply(a.get(0), a.get(1)));
    Fn1<Tree, Results> tree = checkpoint(RematFunctions::ofTree);
    all.put(
        "tree",
        a -> {
          Results r = tree.apply(new Tree(a.get(0), List.of(a.get(1), a.get(0))));
          return List.of(r.c, r.s);
        });
    Fn2<Array, Boolean, Array> twice = checkpoint((Array x, Boolean t) -> t ? sin(sin(x)) : sin(x));
    all.put("static", a -> List.of(twice.apply(a.getFirst(), true)));
    CheckpointOptions options = CheckpointOptions.DEFAULT;
    two("no_cse", checkpoint((Array x, Array y) -> sin(x).times(y), options.withPreventCse(false)));
    two(
        "cse_per_argument",
        checkpoint((Array x, Array y) -> sin(x).times(y), options.withPreventCse(true, false)));
  }

  /** An argument with parts. */
  record Tree(Array a, List<Array> b) {}

  /** A result with parts. */
  record Results(Array c, Array s) {}

  private static Results ofTree(Tree t) {
    return new Results(t.b.get(1), sin(t.a).times(t.b.get(0)));
  }

  private static Array mlp(Array x, Array w, Array v) {
    return tanh(sin(x.matmul(w)).matmul(v));
  }

  private void policies() {
    POLICIES.forEach(
        (name, policy) -> {
          three("mlp_" + name, checkpoint(RematFunctions::mlp, with(policy))::apply);
          if (name.startsWith("dots")) {
            two(
                "batched_" + name,
                checkpoint((Array x, Array y) -> sin(sin(x.matmul(y))), with(policy)));
          }
        });
    two(
        "conv_dots",
        checkpoint(
            (Array x, Array k) -> sin(sin(Lax.conv(x, k, Padding.SAME, 1))),
            with(CheckpointPolicies.dotsSaveable())));
    one(
        "own_policy",
        checkpoint((Array x) -> sin(exp(cos(x))), with((p, operands) -> p.name().equals("exp"))));
  }

  private static Array named(Array x) {
    return sin(checkpointName(sin(checkpointName(sin(x), "a")), "b"));
  }

  private void names() {
    CheckpointPolicy a = CheckpointPolicies.saveOnlyTheseNames("a");
    CheckpointPolicy b = CheckpointPolicies.saveOnlyTheseNames("b");
    one("names_a", checkpoint(RematFunctions::named, ONLY_A)::apply);
    one("names_b", checkpoint(RematFunctions::named, with(b))::apply);
    one(
        "names_b_or_c",
        checkpoint(RematFunctions::named, with(CheckpointPolicies.saveOnlyTheseNames("b", "c")))
            ::apply);
    one(
        "names_but_a",
        checkpoint(RematFunctions::named, with(CheckpointPolicies.saveAnyNamesButThese("a")))
            ::apply);
    one(
        "names_anything_except",
        checkpoint(
                RematFunctions::named, with(CheckpointPolicies.saveAnythingExceptTheseNames("a")))
            ::apply);
    one(
        "names_both",
        checkpoint(RematFunctions::named, with(CheckpointPolicies.saveFromBothPolicies(a, b)))
            ::apply);
    three(
        "names_and_dots",
        checkpoint(
            (Array x, Array w, Array v) -> sin(checkpointName(mlp(x, w, v), "a")),
            with(CheckpointPolicies.saveFromBothPolicies(CheckpointPolicies.dotsSaveable(), a))));
    one("name_alone", x -> checkpointName(sin(x), "a"));
    all.put(
        "name_of_tree",
        xs -> checkpointName(List.of(xs.get(0), xs.get(1), xs.get(0).times(xs.get(1))), "a"));
    one("name_not_needed", checkpoint((Array x) -> checkpointName(sin(x), "a").times(2), ONLY_A));
    one("name_of_argument", checkpoint((Array x) -> sin(checkpointName(x, "a")), ONLY_A));
  }

  private void programs() {
    Op1 inner = jit((Array a) -> sin(checkpointName(sin(a), "a")));
    one("name_in_jit", checkpoint((Array x) -> sin(inner.apply(x)), ONLY_A));
    Fn2<Array, Array, List<Array>> both = jit((Array a, Array b) -> List.of(sin(a), sin(b)));
    two("jit_unused_part", checkpoint((Array x, Array y) -> sin(both.apply(x, y).getFirst())));
    two(
        "relu",
        checkpoint(
            (Array x, Array w) -> Nn.relu(Nn.softmax(Nn.relu(x.matmul(w)))).matmul(w),
            with(CheckpointPolicies.dotsSaveable())));
    one("fori_inside", checkpoint((Array x) -> Lax.foriLoop(0, 4, (i, a) -> sin(a), x)));
  }

  private static Step<Array, Array> step(Array c, Array y) {
    return new Step<>(sin(checkpointName(sin(c.times(y)), "a")), cos(c));
  }

  private static List<Array> scan(Fn2<Array, Array, Step<Array, Array>> f, Array c, Array xs) {
    var out = Lax.scan(f, c, xs);
    return List.of(out.carry(), out.ys());
  }

  private void scans() {
    scanned("scan_inside", (c, y) -> new Step<>(sin(c.times(y)), c), CheckpointOptions.DEFAULT);
    scanned("scan_name", RematFunctions::step, ONLY_A);
    scanned("scan_everything", RematFunctions::step, with(CheckpointPolicies.everythingSaveable()));
    Fn1<List<Array>, List<Array>> constant =
        checkpoint(
            (List<Array> a) ->
                scan(
                    (c, y) -> {
                      Array k = sin(checkpointName(sin(a.get(1)), "a"));
                      return new Step<>(sin(c.times(k)).times(y), c);
                    },
                    a.get(0),
                    a.get(2)),
            ONLY_A);
    all.put("scan_constant_name", constant);
    three(
        "scan_unneeded",
        checkpoint(
            (Array c, Array k, Array xs) ->
                sin(Lax.scan(RematFunctions::unneeded, new Two(c, k), xs).carry().p),
            ONLY_A));
    Op1 inner = jit((Array a) -> sin(checkpointName(sin(a), "a")));
    scanned("scan_jit_name", (c, y) -> new Step<>(sin(inner.apply(c.times(y))), c), ONLY_A);
    Fn2<Array, Array, Step<Array, Array>> nested =
        checkpoint((Array c, Array y) -> new Step<>(sin(checkpointName(sin(c.times(y)), "a")), c));
    scanned("scan_nested_name", nested, ONLY_A);
    Fn2<Array, Array, Step<Array, Array>> body =
        checkpoint((Array c, Array y) -> new Step<>(sin(sin(c.times(y))), cos(c)));
    all.put("scan_of", a -> scan(body, a.get(0), a.get(1)));
    Fn2<Array, Array, Step<Array, Array>> named =
        checkpoint(RematFunctions::step, ONLY_A.withPreventCse(false));
    all.put("scan_of_named", a -> scan(named, a.get(0), a.get(1)));
  }

  private void scanned(
      String name, Fn2<Array, Array, Step<Array, Array>> f, CheckpointOptions options) {
    all.put(name, checkpoint((List<Array> a) -> scan(f, a.get(0), a.get(1)), options));
  }

  /** Two carried arrays. */
  record Two(Array p, Array q) {}

  private static Step<Two, Array> unneeded(Two s, Array y) {
    Array square = checkpointName(s.q.times(s.q), "a");
    return new Step<>(new Two(sin(s.p.times(y)), sin(square)), checkpointName(s.q, "a"));
  }

  private void branches() {
    two(
        "cond_name",
        checkpoint(
            (Array p, Array x) ->
                sin(
                    Lax.cond(
                        p.gt(0),
                        (Array a) -> sin(checkpointName(sin(a), "a")),
                        a ->
                            cos(checkpointName(sum(a).times(a), "a"))
                                .times(checkpointName(sin(a.get(0)), "a")),
                        x)),
            ONLY_A));
  }

  private void nested() {
    Op1 twoSines = checkpoint((Array a) -> sin(sin(a)));
    Op1 namedSines = checkpoint((Array a) -> sin(checkpointName(sin(a), "a")));
    Op1 inner = checkpoint((Array a) -> sin(checkpointName(sin(a), "a")), ONLY_A);
    one("nested", checkpoint((Array x) -> sin(twoSines.apply(sin(x)))));
    one("nested_outer_a", checkpoint((Array x) -> sin(namedSines.apply(sin(x))), ONLY_A));
    one("nested_inner_a", checkpoint((Array x) -> sin(inner.apply(sin(x)))));
    CheckpointOptions everything = with(CheckpointPolicies.everythingSaveable());
    one("nested_everything", checkpoint((Array x) -> sin(twoSines.apply(sin(x))), everything));
    three(
        "nested_twice",
        checkpoint(
            (Array x, Array w, Array v) -> {
              Array h = checkpoint((Array y) -> sin(y.matmul(w))).apply(x);
              return checkpoint((Array y) -> sin(y.matmul(v))).apply(h);
            },
            with(CheckpointPolicies.dotsSaveable())));
    List<Op1> sines = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sines.add(x -> sin(x));
    }
    one("recursive", recursive(sines));
  }

  /** The example of JAX's documentation. */
  private static Op1 recursive(List<Op1> fs) {
    if (fs.size() == 1) {
      return fs.getFirst();
    }
    int half = fs.size() / 2;
    Op1 f = recursive(fs.subList(0, half));
    Op1 g = recursive(fs.subList(half, fs.size()));
    return x -> f.apply(checkpoint(g).apply(x));
  }

  private void derivatives() {
    Op1 f = checkpoint(RematFunctions::named, ONLY_A)::apply;
    Op1 gradient = grad((Array x) -> sum(f.apply(x)));
    one("grad", gradient);
    one("grad_grad", grad((Array x) -> sum(gradient.apply(x))));
    one("checkpoint_of_grad", checkpoint(grad((Array x) -> sum(sin(sin(x))))));
    one(
        "hessian",
        hessian(x -> sum(checkpoint((Array a) -> sin(sin(a)).times(a.get(0))).apply(x))));
    two(
        "vmap_grad",
        (x, y) ->
            vmap(grad((Array a) -> sum(checkpoint((Array b) -> sin(sin(b.times(y)))).apply(a))))
                .apply(x));
    one("jacfwd", jacfwd(f));
  }
}
