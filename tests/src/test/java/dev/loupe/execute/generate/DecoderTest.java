package dev.loupe.execute.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.intervention.Intervention;
import dev.loupe.model.ModelsAtHand;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.Processing;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.TextEdits;
import dev.loupe.schema.Binder;
import dev.loupe.schema.yaml.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that grow: what is kept of earlier positions stands for them, with edits and without. */
public class DecoderTest {
    private static final List<String> EDITS = List.of(
            "{ablate: attn.z, heads: [L0H1, L1H0]}",
            "{ablate: attn.z, heads: [L1H1], with: {mean: {of: '1 2 3 4', per: all}}}",
            "{steer: resid_pre, toward: '5 6 7', away: '1 2', layer: 1, by: 3}",
            "{steer: mlp_out, toward: '5 6 7', away: '1 2', layer: 0, mode: project-out}");

    /** Learned positions, rotary ones of both kinds with grouped queries, local windows. */
    static Stream<Arguments> families() {
        return Stream.of("gpt2", "gpt-neox", "llama-gqa", "gpt-neo-local", "opt")
                .flatMap(name -> Stream.of(List.<String>of(), List.of(EDITS.get(0)), EDITS.subList(1, 4))
                        .map(edits -> Arguments.of(name, edits)));
    }

    private static Path fixture(String name) {
        return Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity", name);
    }

    private static Transformer load(Path folder, NDManager manager) {
        return ModelFolder.open(folder).load(EnumSet.noneOf(Processing.class), manager);
    }

    public static TextEdits edits(Transformer model, List<String> yaml) {
        List<Intervention> all = yaml.stream()
                .map(text -> Binder.bind(YamlTree.parse(text, "--edit"), Intervention.class)
                        .value())
                .toList();
        return TextEdits.of(all, model.config());
    }

