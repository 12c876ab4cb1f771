package dev.jacobi.examples;

import static dev.jacobi.numpy.Jnp.all;
import static dev.jacobi.numpy.Jnp.array;
import static dev.jacobi.numpy.Jnp.i;
import static dev.jacobi.numpy.Jnp.until;

import dev.jacobi.Array;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * A data set inside Jacobi's examples: lines of numbers with commas between them, compressed.
 *
 * @param rows f64 (rows, columns)
 */
record Table(Array rows) {
  static Table load(String name) {
    try (var file = Table.class.getResourceAsStream(name + ".csv.gz");
        var text = new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII)) {
      return new Table(
          array(
              new BufferedReader(text)
                  .lines()
                  .map(row -> Arrays.stream(row.split(",")).mapToDouble(Double::parseDouble))
                  .map(row -> row.toArray())
                  .toArray(double[][]::new)));
    } catch (IOException e) {
      throw new IllegalStateException("The data inside Jacobi's examples are damaged: " + name, e);
    }
  }

  /** All but the last column. */
  Array most() {
    return rows.get(all(), until(-1));
  }

  Array column(int position) {
    return rows.get(all(), i(position));
  }
}
