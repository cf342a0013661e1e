package dev.loupe.spec;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;

/** What the page says besides numbers. */
@Doc("Text of the page besides numbers.")
public record ReportText(
        @Default("\"\"")
        @Doc("One sentence that answers the question. Holes are filled with results: every function of claims, written "
                + "`{{max(scores.IND, where: {layer: 1})}}`, and numbers joined by + - * /, such as "
                + "`{{value(without) - value(loss)}}`, with words for one that is undefined: `{{value(rule.precision) or 'none'}}`; `{{top(scores, 3)}}` and `{{those(roles)}}` name components; "
                + "`{{claim(1)}}`, `{{interval(1)}}` and `{{verdict(1)}}` are of one claim, `{{verdict}}` of all.")
        String answer,

        @Default("\"\"") @Doc("Notes for the reader, in Markdown.")
        String notes,

        @Default("\"\"")
        @Doc("The measurement whose figure is shown first, such as `scores.IND`. Default: the first one.")
        String figure) {}
