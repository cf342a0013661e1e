package dev.loupe.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.tensors.PythonJson;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * transformers' forward pass of a model, in a Python process that sleeps between two runs. What it writes on standard error
 * goes to a file that is shown where it fails.
 */
final class PythonPeer implements AutoCloseable {
    private static final String SCRIPT = "/bench/peer_forward.py";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;
    private final JsonNode hello;

    private PythonPeer(Path folder, Process process, ObjectNode ask) throws IOException {
        this.folder = folder;
        this.process = process;
        to = process.outputWriter(StandardCharsets.UTF_8);
        from = process.inputReader(StandardCharsets.UTF_8);
        hello = ask(JSON.writeValueAsString(ask));
    }

    /**
     * Starts it and waits until it has loaded the model and run once.
     *
     * @param python an interpreter that has torch and transformers (and gguf, for a GGUF file)
     * @param model a folder in hub layout, or a GGUF file
     * @param shown logits of so many ids at each row's last position are told
     * @throws EnvironmentException where it does not start or fails
     */
    static PythonPeer start(Path python, Path model, int[][] tokens, int threads, int shown) throws IOException {
        Path work = Files.createTempDirectory("loupe-bench");
        Path script = work.resolve("peer.py");
        try (InputStream in = PythonPeer.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + SCRIPT);
            }
            Files.copy(in, script);
        }
        ObjectNode ask = JSON.createObjectNode();
        Path gguf = gguf(model);
        ask.put(
                "folder",
                String.valueOf(gguf == null ? model : gguf.toAbsolutePath().getParent()));
        ask.put("gguf", gguf == null ? "" : String.valueOf(gguf.getFileName()));
        ask.put("threads", threads);
        ask.put("shown", shown);
        ask.set("tokens", JSON.valueToTree(tokens));
        try {
            Process process = new ProcessBuilder(python.toString(), script.toString())
                    .redirectError(work.resolve("stderr").toFile())
                    .start();
            return new PythonPeer(work, process, ask);
        } catch (IOException e) {
            throw new EnvironmentException("--peer: " + python + " cannot be started: " + Reason.of(e), e);
        }
    }

    /** The GGUF file that the weights are in; null where there are others. */
    private static @org.jspecify.annotations.Nullable Path gguf(Path model) throws IOException {
        if (Files.isRegularFile(model)) {
            return model;
        }
        try (var files = Files.list(model)) {
            List<Path> all = files.sorted().toList();
            boolean others = all.stream().anyMatch(p -> p.toString().matches(".*\\.(safetensors|bin)"));
            return others
                    ? null
                    : all.stream()
                            .filter(p -> p.toString().endsWith(".gguf"))
                            .findFirst()
                            .orElse(null);
        }
    }

    String versions() {
        return hello.path("versions").asText();
    }

    /** Its logits at the last position of each row, row after row. */
    List<Float> logits() {
        List<Float> out = new ArrayList<>();
        hello.path("logits").forEach(v -> out.add((float) v.asDouble()));
        return out;
    }

    /** One forward pass. */
    Sample run() {
        try {
            JsonNode took = ask("run");
            return new Sample(
                    took.path("wall").asDouble(Double.NaN), took.path("cpu").asDouble(Double.NaN));
        } catch (IOException e) {
            throw new EnvironmentException("the peer process stopped: " + Reason.of(e), e);
        }
    }

    private JsonNode ask(String line) throws IOException {
        try {
            to.write(line + "\n");
            to.flush();
            String answer = from.readLine();
            if (answer != null) {
                return JSON.readTree(answer);
            }
        } catch (JsonProcessingException e) {
            throw new EnvironmentException("the peer's answer " + PythonJson.said(e), e);
        } catch (IOException e) {
            // A pipe breaks when the other side has ended; why it did stands in its error output.
        }
        String all = Files.readString(folder.resolve("stderr"), StandardCharsets.UTF_8);
        String end = all.substring(Math.max(0, all.length() - 2000)).strip();
        throw new EnvironmentException("the peer process ended; the end of its output:\n" + end);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        for (String name : List.of("peer.py", "stderr")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(folder);
    }
}
