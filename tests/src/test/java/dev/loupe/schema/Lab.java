package dev.loupe.schema;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Discriminator;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.annotation.OneOrNamed;
import dev.loupe.schema.annotation.SnakeKeys;
import dev.loupe.schema.shape.IntRange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small language with every form that the binder knows, shaped like an experiment. */
@Doc("One experiment of the tests.")
record Lab(
        @Doc("Language version.") int loupe,
        @Nullable String id,
        @Doc("The model.") Model model,
        @OneOrNamed Map<String, Data> dataset,
        @OneOrNamed @Default("{}") Map<String, Edit> intervention,
        @OneOrNamed @Default("{}") Map<String, Score> metric,
        @Default("[]") List<Claim> claims,
        @Default("{}") Settings settings) {

    sealed interface Model permits ModelName, CardModel {}

    record ModelName(String name) implements Model {
        public static ModelName parse(String text) {
            if (text.contains(" ")) {
                throw new IllegalArgumentException("a model name has no spaces: \"" + text + "\"");
            }
            return new ModelName(text);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Named("card")
    record CardModel(String card, @OneOrMany @Default("[0]") List<Integer> seeds) implements Model {}

    @Doc("Where rows come from.")
    @Discriminator("generator")
    sealed interface Data permits Repeats, Ioi {}

    @Named("repeated-tokens")
    @Doc("A random block, repeated.")
    @Example("{generator: repeated-tokens, period: 5..12}")
    record Repeats(
            @Doc("Tokens of a block.") IntRange period,
            @Doc("Number of rows.") @Default("64") int rows,
            @Default("0") long seed,
            @Default("fixed") Offset offset)
            implements Data {
        Repeats {
            if (rows < 1) {
                throw new IllegalArgumentException("rows must be at least 1, not " + rows);
            }
        }
    }

    @Named("ioi")
    record Ioi(int rows, @Default("0") long seed) implements Data {}

    enum Offset {
        FIXED,
        @Doc("Anywhere.")
        RANDOM_START,
        @Key("x2")
        TWICE
    }

    sealed interface Edit permits Ablate, Patch {}

    @Named("ablate")
    record Ablate(
            String ablate,
            @OneOrMany @Default("[]") List<Axis> over,
            @Default("zero") Fill with) implements Edit {}

    @Named("patch")
    record Patch(String patch, @OneOrMany List<Axis> over, Side from, Side into) implements Edit {}

    enum Axis {
        LAYER,
        HEAD,
        POSITION
    }

    enum Side {
        CLEAN,
        CORRUPTED
    }

    sealed interface Fill permits Zero, Mean {}

    @Named("zero")
    record Zero() implements Fill {}

    @Named("mean")
    record Mean(@Nullable String of, @Default("position") String per) implements Fill {}

    sealed interface Score permits Direct, Loss {}

    sealed interface Direct extends Score permits LogitDifference, Probability {}

    @Named("logit-difference")
    record LogitDifference(@Default("END") String at) implements Direct {}

    @Named("probability")
    record Probability(String of) implements Direct {}

    @Named("loss")
    record Loss(@Nullable String at, @Default("1") double scale) implements Score {}

    record Claim(
            String say,
            @Nullable Double above,
            @Nullable Double below,
            @Default("true") boolean strict) {
        Claim {
            if (above == null && below == null) {
                throw new IllegalArgumentException("a claim needs `above` or `below`");
            }
        }
    }

    @SnakeKeys
    record Settings(
            @Default("128") int dModel,
            @Default("1.5") double initStd,
            @Default("{}") Map<String, List<Double>> grid) {}
}
