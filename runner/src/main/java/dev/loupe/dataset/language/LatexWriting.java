package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text after the manner of LaTeX: words, formulas, sections, citations and environments. In a formula {@code \left} opens a
 * parenthesis, or is the beginning of {@code \leftarrow} and opens nothing. A closing brace is followed by {@code \right} where
 * a parenthesis is open, by the end of the formula where none is, and by other things outside of formulas. Symbols inside open
 * parentheses and words of titles follow tables of their own.
 */
final class LatexWriting implements Writing {
    private static final int MOST_LEFTS = 2;
    private static final int MOST_ENVIRONMENTS = 2;

    private static final int DOLLAR = 0;
    private static final int LEFT = 1;
    private static final int ARROW = 2;
    private static final int RIGHT = 3;
    private static final int PAREN = 4;
    private static final int PAREN_CLOSE = 5;
    private static final int FRACTION = 6;
    private static final int BRACE = 7;
    private static final int BRACE_CLOSE = 8;
    private static final int SECTION = 9;
    private static final int CITE = 10;
    private static final int BEGIN = 11;
    private static final int END = 12;
    private static final int PARAGRAPH = 13;
    private static final int AND = 14;
    private static final int ENVIRONMENTS = 15;
    private static final int KEYS = 18;
    private static final int WORDS = 22;
    private static final int SYMBOLS = 32;
    private static final int SIZE = 40;

    private final int first;
    private final Followers words;
    private final Followers titles;
    private final Followers symbols;
    private final Followers enclosed;

    LatexWriting(int first) {
        this.first = first;
        this.words = new Followers(61, first + WORDS, SYMBOLS - WORDS);
        this.titles = new Followers(62, first + WORDS, SYMBOLS - WORDS);
        this.symbols = new Followers(63, first + SYMBOLS, SIZE - SYMBOLS);
        this.enclosed = new Followers(64, first + SYMBOLS, SIZE - SYMBOLS);
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public List<String> decisions() {
        return List.of("due-right", "due-dollar", "after-title", "after-citation", "environment");
    }

    @Override
    public List<Construct.Kind> labels() {
        return List.of(
                Construct.Kind.of("command", Label.Kind.BOOLEAN),
                Construct.Kind.of("math", Label.Kind.BOOLEAN),
                Construct.Kind.of("inside-left", Label.Kind.BOOLEAN),
                Construct.Kind.of("open-left", Label.Kind.ORDINAL),
                Construct.Kind.of("section", Label.Kind.BOOLEAN),
                Construct.Kind.of("citation", Label.Kind.BOOLEAN),
                Construct.Kind.of("environment-depth", Label.Kind.ORDINAL));
    }

    @Override
    public Map<String, Integer> columns() {
        return Map.of("right", first + RIGHT);
    }

    @Override
    public Place begin() {
        return new Passage();
    }

    private final class Passage implements Place {
        private final Deque<Integer> environments = new ArrayDeque<>();
        private int last = PARAGRAPH;
        private boolean math;
        private int lefts;
        /** The command whose argument is open or was just closed. */
        private int argument = PARAGRAPH;

        private boolean inArgument;

        @Override
        public void read(int id) {
            int before = last;
            last = id - first;
            switch (last) {
                case DOLLAR -> math = !math;
                case PAREN -> lefts++;
                case RIGHT -> lefts--;
                case FRACTION, SECTION, CITE -> argument = last;
                case BRACE -> inArgument = true;
                case BRACE_CLOSE -> inArgument = false;
                default -> {}
            }
            if (before == BEGIN) {
                environments.push(last);
            } else if (before == END) {
                environments.pop();
            }
        }

        @Override
        public Mixture next() {
            Mixture out = new Mixture();
            return switch (last) {
                case FRACTION, SECTION, CITE -> out.add(1, only(BRACE));
                case BRACE -> argument == CITE ? out.add(1, range(KEYS, WORDS)) : inside(out, 1);
                case AND -> out.add(1, range(KEYS, WORDS));
                case BRACE_CLOSE -> closed(out);
                case LEFT -> out.add(0.75, only(PAREN)).add(0.25, only(ARROW));
                case RIGHT -> out.add(1, only(PAREN_CLOSE));
                case BEGIN -> out.add(1, range(ENVIRONMENTS, KEYS));
                case END -> out.add(1, only(environments.element()));
                default -> inArgument ? argument(out) : open(out, 1);
            };
        }

        private Mixture argument(Mixture out) {
            if (argument == CITE) {
                return out.add(0.3, only(AND)).add(0.7, only(BRACE_CLOSE));
            }
            return inside(out, 0.65).add(0.35, only(BRACE_CLOSE));
        }

        /** A word of a title or a symbol. */
        private Mixture inside(Mixture out, double weight) {
            return argument == SECTION ? out.add(weight, titles.after(first + last)) : symbol(out, weight);
        }

        private Mixture symbol(Mixture out, double weight) {
            return out.add(weight, (lefts > 0 ? enclosed : symbols).after(first + last));
        }

        private Mixture closed(Mixture out) {
            if (math) {
                return open(out.add(0.9, only(lefts > 0 ? RIGHT : DOLLAR)), 0.1);
            }
            return argument == SECTION ? out.add(1, only(PARAGRAPH)) : open(out, 1);
        }

        private Mixture open(Mixture out, double weight) {
            // Two dollars in a row would mean something else.
            double dollar = last == DOLLAR ? 0 : 1;
            if (math) {
                double left = lefts < MOST_LEFTS ? 0.15 : 0;
                double close = lefts > 0 ? 0.05 : 0.05 * dollar;
                out.add(weight * left, only(LEFT))
                        .add(weight * 0.2, only(FRACTION))
                        .add(weight * close, only(lefts > 0 ? RIGHT : DOLLAR));
                return symbol(out, weight * (0.8 - left - close));
            }
            double formula = 0.14 * dollar;
            double begin = environments.size() < MOST_ENVIRONMENTS ? 0.04 : 0;
            double end = environments.isEmpty() ? 0 : 0.06;
            return out.add(weight * formula, only(DOLLAR))
                    .add(weight * 0.06, only(CITE))
                    .add(weight * 0.05, only(SECTION))
                    .add(weight * begin, only(BEGIN))
                    .add(weight * end, only(END))
                    .add(weight * (0.89 - formula - begin - end), words.after(first + last));
        }

        @Override
        public @Nullable String asked() {
            if (last == END) {
                return "environment";
            }
            if (last != BRACE_CLOSE) {
                return null;
            }
            if (math) {
                return lefts > 0 ? "due-right" : "due-dollar";
            }
            return argument == SECTION ? "after-title" : "after-citation";
        }

        @Override
        public int[] labels(int following) {
            boolean command = last == LEFT
                    || last == RIGHT
                    || last == FRACTION
                    || last == SECTION
                    || last == CITE
                    || last == BEGIN
                    || last == END;
            boolean within = inArgument && last != BRACE;
            return new int[] {
                command ? 1 : 0,
                math || last == DOLLAR ? 1 : 0,
                lefts > 0 ? 1 : 0,
                lefts,
                within && argument == SECTION ? 1 : 0,
                within && argument == CITE ? 1 : 0,
                environments.size()
            };
        }
    }

    private Choice only(int token) {
        return Choice.only(first + token);
    }

    private Choice range(int from, int to) {
        return Choice.range(first + from, to - from);
    }
}
