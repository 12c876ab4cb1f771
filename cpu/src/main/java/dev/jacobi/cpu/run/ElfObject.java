package dev.jacobi.cpu.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A relocatable ELF64 object, parsed (System V ABI, "Object Files"). Every offset in it is checked,
 * so the rest of the loader deals with sane numbers only.
 */
record ElfObject(Machine machine, List<Section> sections, List<Symbol> symbols) {

  enum Machine {
    X86_64(62),
    AARCH64(183);

    private final int code;

    Machine(int code) {
      this.code = code;
    }

    static Machine of(int code) {
      for (var machine : values()) {
        if (machine.code == code) {
          return machine;
        }
      }
      throw new ElfException("the object is for the unknown machine " + code);
    }

    static Machine current() {
      return System.getProperty("os.arch").equals("aarch64") ? AARCH64 : X86_64;
    }
  }

  /**
   * A section that takes memory at run time.
   *
   * @param index its number in the file, which symbols refer to
   * @param data its bytes; empty for zeroed memory
   */
  record Section(
      String name,
      int index,
      boolean writable,
      boolean zeroed,
      long size,
      long alignment,
      ByteBuffer data,
      List<Relocation> relocations) {}

  /** A symbol: {@code section} is the number of the section that it lies in, 0 if undefined. */
  record Symbol(String name, int section, long value, boolean weak) {
    boolean isDefined() {
      return section != 0;
    }
  }

  /** A place, {@code offset} bytes into its section, to be filled by a symbol's address. */
  record Relocation(long offset, int type, int symbol, long addend) {}

  private static final int HEADER_BYTES = 64;
  private static final int SECTION_BYTES = 64;
  private static final int SYMBOL_BYTES = 24;
  private static final int RELA_BYTES = 24;
  private static final int PROGBITS = 1;
  private static final int SYMTAB = 2;
  private static final int RELA = 4;
  private static final int NOBITS = 8;
  private static final int REL = 9;
  private static final long WRITE = 1;
  private static final long ALLOC = 2;
  private static final long TLS = 0x400;
  private static final int FIRST_RESERVED_SECTION = 0xff00;
  private static final int WEAK = 2;
  private static final long MAX_BYTES = 1L << 28; // Arrays are not part of objects.

