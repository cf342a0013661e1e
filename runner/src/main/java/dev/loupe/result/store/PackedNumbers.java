package dev.loupe.result.store;

import dev.loupe.result.Artifact;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.SingleDecimal;
import dev.loupe.result.TokenText;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A run with numbers as exact as a page carries them, so that they take little room in an archive.
 *
 * <ul>
 *   <li>Measurements of more than {@link #EXACT} numbers: F32, which is what the models compute in. Ends of their intervals keep
 *       16 of its 24 binary digits, an error below 1 in 100,000; the error of resampling itself is far larger.
 *   <li>Attention weights: to the nearest 1/65,536. A page has them to the nearest 1/254.
 *   <li>Numbers of coloured text: F32, as the shortest decimal that names it.
 * </ul>
 *
 * <p>Everything else stays as it was: single numbers, claims, null draws, ranked tokens, and measurements of whole numbers
 * alone. Applied twice it changes nothing more.
 */
final class PackedNumbers {
    /** Up to so many numbers of a measurement stay as they were. */
    static final int EXACT = 100;

    private static final int ROUNDED_BITS = 8;

    private static final double ATTENTION_STEPS = 65_536;

    private PackedNumbers() {}

    static RunResult of(RunResult run) {
        return new RunResult(
                run.id(),
                run.title(),
                run.question(),
                run.variant(),
                run.answer(),
                run.claims(),
                run.artifacts().stream().map(PackedNumbers::artifact).toList(),
                run.provenance(),
                run.resolvedSpec(),
                run.defaults(),
                run.notes(),
                run.explain(),
                run.extra());
    }

    private static Artifact artifact(Artifact artifact) {
        if (artifact instanceof Quantity quantity && quantity.estimate().data().length > EXACT) {
            Interval ends = quantity.interval();
            return new Quantity(
                    quantity.name(),
                    quantity.title(),
                    quantity.doc(),
                    quantity.figure(),
                    quantity.unit(),
                    rounded(quantity.estimate(), value -> (float) value),
                    ends == null
                            ? null
                            : new Interval(
                                    rounded(ends.low(), PackedNumbers::end),
                                    rounded(ends.high(), PackedNumbers::end),
                                    ends.level(),
                                    ends.method(),
                                    ends.n()),
                    quantity.chance(),
                    quantity.setting());
        }
        if (artifact instanceof AttentionPatterns patterns) {
            return new AttentionPatterns(
                    patterns.name(),
                    patterns.title(),
                    patterns.doc(),
                    patterns.heads(),
                    patterns.examples().stream()
                            .map(example -> new AttentionPatterns.Example(
                                    example.tokens(), rounded(example.pattern(), PackedNumbers::attention)))
                            .toList(),
                    patterns.model());
        }
        return artifact instanceof TokenText text ? text(text) : artifact;
    }

    private static TokenText text(TokenText text) {
        return new TokenText(
                text.name(),
                text.title(),
                text.doc(),
                text.quantity(),
                text.passages().stream()
                        .map(passage -> new TokenText.Passage(
                                passage.label(),
                                passage.tokens().stream()
                                        .map(token -> new TokenText.Token(
                                                token.text(),
                                                token.id(),
                                                SingleDecimal.of(token.value()),
                                                SingleDecimal.of(token.logProbNext()),
                                                token.top().stream()
                                                        .map(guess -> new TokenText.Guess(
                                                                guess.text(), SingleDecimal.of(guess.probability())))
                                                        .toList()))
                                        .toList()))
                        .toList(),
                text.model());
    }

    private static NamedArray rounded(NamedArray array, DoubleUnaryOperator to) {
        boolean whole = Arrays.stream(array.data()).allMatch(value -> value == Math.rint(value));
        return whole
                ? array
                : new NamedArray(
                        array.axes(), Arrays.stream(array.data()).map(to).toArray());
    }

    /** The nearest F32 of 16 significant binary digits. */
    static double end(double value) {
        float narrow = (float) value;
        if (!Float.isFinite(narrow)) {
            return narrow;
        }
        int bits = Float.floatToIntBits(narrow) + (1 << (ROUNDED_BITS - 1));
        return Float.intBitsToFloat(bits >> ROUNDED_BITS << ROUNDED_BITS);
    }

    static double attention(double weight) {
        return Double.isNaN(weight) ? weight : (float) (Math.rint(weight * ATTENTION_STEPS) / ATTENTION_STEPS);
    }
}
