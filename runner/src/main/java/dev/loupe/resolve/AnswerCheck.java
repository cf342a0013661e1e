package dev.loupe.resolve;

import dev.loupe.resolve.model.UnknownName;
import dev.loupe.result.ResultName;
import dev.loupe.spec.AnswerHole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the answer sentence before anything runs: functions that exist, of results and claims that will be there. */
final class AnswerCheck {
    private final Set<String> results;
    private final Set<String> measurements;
    private final int claims;

    /**
     * @param results names of results whose shape is known, parts included
     * @param measurements every measurement of the spec, those with problems of their own too
     */
    AnswerCheck(Set<String> results, Set<String> measurements, int claims) {
        this.results = results;
        this.measurements = measurements;
        this.claims = claims;
    }

    /** What is wrong, a sentence for each fault. */
    List<String> problems(String answer) {
        List<String> out = new ArrayList<>();
        for (AnswerHole hole : AnswerHole.in(answer)) {
            try {
                String problem = problem(hole);
                if (problem != null) {
                    out.add(hole + ": " + problem);
                }
            } catch (IllegalArgumentException e) {
                out.add(String.valueOf(e.getMessage()));
            }
        }
        if (AnswerHole.fill(answer, hole -> "").contains("{{")) {
            out.add("expected a function after `{{`, such as `{{value(loss)}}`");
        }
        return out;
    }

    private @Nullable String problem(AnswerHole hole) {
        if (AnswerHole.OF_RESULTS.contains(hole.function())) {
            hole.number(1, 1);
            return hole.words().isEmpty()
                    ? "the name of a result is missing"
                    : ofResult(hole.words().get(0));
        }
        boolean all = hole.function().equals("verdict") && hole.words().isEmpty();
        if (AnswerHole.OF_CLAIMS.contains(hole.function()) && !all) {
            int n = hole.number(0, 0);
            return n >= 1 && n <= claims ? null : "claims are numbered 1 to " + claims;
        }
        return all ? null : "there is no such function; known: value, max, min, top, those, interval, claim, verdict";
    }

    private @Nullable String ofResult(String name) {
        // A measurement with a problem of its own is reported there.
        String measurement = ResultName.of(name).measurement();
        boolean unknown = measurements.contains(measurement)
                && results.stream()
                        .noneMatch(r -> ResultName.of(r).measurement().equals(measurement));
        return results.contains(name) || unknown
                ? null
                : String.valueOf(UnknownName.of("result", name, results.isEmpty() ? measurements : results)
                        .getMessage());
    }
}
