package dev.jacobi.hlo.bytecode;

/** A part of the file with a length of its own. */
record Section(Id id, Bytes bytes) {
  /** In the order of their numbers. */
  enum Id {
    STRING,
    DIALECT,
    ATTR_TYPE,
    ATTR_TYPE_OFFSET,
    IR,
    RESOURCE,
    RESOURCE_OFFSET,
    DIALECT_VERSIONS,
    PROPERTIES
  }

  static Section read(Bytes in) {
    int head = in.u8();
    int id = head & 0x7F;
    if (id >= Id.values().length) {
      throw in.error("there is no section " + id);
    }
    int length = in.count();
    if ((head & 0x80) != 0) {
      in.align(in.varint());
    }
    return new Section(Id.values()[id], in.slice(length));
  }
}
