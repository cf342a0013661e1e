package dev.loupe.analysis.heads;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Attention-pattern scores of a head. PREV, DUP and IND follow the mean over queries that have a target key; the MUL and
 * ABS scores are TransformerLens' {@code detect_head(..., error_measure="mul")} and {@code "abs"}. MUL divides by all attention,
 * so a perfect induction head on one repeat gets about 0.5 there; ABS is 1 less the mean over queries of the distance between
 * the attention and 1 on the targets, 0 elsewhere (a query without targets costs 1), not rounded.
 */
public enum HeadScoreKind {
    @Key("PREV")
    @Doc("Mean over queries i >= 2 of A[i, i-1].")
    PREV(Measure.MEAN, Target.PREVIOUS),
    @Key("DUP")
    @Doc("Mean attention to earlier copies of the token, over queries whose token occurred before.")
    DUP(Measure.MEAN, Target.DUPLICATE),
    @Key("IND")
    @Doc("Mean attention to the tokens that follow earlier copies of the token, over queries whose token occurred "
            + "before. The query itself does not count, even where it follows a copy.")
    IND(Measure.MEAN, Target.AFTER_COPY),
    @Key("CUR")
    @Doc("Mean over queries i >= 1 of A[i, i]: attention to the token itself.")
    CUR(Measure.MEAN, Target.CURRENT),
    @Key("FIRST")
    @Doc("Mean over queries i >= 1 of A[i, 0]: attention to the first token of the row.")
    FIRST(Measure.MEAN, Target.FIRST),
    @Key("MUL_PREV")
    @Doc("TransformerLens mul score, previous_token_head: sum of A on the previous token / "
            + "sum of A over all queries of a row, averaged over rows.")
    MUL_PREV(Measure.MUL, Target.PREVIOUS),
    @Key("MUL_DUP")
    @Doc("TransformerLens mul score, duplicate_token_head.")
    MUL_DUP(Measure.MUL, Target.DUPLICATE),
    @Key("MUL_IND")
    @Doc("TransformerLens mul score, induction_head.")
    MUL_IND(Measure.MUL, Target.SHIFTED_DUPLICATE),
    @Key("ABS_PREV")
    @Doc("TransformerLens abs score, previous_token_head: 1 - mean over queries of the sum over "
            + "keys of |A - target|, for each row, averaged over rows.")
    ABS_PREV(Measure.ABS, Target.PREVIOUS),
    @Key("ABS_DUP")
    @Doc("TransformerLens abs score, duplicate_token_head.")
    ABS_DUP(Measure.ABS, Target.DUPLICATE),
    @Key("ABS_IND")
    @Doc("TransformerLens abs score, induction_head.")
    ABS_IND(Measure.ABS, Target.SHIFTED_DUPLICATE),
    @Key("NEXT")
    @Doc("Mean attention to the target token, over queries whose target occurs in the context; where several "
            + "answers are right, attention to any of them.")
    NEXT(Measure.MEAN, Target.ASKED);

    /** What is made of the attention on the targets. */
    enum Measure {
        /** Its mean over queries that have a target. */
        MEAN,
        /** Its share of all attention. */
        MUL,
        /** 1 less its distance from the targets, a mean over queries. */
        ABS
    }

    /** Which keys a query should attend to, from the tokens alone. */
    enum Target {
        PREVIOUS {
            @Override
            void keys(int[] x, int[] asked, int i, IntConsumer found) {
                if (i > 0) {
                    found.accept(i - 1);
                }
            }
        },
        DUPLICATE {
            @Override
            void keys(int[] x, int[] asked, int i, IntConsumer found) {
                for (int j = 0; j < i; j++) {
                    if (x[j] == x[i]) {
                        found.accept(j);
                    }
                }
            }
        },
        AFTER_COPY {
            @Override
            void keys(int[] x, int[] asked, int i, IntConsumer found) {
                for (int j = 1; j < i; j++) {
                    if (x[j - 1] == x[i]) {
                        found.accept(j);
                    }
                }
            }
        },
        /** As TransformerLens shifts its duplicate pattern: of two equal neighbours the second is a target of itself. */
        SHIFTED_DUPLICATE {
            @Override
            void keys(int[] x, int[] asked, int i, IntConsumer found) {
                for (int j = 1; j <= i; j++) {
                    if (x[j - 1] == x[i]) {
                        found.accept(j);
                    }
                }
            }
        },
        CURRENT {
            @Override
            void keys(int[] x, int[] asked, int i, IntConsumer found) {
                found.accept(i);
            }
        },
        FIRST {
            @Override
            void keys(int[] x, int[] asked, int i, IntConsumer found) {
                found.accept(0);
            }
        },
        ASKED {
            @Override
            void keys(int[] x, int[] asked, int i, IntConsumer found) {
                for (int j = 0; j <= i; j++) {
                    for (int id : asked) {
                        if (id == x[j]) {
                            found.accept(j);
                            break;
                        }
                    }
                }
            }
        };

        /** Tells each of them, ascending, none after the query. */
        abstract void keys(int[] tokens, int[] asked, int query, IntConsumer found);
    }

    private final Measure measure;
    private final Target target;

    HeadScoreKind(Measure measure, Target target) {
        this.measure = measure;
        this.target = target;
    }

    Measure measure() {
        return measure;
    }

    /**
     * The keys that a query should attend to.
     *
     * @param asked the tokens that would be right after the query, none where nothing is asked
     * @param found is given each key, ascending; none lies after the query
     */
    void targets(int[] tokens, int[] asked, int query, IntConsumer found) {
        target.keys(tokens, asked, query, found);
    }

    /** Whether its targets depend on what the rows ask for. */
    boolean asks() {
        return target == Target.ASKED;
    }

    /** Whether a query counts in the mean; in TransformerLens' scores every one does. */
    boolean counts(int[] tokens, int[] asked, int query) {
        if (measure != Measure.MEAN) {
            return true;
        }
        return switch (target) {
            case PREVIOUS -> query >= 2;
            case CURRENT, FIRST -> query >= 1;
            case ASKED -> Arrays.stream(asked).anyMatch(id -> occurs(tokens, id, query + 1));
            case DUPLICATE, AFTER_COPY, SHIFTED_DUPLICATE -> occurs(tokens, tokens[query], query);
        };
    }

    private static boolean occurs(int[] tokens, int wanted, int before) {
        for (int j = 0; j < before; j++) {
            if (tokens[j] == wanted) {
                return true;
            }
        }
        return false;
    }
}
