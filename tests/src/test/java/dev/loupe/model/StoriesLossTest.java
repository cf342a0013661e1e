package dev.loupe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.Dataset;
import dev.loupe.dataset.given.Text;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.Processing;
import dev.loupe.schema.Binder;
import dev.loupe.schema.yaml.YamlTree;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class StoriesLossTest {
    /** The figure in the model's README: the first 60 stories, stripped, one begin of text each, at most 500 tokens. */
    @Test
    void storiesCostAsManyNatsPerTokenAsTheReferenceSays() {
        Path folder = ModelsAtHand.folder("stories260k");
        Path sample = ModelsAtHand.beside(folder, "data/tinystories-sample.txt");
        String options =
                "{generator: text, file: tinystories-sample.txt, split-on: <|endoftext|>, max-tokens: 500, rows: 60}";
        Text text = (Text)
                Binder.bind(YamlTree.parse(options, "test.yaml"), Dataset.class).value();
        double nats = 0;
        int tokens = 0;
        try (HubTokenizer tokenizer = HubTokenizer.open(folder);
                NDManager manager = Backend.cpu();
                Transformer model = ModelFolder.open(folder).load(EnumSet.noneOf(Processing.class), manager)) {
            TokenRows rows = text.read(new Sources(sample.getParent(), 512, tokenizer));
            assertThat(rows.rows()).isEqualTo(60);
            for (int[] row : rows.tokens()) {
                assertThat(row).startsWith(1);
                try (NDManager scope = manager.newSubManager()) {
                    long[] ids = Arrays.stream(row).asLongStream().toArray();
                    NDArray logits = model.forward(
                                    ForwardRequest.of(scope.create(ids, new Shape(1, ids.length))),
                                    HookVisitor.none(),
                                    scope)
                            .logits();
                    float[] log = logits.logSoftmax(-1).toFloatArray();
                    for (int i = 1; i < ids.length; i++) {
                        nats -= log[(i - 1) * 512 + row[i]];
                        tokens++;
                    }
                }
            }
        }
        assertThat(nats / tokens).isCloseTo(1.295, within(5e-4));
    }
}
