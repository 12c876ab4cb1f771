package dev.jacobi.tree;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * Lookups that may define hidden classes beside a record. Java grants that only from within the
 * record's module, and every class loader (a REPL's, a container's, a plug-in's) has a module of
 * its own. What an open package does grant is a class in it: one that hands its own lookup out.
 */
final class Beside {
  private static final String NAME = "JacobiTreeLookup";

  private Beside() {}

  /**
   * A lookup with full privileges in the class.
   *
   * @throws IllegalAccessException if its package is not open to {@code own}
   */
  static Lookup in(Class<?> type, Lookup own) throws IllegalAccessException {
    own.lookupClass().getModule().addReads(type.getModule());
    Lookup lookup = MethodHandles.privateLookupIn(type, own);
    return lookup.hasFullPrivilegeAccess()
        ? lookup
        : MethodHandles.privateLookupIn(type, handedOut(lookup));
  }

  private static Lookup handedOut(Lookup lookup) throws IllegalAccessException {
    Class<?> door = door(lookup);
    try {
      return (Lookup)
          lookup.findStatic(door, "lookup", MethodType.methodType(Lookup.class)).invokeExact();
    } catch (NoSuchMethodException e) {
      throw new LinkageError(door.getName() + " is a class of somebody else", e);
    } catch (IllegalAccessException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("the lookup of " + door.getName(), e);
    }
  }

  /** One class per package and loader: two threads may want it, the first one defines it. */
  private static synchronized Class<?> door(Lookup lookup) throws IllegalAccessException {
    String inPackage = lookup.lookupClass().getPackageName();
    String name = inPackage.isEmpty() ? NAME : inPackage + "." + NAME;
    try {
      return lookup.findClass(name);
    } catch (ClassNotFoundException first) {
      return lookup.defineClass(bytes(ClassDesc.of(name)));
    }
  }

  private static byte[] bytes(ClassDesc name) {
    ClassDesc lookup = Lookup.class.describeConstable().orElseThrow();
    ClassDesc handles = MethodHandles.class.describeConstable().orElseThrow();
    MethodTypeDesc type = MethodTypeDesc.of(lookup);
    return ClassFile.of()
        .build(
            name,
            c ->
                c.withFlags(ACC_FINAL | ACC_SYNTHETIC)
                    .withMethodBody(
                        "lookup",
                        type,
                        ACC_PUBLIC | ACC_STATIC,
                        code -> code.invokestatic(handles, "lookup", type).areturn()));
  }
}
