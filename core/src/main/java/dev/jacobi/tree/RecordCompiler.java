package dev.jacobi.tree;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.jacobi.tree.RecordLayout.Component;
import dev.jacobi.tree.RecordLayout.Role;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.List;

/**
 * Generates the codec of a record class: a hidden class beside the record, so that private and
 * local records are open to it. For {@code record Dense(Array w, Optional<Array> b)} it reads
 *
 * <pre>{@code
 * TreeDef flattenRecord(Object value, LeafWriter out, TreeDef hint) {
 *   TreeDef own = own(hint);
 *   TreeDef[] children = new TreeDef[2];
 *   children[0] = leaf(((Dense) value).w(), out);
 *   children[1] = any(((Dense) value).b(), out, own, 1);
 *   return finish(own, children);
 * }
 *
 * Object buildRecord(TreeDef def, LeafReader in) {
 *   return new Dense((Array) next(in), (Optional) build(def, 1, in));
 * }
 * }</pre>
 *
 * A record whose structure is {@code fixed} has no array of children and returns its only
 * structure.
 *
 * <p>Measured against method handles as class data of a hidden class in this package: equally fast
 * when warm, but the handles' lambda forms cost three times the time of the first call.
 */
final class RecordCompiler {
  private static final Lookup LOOKUP = MethodHandles.lookup();

  private static final ClassDesc SUPER = desc(RecordCodec.class);
  private static final ClassDesc CODEC = desc(Codec.class);
  private static final ClassDesc DEF = desc(TreeDef.class);
  private static final ClassDesc DEFS = DEF.arrayType();
  private static final ClassDesc WRITER = desc(LeafWriter.class);
  private static final ClassDesc READER = desc(LeafReader.class);

  private static final MethodTypeDesc INIT =
      MethodTypeDesc.of(CD_void, desc(RecordCodec.Setup.class));
  private static final MethodTypeDesc FLATTEN = MethodTypeDesc.of(DEF, CD_Object, WRITER, DEF);
  private static final MethodTypeDesc BUILD = MethodTypeDesc.of(CD_Object, DEF, READER);
  private static final MethodTypeDesc COMPONENTS =
      MethodTypeDesc.of(CD_Object.arrayType(), CD_Object);

  private static final MethodTypeDesc LEAF_OF = MethodTypeDesc.of(DEF, CD_Object, WRITER);
  private static final MethodTypeDesc CONSTANT = MethodTypeDesc.of(DEF, CD_Object, DEF, CD_int);
  private static final MethodTypeDesc ANY = MethodTypeDesc.of(DEF, CD_Object, WRITER, DEF, CD_int);
  private static final MethodTypeDesc RECORD =
      MethodTypeDesc.of(DEF, CODEC, CD_Object, WRITER, DEF, CD_int);

  private static final int THIS = 0;
  private static final int VALUE = 1;
  private static final int OUT = 2;
  private static final int OWN = 3; // takes the place of the hint
  private static final int CHILDREN = 4;

  private final RecordLayout layout;
  private final ClassDesc record;
  private final boolean fixed;

  private RecordCompiler(RecordLayout layout) {
    this.layout = layout;
    this.record = desc(layout.type());
    this.fixed = isFixed(layout);
  }

  /** Makes the codec of a record class, or a refusal if no value of it can be a tree. */
  static Codec compile(Class<?> record) {
    try {
      return define(RecordLayout.of(record));
    } catch (TreeException refusal) {
      return new Codec.Refused(path -> refusal);
    }
  }

  /** Whether all values of a record have the same structure. */
  static boolean isFixed(RecordLayout layout) {
    for (Component c : layout.components()) {
      boolean nestedFixed =
          c.role() == Role.RECORD
              && Codecs.of(c.declared()) instanceof RecordCodec codec
              && codec.fixed() != null;
      if (c.role() != Role.LEAF && !nestedFixed) {
        return false;
      }
    }
    return true;
  }

  private static Codec define(RecordLayout layout) {
    Class<?> record = layout.type();
    try {
      return define(layout, Beside.in(record, LOOKUP));
    } catch (IllegalAccessException | LinkageError closed) {
      // The record's package is not open, or its module does not read ours: public access is left.
      if (isPublic(layout)) {
        try {
          return define(layout, LOOKUP);
        } catch (IllegalAccessException | LinkageError e) {
          closed.addSuppressed(e);
        }
      }
      TreeException error =
          new TreeException.ClosedRecord(record, LOOKUP.lookupClass().getModule());
      error.initCause(closed);
      throw error;
    }
  }

