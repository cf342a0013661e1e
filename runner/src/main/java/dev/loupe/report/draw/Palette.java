package dev.loupe.report.draw;

import java.util.List;
import java.util.Locale;

/**
 * The page's colours, computed so that their contrast can be tested. Blue and orange stay apart for the colour-blind;
 * zero is the paper itself.
 */
public final class Palette {
    /** Colours for one kind of paper. {@code series} stand at least 3:1 from it. */
    public record Theme(
            String paper,
            String ink,
            String faint,
            String accent,
            String pass,
            String fail,
            String warn,
            String positive,
            String positiveEnd,
            String negative,
            String negativeEnd,
            List<String> series) {}

    public static final Theme LIGHT = new Theme(
            "#ffffff",
            "#1c2128",
            "#57606a",
            "#0b5cad",
            "#116329",
            "#a40e26",
            "#7a4f00",
            "#3f8fd2",
            "#08306b",
            "#e8803a",
            "#6e2c00",
            List.of("#0072b2", "#c04f00", "#00795a", "#8040a8", "#7a5c00", "#b0305c", "#44546a", "#0f7c86"));

    public static final Theme DARK = new Theme(
            "#14181d",
            "#e4e8ed",
            "#9aa5b1",
            "#7ab8ff",
            "#6fd08c",
            "#ff8f8f",
            "#e6b450",
            "#3d7fc4",
            "#b7dcff",
            "#c2652a",
            "#ffd0a8",
            List.of("#6cb6ff", "#ffa057", "#4fd1a5", "#d2a8ff", "#e3c04d", "#ff8fb1", "#b6c2d2", "#66d4dd"));

    private Palette() {}

    /**
     * The rules that give every colour step its colour and a readable text colour. A root of class {@code light} is light
     * whatever the reader prefers: so pictures are saved.
     */
    public static String css() {
        return ":root{" + variables(LIGHT) + "}\n" + steps(LIGHT, "")
                + "@media (prefers-color-scheme:dark){@media screen{:root:not(.light){" + variables(DARK) + "}\n"
                + steps(DARK, ":root:not(.light) ") + "}}\n";
    }

    private static String variables(Theme theme) {
        StringBuilder css = new StringBuilder();
        css.append("--paper:").append(theme.paper()).append(";--ink:").append(theme.ink());
        css.append(";--faint:").append(theme.faint()).append(";--accent:").append(theme.accent());
        css.append(";--pass:").append(theme.pass()).append(";--fail:").append(theme.fail());
        css.append(";--warn:").append(theme.warn());
        for (int i = 0; i < theme.series().size(); i++) {
            css.append(";--s").append(i).append(':').append(theme.series().get(i));
        }
        return css.append(';').toString();
    }

    private static String steps(Theme theme, String under) {
        StringBuilder css = new StringBuilder();
        for (int k = 0; k <= ColourScale.STEPS; k++) {
            String up = step(theme, k);
            css.append(rule(under + (k == 0 ? ".z" : ".p" + k) + "," + under + ".s" + k, up, theme));
            if (k > 0) {
                css.append(rule(under + ".n" + k, step(theme, -k), theme));
            }
        }
        return css.toString();
    }

    private static String rule(String selector, String colour, Theme theme) {
        return selector + "{--c:" + colour + ";--ct:" + textOn(colour) + "}\n";
    }

    /** Step {@code k} of 20 away from zero: from paper over a middle tone to the end tone, in OKLab. */
    public static String step(Theme theme, int k) {
        double t = Math.abs(k) / (double) ColourScale.STEPS;
        String middle = k < 0 ? theme.negative() : theme.positive();
        String end = k < 0 ? theme.negativeEnd() : theme.positiveEnd();
        return t <= 0.6 ? mix(theme.paper(), middle, t / 0.6) : mix(middle, end, (t - 0.6) / 0.4);
    }

    /** Black or white, whichever reads better. */
    public static String textOn(String colour) {
        return contrast(colour, "#ffffff") >= contrast(colour, "#000000") ? "#ffffff" : "#000000";
    }

    /** WCAG 2 contrast ratio of two colours, 1 to 21. */
    public static double contrast(String a, String b) {
        double x = luminance(a);
        double y = luminance(b);
        return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
    }

    private static double luminance(String colour) {
        double[] c = linear(colour);
        return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
    }

    private static double[] linear(String colour) {
        double[] c = new double[3];
        for (int i = 0; i < 3; i++) {
            double v = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            c[i] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
        }
        return c;
    }

    /** Mixes in OKLab (Ottosson 2020), where equal steps look equal. */
    public static String mix(String a, String b, double t) {
        double[] x = lab(linear(a));
        double[] y = lab(linear(b));
        double l = x[0] + (y[0] - x[0]) * t;
        double m = x[1] + (y[1] - x[1]) * t;
        double n = x[2] + (y[2] - x[2]) * t;
        double p = Math.pow(l + 0.3963377774 * m + 0.2158037573 * n, 3);
        double q = Math.pow(l - 0.1055613458 * m - 0.0638541728 * n, 3);
        double r = Math.pow(l - 0.0894841775 * m - 1.2914855480 * n, 3);
        return hex(4.0767416621 * p - 3.3077115913 * q + 0.2309699292 * r)
                .concat(hex(-1.2684380046 * p + 2.6097574011 * q - 0.3413193965 * r)
                        .substring(1))
                .concat(hex(-0.0041960863 * p - 0.7034186147 * q + 1.7076147010 * r)
                        .substring(1));
    }

    private static double[] lab(double[] c) {
        double p = Math.cbrt(0.4122214708 * c[0] + 0.5363325363 * c[1] + 0.0514459929 * c[2]);
        double q = Math.cbrt(0.2119034982 * c[0] + 0.6806995451 * c[1] + 0.1073969566 * c[2]);
        double r = Math.cbrt(0.0883024619 * c[0] + 0.2817188376 * c[1] + 0.6299787005 * c[2]);
        return new double[] {
            0.2104542553 * p + 0.7936177850 * q - 0.0040720468 * r,
            1.9779984951 * p - 2.4285922050 * q + 0.4505937099 * r,
            0.0259040371 * p + 0.7827717662 * q - 0.8086757660 * r
        };
    }

    private static String hex(double linear) {
        double v = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
        return String.format(Locale.ROOT, "#%02x", Math.max(0, Math.min(255, Math.round(v * 255))));
    }
}
