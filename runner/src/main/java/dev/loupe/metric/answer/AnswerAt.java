package dev.loupe.metric.answer;

import dev.loupe.metric.reading.TokenSet;
import dev.loupe.plan.build.Planning;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;

/** Where a metric reads, and the tokens that it reads there. */
public record AnswerAt(
        @Default("END") @Doc("The named position to read; of a position class every position, each counted once.")
        String at,

        @Default("answer")
        @Doc("The tokens to read: a column of the dataset (`answer`, `wrong`), words with their leading space such as "
                + "`{any-of: [\" he\", \" she\"]}`, or `{ids: [40, 44]}`.")
        TokenSet answer) {
    /** The dataset's own answers. */
    public static AnswerAt of(String at) {
        return new AnswerAt(at, TokenSet.ANSWER);
    }

    AnswerAt in(Planning planning) {
        return new AnswerAt(at, answer.in(planning, at));
    }

    /** For a label: what is read, and where. */
    String label() {
        return answer.label() + " at " + at;
    }
}
