package dev.loupe.metric.reading;

import java.util.List;

/**
 * What is said beside the numbers of a step.
 *
 * @param undefined why some of them are undefined, one sentence for each reason
 * @param notices what a reader must know of them before they are believed
 */
public record Remarks(List<String> undefined, List<String> notices) {
    public static final Remarks NONE = new Remarks(List.of(), List.of());

    public Remarks {
        undefined = List.copyOf(undefined);
        notices = List.copyOf(notices);
    }

    /** Reasons alone. */
    public static Remarks undefined(List<String> reasons) {
        return new Remarks(reasons, List.of());
    }
}
