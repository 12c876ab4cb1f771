package dev.jacobi.golden;

import static dev.jacobi.numpy.Jnp.shape;

import dev.jacobi.Fn1;
import dev.jacobi.Key;
import dev.jacobi.hlo.DType;
import dev.jacobi.random.Random;
import java.util.LinkedHashMap;
import java.util.Map;

/** Our form of the functions of one key in {@code goldens/jaxpr/other.tsv}, by name. */
final class RandomFunctions {
  private RandomFunctions() {}

  static Map<String, Fn1<Key, Object>> all() {
    var all = new LinkedHashMap<String, Fn1<Key, Object>>();
    all.put("random_split", k -> k.split(2));
    all.put("random_split_3", k -> k.split(3));
    all.put("random_fold_in", k -> k.foldIn(7));
    all.put("random_bits", k -> Random.bits(k, shape(3)));
    all.put("random_bits_8", k -> Random.bits(k, shape(3), DType.U8));
    all.put("random_uniform", k -> Random.uniform(k, shape(3)));
    all.put("random_uniform_scalar", k -> Random.uniform(k, shape()));
    all.put("random_uniform_range", k -> Random.uniform(k, shape(3), DType.F32, -1.0, 2.0));
    all.put("random_uniform_f16", k -> Random.uniform(k, shape(3), DType.F16));
    all.put("random_normal", k -> Random.normal(k, shape(3)));
    all.put("random_normal_bf16", k -> Random.normal(k, shape(3), DType.BF16));
    all.put("random_randint", k -> Random.randint(k, shape(3), 0, 10));
    all.put("random_bernoulli", k -> Random.bernoulli(k, 0.3, shape(3)));
    all.put("random_exponential", k -> Random.exponential(k, shape(3)));
    all.put("random_gumbel", k -> Random.gumbel(k, shape(3)));
    all.put("random_truncated_normal", k -> Random.truncatedNormal(k, -2.0, 2.0, shape(3)));
    all.put("random_key_data", k -> k.data());
    return all;
  }
}
