package dev.jacobi.cpu.llvm;

/**
 * What is known about a memory access.
 *
 * @param align bytes; 0 means that of one element
 * @param nontemporal bypass the cache (a store of at least 16 aligned bytes profits)
 * @param invariant the memory never changes while the function runs
 * @param scopes alias scopes the access belongs to, from {@link IrModule#scopes}, or ""
 * @param notScopes alias scopes it is known not to touch, or ""
 */
public record Mem(
    int align, boolean nontemporal, boolean invariant, String scopes, String notScopes) {
  /** Aligned to one element, nothing else known. */
  public static final Mem PLAIN = new Mem(0, false, false, "", "");

  public static Mem aligned(int bytes) {
    return PLAIN.align(bytes);
  }

  public Mem align(int bytes) {
    return new Mem(bytes, nontemporal, invariant, scopes, notScopes);
  }

  public Mem asNontemporal() {
    return new Mem(align, true, invariant, scopes, notScopes);
  }

  public Mem asInvariant() {
    return new Mem(align, nontemporal, true, scopes, notScopes);
  }

  /** Belongs to {@code own} and aliases none of {@code others}. */
  public Mem scoped(String own, String others) {
    return new Mem(align, nontemporal, invariant, own, others);
  }

  int alignOf(LType type) {
    return align == 0 ? type.elemBytes() : align;
  }
}
