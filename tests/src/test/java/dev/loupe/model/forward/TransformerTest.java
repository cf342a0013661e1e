package dev.loupe.model.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.config.Activation;
import dev.loupe.model.config.AttentionDirection;
import dev.loupe.model.config.AttentionSpan;
import dev.loupe.model.config.ConfigException;
import dev.loupe.model.config.NormPlacement;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.PositionalEmbedding;
import dev.loupe.model.config.QkNorm;
import dev.loupe.model.config.Sites;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import dev.loupe.model.weights.InitialWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformerTest {
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Backend.cpu();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static TransformerConfigBuilder small() {
        return TransformerConfig.builder(2, 16, 12, 11).nHeads(4).initializerRange(0.3);
    }

    static Stream<TransformerConfig> architectures() {
        return Stream.of(
                small().attnOnly(true).build(),
                small().attnOnly(true)
                        .positionalEmbeddingType(PositionalEmbedding.SHORTFORMER)
                        .build(),
                small().normalizationType(Normalization.NONE).dVocabOut(7).build(),
                small().positionalEmbeddingType(PositionalEmbedding.ROTARY)
                        .normalizationType(Normalization.RMS)
                        .gatedMlp(true)
                        .actFn(Activation.SILU)
                        .nKeyValueHeads(2)
                        .build(),
                small().positionalEmbeddingType(PositionalEmbedding.ROTARY)
                        .rotaryDim(2)
                        .rotaryAdjacentPairs(true)
                        .parallelAttnMlp(true)
                        .actFn(Activation.GELU)
                        .build(),
                small().actFn(Activation.SOLU_LN)
                        .scaleAttnByInverseLayerIdx(true)
                        .build(),
                small().actFn(Activation.GELU_NEW)
                        .useAttnScale(false)
                        .useLocalAttn(true)
                        .windowSize(3)
                        .attnTypes(List.of(AttentionSpan.GLOBAL, AttentionSpan.LOCAL))
                        .build(),
                small().positionalEmbeddingType(PositionalEmbedding.NONE)
                        .attentionDir(AttentionDirection.BIDIRECTIONAL)
                        .finalRms(true)
                        .build(),
                // Gemma 2 and 3
                small().positionalEmbeddingType(PositionalEmbedding.ROTARY)
                        .rotaryBaseLocal(30)
                        .normalizationType(Normalization.RMS)
                        .normPlacement(NormPlacement.BEFORE_AND_AFTER)
                        .qkNorm(QkNorm.HEAD)
                        .attnScoresSoftCap(0.7)
                        .outputLogitsSoftCap(1.5)
                        .gatedMlp(true)
                        .actFn(Activation.GELU_NEW)
                        .nKeyValueHeads(1)
                        .useLocalAttn(true)
                        .windowSize(3)
                        .attnTypes(List.of(AttentionSpan.LOCAL, AttentionSpan.GLOBAL))
                        .build(),
                // OLMo 2
                small().positionalEmbeddingType(PositionalEmbedding.ROTARY)
                        .normalizationType(Normalization.RMS)
                        .normPlacement(NormPlacement.AFTER)
                        .qkNorm(QkNorm.PROJECTION)
                        .gatedMlp(true)
                        .nKeyValueHeads(2)
                        .build(),
                // A mixture that no family has: LayerNorms with biases afterwards, normalised keys that are not
                // rotated.
                small().normPlacement(NormPlacement.AFTER)
                        .qkNorm(QkNorm.HEAD)
                        .actFn(Activation.GELU)
                        .parallelAttnMlp(true)
                        .outputLogitsSoftCap(2)
                        .build());
    }

    private NDArray tokens(int batch, int pos) {
        SplittableRandom random = new SplittableRandom(5);
        long[] ids = random.longs((long) batch * pos, 0, 11).toArray();
        return manager.create(ids, new Shape(batch, pos));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void watchingChangesNothingAndShapesAreAsTold(TransformerConfig config) {
        Transformer model = Transformer.untrained(config, 3, manager);
        NDArray tokens = tokens(3, 7);
        NDArray plain = model.logits(tokens, manager);
        Captures all = new Captures(model.hookPoints(), manager);
        NDArray watched = model.forward(ForwardRequest.of(tokens), all, manager).logits();
        assertClose(watched, plain);
        assertThat(all.values().keySet()).containsExactlyInAnyOrderElementsOf(model.hookPoints());
        all.values()
                .forEach((point, value) -> assertThat(value.getShape().getShape())
                        .as(point.name())
                        .containsExactly(Sites.shape(config, point.site(), 3, 7)));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void severalInstancesAreEachAsAlone(TransformerConfig config) {
        long[] seeds = {3, 8, 1};
        Transformer together = Transformer.untrained(config, seeds, manager);
        NDArray tokens = tokens(3 * 2, 5).reshape(3, 2, 5);
        Captures all = new Captures(together.hookPoints(), manager);
        NDArray plain = together.logits(tokens, manager);
        NDArray watched =
                together.forward(ForwardRequest.of(tokens), all, manager).logits();
        for (int i = 0; i < 3; i++) {
            Transformer alone = Transformer.untrained(config, seeds[i], manager);
            Captures own = new Captures(alone.hookPoints(), manager);
            NDArray expected = alone.forward(ForwardRequest.of(tokens.get(i)), own, manager)
                    .logits();
            assertClose(plain.get(i), expected);
            assertClose(watched.get(i), expected);
            for (HookPoint point : alone.hookPoints()) {
                NDArray mine = all.get(point);
                assertClose(mine.get(i), own.get(point));
            }
            assertThat(together.parameters().toTl(i).get("blocks.1.attn.W_K"))
                    .isEqualTo(InitialWeights.draw(config, seeds[i]).get("blocks.1.attn.W_K"));
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void stoppingAndResumingGiveTheSame(TransformerConfig config) {
        Transformer model = Transformer.untrained(config, 3, manager);
        NDArray tokens = tokens(2, 6);
        ForwardResult half = model.forward(ForwardRequest.of(tokens).stopBefore(1), HookVisitor.none(), manager);
        assertThatThrownBy(half::logits).isInstanceOf(IllegalStateException.class);
        NDArray resumed = model.forward(ForwardRequest.resume(half.residual(), 1), HookVisitor.none(), manager)
                .logits();
        assertClose(resumed, model.logits(tokens, manager));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void wantedPositionsColumnsAndLastQueriesAreAsInTheWhole(TransformerConfig config) {
        Transformer model = Transformer.untrained(config, 3, manager);
        NDArray tokens = tokens(2, 6);
        NDArray whole = model.logits(tokens, manager);
        NDArray some = model.forward(
                        ForwardRequest.of(tokens)
                                .at(new int[][] {{5, 0}, {1, 4}})
                                .columns(new int[] {6, 2}),
                        HookVisitor.none(),
                        manager)
                .logits();
        assertThat(some.getShape()).isEqualTo(new Shape(2, 2, 2));
        assertThat(some.getFloat(1, 1, 0)).isCloseTo(whole.getFloat(1, 4, 6), within(1e-5f));
        assertThat(some.getFloat(0, 0, 1)).isCloseTo(whole.getFloat(0, 5, 2), within(1e-5f));
        NDArray last = model.forward(ForwardRequest.of(tokens).lastQueries(2), HookVisitor.none(), manager)
                .logits();
        assertClose(last, whole.get(new NDIndex(":, 4:6")));
        NDArray copies = model.forward(
                        ForwardRequest.of(tokens).lastQueries(2),
                        new Captures(List.of(HookPoint.of(Site.Q_INPUT, 1)), manager),
                        manager)
                .logits();
        assertClose(copies, last);
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void earlierKeysAndValuesStandForEarlierPositions(TransformerConfig config) {
        if (config.attentionDir() == AttentionDirection.BIDIRECTIONAL) {
            return;
        }
        Transformer model = Transformer.untrained(config, 3, manager);
        NDArray tokens = tokens(2, 8);
        NDArray whole = model.logits(tokens, manager);
        ForwardRequest head =
                ForwardRequest.of(tokens.get(new NDIndex(":, 0:4"))).keepingKeyValues();
        KeyValues past = model.forward(head, HookVisitor.none(), manager).keyValues();
        ForwardRequest middle = ForwardRequest.of(tokens.get(new NDIndex(":, 4:7")))
                .after(past, 4)
                .keepingKeyValues();
        ForwardResult next = model.forward(middle, HookVisitor.none(), manager);
        assertClose(next.logits(), whole.get(new NDIndex(":, 4:7")));
        ForwardRequest tail =
                ForwardRequest.of(tokens.get(new NDIndex(":, 7:8"))).after(next.keyValues(), 7);
        assertClose(model.forward(tail, HookVisitor.none(), manager).logits(), whole.get(new NDIndex(":, 7:8")));
    }

    @Test
    void editsTakeEffectAtEveryPoint() {
        for (TransformerConfig config : architectures().toList()) {
            Transformer model = Transformer.untrained(config, 3, manager);
            NDArray tokens = tokens(2, 6);
            NDArray plain = model.logits(tokens, manager);
            for (HookPoint point : model.hookPoints()) {
                NDArray edited = model.forward(
                                ForwardRequest.of(tokens), edit(point, TransformerTest::stretched), manager)
                        .logits();
                assertThat(largest(edited.sub(plain))).as(point + " " + config).isGreaterThan(1e-4f);
                NDArray same = model.forward(ForwardRequest.of(tokens), edit(point, NDArray::duplicate), manager)
                        .logits();
                assertClose(same, plain);
            }
        }
    }

    @Test
    void aQueryWithEveryKeyHiddenAttendsToNothing() {
        Transformer model = Transformer.untrained(small().attnOnly(true).build(), 3, manager);
        List<NDArray> pattern = new ArrayList<>();
        HookVisitor hide = new HookVisitor() {
            @Override
            public boolean wants(HookPoint p) {
                return p.layer() == 0 && (p.site() == Site.ATTN_SCORES || p.site() == Site.PATTERN);
            }

            @Override
            public NDArray visit(HookPoint p, NDArray value) {
                if (p.site() == Site.PATTERN) {
                    pattern.add(Ops.alias(value, manager));
                    return value;
                }
                return value.onesLike().mul(Float.NEGATIVE_INFINITY);
            }
        };
        NDArray logits =
                model.forward(ForwardRequest.of(tokens(1, 4)), hide, manager).logits();
        assertThat(pattern.get(0).toFloatArray()).containsOnly(0f);
        assertThat(logits.isNaN().any().getBoolean()).isFalse();
    }

    @Test
    void freezingTheScaleHoldsForCopiesOfTheInputToo() {
        Transformer model = Transformer.untrained(small().build(), 3, manager);
        NDArray tokens = tokens(2, 5);
        HookPoint scale = HookPoint.of(Site.LN1_SCALE, 1);
        HookPoint input = HookPoint.of(Site.Q_INPUT, 1);
        NDArray plain = model.forward(ForwardRequest.of(tokens), edit(scale, v -> v.mul(2)), manager)
                .logits();
        HookVisitor both = new HookVisitor() {
            @Override
            public boolean wants(HookPoint p) {
                return p.equals(scale) || p.equals(input);
            }

            @Override
            public NDArray visit(HookPoint p, NDArray value) {
                return p.equals(scale) ? value.mul(2) : value;
            }
        };
        assertClose(model.forward(ForwardRequest.of(tokens), both, manager).logits(), plain);
    }

    @Test
    void gradientsReachEveryParameterAndNothingLeaks() {
        for (TransformerConfig config : architectures().toList()) {
            Transformer model = Transformer.untrained(config, new long[] {1, 2}, manager);
            model.parameters().arrays().values().forEach(a -> a.setRequiresGradient(true));
            NDArray tokens = tokens(4, 6).reshape(2, 2, 6);
            try (NDManager step = manager.newSubManager();
                    GradientCollector collector =
                            ai.djl.engine.Engine.getInstance().newGradientCollector()) {
                NDArray logits = model.logits(tokens, step);
                collector.backward(logits.logSoftmax(3).square().sum());
                int live = manager.getManagedArrays().size();
                int kept = step.getManagedArrays().size();
                model.logits(tokens, step);
                assertThat(manager.getManagedArrays()).hasSize(live + 2);
                assertThat(step.getManagedArrays()).hasSize(kept + 2);
            }
            model.parameters().arrays().forEach((name, a) -> {
                if (!name.endsWith("b_QKV") || config.normalizationType() != Normalization.NONE) {
                    assertThat(largest(a.getGradient())).as(config + " " + name).isGreaterThan(0f);
                }
            });
        }
    }

    @Test
    void wrongInputIsRefused() {
        Transformer model = Transformer.untrained(small().build(), 3, manager);
        assertThatThrownBy(() -> model.logits(tokens(1, 13), manager)).hasMessageContaining("n_ctx");
        assertThatThrownBy(() -> model.logits(manager.zeros(new Shape(1, 3)), manager))
                .hasMessageContaining("int64");
        assertThatThrownBy(() ->
                        small().nHeads(0).dHead(7).nKeyValueHeads(5).eps(-1).build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("eps")
                .hasMessageContaining("n_heads");
    }

    /** A change that no norm undoes, also where all that reads a value is normalised again: every number by its own factor. */
    private static NDArray stretched(NDArray value) {
        NDArray factors =
                value.getManager().arange((float) value.size()).sin().mul(0.4f).add(1f);
        return value.mul(factors.reshape(value.getShape()));
    }

    private static HookVisitor edit(HookPoint point, UnaryOperator<NDArray> change) {
        return new HookVisitor() {
            @Override
            public boolean wants(HookPoint p) {
                return p.equals(point);
            }

            @Override
            public NDArray visit(HookPoint p, NDArray value) {
                return change.apply(value);
            }
        };
    }

    private static org.assertj.core.data.Offset<Float> within(float tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }

    private static float largest(NDArray x) {
        return x.abs().max().getFloat();
    }

    private static void assertClose(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        float[] a = actual.toFloatArray();
        float[] e = expected.toFloatArray();
        for (int i = 0; i < a.length; i++) {
            if (a[i] != e[i]) {
                assertThat(a[i]).isCloseTo(e[i], within(2e-5f));
            }
        }
    }

    /** Whatever ends inside its last block has visited the same points with the same bits until then, and nothing after. */
    @ParameterizedTest
    @MethodSource("architectures")
    void aPassThatEndsInsideABlockIsTheSameUntilThere(TransformerConfig config) {
        try (Transformer model = Transformer.untrained(config, 3, manager)) {
            NDArray tokens = manager.create(new long[][] {{1, 2, 3, 4, 5}, {5, 3, 3, 1, 0}});
            int last = config.nLayers() - 1;
            List<HookPoint> points = Sites.of(config).stream()
                    .filter(point -> !point.site().ofDictionary())
                    .toList();
            Captures whole = new Captures(points, manager);
            model.forward(ForwardRequest.of(tokens), whole, manager);
            for (Site exit : List.of(Site.RESID_MID, Site.MLP_POST)) {
                Captures part = new Captures(points, manager);
                model.forward(ForwardRequest.of(tokens).exiting(exit), part, manager);
                for (HookPoint point : points) {
                    boolean before = point.layer() < last && point.site().perLayer()
                            || point.site() == Site.EMBED
                            || point.site() == Site.POS_EMBED
                            || point.layer() == last
                                    && (config.attnOnly() || point.site().compareTo(exit) <= 0);
                    if (before) {
                        assertThat(part.get(point).toFloatArray())
                                .as(point + " of a pass to " + exit)
                                .containsExactly(whole.get(point).toFloatArray());
                    } else {
                        assertThatThrownBy(() -> part.get(point))
                                .as(point + " of a pass to " + exit)
                                .isNotNull();
                    }
                }
            }
        }
    }

    @Test
    void aPassThatEndsInsideABlockMakesNoLogits() {
        NDArray tokens = manager.create(new long[][] {{1, 2}});
        assertThatThrownBy(() -> ForwardRequest.of(tokens).exiting(Site.PATTERN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no pass ends at PATTERN");
    }
}
