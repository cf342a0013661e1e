package dev.loupe.spec;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;

/** What the page says besides numbers. */
@Doc("Text of the page besides numbers.")
public record ReportText(
        @Default("\"\"")
        @Doc("One sentence that answers the question; `{{value(...)}}`, `{{interval(...)}}`, `{{top(...)}}`,"
                + " `{{those(...)}}`, `{{verdict}}` of all claims and `{{verdict(1)}}` of one are filled in.")
        String answer,

        @Default("\"\"") @Doc("Notes for the reader, in Markdown.")
        String notes,

        @Default("\"\"")
        @Doc("The measurement whose figure is shown first, such as `scores.IND`. Default: the first one.")
        String figure) {}
