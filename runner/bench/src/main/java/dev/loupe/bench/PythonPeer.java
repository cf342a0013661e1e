package dev.loupe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.failure.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** transformers' forward pass of a model, in a Python process that sleeps between two runs. */
final class PythonPeer implements AutoCloseable {
    private static final String SCRIPT = "/bench/peer_forward.py";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final PeerProcess process;
    private final JsonNode hello;

    private PythonPeer(Path folder, PeerProcess process, JsonNode hello) {
        this.folder = folder;
        this.process = process;
        this.hello = hello;
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
        ObjectNode ask = JSON.createObjectNode();
        Path gguf = gguf(model);
        ask.put(
                "folder",
                String.valueOf(gguf == null ? model : gguf.toAbsolutePath().getParent()));
        ask.put("gguf", gguf == null ? "" : String.valueOf(gguf.getFileName()));
        ask.put("threads", threads);
        ask.put("shown", shown);
        ask.set("tokens", JSON.valueToTree(tokens));
        PeerProcess process = new PeerProcess(python, SCRIPT, work);
        return new PythonPeer(work, process, process.ask(JSON.writeValueAsString(ask)));
    }

    /** The GGUF file that the weights are in; null where there are others. */
    static @org.jspecify.annotations.Nullable Path gguf(Path model) throws IOException {
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
        return PeerProcess.sample(process.ask("run"));
    }

    @Override
    public void close() throws IOException {
        process.close();
        Files.deleteIfExists(folder);
    }
}
