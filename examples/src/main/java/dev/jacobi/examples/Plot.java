package dev.jacobi.examples;

import dev.jacobi.Array;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves and points over a plane, as a PNG file. */
public final class Plot {
  private static final int MARKER = 5;

  private final XYChart chart;

  public Plot(String title, String x, String y) {
    // Pictures are files here; no display is needed.
    System.setProperty("java.awt.headless", "true");
    chart =
        new XYChartBuilder()
            .width(800)
            .height(500)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .theme(Styler.ChartTheme.XChart)
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE).setMarkerSize(MARKER);
    // Years are numbers without commas.
    chart.getStyler().setXAxisDecimalPattern("0.####");
  }

  /** Adds a curve through points, given by two vectors of equal size. */
  public Plot line(String name, Array x, Array y) {
    chart
        .addSeries(name, x.toDoubleArray(), y.toDoubleArray())
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Line)
        .setMarker(SeriesMarkers.NONE);
    return this;
  }

  /** Adds points, given by two vectors of equal size. */
  public Plot points(String name, Array x, Array y) {
    chart
        .addSeries(name, x.toDoubleArray(), y.toDoubleArray())
        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.CIRCLE);
    return this;
  }

  /** Writes the file and says so on standard error. */
  public void write(Path file) throws IOException {
    if (!ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile())) {
      throw new IOException("This JDK cannot write PNG files.");
    }
    System.err.println("plot: " + file.toAbsolutePath());
  }
}
