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
    @Doc("Mean over queries whose token occurred before of the attention to the tokens after its earlier copies.")
    IND(false, Target.INDUCTION),
    @Key("CUR")
    @Doc("Mean over queries i >= 1 of A[i, i]: attention to the token itself.")
    CUR(false, Target.CURRENT),
    @Key("MUL_PREV")
    @Doc("TransformerLens mul score, previous_token_head: sum of A on the previous token / sum of A, all queries.")
    MUL_PREV(true, Target.PREVIOUS),
    @Key("MUL_DUP")
    @Doc("TransformerLens mul score, duplicate_token_head.")
    MUL_DUP(true, Target.DUPLICATE),
    @Key("MUL_IND")
    @Doc("TransformerLens mul score, induction_head.")
    MUL_IND(true, Target.INDUCTION);

    /** Which keys a query should attend to, from the tokens alone. */
    enum Target {
        PREVIOUS {
            @Override
            boolean key(int[] x, int i, int j) {
                return j == i - 1;
            }
        },
        DUPLICATE {
            @Override
            boolean key(int[] x, int i, int j) {
                return j < i && x[j] == x[i];
            }
        },
        INDUCTION {
            @Override
            boolean key(int[] x, int i, int j) {
                return j >= 1 && j <= i && x[j - 1] == x[i];
            }
        },
        CURRENT {
            @Override
            boolean key(int[] x, int i, int j) {
                return i == j;
            }
        };

        abstract boolean key(int[] tokens, int query, int key);
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

    boolean isTarget(int[] tokens, int query, int key) {
        return target.key(tokens, query, key);
    }

    /** Whether a query counts in the mean. */
    boolean counts(int[] tokens, int query) {
        if (mul) {
            return true;
        }
        switch (target) {
            case PREVIOUS:
                return query >= 2;
            case CURRENT:
                return query >= 1;
            default:
                for (int j = 0; j < query; j++) {
                    if (tokens[j] == tokens[query]) {
                        return true;
                    }
                }
                return false;
        }
    }
}
