package dev.loupe.spec;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;

/** What the page says besides numbers. */
@Doc("What the page says besides numbers.")
public record ReportText(
        @Default("\"\"")
        @Doc("One sentence that answers the question; `{{value(...)}}`, `{{interval(...)}}`, `{{top(...)}}`,"
                + " `{{those(...)}}`, `{{verdict}}` of all claims and `{{verdict(1)}}` of one are filled in.")
        String answer,

        @Default("\"\"") @Doc("Markdown: what a reader should know.")
        String notes,

        @Default("\"\"")
        @Doc("The measurement whose figure stands first, such as `scores.IND`; without it the first one.")
        String figure) {}
