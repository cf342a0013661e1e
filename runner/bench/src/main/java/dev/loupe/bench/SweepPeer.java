package dev.loupe.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.failure.EnvironmentException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Other libraries' sweeps over the same weights and prompts, in one Python process that sleeps between two measurements.
 */
final class SweepPeer implements AutoCloseable {
    static final String LENS = "TransformerLens";
    static final String LAST = "torch hooks for the last logits";
    static final List<String> ALL = List.of(LENS, "nnsight", "torch hooks", LAST);

    /** Those with a forward pass of many tokens; all but the last keep every activation. */
    static final List<String> PASSES = List.of(LENS, "nnsight", "torch hooks", "transformers without a cache");

    private static final String SCRIPT = "/bench/peer_sweeps.py";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PeerProcess process;
    private final String versions;
    private final List<String> asked;
    private final Map<String, String> missing = new LinkedHashMap<>();

    /** What one measurement took, and the mean logit difference of each cell. */
    record Cells(Sample sample, double[] values) {}

    private SweepPeer(PeerProcess process, JsonNode told, List<String> asked) {
        this.process = process;
        this.asked = asked;
        versions = told.path("versions").asText();
        told.path("missing")
                .properties()
                .forEach(e -> missing.put(e.getKey(), e.getValue().asText()));
    }

    /**
     * Starts it and waits until every library has the model and has run once.
     *
     * @param python an interpreter with torch, transformers, transformer-lens and nnsight
     * @param work a folder for the script and its errors
     * @param model the folder of the weights
     * @param against the peers to run; empty for all
     * @throws EnvironmentException where it does not start, fails, or has none of the libraries
     */
    static SweepPeer start(Path python, Path work, Path model, SweepSpec spec, int threads, Set<String> against)
            throws IOException {
        ObjectNode hello = JSON.createObjectNode();
        hello.put("folder", model.toAbsolutePath().toString()).put("threads", threads);
        List<String> asked = names().stream()
                .filter(name -> against.isEmpty() || against.contains(name))
                .toList();
        asked.forEach(hello.putArray("peers")::add);
        ObjectNode data = hello.putObject("data");
        for (String name : List.of(SweepCase.EVERYWHERE, SweepCase.THIRD)) {
            SweepSpec.Prompts prompts = spec.prompts(name);
            ObjectNode part = data.putObject(name);
            part.set("clean", JSON.valueToTree(prompts.clean()));
            part.set("corrupted", JSON.valueToTree(prompts.corrupted()));
            part.set("answer", JSON.valueToTree(prompts.answer()));
            part.set("wrong", JSON.valueToTree(prompts.wrong()));
        }
        PeerProcess process = new PeerProcess(python, SCRIPT, work);
        SweepPeer peer = new SweepPeer(process, process.ask(JSON.writeValueAsString(hello)), asked);
        if (peer.present(asked).isEmpty()) {
            peer.close();
            throw new EnvironmentException("--peer: " + python + " has none of the libraries: "
                    + peer.missing().get(asked.get(0)));
        }
        return peer;
    }

    /** Every peer. */
    static List<String> names() {
        return Stream.concat(ALL.stream(), PASSES.stream()).distinct().toList();
    }

    /** The peers that can run a sweep: hooks on transformers' own modules see only what enters the output projection. */
    static List<String> of(SweepCase sweep) {
        return sweep.site().equals("attn.z") ? ALL : List.of(LENS);
    }

    String versions() {
        return versions;
    }

    /** Peers that the interpreter does not have, and why. */
    Map<String, String> missing() {
        return missing;
    }

    /** Those of some peers that were asked for and that the interpreter has. */
    List<String> present(List<String> some) {
        return some.stream()
                .filter(name -> asked.contains(name) && !missing.containsKey(name))
                .toList();
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
        return new Cells(PeerProcess.sample(answer), values);
    }

    /** One forward pass of many tokens. */
    Sample cache(String peer, int[][] tokens) {
        ObjectNode ask = JSON.createObjectNode().put("peer", peer).put("what", "cache");
        ask.set("tokens", JSON.valueToTree(tokens));
        return PeerProcess.sample(told(ask));
    }

    private JsonNode told(ObjectNode ask) {
        return process.ask(ask.toString());
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
