package dev.jacobi.jaxpr;

/** A primitive that runs a program, once or more often, and has its effects. */
public interface ProgramPrimitive extends Primitive {
  Jaxpr jaxpr();

  @Override
  default Effect effect() {
    return jaxpr().effect();
  }

  @Override
  default boolean mayNotEnd() {
    return jaxpr().mayNotEnd();
  }

  @Override
  default boolean isCostly() {
    return jaxpr().isCostly();
  }
}
