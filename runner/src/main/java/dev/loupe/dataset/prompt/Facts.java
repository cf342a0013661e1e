package dev.loupe.dataset.prompt;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.rows.Bos;
import dev.loupe.dataset.rows.Continuation;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.MarkedText;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts (as in Meng et al. 2022): "The Eiffel Tower is in the city of" asks for Paris. The counterpart is symmetric token
 * replacement (Zhang and Nanda 2023): the same sentence about another subject of the same relation, of as many tokens and
 * with another attribute, which is column {@code wrong}. Facts without such a partner are left out.
 *
 * <p>Classes {@code answer} (the last position, the only one with a target), {@code subject} (its tokens), {@code before}
 * and {@code after} (the others). Positions {@code subject-first}, {@code subject-last}, {@code subject+1} (the first
 * token after it) and {@code END}.
 */
@Named("facts")
@Doc("Facts about a subject, each paired with another subject that has the same relation and the same number of "
        + "tokens.")
@Example("{generator: facts, relations: [capital, landmark], bos: none, rows: 16, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "subject-first", doc = "The first token of the subject.")
@Mark(is = Mark.Kind.POSITION, name = "subject-last", doc = "Its last token.")
@Mark(is = Mark.Kind.POSITION, name = "subject+1", doc = "The token after it.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token, which predicts.")
@Mark(is = Mark.Kind.CLASS, name = "answer", doc = "END.")
@Mark(is = Mark.Kind.CLASS, name = "before", doc = "Tokens before the subject.")
@Mark(is = Mark.Kind.CLASS, name = "subject", doc = "Its tokens.")
@Mark(is = Mark.Kind.CLASS, name = "after", doc = "Tokens after it.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The attribute.")
@Mark(is = Mark.Kind.COLUMN, name = "wrong", doc = "The attribute of the subject of the counterpart.")
public record Facts(
        @Doc("The facts; every attribute must be one token. Default: about seventy built-in facts of the "
                + "relations `capital`, `continent`, `landmark` and `language`.")
        @Nullable
        List<Fact> facts,

        @Doc("Use only facts of these relations; an empty list means all.") @Default("[]")
        List<String> relations,

        @Doc("The BOS token before each row: `policy` (as the model's card or tokenizer specifies), `none`, or a "
                + "token id. This changes results.")
        @Default("policy")
        Bos bos,

        @Doc("Number of prompts. Default: every fact that has a partner.") @Nullable
        Integer rows,

        @Doc("Seed of the order and of the partners.") long seed,

        @Doc("Seed for a second set of partners: the same facts in the same order, each with a different partner "
                + "than without this option.")
        @Key("other-partners")
        @Nullable
        Long otherPartners,

        @Doc("Use only facts with at least this many possible partners; use 2 if another dataset takes "
                + "`other-partners` for the same facts.")
        @Key("min-partners")
        @Default("1")
        int minPartners)
        implements PromptDataset, PairedDataset {

    public Facts {
        facts = facts == null ? null : List.copyOf(facts);
        relations = List.copyOf(relations);
        if (rows != null) {
            RowOptions.check(rows);
        }
        if (minPartners < 1) {
            throw new IllegalArgumentException("`min-partners` must be at least 1");
        }
        if (facts != null && facts.stream().distinct().count() < facts.size()) {
            throw new IllegalArgumentException("`facts` contains a fact twice");
        }
    }

    @Override
    public PairedRows pairs(Sources sources) {
        TextEncoder encoder = sources.requireEncoder("generator");
        List<Prompt> prompts = prompts(encoder);
        Integer first = bos.of(sources);
        List<DrawnRow> clean = new ArrayList<>();
        List<DrawnRow> corrupted = new ArrayList<>();
        for (int index : new RowRandom(seed, -1).permutation(prompts.size())) {
            if (rows != null && clean.size() == rows) {
                break;
            }
            Prompt prompt = prompts.get(index);
            List<Prompt> partners = prompts.stream().filter(prompt::isPartner).toList();
            if (partners.size() >= minPartners) {
                Prompt partner = partner(prompt, partners, seed, index);
                prompt.checkPair(encoder, partner);
                clean.add(prompt.row(first, partner, prompt));
                corrupted.add(partner.row(first, partner, prompt));
            }
        }
        if (clean.isEmpty() || rows != null && clean.size() < rows) {
            throw new DatasetException(
                    "rows",
                    clean.size() + " of " + prompts.size()
                            + " facts have " + (minPartners == 1 ? "a partner" : minPartners + " partners")
                            + " of the same relation and length with another attribute, not "
                            + (rows == null ? "one" : rows));
        }
        DrawnRow[] drawn = clean.toArray(DrawnRow[]::new);
        DrawnRow.requireDistinct(drawn, "facts");
        return new PairedRows(DrawnRow.join(drawn), DrawnRow.join(corrupted.toArray(DrawnRow[]::new)));
    }

    private Prompt partner(Prompt prompt, List<Prompt> partners, long order, int index) {
        Prompt first = partners.get(new RowRandom(order, index).nextInt(partners.size()));
        if (otherPartners == null) {
            return first;
        }
        List<Prompt> others = partners.stream().filter(p -> !p.equals(first)).toList();
        if (others.isEmpty()) {
            throw new DatasetException(
                    "other-partners",
                    "\"" + prompt.fact.subject() + "\" has only one possible partner, \"" + first.fact.subject()
                            + "\": exclude such facts with `min-partners: 2`, in this dataset and in the dataset "
                            + "with the first partners");
        }
        return others.get(new RowRandom(otherPartners, index).nextInt(others.size()));
    }

    /** All facts in tokens; of our own those that fit the tokenizer. */
    private List<Prompt> prompts(TextEncoder encoder) {
        List<Prompt> prompts = new ArrayList<>();
        for (Fact fact : facts == null ? CommonFacts.all() : facts) {
            if (!relations.isEmpty() && !relations.contains(fact.relation())) {
                continue;
            }
            try {
                prompts.add(Prompt.of(encoder, fact));
            } catch (DatasetException notOneToken) {
                if (facts != null) {
                    throw notOneToken;
                }
            }
        }
        if (prompts.isEmpty()) {
            throw new DatasetException("relations", "no fact of this model's tokenizer belongs to " + relations);
        }
        return prompts;
    }

    /** @param attribute the id of the attribute */
    private record Prompt(Fact fact, MarkedText.Encoded text, int attribute) {

        static Prompt of(TextEncoder encoder, Fact fact) {
            int at = fact.prompt().indexOf("{subject}");
            MarkedText.Encoded text = new MarkedText()
                    .plain(fact.prompt().substring(0, at))
                    .piece("subject", fact.subject())
                    .plain(fact.prompt().substring(at + "{subject}".length()))
                    .encode(encoder);
            return new Prompt(fact, text, attribute(new Continuation(encoder, text.text()), fact));
        }

        private static int attribute(Continuation after, Fact fact) {
            return after.id(" " + fact.attribute(), "facts", fact.subject() + ", attribute");
        }

        /** Both attributes must continue both sentences. */
        void checkPair(TextEncoder encoder, Prompt partner) {
            Continuation after = new Continuation(encoder, text.text(), partner.text.text());
            attribute(after, fact);
            attribute(after, partner.fact);
        }

        boolean isPartner(Prompt other) {
            return other.fact.relation().equals(fact.relation())
                    && other.fact.prompt().equals(fact.prompt())
                    && other.attribute != attribute
                    && other.text.ids().length == text.ids().length
                    && other.text.last("subject", "facts") == text.last("subject", "facts");
        }

        /** The tokens of this prompt with what is asked of the clean one. */
        DrawnRow row(@Nullable Integer bos, Prompt partner, Prompt clean) {
            int head = bos == null ? 0 : 1;
            int first = text.first("subject", "facts") + head;
            int last = text.last("subject", "facts") + head;
            int end = text.ids().length - 1 + head;
            DrawnRow row = new DrawnRow(RowOptions.withBos(bos, text.ids()), "answer", "before", "subject", "after");
            for (int i = head; i <= end; i++) {
                row.mark(i < first ? "before" : i <= last ? "subject" : "after", i);
            }
            return row.mark("answer", end)
                    .target(end, clean.attribute)
                    .position("subject-first", first)
                    .position("subject-last", last)
                    .position("subject+1", Math.min(last + 1, end))
                    .position("END", end)
                    .column("answer", clean.attribute)
                    .column("wrong", partner.attribute);
        }
    }
}
