package dev.jacobi.jaxpr;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/** A record's components by their names in jaxprs. */
final class Params {
  private Params() {}

  static Map<String, Object> of(Object primitive) {
    Map<String, Object> params = new LinkedHashMap<>();
    if (primitive instanceof Record) {
      for (RecordComponent component : primitive.getClass().getRecordComponents()) {
        params.put(Names.snake(component.getName()), read(primitive, component));
      }
    }
    return params;
  }

  private static Object read(Object owner, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component + " of " + owner.getClass(), e);
    }
  }
}
