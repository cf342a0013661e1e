package dev.loupe.cli.terminal;

import dev.loupe.result.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the program ends, for scripts to look at. README and the help of {@code run} document the same table. */
public enum ExitCode {
    CLAIMS_HOLD(0, "done; every claim holds"),
    CLAIM_REFUTED(1, "done; a claim is refuted"),
    INPUT_WRONG(2, "the input is wrong: spec, option or file"),
    SURROUNDINGS_FAIL(3, "environment problem: disk full, weights missing, hub unreachable"),
    CLAIM_UNDECIDED(4, "done; no claim is refuted, but one is undecided"),
    OUR_FAULT(70, "a bug in Loupe"),
    INTERRUPTED(130, "interrupted");

    /** Of several runs in one command the worst decides: what was not computed weighs more than what was refuted. */
    private static final List<Integer> WORST_FIRST = List.of(130, 70, 3, 2, 1, 4, 0);

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }

    /** How a run ends whose claims came out so. */
    public static ExitCode of(Verdict verdict) {
        return switch (verdict) {
            case HOLDS -> CLAIMS_HOLD;
            case UNDECIDED -> CLAIM_UNDECIDED;
            case REFUTED -> CLAIM_REFUTED;
        };
    }

    /** The table of a command's help. */
    public static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        for (ExitCode exit : values()) {
            table.put(Integer.toString(exit.code), exit.meaning);
        }
        return table;
    }

    /** This one or the other, whichever says more. */
    public ExitCode worse(ExitCode other) {
        return WORST_FIRST.indexOf(code) <= WORST_FIRST.indexOf(other.code) ? this : other;
    }

    public static ExitCode ofCode(int code) {
        for (ExitCode exit : values()) {
            if (exit.code == code) {
                return exit;
            }
        }
        throw new IllegalArgumentException("no such exit code: " + code);
    }
}
