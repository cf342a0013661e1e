package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Code after the manner of Python, line by line: definitions with annotated parameters, conditions, assignments of dictionaries,
 * slices and strings, calls, comments. One token for each depth of indentation from 1 to 3. What a colon or a comma is followed
 * by depends on the bracket that it is in, and how far the next line is indented on the last one. Words in strings and in
 * comments are the same and follow tables of their own.
 */
final class CodeWriting implements Writing {
    static final List<String> COLONS = List.of("block", "dict", "slice", "annotation");
    static final List<String> COMMAS = List.of("call", "parameter", "dict");
    private static final int DEEPEST = 3;
    private static final int MOST = 7;

    private static final int NEWLINE = 0;
    private static final int INDENT = 0;
    private static final int DEF = 4;
    private static final int IF = 5;
    private static final int RETURN = 6;
    private static final int HASH = 7;
    private static final int QUOTE = 8;
    private static final int EQUALS = 9;
    private static final int COLON = 10;
    private static final int COMMA = 11;
    private static final int ROUND = 12;
    private static final int SQUARE = 13;
    private static final int CURLY = 14;
    /** From an opening bracket to its closing one. */
    private static final int CLOSE = 3;

    private static final int PLUS = 18;
    private static final int NAMES = 19;
    private static final int NUMBERS = 27;
    private static final int TYPES = 31;
    private static final int VALUES = 35;
    private static final int WORDS = 39;
    private static final int SIZE = 45;

    /** What the last token is inside of. */
    private enum Frame {
        NONE,
        PARAMETERS,
        CALL,
        SLICE,
        DICT,
        STRING,
        COMMENT
    }

    private final int first;
    private final Choice names;
    private final Followers strings;
    private final Followers comments;

