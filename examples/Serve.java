import static dev.jacobi.numpy.Jnp.*;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jacobi.*;
import dev.jacobi.export.Export;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.*;
import java.util.concurrent.*;

/**
 * Serves a model that was trained in JAX and exported for any number of images (see
 * python/train_served.py). POST /predict takes one image a line, 64 numbers from 0 to 1 separated
 * by commas, and answers with a digit and its probability a line; GET /latency tells how long
 * requests took. Requests that wait while the model works are answered together. Arguments: the
 * port (default 8080, 0 for any free one) and the model's file.
 */
public final class Serve {
  static final int PIXELS = 64;
  static final int BATCH = 32; // images at most
  static final Deque<Long> LATENCIES = new ConcurrentLinkedDeque<>(); // microseconds
  static final BlockingQueue<Request> QUEUE = new LinkedBlockingQueue<>();

  // begin model
  record Prediction(Array digit, Array probability) {}

  static Fn1<Array, Prediction> load(Path file) throws IOException {
    return Export.read(file).fn1(Prediction.class);
  }

  // end model

  /** Some images and who waits for the answer. */
  record Request(float[] pixels, CompletableFuture<String> answer) {
    int images() {
      return pixels.length / PIXELS;
    }
  }

  public static void main(String[] args) throws Exception {
    var examples = Path.of(System.getProperty("jacobi.home", "."), "examples");
    var port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
    var file = args.length > 1 ? Path.of(args[1]) : examples.resolve("models/digits.jaxexport");
    var model = load(file);
    for (int images = 1; images <= BATCH; images *= 2) { // one program for each size
      long start = System.nanoTime();
      predict(model, new float[images * PIXELS]);
      long first = System.nanoTime();
      predict(model, new float[images * PIXELS]);
      System.out.printf(
          "warm-up: %d images, first call %.1f ms, then %.1f us%n",
          images, (first - start) / 1e6, (System.nanoTime() - first) / 1e3);
    }
    Thread.ofPlatform().daemon().start(() -> work(model));
    var server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/predict", exchange -> respond(exchange, () -> answer(exchange)));
    server.createContext("/latency", exchange -> respond(exchange, Serve::latency));
    server.start();
    System.out.println("listening on http://localhost:" + server.getAddress().getPort());
  }

  /** Takes what waits, up to a batch, and answers it with one call of the model. */
  static void work(Fn1<Array, Prediction> model) {
    var batch = new ArrayList<Request>();
    while (true) {
      try {
        batch.add(QUEUE.take());
      } catch (InterruptedException e) {
        return;
      }
      int images = batch.getFirst().images();
      while (QUEUE.peek() != null && images + QUEUE.peek().images() <= BATCH) {
        batch.add(QUEUE.remove());
        images += batch.getLast().images();
      }
      int size = Math.max(1, Integer.highestOneBit(2 * images - 1)); // the next power of two
      var pixels = new float[size * PIXELS];
      int at = 0;
      for (var request : batch) {
        System.arraycopy(request.pixels, 0, pixels, at * PIXELS, request.pixels.length);
        at += request.images();
      }
      try {
        var lines = predict(model, pixels);
        for (var request : batch) {
          request.answer.complete(String.join("", lines.subList(0, request.images())));
          lines = lines.subList(request.images(), lines.size());
        }
      } catch (RuntimeException e) {
        batch.forEach(request -> request.answer.completeExceptionally(e));
      }
      batch.clear();
    }
  }

  static List<String> predict(Fn1<Array, Prediction> model, float[] pixels) {
    var prediction = model.apply(array(pixels).reshape(pixels.length / PIXELS, PIXELS));
    var digits = prediction.digit.toIntArray();
    var probabilities = prediction.probability.toFloatArray();
    var lines = new ArrayList<String>();
    for (int i = 0; i < digits.length; i++) {
      lines.add(String.format(Locale.ROOT, "%d,%.4f%n", digits[i], probabilities[i]));
    }
    return lines;
  }

  static String answer(HttpExchange exchange) throws Exception {
    long start = System.nanoTime();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var images = body.lines().filter(line -> !line.isBlank()).map(line -> line.split(",")).toList();
    if (images.isEmpty() || images.size() > BATCH) {
      throw new IllegalArgumentException("send 1 to " + BATCH + " images, not " + images.size());
    }
    var pixels = new float[images.size() * PIXELS];
    for (int i = 0; i < images.size(); i++) {
      var numbers = images.get(i);
      if (numbers.length != PIXELS) {
        throw new IllegalArgumentException(
            "line " + (i + 1) + " has " + numbers.length + " numbers, not " + PIXELS);
      }
      for (int p = 0; p < PIXELS; p++) {
        pixels[i * PIXELS + p] = number(numbers[p]);
      }
    }
    var request = new Request(pixels, new CompletableFuture<>());
    QUEUE.add(request);
    var answer = request.answer.get();
    LATENCIES.add((System.nanoTime() - start) / 1000);
    while (LATENCIES.size() > 10_000) {
      LATENCIES.poll();
    }
    return answer;
  }

  static float number(String text) {
    try {
      return Float.parseFloat(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no number", e);
    }
  }

  static String latency() {
    var sorted = LATENCIES.stream().sorted().toList();
    int n = sorted.size();
    return n == 0
        ? "no requests yet\n"
        : "%d requests, median %d us, 99%% within %d us, longest %d us%n"
            .formatted(n, sorted.get(n / 2), sorted.get(n * 99 / 100), sorted.getLast());
  }

  static void respond(HttpExchange exchange, Callable<String> make) throws IOException {
    int code = 200;
    String text;
    try {
      text = make.call();
    } catch (IllegalArgumentException e) {
      code = 400;
      text = e.getMessage() + "\n";
    } catch (Exception e) {
      code = 500;
      text = e + "\n";
    }
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(code, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
