package dev.loupe.report.chart;

import dev.loupe.result.Axis;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A heat map of very many cells, as one small picture inside the SVG. */
public final class MapPicture {
    /** The light palette's steps from -20 to 20, opaque; every pixel asks for one. */
    private static final int[] STEPS = IntStream.rangeClosed(-ColourScale.STEPS, ColourScale.STEPS)
            .map(k ->
                    0xff000000 | Integer.parseInt(Palette.step(Palette.LIGHT, k).substring(1), 16))
            .toArray();

    private MapPicture() {}

    /** Step {@code k} of the light palette as 0xAARRGGBB. */
    public static int step(int k) {
        return STEPS[k + ColourScale.STEPS];
    }

    static String panel(Plotted plotted, Plotted.Slice slice, ColourScale colours, double cell) {
        int rank = plotted.axes().size();
        Axis rows = plotted.axes().get(rank - 2);
        Axis columns = plotted.axes().get(rank - 1);
        int[] pixels = new int[slice.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = colour(colours, plotted.values()[slice.offset() + i]);
        }
        double width = columns.size() * Math.min(cell, 900.0 / columns.size());
        double height = rows.size() * Math.min(cell, Math.max(600.0 / rows.size(), 2));
        double left = Math.max(46, 20 + MapChart.longest(rows) * 6.6);
        Svg svg = new Svg(
                left + width + 10,
                height + 40,
                ChartDescription.describe(plotted, slice, rows.name() + " by " + columns.name() + " map"));
        svg.open("image")
                .attr("x", left)
                .attr("y", 4)
                .attr("width", width)
                .attr("height", height)
                .attr("preserveAspectRatio", "none")
                .attr("class", "pixels")
                .attr("href", png(columns.size(), rows.size(), pixels))
                .end();
        svg.rect("frame", left, 4, width, height).end();
        MapChart.labels(svg, rows, columns, left, width / columns.size(), height / rows.size(), false);
        return svg.done();
    }

    private static int colour(ColourScale colours, double value) {
        if (Double.isNaN(value)) {
            return 0x60808080;
        }
        double t = Math.max(-1, Math.min(1, value / colours.top()));
        return step((int) Math.round(t * ColourScale.STEPS));
    }

    /** A data: URL of a PNG with these pixels, row by row as 0xAARRGGBB. */
    public static String png(int width, int height, int[] pixels) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture could not be encoded in memory", e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
