package dev.jacobi.examples;

import dev.jacobi.Array;

/**
 * How many spots the sun had, 1700 to 2008 (NOAA, National Geophysical Data Center).
 *
 * @param years f64 (309)
 * @param numbers f64 (309): Wolf's number of each year
 */
public record Sunspots(Array years, Array numbers) {
  public static Sunspots load() {
    var table = Table.load("sunspots");
    return new Sunspots(table.column(0), table.column(1));
  }
}
