package dev.jacobi.examples;

import static dev.jacobi.numpy.Jnp.array;

import dev.jacobi.Array;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * Some of the 1,797 images of UCI's "Optical Recognition of Handwritten Digits" (CC BY 4.0).
 *
 * @param pixels f32 (n, 64): 8 rows of 8 for each image, from 0 (white) to 1
 * @param labels i32 (n): which digit each image shows
 */
public record HandwrittenDigits(Array pixels, Array labels) {
  private static final int PIXELS = 64;
  private static final int TRAIN = 1437;

  /** The digits to learn from, and others to test with. */
  public record Split(HandwrittenDigits train, HandwrittenDigits test) {}

  /** All digits, shuffled once and always in the same way: 1,437 to train, 360 to test. */
  public static Split load() {
    var rows = read();
    Collections.shuffle(rows, new Random(0));
    return new Split(of(rows.subList(0, TRAIN)), of(rows.subList(TRAIN, rows.size())));
  }

  /** All 1,797 digits, in the order of the file. */
  public static HandwrittenDigits all() {
    return of(read());
  }

  private static List<String> read() {
    try (var file = HandwrittenDigits.class.getResourceAsStream("digits.csv.gz");
        var text = new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8)) {
      return new ArrayList<>(new BufferedReader(text).lines().toList());
    } catch (IOException e) {
      throw new IllegalStateException("The digits inside Jacobi's examples are damaged.", e);
    }
  }

  private static HandwrittenDigits of(List<String> rows) {
    var pixels = new float[rows.size() * PIXELS];
    var labels = new int[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      var cells = rows.get(i).split(",");
      for (int j = 0; j < PIXELS; j++) {
        pixels[i * PIXELS + j] = Integer.parseInt(cells[j]) / 16f;
      }
      labels[i] = Integer.parseInt(cells[PIXELS]);
    }
    return of(pixels, labels);
  }

  private static HandwrittenDigits of(float[] pixels, int[] labels) {
    return new HandwrittenDigits(array(pixels).reshape(labels.length, PIXELS), array(labels));
  }

  /** Number of images. */
  public int size() {
    return (int) labels.size();
  }

  /** Groups of {@code size} images each; what remains at the end is left out. */
  public List<HandwrittenDigits> batches(int size) {
    var allPixels = pixels.toFloatArray();
    var allLabels = labels.toIntArray();
    var batches = new ArrayList<HandwrittenDigits>();
    for (int end = size; end <= size(); end += size) {
      batches.add(
          of(
              Arrays.copyOfRange(allPixels, (end - size) * PIXELS, end * PIXELS),
              Arrays.copyOfRange(allLabels, end - size, end)));
    }
    return batches;
  }
}
