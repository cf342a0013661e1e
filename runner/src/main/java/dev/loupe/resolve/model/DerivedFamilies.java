package dev.loupe.resolve.model;

import dev.loupe.model.derived.BasisRotation;
import dev.loupe.model.derived.DerivedWeights;
import dev.loupe.model.derived.Interpolation;
import dev.loupe.model.derived.NeuronMatching;
import dev.loupe.model.derived.NeuronPermutation;
import dev.loupe.model.derived.Relabelling;
import dev.loupe.model.toy.PairEmbeddingMlpConfig;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.spec.ModelChoice;
import dev.loupe.tensors.Sha256;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Families of networks without tokens whose weights are made from those of earlier models of a spec. */
final class DerivedFamilies {
    private final Map<String, ModelFamily> known;

    /** @param known the families that the spec names before */
    DerivedFamilies(Map<String, ModelFamily> known) {
        this.known = known;
    }

    /** @throws IllegalArgumentException where a model is not there or is of another kind or shape */
    ModelFamily family(String name, ModelChoice choice) {
        if (choice instanceof ModelChoice.Match match) {
            return zipped(name, match.match(), match.to(), new NeuronMatching());
        }
        if (choice instanceof ModelChoice.Interpolate between) {
            return line(name, between);
        }
        if (choice instanceof ModelChoice.Permute permute) {
            return each(name, permute.permute(), new NeuronPermutation(permute.seed()));
        }
        if (choice instanceof ModelChoice.Rotate rotate) {
            requireKind(rotate.rotate(), ToyAutoencoderConfig.class, "a toy autoencoder");
            return each(name, rotate.rotate(), new BasisRotation(rotate.seed()));
        }
        ModelChoice.Relabel relabel = (ModelChoice.Relabel) choice;
        requireKind(relabel.relabel(), PairEmbeddingMlpConfig.class, "a pair-mlp");
        if (toy(relabel.relabel(), family(relabel.relabel()).first()).grid().widest().parameters().stream()
                .noneMatch(parameter -> parameter.name().equals(relabel.table())
                        && !relabel.table().equals("U"))) {
            throw new IllegalArgumentException("`" + relabel.relabel() + "` has no embedding `" + relabel.table()
                    + "`: a pair-mlp has A and B, and one whose inputs share their embedding A alone");
        }
        return each(name, relabel.relabel(), new Relabelling(relabel.table()));
    }

    private void requireKind(String of, Class<?> config, String kind) {
        if (!config.isInstance(toy(of, family(of).first()).grid().widest())) {
            throw new IllegalArgumentException("`" + of + "` is not " + kind);
        }
    }

    private ModelFamily family(String of) {
        ModelFamily family = known.get(of);
        if (family == null) {
            throw UnknownName.of("model", of, known.keySet());
        }
        return family;
    }

    private static ToyUnit toy(String name, ModelInstance unit) {
        ToyUnit toy = unit.source().toy();
        if (toy == null) {
            throw new IllegalArgumentException(
                    "`" + name + "` is a transformer; only networks without tokens can be made from others");
        }
        return toy;
    }

    private ModelFamily each(String name, String of, DerivedWeights how) {
        return ModelFamily.of(
                name,
                family(of).units().stream()
                        .map(unit -> made(name, of, how, List.of(unit)))
                        .toList());
    }

    private ModelFamily zipped(String name, String of, String other, DerivedWeights how) {
        List<ModelInstance> units = new ArrayList<>();
        for (List<ModelInstance> pair : pairs(of, other)) {
            units.add(made(name, of, how, pair));
        }
        return ModelFamily.of(name, units);
    }

    private ModelFamily line(String name, ModelChoice.Interpolate between) {
        List<ModelInstance> units = new ArrayList<>();
        for (List<ModelInstance> pair :
                pairs(between.interpolate().get(0), between.interpolate().get(1))) {
            for (int step = 0; step <= between.steps(); step++) {
                double t = BigDecimal.valueOf(step)
                        .divide(BigDecimal.valueOf(between.steps()), 6, RoundingMode.HALF_UP)
                        .doubleValue();
                ModelInstance made = made(name, between.interpolate().get(0), new Interpolation(t), pair);
                units.add(made.at(made.at().and("t", Double.toString(t))));
            }
        }
        return ModelFamily.of(name, units);
    }

    /** First with first, second with second. */
    private List<List<ModelInstance>> pairs(String one, String other) {
        List<ModelInstance> first = family(one).units();
        List<ModelInstance> second = family(other).units();
        if (first.size() != second.size()) {
            throw new IllegalArgumentException("`" + one + "` has " + first.size() + " models and `" + other + "` "
                    + second.size() + ": they are paired in order, so both need equally many");
        }
        List<List<ModelInstance>> pairs = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            if (!toy(one, first.get(i)).grid().equals(toy(other, second.get(i)).grid())) {
                throw new IllegalArgumentException("`" + one + "` and `" + other + "` are networks of unlike shape");
            }
            pairs.add(List.of(first.get(i), second.get(i)));
        }
        return pairs;
    }

    private static ModelInstance made(String name, String of, DerivedWeights how, List<ModelInstance> from) {
        ToyUnit toy = toy(of, from.get(0));
        String sources = from.stream().map(unit -> unit.ref().label()).collect(Collectors.joining(" and "));
        String identities = from.stream().map(unit -> unit.ref().identity()).collect(Collectors.joining("+"));
        ModelRef ref =
                new ModelRef(how.label() + " " + sources, "derived-" + Sha256.of(how + "+" + identities), toy.shape());
        return new ModelInstance(name, ref, new ModelSource.Derived(toy, how, from), null)
                .at(from.get(0).at());
    }
}