  static ElfObject parse(byte[] bytes) {
    try {
      return new Parser(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)).parse();
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      throw new ElfException("the object file is damaged: an offset lies outside of it", e);
    }
  }

  /** A section header as it stands in the file. */
  private record Header(
      int name, int type, long flags, long offset, long size, int link, int info, long align) {}

  private static final class Parser {
    private final ByteBuffer file;

    Parser(ByteBuffer file) {
      this.file = file;
    }

    ElfObject parse() {
      if (file.limit() < HEADER_BYTES
          || file.getInt(0) != 0x464c457f
          || file.getShort(4) != 0x102) {
        throw new ElfException("this is no little-endian ELF64 object");
      }
      if (file.getShort(16) != 1) {
        throw new ElfException("this is not a relocatable object");
      }
      var machine = Machine.of(file.getShort(18) & 0xffff);
      var headers = headers();
      var names = headers.get(file.getShort(62) & 0xffff);
      var symbols = symbols(headers);
      var sections = new ArrayList<Section>();
      long total = 0;
      for (int i = 0; i < headers.size(); i++) {
        var header = headers.get(i);
        var name = string(names, header.name);
        if (takesMemory(header, name)) {
          total = Math.addExact(total, Math.addExact(header.size, header.align));
          sections.add(section(header, name, i, headers, symbols.size()));
        }
      }
      if (total > MAX_BYTES) {
        throw new ElfException("the object needs " + total + " bytes of memory");
      }
      check(symbols, sections);
      return new ElfObject(machine, List.copyOf(sections), List.copyOf(symbols));
    }

    private static boolean takesMemory(Header header, String name) {
      // No exception is ever thrown through our code, so nobody reads its unwind tables.
      return (header.flags & ALLOC) != 0 && !name.equals(".eh_frame") && !name.startsWith(".note");
    }

    private List<Header> headers() {
      long start = file.getLong(40);
      int count = file.getShort(60) & 0xffff;
      if (count > 0 && (file.getShort(58) & 0xffff) != SECTION_BYTES) {
        throw new ElfException("the section headers have an unknown size");
      }
      slice(start, (long) count * SECTION_BYTES);
      var headers = new ArrayList<Header>(count);
      for (int i = 0; i < count; i++) {
        int at = Math.toIntExact(start + (long) i * SECTION_BYTES);
        headers.add(
            new Header(
                file.getInt(at),
                file.getInt(at + 4),
                file.getLong(at + 8),
                file.getLong(at + 24),
                file.getLong(at + 32),
                file.getInt(at + 40),
                file.getInt(at + 44),
                Math.max(1, file.getLong(at + 48))));
      }
      return headers;
    }

    private Section section(
        Header header, String name, int index, List<Header> headers, int symbols) {
      if ((header.type != PROGBITS && header.type != NOBITS) || (header.flags & TLS) != 0) {
        throw new ElfException("section " + name + " is of a kind that is not supported");
      }
      if (Long.bitCount(header.align) != 1 || header.align > 4096 || header.size < 0) {
        throw new ElfException("section " + name + " has an impossible size or alignment");
      }
      var relocations = new ArrayList<Relocation>();
      for (var other : headers) {
        if (other.info == index && other.type == RELA) {
          relocations(other, header.size, symbols, relocations);
        } else if (other.info == index && other.type == REL) {
          throw new ElfException("section " + name + " has relocations without addends");
        }
      }
      boolean zeroed = header.type == NOBITS;
      return new Section(
          name,
          index,
          (header.flags & WRITE) != 0,
          zeroed,
          header.size,
          header.align,
          zeroed ? ByteBuffer.allocate(0) : slice(header.offset, header.size),
          List.copyOf(relocations));
    }

    private void relocations(Header header, long size, int symbols, List<Relocation> out) {
      var data = slice(header.offset, header.size);
      for (int at = 0; at + RELA_BYTES <= data.limit(); at += RELA_BYTES) {
        long info = data.getLong(at + 8);
        var r =
            new Relocation(
                data.getLong(at), (int) info, (int) (info >>> 32), data.getLong(at + 16));
        if (r.offset < 0 || r.offset > size - 4 || r.symbol < 0 || r.symbol >= symbols) {
          throw new ElfException("a relocation lies outside of its section");
        }
        out.add(r);
      }
    }

    private List<Symbol> symbols(List<Header> headers) {
      var symbols = new ArrayList<Symbol>();
      for (var header : headers) {
        if (header.type == SYMTAB) {
          var names = headers.get(header.link);
          var data = slice(header.offset, header.size);
          for (int at = 0; at + SYMBOL_BYTES <= data.limit(); at += SYMBOL_BYTES) {
            symbols.add(
                new Symbol(
                    string(names, data.getInt(at)),
                    data.getShort(at + 6) & 0xffff,
                    data.getLong(at + 8),
                    (data.get(at + 4) & 0xff) >>> 4 == WEAK));
          }
          return symbols; // There is at most one table.
        }
      }
      return symbols;
    }

    private static void check(List<Symbol> symbols, List<Section> sections) {
      for (var symbol : symbols) {
        for (var section : sections) {
          if (section.index == symbol.section
              && (symbol.value < 0 || symbol.value > section.size)) {
            throw new ElfException("symbol " + symbol.name + " lies outside of its section");
          }
        }
      }
    }

    private String string(Header table, int offset) {
      var data = slice(table.offset, table.size);
      int end = offset;
      while (data.get(end) != 0) {
        end++;
      }
      var bytes = new byte[end - offset];
      data.get(offset, bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }

    private ByteBuffer slice(long offset, long size) {
      return file.slice(Math.toIntExact(offset), Math.toIntExact(size))
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** Whether a symbol's place is not in a section: absolute or common. */
  static boolean isSpecial(Symbol symbol) {
    return symbol.section >= FIRST_RESERVED_SECTION;
  }
}
