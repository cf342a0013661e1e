package dev.loupe.model.forward;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.dictionary.Dictionary;
import dev.loupe.model.dictionary.DictionaryFolder;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.weights.ModelFiles;
import dev.loupe.resolve.Specs;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A dictionary in the forward pass, with what a visitor makes of its features. */
class SplicesTest {
    private static final Path RESOURCES = Specs.HOME.resolve("tests/src/test/resources");
    private static final HookPoint FEATURES = HookPoint.of(Site.FEATURES, 1);
    private static final HookPoint PRE = HookPoint.of(Site.RESID_PRE, 1);

    /** Sees what it asks for, and puts what it makes of some values in their place. */
    private static final class Visitor implements HookVisitor {
        private final Map<HookPoint, UnaryOperator<NDArray>> edits = new HashMap<>();
        private final Map<HookPoint, float[]> seen = new HashMap<>();

        Visitor with(HookPoint point, UnaryOperator<NDArray> edit) {
            edits.put(point, edit);
            return this;
        }

        @Override
        public boolean wants(HookPoint point) {
            return edits.containsKey(point);
        }

        @Override
        public NDArray visit(HookPoint point, NDArray value) {
            NDArray out = java.util.Objects.requireNonNull(edits.get(point)).apply(value);
            seen.put(point, out.toFloatArray());
            return out;
        }

        @Override
        public void replaced(HookPoint point, NDArray value) {
            seen.put(point, value.toFloatArray());
        }
    }

    private interface Check {
        void on(Transformer model, NDArray tokens, NDManager manager);
    }

    private static void withDictionary(Check check) {
        try (NDManager manager = Backend.cpu()) {
            ModelFolder folder = ModelFolder.open(ModelFiles.in(RESOURCES.resolve("parity/gpt2")));
            TransformerConfig config = folder.config();
            Dictionary dictionary = DictionaryFolder.open(RESOURCES.resolve("dictionaries/gpt2/resid"))
                    .load(manager);
            try (Transformer model =
                    new Transformer(Parameters.of(config, folder.weights(), manager), List.of(dictionary))) {
                check.on(model, manager.create(new long[] {5, 17, 3, 44, 8, 60, 2, 9}, new Shape(2, 4)), manager);
            }
        }
    }

    private static float[] logits(Transformer model, NDArray tokens, HookVisitor visitor, NDManager manager) {
        return model.forward(ForwardRequest.of(tokens), visitor, manager)
                .logits()
                .toFloatArray();
    }

    @Test
    void featuresThatAreWrittenAsTheyWereChangeNotABit() {
        withDictionary((model, tokens, manager) -> {
            float[] plain = logits(model, tokens, HookVisitor.none(), manager);
            Visitor copies = new Visitor()
                    .with(FEATURES, NDArray::duplicate)
                    .with(HookPoint.of(Site.DICTIONARY_ERROR, 1), NDArray::duplicate);
            assertThat(logits(model, tokens, copies, manager)).containsExactly(plain);
            Visitor reads = new Visitor().with(FEATURES, value -> value);
            assertThat(logits(model, tokens, reads, manager)).containsExactly(plain);
        });
    }

    @Test
    void whatReadsTheHookPointSeesItAfterTheEditOfFeatures() {
        withDictionary((model, tokens, manager) -> {
            Visitor before = new Visitor().with(PRE, value -> value);
            float[] plain = logits(model, tokens, before, manager);
            Visitor edits = new Visitor().with(PRE, value -> value).with(FEATURES, value -> value.mul(2));
            float[] edited = logits(model, tokens, edits, manager);
            assertThat(edited).isNotEqualTo(plain);
            float[] seen = java.util.Objects.requireNonNull(edits.seen.get(PRE));
            assertThat(seen).isNotEqualTo(before.seen.get(PRE));
            // What was seen is what the rest of the model read.
            NDArray residual = manager.create(seen, new Shape(2, 4, 32));
            assertThat(model.forward(ForwardRequest.resume(residual, 1), HookVisitor.none(), manager)
                            .logits()
                            .toFloatArray())
                    .containsExactly(edited);
        });
    }

    /** Features are of what was written into the hook point. */
    @Test
    void anEditOfTheHookPointComesBeforeItsFeatures() {
        withDictionary((model, tokens, manager) -> {
            Visitor plain = new Visitor().with(FEATURES, value -> value);
            logits(model, tokens, plain, manager);
            Visitor zeros = new Visitor().with(PRE, NDArray::zerosLike).with(FEATURES, value -> value);
            logits(model, tokens, zeros, manager);
            NDArray none = manager.zeros(new Shape(2, 4, 32));
            assertThat(zeros.seen.get(FEATURES))
                    .isNotEqualTo(plain.seen.get(FEATURES))
                    .containsExactly(
                            model.dictionaries().get(0).code(none).features().toFloatArray());
        });
    }

    @Test
    void nothingIsComputedThatNobodyWants() {
        withDictionary((model, tokens, manager) -> {
            HookVisitor none = HookVisitor.none();
            assertThat(Splices.of(model.dictionaries(), none)).isSameAs(none);
        });
    }
}
