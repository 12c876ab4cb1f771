package dev.jacobi.tree;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Decides, once per class, how its values are taken apart. */
final class Codecs {
  private static final Map<Class<?>, RegisteredCodec> REGISTERED = new ConcurrentHashMap<>();

  /** Classes that a codec exists for; weakly held by the ClassValue, so only asked by class. */
  private static final ClassValue<Codec> CODECS =
      new ClassValue<>() {
        @Override
        protected Codec computeValue(Class<?> type) {
          return choose(type);
        }
      };

  /** Immutable, with equality by value, although a field caches a hash or a string. */
  private static final Set<Class<?>> VALUES =
      Set.of(
          Boolean.class,
          Byte.class,
          Short.class,
          Character.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          String.class,
          BigInteger.class,
          BigDecimal.class,
          Class.class);

  private static final Codec LEAF = new Codec.OfLeaf();
  private static final Codec STATIC = new Codec.OfStatic();
  private static final Codec LIST = new Codec.OfList();
  private static final Codec MAP = new Codec.OfMap();
  private static final Codec OPTIONAL = new Codec.OfOptional();

  private Codecs() {}

  /** The codec for the values of a class. */
  static Codec of(Class<?> type) {
    return CODECS.get(type);
  }

  /** Takes any value apart by its run-time class. */
  static TreeDef flatten(Object value, LeafWriter out, TreeDef hint) {
    if (value instanceof Leaf) {
      out.leaf(value);
      return TreeDef.LEAF;
    }
    return CODECS.get(nonNull(value).getClass()).flatten(value, out, hint);
  }

  static Object nonNull(Object value) {
    if (value == null) {
      throw Fault.FAULT;
    }
    return value;
  }

  /** The structure of a static value; the hint if it holds an equal value. */
  static TreeDef staticDef(Object value, TreeDef hint) {
    if (hint != null
        && hint.kind() instanceof NodeKind.Static(Object before)
        && before.equals(nonNull(value))) {
      return hint;
    }
    return new TreeDef(new NodeKind.Static(nonNull(value)));
  }

  /** Lets a class join; refused once trees have decided otherwise about it. */
  static void register(RegisteredCodec codec) {
    Class<?> type = codec.type();
    if (Leaf.class.isAssignableFrom(type) || VALUES.contains(type) || type.isArray()) {
      throw new TreeException.LateRegistration(type, "its values already have a meaning in trees");
    }
    if (REGISTERED.putIfAbsent(type, codec) != null) {
      throw new TreeException.LateRegistration(type, "it is registered already");
    }
    Codec chosen = CODECS.get(type);
    if (chosen instanceof Codec.Refused) {
      CODECS.remove(type); // nobody has built on a refusal
    } else if (chosen != codec) {
      REGISTERED.remove(type, codec);
      throw new TreeException.LateRegistration(type, "a tree has used it without registration");
    }
  }

  /**
   * Whether the declared type alone says that values are static: final classes of values, enums.
   */
  static boolean isStaticType(Class<?> declared) {
    return declared.isPrimitive() || VALUES.contains(declared) || declared.isEnum();
  }

  private static Codec choose(Class<?> type) {
    RegisteredCodec registered = REGISTERED.get(type);
    if (registered != null) {
      return registered;
    }
    if (Leaf.class.isAssignableFrom(type)) {
      return LEAF;
    }
    if (List.class.isAssignableFrom(type)) {
      return LIST;
    }
    if (Map.class.isAssignableFrom(type)) {
      return MAP;
    }
    if (type == Optional.class) {
      return OPTIONAL;
    }
    if (type.isRecord()) {
      return RecordCompiler.compile(type);
    }
    if (VALUES.contains(type) || Enum.class.isAssignableFrom(type)) {
      return STATIC;
    }
    return refuse(type).<Codec>map(Codec.Refused::new).orElse(STATIC);
  }

  /** Why values of a class that is no container may not be static structure either. */
  private static Optional<Codec.Refused.Reason> refuse(Class<?> type) {
    if (type.isArray()) {
      return Optional.of(path -> new TreeException.JavaArrayComponent(path, type));
    }
    if (Collection.class.isAssignableFrom(type)) {
      return Optional.of(path -> new TreeException.UnsupportedContainer(path, type));
    }
    if (!definesEquals(type)) {
      return Optional.of(path -> new TreeException.IdentityEquals(path, type));
    }
    for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if ((field.getModifiers() & (Modifier.STATIC | Modifier.FINAL)) == 0) {
          String name = field.getName();
          return Optional.of(path -> new TreeException.MutableComponent(path, type, name));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean definesEquals(Class<?> type) {
    try {
      return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every class has equals", e);
    }
  }
}
