package dev.jacobi.tree;

import dev.jacobi.tree.TreePath.Step;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A class that joined by {@link Tree#register}. */
final class RegisteredCodec extends Codec {
  private final Class<?> type;
  private final Function<Object, Parts> takeApart;
  private final Function<Parts, Object> putTogether;

  RegisteredCodec(
      Class<?> type, Function<Object, Parts> takeApart, Function<Parts, Object> putTogether) {
    this.type = type;
    this.takeApart = takeApart;
    this.putTogether = putTogether;
  }

  Class<?> type() {
    return type;
  }

  Object build(Parts parts) {
    return type.cast(
        Objects.requireNonNull(putTogether.apply(parts), () -> "unflatten of " + type));
  }

  private Parts parts(Object value) {
    return Objects.requireNonNull(takeApart.apply(value), () -> "flatten of " + type);
  }

  @Override
  TreeDef flatten(Object value, LeafWriter out, TreeDef hint) {
    Parts parts = parts(value);
    TreeDef[] children = new TreeDef[parts.children().size()];
    TreeDef fit =
        hint != null
                && hint.childCount() == children.length
                && hint.kind() instanceof NodeKind.OfRegistered(RegisteredCodec codec, Object aux)
                && codec == this
                && aux.equals(parts.aux())
            ? hint
            : null;
    for (int i = 0; i < children.length; i++) {
      TreeDef childHint = fit == null ? null : fit.child(i);
      children[i] = Codecs.flatten(parts.children().get(i), out, childHint);
    }
    NodeKind kind = fit != null ? fit.kind() : new NodeKind.OfRegistered(this, parts.aux());
    return node(fit, kind, children);
  }

  @Override
  List<Child> children(Object value) {
    List<?> children = parts(value).children();
    return IntStream.range(0, children.size())
        .mapToObj(i -> new Child(new Step.Index(i), children.get(i)))
        .toList();
  }
}
