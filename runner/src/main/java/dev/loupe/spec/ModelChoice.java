package dev.loupe.spec;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Identity;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.annotation.OnlyWith;
import dev.loupe.schema.shape.IntRange;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which model, or which family of models. */
public sealed interface ModelChoice
        permits ModelChoice.Card,
                ModelChoice.Cards,
                ModelChoice.Reinitialise,
                ModelChoice.Plant,
                ModelChoice.WithDictionaries,
                ModelChoice.Folder,
                ModelChoice.NgramOf,
                ModelChoice.Truth,
                ModelChoice.Match,
                ModelChoice.Interpolate,
                ModelChoice.Permute,
                ModelChoice.Rotate,
                ModelChoice.Relabel {
    /** A model by its name alone: a card in models/, or a folder where models are looked for. */
    static ModelChoice parse(String name) {
        return new Card(name, List.of(), List.of(), List.of());
    }

    /** A weight processing step, in the order in which they are applied. */
    enum Processing {
        @Doc("Fold the normalisation's gain and bias into the weights that read it.")
        FOLD_LN,
        @Doc("Centre output folders into the residual stream (LayerNorm models).")
        CENTER_WRITING,
        @Doc("Centre the unembedding; logits change by a constant per position.")
        CENTER_UNEMBED,
        @Doc("Move value biases into the output bias.")
        FOLD_VALUE_BIASES,
        @Doc("Rotate the order of heads in each layer by one: the same function with other head indices.")
        ROTATE_HEADS
    }

    /** A model by card or name. */
    @Named("card")
    @Doc("The name of a model card (of a public model, or of a model that Loupe trains), or of a model folder in "
            + "one of the model folders.")
    @Example("{card: induction-2l, seeds: [0, 1, 2]}")
    record Card(
            @Identity @Doc("Its name.") String card,

            @Default("[]") @OneOrMany @Doc("Seeds of a model that Loupe trains. Default: the first seed of the card.")
            List<IntRange> seeds,

            @Default("[]")
            @OneOrMany
            @Doc("Training steps of a model with checkpoints. A single step must exist; a range selects the "
                    + "existing steps in it.")
            List<IntRange> checkpoints,

            @Default("[]") @OneOrMany @Doc("Weight processing. Default: none, since it changes logits.")
            List<Processing> processing)
            implements ModelChoice {
        /** The same of another model. */
        public Card called(String other) {
            return new Card(other, seeds, checkpoints, processing);
        }

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

        public Card {
            if (!NAME.matcher(card).matches()) {
                throw new IllegalArgumentException("'" + card
                        + "' is not a model name: letters, digits, `.`, `_` and `-`; write a folder as "
                        + "{folder: PATH}");
            }
        }
    }

    /** Several models side by side. */
    @Named("cards")
    @Doc("Several models measured side by side as one family, such as seeds of a public model with a card for each, or "
            + "two models that differ in one choice. A measurement needs results with the same axes in all of them.")
    @Example("{cards: [alias-gpt2-small-x21, battlestar-gpt2-small-x49]}")
    record Cards(
            @Doc("Their names.") List<String> cards,

            @Default("[]") @OneOrMany @Doc("Seeds of each of them. Default: the first seed of each card.")
            List<IntRange> seeds,

            @Default("[]") @OneOrMany @Doc("Training steps of each of them, as in `card`.")
            List<IntRange> checkpoints,

            @Default("[]") @OneOrMany @Doc("Weight processing. Default: none.")
            List<Processing> processing)
            implements ModelChoice {
        /** The choice of one of them. */
        public Card of(String card) {
            return new Card(card, seeds, checkpoints, processing);
        }

        public Cards {
            cards = List.copyOf(cards);
            if (cards.isEmpty() || Set.copyOf(cards).size() < cards.size()) {
                throw new IllegalArgumentException("name at least one card, each once");
            }
        }
    }

    /** A model folder. */
    @Named("folder")
    @Doc(
            "A folder with a model in hub or TransformerLens layout, or with a network without tokens and a config.json that "
                    + "describes it; relative to the spec. With `checkpoints`, a folder with one such folder for each step, "
                    + "named `step100`, `checkpoint-100` or `100`.")
    @Example("{folder: my-model, processing: [fold-ln]}")
    record Folder(
            @Identity @Doc("The folder.") String folder,

            @Default("[]")
            @OneOrMany
            @Doc(
                    "Training steps, each in a folder of its own below. A single step must exist; a range selects the existing "
                            + "steps in it.")
            List<IntRange> checkpoints,

            @Default("[]") @OneOrMany @Doc("Weight processing. Default: none.")
            List<Processing> processing)
            implements ModelChoice {}

    /** The same architecture, untrained. */
    @Named("reinitialise")
    @Doc("The architecture of another model with new random weights.")
    @Example("{reinitialise: default, seeds: 0..4}")
    record Reinitialise(
            @Doc("Name of a model of this spec.") @NameOf("model")
            String reinitialise,

            @OneOrMany @Doc("Seeds of the weights.") List<IntRange> seeds)
            implements ModelChoice {}

    /** A model with dictionaries of features. */
    @Named("dictionary")
    @Doc("A model with a dictionary of features (sparse autoencoder or transcoder), or several for "
            + "different layers. It computes what the model computes until features, such as `L0F5` at "
            + "`dictionary.features`, are edited: what the dictionary does not reconstruct is added back as "
            + "`dictionary.error`, which can be ablated.")
    @Example("{dictionary: features/layer-0, of: default}")
    record WithDictionaries(
            @OneOrMany
            @Doc(
                    "A folder with `cfg.json` and `sae_weights.safetensors`, relative to the spec or to a model folder; the name of a "
                            + "dictionary that has a card; `{path: ..., reads: ...}`, a folder whose files do not say for which "
                            + "activation it is; or `{repository: ..., folder: ...}`, a folder of a repository on the hub. "
                            + "Of a family, `{seed}` or another of its axes in the name stands for the model's own label.")
            List<DictionaryPlace> dictionary,

            @Doc("Name of a model of this spec.") @NameOf("model")
            String of,

            @Nullable
            @Doc(
                    "Seed of a random rotation of the space that the dictionary reads and writes: a control whose features are as many, as "
                            + "long and as similar to each other, and have nothing to do with the model.")
            Long rotate)
            implements ModelChoice {
        public WithDictionaries {
            dictionary = List.copyOf(dictionary);
            if (dictionary.isEmpty() || Set.copyOf(dictionary).size() < dictionary.size()) {
                throw new IllegalArgumentException("name at least one dictionary, each once");
            }
        }
    }

    /** Counts of a dataset as a model. */
    @Named("ngram")
    @Doc(
            "An n-gram model that counts the rows of a dataset: logits only, as a baseline for what a model takes from more "
                    + "than the last tokens. p(w | h) = (c(h w) + add V q(w)) / (c(h) + add V), where q is the same with one token "
                    + "less, and 1 / V at the end.")
    @Example("{ngram: train, order: 3}")
    record NgramOf(
            @Doc("Name of the dataset whose rows are counted.") @NameOf("dataset")
            String ngram,

            @Doc(
                    "How many tokens are counted together: 1 goes by no token before, 2 by the last one, 3 by the last two.")
            int order,

            @Default("0.1") @Doc("Pseudo-counts of every token id.")
            double add,

            @Default("true") @Doc("Whether rare contexts fall back to shorter ones; otherwise to equal probabilities.")
            boolean backoff,

            @Default("default") @Doc("The model of this spec whose tokens are counted.") @NameOf("model")
            String like)
            implements ModelChoice {
        public NgramOf {
            if (order < 1 || order > 3) {
                throw new IllegalArgumentException("`order` must be 1, 2 or 3, not " + order);
            }
            if (!(add > 0 && Double.isFinite(add))) {
                throw new IllegalArgumentException("`add` must be above 0, not " + add);
            }
        }
    }

    /** The rules of a dataset as a model. */
    @Named("truth")
    @Doc("The rules by which a `planted-language` dataset draws its rows, as a model: logits only. No model can have a "
            + "smaller loss on average.")
    @Example("{truth: default}")
    record Truth(
            @Doc("Name of the dataset.") @NameOf("dataset") String truth) implements ModelChoice {}

    /** A model with its neurons in the order of another's. */
    @Named("match")
    @Doc(
            "A network without tokens with its hidden neurons reordered so that they match the neurons of another network best: weight "
                    + "matching as in Git Re-Basin. It computes the same function as before.")
    @Example("{match: b, to: a}")
    record Match(
            @Doc("Name of the model of this spec whose neurons are reordered.") @NameOf("model")
            String match,

            @Doc("Name of the model of this spec that it is compared with.") @NameOf("model")
            String to)
            implements ModelChoice {}

    /** Models on the straight line between two. */
    @Named("interpolate")
    @Doc(
            "The networks without tokens whose weights are (1 - t) times the weights of one network plus t times the weights of another, for "
                    + "t from 0 to 1: a family with the axis `t`. Of two families, first goes with first, second with second.")
    @Example("{interpolate: [a, b], steps: 20}")
    record Interpolate(
            @Doc("Names of two models of this spec, for t = 0 and for t = 1.") @NameOf("model")
            List<String> interpolate,

            @Default("20") @Doc("Number of equal steps of t, which gives one network more.")
            int steps)
            implements ModelChoice {
        public Interpolate {
            interpolate = List.copyOf(interpolate);
            if (interpolate.size() != 2 || steps < 2 || steps > 1000) {
                throw new IllegalArgumentException("`interpolate` names two models and takes 2 to 1000 steps");
            }
        }
    }

    /** A model with its neurons in a random order. */
    @Named("permute")
    @Doc(
            "A network without tokens with its hidden neurons in a random order, which computes the same function: a control for "
                    + "`match`.")
    @Example("{permute: a, seed: 9}")
    record Permute(
            @Doc("Name of a model of this spec.") @NameOf("model")
            String permute,

            @Doc("Seed of the order.") long seed) implements ModelChoice {}

    /** A model in another basis. */
    @Named("rotate")
    @Doc(
            "A toy autoencoder with its hidden space turned by a random rotation, which computes the same function where no hidden "
                    + "value is dropped.")
    @Example("{rotate: toy, seed: 9}")
    record Rotate(
            @Doc("Name of a model of this spec.") @NameOf("model")
            String rotate,

            @Doc("Seed of the rotation.") long seed)
            implements ModelChoice {}

    /** A model that reads its input otherwise. */
    @Named("relabel")
    @Doc("A pair-mlp that reads -n modulo p where it read n, in one of its embeddings: one that subtracts then adds.")
    @Example("{relabel: sub, table: B}")
    record Relabel(
            @Doc("Name of a model of this spec.") @NameOf("model")
            String relabel,

            @Default("B") @Doc("The embedding whose numbers are negated: A or B.")
            String table)
            implements ModelChoice {}

    /** A model planted by hand. */
    @Named("plant")
    @Doc("A model with hand-set weights, so that the correct result of a technique is known. Circuits (all "
            + "except `heads` and memories) read 9 tokens: 0 filler, 1 plus, 2 minus, 3 neither, 4 left, 5 right, 6 "
            + "the end, 7 and 8 the"
            + " answers to plus and minus.")
    @Example("{plant: heads, vocabulary: 16, context: 32}")
    record Plant(
            @Identity
            @Key("plant")
            @Doc("What is planted: `heads`, or a circuit on which a technique gives a misleading result.")
            Planted plant,

            @OnlyWith(
                    value = "plant",
                    words = {"heads", "identity-mlp", "scale-hub"})
            @Default("16")
            @Doc("Vocabulary size.")
            int vocabulary,

            @OnlyWith(value = "plant", words = "heads") @Default("32") @Doc("Context length of planted heads.")
            int context,

            @OnlyWith(
                    value = "plant",
                    words = {"one-neuron", "superposed-neurons", "gated-neurons", "neurons", "scale-hub", "polygon"})
            @Default("0")
            @Doc("Seed that assigns facts to neurons, of what decoys and the hub read, or of the embedding.")
            long seed,

            @OnlyWith(value = "plant", words = "neurons") @Default("200") @Doc("Number of decoys.")
            int decoys,

            @OnlyWith(value = "plant", words = "fourier-mlp") @Default("59") @Doc("Odd modulus of a planted network.")
            int modulus,

            @OnlyWith(value = "plant", words = "pair-logic") @Default("6") @Doc("Inputs of a planted network.")
            int inputs)
            implements ModelChoice {
        /** What can be planted. */
        public enum Planted {
            @Doc("L0H0 previous-token, L0H1 duplicate-token, L0H2 two positions back, L1H0 induction; the others "
                    + "attend uniformly.")
            HEADS,
            @Doc("L0H0 and L0H1 each write the answer: a control on which all techniques agree.")
            CONTROL,
            @Doc("L0H0 writes the answer with double strength and L1H0 removes all of it again; L0H1 writes it once.")
            ERASURE,
            @Doc("L0H0 attends to the decisive token but writes nothing; L0H1 writes the answer.")
            DEAD_VALUE,
            @Doc("L0H0 and L0H1 each suffice: the MLP writes the sign of the sum of what they write.")
            OR_GATE,
            @Doc("L0H0 and L0H1 are both needed: the MLP passes only what they write together.")
            AND_GATE,
            @Doc("L0H0 writes a constant without which the MLP passes nothing; L0H1 writes the answer to the MLP.")
            BIAS_HEAD,
            @Doc("L0H0 writes left or right; MLPs pass the answer of L0H1 only where it wrote either, no matter which.")
            TWO_SIGNS,
            @Doc("At plus or minus, L0H0 writes a direction that no logit reads, so that only the final scale "
                    + "grows; L0H1 writes the answer.")
            SCALE,
            @Doc(
                    "Seven layers: the MLP of layer 3 writes the answer at the decisive token, and L6H0 takes it to the end.")
            ONE_LAYER,
            @Doc(
                    "Seven layers: MLPs 0 to 5 each add to the answer at the decisive token, L6H0 takes the sum to the end, and MLP 6 passes it only where at least three of them wrote.")
            SPREAD_LAYERS,
            @Doc("L0H0 writes the answer and a flag; L1H0 writes the answer only where the flag is missing.")
            BACKUP,
            @Doc("L0H0 and L1H0 each write the answer, whatever the other does: `backup` without the gate.")
            PARALLEL,
            @Doc(
                    "A memory of 32 facts in the 64 neurons of MLP 0, one neuron each. It reads 69 tokens: 0 to 31 subjects with a fact, 32 to 35 subjects without, 36 the end, 37 to 68 the answers to 0 to 31.")
            ONE_NEURON,
            @Doc("The same with eight random neurons for each fact; every neuron is in about four facts.")
            SUPERPOSED_NEURONS,
            @Doc("`superposed-neurons`, but an answer passes only as far as more than half of its neurons wrote it.")
            GATED_NEURONS,
            @Doc(
                    "One layer that reads rows of `planted-language`, with neurons that each mean something: L0N0 the word s0-e0 as one token, L0N1 the last piece of s1-e1, L0N2 the second token of the first pair of `trigram-pair` (raises the third), L0N3 that the words so far are words of register b, L0N4 a token that came before, L0N5 the first piece of any word, L0N6 the third stem (raises the third ending), L0N7 the second pair and the word s3-e3 as one token, L0N8 erases the token with id 0, L0N9 doubles the token with id 1. All others are decoys: random functions of the tokens that write nothing.")
            NEURONS,
            @Doc(
                    "One layer that translates rows of `{generator: translation, order: sorted, words: 16, length: 6}`: L0H0 attends "
                            + "to the word whose translation comes next, L0H1 always 6 positions back, where that word is if "
                            + "words are translated one after another.")
            TRANSLATION,
            @Doc(
                    "Seven of 32 tokens lie on a regular heptagon in two of 64 dimensions of the embedding, with noise; the others "
                            + "point anywhere. It has one layer that does nothing.")
            POLYGON,
            @Doc("One layer in which neuron t fires at token t and nowhere else.")
            IDENTITY_MLP,
            @Doc("The same with one more neuron, the last, that fires everywhere and about ten times as strongly.")
            SCALE_HUB,
            @Doc(
                    "A network without tokens that adds modulo an odd number exactly: each neuron carries one frequency and "
                            + "squares the sum of its inputs (Gromov 2023).")
            FOURIER_MLP,
            @Doc(
                    "A network without tokens that computes AND of every pair of its inputs exactly, with one neuron for each "
                            + "pair.")
            PAIR_LOGIC
        }

        public Plant {
            if (vocabulary < 2 || vocabulary > (plant == Planted.HEADS ? 64 : 512) || context < 4 || context > 128) {
                throw new IllegalArgumentException("a planted model needs a vocabulary of 2 to "
                        + (plant == Planted.HEADS ? 64 : 512) + " and a context of 4 to 128");
            }
            if (decoys < 0 || decoys > 4096) {
                throw new IllegalArgumentException("`decoys` must be 0 to 4096, not " + decoys);
            }
            if (modulus < 3 || modulus > 257 || modulus % 2 == 0) {
                throw new IllegalArgumentException("`modulus` must be odd and 3..257, not " + modulus);
            }
            if (inputs < 2 || inputs > 64) {
                throw new IllegalArgumentException("`inputs` must be 2..64, not " + inputs);
            }
        }
    }
}