    CodeWriting(int first) {
        this.first = first;
        this.names = Choice.range(first + NAMES, NUMBERS - NAMES);
        this.strings = new Followers(51, first + WORDS, SIZE - WORDS);
        this.comments = new Followers(52, first + WORDS, SIZE - WORDS);
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public List<String> decisions() {
        return List.of("colon", "comma", "line");
    }

    @Override
    public List<Construct.Kind> labels() {
        return List.of(
                Construct.Kind.of("keyword", Label.Kind.BOOLEAN),
                Construct.Kind.of("string", Label.Kind.BOOLEAN),
                Construct.Kind.of("comment", Label.Kind.BOOLEAN),
                Construct.Kind.of("name-def", Label.Kind.BOOLEAN),
                Construct.Kind.of("parameter", Label.Kind.BOOLEAN),
                Construct.Kind.of("name-use", Label.Kind.ORDINAL),
                Construct.Kind.of("indent", Label.Kind.ORDINAL),
                new Construct.Kind("colon", Label.Kind.CATEGORY, COLONS),
                new Construct.Kind("comma", Label.Kind.CATEGORY, COMMAS));
    }

    @Override
    public Place begin() {
        return new Line();
    }

    private final class Line implements Place {
        private final TreeMap<Integer, Integer> uses = new TreeMap<>();
        private final TreeSet<Integer> defined = new TreeSet<>();
        private int last = NEWLINE;
        private Frame frame = Frame.NONE;
        private int level;
        /** Whether the line begins with a keyword that opens a block. */
        private boolean block;
        /** Whether the last token is the first of its statement. */
        private boolean head;
        /** Whether the last line ended by opening a block. */
        private boolean opened;
        /** Whether the last token is the name of a function that is being defined. */
        private boolean defining;

        private int role = Label.NONE;

        @Override
        public void read(int id) {
            int before = last;
            last = id - first;
            boolean begins = before == NEWLINE || isIndent(before);
            head = begins && last != NEWLINE && !isIndent(last);
            if (before == NEWLINE) {
                level = isIndent(last) ? last - INDENT : 0;
                opened = false;
            }
            if (head) {
                block = last == DEF || last == IF;
            }
            defining = before == DEF;
            role = last == COLON ? colon() : last == COMMA ? comma() : Label.NONE;
            frame = inside();
            if (last == NEWLINE) {
                opened = before == COLON;
                block = false;
            }
            if (isName(last)) {
                uses.merge(last, 1, Integer::sum);
                if (head || isParameter()) {
                    defined.add(last);
                }
            }
        }

        private Frame inside() {
            return switch (last) {
                case NEWLINE, ROUND + CLOSE, SQUARE + CLOSE, CURLY + CLOSE -> Frame.NONE;
                case HASH -> Frame.COMMENT;
                case QUOTE -> frame == Frame.STRING ? Frame.NONE : Frame.STRING;
                case SQUARE -> Frame.SLICE;
                case CURLY -> Frame.DICT;
                case ROUND -> block ? Frame.PARAMETERS : Frame.CALL;
                default -> frame;
            };
        }

        private int colon() {
            return switch (frame) {
                case DICT -> 1;
                case SLICE -> 2;
                case PARAMETERS -> 3;
                default -> 0;
            };
        }

        private int comma() {
            return frame == Frame.CALL ? 0 : frame == Frame.PARAMETERS ? 1 : 2;
        }

        @Override
        public Mixture next() {
            Mixture out = new Mixture();
            if (isIndent(last)) {
                return statement(out, 1, level);
            }
            if (isName(last)) {
                return afterName(out);
            }
            return switch (last) {
                case NEWLINE -> newLine(out);
                case DEF -> out.add(1, names);
                case EQUALS -> used(out, 0.4).add(0.35, only(CURLY)).add(0.25, only(QUOTE));
                case IF, RETURN, PLUS, ROUND, SQUARE, CURLY ->
                    frame == Frame.PARAMETERS ? out.add(1, names) : used(out, 1);
                case HASH -> out.add(1, comments.after(first + last));
                case QUOTE ->
                    frame == Frame.STRING ? out.add(1, strings.after(first + last)) : out.add(1, only(NEWLINE));
                case COLON -> out.add(1, afterColon());
                case COMMA -> frame == Frame.CALL ? out.add(1, range(NUMBERS, TYPES)) : out.add(1, names);
                case ROUND + CLOSE -> out.add(1, only(block ? COLON : NEWLINE));
                case SQUARE + CLOSE -> out.add(0.3, only(PLUS)).add(0.7, end());
                case CURLY + CLOSE -> out.add(1, only(NEWLINE));
                default -> afterValue(out);
            };
        }

        /** At the end of a line: the indentation of the next one, or its statement where it has none. */
        private Mixture newLine(Mixture out) {
            if (opened) {
                return out.add(1, only(INDENT + level + 1));
            }
            for (int to = 0; to <= level; to++) {
                double weight = level == 0 ? 1 : to == level ? 0.7 : 0.3 / level;
                if (to == 0) {
                    statement(out, weight, 0);
                } else {
                    out.add(weight, only(INDENT + to));
                }
            }
            return out;
        }

        private Mixture statement(Mixture out, double weight, int at) {
            double opens = at < DEEPEST ? 0.5 : 0;
            double returns = at > 0 ? 0.1 : 0;
            double rest = 1 - opens - returns;
            return out.add(weight * opens / 2, only(DEF))
                    .add(weight * opens / 2, only(IF))
                    .add(weight * returns, only(RETURN))
                    .add(weight * rest * 0.75, names)
                    .add(weight * rest * 0.25, only(HASH));
        }

        private Mixture afterName(Mixture out) {
            if (defining) {
                return out.add(1, only(ROUND));
            }
            if (head) {
                return out.add(0.7, only(EQUALS)).add(0.3, only(ROUND));
            }
            return switch (frame) {
                case PARAMETERS ->
                    out.add(0.5, only(COLON)).add(0.2, only(COMMA)).add(0.3, only(ROUND + CLOSE));
                case CALL -> out.add(0.25, only(PLUS)).add(0.35, only(COMMA)).add(0.4, only(ROUND + CLOSE));
                case SLICE, DICT -> out.add(0.35, only(PLUS)).add(0.65, only(COLON));
                default -> out.add(0.25, only(PLUS)).add(0.35, only(SQUARE)).add(0.4, end());
            };
        }

        private Mixture afterValue(Mixture out) {
            return switch (frame) {
                case STRING -> out.add(0.7, strings.after(first + last)).add(0.3, only(QUOTE));
                case COMMENT -> out.add(0.7, comments.after(first + last)).add(0.3, only(NEWLINE));
                case SLICE -> out.add(1, only(SQUARE + CLOSE));
                case DICT -> out.add(0.35, only(COMMA)).add(0.65, only(CURLY + CLOSE));
                default -> out.add(0.35, only(COMMA)).add(0.65, only(ROUND + CLOSE));
            };
        }

        private Choice afterColon() {
            return switch (frame) {
                case DICT -> range(VALUES, WORDS);
                case SLICE -> range(NUMBERS, TYPES);
                case PARAMETERS -> range(TYPES, VALUES);
                default -> only(NEWLINE);
            };
        }

        /** A name that is used: half of the time one that was assigned or declared before. */
        private Mixture used(Mixture out, double weight) {
            if (defined.isEmpty()) {
                return out.add(weight, names);
            }
            int[] known = defined.stream().mapToInt(name -> first + name).toArray();
            return out.add(weight / 2, names).add(weight / 2, Choice.uniform(known));
        }

        private Choice end() {
            return only(block ? COLON : NEWLINE);
        }

        private boolean isParameter() {
            return frame == Frame.PARAMETERS && isName(last);
        }

        @Override
        public @Nullable String asked() {
            return switch (last) {
                case COLON -> "colon";
                case COMMA -> "comma";
                case NEWLINE -> "line";
                default -> null;
            };
        }

        @Override
        public int[] labels(int following) {
            int earlier = isName(last) ? uses.getOrDefault(last, 1) - 1 : 0;
            return new int[] {
                last == DEF || last == IF || last == RETURN ? 1 : 0,
                frame == Frame.STRING || last == QUOTE ? 1 : 0,
                frame == Frame.COMMENT ? 1 : 0,
                defining ? 1 : 0,
                isParameter() ? 1 : 0,
                Math.min(MOST, earlier),
                level,
                last == COLON ? role : Label.NONE,
                last == COMMA ? role : Label.NONE
            };
        }
    }

    private Choice only(int token) {
        return Choice.only(first + token);
    }

    private Choice range(int from, int to) {
        return Choice.range(first + from, to - from);
    }

    private static boolean isIndent(int token) {
        return token > INDENT && token <= INDENT + DEEPEST;
    }

    private static boolean isName(int token) {
        return token >= NAMES && token < NUMBERS;
    }
}
