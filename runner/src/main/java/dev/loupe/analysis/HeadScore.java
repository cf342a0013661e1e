package dev.loupe.analysis;

import dev.loupe.schema.Doc;
import dev.loupe.schema.Key;

/**
 * Attention-pattern scores of a head. PREV, DUP and IND follow the mean over queries that have a target key; the MUL scores
 * are TransformerLens' {@code detect_head(..., error_measure="mul")}, which divides by all attention, so a perfect induction
 * head on one repeat gets about 0.5 there.
 */
public enum HeadScore {
    @Key("PREV")
    @Doc("Mean over queries i >= 2 of A[i, i-1].")
    PREV(false, Target.PREVIOUS),
    @Key("DUP")
    @Doc("Mean over queries whose token occurred before of the attention to its earlier copies.")
    DUP(false, Target.DUPLICATE),
    @Key("IND")
    @Doc("Mean over queries whose token occurred before of the attention to the earlier tokens that follow its copies;"
            + " the query itself does not count, even where it follows a copy.")
    IND(false, Target.AFTER_COPY),
    @Key("CUR")
    @Doc("Mean over queries i >= 1 of A[i, i]: attention to the token itself.")
    CUR(false, Target.CURRENT),
    @Key("FIRST")
    @Doc("Mean over queries i >= 1 of A[i, 0]: attention that rests on the row's first token.")
    FIRST(false, Target.FIRST),
    @Key("MUL_PREV")
    @Doc("TransformerLens mul score, previous_token_head: sum of A on the previous token / sum of A, all queries.")
    MUL_PREV(true, Target.PREVIOUS),
    @Key("MUL_DUP")
    @Doc("TransformerLens mul score, duplicate_token_head.")
    MUL_DUP(true, Target.DUPLICATE),
    @Key("MUL_IND")
    @Doc("TransformerLens mul score, induction_head.")
    MUL_IND(true, Target.SHIFTED_DUPLICATE),
    @Key("NEXT")
    @Doc("Mean over queries that are asked for a token which stands in the context of the attention to that token.")
    NEXT(false, Target.ASKED);

    /** Which keys a query should attend to, from the tokens alone. */
    enum Target {
        PREVIOUS {
            @Override
            boolean key(int[] x, int asked, int i, int j) {
                return j == i - 1;
            }
        },
        DUPLICATE {
            @Override
            boolean key(int[] x, int asked, int i, int j) {
                return j < i && x[j] == x[i];
            }
        },
        AFTER_COPY {
            @Override
            boolean key(int[] x, int asked, int i, int j) {
                return j >= 1 && j < i && x[j - 1] == x[i];
            }
        },
        /** As TransformerLens shifts its duplicate pattern: of two equal neighbours the second is a target of itself. */
        SHIFTED_DUPLICATE {
            @Override
            boolean key(int[] x, int asked, int i, int j) {
                return j >= 1 && j <= i && x[j - 1] == x[i];
            }
        },
        CURRENT {
            @Override
            boolean key(int[] x, int asked, int i, int j) {
                return i == j;
            }
        },
        FIRST {
            @Override
            boolean key(int[] x, int asked, int i, int j) {
                return j == 0;
            }
        },
        ASKED {
            @Override
            boolean key(int[] x, int asked, int i, int j) {
                return j <= i && x[j] == asked;
            }
        };

        abstract boolean key(int[] tokens, int asked, int query, int key);
    }

    private final boolean mul;
    private final Target target;

    HeadScore(boolean mul, Target target) {
        this.mul = mul;
        this.target = target;
    }

    /** Whether every query counts, as in TransformerLens. */
    boolean overAllQueries() {
        return mul;
    }

    /** @param asked the token that the query is to predict, -1 for none */
    boolean isTarget(int[] tokens, int asked, int query, int key) {
        return target.key(tokens, asked, query, key);
    }

    /** Whether a query counts in the mean. */
    boolean counts(int[] tokens, int asked, int query) {
        if (mul) {
            return true;
        }
        return switch (target) {
            case PREVIOUS -> query >= 2;
            case CURRENT, FIRST -> query >= 1;
            case ASKED -> asked >= 0 && occurs(tokens, asked, query + 1);
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
