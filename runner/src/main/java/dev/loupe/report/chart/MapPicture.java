package dev.loupe.report.chart;

import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.Palette;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.Axis;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
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
                labels.width(right),
                labels.height(bottom),
                ChartDescription.describe(plotted, slice, rows.name() + " by " + columns.name() + " map"));
        if (steps != null) {
            StepMarks.map(svg, steps, colours, -1);
        }
        MapGrid.place(svg, left, cell, height, columns.size(), rows.size(), slice);
        place(svg, left, MapLabels.TOP, right - left, bottom - MapLabels.TOP, png(columns.size(), rows.size(), pixels));
        svg.rect("frame", left, MapLabels.TOP, right - left, bottom - MapLabels.TOP)
                .end();
        labels.draw(svg, left, right, MapLabels.TOP, bottom);
        return svg.done();
    }

    /** Puts a picture onto a drawing, each pixel a rectangle. */
    public static void place(Svg svg, double left, double top, double width, double height, String png) {
        svg.open("image")
                .attr("x", left)
                .attr("y", top)
                .attr("width", width)
                .attr("height", height)
                .attr("preserveAspectRatio", "none")
                .attr("class", "pixels")
                .attr("href", png)
                .end();
    }

    /** A number as a pixel, half transparent where it is undefined. */
    public static int colour(ColourScale colours, double value) {
        if (Double.isNaN(value)) {
            return 0x60808080;
        }
        int index = colours.index(value);
        return step(colours.diverging() ? index : Math.max(0, index));
    }

    /** A data: URL of a PNG with these pixels, row by row as 0xAARRGGBB: at most 256 colours, each named once. */
    public static String png(int width, int height, int[] pixels) {
        int[] colours = Arrays.stream(pixels).distinct().sorted().toArray();
        int bits = colours.length <= 16 ? 4 : 8;
        BufferedImage image = new BufferedImage(
                width,
                height,
                bits == 4 ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(bits, colours.length, colours, 0, true, -1, DataBuffer.TYPE_BYTE));
        for (int i = 0; i < pixels.length; i++) {
            image.getRaster().setSample(i % width, i / width, 0, Arrays.binarySearch(colours, pixels[i]));
        }
        return png(image);
    }

    /** A data: URL of a picture. */
    public static String png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture could not be encoded in memory", e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
