package dev.loupe.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A headless Chromium, driven over the DevTools protocol. It keeps every complaint and every request of a page. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger serial = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    /** Where Chromium is, if anywhere: CHROMIUM, or the usual names on the PATH. */
    static Optional<Path> find() {
        List<String> candidates = new ArrayList<>();
        Optional.ofNullable(System.getenv("CHROMIUM")).ifPresent(candidates::add);
        for (String folder :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")) {
            for (String name : List.of("chromium", "chromium-browser", "google-chrome", "chrome")) {
                candidates.add(folder + "/" + name);
            }
        }
        return candidates.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    Browser(Path chromium) throws Exception {
        profile = Files.createTempDirectory("loupe-chromium");
        process = new ProcessBuilder(
                        chromium.toString(),
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
        Path port = profile.resolve("DevToolsActivePort");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(port) && Files.size(port) > 3);
        String number = Files.readAllLines(port).get(0);
        HttpClient http = HttpClient.newHttpClient();
        JsonNode pages = JSON.readTree(http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + number + "/json/list"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        String address = null;
        for (JsonNode page : pages) {
            if (page.path("type").asText().equals("page")) {
                address = page.path("webSocketDebuggerUrl").asText();
            }
        }
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(String.valueOf(address)), new Listener())
                .get(30, TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Log", "Network", "Security")) {
            call(domain + ".enable", Map.of());
        }
    }

    JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        int id = serial.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        socket.sendText(message.toString(), true).get(30, TimeUnit.SECONDS);
        JsonNode reply = answer.get(60, TimeUnit.SECONDS);
        if (reply.has("error")) {
            throw new IOException(method + ": " + reply.get("error"));
        }
        return reply.path("result");
    }

    /** Opens a page from disk and waits until its script, where it has one, is done. */
    void open(Path file, String hash, int width, int height, boolean dark, boolean scripts) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        call("Emulation.setScriptExecutionDisabled", Map.of("value", !scripts));
        call("Page.navigate", Map.of("url", "about:blank"));
        until("location.href === 'about:blank' && document.readyState === 'complete'");
        events.clear();
        call("Page.navigate", Map.of("url", file.toUri() + hash));
        until("location.protocol === 'file:' && document.readyState === 'complete'"
                + (scripts ? " && document.documentElement.dataset.ready === 'true'" : ""));
    }

    void until(String condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> evaluate(condition).asBoolean());
    }

    JsonNode evaluate(String script) throws Exception {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(script + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Console errors and warnings, uncaught exceptions and violations of the security policy. */
    List<String> complaints() {
        List<String> found = new ArrayList<>();
        for (JsonNode event : events) {
            JsonNode params = event.path("params");
            switch (event.path("method").asText()) {
                case "Runtime.exceptionThrown" -> found.add(params.toString());
                case "Runtime.consoleAPICalled" -> found.add(params.path("type").asText() + ": " + params.path("args"));
                case "Log.entryAdded" ->
                    found.add(params.path("entry").path("text").asText());
                default -> {}
            }
        }
        return found;
    }

    /** Every address that the page asked for, but its own file and pictures inside it. */
    List<String> requests() {
        return events.stream()
                .filter(e -> e.path("method").asText().equals("Network.requestWillBeSent"))
                .map(e -> e.path("params").path("request").path("url").asText())
                .filter(url -> !url.startsWith("data:"))
                .toList();
    }

    void press(String key) throws Exception {
        call("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "code", key));
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key));
    }

    void screenshot(Path png, double y, int width, int height) throws Exception {
        JsonNode shot = call(
                "Page.captureScreenshot",
                Map.of(
                        "format",
                        "png",
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of("x", 0, "y", y, "width", width, "height", height, "scale", 1)));
        Files.write(png, Base64.getDecoder().decode(shot.path("data").asText()));
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (java.io.UncheckedIOException e) {
            // A process that is still ending may remove files beneath the walk; the folder is temporary anyway.
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
                    if (message.has("id")) {
                        CompletableFuture<JsonNode> answer =
                                answers.remove(message.path("id").asInt());
                        if (answer != null) {
                            answer.complete(message);
                        }
                    } else {
                        events.add(message);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
