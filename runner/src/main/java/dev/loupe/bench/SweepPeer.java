package dev.loupe.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.failure.Reason;
import dev.loupe.failure.SurroundingsException;
import dev.loupe.tensors.PythonJson;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Other libraries' sweeps over the same weights and prompts, in one Python process that sleeps between two measurements. What
 * it writes on standard error goes to a file that is shown where it fails.
 */
final class SweepPeer implements AutoCloseable {
    static final String LENS = "TransformerLens";
    static final String LAST = "torch hooks, last logits";
    static final List<String> ALL = List.of(LENS, "nnsight", "torch hooks", LAST);

    private static final String SCRIPT = "/bench/peer_sweeps.py";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path errors;
    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;
    private final String versions;

    /** What one measurement took, and the mean logit difference of each cell. */
    record Cells(Sample sample, double[] values) {}

    private SweepPeer(Path errors, Process process, ObjectNode hello) throws IOException {
        this.errors = errors;
        this.process = process;
        to = process.outputWriter(StandardCharsets.UTF_8);
        from = process.inputReader(StandardCharsets.UTF_8);
        versions = ask(hello).path("versions").asText();
    }

    /**
     * Starts it and waits until every library has the model and has run once.
     *
     * @param python an interpreter with torch, transformers, transformer-lens and nnsight
     * @param work a folder for the script and its errors
     * @param model the folder of the weights
     * @throws SurroundingsException where it does not start or fails
     */
    static SweepPeer start(Path python, Path work, Path model, SweepSpec spec, int threads) throws IOException {
        Path script = work.resolve("peer.py");
        try (InputStream in = SweepPeer.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + SCRIPT);
            }
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        ObjectNode hello = JSON.createObjectNode();
        hello.put("folder", model.toAbsolutePath().toString()).put("threads", threads);
        ALL.forEach(hello.putArray("peers")::add);
        ObjectNode data = hello.putObject("data");
        for (String name : List.of(SweepCase.EVERYWHERE, SweepCase.THIRD)) {
            SweepSpec.Prompts prompts = spec.prompts(name);
            ObjectNode part = data.putObject(name);
            part.set("clean", JSON.valueToTree(prompts.clean()));
            part.set("corrupted", JSON.valueToTree(prompts.corrupted()));
            part.set("answer", JSON.valueToTree(prompts.answer()));
            part.set("wrong", JSON.valueToTree(prompts.wrong()));
        }
        Path errors = work.resolve("peer.err");
        try {
            Process process = new ProcessBuilder(python.toString(), script.toString())
                    .redirectError(errors.toFile())
                    .start();
            return new SweepPeer(errors, process, hello);
        } catch (IOException e) {
            throw new SurroundingsException("--peer: " + python + " does not start: " + Reason.of(e), e);
        }
    }

    String versions() {
        return versions;
    }

    /** The first heads of a layer, one cell each; of a sweep over positions at the last one. */
    Cells cells(String peer, SweepCase sweep, int layer, int heads, int length) {
        ObjectNode ask = JSON.createObjectNode();
        ask.put("peer", peer).put("what", "cells").put("rows", sweep.rows()).put("layer", layer);
        ask.put("site", sweep.site().substring("attn.".length())).put("cells", heads);
        if (sweep.positions()) {
            ask.put("pos", length - 1);
        }
        JsonNode answer = told(ask);
        double[] values = new double[answer.path("values").size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = answer.path("values").get(i).asDouble();
        }
        return new Cells(sample(answer), values);
    }

    /** A forward pass that keeps every activation. */
    Sample cache(String peer, int[][] tokens) {
        ObjectNode ask = JSON.createObjectNode().put("peer", peer).put("what", "cache");
        ask.set("tokens", JSON.valueToTree(tokens));
        return sample(told(ask));
    }

    private static Sample sample(JsonNode answer) {
        return new Sample(
                answer.path("wall").asDouble(Double.NaN), answer.path("cpu").asDouble(Double.NaN));
    }

    private JsonNode told(ObjectNode ask) {
        try {
            return ask(ask);
        } catch (IOException e) {
            throw new SurroundingsException("the peer stopped: " + Reason.of(e), e);
        }
    }

    private JsonNode ask(ObjectNode line) throws IOException {
        try {
            to.write(JSON.writeValueAsString(line) + "\n");
            to.flush();
            String answer = from.readLine();
            if (answer != null) {
                return JSON.readTree(answer);
            }
        } catch (JsonProcessingException e) {
            throw new SurroundingsException("the peer's answer " + PythonJson.said(e), e);
        } catch (IOException e) {
            // A pipe breaks when the other side has ended; why it did stands in its error output.
        }
        String all = Files.readString(errors, StandardCharsets.UTF_8);
        throw new SurroundingsException("the peer ended; the end of what it said:\n"
                + all.substring(Math.max(0, all.length() - 2000)).strip());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
