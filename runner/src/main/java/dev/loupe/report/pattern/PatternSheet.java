package dev.loupe.report.pattern;

import dev.loupe.report.chart.MapPicture;
import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.Palette;
import dev.loupe.report.draw.Svg;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Base64;
import java.util.List;

/**
 * Heads down, steps across, as one picture whose colours are the weights themselves: one colour for each of 255 weights, so
 * that the page's script reads the numbers from the picture and the page carries them once.
 */
public final class PatternSheet {
    private static final int TILE = 66;
    private static final int GAP = 4;
    private static final double LEFT = 52;
    private static final double TOP = 20;

    private static final int[] COLOURS = colours();

    private PatternSheet() {}

    /** Weight w of 254 as the colour w, and what is masked as no colour at all. */
    private static int[] colours() {
        int[] colours = new int[256];
        for (int w = 0; w < PackedPatterns.MASKED; w++) {
            double place = w / 254.0 * ColourScale.STEPS;
            int below = (int) Math.min(ColourScale.STEPS - 1, Math.floor(place));
            colours[w] = 0xff000000 | between(step(below), step(below + 1), place - below);
        }
        return colours;
    }

    private static int step(int k) {
        return Integer.parseInt(Palette.step(Palette.LIGHT, k).substring(1), 16);
    }

    private static int between(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = from >> shift & 0xff;
            int b = to >> shift & 0xff;
            mixed |= (int) Math.round(a + share * (b - a)) << shift;
        }
        return mixed;
    }

    /** Red, green and blue of each of the 255 weights, in base64. */
    public static String palette() {
        byte[] bytes = new byte[3 * PackedPatterns.MASKED];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (COLOURS[i / 3] >> 16 - 8 * (i % 3));
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** @param steps one example for each step, of equal sizes */
    public static String svg(String label, List<String> heads, List<String> names, List<PackedPatterns.Example> steps) {
        double width = LEFT + steps.size() * (TILE + GAP);
        Svg svg = new Svg(width, TOP + heads.size() * (TILE + GAP), label);
        MapPicture.place(
                svg,
                LEFT,
                TOP,
                steps.size() * (double) (TILE + GAP),
                heads.size() * (double) (TILE + GAP),
                png(heads.size(), steps));
        for (int h = 0; h < heads.size(); h++) {
            double y = TOP + h * (TILE + GAP);
            svg.label("tick end", LEFT - 6, y + TILE / 2.0 + 4, heads.get(h));
            svg.line("cut sheetgap", LEFT, y, width, y);
        }
        for (int m = 0; m < names.size(); m++) {
            double x = LEFT + m * (TILE + GAP);
            svg.label("tick mid", x + TILE / 2.0, TOP - 6, "step " + names.get(m));
            svg.line("cut sheetgap", x, TOP, x, TOP + heads.size() * (TILE + GAP));
        }
        return svg.done();
    }

    private static String png(int heads, List<PackedPatterns.Example> steps) {
        int queries = steps.get(0).queries();
        int keys = steps.get(0).keys();
        BufferedImage image = new BufferedImage(
                keys * steps.size(),
                queries * heads,
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, 256, COLOURS, 0, true, PackedPatterns.MASKED, DataBuffer.TYPE_BYTE));
        for (int h = 0; h < heads; h++) {
            for (int m = 0; m < steps.size(); m++) {
                for (int q = 0; q < queries; q++) {
                    for (int k = 0; k < keys; k++) {
                        image.getRaster()
                                .setSample(
                                        m * keys + k,
                                        h * queries + q,
                                        0,
                                        steps.get(m).weight(h, q, k));
                    }
                }
            }
        }
        return MapPicture.png(image);
    }
}
