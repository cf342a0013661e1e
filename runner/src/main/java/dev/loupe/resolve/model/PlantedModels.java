package dev.loupe.resolve.model;

import dev.loupe.dataset.language.Lexicon;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.planted.IdentityMlp;
import dev.loupe.model.planted.PlantedCircuit;
import dev.loupe.model.planted.PlantedHeads;
import dev.loupe.model.planted.PlantedHeads.Kind;
import dev.loupe.model.planted.PlantedLayers;
import dev.loupe.model.planted.PlantedMemory;
import dev.loupe.model.planted.PlantedModel;
import dev.loupe.model.planted.PlantedNeurons;
import dev.loupe.model.planted.PlantedPolygon;
import dev.loupe.model.planted.PlantedTranslation;
import dev.loupe.model.toy.FourierMlp;
import dev.loupe.model.toy.PairLogic;
import dev.loupe.model.toy.PlantedNetwork;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.spec.ModelChoice;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Models whose weights are set by hand, as families of one. */
final class PlantedModels {
    private static final double BETA = 20;

    /** One head of each kind that detectors must tell apart; the others attend evenly. */
    private static final List<List<Kind>> HEADS = List.of(
            List.of(Kind.PREVIOUS, Kind.DUPLICATE, Kind.OFF_BY_ONE, Kind.UNIFORM),
            List.of(Kind.INDUCTION, Kind.UNIFORM, Kind.UNIFORM, Kind.UNIFORM));

    private PlantedModels() {}

    static ModelFamily of(String name, ModelChoice.Plant choice) {
        String word = choice.plant().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return switch (choice.plant()) {
            case FOURIER_MLP -> network(name, new FourierMlp(choice.modulus()));
            case PAIR_LOGIC -> network(name, new PairLogic(choice.inputs()));
            case HEADS ->
                transformer(
                        name,
                        word,
                        choice.vocabulary() + "-" + choice.context() + "-" + HEADS,
                        new PlantedHeads(choice.vocabulary(), choice.context(), BETA, HEADS));
            case TRANSLATION -> transformer(name, word, word, new PlantedTranslation());
            case POLYGON ->
                transformer(
                        name,
                        word + ", seed " + choice.seed(),
                        word + "-" + choice.seed(),
                        new PlantedPolygon(choice.seed()));
            case ONE_LAYER -> transformer(name, word, word, new PlantedLayers(false));
            case SPREAD_LAYERS -> transformer(name, word, word, new PlantedLayers(true));
            case ONE_NEURON, SUPERPOSED_NEURONS, GATED_NEURONS ->
                transformer(
                        name,
                        word + ", seed " + choice.seed(),
                        word + "-" + choice.seed(),
                        new PlantedMemory(
                                PlantedMemory.Kind.valueOf(choice.plant().name()), choice.seed()));
            case NEURONS -> {
                Lexicon words = Lexicon.ofAll();
                yield transformer(
                        name,
                        word + ", seed " + choice.seed(),
                        word + "-" + words.size() + "-" + choice.decoys() + "-" + choice.seed(),
                        new PlantedNeurons(words, choice.decoys(), choice.seed()));
            }
            case IDENTITY_MLP, SCALE_HUB -> {
                boolean hub = choice.plant() == ModelChoice.Plant.Planted.SCALE_HUB;
                yield transformer(
                        name,
                        word,
                        word + "-" + choice.vocabulary() + "-" + choice.seed(),
                        new IdentityMlp(choice.vocabulary(), hub, choice.seed()));
            }
            case CONTROL, ERASURE, DEAD_VALUE, OR_GATE, AND_GATE, BIAS_HEAD, TWO_SIGNS, SCALE, BACKUP, PARALLEL ->
                transformer(
                        name,
                        word,
                        word,
                        new PlantedCircuit(
                                PlantedCircuit.Kind.valueOf(choice.plant().name())));
        };
    }

    /** @param identity what its numbers depend on */
    private static ModelFamily transformer(String name, String label, String identity, PlantedModel model) {
        TransformerConfig config = model.config();
        ModelRef ref = new ModelRef("planted " + label, "planted-" + identity, ModelShapes.of(config));
        return ModelFamily.of(name, List.of(new ModelInstance(name, ref, new ModelSource.Planted(model), config)));
    }

    private static ModelFamily network(String name, PlantedNetwork network) {
        ModelSource source = new ModelSource.PlantedToy(network);
        ModelRef ref = new ModelRef(
                "planted " + network.label(),
                "planted-" + network.label(),
                Objects.requireNonNull(source.toy()).shape());
        return ModelFamily.of(name, List.of(new ModelInstance(name, ref, source, null)));
    }
}
