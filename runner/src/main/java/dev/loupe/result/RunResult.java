package dev.loupe.result;

import java.util.List;
import java.util.Map;

/**
 * A finished run, whole: what results.json and results.safetensors hold and a report is made from.
 *
 * @param id the problem id of the spec
 * @param answer one sentence, numbers filled in
 * @param resolvedSpec the spec with every default filled in, as YAML
 * @param defaults paths of the resolved spec that the user did not write
 * @param notes Markdown from the spec: what a reader should know; escaped by the page
 * @param extra named texts beside these; those whose name begins with {@link #NOTICE} say what a reader must know of a
 *     measurement
 * @param explain the executed plan as text, with what each rule did
 */
public record RunResult(
        String id,
        String title,
        String question,
        String variant,
        String answer,
        List<ClaimResult> claims,
        List<Artifact> artifacts,
        Provenance provenance,
        String resolvedSpec,
        List<String> defaults,
        String notes,
        String explain,
        Map<String, String> extra) {
    /** Before the name of the measurement that a notice is about. */
    public static final String NOTICE = "notice ";

    /** The verdict on all claims together: refuted where one is, else undecided where one is. */
    public Verdict verdict() {
        return Tally.ofClaims(claims).verdict();
    }
}
