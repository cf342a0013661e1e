package dev.loupe.intervention;

import dev.loupe.hook.Site;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.build.SelectionWords;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EmbeddingOf;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another token at a named position. The token's embedding is replaced, which is all that a model ever sees of a token; what
 * a metric asks of the row stays as it was.
 */
@Named("replace-token")
@Doc("Replace the token at a named position: by a token id, by the token at another position of the row, or by "
        + "the token of a column such as `wrong`. Answers and targets of the row do not change.")
@Example("{replace-token: S2, by-position: IO}")
public record ReplaceToken(
        @Key("replace-token") @OneOrMany @Doc("Named positions or position classes.")
        List<String> replaceToken,

        @Nullable @Key("by-token") @Doc("The id of the new token.")
        Integer byToken,

        @Nullable @Key("by-position") @Doc("The named position whose token replaces it.")
        String byPosition,

        @Nullable
        @Key("by-column")
        @Doc("The column of the dataset whose token replaces it; an error where a row has several tokens in it.")
        String byColumn,

        @Inline Earlier earlier)
        implements Intervention {
    public ReplaceToken {
        int given = (byToken == null ? 0 : 1) + (byPosition == null ? 0 : 1) + (byColumn == null ? 0 : 1);
        if (given != 1 || replaceToken.isEmpty()) {
            throw new IllegalArgumentException(
                    "name positions, and one of `by-token`, `by-position` and `by-column`, the source of the new "
                            + "token");
        }
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        int vocabulary = planning.model().shape().vocabulary();
        if (byToken != null && (byToken < 0 || byToken >= vocabulary)) {
            throw new IllegalArgumentException(
                    "there is no token " + byToken + ": the vocabulary is 0 to " + (vocabulary - 1));
        }
        Edit edit = new Edit(planning.point(Site.EMBED, -1), List.of(), Positions.named(replaceToken), value());
        return new Sweep(List.of(), List.of(new Cell(0, List.of(edit))));
    }

    private EmbeddingOf value() {
        if (byToken != null) {
            return new EmbeddingOf(EmbeddingOf.From.ID, "", byToken);
        }
        return byPosition != null
                ? new EmbeddingOf(EmbeddingOf.From.POSITION, byPosition, -1)
                : new EmbeddingOf(EmbeddingOf.From.COLUMN, String.valueOf(byColumn), -1);
    }

    @Override
    public String describe(Chosen chosen) {
        return "the token" + SelectionWords.at(replaceToken) + " replaced by " + value();
    }
}
