package dev.jacobi.examples;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A picture of a training run: its loss on the left, images that were misread on the right. */
public final class Picture {
  private static final int HEIGHT = 420;
  private static final int CHART = 600;
  private static final int CELL = 96;
  private static final int COLUMNS = 4;
  private static final int ROWS = HEIGHT / (CELL + 8);

  private final XYChart chart =
      new XYChartBuilder()
          .width(CHART)
          .height(HEIGHT)
          .title("training loss")
          .xAxisTitle("epoch")
          .theme(Styler.ChartTheme.XChart)
          .build();
  private final List<BufferedImage> cells = new ArrayList<>();

  public Picture(List<Double> losses) {
    // Pictures are files here; no display is needed.
    System.setProperty("java.awt.headless", "true");
    chart.getStyler().setYAxisLogarithmic(true).setLegendVisible(false);
    chart.addSeries("loss", losses).setMarker(SeriesMarkers.NONE);
  }

  /** Adds an 8 by 8 image with pixels from 0 (white) to 1, if there is room left. */
  public void add(float[] pixels, String caption) {
    if (cells.size() == ROWS * COLUMNS) {
      return;
    }
    var cell = new BufferedImage(CELL, CELL + 8, BufferedImage.TYPE_INT_RGB);
    var pen = cell.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, cell.getWidth(), cell.getHeight());
    for (int i = 0; i < pixels.length; i++) {
      float grey = 1 - pixels[i];
      pen.setColor(new Color(grey, grey, grey));
      pen.fillRect(8 + i % 8 * 9, 8 + i / 8 * 9, 9, 9);
    }
    pen.setColor(Color.DARK_GRAY);
    pen.drawString(caption, 8, CELL - 2);
    pen.dispose();
    cells.add(cell);
  }

  /** Writes a PNG file. */
  public void write(Path file) throws IOException {
    var image = new BufferedImage(CHART + COLUMNS * CELL, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, image.getWidth(), HEIGHT);
    pen.drawImage(BitmapEncoder.getBufferedImage(chart), 0, 0, null);
    for (int i = 0; i < cells.size(); i++) {
      pen.drawImage(cells.get(i), CHART + i % COLUMNS * CELL, i / COLUMNS * (CELL + 8), null);
    }
    pen.dispose();
    if (!ImageIO.write(image, "png", file.toFile())) {
      throw new IOException("This JDK cannot write PNG files.");
    }
  }
}
