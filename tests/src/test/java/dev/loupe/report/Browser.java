package dev.loupe.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.bench.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A headless Chromium, driven over the DevTools protocol. It keeps every complaint and every request of a page. */
final class Browser implements AutoCloseable {
    private final Chromium chromium;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    /** Where Chromium is, if anywhere: CHROMIUM, or the usual names on the PATH. */
    static Optional<Path> find() {
        return Chromium.find(System.getenv());
    }

    Browser(Path program) throws Exception {
        chromium = new Chromium(program, events::add);
        for (String domain : List.of("Runtime", "Log", "Network", "Security")) {
            call(domain + ".enable", Map.of());
        }
    }

    JsonNode call(String method, Map<String, ?> parameters) {
        return chromium.call(method, parameters);
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

    JsonNode evaluate(String script) {
        return chromium.evaluate(script);
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
    public void close() throws IOException {
        chromium.close();
    }
}
