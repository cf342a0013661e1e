package dev.loupe.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Tokens of an output vocabulary in the order of a number: the highest and the lowest, case by case.
 *
 * @param unit of the numbers
 * @param columns what each number of a token is: {@code clean}, {@code patched}
 * @param model whose tokens and numbers they are; empty where unknown
 */
public record TokenRankings(
        String name, String title, String doc, String unit, List<String> columns, List<Ranking> rankings, String model)
        implements Artifact {
    /** Of a model that is not known. */
    public TokenRankings(
            String name, String title, String doc, String unit, List<String> columns, List<Ranking> rankings) {
        this(name, title, doc, unit, columns, rankings, "");
    }

    public TokenRankings {
        columns = List.copyOf(columns);
        rankings = List.copyOf(rankings);
    }

    /**
     * One case.
     *
     * @param prompts what was read, where the numbers come from a text
     */
    public record Ranking(String label, List<Prompt> prompts, List<Group> groups) {
        public Ranking {
            prompts = List.copyOf(prompts);
            groups = List.copyOf(groups);
        }

        /** The same with the text of every token. */
        public Ranking named(IntFunction<String> text) {
            return new Ranking(
                    label,
                    prompts,
                    groups.stream()
                            .map(group -> new Group(
                                    group.title(),
                                    group.entries().stream()
                                            .map(e -> new Entry(e.id(), text.apply(e.id()), e.values()))
                                            .toList()))
                            .toList());
        }
    }

    /** Tokens in their order. */
    public record Group(
            String title, @JsonProperty("tokens") List<Entry> entries) {
        public Group {
            entries = List.copyOf(entries);
        }

        /** Ids with one number each, their text yet to come. */
        public static Group of(String title, double[] values, List<Integer> ids) {
            return new Group(
                    title,
                    ids.stream()
                            .map(id -> new Entry(id, "", List.of(values[id])))
                            .toList());
        }
    }

    /**
     * A token.
     *
     * @param text its visible text; empty until it is named
     * @param values one number for each column
     */
    public record Entry(int id, String text, List<Double> values) {
        public Entry {
            values = List.copyOf(values);
        }
    }
}
