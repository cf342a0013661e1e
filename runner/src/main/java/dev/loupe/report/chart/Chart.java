package dev.loupe.report.chart;

import dev.loupe.result.Quantity;

/** One way to draw a quantity. */
interface Chart {
    Drawing draw(Quantity quantity, PageDetail detail);
}
