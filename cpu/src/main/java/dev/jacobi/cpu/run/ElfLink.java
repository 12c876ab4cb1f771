package dev.jacobi.cpu.run;

import dev.jacobi.cpu.run.ElfObject.Machine;
import dev.jacobi.cpu.run.ElfObject.Relocation;
import dev.jacobi.cpu.run.ElfObject.Section;
import dev.jacobi.cpu.run.ElfObject.Symbol;
import dev.jacobi.hlo.memory.NativePages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Lays an object out in memory and fills in its addresses.
 *
 * <p>The image is: code and constants, then one stub per external function (code can reach 2 GiB,
 * on AArch64 128 MiB; libraries lie farther away), then the global offset table; from the next page
 * on, writable data. Everything before that page becomes executable and read-only.
 *
 * <p>Relocations are those that LLVM emits for position-independent code of the small model.
 */
final class ElfLink {
  private static final int STUB_BYTES = 16;
  private static final int SLOT_BYTES = 8;

  private final ElfObject object;
  private final Symbols externals;
  private final Map<Integer, Long> sectionOffsets = new HashMap<>();
  private final Map<Integer, Long> stubOffsets = new HashMap<>(); // by symbol number
  private final Map<Integer, Long> slotOffsets = new HashMap<>(); // by symbol number
  private long codeBytes;
  private long imageBytes;
  private ByteBuffer image;
  private long base;

  ElfLink(ElfObject object, Symbols externals) {
    this.object = object;
    this.externals = externals;
    layOut();
  }

  /** Bytes from the start that become code and constants: whole pages. */
  long codeBytes() {
    return codeBytes;
  }

  /** Bytes of the whole image: whole pages. */
  long imageBytes() {
    return imageBytes;
  }

  private void layOut() {
    long end = 0;
    for (var section : object.sections()) {
      if (!section.writable()) {
        end = place(section, end);
      }
    }
    end = align(end, STUB_BYTES);
    for (var section : object.sections()) {
      for (var r : section.relocations()) {
        if (!isLocal(r.symbol()) && !stubOffsets.containsKey(r.symbol())) {
          stubOffsets.put(r.symbol(), end);
          end += STUB_BYTES;
        }
      }
    }
    for (var section : object.sections()) {
      for (var r : section.relocations()) {
        if (usesSlot(r.type()) && !slotOffsets.containsKey(r.symbol())) {
          slotOffsets.put(r.symbol(), end);
          end += SLOT_BYTES;
        }
      }
    }
    codeBytes = Math.max(NativePages.PAGE, align(end, NativePages.PAGE));
    end = codeBytes;
    for (var section : object.sections()) {
      if (section.writable()) {
        end = place(section, end);
      }
    }
    imageBytes = align(end, NativePages.PAGE);
  }

  private long place(Section section, long end) {
    long start = align(end, section.alignment());
    sectionOffsets.put(section.index(), start);
    return start + section.size();
  }

  private static long align(long value, long alignment) {
    return (value + alignment - 1) & -alignment;
  }

  private boolean isLocal(int symbol) {
    return object.symbols().get(symbol).isDefined();
  }

  /** The image for {@code address}, with every address filled in. */
  ByteBuffer image(long address) {
    base = address;
    image = ByteBuffer.allocate(Math.toIntExact(imageBytes)).order(ByteOrder.LITTLE_ENDIAN);
    for (var section : object.sections()) {
      if (!section.zeroed()) {
        image.put((int) offset(section), section.data(), 0, (int) section.size());
      }
    }
    stubOffsets.forEach((symbol, offset) -> writeStub((int) (long) offset, external(symbol)));
    slotOffsets.forEach((symbol, offset) -> image.putLong((int) (long) offset, target(symbol)));
    for (var section : object.sections()) {
      for (var r : section.relocations()) {
        apply(section, r);
      }
    }
    return image;
  }

  /** Adds the names that the object defines, for an image at {@code address}. */
  void addSymbols(long address, Map<String, Long> symbols) {
    for (var symbol : object.symbols()) {
      if (symbol.isDefined() && !symbol.name().isEmpty() && !ElfObject.isSpecial(symbol)) {
        symbols.put(symbol.name(), address + offset(symbol));
      }
    }
  }

  /** The offset of a defined symbol in the image. */
  long offset(Symbol symbol) {
    var start = sectionOffsets.get(symbol.section());
    if (start == null) {
      throw new ElfException("symbol " + symbol.name() + " lies in a section that is not loaded");
    }
    return start + symbol.value();
  }

  private long offset(Section section) {
    return sectionOffsets.get(section.index());
  }

  private long external(int number) {
    var symbol = object.symbols().get(number);
    long address = externals.address(symbol.name());
    if (address == 0 && !symbol.weak()) {
      throw new ElfException("the code calls " + symbol.name() + ", which nothing here defines");
    }
    return address;
  }

  /** Where a symbol really is. */
  private long target(int number) {
    return isLocal(number) ? base + offset(object.symbols().get(number)) : external(number);
  }

  /** Where code can reach a symbol: an external function through its stub. */
  private long reachable(int number) {
    return isLocal(number) ? target(number) : base + stubOffsets.get(number);
  }

  private void writeStub(int at, long address) {
    switch (object.machine()) {
      case X86_64 -> {
        image.putShort(at, (short) 0x25ff).putInt(at + 2, 0); // jmp *0(%rip)
        image.putLong(at + 6, address);
      }
      case AARCH64 -> {
        image.putInt(at, 0x58000050).putInt(at + 4, 0xd61f0200); // ldr x16, .+8; br x16
        image.putLong(at + 8, address);
      }
    }
  }

