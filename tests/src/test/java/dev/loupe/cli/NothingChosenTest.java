package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A choice by a result that finds nothing makes what uses it undefined, and discards nothing else. */
class NothingChosenTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private ExitCode run(String... words) {
        WatchedOutput sink = new WatchedOutput(out);
        Terminal terminal = new Terminal(
                new PrintStream(sink, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                sink,
                false,
                false,
                false,
                100);
        return new Main(new Session(terminal, Progress.silent(), new StopSignal(), Map.of()), Commands.all())
                .run(List.of(words));
    }

    @Test
    void whatIsNotFoundIsUndefinedWithTheReason() throws IOException {
        Path spec = Files.writeString(folder.resolve("a.yaml"), """
                loupe: 1
                title: Nothing is found
                model: {plant: control}
                dataset: {generator: tokens, ids: [[1, 4, 6], [2, 4, 6]], corrupted: [[2, 4, 6], [1, 4, 6]],
                          answer: [7, 8], wrong: [8, 7]}
                intervention:
                  ablated: {ablate: attn.z, heads-from: {by: scores.PREV, above: 2}}
                  patched: {patch: attn.z, heads-from: {by: scores.PREV, below: -2}, from: clean}
                  received: {path-patch: attn.z, over: [layer, head], to-heads-from: {by: scores.PREV, above: 2}, from: clean}
                  sent: {path-patch: attn.z, heads-from: {by: scores.PREV, above: 2}, to: logits, from: clean}
                  held: {freeze: attn.z, heads-from: {by: scores.PREV, above: 2}}
                  edges: {patch-edges: [], edges-from: {by: eap, above: 1000000}, from: clean}
                  chained: {ablate: attn.z, heads-from: {by: received, above: 0}}
                  all: {ablate: attn.z, heads-from: {by: scores.PREV, best: 500}}
                metric: logit-difference
                measure:
                  scores: {head-scores: [PREV]}
                  eap: {edge-attribution: EAP, from: clean, read: default}
                  ablated: {apply: ablated, read: default}
                  patched: {apply: patched, read: default, as: recovery}
                  received: {apply: received, read: default, chance: {shuffled-tokens: {times: 3, seed: 1}}}
                  sent: {apply: sent, read: default}
                  held: {apply: held, read: default}
                  edges: {apply: edges, read: default}
                  pruned: {prune-edges: 0.1, edges-from: {by: eap, above: 1000000}}
                  chained: {apply: chained, read: default}
                  all: {apply: all, read: default}
                  whole: {evaluate: default}
                claims:
                  - {say: undefined, that: {value: ablated}, above: -1000}
                  - {say: undefined too, that: {difference: [{value: whole}, {value: ablated}]}, above: -1000}
                  - {say: of its null, that: {chance: received}, above: -1000}
                  - {say: counted, that: {count: received, above: 0}, below: 1000}
                  - {say: defined, that: {value: whole}, above: -1000}
                report: {answer: "{{value(ablated)}}, {{top(received, 2)}}, {{value(all)}}"}
                """);
        ExitCode code =
                run("run", spec.toString(), "--out", folder.resolve("runs").toString());
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.CLAIM_UNDECIDED);
        JsonNode results = new ObjectMapper()
                .readTree(folder.resolve("runs/a/results.json").toFile());
        String head = "no head of planted control passes `scores.PREV` above 2.0";
        Map<String, String> reasons = Map.of(
                "ablated",
                head,
                "patched",
                "no head of planted control passes `scores.PREV` below -2.0",
                "received",
                head,
                "sent",
                head,
                "held",
                head,
                "edges",
                "no edge of planted control passes `eap` with a magnitude above 1000000.0",
                "pruned",
                "no edge of planted control passes `eap` with a magnitude above 1000000.0",
                "chained",
                "no head of planted control passes `received` above 0.0");
        // Lines are wrapped at the terminal's width.
        String said = out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
        reasons.forEach((name, reason) -> {
            assertThat(results.findValuesAsText("undefined")).as(name).contains(reason);
            assertThat(said)
                    .containsPattern("NOTE [^:]*\\b" + name + "\\b[^:]* (is|are) undefined: " + Pattern.quote(reason));
        });
        assertThat(said).doesNotContain("all is undefined", "whole is undefined");
        Map<String, String> verdicts = new LinkedHashMap<>();
        results.findParents("say")
                .forEach(claim -> verdicts.put(
                        claim.path("say").asText(), claim.path("verdict").asText()));
        assertThat(verdicts)
                .isEqualTo(Map.of(
                        "undefined", "undecided",
                        "undefined too", "undecided",
                        "of its null", "undecided",
                        "counted", "undecided",
                        "defined", "holds"));
        assertThat(results.findParents("say").get(0).path("because").asText()).contains(head);
        assertThat(Files.readString(folder.resolve("runs/a/report.html")))
                .contains("no edge of planted control passes", "with a magnitude above 1000000.0");
    }

    /** A layer that no model has is no choice that finds nothing. */
    @Test
    void aLayerThatIsNotThereIsRefusedBeforeTheRun() throws IOException {
        Path spec = Files.writeString(folder.resolve("b.yaml"), """
                loupe: 1
                model: {plant: heads}
                dataset: {generator: repeated-tokens, period: 4..7, length: 16, rows: 8, seed: 1}
                intervention: {ablate: attn.z, heads-from: {by: scores.IND, best: 1, layer: 7}}
                metric: loss
                measure: {scores: {head-scores: [IND]}, off: {apply: default, read: default}}
                """);
        assertThat(run("validate", spec.toString())).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("b.yaml:4:77 error[cannot-measure] there is no layer 7: the model has 0 to 1");
    }
}
