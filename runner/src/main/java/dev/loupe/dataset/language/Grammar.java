package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one variant of the language. What comes next depends on the tokens so far and on the register alone, so that
 * rows can be drawn and the probability of every token of a row is known.
 *
 * <p>Where a construct decides, its token comes in {@value #REGULAR} of all cases; else, and where none does, constructs begin
 * or the filler goes on.
 */
final class Grammar {
    /** Tables of the language are made for this many registers, so that a register is the same whichever others are used. */
    static final int REGISTERS = 2;

    private static final double REGULAR = 0.9;
    /** A share of words below which one says nothing of its register. */
    private static final double RARE = 0.005;

    static final String OPEN = "open";
    static final String OPEN_IN_SPAN = "open-in-span";

    private final Filler filler = new Filler(REGISTERS, Brackets.KINDS + Senses.SENSES);
    private final List<Construct> constructs = new ArrayList<>();
    /** The table of a construct's first bend, aligned with {@code constructs}. */
    private final List<Integer> tables = new ArrayList<>();

    private final int vocabulary;
    private int labels;
    private final List<String> decisions = new ArrayList<>(List.of(OPEN, OPEN_IN_SPAN));

    /** Every construct has its token ids, whether or not the variant uses it. */
    Grammar(PlantedLanguage options) {
        int next = Filler.SIZE;
        int bracketTables = REGISTERS;
        int senseTables = REGISTERS + Brackets.KINDS;
        Homographs homographs = new Homographs(next, REGISTERS);
        next += homographs.size();
        Trigrams trigrams = new Trigrams(next);
        next += trigrams.size();
        Words words = new Words(next, options.splits());
        next += words.size();
        Brackets brackets = new Brackets(next, options.spread());
        next += brackets.size();
        SkipTrigrams skip = new SkipTrigrams(next);
        next += skip.size();
        PersonCounts persons = new PersonCounts(next);
        next += persons.size();
        Senses senses = new Senses(next, options.spread());
        next += senses.size();
        Bindings bindings = new Bindings(next, options.splits());
        next += bindings.size();
        SpanCounts counts = new SpanCounts(next, brackets);
        next += counts.size();
        vocabulary = next;
        for (ConstructName name : options.constructs()) {
            switch (name) {
                case HOMOGRAPHS -> use(homographs, -1);
                case TRIGRAMS -> use(trigrams, -1);
                case WORDS -> use(words, -1);
                case BRACKETS -> use(brackets, bracketTables);
                case SKIP_TRIGRAMS -> use(skip, -1);
                case PERSON_COUNTS -> use(persons, -1);
                case SENSES -> use(senses, senseTables);
                case BINDINGS -> use(bindings, -1);
                case SPAN_COUNTS -> use(counts, -1);
            }
        }
    }

    private void use(Construct construct, int table) {
        constructs.add(construct);
        tables.add(table);
        decisions.addAll(construct.decisions());
        labels += construct.labels().size();
    }

    int vocabulary() {
        return vocabulary;
    }

    /** The token ids of the whole language. */
    static Lexicon lexicon() {
        Grammar all = new Grammar(PlantedLanguage.whole());
        double[] evidence = new double[all.vocabulary];
        double[] a = all.filler.frequencies(PlantedLanguage.Register.A.ordinal());
        double[] b = all.filler.frequencies(PlantedLanguage.Register.B.ordinal());
        for (int word = 0; word < a.length; word++) {
            evidence[word] = Math.log((b[word] + RARE) / (a[word] + RARE));
        }
        Words words = all.construct(Words.class);
        int[] stems = words.stemTokens();
        int[] endings = words.endingTokens();
        int[][] whole = new int[stems.length][endings.length];
        for (int s = 0; s < stems.length; s++) {
            for (int e = 0; e < endings.length; e++) {
                whole[s][e] = words.whole(s, e);
            }
        }
        return new Lexicon(
                all.vocabulary,
                stems,
                endings,
                whole,
                all.construct(Trigrams.class).tokens(),
                evidence);
    }

    /** First and last piece and what follows, of every word. */
    static List<int[]> splitWords() {
        return new Grammar(PlantedLanguage.whole()).construct(Words.class).tokens();
    }

    /** The names of all trigram pairs, or of all words, in their order. */
    static List<String> pairNames(boolean words) {
        Grammar all = new Grammar(PlantedLanguage.whole());
        Construct of = words ? all.construct(Words.class) : all.construct(Trigrams.class);
        return of.labels().get(0).names();
    }

    private <T extends Construct> T construct(Class<T> kind) {
        return constructs.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    /** The values of the label {@code construct}. */
    List<String> decisions() {
        return decisions;
    }

    /** The labels of all constructs in use. */
    List<Construct.Kind> labels() {
        List<Construct.Kind> all = new ArrayList<>();
        constructs.forEach(c -> all.addAll(c.labels()));
        return all;
    }

    Place begin() {
        return new Place();
    }

    /** A place in a row, after some of its tokens. */
    final class Place {
        private final List<Construct.Reading> readings =
                constructs.stream().map(Construct::begin).toList();
        private int last = -1;
        private int length;

        void read(int token) {
            int pos = length++;
            last = token;
            readings.forEach(reading -> reading.read(token, pos));
        }

        /** How the next token is drawn in a register. */
        Mixture next(int register) {
            Construct.Decision decision = decision(register);
            Mixture open = open(register);
            return decision == null
                    ? open
                    : new Mixture().add(REGULAR, decision.choice()).add(1 - REGULAR, open);
        }

        private Construct.@Nullable Decision decision(int register) {
            for (Construct.Reading reading : readings) {
                Construct.Decision decision = reading.decides(register);
                if (decision != null) {
                    return decision;
                }
            }
            return null;
        }

        private Mixture open(int register) {
            Mixture open = new Mixture();
            readings.forEach(reading -> reading.begins(open));
            filler.add(open, 1 - open.total(), last, bending(register));
            return open;
        }

        private List<Integer> bending(int register) {
            List<Integer> bending = new ArrayList<>(List.of(register));
            for (int i = 0; i < readings.size(); i++) {
                int bend = readings.get(i).bends();
                if (bend >= 0) {
                    bending.add(tables.get(i) + bend);
                }
            }
            return bending;
        }

        /** Which of {@link Grammar#decisions} the next token is; none where the last token alone decides. */
        int asked() {
            Construct.Decision decision = decision(0);
            if (decision != null) {
                return decision.asked() == null ? Label.NONE : decisions.indexOf(decision.asked());
            }
            boolean bent = readings.stream().anyMatch(reading -> reading.bends() >= 0);
            return decisions.indexOf(bent ? OPEN_IN_SPAN : OPEN);
        }

        /** The values of {@link Grammar#labels} at the last token. */
        int[] labels() {
            int[] all = new int[labels];
            int next = 0;
            for (Construct.Reading reading : readings) {
                for (int value : reading.labels()) {
                    all[next++] = value;
                }
            }
            return all;
        }
    }
}
