package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small language model of one's own, as the manual says: a card, a text and a tokenizer, and an honest comparison. */
class OwnLanguageModelTest {
    private static final String CARD = """
            card: trained
            title: Two layers on sentences
            tokenizer: bytes
            architecture:
              transformer: {n_layers: 2, d_model: 48, n_heads: 2, n_ctx: 33, d_vocab: 257, act_fn: gelu}
            recipe:
              data: {generator: text, file: text.txt, split-on: "|", window: 32, split: {part: train, train: 0.8}}
              batch: 8
              steps: 200
              optimizer: {kind: adamw, learning-rate: 6.0e-3}
              clip: 1
              seeds: [0]
            """;

    private static final String SPEC = """
            loupe: 1
            model:
              own: {card: mine, seeds: [0]}
              counts: {ngram: train, order: 3, like: own}
              untrained: {reinitialise: own, seeds: 0}
            dataset:
              train: {generator: text, file: mine/text.txt, split-on: "|", window: 32, split: {part: train, train: 0.8}}
              new: {generator: text, file: mine/text.txt, split-on: "|", window: 32, split: {part: test, train: 0.8}}
            metric: {nats: loss}
            measure:
              own: {evaluate: nats, dataset: new, model: own}
              counts: {evaluate: nats, dataset: new, model: counts}
              untrained: {evaluate: nats, dataset: new, model: untrained}
            claims:
              - {say: better than counts, that: {difference: [{value: counts}, {value: own}]}, above: 0}
              - {say: "untrained it knows nothing: as good as one of 257 at random", that: {value: untrained}, above: 5.4, below: 6.6}
            """;

    @TempDir
    Path folder;

    /** 600 documents: what is carried returns in the second sentence, farther away than three tokens. */
    private static String text() {
        List<String> documents = new ArrayList<>();
        for (String who : List.of("Anna", "Ben", "Cora", "Dan", "Eva")) {
            for (String what : List.of("kite", "ball", "book", "drum", "boat", "bell")) {
                for (String where : List.of("park", "lake", "shop", "hill", "barn")) {
                    for (String how : List.of("red", "new", "old", "big")) {
                        documents.add(
                                who + " took a " + what + " to the " + where + ". The " + what + " was " + how + ".");
                    }
                }
            }
        }
        return String.join("|", documents);
    }

    private Spoken loupe(String... words) {
        return Spoken.with(100, Map.of("LOUPE_CACHE", folder.resolve("cache").toString()), words);
    }

    private Path spec() throws IOException {
        Files.createDirectories(folder.resolve("mine"));
        Files.writeString(folder.resolve("mine/card.yaml"), CARD);
        Files.writeString(folder.resolve("mine/text.txt"), text());
        return Files.writeString(folder.resolve("learned.yaml"), SPEC);
    }

    @Test
    void itIsTrainedFromItsTextAndBeatsCountsOnNewDocuments() throws IOException {
        String spec = spec().toString();
        String models = folder.toString();
        Spoken run = loupe(
                "run", spec, "--models", models, "--out", folder.resolve("out").toString());
        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.CLAIMS_HOLD);

        Spoken rows = loupe("rows", spec, "--models", models, "--rows", "1");
        assertThat(rows.out()).contains("<|endoftext|>").contains("A|n|n|a");

        Spoken trained = loupe("train", folder.resolve("mine/card.yaml").toString(), "--models", models);
        assertThat(trained.exit()).as(trained.err()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(trained.out()).contains("all loss");
    }
}
