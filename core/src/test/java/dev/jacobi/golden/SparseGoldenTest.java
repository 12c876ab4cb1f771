package dev.jacobi.golden;

import static dev.jacobi.Jacobi.jit;
import static dev.jacobi.sparse.Sparse.cooFromdense;
import static dev.jacobi.sparse.Sparse.csrFromdense;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jacobi.Array;
import dev.jacobi.golden.GoldenFile.Case;
import dev.jacobi.sparse.Coo;
import dev.jacobi.sparse.Csr;
import dev.jacobi.sparse.Sparse;
import dev.jacobi.sparse.SparseMatrix;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Sparse matrices against SciPy's. */
@Tag("slow")
class SparseGoldenTest {
  @TestFactory
  Stream<DynamicTest> matrices() {
    List<Case> cases = GoldenFile.read("sparse.tsv");
    assertThat(cases).hasSize(12);
    return cases.stream()
        .filter(c -> c.has("ax"))
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  @Test
  void solution() {
    Case c =
        GoldenFile.read("sparse.tsv").stream()
            .filter(k -> k.name().equals("solve"))
            .findFirst()
            .get();
    Array x = Sparse.cg(csrFromdense(array(c, "dense")), array(c, "b"), 1e-13, 200);
    JnpGoldenTest.near("x", List.of(x), c.arrays("x"), t -> new Closeness.OfLargest(1e-11));
  }

  private static Array array(Case c, String tag) {
    return c.arrays(tag).getFirst().toArray();
  }

  private static void check(Case c) {
    Array dense = array(c, "dense");
    Coo coo = cooFromdense(dense);
    Csr csr = csrFromdense(dense);
    near(c, "data", coo.data());
    near(c, "row", coo.row());
    near(c, "col", coo.col());
    near(c, "data", csr.data());
    near(c, "indices", csr.indices());
    near(c, "indptr", csr.indptr());
    int stored = Math.toIntExact(coo.nse());
    var traced = jit((Array x) -> cooFromdense(x, stored + 2)).apply(dense);
    for (SparseMatrix a :
        List.of(coo, csr, cooFromdense(dense, stored + 3), traced, traced.toCsr())) {
      products(c, a);
    }
    Coo sum = coo.plus(cooFromdense(array(c, "other")));
    near(c, "plus", sum.todense());
    near(c, "plus", sum.sumDuplicates().todense());
    near(c, "plus", sum.sumDuplicates(Math.toIntExact(sum.nse()) + 1).todense());
    near(c, "plus", sum.toCsr().todense());
  }

  private static void products(Case c, SparseMatrix a) {
    near(c, "dense", a.todense());
    near(c, "transpose", a.transpose().todense());
    near(c, "ax", a.matmul(array(c, "x")));
    near(c, "aty", a.transposedMatmul(array(c, "y")));
    near(c, "aty", a.transpose().matmul(array(c, "y")));
    near(c, "ab", a.matmul(array(c, "b")));
    near(c, "atc", a.transposedMatmul(array(c, "c")));
    // A sum of numbers of both signs, in another order than SciPy's.
    Closeness.OfLargest rounding = new Closeness.OfLargest(64 * Closeness.epsilon(a.dtype()));
    JnpGoldenTest.near("sum", List.of(a.sum()), c.arrays("sum"), t -> rounding);
    near(c, "sum0", a.sum(0));
    near(c, "sum1", a.sum(-1));
    near(c, "diagonal", a.diagonal());
  }

  private static void near(Case c, String tag, Array ours) {
    JnpGoldenTest.near(
        tag, List.of(ours), c.arrays(tag), t -> new Closeness.OfLargest(8 * Closeness.epsilon(t)));
  }
}
