package dev.jacobi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example that serves a model of JAX, started as a user starts it. */
class ServeTest {
  private static final int REQUESTS = 90;
  private static final String LISTENING = "listening on ";

  @TempDir static Path temp;

  @Test
  @Tag("slow")
  @Timeout(120)
  void answersRequestsInBatches() throws Exception {
    var builder =
        new ProcessBuilder(Sources.ROOT.resolve("jacobi").toString(), "examples/Serve.java", "0");
    builder.directory(Sources.ROOT.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("JACOBI_BUILT", "1"); // as Launcher does
    builder.environment().put("JACOBI_AOT", "off");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JACOBI_CACHE", temp.resolve("cache").toString());
    Process server = builder.start();
    try (var out = server.inputReader();
        var client = HttpClient.newHttpClient()) {
      String address = address(out);
      check(client, address);
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  /** Where it listens, after it has warmed up for six sizes. */
  private static String address(BufferedReader out) throws IOException {
    List<String> said = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      if (line.startsWith(LISTENING)) {
        assertThat(said).hasSize(7);
        assertThat(said.getFirst()).matches("warm-up: 1 images, first call .* ms, then .* us");
        return line.substring(LISTENING.length());
      }
    }
    throw new AssertionError("the server ended: " + said);
  }

  private static void check(HttpClient client, String address) throws Exception {
    var test = HandwrittenDigits.load().test();
    float[] pixels = test.pixels().toFloatArray();
    int[] labels = test.labels().toIntArray();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) { // of 1 to 4 images, all at once
      String body = lines(pixels, 4 * i, 1 + i % 4);
      answers.add(client.sendAsync(post(address, body), HttpResponse.BodyHandlers.ofString()));
    }
    int right = 0;
    int all = 0;
    for (int i = 0; i < REQUESTS; i++) {
      HttpResponse<String> answer = answers.get(i).get();
      assertThat(answer.statusCode()).isEqualTo(200);
      List<String> lines = answer.body().lines().toList();
      assertThat(lines).hasSize(1 + i % 4).allMatch(line -> line.matches("\\d,[01]\\.\\d{4}"));
      for (int k = 0; k < lines.size(); k++) {
        right += lines.get(k).startsWith(labels[4 * i + k] + ",") ? 1 : 0;
        all++;
      }
    }
    assertThat((double) right / all).isGreaterThan(0.95); // some were among JAX's training images
    assertThat(
            send(client, HttpRequest.newBuilder(URI.create(address + "/latency")).build()).body())
        .startsWith(REQUESTS + " requests, median ");
    var bad = send(client, post(address, "1,2,3"));
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body()).contains("line 1 has 3 numbers, not 64");
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest post(String address, String body) {
    return HttpRequest.newBuilder(URI.create(address + "/predict"))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static String lines(float[] pixels, int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(
            i ->
                IntStream.range(0, 64)
                    .mapToObj(p -> Float.toString(pixels[64 * i + p]))
                    .collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n"));
  }
}
