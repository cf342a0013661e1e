package dev.loupe.dataset.prompt;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.TokenDataset;
import dev.loupe.dataset.rows.Bos;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.FactorCells;
import dev.loupe.dataset.rows.MarkedText;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prompts that cross one or two factors: see {@link FactorCells}. The n-th words of all factors belong together, such as the
 * two pieces of a word; a group takes two of them and makes every combination.
 */
@Named("factorial")
@Doc(
        "Prompts that cross one or two factors, in groups of all combinations. The n-th words of all factors belong together: a "
                + "group has the words of one number as `own` and the words of another number as `other`. Labels: each factor (`own` or `other`), "
                + "`cell` and `pair`, the own words. All prompts of a group must have equally many tokens.")
@Example("""
        generator: factorial
        templates: ["she saw {stem}{last}"]
        factors: {stem: [" a", " b", " c"], last: ["x", "y", "z"]}
        groups: 6
        seed: 1
        """)
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The last token.")
@Mark(is = Mark.Kind.CLASS, name = "*FACTOR*-tokens", doc = "Tokens of the slot of a factor.")
@Mark(is = Mark.Kind.LABEL, name = "*FACTOR*", doc = "`own` or `other` for each factor.")
@Mark(is = Mark.Kind.LABEL, name = "cell", doc = "Which combination: `own-own` to `other-other`.")
@Mark(is = Mark.Kind.LABEL, name = "pair", doc = "The words of the group.")
public record Factorial(
        @OneOrMany @Doc("Texts with each factor once, such as `{stem}`.")
        List<String> templates,

        @Doc("The words of each factor, one or two factors, equally many words each; spaces are part of a word.")
        Map<String, List<String>> factors,

        @Doc("The BOS token before each row: `policy`, `none`, or a token id.") @Default("policy")
        Bos bos,

        @Doc("Number of groups: of 2 prompts each with one factor, of 4 with two.") @Default("100")
        int groups,

        @Doc("Seed of which words are crossed with which.") long seed)
        implements PromptDataset, TokenDataset {
    private static final Pattern SLOT = Pattern.compile("\\{([^{}]*)}");

    public Factorial {
        RowOptions.check(groups);
        templates = List.copyOf(templates);
        if (factors.isEmpty() || factors.size() > 2) {
            throw new IllegalArgumentException("`factors` must be one or two, not " + factors.size());
        }
        if (factors.containsKey("cell") || factors.containsKey("pair")) {
            throw new IllegalArgumentException(
                    "no factor can be called `cell` or `pair`: those labels are there anyway");
        }
        long sizes = factors.values().stream().map(List::size).distinct().count();
        if (sizes > 1 || factors.values().iterator().next().size() < 2) {
            throw new IllegalArgumentException("every factor needs equally many words, at least two");
        }
        for (String template : templates) {
            List<String> found = new ArrayList<>();
            Matcher slot = SLOT.matcher(template);
            while (slot.find()) {
                found.add(slot.group(1));
            }
            if (found.size() != factors.size() || !new TreeSet<>(found).equals(new TreeSet<>(factors.keySet()))) {
                throw new IllegalArgumentException("\"" + template + "\" must contain each of "
                        + String.join(", ", factors.keySet()) + " once, in braces");
            }
        }
        if (templates.isEmpty()) {
            throw new IllegalArgumentException("name at least one template");
        }
    }

    @Override
    public TokenRows read(Sources sources) {
        TextEncoder encoder = sources.requireEncoder("generator");
        Integer first = bos.of(sources);
        List<String> names = List.copyOf(factors.keySet());
        int levels = factors.values().iterator().next().size();
        int cells = 1 << names.size();
        List<String> pairs = new ArrayList<>();
        for (int own = 0; own < levels; own++) {
            int level = own;
            pairs.add(String.join(
                            "", factors.values().stream().map(w -> w.get(level)).toList())
                    .strip());
        }
        List<DrawnRow> rows = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            RowRandom random = new RowRandom(seed, group);
            int own = group % levels;
            int other = (own + 1 + random.nextInt(levels - 1)) % levels;
            String template = templates.get(random.nextInt(templates.size()));
            int length = -1;
            for (int cell = 0; cell < cells; cell++) {
                Map<String, String> words = new LinkedHashMap<>();
                for (int f = 0; f < names.size(); f++) {
                    words.put(
                            names.get(f),
                            Objects.requireNonNull(factors.get(names.get(f)))
                                    .get(FactorCells.own(cell, f) ? own : other));
                }
                MarkedText.Encoded text = text(template, words).encode(encoder);
                if (length >= 0 && text.ids().length != length) {
                    throw new DatasetException(
                            "factors",
                            "\"" + text.text() + "\" has " + text.ids().length + " tokens, but another prompt of its "
                                    + "group has " + length + ": all must have equally many");
                }
                length = text.ids().length;
                rows.add(row(first, text, names, cell)
                        .group(group)
                        .label("pair", FactorCells.constant(pairs, own, length + (first == null ? 0 : 1))));
            }
        }
        return DrawnRow.join(rows.toArray(DrawnRow[]::new));
    }

    private static DrawnRow row(@Nullable Integer bos, MarkedText.Encoded text, List<String> names, int cell) {
        int head = bos == null ? 0 : 1;
        DrawnRow row = new DrawnRow(RowOptions.withBos(bos, text.ids()), FactorCells.classes(names));
        FactorCells.label(row, names, cell);
        for (String name : names) {
            for (int at = text.first(name, "factors"); at <= text.last(name, "factors"); at++) {
                row.mark(FactorCells.tokensOf(name), head + at);
            }
        }
        return row.position("END", head + text.ids().length - 1);
    }

    private static MarkedText text(String template, Map<String, String> words) {
        MarkedText text = new MarkedText();
        Matcher slot = SLOT.matcher(template);
        int at = 0;
        while (slot.find()) {
            text.plain(template.substring(at, slot.start()))
                    .piece(slot.group(1), String.valueOf(words.get(slot.group(1))));
            at = slot.end();
        }
        return text.plain(template.substring(at));
    }
}
