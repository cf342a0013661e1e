package dev.loupe.result.store;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.loupe.result.Provenance;
import dev.loupe.result.RunResult;
import dev.loupe.result.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * results.json as a whole. Its keys come in the order of the components, and so does everything in it.
 *
 * @param version of the layout
 * @param verdict on all claims together; null where there are none, absent in the first layout
 */
record StoredRun(
        @JsonProperty("loupe_results") int version,
        String id,
        String title,
        String question,
        String variant,
        String answer,
        @Nullable Verdict verdict,
        List<StoredClaim> claims,
        List<StoredMeasurement> measurements,
        Provenance provenance,
        String resolvedSpec,
        List<String> defaults,
        String notes,
        String explain,
        Map<String, String> extra) {
    /** The layout that is written; a reader refuses what is newer than it. */
    static final int VERSION = 2;

    /** @param most so many numbers of a measurement are written here; more are left to the tensors */
    static StoredRun of(RunResult run, int most) {
        return new StoredRun(
                VERSION,
                run.id(),
                run.title(),
                run.question(),
                run.variant(),
                run.answer(),
                run.claims().isEmpty() ? null : run.verdict(),
                run.claims().stream().map(StoredClaim::of).toList(),
                run.artifacts().stream()
                        .map(artifact -> StoredMeasurement.of(artifact, most))
                        .toList(),
                run.provenance(),
                run.resolvedSpec(),
                run.defaults(),
                run.notes(),
                run.explain(),
                new TreeMap<>(run.extra()));
    }

    /** @param tensors holds the numbers that results.json leaves out */
    RunResult run(StoredNumbers tensors) {
        return new RunResult(
                id,
                title,
                question,
                variant,
                answer,
                claims.stream().map(StoredClaim::claim).toList(),
                measurements.stream().map(m -> m.artifact(tensors)).toList(),
                provenance,
                resolvedSpec,
                defaults,
                notes,
                explain,
                extra);
    }
}
