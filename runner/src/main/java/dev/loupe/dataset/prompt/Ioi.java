package dev.loupe.dataset.prompt;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.rows.AnswerTokens;
import dev.loupe.dataset.rows.Bos;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.IndexPermutation;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.SingleTokens;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Indirect-object identification (Wang et al. 2022, "Interpretability in the wild"): "Then, Mary and John went to the
 * store, John gave a drink to" asks for Mary. No two prompts of a draw are equal. Every name is one token of the model
 * with the space before it, so that rows of a pair have equal lengths.
 *
 * <p>Class {@code answer}: the last position, the only one with a target; {@code answer-abba} and {@code answer-baba}
 * by whether IO or S is named first. Positions {@code IO}, {@code S1}, {@code S1+1}, {@code S2}, {@code END}; columns
 * {@code answer} (IO) and {@code wrong} (S). Positions and columns are those of the clean prompt in both runs of a pair.
 */
@Named("ioi")
@Doc("Indirect object identification in English: `When Mary and John went to the store, John gave a drink to`.")
@Example("{generator: ioi, order: both, corruption: abc, bos: none, rows: 64, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "IO", doc = "The name that is mentioned once.")
@Mark(is = Mark.Kind.POSITION, name = "S1", doc = "The first mention of the other name.")
@Mark(is = Mark.Kind.POSITION, name = "S1+1", doc = "The token after it.")
@Mark(is = Mark.Kind.POSITION, name = "S2", doc = "Its second mention.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token, which predicts.")
@Mark(is = Mark.Kind.CLASS, name = "answer", doc = "END.")
@Mark(is = Mark.Kind.CLASS, name = "answer-abba", doc = "END of prompts in which IO is named first.")
@Mark(is = Mark.Kind.CLASS, name = "answer-baba", doc = "END of the others.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The name at IO.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The name at S1.")
public record Ioi(
        @Doc("Templates with `{A}` and `{B}`, the two names in order of mention, `{S}`, the second mention of "
                + "the subject, and optionally `{place}` and `{object}`. They end just before the answer. Default: "
                + "fifteen built-in templates.")
        @Nullable
        List<String> templates,

        @Doc("The names, without a leading space; each must be one token. Default: the names of a built-in list "
                + "of forty that are one token.")
        @Nullable
        List<String> names,

        @Doc("`abba`: the indirect object is named first; `baba`: the subject is.") @Default("both")
        Order order,

        @Doc("How the corrupted counterpart differs from the clean prompt.") @Default("swap-subject")
        Corruption corruption,

        @Doc("The BOS token before each row: `policy` (as the model's card or tokenizer specifies), `none`, or a "
                + "token id. This changes results.")
        @Default("policy")
        Bos bos,

        @Doc("Number of prompts.") @Default("64") int rows,
        @Doc("Seed of the prompts.") long seed)
        implements PromptDataset, PairedDataset {

    /** Order of the first two names. */
    public enum Order {
        @Doc("The indirect object is named first.")
        ABBA,
        @Doc("The subject is named first.")
        BABA,
        @Doc("Either.")
        BOTH
    }

    /** The corrupted counterpart. */
    public enum Corruption {
        @Doc("S2 becomes the indirect object, so that the subject is the answer.")
        SWAP_SUBJECT,
        @Doc("The three mentions become three different names that are not in the clean prompt.")
        ABC,
        @Doc("The first two names swap places (ABBA to BABA): positions change, the answer stays.")
        SWAP_ORDER,
        @Doc("Two other names in the same positions: names change, the order stays.")
        OTHER_NAMES,
        @Doc("The two names swap roles (`Mary, John, John` to `John, Mary, Mary`): the answer changes, the order "
                + "stays.")
        SWAP_NAMES,
        @Doc("S2 becomes a third name, so that no name is mentioned twice; nothing else changes.")
        NEW_SUBJECT
    }

    public Ioi {
        RowOptions.check(rows);
        templates = templates == null ? null : List.copyOf(templates);
        names = names == null ? null : List.copyOf(names);
        for (String template : templates == null ? List.<String>of() : templates) {
            IoiTemplates.check(template);
        }
        if (names != null && names.size() < 5) {
            throw new IllegalArgumentException(
                    "`names` must be at least 5: a prompt uses two, its counterpart three more");
        }
        if (names != null && Set.copyOf(names).size() < names.size()) {
            throw new IllegalArgumentException("`names` contains a name twice");
        }
    }

    @Override
    public PairedRows pairs(Sources sources) {
        TextEncoder encoder = sources.requireEncoder("generator");
        List<String> usable = SingleTokens.names(encoder, names);
        List<String> sentences = IoiTemplates.filled(templates);
        int orders = order == Order.BOTH ? 2 : 1;
        long total = (long) sentences.size() * usable.size() * (usable.size() - 1) * orders;
        if (rows > total) {
            throw new DatasetException("rows", "`rows: " + rows + "` is more than the " + total + " different prompts");
        }
        IndexPermutation indices = new IndexPermutation(total, seed);
        DrawnRow[] clean = new DrawnRow[rows];
        DrawnRow[] corrupted = new DrawnRow[rows];
        Integer first = bos.of(sources);
        for (int row = 0; row < rows; row++) {
            long index = indices.at(row);
            boolean abba = orders == 2 ? index % 2 == 0 : order == Order.ABBA;
            index /= orders;
            String sentence = sentences.get((int) (index % sentences.size()));
            index /= sentences.size();
            int io = (int) (index % usable.size());
            int s = (int) (index / usable.size());
            s += s >= io ? 1 : 0;
            IoiPrompt prompt = new IoiPrompt(sentence, usable.get(io), usable.get(s), abba);
            int[] order = new RowRandom(seed, row).permutation(usable.size());
            List<String> others = new ArrayList<>();
            for (int i : order) {
                if (i != io && i != s && others.size() < 3) {
                    others.add(usable.get(i));
                }
            }
            List<String> changed = prompt.corrupted(corruption, others);
            AnswerTokens asked = prompt.asked(encoder, changed, "row " + row);
            clean[row] = prompt.row(encoder, first, prompt.names(), asked);
            corrupted[row] = prompt.row(encoder, first, changed, asked);
        }
        DrawnRow.requireDistinct(clean, "rows");
        return new PairedRows(DrawnRow.join(clean), DrawnRow.join(corrupted));
    }
}
