package dev.loupe.dataset.language;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.TokenDataset;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.FactorCells;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of the planted language that end in two tokens which mean something together, and the same rows with one or both of
 * them exchanged: groups of four, see {@link FactorCells}. A row's label {@code pair} names the pair of its group.
 *
 * <p>Position {@code END}: the last token, the only one with a target: what follows the pair of the group, in all its rows.
 */
@Named("language-grid")
@Doc(
        "Rows of the planted language that end in a pair of tokens, in groups of four: with the pair, with another first token, with "
                + "another second one, and with both exchanged. Labels: `first` and `second` (`own` or `other`), `cell` (`own-own` to "
                + "`other-other`) and `pair`.")
@Example("{generator: language-grid, pairs: trigrams, groups: 100, seed: 1}")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token, the only one with a target.")
@Mark(is = Mark.Kind.CLASS, name = "first-tokens", doc = "The first token of the pair.")
@Mark(is = Mark.Kind.CLASS, name = "second-tokens", doc = "The second.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "What follows the pair of the group.")
@Mark(is = Mark.Kind.LABEL, name = "first", doc = "`own` or `other`.")
@Mark(is = Mark.Kind.LABEL, name = "second", doc = "`own` or `other`.")
@Mark(is = Mark.Kind.LABEL, name = "cell", doc = "Which combination: `own-own` to `other-other`.")
@Mark(is = Mark.Kind.LABEL, name = "pair", doc = "The pair of the group.")
public record LanguageGrid(
        @Doc("Which pairs.") @Default("trigrams") Pairs pairs,

        @Doc("Number of tokens of the language before the pair.") @Default("12")
        int lead,

        @Doc("Number of groups of four rows; every pair has equally many, as far as that goes.") @Default("200")
        int groups,

        @Doc("Seed of the rows.") long seed)
        implements LanguageDataset, TokenDataset {
    /** Which tokens mean something together. */
    public enum Pairs {
        @Doc("First and second tokens of trigrams; the exchanged tokens are no pair with what stays.")
        TRIGRAMS,
        @Doc("First and last pieces of split words. With exchanged pieces other words come about.")
        WORDS
    }

    private static final List<String> FACTORS = List.of("first", "second");

    public LanguageGrid {
        RowOptions.check(groups);
        if (lead < 1 || lead > 60) {
            throw new IllegalArgumentException("`lead` must be 1 to 60, not " + lead);
        }
    }

    @Override
    public TokenRows read(Sources sources) {
        PlantedLanguage before = PlantedLanguage.whole();
        Draw draw = new Draw(sources.vocabulary(), groups, seed, sources.specials());
        before.check(draw);
        List<int[]> all = known();
        List<String> names = IntStream.range(0, all.size()).mapToObj(this::name).toList();
        List<DrawnRow> rows = new ArrayList<>();
        for (int row = 0; row < FactorCells.CELLS * groups; row++) {
            int group = row / FactorCells.CELLS;
            RowRandom random = new RowRandom(seed, group);
            int pair = group % all.size();
            int[] own = all.get(pair);
            int[] other = other(all, own, random);
            int[] tokens = Arrays.copyOf(before.row(draw, random).tokens(lead), lead + 2);
            int cell = row % FactorCells.CELLS;
            tokens[lead] = FactorCells.own(cell, 0) ? own[0] : other[0];
            tokens[lead + 1] = FactorCells.own(cell, 1) ? own[1] : other[1];
            DrawnRow drawn = new DrawnRow(tokens, FactorCells.classes(FACTORS))
                    .position("END", lead + 1)
                    .target(lead + 1, own[2])
                    .column("answer", own[2]);
            FactorCells.label(drawn, FACTORS, cell);
            drawn.mark(FactorCells.tokensOf("first"), lead).mark(FactorCells.tokensOf("second"), lead + 1);
            rows.add(drawn.group(group).label("pair", FactorCells.constant(names, pair, lead + 2)));
        }
        return DrawnRow.join(rows.toArray(DrawnRow[]::new));
    }

    private String name(int pair) {
        return Grammar.pairNames(pairs == Pairs.WORDS).get(pair);
    }

    /** First, second and following token of each pair. */
    private List<int[]> known() {
        return pairs == Pairs.WORDS ? Grammar.splitWords() : Grammar.lexicon().pairs();
    }

    /** Another first and second token, which are no pair with the own ones where there are such. */
    private int[] other(List<int[]> all, int[] own, RowRandom random) {
        List<int[]> order = new ArrayList<>();
        for (int i : random.permutation(all.size())) {
            order.add(all.get(i));
        }
        for (int strict = 1; strict >= 0; strict--) {
            for (int[] one : order) {
                boolean differs = one[0] != own[0] && one[1] != own[1];
                boolean clean = !isPair(all, one[0], own[1]) && !isPair(all, own[0], one[1]);
                if (differs && (clean || strict == 0)) {
                    return one;
                }
            }
        }
        throw new IllegalStateException("no other pair");
    }

    private static boolean isPair(List<int[]> all, int first, int second) {
        return all.stream().anyMatch(pair -> pair[0] == first && pair[1] == second);
    }
}
