package dev.loupe.resolve;

import dev.loupe.resolve.model.UnknownName;
import dev.loupe.result.ResultName;
import dev.loupe.spec.Answer;
import dev.loupe.spec.AnswerValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks the answer sentence before anything runs: functions that exist, of results and claims that will be there. */
final class AnswerCheck {
    private final Set<String> results;
    private final Set<String> measurements;
    private final int claims;
    private final Consumer<AnswerValue.Formula> trial;

    /**
     * @param results names of results whose shape is known, parts included
     * @param measurements every measurement of the spec, those with problems of their own too
     * @param trial computes a number on results of the planned shapes, or refuses it
     */
    AnswerCheck(Set<String> results, Set<String> measurements, int claims, Consumer<AnswerValue.Formula> trial) {
        this.results = results;
        this.measurements = measurements;
        this.claims = claims;
        this.trial = trial;
    }

    /** What is wrong, in the order of the text. */
    List<Answer.Fault> problems(Answer answer) {
        List<Answer.Fault> out = new ArrayList<>(answer.problems());
        for (Answer.Hole hole : answer.holes()) {
            String problem = problem(hole.value());
            if (problem != null) {
                out.add(new Answer.Fault(hole.from(), answer.written(hole) + ": " + problem));
            }
        }
        out.sort(Comparator.comparingInt(Answer.Fault::at));
        return out;
    }

    private @Nullable String problem(AnswerValue value) {
        if (value instanceof AnswerValue.OfClaim claim) {
            if (claim.number() <= claims) {
                return null;
            }
            return claims == 0 ? "there are no claims" : "claims are numbered 1 to " + claims;
        }
        if (value instanceof AnswerValue.Components components) {
            return ofResult(components.result());
        }
        AnswerValue.Formula formula =
                value instanceof AnswerValue.OrWords or ? or.formula() : (AnswerValue.Formula) value;
        if (formula.references().isEmpty()) {
            return "nothing in it is a result; write the number itself";
        }
        for (String reference : formula.references()) {
            String problem = ofResult(reference);
            if (problem != null || !results.contains(reference)) {
                return problem;
            }
        }
        try {
            trial.accept(formula);
            return null;
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
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
