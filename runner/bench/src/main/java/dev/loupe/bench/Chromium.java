package dev.loupe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven over the DevTools protocol; its profile is removed at the end. */
public final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECONDS = 60;
    private static final long POLL_MILLIS = 20;

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final Consumer<JsonNode> events;
    private final AtomicInteger serial = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

    /** Where Chromium is, if anywhere: what CHROMIUM names, or the usual names on the PATH. */
    public static Optional<Path> find(Map<String, String> environment) {
        List<String> candidates = new ArrayList<>();
        Optional.ofNullable(environment.get("CHROMIUM")).ifPresent(candidates::add);
        for (String folder : environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)) {
            for (String name : List.of("chromium", "chromium-browser", "google-chrome", "chrome")) {
                candidates.add(folder + "/" + name);
            }
        }
        return candidates.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /**
     * Starts a browser.
     *
     * @param events told of what happens in it, of the domains that {@link #call} enables
     * @throws EnvironmentException where it does not answer
     */
    public Chromium(Path program, Consumer<JsonNode> events) throws IOException {
        this.events = events;
        profile = Files.createTempDirectory("loupe-chromium");
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log.txt").toFile())
                .start();
        try {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(address()), new Listener())
                    .get(SECONDS, TimeUnit.SECONDS);
            call("Page.enable", Map.of());
        } catch (IOException | RuntimeException | InterruptedException | ExecutionException | TimeoutException e) {
            end();
            throw new EnvironmentException(program + " does not answer: " + Reason.of(e), e);
        }
    }

    /** Where its page listens, as soon as it says so. */
    private String address() throws IOException, InterruptedException {
        Path port = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!Files.exists(port) || Files.size(port) < 4) {
            if (System.nanoTime() > end || process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("it ended or is too slow");
            }
        }
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list");
        String pages = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        for (JsonNode page : JSON.readTree(pages)) {
            if (page.path("type").asText().equals("page")) {
                return page.path("webSocketDebuggerUrl").asText();
            }
        }
        throw new IOException("it has no page");
    }

    /**
     * Calls a method of the protocol and waits for its result.
     *
     * @throws EnvironmentException where the browser refuses it or does not answer
     */
    public JsonNode call(String method, Map<String, ?> parameters) {
        int id = serial.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        JsonNode reply;
        try {
            socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
            reply = answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new EnvironmentException(method + ": Chromium does not answer: " + Reason.of(e), e);
        }
        if (reply.has("error")) {
            throw new EnvironmentException(method + ": " + reply.get("error"));
        }
        return reply.path("result");
    }

    /** The value of an expression on the page; of a promise, what it comes to. */
    public JsonNode evaluate(String script) {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new EnvironmentException(script + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        end();
    }

    private void end() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // A process that is still ending may remove or write files meanwhile; the folder is temporary anyway.
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    JsonNode message = JSON.readTree(text.toString());
                    CompletableFuture<JsonNode> answer =
                            answers.remove(message.path("id").asInt());
                    if (answer != null) {
                        answer.complete(message);
                    } else if (!message.has("id")) {
                        events.accept(message);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }
}