  private static Codec define(RecordLayout layout, Lookup host) throws IllegalAccessException {
    byte[] bytes = new RecordCompiler(layout).bytes(host.lookupClass().getPackageName());
    Lookup made =
        host.lookupClass() == LOOKUP.lookupClass()
            ? host.defineHiddenClass(bytes, true)
            : host.defineHiddenClass(bytes, true, Lookup.ClassOption.NESTMATE);
    try {
      Constructor<?> constructor =
          made.lookupClass().getDeclaredConstructor(RecordCodec.Setup.class);
      constructor.setAccessible(true);
      return (Codec) constructor.newInstance(new RecordCodec.Setup(layout));
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (NoSuchMethodException | InstantiationException e) {
      throw new IllegalStateException("the generated codec of " + layout.type(), e);
    }
  }

  /** Whether code outside the record's module may name, read and build it. */
  private static boolean isPublic(RecordLayout layout) {
    Class<?> record = layout.type();
    try {
      if (Class.forName(record.getName(), false, LOOKUP.lookupClass().getClassLoader()) != record) {
        return false;
      }
      MethodHandles.publicLookup().accessClass(record);
      for (Component c : layout.components()) {
        if (!c.declared().isPrimitive()) {
          MethodHandles.publicLookup().accessClass(c.declared());
        }
      }
      Class<?>[] types =
          layout.components().stream().map(Component::declared).toArray(Class[]::new);
      return Modifier.isPublic(record.getDeclaredConstructor(types).getModifiers());
    } catch (IllegalAccessException | ClassNotFoundException | NoSuchMethodException e) {
      return false;
    }
  }

  private byte[] bytes(String inPackage) {
    String name = (inPackage.isEmpty() ? "" : inPackage + ".") + "JacobiTreeCodec";
    return ClassFile.of()
        .build(
            ClassDesc.of(name),
            c ->
                c.withFlags(ACC_FINAL)
                    .withSuperclass(SUPER)
                    .withMethodBody(ConstantDescs.INIT_NAME, INIT, ACC_PUBLIC, RecordCompiler::init)
                    .withMethodBody("flattenRecord", FLATTEN, ACC_PUBLIC, this::flatten)
                    .withMethodBody("buildRecord", BUILD, ACC_PUBLIC, this::build)
                    .withMethodBody("components", COMPONENTS, ACC_PUBLIC, this::components));
  }

  private static void init(CodeBuilder code) {
    code.aload(THIS).aload(1).invokespecial(SUPER, ConstantDescs.INIT_NAME, INIT).return_();
  }

  private void flatten(CodeBuilder code) {
    List<Component> components = layout.components();
    if (fixed) {
      code.aconst_null().astore(OWN);
    } else {
      code.aload(THIS).aload(OWN).invokevirtual(SUPER, "own", MethodTypeDesc.of(DEF, DEF));
      code.astore(OWN);
      code.loadConstant(components.size()).anewarray(DEF).astore(CHILDREN);
    }
    for (int i = 0; i < components.size(); i++) {
      if (!fixed) {
        code.aload(CHILDREN).loadConstant(i);
      }
      flattenComponent(code, i);
      if (fixed) {
        code.pop();
      } else {
        code.aastore();
      }
    }
    if (fixed) {
      code.aload(THIS).invokevirtual(SUPER, "fixed", MethodTypeDesc.of(DEF)).areturn();
    } else {
      code.aload(THIS).aload(OWN).aload(CHILDREN);
      code.invokevirtual(SUPER, "finish", MethodTypeDesc.of(DEF, DEF, DEFS)).areturn();
    }
  }

  /** Leaves the structure of component {@code i} on the stack. */
  private void flattenComponent(CodeBuilder code, int i) {
    switch (layout.components().get(i).role()) {
      case LEAF -> {
        load(code, i);
        code.aload(OUT).invokestatic(SUPER, "leaf", LEAF_OF);
      }
      case STATIC -> {
        load(code, i);
        code.aload(OWN).loadConstant(i).invokestatic(SUPER, "constant", CONSTANT);
      }
      case ANY -> {
        load(code, i);
        code.aload(OUT).aload(OWN).loadConstant(i).invokestatic(SUPER, "any", ANY);
      }
      case RECORD -> {
        code.aload(THIS).loadConstant(i);
        code.invokevirtual(SUPER, "nested", MethodTypeDesc.of(CODEC, CD_int));
        load(code, i);
        code.aload(OUT).aload(OWN).loadConstant(i).invokestatic(SUPER, "record", RECORD);
      }
    }
  }

  /** Loads component {@code i}, boxed. */
  private void load(CodeBuilder code, int i) {
    Component c = layout.components().get(i);
    code.aload(VALUE).checkcast(record);
    code.invokevirtual(record, c.name(), MethodTypeDesc.of(desc(c.declared())));
    if (c.declared().isPrimitive()) {
      ClassDesc box = boxOf(c);
      code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, desc(c.declared())));
    }
  }

  private void build(CodeBuilder code) {
    int def = 1;
    int in = 2;
    List<Component> components = layout.components();
    code.new_(record).dup();
    for (int i = 0; i < components.size(); i++) {
      Component c = components.get(i);
      if (c.role() == Role.LEAF) {
        code.aload(in).invokestatic(SUPER, "next", MethodTypeDesc.of(CD_Object, READER));
      } else {
        code.aload(def).loadConstant(i).aload(in);
        code.invokestatic(SUPER, "build", MethodTypeDesc.of(CD_Object, DEF, CD_int, READER));
      }
      if (c.declared().isPrimitive()) {
        String unbox = c.declared().getName() + "Value";
        code.checkcast(boxOf(c));
        code.invokevirtual(boxOf(c), unbox, MethodTypeDesc.of(desc(c.declared())));
      } else {
        code.checkcast(desc(c.declared()));
      }
    }
    List<ClassDesc> types = components.stream().map(c -> desc(c.declared())).toList();
    code.invokespecial(record, ConstantDescs.INIT_NAME, MethodTypeDesc.of(CD_void, types));
    code.areturn();
  }

  private void components(CodeBuilder code) {
    int n = layout.components().size();
    code.loadConstant(n).anewarray(CD_Object);
    for (int i = 0; i < n; i++) {
      code.dup().loadConstant(i);
      load(code, i);
      code.aastore();
    }
    code.areturn();
  }

  private static ClassDesc boxOf(Component c) {
    return desc(MethodType.methodType(c.declared()).wrap().returnType());
  }

  private static ClassDesc desc(Class<?> type) {
    return ClassDesc.ofDescriptor(type.descriptorString());
  }
}
