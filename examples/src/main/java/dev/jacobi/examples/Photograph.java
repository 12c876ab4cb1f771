package dev.jacobi.examples;

import static dev.jacobi.numpy.Jnp.array;

import dev.jacobi.Array;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures in shades of grey: arrays (height, width) from 0 (black) to 1 (white). */
public final class Photograph {
  private static final double WHITE = 255;

  private Photograph() {}

  /** Grace Hopper, f64 (225, 192). */
  public static Array load() {
    try (var file = Photograph.class.getResourceAsStream("hopper.png")) {
      var raster = ImageIO.read(file).getRaster();
      double[] pixels =
          raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (double[]) null);
      return array(pixels).reshape(raster.getHeight(), raster.getWidth()).div(WHITE);
    } catch (IOException e) {
      throw new IllegalStateException("The picture inside Jacobi's examples is damaged.", e);
    }
  }

  /**
   * Writes pictures of equal size side by side as a PNG file, and says so on standard error. What
   * is darker than black or lighter than white is black or white.
   */
  public static void write(Path file, Array... pictures) throws IOException {
    int height = (int) pictures[0].dim(0);
    int width = (int) pictures[0].dim(1);
    var image = new BufferedImage(width * pictures.length, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int p = 0; p < pictures.length; p++) {
      double[] pixels = pictures[p].toDoubleArray();
      for (int i = 0; i < pixels.length; i++) {
        long grey = Math.round(Math.clamp(pixels[i], 0, 1) * WHITE);
        image.getRaster().setSample(p * width + i % width, i / width, 0, (int) grey);
      }
    }
    if (!ImageIO.write(image, "png", file.toFile())) {
      throw new IOException("This JDK cannot write PNG files.");
    }
    System.err.println("pictures: " + file.toAbsolutePath());
  }
}
