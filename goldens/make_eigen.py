"""Goldens of eigenvalues and what is beside them in lax.linalg: jnp/eigen.tsv, jaxpr/eigen.tsv (x64 off)."""
import make_jnp  # sets the platform
import golden
import make_jaxprs

TRIDIAGONAL = ["f32[4]", "f32[4]", "f32[4]", "f32[4,2]"]
CASES = [  # in jaxpr/ too; ! has no vmap
    ("lax_eig", ["f32[4,4]"], "lambda x: lax.linalg.eig(x)"), ("lax_eig_values", ["c64[3,3]"], "lambda x: lax.linalg.eig(x, compute_left_eigenvectors=False, compute_right_eigenvectors=False)"),
    ("lax_schur", ["f32[4,4]"], "lambda x: lax.linalg.schur(x)"), ("lax_schur_form", ["f32[3,3]"], "lambda x: lax.linalg.schur(x, compute_schur_vectors=False)"),
    ("lax_hessenberg", ["f32[5,5]"], "lambda x: lax.linalg.hessenberg(x)"), ("lax_tridiagonal", ["f32[4,4]"], "lambda x: lax.linalg.tridiagonal(x)"),
    ("lax_ormqr", ["f32[4,3]", "f32[3]", "f32[4,2]"], "lambda a, t, c: lax.linalg.ormqr(a, t, c)"), ("lax_tridiagonal_solve", TRIDIAGONAL[1:], "lambda l, d, b: lax.linalg.tridiagonal_solve(l, d, l, b)"),
    ("lax_cholesky_update!", ["f32[3,3]", "f32[3]"], "lambda r, w: lax.linalg.cholesky_update(r, w)"), ("lax_symmetric_product", ["f32[3,2]", "f32[3,3]"], "lambda a, c: lax.linalg.symmetric_product(a, c, alpha=2.0, beta=0.5)")]
VALUES = [
    ("eig", ["f32[5,5]"], "lambda x: tuple(jnp.linalg.eig(x))"), ("eig_c64", ["c64[3,3]"], "lambda x: tuple(jnp.linalg.eig(x))"), ("eig_batch", ["f32[2,3,3]"], "lambda x: tuple(jnp.linalg.eig(x))"),
    ("eig_i32", ["i32[3,3]<5"], "lambda x: tuple(jnp.linalg.eig(x))"), ("eigvals", ["f32[6,6]"], "jnp.linalg.eigvals"), ("eigvals_real", ["f32[4,4]"], "lambda x: jnp.linalg.eigvals(x).real"),
    ("eigvals_nan", [], "jnp.linalg.eigvals(jnp.array([[1.0, jnp.nan], [2.0, 3.0]]))"), ("eig_zeros", [], "tuple(jnp.linalg.eig(jnp.zeros((3, 3))))"),
    ("eig_derivs", ["f32[4,4]"], "lambda x: (lambda w, l, r: (w.real, w.imag, l.real, l.imag, r.real, r.imag))(*lax.linalg.eig(x, enable_eigvec_derivs=True))"),
    ("schur_c64", ["c64[1,1]"], "lambda x: lax.linalg.schur(x)"), ("hessenberg_c64", ["c64[4,4]"], "lambda x: lax.linalg.hessenberg(x)"), ("tridiagonal_upper", ["c64[4,4]"], "lambda x: lax.linalg.tridiagonal(x, lower=False)"),
    ("ormqr_right", ["c64[4,3]", "c64[2]", "c64[3,4]"], "lambda a, t, c: lax.linalg.ormqr(a, t, c, left=False, transpose=True)"),
    ("tridiagonal_solve", TRIDIAGONAL, "lambda l, d, u, b: lax.linalg.tridiagonal_solve(l, d + 5, u, b)"), ("tridiagonal_singular", [], "lax.linalg.tridiagonal_solve(jnp.zeros(2), jnp.zeros(2), jnp.zeros(2), jnp.ones((2, 1)))"),
    ("cholesky_update", ["f32[4,4]", "f32[4]"], "lambda r, w: lax.linalg.cholesky_update(jnp.triu(lax.stop_gradient(r)), lax.stop_gradient(w))"),
    ("cholesky_update_zero", [], "lax.linalg.cholesky_update(jnp.eye(2), jnp.array([0.0, -2.0]))"),
    ("symmetric_product", ["f32[2,3,2]", "f32[2,3,3]"], "lambda a, c: lax.linalg.symmetric_product(lax.stop_gradient(a), lax.stop_gradient(c), alpha=2.0, beta=0.5, symmetrize_output=True)"),
    ("cholesky_nan", [], "lax.linalg.cholesky(jnp.diag(jnp.array([1.0, jnp.nan, 2.0])))"), ("cholesky_nan_batch", [], "lax.linalg.cholesky(jnp.stack([jnp.eye(2), jnp.diag(jnp.array([1.0, jnp.nan]))]))"),
    ("qdwh", ["f32[4,3]"], "lambda x: lax.linalg.qdwh(x)"), ("qdwh_c64", ["c64[3,3]"], "lambda x: lax.linalg.qdwh(x)"), ("qdwh_zeros", [], "lax.linalg.qdwh(jnp.zeros((2, 2)))"),
    ("qdwh_stopped", ["f32[3,2]"], "lambda x: lax.linalg.qdwh(x, max_iterations=2)"), ("qdwh_long", ["f32[3,2]"], "lambda x: lax.linalg.qdwh(x, eps=1e-3, max_iterations=8)")]


def plain():
    out = golden.GoldenFile("jnp/eigen.tsv", False, "see FORMAT.md")
    for name, types, source in VALUES:
        make_jnp.write(out, name, types, source)
    out.close()
    out = golden.GoldenFile("jaxpr/eigen.tsv", False, "see FORMAT.md and NOTES.md for the normaliser")
    for name, types, source in CASES:
        make_jaxprs.forward(out, name.rstrip("!"), types, source)
        if not name.endswith("!"):
            make_jaxprs.batched(out, name, types, source)
    out.close()


if __name__ == "__main__":
    plain()
