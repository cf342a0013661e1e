package dev.loupe.execute.outcome;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.result.TokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Texts with a number for every token, and the text of every token. */
final class Passages {
    private Passages() {}

    /** @param text the visible text of a token */
    static List<TokenText.Passage> of(StepValue.Text value, IntFunction<String> text) {
        List<TokenText.Passage> passages = new ArrayList<>();
        for (StepValue.Text.Row row : value.rows()) {
            List<TokenText.Token> tokens = new ArrayList<>();
            for (int pos = 0; pos < row.tokens().length; pos++) {
                tokens.add(new TokenText.Token(
                        text.apply(row.tokens()[pos]),
                        row.tokens()[pos],
                        row.value()[pos],
                        row.logProbNext()[pos],
                        row.guesses().get(pos).stream()
                                .map(guess -> new TokenText.Guess(text.apply(guess.id()), guess.probability()))
                                .toList()));
            }
            passages.add(new TokenText.Passage(row.label(), tokens));
        }
        return passages;
    }
}
