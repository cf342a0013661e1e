package dev.loupe.metric.reading;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.build.Planning;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tokens that a metric reads as the answer of a row, or as the wrong one: a column of the dataset, or tokens of the spec. */
public sealed interface TokenSet {
    /** What every dataset of questions has. */
    TokenSet ANSWER = new Column("answer");

    /** What a dataset that compares has beside it. */
    TokenSet WRONG = new Column("wrong");

    /**
     * The same as ids of one model.
     *
     * @param at the position, or class of positions, that the tokens follow
     * @throws IllegalArgumentException where the model has no such tokens
     */
    TokenSet in(Planning planning, String at);

    /** Its ids in one row, at least one. */
    int[] ids(TokenRows rows, int row);

    /** How many tokens the spec names; 0 where the dataset names them. */
    int named();

    /** In a label: {@code the answer}. */
    String label();

    /** In a formula. */
    String words(Share share);

    /** How many of its tokens are meant. */
    enum Share {
        /** The only one. */
        ONE,
        /** The first. */
        FIRST,
        /** All. */
        ALL
    }

    /**
     * A column of the dataset, with all ids that it has in a row.
     *
     * @param column {@code answer}, {@code wrong} or another that the dataset has
     */
    record Column(String column) implements TokenSet {
        /** By its name. */
        public static Column parse(String name) {
            return new Column(name);
        }

        @Override
        public TokenSet in(Planning planning, String at) {
            return this;
        }

        @Override
        public int[] ids(TokenRows rows, int row) {
            return rows.ids(column, row);
        }

        @Override
        public int named() {
            return 0;
        }

        @Override
        public String label() {
            return switch (column) {
                case "answer" -> "the answer";
                case "wrong" -> "the wrong answer";
                default -> "`" + column + "`";
            };
        }

        @Override
        public String words(Share share) {
            String one = column.equals("wrong") ? "wrong answer" : column;
            return switch (share) {
                case ONE -> column;
                case FIRST -> "first " + one;
                case ALL -> column.equals("answer") || column.equals("wrong") ? one + "s" : "all ids of " + one;
            };
        }

        @Override
        public String toString() {
            return column;
        }
    }

    /** Words that are one token each. */
    @Named("any-of")
    @Doc("Words of the spec, the same for every row. Each must be one token of the model, with its leading space.")
    @Example("{any-of: [\" he\", \" she\"]}")
    record AnyOf(@Key("any-of") @Doc("The words.") List<String> words) implements TokenSet {
        public AnyOf {
            words = distinct(words);
        }

        @Override
        public TokenSet in(Planning planning, String at) {
            return new Ids(planning.tokens(words, at));
        }

        @Override
        public int[] ids(TokenRows rows, int row) {
            throw new IllegalStateException("the words " + words + " are not yet ids of a model");
        }

        @Override
        public int named() {
            return words.size();
        }

        @Override
        public String label() {
            return listed(words, word -> "\"" + word + "\"");
        }

        @Override
        public String words(Share share) {
            return share == Share.FIRST ? "\"" + words.get(0) + "\"" : label();
        }
    }

    /** Tokens by their ids. */
    @Named("ids")
    @Doc("Token ids, the same for every row: for models without a tokenizer.")
    @Example("{ids: [40, 44]}")
    record Ids(@Doc("The ids.") List<Integer> ids) implements TokenSet {
        public Ids {
            ids = distinct(ids);
            if (ids.stream().anyMatch(id -> id < 0)) {
                throw new IllegalArgumentException("token ids are at least 0");
            }
        }

        @Override
        public TokenSet in(Planning planning, String at) {
            int outputs = planning.model().shape().outputs();
            ids.stream().filter(id -> id >= outputs).findFirst().ifPresent(id -> {
                throw new IllegalArgumentException("there is no token " + id + ": "
                        + planning.model().label() + " predicts " + Count.of(outputs, "token"));
            });
            return this;
        }

        @Override
        public int[] ids(TokenRows rows, int row) {
            return ids.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public int named() {
            return ids.size();
        }

        @Override
        public String label() {
            return "token " + listed(ids, String::valueOf);
        }

        @Override
        public String words(Share share) {
            return share == Share.FIRST ? "token " + ids.get(0) : label();
        }
    }

    /** The columns that these sets are; none where one of them is no column, so that every id may be asked for. */
    static List<String> columns(List<TokenSet> sets) {
        List<String> columns = new ArrayList<>();
        for (TokenSet set : sets) {
            if (!(set instanceof Column column)) {
                return List.of();
            }
            columns.add(column.column());
        }
        return columns;
    }

    private static <T> List<T> distinct(List<T> tokens) {
        if (tokens.isEmpty() || tokens.stream().distinct().count() < tokens.size()) {
            throw new IllegalArgumentException("name at least one token, each once");
        }
        return List.copyOf(tokens);
    }

    private static <T> String listed(List<T> tokens, Function<T, String> shown) {
        int most = 6;
        return tokens.stream().limit(most).map(shown).collect(Collectors.joining(" or "))
                + (tokens.size() > most ? " or " + (tokens.size() - most) + " more" : "");
    }
}
