package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Short sentences. Eight words are nouns after a determiner and verbs after an auxiliary, and what follows depends on which they
 * are, on number and on tense: a subject by an auxiliary of its number, an object by a full stop, a verb by an adverb of its
 * tense or by an object. A sentence may begin with the pronoun of the last first name.
 *
 * <p>Names are of four classes, each followed by a token of its own; a cue before a name tells its class in half of all cases.
 * Some names belong to two classes. With {@code newNames} the names of one class are other ones instead, which no document
 * without that option has, and which belong to every class.
 */
final class ProseWriting implements Writing {
    private static final List<String> CLASSES = List.of("first", "city", "company", "common");
    private static final List<String> TAGS =
            List.of("determiner", "adjective", "noun", "auxiliary", "adverb", "verb", "pronoun", "proper-noun");
    /** How many names of one class a class has. */
    private static final int KNOWN = 6;
    /** The classes of each name that belongs to two. */
    private static final int[][] DOUBLE = {{0, 1}, {0, 1}, {1, 2}, {1, 2}, {0, 2}, {0, 2}};

    private static final int STOP = 0;
    private static final int DETERMINERS = 1;
    private static final int ADJECTIVES = 3;
    private static final int ADVERBS = 7;
    /** Past and future of the singular, then of the plural. */
    private static final int AUXILIARIES = 10;

    private static final int TIMES = 14;
    private static final int PRONOUNS = 16;
    private static final int HOMOGRAPHS = 18;
    /** A cue of each class, and one that tells nothing. */
    private static final int CUES = 26;

    private static final int PLAIN = CUES + 4;
    /** What follows a name of each class. */
    private static final int AFTER_NAMES = 31;

    private static final int NAMES = 35;
    private static final int DOUBLES = NAMES + 4 * KNOWN;
    private static final int NEW = DOUBLES + 6;
    private static final int SIZE = NEW + 8;

    /** What the words of a sentence are about. */
    private enum Phase {
        SUBJECT,
        VERB,
        OBJECT,
        NAME
    }

    private final int first;
    private final boolean newNames;

    ProseWriting(int first, boolean newNames) {
        this.first = first;
        this.newNames = newNames;
    }

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public List<String> decisions() {
        List<String> all = new ArrayList<>(List.of("sentence", "subject", "object", "verb"));
        for (String kind : List.of("known", "double", "new")) {
            all.add(kind + "-name-told");
            all.add(kind + "-name-untold");
        }
        return all;
    }

    @Override
    public List<Construct.Kind> labels() {
        return List.of(
                Construct.Kind.of("homograph", Label.Kind.BOOLEAN),
                new Construct.Kind("upos", Label.Kind.CATEGORY, TAGS),
                new Construct.Kind("number", Label.Kind.CATEGORY, List.of("singular", "plural")),
                new Construct.Kind("tense", Label.Kind.CATEGORY, List.of("past", "future")),
                new Construct.Kind("role", Label.Kind.CATEGORY, List.of("subject", "object")),
                new Construct.Kind("gender", Label.Kind.CATEGORY, List.of("male", "female")),
                new Construct.Kind("name", Label.Kind.CATEGORY, CLASSES));
    }

    @Override
    public Place begin() {
        return new Sentence();
    }

    private final class Sentence implements Place {
        private int last = STOP;
        private Phase phase = Phase.SUBJECT;
        private int number = Label.NONE;
        private int tense = Label.NONE;
        /** The class that the last cue tells. */
        private int told = Label.NONE;
        /** Of the last first name. */
        private int gender = Label.NONE;

        @Override
        public void read(int id) {
            last = id - first;
            if (last == STOP) {
                phase = Phase.SUBJECT;
                number = Label.NONE;
                tense = Label.NONE;
            } else if (is(DETERMINERS, ADJECTIVES)) {
                phase = phase == Phase.VERB ? Phase.OBJECT : Phase.SUBJECT;
                number = last - DETERMINERS;
            } else if (is(AUXILIARIES, TIMES)) {
                phase = Phase.VERB;
                tense = (last - AUXILIARIES) % 2;
            } else if (is(PRONOUNS, HOMOGRAPHS)) {
                number = 0;
            } else if (is(CUES, AFTER_NAMES)) {
                phase = Phase.NAME;
                told = last == PLAIN ? Label.NONE : last - CUES;
            } else if (is(NAMES, NAMES + KNOWN)) {
                gender = (last - NAMES) % 2;
            }
        }

        private boolean is(int from, int to) {
            return last >= from && last < to;
        }

