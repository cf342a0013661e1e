package dev.loupe.report.chart;

import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.Palette;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.Axis;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

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

    /** @param steps of a training, where the page's script goes from step to step */
    static String panel(Plotted plotted, Plotted.Slice slice, ColourScale colours, double room, @Nullable Axis steps) {
        int rank = plotted.axes().size();
        Axis rows = plotted.axes().get(rank - 2);
        Axis columns = plotted.axes().get(rank - 1);
        int[] pixels = new int[slice.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = colour(colours, plotted.values()[slice.offset() + i]);
        }
        double left = MapLabels.left(rows);
        double cell = MapChart.clamp((room - left - 20) / columns.size(), 0.1, 12);
        double height = Math.min(cell, Math.max(600.0 / rows.size(), 2));
        MapLabels labels = new MapLabels(rows, columns, cell, height);
        double right = left + columns.size() * cell;
        double bottom = MapLabels.TOP + rows.size() * height;
        Svg svg = new Svg(
                right + labels.right(),
                bottom + labels.below(),
                ChartDescription.describe(plotted, slice, rows.name() + " by " + columns.name() + " map"));
        if (steps != null) {
            StepMarks.map(svg, steps, colours, -1);
        }
        MapGrid.place(svg, left, cell, height, columns.size(), rows.size(), slice);
        svg.open("image")
                .attr("x", left)
                .attr("y", MapLabels.TOP)
                .attr("width", right - left)
                .attr("height", bottom - MapLabels.TOP)
                .attr("preserveAspectRatio", "none")
                .attr("class", "pixels")
                .attr("href", png(columns.size(), rows.size(), pixels))
                .end();
        svg.rect("frame", left, MapLabels.TOP, right - left, bottom - MapLabels.TOP)
                .end();
        labels.draw(svg, left, right, MapLabels.TOP, bottom);
        return svg.done();
    }

    private static int colour(ColourScale colours, double value) {
        if (Double.isNaN(value)) {
            return 0x60808080;
        }
        int index = colours.index(value);
        return step(colours.diverging() ? index : Math.max(0, index));
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
