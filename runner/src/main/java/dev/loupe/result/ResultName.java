package dev.loupe.result;

/**
 * What a reference names: a measurement, or a part of one.
 *
 * @param measurement {@code scores} of {@code scores.IND}
 * @param part {@code IND} of {@code scores.IND}, empty where the whole measurement is named
 */
public record ResultName(String measurement, String part) {
    public static ResultName of(String reference) {
        int dot = reference.indexOf('.');
        return dot < 0
                ? new ResultName(reference, "")
                : new ResultName(reference.substring(0, dot), reference.substring(dot + 1));
    }
}
