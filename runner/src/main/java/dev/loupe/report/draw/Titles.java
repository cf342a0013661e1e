package dev.loupe.report.draw;

/**
 * A result's name and title taken apart: {@code looks.S2} with "Where heads look: S2" is part {@code S2} of measurement
 * {@code looks}.
 *
 * @param measurement its name in the spec
 * @param base the measurement's title
 * @param part the part's name, or the model's ("seed 0"); empty where there is one
 */
public record Titles(String measurement, String base, String part) {
    public static Titles of(String name, String title) {
        int cut = Math.max(name.indexOf('.'), name.indexOf('@'));
        String part = cut < 0 ? "" : name.substring(cut + 1);
        boolean said = !part.isEmpty() && title.endsWith(": " + part);
        return new Titles(
                cut < 0 ? name : name.substring(0, cut),
                said ? title.substring(0, title.length() - part.length() - 2) : title,
                said ? part : "");
    }
}
