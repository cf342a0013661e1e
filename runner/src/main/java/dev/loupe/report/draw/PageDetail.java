package dev.loupe.report.draw;

import java.util.List;

/**
 * How much a page carries. A page that comes out too large is made again with the next, smaller one; what is left out is
 * said on the page and stays in the run's files.
 *
 * @param tableRows rows of a figure's data table
 * @param numbers numbers of one figure that can be downloaded from the page
 * @param cells cells of one map that are drawn one by one; above it a map becomes a picture
 * @param numbered cells of one map that carry their number: more read better as a table
 * @param attentionBytes bytes for the patterns of one attention section, one byte a weight
 * @param tokens tokens of one coloured text, in whole passages where one has room
 * @param panels panels of one figure that are drawn
 * @param facts hashes, seeds and models that are listed, of each
 */
public record PageDetail(
        int tableRows,
        int numbers,
        int cells,
        int numbered,
        int attentionBytes,
        int tokens,
        int textChars,
        int panels,
        int facts) {
    public static final List<PageDetail> FROM_FULL = List.of(
            new PageDetail(200, 20_000, 3_000, 150, 450_000, 4_000, 200_000, 1_000, 60),
            new PageDetail(40, 20_000, 3_000, 0, 300_000, 3_000, 30_000, 1_000, 60),
            new PageDetail(6, 20_000, 3_000, 0, 150_000, 1_500, 6_000, 1_000, 16),
            new PageDetail(6, 20_000, 100, 0, 150_000, 1_500, 4_000, 1_000, 16),
            new PageDetail(6, 5_000, 50, 0, 40_000, 1_500, 4_000, 1_000, 12),
            new PageDetail(6, 5_000, 50, 0, 40_000, 800, 4_000, 1_000, 12),
            new PageDetail(6, 5_000, 50, 0, 40_000, 400, 4_000, 1_000, 12),
            new PageDetail(6, 5_000, 50, 0, 40_000, 400, 3_000, 4, 6),
            new PageDetail(5, 5_000, 100, 0, 6_000, 100, 4_000, 4, 8),
            new PageDetail(5, 1_000, 100, 0, 6_000, 100, 4_000, 4, 8),
            new PageDetail(5, 100, 100, 0, 6_000, 100, 4_000, 4, 8),
            new PageDetail(2, 100, 100, 0, 6_000, 40, 1_500, 1, 6));
}
