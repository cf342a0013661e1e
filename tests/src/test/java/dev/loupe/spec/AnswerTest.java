package dev.loupe.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.claim.Findings;
import dev.loupe.claim.Measured;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Side;
import dev.loupe.result.sample.Resampling;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
    private static final Map<String, Measured> RESULTS = Map.of(
            "loss", number(3),
            "without", number(4.5),
            "zero", number(0),
            "scores.IND",
                    new Measured(
                            new NamedArray(
                                    List.of(Axis.counted("layer", 2), Axis.counted("head", 2)),
                                    new double[] {.1, .2, .9, .6}),
                            null,
                            new NullBand("", new double[] {.25, .5}, Side.HIGHER)));
    private static final Findings FINDINGS = new Findings(RESULTS::get, new Resampling(100, .95, 0));

    private static Measured number(double x) {
        return new Measured(new NamedArray(List.of(), new double[] {x}), null, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{value(loss)}}|3",
                "{{ value(without) - value(loss) }}|1.5",
                "{{100 * (value(without) - value(loss)) / value(loss)}}|50",
                "{{1 + 2 * 3 - 4 / 2 + 0 * value(loss)}}|5",
                "{{8 - 2 - 1 + 0 * value(loss)}}|5",
                "{{16 / 4 / 2 + 0 * value(loss)}}|2",
                "{{value(loss) / value(zero)}}|NaN",
                "{{max(scores.IND)}}|0.9",
                "{{max(scores.IND, where: {layer: 0})}}|0.2",
                "{{max(scores.IND) / chance(scores.IND)}}|1.8",
                "{{count(scores.IND, above: 0.15)}}|3",
                "{{mean(scores.IND)}}|0.45",
                "{{difference([{value: without}, {max: scores.IND}])}}|3.6",
                "{{value(scores.IND, at: {top: scores.IND, rank: 2})}}|0.6"
            })
    void functionsOfClaimsAndArithmetic(String text, double expected) {
        Answer answer = Answer.of("It is " + text + ".");
        assertThat(answer.problems()).isEmpty();
        assertThat(answer.filled(value -> shown(((AnswerValue.Formula) value).value(FINDINGS))))
                .isEqualTo("It is " + shown(expected) + ".");
    }

    private static String shown(double x) {
        return String.format(Locale.ROOT, "%.6f", x);
    }

    @Test
    void aNumberMayHaveWordsForWhereItIsUndefined() {
        Answer answer = Answer.of("{{value(loss) / value(zero) or 'none, it is 0'}} and {{ value(loss) or 'none' }}");
        assertThat(answer.problems()).isEmpty();
        assertThat(answer.filled(value -> {
                    AnswerValue.OrWords or = (AnswerValue.OrWords) value;
                    double number = or.formula().value(FINDINGS);
                    return Double.isNaN(number) ? or.otherwise() : shown(number);
                }))
                .isEqualTo("none, it is 0 and 3.000000");
    }

    @Test
    void wordsOfClaimsAndComponents() {
        assertThat(Answer.of("{{top(scores.IND, 3)}} {{those(roles.DUP)}} {{claim(2)}} {{interval(1)}} {{verdict}}")
                        .holes())
                .extracting(Answer.Hole::value)
                .containsExactly(
                        new AnswerValue.Components("top", "scores.IND", 3),
                        new AnswerValue.Components("those", "roles.DUP", 1),
                        new AnswerValue.OfClaim("claim", 2),
                        new AnswerValue.OfClaim("interval", 1),
                        new AnswerValue.OfClaim("verdict", 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{{value(loss) ^ 2}}|14|expected `+`, `-`, `*`, `/`, `or 'words'` or `}}`, not `^`",
                "{{value(loss) value(loss)}}|14|expected `+`, `-`, `*`, `/`, `or 'words'` or `}}`, not `v`",
                "{{value(loss) or none}}|14|expected `+`, `-`, `*`, `/`, `or 'words'` or `}}`, not `o`",
                "{{median(loss)}}|2|there is no function `median`; did you mean `mean`?",
                "{{value(loss) - top(scores.IND)}}|16|`top` gives words, with which nothing can be computed",
                "{{claim(1) / 2}}|11|`claim` gives words, with which nothing can be computed; write the function that the claim is about",
                "{{max(scores.IND, were: 1)}}|18|unknown key `were` in `max`",
                "{{count(scores.IND)}}|2|`count` needs either `above` or `below`",
                "{{value()}}|2|`value` needs the name of a measurement, as in `value(loss)`",
                "{{value}}|2|`value` needs parentheses, as in `value(loss)`",
                "{{(1 + value(loss)}}|2|this parenthesis is not closed",
                "{{value(loss}}|2|the parenthesis after `value` is not closed",
                "{{1 +}}|5|expected a function or a number here, such as `value(loss)`",
                "{{claim(0)}}|8|`0` is not a whole number from 1",
                "{{claim}}|2|`claim` needs the number of a claim, as in `claim(1)`"
            })
    void everythingElseIsRefusedAtItsPlace(String text, int at, String message) {
        assertThat(Answer.of(text).problems()).containsExactly(new Answer.Fault(at, message));
    }

    @Test
    void aHoleThatCannotBeReadDoesNotHideTheNext() {
        Answer answer = Answer.of("{{oops}} {{value(loss)}} {{value(");
        assertThat(answer.holes()).hasSize(1);
        assertThat(answer.problems()).hasSize(2);
        assertThat(Answer.of("no holes, { one brace }").filled(value -> "?")).isEqualTo("no holes, { one brace }");
    }
}