        @Override
        public Mixture next() {
            Mixture out = new Mixture();
            if (last == STOP) {
                return sentence(out);
            }
            if (is(DETERMINERS, ADVERBS) || is(CUES, AFTER_NAMES)) {
                out.add(0.35, range(ADJECTIVES, ADVERBS));
                return phase == Phase.NAME ? name(out) : out.add(0.65, range(HOMOGRAPHS, CUES));
            }
            if (is(ADVERBS, TIMES)) {
                return out.add(0.35, range(ADVERBS, AUXILIARIES)).add(0.65, range(HOMOGRAPHS, CUES));
            }
            if (is(HOMOGRAPHS, CUES) && phase == Phase.VERB) {
                return out.add(0.5, only(TIMES + tense)).add(0.5, range(DETERMINERS, ADJECTIVES));
            }
            if (is(PRONOUNS, CUES) && phase == Phase.SUBJECT) {
                return out.add(1, range(AUXILIARIES + 2 * number, AUXILIARIES + 2 * number + 2));
            }
            return out.add(1, last >= NAMES ? afterName() : only(STOP));
        }

        private Mixture sentence(Mixture out) {
            double pronoun = gender >= 0 ? 0.25 : 0;
            out.add(pronoun, only(PRONOUNS + Math.max(0, gender)));
            return out.add((1 - pronoun) * 0.4, range(DETERMINERS, ADJECTIVES))
                    .add((1 - pronoun) * 0.3, range(CUES, PLAIN))
                    .add((1 - pronoun) * 0.3, only(PLAIN));
        }

        private Mixture name(Mixture out) {
            int[] doubles = IntStream.range(0, DOUBLE.length)
                    .filter(d -> told < 0 || DOUBLE[d][0] == told || DOUBLE[d][1] == told)
                    .map(d -> first + DOUBLES + d)
                    .toArray();
            double twice = doubles.length > 0 ? 0.25 : 0;
            if (twice > 0) {
                out.add(twice, Choice.uniform(doubles));
            }
            Choice single = newNames
                    ? range(NEW, SIZE)
                    : told < 0 ? range(NAMES, DOUBLES) : range(NAMES + told * KNOWN, NAMES + (told + 1) * KNOWN);
            return out.add(0.65 - twice, single);
        }

        private Choice afterName() {
            if (told >= 0) {
                return only(AFTER_NAMES + told);
            }
            if (is(NAMES, DOUBLES)) {
                return only(AFTER_NAMES + (last - NAMES) / KNOWN);
            }
            return last >= NEW
                    ? range(AFTER_NAMES, NAMES)
                    : Choice.uniform(
                            first + AFTER_NAMES + DOUBLE[last - DOUBLES][0],
                            first + AFTER_NAMES + DOUBLE[last - DOUBLES][1]);
        }

        @Override
        public @Nullable String asked() {
            if (last >= NAMES) {
                String kind = last >= NEW ? "new" : last >= DOUBLES ? "double" : "known";
                return kind + (told >= 0 ? "-name-told" : "-name-untold");
            }
            if (is(HOMOGRAPHS, CUES)) {
                return phase.name().toLowerCase(Locale.ROOT);
            }
            return last == STOP ? "sentence" : null;
        }

        @Override
        public int[] labels(int following) {
            int name = last >= NAMES ? following - first - AFTER_NAMES : Label.NONE;
            int role = is(HOMOGRAPHS, CUES) && phase != Phase.VERB ? phase == Phase.SUBJECT ? 0 : 1 : Label.NONE;
            return new int[] {is(HOMOGRAPHS, CUES) ? 1 : 0, tag(), number, tense, role, gender, name};
        }

        private int tag() {
            if (last >= NAMES) {
                return TAGS.indexOf("proper-noun");
            }
            if (is(HOMOGRAPHS, CUES)) {
                return TAGS.indexOf(phase == Phase.VERB ? "verb" : "noun");
            }
            if (is(DETERMINERS, ADVERBS)) {
                return TAGS.indexOf(last < ADJECTIVES ? "determiner" : "adjective");
            }
            if (is(AUXILIARIES, TIMES)) {
                return TAGS.indexOf("auxiliary");
            }
            if (is(PRONOUNS, HOMOGRAPHS)) {
                return TAGS.indexOf("pronoun");
            }
            return is(ADVERBS, AUXILIARIES) || is(TIMES, PRONOUNS) ? TAGS.indexOf("adverb") : Label.NONE;
        }
    }

    private Choice only(int token) {
        return Choice.only(first + token);
    }

    private Choice range(int from, int to) {
        return Choice.range(first + from, to - from);
    }
}