  private boolean usesSlot(int type) {
    return switch (object.machine()) {
      case X86_64 -> type == X86.GOTPCREL || type == X86.GOTPCRELX || type == X86.REX_GOTPCRELX;
      case AARCH64 -> type == Arm.ADR_GOT_PAGE || type == Arm.LD64_GOT_LO12_NC;
    };
  }

  private void apply(Section section, Relocation r) {
    int at = (int) (offset(section) + r.offset());
    long end = offset(section) + section.size();
    long s = usesSlot(r.type()) ? base + slotOffsets.get(r.symbol()) : reachable(r.symbol());
    switch (object.machine()) {
      case X86_64 -> applyX86(at, end, r, s + r.addend());
      case AARCH64 -> applyArm(at, end, r, s + r.addend());
    }
  }

  /** Relocation types of the x86-64 psABI. */
  private static final class X86 {
    static final int ABS64 = 1;
    static final int PC32 = 2;
    static final int PLT32 = 4;
    static final int GOTPCREL = 9;
    static final int PC64 = 24;
    static final int GOTPCRELX = 41;
    static final int REX_GOTPCRELX = 42;
  }

  private void applyX86(int at, long end, Relocation r, long value) {
    long place = base + at;
    switch (r.type()) {
      case X86.ABS64 -> put64(at, end, target(r.symbol()) + r.addend());
      case X86.PC64 -> put64(at, end, value - place);
      case X86.PC32, X86.PLT32, X86.GOTPCREL, X86.GOTPCRELX, X86.REX_GOTPCRELX ->
          image.putInt(at, signed(value - place, 32, r));
      default -> throw unknown(r);
    }
  }

  /** Relocation types of the AArch64 ELF ABI. */
  private static final class Arm {
    static final int ABS64 = 257;
    static final int PREL64 = 260;
    static final int PREL32 = 261;
    static final int ADR_PREL_LO21 = 274;
    static final int ADR_PREL_PG_HI21 = 275;
    static final int ADR_PREL_PG_HI21_NC = 276;
    static final int ADD_ABS_LO12_NC = 277;
    static final int LDST8_ABS_LO12_NC = 278;
    static final int JUMP26 = 282;
    static final int CALL26 = 283;
    static final int LDST16_ABS_LO12_NC = 284;
    static final int LDST32_ABS_LO12_NC = 285;
    static final int LDST64_ABS_LO12_NC = 286;
    static final int LDST128_ABS_LO12_NC = 299;
    static final int ADR_GOT_PAGE = 311;
    static final int LD64_GOT_LO12_NC = 312;
  }

  private void applyArm(int at, long end, Relocation r, long value) {
    long place = base + at;
    switch (r.type()) {
      case Arm.ABS64 -> put64(at, end, target(r.symbol()) + r.addend());
      case Arm.PREL64 -> put64(at, end, value - place);
      case Arm.PREL32 -> image.putInt(at, signed(value - place, 32, r));
      case Arm.ADR_PREL_LO21 -> putAdr(at, signed(value - place, 21, r));
      case Arm.ADR_PREL_PG_HI21, Arm.ADR_PREL_PG_HI21_NC, Arm.ADR_GOT_PAGE ->
          putAdr(at, signed((value >> 12) - (place >> 12), 21, r));
      case Arm.ADD_ABS_LO12_NC, Arm.LDST8_ABS_LO12_NC -> putLow12(at, value, 0, r);
      case Arm.LDST16_ABS_LO12_NC -> putLow12(at, value, 1, r);
      case Arm.LDST32_ABS_LO12_NC -> putLow12(at, value, 2, r);
      case Arm.LDST64_ABS_LO12_NC, Arm.LD64_GOT_LO12_NC -> putLow12(at, value, 3, r);
      case Arm.LDST128_ABS_LO12_NC -> putLow12(at, value, 4, r);
      case Arm.JUMP26, Arm.CALL26 -> {
        int distance = signed(value - place, 28, r) >> 2;
        image.putInt(at, image.getInt(at) & 0xfc000000 | distance & 0x03ffffff);
      }
      default -> throw unknown(r);
    }
  }

  private void put64(int at, long end, long value) {
    if (at + 8 > end) {
      throw new ElfException("a relocation lies outside of its section");
    }
    image.putLong(at, value);
  }

  /** The 21-bit immediate of ADR and ADRP: two low bits at 29, the rest at 5. */
  private void putAdr(int at, int value) {
    int bits = (value & 3) << 29 | (value >> 2 & 0x7ffff) << 5;
    image.putInt(at, image.getInt(at) & 0x9f00001f | bits);
  }

  /** The unsigned 12-bit immediate of ADD and of scaled loads and stores. */
  private void putLow12(int at, long value, int scale, Relocation r) {
    int low = (int) value & 0xfff;
    if ((low & (1 << scale) - 1) != 0) {
      throw new ElfException("relocation " + r + " asks for an unaligned address");
    }
    image.putInt(at, image.getInt(at) & ~(0xfff << 10) | low >> scale << 10);
  }

  private static int signed(long value, int bits, Relocation r) {
    if (value << 64 - bits >> 64 - bits != value) {
      throw new ElfException("relocation " + r + " does not reach its target");
    }
    return (int) value;
  }

  private ElfException unknown(Relocation r) {
    return new ElfException(
        "the object for %s has a relocation of the unsupported type %d"
            .formatted(object.machine() == Machine.X86_64 ? "x86-64" : "AArch64", r.type()));
  }
}