    /** Texts of numbers: each is an id. */
    public static int[] numbers(String text) {
        return Stream.of(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    @ParameterizedTest
    @MethodSource("families")
    void cachedAndUncachedLogitsAgree(String name, List<String> yaml) {
        try (NDManager manager = Backend.cpu();
                Transformer model = load(fixture(name), manager)) {
            TextEdits edits = edits(model, yaml);
            TextActivations values = new TextActivations(edits, model, DecoderTest::numbers, manager);
            SplittableRandom draw = new SplittableRandom(11);
            for (int round = 0; round < 5; round++) {
                int length = Math.min(model.config().nCtx(), 14);
                int[] ids = draw.ints(length, 0, model.config().dVocab()).toArray();
                try (Decoder growing = new Decoder(model, edits.cell(), values, manager)) {
                    for (int at = 0; at < length; ) {
                        int next = Math.min(length, at + 1 + draw.nextInt(3));
                        float[] cached = growing.read(java.util.Arrays.copyOfRange(ids, at, next));
                        try (Decoder whole = new Decoder(model, edits.cell(), values, manager)) {
                            float[] uncached = whole.read(java.util.Arrays.copyOf(ids, next));
                            assertThat(cached).containsExactly(uncached, within(5e-5f));
                        }
                        at = next;
                    }
                }
            }
        }
    }

    @Test
    void anEditChangesTheLogitsAsTheHookItselfDoes() {
        try (NDManager manager = Backend.cpu();
                Transformer model = load(fixture("llama-gqa"), manager)) {
            int[] ids = {3, 1, 4, 1, 5};
            TextEdits none = edits(model, List.of());
            TextEdits one = edits(model, List.of(EDITS.get(2)));
            HookPoint point = HookPoint.of(Site.RESID_PRE, 1);
            float[] toward = mean(model, point, numbers("5 6 7"), manager);
            float[] away = mean(model, point, numbers("1 2"), manager);
            NDArray added = manager.create(toward).sub(manager.create(away)).mul(3);
            NDArray residual = model.forward(
                            ForwardRequest.of(TokenArrays.array(new int[][] {ids}, manager))
                                    .stopBefore(1),
                            dev.loupe.model.forward.HookVisitor.none(),
                            manager)
                    .residual();
            float[] byHand = model.forward(
                            ForwardRequest.resume(residual.add(added), 1),
                            dev.loupe.model.forward.HookVisitor.none(),
                            manager)
                    .logits()
                    .get("0, -1")
                    .toFloatArray();
            assertThat(read(model, one, ids, manager)).containsExactly(byHand, within(5e-5f));
            assertThat(read(model, none, ids, manager)).isNotEqualTo(byHand);
        }
    }

    private static float[] read(Transformer model, TextEdits edits, int[] ids, NDManager manager) {
        TextActivations values = new TextActivations(edits, model, DecoderTest::numbers, manager);
        try (Decoder decoder = new Decoder(model, edits.cell(), values, manager)) {
            return decoder.read(ids);
        }
    }

    private static float[] mean(Transformer model, HookPoint point, int[] ids, NDManager manager) {
        Captures seen = new Captures(List.of(point), manager);
        model.forward(ForwardRequest.of(TokenArrays.array(new int[][] {ids}, manager)), seen, manager);
        float[] all = seen.get(point).toFloatArray();
        float[] mean = new float[model.config().dModel()];
        for (int i = 0; i < all.length; i++) {
            mean[i % mean.length] += all[i] / ids.length;
        }
        return mean;
    }

    @Test
    void theContextIsTheEnd() {
        try (NDManager manager = Backend.cpu();
                Transformer model = load(fixture("gpt2"), manager)) {
            int context = model.config().nCtx();
            Generation generation = new Generation(
                    model, edits(model, List.of()), DecoderTest::numbers, Sampling.GREEDY, context + 10, Set.of());
            List<Integer> out = new ArrayList<>();
            assertThat(generation.run("1 2 3", out::add, manager, new StopSignal()))
                    .isEqualTo(Generation.End.CONTEXT);
            // The last token that comes out is never read.
            assertThat(out).hasSize(context - 3 + 1);
        }
    }

    /** transformers 4.57.6 on torch 2.15 in float32, greedy; its two best logits are never closer than 0.015. */
    @Test
    void smolLm2GoesOnAsInTransformers() {
        int[] lighthouse = {
            761, 3590, 650, 1596, 33059, 30, 909, 761, 719, 253, 42265, 28, 253, 42265, 617, 761, 23217, 1699, 260, 905,
            30, 909, 761, 3590, 650, 1596, 1420, 28, 284, 1209, 384, 436, 3590, 281, 260, 16862, 282, 260, 5065, 30
        };
        int[] tower = {
            7042, 30, 198, 198, 504, 414, 46682, 18669, 314, 253, 21720, 282, 4665, 28, 2837, 327, 260, 216, 33, 40, 40,
            41, 2260, 506, 11285, 281, 7042, 30, 657, 506, 253, 21651, 288, 260, 26171, 284, 26702, 282, 260, 3432
        };
        Path folder = ModelsAtHand.folder("smollm2-135m-instruct");
        try (NDManager manager = Backend.cpu();
                HubTokenizer tokenizer = HubTokenizer.open(folder);
                Transformer model = load(folder, manager)) {
            assertThat(tokenizer.bounds().ends()).containsExactly(2);
            Function<String, int[]> encode = text -> tokenizer.encode(text).ids();
            Generation generation =
                    new Generation(model, edits(model, List.of()), encode, Sampling.GREEDY, 40, Set.of(2));
            for (Object[] pair : new Object[][] {
                {"Once upon a time there was a lighthouse keeper who", lighthouse},
                {"The Eiffel Tower is in the city of", tower}
            }) {
                List<Integer> out = new ArrayList<>();
                generation.run((String) pair[0], out::add, manager, new StopSignal());
                assertThat(out.stream().mapToInt(Integer::intValue))
                        .containsExactly(
                                java.util.Arrays.stream((int[]) pair[1]).boxed().toArray(Integer[]::new));
            }
        }
    }
}
