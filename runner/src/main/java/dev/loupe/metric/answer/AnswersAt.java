package dev.loupe.metric.answer;

import dev.loupe.metric.reading.TokenSet;
import dev.loupe.plan.build.Planning;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import java.util.List;

/** Where a metric reads, and the two sets of tokens that it compares there. */
public record AnswersAt(
        @Default("END") @Doc("The named position to read; of a position class every position, each counted once.")
        String at,

        @Default("answer")
        @Doc("The right tokens: a column of the dataset (`answer`), words with their leading space such as "
                + "`{any-of: [\" he\", \" she\"]}`, or `{ids: [40, 44]}`.")
        TokenSet answer,

        @Default("wrong") @Doc("The wrong tokens, written likewise; a column is usually `wrong`.")
        TokenSet wrong) {
    public AnswersAt {
        if (answer.equals(wrong)) {
            throw new IllegalArgumentException(
                    "`answer` and `wrong` are the same tokens, so the comparison is always 0");
        }
    }

    /** The dataset's own answers and wrong answers. */
    public static AnswersAt of(String at) {
        return new AnswersAt(at, TokenSet.ANSWER, TokenSet.WRONG);
    }

    AnswersAt in(Planning planning) {
        return new AnswersAt(at, answer.in(planning, at), wrong.in(planning, at));
    }

    List<TokenSet> sets() {
        return List.of(answer, wrong);
    }

    /** For a label: what is compared unless it is the dataset's own, and where. */
    String label() {
        boolean own = answer.equals(TokenSet.ANSWER) && wrong.equals(TokenSet.WRONG);
        return (own ? "" : " of " + answer.label() + " against " + wrong.label()) + " at " + at;
    }
}
