package dev.jacobi.hlo.text;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A position in a source, for messages.
 *
 * @param excerpt the line, cut around the position where it is long
 * @param offset of the position in the excerpt
 */
record Place(String file, int line, int column, String excerpt, int offset) {
  private static final int WIDTH = 90;

  static Place of(String file, byte[] source, int position) {
    int line = 1;
    int begin = 0;
    for (int i = 0; i < position; i++) {
      if (source[i] == '\n') {
        line++;
        begin = i + 1;
      }
    }
    int end = begin;
    while (end < source.length && source[end] != '\n') {
      end++;
    }
    String before = new String(source, begin, position - begin, UTF_8);
    String after = new String(source, position, Math.min(end - position, WIDTH), UTF_8);
    int cut = Math.max(0, before.length() - WIDTH / 2);
    String shown = before.substring(cut) + after;
    String excerpt = shown.substring(0, Math.min(shown.length(), WIDTH)).replace('\t', ' ');
    return new Place(file, line, before.length() + 1, excerpt, before.length() - cut);
  }

  String caret() {
    return " ".repeat(offset) + "^";
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
